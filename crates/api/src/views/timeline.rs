//! Events as entries of a timeline: what happened, in which capacity, with the values that a sentence needs.

use std::collections::HashMap;

use casework::{
    actor::{By, Role},
    id::{AccountId, PhotoId},
    matter::{Event, EventKind, Recorded, Source},
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
    /// `reporter`, `staff` or `system`.
    kind: &'static str,
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
    /// Staff, with the names of their colleagues.
    Staff(&'a HashMap<AccountId, String>),
}

/// The accounts that acted.
pub(crate) fn accounts(events: &[Recorded]) -> Vec<AccountId> {
    let mut accounts: Vec<_> = events.iter().filter_map(|recorded| recorded.by.account()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Entries for an audience, oldest first.
pub(crate) fn entries(
    events: &[Recorded],
    texts: &Texts,
    site: &Site,
    audience: Audience<'_>,
) -> Vec<EntryView> {
    let shown = |recorded: &&Recorded| match audience {
        Audience::Reporter => is_for_the_reporter(recorded.event.kind()),
        Audience::Staff(_) => true,
    };
    events.iter().filter(shown).map(|recorded| entry(recorded, texts, site, audience)).collect()
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
    )
}

fn entry(recorded: &Recorded, texts: &Texts, site: &Site, audience: Audience<'_>) -> EntryView {
    let readable = |text: &TextRef| match audience {
        Audience::Reporter => {
            texts.kind(text.id).is_some_and(|kind| !matches!(kind, TextKind::Note | TextKind::Contact))
        }
        Audience::Staff(_) => true,
    };
    let main = recorded.event.texts().first().copied().filter(readable);
    EntryView {
        version: recorded.version,
        at: recorded.at,
        event: recorded.event.kind(),
        actor: actor(&recorded.by, site, audience),
        words: main.and_then(|text| texts.get(text.id)).map(str::to_owned),
        photos: photos(recorded),
        params: params(&recorded.event, site),
    }
}

fn actor(by: &By, site: &Site, audience: Audience<'_>) -> ActorView {
    match by {
        By::Reporter => ActorView { kind: "reporter", unit: None, role: None, name: None },
        By::System => ActorView { kind: "system", unit: None, role: None, name: None },
        By::Staff { account, unit, role } => {
            let name = match audience {
                Audience::Reporter => None,
                Audience::Staff(names) => names.get(account).cloned(),
            };
            ActorView { kind: "staff", unit: Some(UnitRef::at(unit, site)), role: Some(*role), name }
        }
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
fn params(event: &Event, site: &Site) -> Map<String, Value> {
    let Ok(Value::Object(fields)) = serde_json::to_value(event) else { return Map::new() };
    let mut params = Map::new();
    for (key, value) in fields {
        match key.as_str() {
            "type" | "words" | "reason" | "address" | "contact" | "photos" | "parts" | "catalogue"
            | "into" | "from" | "about_unit" => {}
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
