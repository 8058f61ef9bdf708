//! What reporters are told, and what follows for other matters.

use super::{
    cast::{dispatcher, grid_worker, handler, intake},
    sample::{OTHER, sample},
    scenario::{Case, command, fresh, photos, report},
};
use crate::{
    actor::Actor,
    followup::{FollowUp, follow_ups},
    matter::{Class, CommandKind, Contact, Matter},
};

fn reported(class: Class, email: Option<&str>) -> Case {
    let mut given = report(class);
    given.contact = email.map(|email| Contact { email: Some(email.into()), ..Contact::default() });
    Case::reporting(&given, &Actor::Reporter).unwrap()
}

/// Every follow-up of a life with the event it follows from.
fn told(case: &Case) -> Vec<String> {
    let mut before: Option<Matter> = None;
    let mut lines = Vec::new();
    for recorded in &case.events {
        let mut after = before.clone().unwrap_or_else(|| Matter::begin(case.matter.id, recorded).unwrap());
        after.apply(recorded);
        for follow_up in follow_ups(before.as_ref(), recorded, &after) {
            let what = match follow_up {
                FollowUp::Notify { notice } => format!("notice {notice}"),
                FollowUp::Absorb { into } => format!("absorb into {}", into.uuid.as_u128()),
                FollowUp::ReopenTarget { target, .. } => format!("reopen {}", target.uuid.as_u128()),
                FollowUp::Children { parts } => format!("report {} children", parts.len()),
                FollowUp::TellTalkDay { of } => format!("tell the talk day of item {}", of.item),
            };
            lines.push(format!("{}: {what}", recorded.event.kind()));
        }
        before = Some(after);
    }
    lines
}

fn long_life(case: Case) -> Case {
    let complete = || command!(complete, "result": "done", "words": "已办", "photos": photos(1));
    case.does(intake(), sample(CommandKind::Ask, 0))
        .does(Actor::Reporter, sample(CommandKind::Supply, 0))
        .does(intake(), command!(admit))
        .does(dispatcher(), sample(CommandKind::Split, 0))
        .does(dispatcher(), sample(CommandKind::Dispatch, 0))
        .does(handler(), sample(CommandKind::SignFor, 0))
        .does(handler(), sample(CommandKind::Progress, 0))
        .does(handler(), sample(CommandKind::AskExtension, 0))
        .does(dispatcher(), sample(CommandKind::DecideExtension, 0))
        .does(handler(), sample(CommandKind::Suspend, 0))
        .does(handler(), sample(CommandKind::Resume, 0))
        .does(handler(), complete())
        .does(grid_worker(), sample(CommandKind::Fail, 0))
        .does(handler(), complete())
        .does(grid_worker(), sample(CommandKind::Pass, 0))
        .does(Actor::Reporter, command!(rate, "answer": "satisfied"))
        .does(Actor::Reporter, sample(CommandKind::Reopen, 0))
}

#[test]
fn a_reporter_with_an_address_is_told_of_each_turn() {
    let case = long_life(reported(Class::Hazard, Some("wang@example.org")));
    insta::assert_snapshot!(told(&case).join("\n"), @r"
    asked: notice asked
    split: report 2 children
    dispatched: notice dispatched
    progressed: notice progressed
    extension_decided: notice extension_decided
    suspended: notice suspended
    failed: notice work_again
    passed: notice judge
    closed: notice closed
    reopened: notice reopened
    ");
}

#[test]
fn a_reporter_without_one_is_told_nothing() {
    let case = long_life(reported(Class::Hazard, None));
    assert_eq!(told(&case), ["split: report 2 children"]);
}

#[test]
fn where_the_reporter_verifies_finished_work_is_theirs_to_judge() {
    let case = reported(Class::Service, Some("wang@example.org"))
        .does(intake(), sample(CommandKind::Settle, 0))
        .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有办"));
    assert_eq!(told(&case), ["settled: notice judge"]);
}

#[test]
fn who_reopens_what_was_merged_reopens_the_target() {
    let mut other = Case::reported(Class::Hazard).matter;
    other.id = fresh(OTHER).id;
    let case = reported(Class::Hazard, None)
        .beside(other)
        .does(intake(), sample(CommandKind::Merge, 0))
        .does(Actor::Reporter, sample(CommandKind::Reopen, 0));
    assert_eq!(told(&case), ["merged: absorb into 2", "reopened: reopen 2"]);
}
