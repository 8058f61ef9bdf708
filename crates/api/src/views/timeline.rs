//! Events as entries of a timeline: what happened, in which capacity, with the values that a sentence needs.

use std::collections::HashMap;

use casework::{
    actor::{By, Role, Staff},
    id::{AccountId, PhotoId},
    matter::{Event, EventKind, Matter, Recorded, Source},
    mediation::{self, Reader, Reading},
    site::Site,
    text::{TextKind, TextRef},
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::Texts;
use utoipa::ToSchema;

use super::area::{AreaView, UnitRef};

/// Who acted, as a timeline shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ActorView {
    /// `reporter`, `party`, `staff` or `system`.
    kind: &'static str,
    /// The party's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    /// For colleagues only.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// What a photo shows.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhotoKind {
    /// What the reporter saw.
    Report,
    /// The work.
    Before,
    /// The place after the work.
    After,
    /// Something else.
    Other,
}

/// A photo.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PhotoView {
    pub(crate) id: PhotoId,
    kind: PhotoKind,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// One entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EntryView {
    version: u32,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    event: EventKind,
    actor: ActorView,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    photos: Vec<PhotoView>,
    #[schema(value_type = Object)]
    params: Map<String, Value>,
}

/// For whom entries are made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Audience<'a> {
    /// The reporter: no names, no notes between colleagues.
    Reporter,
    /// A member of staff, with the names of colleagues.
    Staff(&'a Staff, &'a HashMap<AccountId, String>),
}

impl<'a> Audience<'a> {
    fn reader(self) -> Reader<'a> {
        match self {
            Self::Reporter => Reader::Reporter,
            Self::Staff(staff, _) => Reader::Staff(staff),
        }
    }

    fn name_of(self, account: AccountId) -> Option<String> {
        match self {
            Self::Reporter => None,
            Self::Staff(_, names) => names.get(&account).cloned(),
        }
    }
}

/// The accounts that acted or were named as mediators.
pub(crate) fn accounts(events: &[Recorded]) -> Vec<AccountId> {
    let mut accounts: Vec<_> = events
        .iter()
        .flat_map(|recorded| [recorded.by.account(), named(&recorded.event)])
        .flatten()
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

#[allow(clippy::wildcard_enum_match_arm, reason = "few events name a mediator")]
fn named(event: &Event) -> Option<AccountId> {
    match event {
        Event::MediationAccepted { mediator, .. } => *mediator,
        Event::MediatorNamed { mediator, .. }
        | Event::MediatorChosen { mediator, .. }
        | Event::OtherMediatorAsked { mediator, .. }
        | Event::ConflictDeclared { mediator, .. } => Some(*mediator),
        _ => None,
    }
}

/// What an audience may read of a matter's story, and in which words.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) matter: &'a Matter,
    pub(crate) texts: &'a Texts,
    pub(crate) site: &'a Site,
    pub(crate) audience: Audience<'a>,
}

/// Entries for an audience, oldest first.
pub(crate) fn entries(events: &[Recorded], telling: Telling<'_>) -> Vec<EntryView> {
    let read = |recorded| (recorded, reading(recorded, telling.matter, telling.site, telling.audience));
    events
        .iter()
        .map(read)
        .filter(|(_, reading)| *reading != Reading::Hidden)
        .map(|(recorded, reading)| entry(recorded, telling, reading))
        .collect()
}

/// What an audience gets of an event.
pub(crate) fn reading(recorded: &Recorded, matter: &Matter, site: &Site, audience: Audience<'_>) -> Reading {
    match audience {
        Audience::Reporter if !is_for_the_reporter(recorded.event.kind()) => Reading::Hidden,
        Audience::Reporter | Audience::Staff(..) => {
            mediation::reading(matter, &recorded.event, audience.reader(), site)
        }
    }
}

fn is_for_the_reporter(event: EventKind) -> bool {
    !matches!(
        event,
        EventKind::Noted
            | EventKind::Consulted
            | EventKind::CoAnswered
            | EventKind::Reminded
            | EventKind::Linked
            | EventKind::ClockRecomputed
    ) && !is_of_the_parties(event)
}

