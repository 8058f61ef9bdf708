//! A mediation as those near to it see it: the committee on the desk, a party on its own page. What a reader may not read is not there.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a view looks for a few of the events; the others say nothing to it"
)]

use std::collections::HashMap;

use casework::{
    catalogue::Warning,
    id::{AccountId, PhotoId, TextId},
    matter::{Event, Matter, MediationResult, Recorded},
    mediation::{
        self, About, AgreementForm, Channel, ClauseResult, ConfirmationState, HandOverState, Mediation,
        MethodRef, Origin, ParticipantKind, PartySide, PartyWords, Reader, Reading, SessionForm,
        SessionState, Step, Venue, Way,
    },
    site::Site,
    text::TextKind,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use store::Texts;
use utoipa::ToSchema;

use super::area::UnitRef;
use crate::{App, problem::Result};

/// A mediator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MediatorNamed {
    pub(crate) account: AccountId,
    pub(crate) name: String,
}

/// A stretch of time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TimeView {
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
}

/// A party.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PartyView {
    no: u8,
    side: PartySide,
    /// Whether it is an organisation.
    organisation: bool,
    /// For those near.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<ConsentView>,
    /// Its answer about violence at home, for itself and the committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    violence: Option<bool>,
    /// Whether it has answered, for those who may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    safety_answered: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chose: Option<MediatorNamed>,
    asked_other: u8,
    /// A mediator who has gone knew its access code: until it has a new one its room is shut. For itself and the committee.
    code_known: bool,
    /// When it could come, for itself and the committee.
    times: Vec<TimeView>,
    /// The same in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    times_words: Option<String>,
}

/// A party's consent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ConsentView {
    way: Way,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// A question to all parties.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct QuestionView {
    no: u8,
    /// `participant`, `open_sessions`, `extension` or `confirmation`.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<ParticipantKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    /// The court that is named for the confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    court: Option<String>,
    yes: Vec<u8>,
    declined: bool,
    /// Each party has said yes.
    holds: bool,
}

/// A session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SessionView {
    no: u8,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    form: SessionForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<u8>,
    open: bool,
    venue: Venue,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    state: SessionState,
    /// Why it was moved or cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The parties whom it is for.
    parties: Vec<u8>,
    /// Who else takes part, by the question that each party said yes to.
    participants: Vec<u8>,
    /// The record, for those who were its parties and the mediator.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    present: Vec<u8>,
}

/// A clause.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClauseView {
    no: u8,
    by: u8,
    words: String,
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    fen: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ClauseResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    performed_on: Option<Date>,
    overdue: bool,
    /// What calls for a second look.
    warnings: Vec<Warning>,
}

/// A signature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SignatureView {
    party: u8,
    way: Way,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    scans: Vec<PhotoId>,
}

/// An agreement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgreementView {
    version: u8,
    form: AgreementForm,
    facts: String,
    clauses: Vec<ClauseView>,
    signatures: Vec<SignatureView>,
    sealed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    effective_at: Option<Timestamp>,
}

/// The court's confirmation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ConfirmationView {
    state: ConfirmationState,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

/// A hand-over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HandOverView {
    no: u8,
    channel: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    state: HandOverState,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    words: Vec<String>,
}

/// What was said in a private room.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SaidView {
    party: u8,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By the party itself, not noted by the mediator.
    by_party: bool,
    words: String,
}

/// A mediation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MediationView {
    step: Step,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mediator: Option<MediatorNamed>,
    /// The local method that the mediator goes by, for the committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<MethodRef>,
    /// Whom the committee may name, for the committee.
    pub(crate) colleagues: Vec<MediatorNamed>,
    parties: Vec<PartyView>,
    questions: Vec<QuestionView>,
    sessions: Vec<SessionView>,
    /// Private rooms that the reader may enter.
    said: Vec<SaidView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<AgreementView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation: Option<ConfirmationView>,
    hand_overs: Vec<HandOverView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<MediationResult>,
    /// Whether the reader may read its dossier.
    dossier: bool,
}

/// What a view is made of.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) matter: &'a Matter,
    pub(crate) mediation: &'a Mediation,
    pub(crate) events: &'a [Recorded],
    pub(crate) texts: &'a Texts,
    pub(crate) names: &'a HashMap<AccountId, String>,
    pub(crate) site: &'a Site,
    pub(crate) reader: Reader<'a>,
}

impl<'a> Seen<'a> {
    pub(crate) fn whole(self, event: &Event) -> bool {
        mediation::reading(self.matter, event, self.reader, self.site) == Reading::Whole
    }

    /// A text, when the reader may read its kind.
    pub(crate) fn text(self, id: TextId) -> Option<String> {
        let kind = self.texts.kind(id)?;
        let may = mediation::may_read_text(self.matter, kind, self.reader, self.site);
        may.then(|| self.texts.get(id).map(str::to_owned)).flatten()
    }

