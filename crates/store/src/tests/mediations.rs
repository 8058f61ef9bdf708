//! What a mediation keeps beside its matter: a mediator's calendar, in which nobody sits at two tables, and the parties' access codes.

use casework::{
    Refusal,
    actor::{Actor, Role},
    id::{AccountId, MatterId},
    matter::{Class, Command},
};
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use uuid::Uuid;

use super::{
    here::Here,
    sample::{FAR_VILLAGE, TOWN, VILLAGE, at, command, report_from, staff},
};
use crate::{Answer, Error, NewCommand, Result, Store, Tried};

super::on_both! {
    of_many_who_want_a_mediators_hour_one_has_it,
    the_calendar_follows_the_mediation,
    a_code_opens_what_its_version_says,
    wrong_tries_are_counted_by_code_and_kind,
    of_many_who_guess_at_once_five_are_told_that_they_are_wrong,
    who_takes_over_is_free_or_learns_when,
    a_repeated_command_is_answered_again,
}

/// The town of the other county.
const FAR_TOWN: &str = "421303101";
/// The account that mediates in both.
const MEDIATOR: u128 = 14;

/// Somebody of both committees.
fn of_both_committees(account: u128) -> Actor {
    let far = format!("{FAR_TOWN}.mediation");
    staff(account, &[(Role::Mediator, "421321117.mediation", TOWN), (Role::Mediator, &far, FAR_TOWN)])
}

pub(super) fn mediator() -> Actor {
    of_both_committees(MEDIATOR)
}

fn account(account: u128) -> AccountId {
    AccountId(Uuid::from_u128(account))
}

/// A dispute of a village whose parties want to talk, each by itself.
pub(super) async fn consented(here: &Here, village: &str) -> MatterId {
    let town = if village == FAR_VILLAGE { FAR_TOWN } else { TOWN };
    let id = here.reported(report_from(village, Class::Dispute, "隔壁改了排水沟")).await.matter;
    let director = staff(90, &[(Role::Director, &format!("{town}.centre"), town)]);
    let dispatcher = staff(91, &[(Role::Dispatcher, &format!("{town}.centre"), town)]);
    here.does(director, id, command!(admit)).await;
    here.does(dispatcher, id, command!(open_mediation, "unit": format!("{town}.mediation"))).await;
    let parties = json!([
        { "side": "applicant", "name": "甲某", "phone": "13800001357" },
        { "side": "respondent", "name": "乙某", "phone": "13800002468" },
    ]);
    here.does(mediator(), id, command!(accept_mediation, "origin": "application", "parties": parties)).await;
    let consent = command!(record_consent, "parties": [1, 2], "way": "spoken", "rights": "spoken");
    here.does(mediator(), id, consent).await;
    id
}

/// A session of an hour with the first party.
pub(super) fn session(starts_at: Timestamp) -> Command {
    command!(set_session, "starts_at": starts_at, "minutes": 60, "form": "apart", "with": 1, "venue": "committee")
}

