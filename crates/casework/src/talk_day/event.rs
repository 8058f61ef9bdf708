//! What happened to a talk day. Kept for ever, so without names and without words, as the events of matters are.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::Topic;
use crate::{
    area::AreaCode,
    id::{MatterId, TalkPlaceId, UnitId},
    text::TextRef,
    word::words,
};

/// When and where, as planning and moving say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhenAndWhere {
    /// The day.
    pub date: Date,
    /// From when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<Time>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Time>,
    /// A place of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<TalkPlaceId>,
    /// A place in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_words: Option<TextRef>,
}

/// What is published of a thing that was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedItem {
    /// Its number.
    pub item: u32,
    /// The words for everybody.
    pub words: TextRef,
}

/// Declares the events and the list of their names.
macro_rules! events {
    ($($(#[$meta:meta])* $name:ident = $word:literal { $($field:ident : $type:ty),* $(,)? }),+ $(,)?) => {
        /// One thing that happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        #[allow(missing_docs, reason = "fields say what they are; the commands explain them")]
        pub enum TalkEvent { $($(#[$meta])* #[serde(rename = $word)] $name { $($field: $type),* }),+ }

        words! {
            /// The names of a talk day's events.
            TalkEventKind { $($name = $word),+ }
        }

        impl TalkEvent {
            /// The event's name.
            #[must_use]
            pub fn kind(&self) -> TalkEventKind {
                match self { $(Self::$name { .. } => TalkEventKind::$name),+ }
            }
        }
    };
}

events! {
    Planned = "planned" { area: AreaCode, unit: UnitId, slot: Date, at: WhenAndWhere },
    Moved = "moved" { at: WhenAndWhere, reason: TextRef },
    Cancelled = "cancelled" { reason: TextRef },
    /// How many people came, never who.
    Held = "held" { people: u32 },
    ItemNoted = "item_noted" { item: u32, topic: Topic, words: TextRef },
    ItemAnswered = "item_answered" { item: u32, words: TextRef },
    ItemPromised = "item_promised" { item: u32, unit: UnitId, due: Date, words: TextRef },
    PromiseSettled = "promise_settled" { item: u32, kept: bool, words: TextRef },
    MatterRecorded = "matter_recorded" { item: u32, matter: MatterId },
    Published = "published" { answers: Vec<PublishedItem> },
    ToldMore = "told_more" { item: u32, words: TextRef },
}

impl TalkEvent {
    /// The texts that the event names.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Planned { at, .. } => at.place_words.into_iter().collect(),
            Self::Moved { at, reason } => at.place_words.into_iter().chain([*reason]).collect(),
            Self::Cancelled { reason } => vec![*reason],
            Self::ItemNoted { words, .. }
            | Self::ItemAnswered { words, .. }
            | Self::ItemPromised { words, .. }
            | Self::PromiseSettled { words, .. }
            | Self::ToldMore { words, .. } => vec![*words],
            Self::Published { answers } => answers.iter().map(|answer| answer.words).collect(),
            Self::Held { .. } | Self::MatterRecorded { .. } => Vec::new(),
        }
    }
}
