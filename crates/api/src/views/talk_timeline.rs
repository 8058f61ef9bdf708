//! A talk day's events as entries of its story, for those who keep it: what happened, in which capacity, in which words.

use std::collections::HashMap;

use casework::{
    actor::Staff,
    id::{AccountId, TextId},
    record::Recorded,
    site::Site,
    talk_day::{TalkEvent, TalkEventKind, Topic},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use store::Texts;
use utoipa::ToSchema;

use super::{
    area::UnitRef,
    timeline::{ActorView, Audience, actor},
};

/// One thing that happened to a talk day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TalkEntryView {
    version: u32,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    event: TalkEventKind,
    actor: ActorView,
    /// What was said or written then; nothing when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// The number of the thing that was raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<Topic>,
    /// The day for which it was planned, or to which it was moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<u32>,
    /// Who promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<bool>,
    /// How many answers were published.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<usize>,
}

/// The accounts that acted.
pub(crate) fn accounts(events: &[Recorded<TalkEvent>]) -> Vec<AccountId> {
    let mut accounts: Vec<_> = events.iter().filter_map(|recorded| recorded.by.account()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// What entries are told with.
#[derive(Clone, Copy)]
pub(crate) struct TalkTelling<'a> {
    pub(crate) texts: &'a Texts,
    pub(crate) site: &'a Site,
    pub(crate) staff: &'a Staff,
    pub(crate) names: &'a HashMap<AccountId, String>,
}

/// Entries, oldest first.
pub(crate) fn entries(events: &[Recorded<TalkEvent>], telling: TalkTelling<'_>) -> Vec<TalkEntryView> {
    events.iter().map(|recorded| entry(recorded, telling)).collect()
}

fn entry(recorded: &Recorded<TalkEvent>, telling: TalkTelling<'_>) -> TalkEntryView {
    let TalkTelling { texts, site, staff, names } = telling;
    let words = |text: TextId| texts.get(text).map(str::to_owned);
    let bare = TalkEntryView {
        version: recorded.version,
        at: recorded.at,
        event: recorded.event.kind(),
        actor: actor(&recorded.by, site, Audience::Staff(staff, names)),
        words: None,
        item: None,
        topic: None,
        date: None,
        people: None,
        unit: None,
        due: None,
        kept: None,
        answers: None,
    };
    match &recorded.event {
        TalkEvent::Planned { at, .. } => TalkEntryView {
            date: Some(at.date),
            words: at.place_words.and_then(|text| words(text.id)),
            ..bare
        },
        TalkEvent::Moved { at, reason } => {
            TalkEntryView { date: Some(at.date), words: words(reason.id), ..bare }
        }
        TalkEvent::Cancelled { reason } => TalkEntryView { words: words(reason.id), ..bare },
        TalkEvent::Held { people } => TalkEntryView { people: Some(*people), ..bare },
        TalkEvent::ItemNoted { item, topic, words: said } => {
            TalkEntryView { item: Some(*item), topic: Some(*topic), words: words(said.id), ..bare }
        }
        TalkEvent::ItemAnswered { item, words: said } | TalkEvent::ToldMore { item, words: said } => {
            TalkEntryView { item: Some(*item), words: words(said.id), ..bare }
        }
        TalkEvent::ItemPromised { item, unit, due, words: said } => TalkEntryView {
            item: Some(*item),
            unit: Some(UnitRef::at(unit, site)),
            due: Some(*due),
            words: words(said.id),
            ..bare
        },
        TalkEvent::PromiseSettled { item, kept, words: said } => {
            TalkEntryView { item: Some(*item), kept: Some(*kept), words: words(said.id), ..bare }
        }
        TalkEvent::MatterRecorded { item, .. } => TalkEntryView { item: Some(*item), ..bare },
        TalkEvent::Published { answers } => TalkEntryView { answers: Some(answers.len()), ..bare },
    }
}