/// What a mediation does among its parties; they see it on their own pages.
fn is_of_the_parties(event: EventKind) -> bool {
    matches!(
        event,
        EventKind::PartyAdded
            | EventKind::PartyCorrected
            | EventKind::PartyCodeReplaced
            | EventKind::MediatorNamed
            | EventKind::MediatorChosen
            | EventKind::OtherMediatorAsked
            | EventKind::MethodChosen
            | EventKind::ConflictDeclared
            | EventKind::ConsentRecorded
            | EventKind::SafetyAnswered
            | EventKind::IdentityNoted
            | EventKind::PartiesAsked
            | EventKind::PartyAnswered
            | EventKind::PoliceTold
            | EventKind::TimesProposed
            | EventKind::SessionSet
            | EventKind::SessionMoved
            | EventKind::SessionCancelled
            | EventKind::SessionHeld
            | EventKind::CaucusNoted
            | EventKind::SpokenInPrivate
            | EventKind::AgreementProposed
            | EventKind::AgreementSigned
            | EventKind::AgreementSealed
            | EventKind::AgreementEffective
            | EventKind::ClauseRecorded
            | EventKind::ClauseReminded
            | EventKind::ClauseOverdue
            | EventKind::Visited
            | EventKind::ConfirmationApplied
            | EventKind::ConfirmationRecorded
            | EventKind::ConfirmationLapsed
            | EventKind::DossierFiled
    )
}

fn entry(recorded: &Recorded, telling: Telling<'_>, reading: Reading) -> EntryView {
    let Telling { matter, texts, site, audience } = telling;
    let readable = |text: &TextRef| {
        texts.kind(text.id).is_some_and(|kind| {
            let for_them = match audience {
                Audience::Reporter => !matches!(kind, TextKind::Note | TextKind::Contact),
                Audience::Staff(..) => true,
            };
            for_them
                && kind != TextKind::Party
                && mediation::may_read_text(matter, kind, audience.reader(), site)
        })
    };
    let whole = reading == Reading::Whole;
    let main = recorded.event.texts().into_iter().filter(|_| whole).find(readable);
    EntryView {
        version: recorded.version,
        at: recorded.at,
        event: recorded.event.kind(),
        actor: actor(&recorded.by, site, audience),
        words: main.and_then(|text| texts.get(text.id)).map(str::to_owned),
        photos: if whole { photos(recorded) } else { Vec::new() },
        params: params(&recorded.event, site, audience),
    }
}

/// In which capacity something was done.
pub(crate) fn actor(by: &By, site: &Site, audience: Audience<'_>) -> ActorView {
    let of = |kind| ActorView { kind, party: None, unit: None, role: None, name: None };
    match by {
        By::Reporter => of("reporter"),
        By::System => of("system"),
        // Which of them it was is no more the reporter's than what they said.
        By::Party { .. } if matches!(audience, Audience::Reporter) => of("party"),
        By::Party { no } => ActorView { party: Some(*no), ..of("party") },
        By::Staff { account, unit, role } => ActorView {
            unit: Some(UnitRef::at(unit, site)),
            role: Some(*role),
            name: audience.name_of(*account),
            ..of("staff")
        },
    }
}

/// The photos an event adds.
pub(crate) fn photos(recorded: &Recorded) -> Vec<PhotoView> {
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "few events add photos, and any other photo is just another photo"
    )]
    let kind = match recorded.event.kind() {
        EventKind::Reported | EventKind::Supplied => PhotoKind::Report,
        EventKind::Progressed => PhotoKind::Before,
        EventKind::Completed | EventKind::SettledOnTheSpot | EventKind::Passed => PhotoKind::After,
        _ => PhotoKind::Other,
    };
    recorded.event.photos().into_iter().map(|id| PhotoView { id, kind, at: recorded.at }).collect()
}

