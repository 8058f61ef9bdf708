//! A command sent again gets its first answer again and changes nothing, not one row of any table.

use casework::matter::Class;

use super::{
    here::Here,
    sample::{OTHER_VILLAGE, command, dispatcher, full_report, intake, report, report_from},
};
use crate::{Answer, Answered, Error, Many, NewCommand, NewReport};

super::on_both! {
    a_repeated_report_is_answered_again,
    a_repeated_command_is_answered_again,
    an_id_is_used_once,
    what_is_sent_twice_at_once_happens_once,
}

async fn a_repeated_report_is_answered_again(here: &Here) {
    let mut new = here.new_report(full_report());
    new.report.photos = vec![here.photo().await];
    let first = here.store.report(new.clone()).await.unwrap();
    let before = here.dump().await;
    let late = NewReport { now: here.matter(first.matter).await.clock.unwrap().due_at, ..new.clone() };
    for again in [new, late] {
        assert_eq!(here.store.report(again).await.unwrap(), Answer { repeated: true, ..first.clone() });
    }
    assert_eq!(here.dump().await, before);
}

async fn a_repeated_command_is_answered_again(here: &Here) {
    let id = here.reported(report(Class::Service)).await.matter;
    let admit = NewCommand { base_version: Some(1), ..here.new_command(intake(), id, command!(admit)) };
    let first = here.store.command(admit.clone()).await.unwrap();
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await;
    let before = here.dump().await;
    // The base version is stale by now and the stage another one: the answer is still the first.
    assert_eq!(here.store.command(admit.clone()).await.unwrap(), Answer { repeated: true, ..first });
    // Who asks again may have asked on an older version, or not have said on which.
    assert!(here.store.command(NewCommand { base_version: None, ..admit }).await.unwrap().repeated);
    assert_eq!(here.dump().await, before);
}

async fn an_id_is_used_once(here: &Here) {
    let new = here.new_report(report(Class::Service));
    let id = here.store.report(new.clone()).await.unwrap().matter;
    let other = here.reported(report(Class::Service)).await.matter;
    let admit = here.new_command(intake(), id, command!(admit));
    here.store.command(admit.clone()).await.unwrap();
    let before = here.dump().await;
    let mut changed = vec![
        here.store
            .report(NewReport {
                report: report_from(OTHER_VILLAGE, Class::Service, "村口有一处问题"),
                ..new.clone()
            })
            .await,
        here.store.report(NewReport { report: report(Class::Enquiry), ..new.clone() }).await,
        here.store
            .command(NewCommand { command: command!(admit, "urgency": "urgent"), ..admit.clone() })
            .await,
        here.store.command(NewCommand { matter: other, ..admit.clone() }).await,
        here.store.command(NewCommand { id: new.id, ..admit.clone() }).await,
        here.store.report(NewReport { id: admit.id, ..new }).await,
    ];
    for answer in changed.drain(..) {
        assert!(matches!(answer, Err(Error::CommandIdReused)), "{answer:?}");
    }
    assert_eq!(here.dump().await, before);
}

async fn what_is_sent_twice_at_once_happens_once(here: &Here) {
    let id = here.reported(report(Class::Service)).await.matter;
    let new = here.new_report(report(Class::Service));
    let note = here.new_command(intake(), id, command!(note, "words": "备注"));
    let works =
        (0..20).map(|n| if n % 2 == 0 { Many::Report(new.clone()) } else { Many::Command(note.clone()) });
    let answers = here.store.many(works.collect()).await;
    assert_eq!(answers.into_iter().filter(|answer| !is_repeat(answer)).count(), 2);
    assert_eq!(here.number("select count(*) from events").await, 3);
    here.is_sound().await;
}

fn is_repeat(answer: &crate::Result<Answered>) -> bool {
    match answer.as_ref().unwrap() {
        Answered::Matter(answer) => answer.repeated,
        Answered::TalkDay(answer) => answer.repeated,
    }
}