/// Sends each from a task of its own.
async fn at_once(commands: Vec<(Store, NewCommand)>) -> Vec<Result<Answer>> {
    let tasks: Vec<_> = commands
        .into_iter()
        .map(|(store, command)| tokio::spawn(async move { store.command(command).await }))
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

/// In one county, and in two, whose logs know nothing of each other; on PostgreSQL from two programs.
async fn of_many_who_want_a_mediators_hour_one_has_it(here: &Here) {
    let mut stores = vec![here.store.clone()];
    if !here.store.database.is_sqlite() {
        stores.push(Store::open(&here.location).await.unwrap());
    }
    let near = consented(here, VILLAGE).await;
    for (first_day, beside) in [(0, VILLAGE), (20, FAR_VILLAGE)] {
        let other = consented(here, beside).await;
        for day in first_day..first_day + 15_i64 {
            let starts_at = at("2024-03-06T09:00").checked_add((24 * day).hours()).unwrap();
            let wanted = |nth: u8| {
                // Each begins at another moment, and all overlap.
                let begins = starts_at.checked_add((5 * i64::from(nth)).minutes()).unwrap();
                let matter = if nth.is_multiple_of(2) { near } else { other };
                let store = stores[usize::from(nth / 2) % stores.len()].clone();
                (store, here.new_command(mediator(), matter, session(begins)))
            };
            let answers = at_once((0..8).map(wanted).collect()).await;
            assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
            let until = starts_at.checked_add(3.hours()).unwrap();
            let taken = here.store.sessions_of(account(MEDIATOR), starts_at, until).await.unwrap();
            assert_eq!(taken.len(), 1, "{taken:?}");
            for refused in answers.into_iter().filter_map(Result::err) {
                let Error::Refused(Refusal::MediatorBusy { free, .. }) = refused else {
                    panic!("{refused:?}")
                };
                let hour = taken[0].time;
                assert!(!free.is_empty());
                for free in free {
                    assert!(free.ends_at <= hour.starts_at || hour.ends_at <= free.starts_at, "{free:?}");
                }
            }
        }
    }
    here.is_sound().await;
}

/// The hours that a mediator has in March.
async fn hours(here: &Here, mediator: u128) -> Vec<(MatterId, u8, Timestamp)> {
    let march = (at("2024-03-01T00:00"), at("2024-04-01T00:00"));
    let busy = here.store.sessions_of(account(mediator), march.0, march.1).await.unwrap();
    busy.into_iter().map(|busy| (busy.matter, busy.session, busy.time.starts_at)).collect()
}

/// What stands in a mediator's calendar in March, whatever became of it.
async fn kept(here: &Here, mediator: u128) -> Vec<(u8, Timestamp)> {
    let march = (at("2024-03-01T00:00"), at("2024-04-01T00:00"));
    let kept = here.store.calendar_of(account(mediator), march.0, march.1).await.unwrap();
    kept.into_iter().map(|busy| (busy.session, busy.time.starts_at)).collect()
}

async fn the_calendar_follows_the_mediation(here: &Here) {
    let id = consented(here, VILLAGE).await;
    let [ten, two, late] = ["2024-03-06T10:00", "2024-03-06T14:00", "2024-03-07T10:00"].map(at);
    here.does(mediator(), id, session(ten)).await;
    here.does(mediator(), id, session(two)).await;
    assert_eq!(hours(here, MEDIATOR).await, [(id, 1, ten), (id, 2, two)]);
    let moved = |starts_at| command!(move_session, "session": 1, "starts_at": starts_at, "minutes": 60, "reason": "农忙");
    let refused = here.send(mediator(), id, moved(two)).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::MediatorBusy { .. }))), "{refused:?}");
    // By a quarter of an hour: its own old time is not in its way.
    let quarter = at("2024-03-06T10:15");
    here.does(mediator(), id, moved(quarter)).await;
    here.does(mediator(), id, moved(late)).await;
    assert_eq!(hours(here, MEDIATOR).await, [(id, 2, two), (id, 1, late)]);
    here.does(mediator(), id, command!(cancel_session, "session": 2, "reason": "不用了")).await;
    assert_eq!(hours(here, MEDIATOR).await, [(id, 1, late)]);
    assert_eq!(
        kept(here, MEDIATOR).await,
        [(2, two), (1, late)],
        "what was called off takes no time, and stands"
    );
    here.is_sound().await;
    // Who steps back is free again; who comes next has the hour.
    here.does(mediator(), id, command!(declare_conflict, "reason": "亲戚")).await;
    assert_eq!(hours(here, MEDIATOR).await, []);
    assert_eq!(kept(here, MEDIATOR).await, [], "whoever stepped back knows no more of it");
    here.is_sound().await;
    let next = of_both_committees(17);
    let name = command!(name_mediator, "mediator": account(17));
    here.does(next.clone(), id, name).await;
    assert_eq!(hours(here, 17).await, [(id, 1, late)]);
    here.wait_until(at("2024-03-07T11:00"));
    let held = command!(hold_session, "session": 1, "minutes": 30, "present": [1], "words": "记录");
    here.does(next.clone(), id, held).await;
    assert_eq!(hours(here, 17).await, []);
    let began = at("2024-03-07T10:00");
    let held = kept(here, 17).await;
    assert!(matches!(held[..], [(1, starts_at)] if starts_at >= began), "{held:?}");
    here.does(next.clone(), id, session(at("2024-03-08T10:00"))).await;
    here.does(Actor::Party { no: 2 }, id, command!(refuse)).await;
    assert_eq!(hours(here, 17).await, [], "what has ended keeps no hour");
    assert_eq!(kept(here, 17).await, held, "what was held stands");
    assert_eq!(here.matter(id).await, here.replayed(id).await);
    here.is_sound().await;
}

