//! Commands and events as JSON. Both are contracts: events are kept for ever, commands are what others send.
//! A change of a snapshot is a change of the contract; recorded events must stay readable whatever changes.

use std::collections::BTreeMap;

use super::{
    cast::{
        co_handler, county_dispatcher, director, dispatcher, grid_worker, handler, intake, mediator,
        other_mediator, party, supervisor, village_lead,
    },
    mediating::{accepted, agreed, clauses, sat_about, sat_together},
    place::{self, site_with},
    sample::{OTHER, sample},
    scenario::{Case, command, fresh, photos, report},
};
use crate::{
    actor::Actor,
    matter::{Class, Command, CommandKind, Contact, EventKind, Recorded, Stage},
    register::KeptMethod,
};

#[test]
fn commands_are_read_as_they_are_written() {
    let lines: Vec<_> = CommandKind::ALL
        .iter()
        .map(|kind| {
            let command = sample(*kind, 0);
            assert_eq!(command.kind(), *kind);
            let text = serde_json::to_string(&command).unwrap();
            assert_eq!(serde_json::from_str::<Command>(&text).unwrap(), command);
            text
        })
        .collect();
    insta::assert_snapshot!("commands", lines.join("\n"));
}

#[test]
fn a_command_with_a_field_too_many_or_too_few_is_not_read() {
    for kind in CommandKind::ALL {
        let mut value = serde_json::to_value(sample(*kind, 0)).unwrap();
        value["surprise"] = 1.into();
        assert!(serde_json::from_value::<Command>(value).is_err(), "{kind} takes a field nobody knows");
    }
    assert!(serde_json::from_str::<Command>(r#"{"type":"dispatch"}"#).is_err());
    assert!(serde_json::from_str::<Command>(r#"{"type":"abolish"}"#).is_err());
}

/// A life in which nearly everything happens.
fn eventful() -> Case {
    let mut first = report(Class::Hazard);
    first.address = Some("东头第三户".into());
    first.photos = photos(1);
    first.contact = Some(Contact { phone: Some("13800000000".into()), ..Contact::default() });
    let mut other = Case::reported(Class::Hazard).matter;
    other.id = fresh(OTHER).id;
    let helped = || command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}]);
    let complete = || command!(complete, "result": "done", "words": "已办", "photos": photos(1));
    let pass = || command!(pass, "photos": photos(1));
    Case::reporting(&first, &Actor::Reporter)
        .unwrap()
        .beside(other)
        .does(intake(), sample(CommandKind::Ask, 0))
        .does(Actor::Reporter, sample(CommandKind::Supply, 0))
        .does(intake(), command!(admit, "about_unit": "421321.water"))
        .does(dispatcher(), sample(CommandKind::Split, 0))
        .does(dispatcher(), sample(CommandKind::Link, 0))
        .does(Actor::System, sample(CommandKind::Absorb, 0))
        .does(dispatcher(), sample(CommandKind::Escalate, 0))
        .does(county_dispatcher(), command!(send_down, "unit": "421321117.centre", "reason": "就近"))
        .does(dispatcher(), helped())
        .does(handler(), sample(CommandKind::Return, 0))
        .does(dispatcher(), helped())
        .does(handler(), sample(CommandKind::Object, 0))
        .does(county_dispatcher(), command!(rule, "unit": "421321117.construction", "reason": "归口"))
        .does(handler(), sample(CommandKind::SignFor, 0))
        .does(co_handler(), sample(CommandKind::CoAnswer, 0))
        .does(handler(), sample(CommandKind::Progress, 0))
        .does(dispatcher(), sample(CommandKind::Consult, 0))
        .does(supervisor(), sample(CommandKind::Supervise, 0))
        .does(Actor::Reporter, sample(CommandKind::Urge, 0))
        .does(handler(), sample(CommandKind::Note, 0))
        .does(handler(), sample(CommandKind::Attach, 0))
        .does(handler(), sample(CommandKind::AskExtension, 0))
        .does(dispatcher(), sample(CommandKind::DecideExtension, 0))
        .does(handler(), sample(CommandKind::Suspend, 0))
        .does(handler(), sample(CommandKind::Resume, 0))
        .does(director(), command!(reclassify, "class": "environment", "category": "0101", "reason": "更正"))
        .does(director(), command!(correct_place, "place": {"lon": 113.1, "lat": 31.5}, "address": "路口", "reason": "更正"))
        .does(handler(), complete())
        .does(grid_worker(), sample(CommandKind::Fail, 0))
        .does(handler(), complete())
        .does(village_lead(), pass())
        .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有修好"))
        .does(handler(), complete())
        .does(village_lead(), pass())
        .does(intake(), command!(call_back, "answer": "unhappy", "words": "还是没有"))
        .does(dispatcher(), command!(decide_rework, "redo": true, "reason": "看过现场"))
        .does(handler(), complete())
        .does(village_lead(), pass())
        .does(Actor::Reporter, command!(rate, "answer": "satisfied"))
        .does(Actor::Reporter, sample(CommandKind::Reopen, 0))
        .does(intake(), sample(CommandKind::ReplaceCode, 0))
        .wakes("remind")
        .then("reminded")
        .wakes("mark_overdue")
        .then("overdue_marked")
        .does(dispatcher(), sample(CommandKind::Settle, 0))
        .does(Actor::Reporter, sample(CommandKind::Withdraw, 0))
        .wakes("archive")
        .then("archived")
}

/// A mediation in which nearly everything happens.
fn mediated() -> Case {
    let yes = |question: u8| command!(answer_question, "question": question, "yes": true);
    let answered =
        |case: Case, question: u8| case.does(party(1), yes(question)).does(party(2), yes(question));
    let case = accepted()
        .naming(&other_mediator())
        .does(mediator(), sample(CommandKind::CorrectParty, 0))
        .does(mediator(), sample(CommandKind::ReplacePartyCode, 0))
        .does(mediator(), sample(CommandKind::RecordConsent, 0))
        .does(mediator(), sample(CommandKind::NoteIdentity, 0))
        .does(party(1), command!(answer_safety, "violence": false))
        .does(party(2), command!(answer_safety, "violence": false))
        .does(mediator(), sample(CommandKind::AskParties, 0))
        .does(mediator(), sample(CommandKind::AskParties, 2));
    let case = answered(answered(case, 1), 2)
        .does(party(1), sample(CommandKind::AskOtherMediator, 0))
        .does(party(1), sample(CommandKind::ChooseMediator, 0))
        .does(other_mediator(), sample(CommandKind::NameMediator, 0))
        .does(party(2), sample(CommandKind::ProposeTimes, 0))
        .does(other_mediator(), sample(CommandKind::SetSession, 0))
        .does(other_mediator(), sample(CommandKind::MoveSession, 0))
        .does(other_mediator(), sample(CommandKind::CancelSession, 0))
        .does(other_mediator(), sample(CommandKind::HoldSession, 0))
        .does(other_mediator(), sample(CommandKind::NoteCaucus, 0))
        .does(party(1), command!(replace_party_code, "party": 1, "reason": "调解员换了"))
        .does(party(1), sample(CommandKind::SpeakInPrivate, 0))
        .does(other_mediator(), sample(CommandKind::TellPolice, 0))
        .does(other_mediator(), sample(CommandKind::HandOver, 0))
        .does(other_mediator(), sample(CommandKind::AnswerHandOver, 0))
        .does(other_mediator(), sample(CommandKind::ReportResult, 1))
        .does(other_mediator(), command!(propose_agreement, "facts": "经过", "clauses": clauses()))
        .does(party(1), command!(sign, "version": 1))
        .does(other_mediator(), command!(sign_on_paper, "version": 1, "party": 2, "photos": photos(1)))
        .does(other_mediator(), command!(seal_agreement, "version": 1))
        .does(
            other_mediator(),
            command!(ask_parties, "about": {"kind": "confirmation", "court": "某区人民法院"}),
        );
    answered(case, 3)
        .does(other_mediator(), sample(CommandKind::RecordConfirmation, 0))
        .does(other_mediator(), sample(CommandKind::Visit, 0))
        .does(other_mediator(), sample(CommandKind::FileDossier, 0))
        .does(other_mediator(), command!(record_performance, "clause": 2, "result": "performed", "words": "挪了", "photos": photos(1)))
        .on("2024-03-21T09:00")
        .does(Actor::System, command!(remind_clause, "clause": 1))
        .does(Actor::System, command!(mark_clause_overdue, "clause": 1))
}

fn by_a_method() -> Case {
    let method = super::methods::fence();
    Case { method: Some(KeptMethod { version: 1, method }), ..sat_about("0202") }
}

/// What cannot happen in the same life.
fn others() -> Vec<Case> {
    let mut other = Case::reported(Class::Service).matter;
    other.id = fresh(OTHER).id;
    let holidays = include_str!("../../../../catalogues/holidays.csv");
    let known: Vec<_> =
        holidays.lines().filter(|line| !line.starts_with("2025") && !line.starts_with("2026")).collect();
    let before = std::sync::Arc::new(site_with(&known.join("\n")));
    vec![
        Case::reported(Class::Service).beside(other).does(intake(), sample(CommandKind::Merge, 0)),
        Case::reported(Class::Service).does(intake(), sample(CommandKind::Guide, 0)),
        mediated(),
        by_a_method().does(mediator(), sample(CommandKind::ChooseMethod, 0)),
        sat_together().does(mediator(), command!(declare_conflict, "reason": "亲戚")).does(other_mediator(), sample(CommandKind::AddParty, 0)),
        agreed().on("2024-04-08T09:00").does(Actor::System, command!(lapse_confirmation)),
        accepted().does(mediator(), sample(CommandKind::DeclineMediation, 0)),
        Case::at(Class::Petition, Stage::Handling).does(
            dispatcher(),
            command!(reclassify, "class": "petition", "about_unit": "421321117.construction", "reason": "更正"),
        ),
        Case::at(Class::Service, Stage::AwaitingReporter)
            .wakes("remind")
            .then("reminded")
            .wakes("lapse")
            .then("lapsed closed"),
        Case::reporting_at(before, "2024-12-31T09:00", &report(Class::Service), &Actor::Reporter)
            .unwrap()
            .at_site(place::site().clone())
            .does(Actor::System, sample(CommandKind::RecomputeClock, 0)),
    ]
}

#[test]
fn events_are_read_as_they_are_written_and_stay_so() {
    let mut first: BTreeMap<EventKind, Recorded> = BTreeMap::new();
    for recorded in std::iter::once(eventful()).chain(others()).flat_map(|case| case.events) {
        first.entry(recorded.event.kind()).or_insert(recorded);
    }
    let never: Vec<_> = EventKind::ALL.iter().filter(|kind| !first.contains_key(kind)).collect();
    assert!(never.is_empty(), "an event of each kind must happen here; missing: {never:?}");
    let lines: Vec<_> = first
        .values()
        .map(|recorded| {
            let text = serde_json::to_string(recorded).unwrap();
            let read = serde_json::from_str::<Recorded>(&text).unwrap();
            assert_eq!((&read.by, &read.event), (&recorded.by, &recorded.event), "{text}");
            text
        })
        .collect();
    insta::assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn events_hold_no_words_of_people() {
    let case = eventful();
    for text in &case.texts {
        for recorded in &case.events {
            let event = serde_json::to_string(&recorded.event).unwrap();
            assert!(!event.contains(&text.words), "{event} holds {}", text.words);
        }
    }
}