    /// Name and agent of a party: the parties know each other; staff as far as they may read such texts.
    pub(crate) fn party(self, id: TextId) -> Option<PartyWords> {
        let one_of_them = matches!(self.reader, Reader::Party(no) if self.mediation.party(no).is_some());
        let may =
            one_of_them || mediation::may_read_text(self.matter, TextKind::Party, self.reader, self.site);
        may.then(|| self.texts.get(id).and_then(|words| serde_json::from_str(words).ok())).flatten()
    }

    pub(crate) fn mediator(self, account: AccountId) -> MediatorNamed {
        MediatorNamed { account, name: self.names.get(&account).cloned().unwrap_or_default() }
    }

    /// The events, newest first.
    pub(crate) fn newest(self) -> impl Iterator<Item = &'a Recorded> {
        self.events.iter().rev()
    }
}

impl MediationView {
    pub(crate) fn of(seen: Seen<'_>) -> Self {
        let Seen { matter, mediation, site, .. } = seen;
        Self {
            step: mediation.step(),
            channel: site.pinned(&matter.catalogue).channel(&mediation.channel).cloned(),
            origin: mediation.origin,
            mediator: mediation.mediator.map(|account| seen.mediator(account)),
            method: mediation.method.filter(|_| seen.whole(&Event::MethodChosen { method: None })),
            colleagues: Vec::new(),
            parties: mediation.parties.iter().map(|party| party_view(seen, party)).collect(),
            questions: mediation.questions.iter().map(|question| question_view(seen, question)).collect(),
            sessions: sessions(seen),
            said: said(seen),
            agreement: mediation.agreement.as_ref().and_then(|agreement| agreement_view(seen, agreement)),
            confirmation: mediation.confirmation.as_ref().map(|confirmation| ConfirmationView {
                state: confirmation.state,
                until: confirmation.until,
                words: last_words(seen, |event| match event {
                    Event::ConfirmationRecorded { words, .. } => Some(words.id),
                    _ => None,
                }),
            }),
            hand_overs: hand_overs(seen),
            result: mediation.result,
            dossier: match seen.reader {
                Reader::Staff(staff) => mediation::may_read_dossier(matter, staff, site),
                Reader::Party(_) | Reader::Reporter => false,
            },
        }
    }
}

/// Who may mediate: the committee's mediators but those who stepped back.
pub(crate) async fn mediators(
    app: &App,
    matter: &Matter,
    mediation: &Mediation,
) -> Result<Vec<MediatorNamed>> {
    let Some(unit) = &matter.lead else { return Ok(Vec::new()) };
    let staff = app.store.mediators_of(unit).await?;
    let may = |account: &store::Account| !mediation.stepped_back.contains(&account.id);
    let view = |account: store::Account| MediatorNamed { account: account.id, name: account.display_name };
    Ok(staff.into_iter().filter(may).map(view).collect())
}

fn last_words(seen: Seen<'_>, of: impl Fn(&Event) -> Option<TextId>) -> Option<String> {
    seen.newest().find_map(|recorded| of(&recorded.event)).and_then(|id| seen.text(id))
}

fn party_view(seen: Seen<'_>, party: &mediation::Party) -> PartyView {
    let words = seen.party(party.words);
    let answer = Event::SafetyAnswered { party: party.no, violence: true };
    let knows = seen.whole(&answer);
    let times = seen.newest().find_map(|recorded| match &recorded.event {
        Event::TimesProposed { party: of, times, words }
            if *of == party.no && seen.whole(&recorded.event) =>
        {
            Some((times, words.and_then(|words| seen.texts.get(words.id))))
        }
        _ => None,
    });
    let (times, times_words) = times.unzip();
    let chose = Event::MediatorChosen { party: party.no, mediator: AccountId(uuid::Uuid::nil()) };
    PartyView {
        no: party.no,
        side: party.side,
        organisation: party.organisation,
        name: words.as_ref().map(|words| words.name.clone()),
        agent: words.and_then(|words| words.agent),
        consent: party.consent.as_ref().map(|consent| ConsentView { way: consent.way, at: consent.at }),
        violence: party.violence.filter(|_| knows),
        safety_answered: knows.then_some(party.violence.is_some()),
        chose: party.chose.filter(|_| seen.whole(&chose)).map(|account| seen.mediator(account)),
        asked_other: if knows { party.asked_other } else { 0 },
        code_known: knows && seen.mediation.code_is_known(party.no),
        times: times
            .into_iter()
            .flatten()
            .map(|time| TimeView { starts_at: time.starts_at, ends_at: time.ends_at })
            .collect(),
        times_words: times_words.flatten().map(str::to_owned),
    }
}

fn question_view(seen: Seen<'_>, question: &mediation::Question) -> QuestionView {
    let of = |kind| QuestionView {
        no: question.no,
        kind,
        role: None,
        name: None,
        days: None,
        court: None,
        yes: question.yes.clone(),
        declined: question.declined,
        holds: seen.mediation.holds(question),
    };
    match &question.about {
        About::Participant { role, name } => {
            let near = matches!(seen.reader, Reader::Party(_));
            let name = if near { seen.texts.get(name.id).map(str::to_owned) } else { seen.text(name.id) };
            QuestionView { role: Some(*role), name, ..of("participant") }
        }
        About::OpenSessions => of("open_sessions"),
        About::Extension { days } => QuestionView { days: Some(*days), ..of("extension") },
        About::Confirmation { court } => {
            let court = court.as_ref().and_then(|court| seen.text(court.id));
            QuestionView { court, ..of("confirmation") }
        }
    }
}

