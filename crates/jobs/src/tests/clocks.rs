//! What clocks wake, each once, at its time.

use casework::{
    actor::Actor,
    id::MatterId,
    matter::{Class, EventKind as E, Outcome, Stage},
};

use super::{
    Here,
    sample::{command, dispatcher, handler, intake, report},
};

/// Goes from one waking to the next and works; what happened then.
async fn wakings(here: &Here, id: MatterId, times: usize) -> Vec<Vec<E>> {
    let mut seen = Vec::new();
    for _ in 0..times {
        let matter = here.matter(id).await;
        let wake = matter.wake(&here.store.site()).unwrap();
        assert_eq!(here.jobs.round().await, 0, "woken before its time");
        here.wait_until(wake.at);
        // Two workers at once.
        let (one, other) = tokio::join!(here.jobs.round(), here.jobs.round());
        assert!(one + other >= 1);
        seen.push(here.events(id, matter.version).await);
    }
    seen
}

async fn in_the_works(here: &Here, class: Class) -> MatterId {
    let id = here.reported(report(class)).await;
    here.does(intake(), id, command!(admit)).await;
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await;
    here.does(handler(), id, command!(sign_for)).await;
    id
}

#[tokio::test]
async fn a_limit_is_reminded_of_and_marked_when_it_is_over() {
    let here = Here::begin().await;
    let id = in_the_works(&here, Class::Service).await;
    let seen = wakings(&here, id, 2).await;
    assert_eq!(seen, [vec![E::Reminded], vec![E::OverdueMarked, E::Supervised]]);
    here.wait(60 * 24 * 30);
    assert_eq!(here.jobs.round().await, 0);
    here.is_done().await;
}

#[tokio::test]
async fn what_stands_still_goes_on_by_itself() {
    let here = Here::begin().await;
    let id = in_the_works(&here, Class::Service).await;
    here.does(handler(), id, command!(suspend, "because": "weather", "until": "2024-03-20")).await;
    assert_eq!(wakings(&here, id, 1).await, [[E::Resumed]]);
    assert!(here.matter(id).await.clock.is_some());
    here.is_done().await;
}

#[tokio::test]
async fn what_is_not_supplied_lapses_and_is_archived() {
    let here = Here::begin().await;
    let id = here.reported(report(Class::Service)).await;
    here.does(intake(), id, command!(ask, "words": "在哪一户？")).await;
    let seen = wakings(&here, id, 3).await;
    assert_eq!(seen, [vec![E::Reminded], vec![E::Lapsed, E::Closed], vec![E::Archived]]);
    assert_eq!(here.matter(id).await.outcome, Some(Outcome::NotSupplied));
    here.is_done().await;
}

#[tokio::test]
async fn a_result_that_nobody_answers_is_closed() {
    let here = Here::begin().await;
    let id = in_the_works(&here, Class::Service).await;
    here.does(handler(), id, command!(complete, "result": "done", "words": "已修好")).await;
    while here.matter(id).await.stage != Stage::Closed {
        let before = here.matter(id).await;
        wakings(&here, id, 1).await;
        assert!(here.matter(id).await.version > before.version);
        if here.matter(id).await.stage == Stage::Verifying && here.matter(id).await.overdue {
            here.does(intake(), id, command!(call_back, "answer": "no_answer")).await;
        }
    }
    assert!(here.matter(id).await.rating.is_none_or(|rating| rating != casework::matter::Answer::Satisfied));
    here.is_done().await;
}

#[tokio::test]
async fn nobody_can_use_up_the_id_of_a_waking() {
    let here = Here::begin().await;
    let id = here.reported(report(Class::Service)).await;
    let another = Here::begin().await;
    assert_ne!(here.store.wake_id(id, 1), another.store.wake_id(id, 1), "it does not hang on the site's key");
    assert_ne!(here.store.wake_id(id, 1), here.store.wake_id(id, 2));
}

#[tokio::test]
async fn who_acts_first_spares_the_waking() {
    let here = Here::begin().await;
    let id = here.reported(report(Class::Service)).await;
    here.wait_until(here.matter(id).await.wake(&here.store.site()).unwrap().at);
    here.does(Actor::Reporter, id, command!(withdraw)).await;
    assert_eq!(here.jobs.round().await, 0);
    assert_eq!(here.events(id, 1).await, [E::Withdrawn, E::Closed]);
}
