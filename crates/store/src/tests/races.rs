//! Many at once: on one matter exactly one wins and the others see why; on many nothing is lost, doubled or out of order.

use casework::{
    Refusal,
    actor::{Actor, Role},
    matter::{Class, Command, Outcome, Stage},
};

use super::{
    here::Here,
    sample::{
        FAR_VILLAGE, NEXT_VILLAGE, OTHER_VILLAGE, TOWN, VILLAGE, command, dispatcher, intake, report,
        report_from, staff,
    },
};
use crate::{Answer, Error, Many, NewCommand, Result};

super::on_both! {
    of_many_desks_on_one_matter_one_wins,
    two_matters_are_never_merged_into_each_other,
    five_hundred_reports_at_once_keep_every_order,
    commands_of_one_sender_keep_their_order,
}

/// Sends each from a task of its own.
async fn at_once(here: &Here, commands: Vec<NewCommand>) -> Vec<Result<Answer>> {
    let tasks: Vec<_> = commands
        .into_iter()
        .map(|command| {
            let store = here.store.clone();
            tokio::spawn(async move { store.command(command).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

/// Four ways on, each said in many ways.
fn way_on(nth: u32) -> (Actor, Command) {
    match nth % 4 {
        0 => (
            dispatcher(),
            command!(dispatch, "unit": "421321117.construction", "words": format!("第 {nth} 条")),
        ),
        1 => (dispatcher(), command!(escalate, "reason": format!("跨镇 {nth}"))),
        2 => (dispatcher(), command!(guide, "route": "court", "words": format!("请去法院 {nth}"))),
        _ => (intake(), command!(withdraw)),
    }
}

async fn of_many_desks_on_one_matter_one_wins(here: &Here) {
    for (round, with_version) in [true, false].into_iter().enumerate() {
        let id = here.reported(report(Class::Service)).await.matter;
        here.does(intake(), id, command!(admit)).await;
        let base_version = with_version.then_some(2);
        let commands = (0..32).map(|nth| {
            let (actor, command) = if with_version {
                way_on(nth)
            } else {
                (dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            };
            NewCommand { base_version, ..here.new_command(actor, id, command) }
        });
        let answers = at_once(here, commands.collect()).await;
        let won: Vec<_> = answers.iter().flatten().collect();
        assert_eq!(won.len(), 1, "round {round}: {answers:?}");
        let events = here.store.events(id, 2).await.unwrap();
        assert_eq!(events.len() + 2, won[0].version as usize);
        for lost in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            if let Error::Stale { current, changed } = lost {
                assert!(with_version);
                assert_eq!((*current, changed), (won[0].version, &events));
            } else {
                let gone_on = Refusal::NotInThisStage { stage: Stage::Dispatched };
                assert!(
                    !with_version && matches!(lost, Error::Refused(refusal) if *refusal == gone_on),
                    "{lost:?}"
                );
            }
        }
    }
    here.is_sound().await;
}

fn director_of(town: &str) -> Actor {
    staff(90, &[(Role::Director, &format!("{town}.centre"), town)])
}

async fn two_matters_are_never_merged_into_each_other(here: &Here) {
    for (first, second) in [(VILLAGE, VILLAGE), (VILLAGE, FAR_VILLAGE)] {
        let mut pairs = Vec::new();
        for _ in 0..8 {
            let [one, other] = [first, second].map(|village| report_from(village, Class::Service, "路不平"));
            pairs.push((here.reported(one).await.matter, here.reported(other).await.matter));
        }
        let there = if second == FAR_VILLAGE { "421303101" } else { TOWN };
        let crosswise = pairs.iter().flat_map(|(one, other)| {
            let merge = |town, from, into| {
                Many::Command(here.new_command(director_of(town), from, command!(merge, "into": into)))
            };
            [merge(TOWN, *one, *other), merge(there, *other, *one)]
        });
        for (one, other) in &pairs {
            here.does(director_of(TOWN), *one, command!(admit)).await;
            here.does(director_of(there), *other, command!(admit)).await;
        }
        let answers = here.store.many(crosswise.collect()).await;
        for (pair, both) in pairs.iter().zip(answers.chunks(2)) {
            let merged = [here.matter(pair.0).await, here.matter(pair.1).await]
                .map(|matter| matter.outcome == Some(Outcome::Merged));
            assert_eq!(merged.iter().filter(|merged| **merged).count(), 1, "{both:?}");
            assert!(
                both.iter().any(|answer| matches!(answer, Err(Error::Refused(Refusal::OtherNotOpen)))),
                "{both:?}"
            );
        }
    }
    here.is_sound().await;
}

async fn five_hundred_reports_at_once_keep_every_order(here: &Here) {
    let villages = [VILLAGE, NEXT_VILLAGE, OTHER_VILLAGE, FAR_VILLAGE];
    let tasks: Vec<_> = (0..500)
        .map(|nth| {
            let new = here.new_report(report_from(
                villages[nth % 4],
                Class::Environment,
                &format!("第 {nth} 盏路灯不亮"),
            ));
            let store = here.store.clone();
            tokio::spawn(async move { store.report(new).await.unwrap() })
        })
        .collect();
    let mut numbers = std::collections::BTreeSet::new();
    for task in tasks {
        numbers.insert(task.await.unwrap().number.0);
    }
    assert_eq!(numbers.len(), 500);
    for (region, count) in [(421_321, 375), (421_303, 125)] {
        let dense =
            format!("select count(*) from events where region = {region} and seq between 1 and {count}");
        assert_eq!(here.number(&dense).await, count);
        assert_eq!(here.number(&format!("select events from regions where region = {region}")).await, count);
    }
    for (town, count) in [("421303101", 125), ("421321117", 250), ("421321118", 125)] {
        assert_eq!(numbers.iter().filter(|number| number.contains(town)).count(), count);
        let days = here
            .number(&format!("select cast(sum(last) as bigint) from numbers where town = '{town}'"))
            .await;
        assert_eq!(usize::try_from(days).unwrap(), count);
    }
    here.is_sound().await;
}

async fn commands_of_one_sender_keep_their_order(here: &Here) {
    let new = here.new_report(report(Class::Service));
    let id = casework::id::MatterId { region: super::sample::area(VILLAGE).region(), uuid: new.id.0 };
    let other = here.reported(report(Class::Service)).await.matter;
    let command = |actor, matter, command| Many::Command(here.new_command(actor, matter, command));
    let works = vec![
        Many::Report(new),
        command(intake(), id, command!(admit)),
        command(intake(), other, command!(admit)),
        command(dispatcher(), id, command!(link, "to": other)),
        command(dispatcher(), other, command!(dispatch, "unit": "421321117.construction")),
        command(dispatcher(), id, command!(merge, "into": other)),
        command(intake(), id, command!(note, "words": "已合并")),
    ];
    for answer in here.store.many(works).await {
        answer.unwrap();
    }
    assert_eq!(
        (here.matter(id).await.stage, here.matter(other).await.stage),
        (Stage::Closed, Stage::Dispatched)
    );
    here.is_sound().await;
}