/// The parties that a code opens.
async fn opened(here: &Here, code: &str) -> Vec<(MatterId, u8)> {
    let found = here.store.parties_by_code(code).await.unwrap();
    found.into_iter().filter(|one| !one.replaced).map(|one| (one.row.matter.id, one.no)).collect()
}

/// The parties that a code opened once.
async fn opened_once(here: &Here, code: &str) -> Vec<u8> {
    let found = here.store.parties_by_code(code).await.unwrap();
    found.into_iter().filter(|one| one.replaced).map(|one| one.no).collect()
}

async fn a_code_opens_what_its_version_says(here: &Here) {
    let (id, other) = (consented(here, VILLAGE).await, consented(here, FAR_VILLAGE).await);
    let code = |matter, no, version| here.store.party_code(matter, no, version);
    for (matter, no) in [(id, 1), (id, 2), (other, 1), (other, 2)] {
        assert_eq!(opened(here, &code(matter, no, 0)).await, [(matter, no)]);
        assert_eq!(opened(here, &code(matter, no, 1)).await, [], "a version that is not there yet");
    }
    assert_eq!(opened(here, &code(id, 3, 0)).await, []);
    let replace = command!(replace_party_code, "party": 1, "reason": "当面核对");
    here.does(mediator(), id, replace).await;
    assert_eq!(opened(here, &code(id, 1, 0)).await, [], "the old code");
    assert_eq!(opened_once(here, &code(id, 1, 0)).await, [1], "who comes with it is told");
    assert!(opened_once(here, &code(id, 1, 1)).await.is_empty());
    assert_eq!(opened(here, &code(id, 1, 1)).await, [(id, 1)]);
    assert_eq!(opened(here, &code(id, 2, 0)).await, [(id, 2)]);
    here.does(mediator(), id, command!(add_party, "party": { "side": "third", "name": "丙某" })).await;
    assert_eq!(opened(here, &code(id, 3, 0)).await, [(id, 3)]);
    // A query code is no party's, and nonsense opens nothing.
    for nothing in [here.store.query_code(id, 0), String::new(), "没有这个码".to_owned()] {
        assert_eq!(opened(here, &nothing).await, [], "{nothing}");
    }
    here.is_sound().await;
}

async fn wrong_tries_are_counted_by_code_and_kind(here: &Here) {
    let id = consented(here, VILLAGE).await;
    let code = |no, version| here.store.party_code(id, no, version);
    let (one, other) = (code(1, 0), code(2, 0));
    let tries = async |tried, right| here.store.party_tries(&one, tried, right).await.unwrap();
    for (wrong, forgotten) in [(Tried::Phone, Tried::Signing), (Tried::Signing, Tried::Phone)] {
        for _ in 0..4 {
            assert!(tries(wrong, false).await && tries(forgotten, true).await);
        }
        assert!(!here.store.party_is_locked(&one).await.unwrap());
        // A right one makes the four forgotten.
        assert!(tries(wrong, true).await);
        for _ in 0..4 {
            assert!(tries(wrong, false).await);
        }
        assert!(tries(wrong, true).await);
    }
    for _ in 0..5 {
        assert!(tries(Tried::Phone, false).await);
    }
    assert!(here.store.party_is_locked(&one).await.unwrap());
    for (tried, right) in [(Tried::Phone, true), (Tried::Phone, false), (Tried::Signing, true)] {
        assert!(!tries(tried, right).await, "{tried:?} {right}: nothing is said any more");
    }
    assert!(!here.store.party_is_locked(&other).await.unwrap(), "each party tries for itself");
    // What concerns others leaves it closed; the rows are not what events say, so nothing is wrong with them.
    here.does(mediator(), id, command!(replace_party_code, "party": 2, "reason": "当面核对")).await;
    here.does(mediator(), id, command!(add_party, "party": { "side": "third", "name": "丙某" })).await;
    assert!(here.store.party_is_locked(&one).await.unwrap());
    here.is_sound().await;
    here.does(mediator(), id, command!(replace_party_code, "party": 1, "reason": "当面核对")).await;
    assert!(!here.store.party_is_locked(&code(1, 1)).await.unwrap());
}