/// Sessions in the order of their beginning; one apart is not the other party's to see.
fn sessions(seen: Seen<'_>) -> Vec<SessionView> {
    let theirs = |session: &&mediation::Session| match (seen.reader, session.form, session.with) {
        (Reader::Party(no), SessionForm::Apart, Some(with)) => no == with,
        _ => true,
    };
    let mut sessions: Vec<_> =
        seen.mediation.sessions.iter().filter(theirs).map(|session| session_view(seen, session)).collect();
    sessions.sort_by_key(|session| session.starts_at);
    sessions
}

fn session_view(seen: Seen<'_>, session: &mediation::Session) -> SessionView {
    let held = seen.newest().find_map(|recorded| match &recorded.event {
        Event::SessionHeld { no, words, present, participants, .. } if *no == session.no => {
            let words = seen.whole(&recorded.event).then_some(words.id);
            Some((words, present.clone(), participants.clone()))
        }
        _ => None,
    });
    let (words, present, participants) = held.unwrap_or_else(|| (None, Vec::new(), joining(seen.mediation)));
    let everybody = || seen.mediation.parties.iter().map(|party| party.no).collect();
    SessionView {
        no: session.no,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        form: session.form,
        with: session.with,
        open: session.open,
        venue: session.venue,
        place: session.place.and_then(|id| seen.text(id)),
        state: session.state,
        reason: last_words(seen, |event| match event {
            Event::SessionMoved { session: no, reason, .. }
            | Event::SessionCancelled { session: no, reason }
                if *no == session.no =>
            {
                Some(reason.id)
            }
            _ => None,
        }),
        parties: session.with.map_or_else(everybody, |no| vec![no]),
        participants,
        words: words.and_then(|id| seen.texts.get(id)).map(str::to_owned),
        present,
    }
}

/// The others whom each party lets join.
fn joining(mediation: &Mediation) -> Vec<u8> {
    let joins = |question: &&mediation::Question| {
        matches!(question.about, About::Participant { .. }) && mediation.holds(question)
    };
    mediation.questions.iter().filter(joins).map(|question| question.no).collect()
}

/// What was said in the rooms that the reader may enter, oldest first.
fn said(seen: Seen<'_>) -> Vec<SaidView> {
    let entered = seen.events.iter().filter(|recorded| seen.whole(&recorded.event));
    entered
        .filter_map(|recorded| match &recorded.event {
            Event::CaucusNoted { party, words } => Some((recorded.at, *party, false, words.id)),
            Event::SpokenInPrivate { party, words } => Some((recorded.at, *party, true, words.id)),
            _ => None,
        })
        .filter_map(|(at, party, by_party, words)| {
            let words = seen.texts.get(words)?.to_owned();
            Some(SaidView { party, at, by_party, words })
        })
        .collect()
}

fn agreement_view(seen: Seen<'_>, agreement: &mediation::Agreement) -> Option<AgreementView> {
    let facts = seen.text(agreement.facts)?;
    let rules = &seen.site.pinned(&seen.matter.catalogue).mediation;
    let clauses = agreement.clauses.iter().map(|clause| {
        let words = seen.text(clause.words).unwrap_or_default();
        ClauseView {
            no: clause.no,
            by: clause.by,
            due_on: clause.due_on,
            fen: clause.fen,
            result: clause.result,
            performed_on: clause.performed_on,
            overdue: clause.overdue && clause.result.is_none(),
            warnings: rules.warnings_about(&words).cloned().collect(),
            words,
        }
    });
    let signatures = agreement.signatures.iter().map(|signature| SignatureView {
        party: signature.party,
        way: signature.way,
        at: signature.at,
        scans: signature.scans.clone(),
    });
    Some(AgreementView {
        version: agreement.version,
        form: agreement.form,
        facts,
        clauses: clauses.collect(),
        signatures: signatures.collect(),
        sealed: agreement.sealed,
        effective_at: agreement.effective_at,
    })
}

fn hand_overs(seen: Seen<'_>) -> Vec<HandOverView> {
    let words = |wanted: u8| {
        let said = seen.events.iter().filter_map(|recorded| match &recorded.event {
            Event::HandedOver { no, words, .. }
            | Event::HandOverAnswered { no, words, .. }
            | Event::HandOverReported { no, words, .. }
                if *no == wanted =>
            {
                seen.text(words.id)
            }
            _ => None,
        });
        said.collect()
    };
    let hand_overs = seen.mediation.hand_overs.iter();
    hand_overs
        .map(|hand_over| HandOverView {
            no: hand_over.no,
            channel: hand_over.channel.clone(),
            unit: hand_over.unit.as_ref().map(|unit| UnitRef::at(unit, seen.site)),
            state: hand_over.state,
            since: hand_over.since,
            words: words(hand_over.no),
        })
        .collect()
}
