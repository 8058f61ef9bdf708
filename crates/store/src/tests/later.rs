//! The queue of things to do later, and what clocks wake. What the jobs make of it is tested in `jobs`.

use casework::{
    actor::Actor,
    followup::{FollowUp, Notice},
    id::{CommandId, MatterId},
    matter::{Class, CommandKind, Report, Stage},
};
use jiff::ToSpan;
use uuid::Uuid;

use super::{
    here::Here,
    sample::{command, dispatcher, full_report, handler, intake, report},
};
use crate::{ClaimedJob, NewCommand};

super::on_both! {
    follow_ups_wait_until_they_are_done,
    a_claim_is_void_after_a_while,
    what_fails_is_tried_again_later_and_later,
    follow_ups_of_neighbouring_commands_are_kept_apart,
    many_workers_share_the_work,
    clocks_wake_their_matters,
}

async fn claimed(here: &Here) -> Vec<ClaimedJob> {
    here.store.claim_jobs(here.now(), 100).await.unwrap()
}

/// A reporter with a mail address is told that the matter was dispatched.
async fn dispatched(here: &Here) -> MatterId {
    let id = here.reported(full_report()).await.matter;
    here.does(intake(), id, command!(admit)).await;
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await;
    id
}

async fn follow_ups_wait_until_they_are_done(here: &Here) {
    let target = here.reported(report(Class::Hazard)).await.matter;
    let id = here.reported(full_report()).await.matter;
    assert!(claimed(here).await.is_empty());
    let before = here.now();
    here.does(intake(), id, command!(merge, "into": target)).await;
    assert!(here.store.claim_jobs(before, 100).await.unwrap().is_empty(), "claimed before it happened");
    let jobs = claimed(here).await;
    let follow_ups: Vec<_> = jobs.iter().map(|job| (job.job.matter, job.job.follow_up.clone())).collect();
    assert_eq!(follow_ups.len(), 2);
    assert!(follow_ups.contains(&(id, FollowUp::Absorb { into: target })));
    assert!(follow_ups.contains(&(id, FollowUp::Notify { notice: Notice::Merged })));
    assert!(claimed(here).await.is_empty(), "claimed twice");
    assert_ne!(jobs[0].command_id(0), jobs[1].command_id(0));
    assert_ne!(jobs[0].command_id(0), jobs[0].command_id(1));
    for job in &jobs {
        here.store.jobs_done(std::slice::from_ref(job)).await.unwrap();
    }
    here.wait(60 * 24);
    assert!(claimed(here).await.is_empty());
    assert_eq!(here.number("select count(*) from jobs").await, 0);
}

async fn a_claim_is_void_after_a_while(here: &Here) {
    dispatched(here).await;
    let first = claimed(here).await.pop().unwrap();
    here.wait(9);
    assert!(claimed(here).await.is_empty());
    here.wait(2);
    let second = claimed(here).await.pop().unwrap();
    assert_eq!(
        (first.job.clone(), first.command_id(0)),
        (second.job.clone(), second.command_id(0)),
        "the same work has another id"
    );
}

async fn what_fails_is_tried_again_later_and_later(here: &Here) {
    dispatched(here).await;
    let mut waits = Vec::new();
    for _ in 0..3 {
        let job = claimed(here).await.pop().unwrap();
        here.store.job_failed(&job, &"失败".repeat(400), here.now()).await.unwrap();
        let mut minutes = 0;
        while here
            .number(&format!("select count(*) from jobs where run_at <= {}", here.now().as_microsecond()))
            .await
            == 0
        {
            here.wait(1);
            minutes += 1;
        }
        waits.push(minutes);
    }
    assert_eq!(waits, [2, 4, 8]);
    for nth in 3..10 {
        let job = claimed(here).await.pop().unwrap();
        assert_eq!(here.store.stuck_jobs(here.now()).await.unwrap(), None, "given up early");
        here.store.job_failed(&job, &format!("失败 {nth}"), here.now()).await.unwrap();
        here.wait(24 * 60);
    }
    assert!(claimed(here).await.is_empty(), "tried for ever");
    assert_eq!(here.number("select count(*) from jobs where failure is not null").await, 1);
    let stuck = here.store.stuck_jobs(here.now()).await.unwrap().unwrap();
    assert_eq!((stuck.count, stuck.newest_failure.as_str()), (1, "失败 9"));
}

async fn follow_ups_of_neighbouring_commands_are_kept_apart(here: &Here) {
    let mut expected = Vec::new();
    for nth in 0..3_u128 {
        let id = here.reported(full_report()).await.matter;
        here.does(intake(), id, command!(admit)).await;
        // Ids in a row: a client that counts.
        let new = here.new_command(dispatcher(), id, command!(dispatch, "unit": "421321117.construction"));
        here.store
            .command(NewCommand { id: CommandId(Uuid::from_u128(0xAAAA_0000 + nth)), ..new })
            .await
            .unwrap();
        expected.push(id);
    }
    let mut told: Vec<_> = claimed(here).await.iter().map(|job| job.job.matter).collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
}

async fn many_workers_share_the_work(here: &Here) {
    for _ in 0..6 {
        dispatched(here).await;
    }
    let now = here.now();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let store = here.store.clone();
            tokio::spawn(async move { store.claim_jobs(now, 100).await.unwrap() })
        })
        .collect();
    let mut matters = Vec::new();
    for task in tasks {
        matters.extend(task.await.unwrap().into_iter().map(|job| job.job.matter));
    }
    assert_eq!(matters.len(), 6);
    matters.sort_unstable();
    matters.dedup();
    assert_eq!(matters.len(), 6, "two workers claimed the same");
}

async fn clocks_wake_their_matters(here: &Here) {
    let id = dispatched(here).await;
    here.reported(Report { words: "另一件".into(), ..report(Class::Service) }).await;
    here.does(handler(), id, command!(sign_for)).await;
    let mut woken = Vec::new();
    while woken.len() < 2 {
        let wake = here.matter(id).await.wake(&here.store.site()).unwrap();
        let just_before = wake.at.checked_sub(1.second()).unwrap();
        assert!(!here.store.waking(just_before, 10).await.unwrap().contains(&id));
        assert!(here.store.waking(wake.at, 10).await.unwrap().contains(&id));
        here.wait_until(wake.at);
        woken.push(wake.command.kind());
        here.does(Actor::System, id, wake.command).await;
    }
    assert_eq!(woken, [CommandKind::Remind, CommandKind::MarkOverdue]);
    assert!(
        !here.store.waking(here.now().checked_add(9_000.hours()).unwrap(), 10).await.unwrap().contains(&id)
    );
    assert_eq!(here.matter(id).await.stage, Stage::Handling);
    here.is_sound().await;
}