/// Whoever sends many guesses at one moment learns of five that they are wrong, and of none that it is right after them.
async fn of_many_who_guess_at_once_five_are_told_that_they_are_wrong(here: &Here) {
    let id = consented(here, VILLAGE).await;
    let mut stores = vec![here.store.clone()];
    if !here.store.database.is_sqlite() {
        stores.push(Store::open(&here.location).await.unwrap());
    }
    for (no, tried) in [(1, Tried::Phone), (2, Tried::Signing)] {
        let code = here.store.party_code(id, no, 0);
        let guesses: Vec<_> = (0..40)
            .map(|nth: usize| {
                let (store, code) = (stores[nth % stores.len()].clone(), code.clone());
                tokio::spawn(async move { store.party_tries(&code, tried, false).await.unwrap() })
            })
            .collect();
        let mut told = 0;
        for guess in guesses {
            told += usize::from(guess.await.unwrap());
        }
        assert_eq!(told, 5, "{tried:?}");
        assert!(!here.store.party_tries(&code, tried, true).await.unwrap());
    }
    here.is_sound().await;
}

/// In the transaction that names: of a session in one county and a mediator's change in the other one comes about.
async fn who_takes_over_is_free_or_learns_when(here: &Here) {
    let next = || of_both_committees(17);
    for day in 0..12_i64 {
        let (near, far) = (consented(here, VILLAGE).await, consented(here, FAR_VILLAGE).await);
        let hour = at("2024-03-06T09:00").checked_add((24 * day).hours()).unwrap();
        here.does(mediator(), near, session(hour)).await;
        here.does(next(), far, command!(name_mediator, "mediator": account(17))).await;
        let name = here.new_command(next(), near, command!(name_mediator, "mediator": account(17)));
        let set = here.new_command(next(), far, session(hour));
        let answers = at_once(vec![(here.store.clone(), name), (here.store.clone(), set)]).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        let refused = answers.into_iter().find_map(Result::err);
        let Some(Error::Refused(Refusal::MediatorBusy { free, .. })) = refused else { panic!("{refused:?}") };
        assert!(!free.is_empty());
    }
    here.is_sound().await;
}

/// A session that was set is set, though its hour is taken by now, by itself.
async fn a_repeated_command_is_answered_again(here: &Here) {
    let id = consented(here, VILLAGE).await;
    let set = here.new_command(mediator(), id, session(at("2024-03-06T10:00")));
    let says = here.new_command(Actor::Party { no: 1 }, id, command!(speak_in_private, "words": "再让一点"));
    for new in [set, says] {
        let first = here.store.command(new.clone()).await.unwrap();
        here.does(mediator(), id, command!(note_caucus, "party": 2, "words": "记一笔")).await;
        let before = here.dump().await;
        let late = NewCommand { now: here.now().checked_add(48.hours()).unwrap(), ..new.clone() };
        for again in [new, late] {
            assert_eq!(here.store.command(again).await.unwrap(), Answer { repeated: true, ..first.clone() });
        }
        assert_eq!(here.dump().await, before);
    }
    here.is_sound().await;
}