/// The values of an event: its own fields but for texts and photos, with units, areas and times as pages use them.
fn params(event: &Event, site: &Site, audience: Audience<'_>) -> Map<String, Value> {
    let Ok(Value::Object(fields)) = serde_json::to_value(event) else { return Map::new() };
    let mut params = Map::new();
    for (key, value) in fields {
        match key.as_str() {
            "type" | "words" | "reason" | "address" | "contact" | "photos" | "parts" | "catalogue"
            | "into" | "from" | "about_unit" | "facts" | "place" | "scans" => {}
            "party" if matches!(audience, Audience::Reporter) => {}
            "parties" | "party" | "present" | "clauses" | "mediator" | "channel" | "time" | "times"
            | "about" => {
                params.extend(mediation_param(key, &value, site, audience));
            }
            "unit" | "centre" | "ruling" | "to" if value.as_str().is_some_and(|text| text.contains('.')) => {
                let id = casework::id::UnitId(value.as_str().unwrap_or_default().to_owned());
                let key = if key == "to" { "unit" } else { key.as_str() };
                params.insert(key.to_owned(), json!(UnitRef::at(&id, site)));
            }
            "to" => {}
            "into_number" | "from_number" | "to_number" => {
                params.insert("number".to_owned(), value);
            }
            "co_units" => {
                let units =
                    value.as_array().into_iter().flatten().filter_map(|co| {
                        co.get("unit")?.as_str().map(|id| casework::id::UnitId(id.to_owned()))
                    });
                params.insert(key, json!(units.map(|id| UnitRef::at(&id, site)).collect::<Vec<_>>()));
            }
            "units" => {
                let units = value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|id| id.as_str().map(|id| casework::id::UnitId(id.to_owned())));
                params.insert(key, json!(units.map(|id| UnitRef::at(&id, site)).collect::<Vec<_>>()));
            }
            "area" => {
                if let Some(code) = value.as_str().and_then(|code| code.parse().ok()) {
                    params.insert(key, json!(AreaView::at(code, site)));
                }
            }
            "clock" => clock_params(&value, site, &mut params),
            "until" => {
                params.insert(
                    key,
                    json!(value.as_i64().and_then(|micros| Timestamp::from_microsecond(micros).ok())),
                );
            }
            _ => {
                params.insert(key, value);
            }
        }
    }
    if let Event::Reported { source: Source::Resident, .. } = event {
        params.remove("centre");
    }
    if let Event::Split { parts } = event {
        params.insert("count".to_owned(), json!(parts.len()));
    }
    params
}

/// A field of a mediation's event: parties by number, mediators by name for colleagues, the rest as pages use it.
fn mediation_param(
    key: String,
    value: &Value,
    site: &Site,
    audience: Audience<'_>,
) -> Option<(String, Value)> {
    let shown = match key.as_str() {
        "parties" | "party" | "present" => numbers(value),
        "clauses" => return Some(("count".to_owned(), json!(value.as_array().map_or(0, Vec::len)))),
        "mediator" => {
            let account = value.as_str().and_then(|id| id.parse().ok()).map(AccountId);
            json!(account.and_then(|account| audience.name_of(account)))
        }
        "channel" => json!(value.as_str().and_then(|code| site.catalogue.channel(code))),
        "time" => time(value),
        "times" => json!(value.as_array().into_iter().flatten().map(time).collect::<Vec<_>>()),
        "about" => {
            let about = value.as_object().cloned().unwrap_or_default();
            Value::Object(about.into_iter().filter(|(key, _)| key != "name").collect())
        }
        _ => return None,
    };
    Some((key, shown))
}

/// Parties by number; their names stay where they are.
fn numbers(value: &Value) -> Value {
    let number = |party: &Value| party.get("no").cloned().unwrap_or_else(|| party.clone());
    match value.as_array() {
        Some(parties) => Value::Array(parties.iter().map(number).collect()),
        None => number(value),
    }
}

fn time(stretch: &Value) -> Value {
    let moment = |key| {
        let micros = stretch.get(key).and_then(Value::as_i64);
        json!(micros.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
    };
    json!({ "starts_at": moment("starts_at"), "ends_at": moment("ends_at") })
}

fn clock_params(clock: &Value, site: &Site, params: &mut Map<String, Value>) {
    if let Some(due) = clock
        .get("due_at")
        .and_then(Value::as_i64)
        .and_then(|micros| Timestamp::from_microsecond(micros).ok())
    {
        params.insert("due_at".to_owned(), json!(due));
    }
    let rule = clock.get("rule").and_then(Value::as_str).and_then(|code| site.catalogue.limit_by_code(code));
    if let Some(rule) = rule {
        params.insert("limit".to_owned(), json!(rule.limit));
    }
}
