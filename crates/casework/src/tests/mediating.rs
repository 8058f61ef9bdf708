//! Disputes on their way through a mediation. The parties are 1 (applicant) and 2 (respondent).

use serde_json::{Value, json};

use super::{
    cast::{dispatcher, intake, mediator, party},
    scenario::{Case, command},
};
use crate::matter::{Class, Command, Stage};

/// Two made-up parties.
pub(crate) fn parties() -> Value {
    json!([
        {"side": "applicant", "name": "甲某", "phone": "138 0000 0001"},
        {"side": "respondent", "name": "乙某", "phone": "13800000002", "address": "三组"},
    ])
}

/// Party 2 pays by 20 March, party 1 moves its fence by 1 April.
pub(crate) fn clauses() -> Value {
    json!([
        {"by": 2, "words": "付清修沟的钱三千元", "due_on": "2024-03-20", "fen": 300_000},
        {"by": 1, "words": "把围栏往里移半米", "due_on": "2024-04-01"},
    ])
}

/// Tuesday at ten.
pub(crate) fn tomorrow() -> &'static str {
    "2024-03-05T10:00:00+08:00"
}

/// A session together for an hour.
pub(crate) fn together(starts_at: &str) -> Command {
    command!(set_session, "starts_at": starts_at, "minutes": 60, "form": "together", "venue": "talk_room", "place": "村部一楼")
}

/// With a committee that has not taken it on.
pub(crate) fn opened() -> Case {
    Case::at(Class::Dispute, Stage::Mediating)
}

/// Taken on, with both parties.
pub(crate) fn accepted() -> Case {
    taken_on(opened())
}

fn taken_on(case: Case) -> Case {
    case.does(mediator(), command!(accept_mediation, "origin": "application", "parties": parties()))
}

/// Both have consented.
pub(crate) fn consented() -> Case {
    agreed_to_talk(accepted())
}

fn agreed_to_talk(case: Case) -> Case {
    case.does(mediator(), command!(record_consent, "parties": [1], "way": "spoken", "rights": "spoken"))
        .does(party(2), command!(consent))
}

/// Neither spoke of violence.
pub(crate) fn safe() -> Case {
    asked_about_violence(consented())
}

fn asked_about_violence(case: Case) -> Case {
    case.does(party(1), command!(answer_safety, "violence": false))
        .does(mediator(), command!(answer_safety, "party": 2, "violence": false))
}

/// They sat together, on the spot.
pub(crate) fn sat_together() -> Case {
    sat(safe())
}

fn sat(case: Case) -> Case {
    case.does(
        mediator(),
        command!(hold_session, "minutes": 1, "form": "together", "venue": "doorstep", "present": [1, 2], "words": "双方各自说了经过"),
    )
}

/// The mediator sat with one of them.
pub(crate) fn apart_with(no: u8) -> Case {
    consented().does(
        mediator(),
        command!(hold_session, "minutes": 1, "form": "apart", "with": no, "present": [no], "words": "单独听了一方"),
    )
}

/// They sat together about a dispute of a category.
pub(crate) fn sat_about(category: &str) -> Case {
    let opened = Case::reported(Class::Dispute)
        .does(intake(), command!(admit, "category": category))
        .does(dispatcher(), command!(open_mediation, "unit": "421321117.mediation"));
    sat(asked_about_violence(agreed_to_talk(taken_on(opened))))
}

/// A written agreement lies before them.
pub(crate) fn proposed() -> Case {
    sat_together()
        .does(mediator(), command!(propose_agreement, "facts": "排水沟改道引起", "clauses": clauses()))
}

/// It is signed and sealed.
pub(crate) fn agreed() -> Case {
    proposed()
        .does(party(1), command!(sign, "version": 1))
        .does(party(2), command!(sign, "version": 1))
        .does(mediator(), command!(seal_agreement, "version": 1))
}
