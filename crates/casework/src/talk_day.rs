//! A talk day 说事日: a village sits down and talks its troubles through, by custom on the 4th, 14th and 24th.
//!
//! What is raised is answered there, promised with an owner and a date, or made a matter; then the answers are published, in
//! words written for everybody. It keeps how many people came, never who, and of what was said never by whom.

pub mod command;
pub mod event;
pub mod place;
pub mod rule;

mod apply;
mod decide;

// Before and around it.
mod cancel;
mod hold;
mod move_day;
mod plan;
// What is raised.
mod answer_item;
mod note_item;
mod promise_item;
mod record_matter;
mod settle_promise;
// For everybody.
mod publish;
mod tell_more;

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

pub use self::{
    command::{TalkCommand, TalkCommandKind},
    decide::TalkDecision,
    event::{TalkEvent, TalkEventKind},
    place::{TalkPlace, TalkPlaceKind},
    plan::Plan,
    publish::PublicAnswer,
    rule::{RestDays, Slot, TalkRule},
};
use crate::{
    area::AreaCode,
    id::{MatterId, TalkDayId, TalkPlaceId, TextId, UnitId},
    record::{Record, RecordKind, Recorded},
    text::TextRef,
    word::words,
};

words! {
    /// Where a talk day stands.
    TalkState {
        /// 已安排
        Planned = "planned",
        /// 已召开
        Held = "held",
        /// 已公布
        Published = "published",
        /// 已取消
        Cancelled = "cancelled",
    }
}

words! {
    /// The ten kinds of things that are talked about 十事.
    Topic {
        /// 不公不平
        Unfairness = "unfairness",
        /// 矛盾纠纷
        Dispute = "dispute",
        /// 要求解决
        Request = "request",
        /// 村务财务
        VillageAccounts = "village_accounts",
        /// 违法违纪
        Misconduct = "misconduct",
        /// 合理建议
        Suggestion = "suggestion",
        /// 蒙冤受屈
        Grievance = "grievance",
        /// 建设发展
        Development = "development",
        /// 正面典型
        GoodExample = "good_example",
        /// 社会公德
        Morals = "morals",
    }
}

/// Most things that one talk day notes.
pub const MOST_ITEMS: u32 = 100;

/// What was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What, for those who keep it.
    pub words: TextId,
    /// Who owes it: a unit, never a person.
    pub unit: UnitId,
    /// Until when.
    pub due: Date,
    /// Whether it was kept, once somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
}

/// One thing that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its number on the day, from 1.
    pub no: u32,
    /// Which of the ten kinds.
    pub topic: Topic,
    /// What was said.
    pub words: TextId,
    /// The answer that was given there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<TextId>,
    /// What was promised; the last promise, when one was broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// The matter that it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// What everybody may read of it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public: Vec<TextId>,
}

impl Item {
    /// Whether it still waits for an answer, a promise or a matter. A broken promise is none.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let promised = self.promise.as_ref().is_some_and(|promise| promise.kept != Some(false));
        self.answer.is_none() && self.matter.is_none() && !promised
    }

    /// The promise that is still owed.
    #[must_use]
    pub fn owes(&self) -> Option<&Promise> {
        self.promise.as_ref().filter(|promise| promise.kept.is_none())
    }
}

/// One thing that was raised at a talk day, as a matter names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TalkItem {
    /// The talk day.
    pub day: TalkDayId,
    /// The number of the thing.
    pub item: u32,
}

/// A talk day as its events make it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TalkDay {
    /// Its id.
    pub id: TalkDayId,
    /// Events so far.
    pub version: u32,
    /// The village.
    pub area: AreaCode,
    /// The unit that holds it.
    pub unit: UnitId,
    /// The day of the rule for which it stands; a village has one talk day for each.
    pub slot: Date,
    /// The day on which it is held.
    pub date: Date,
    /// From when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<Time>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Time>,
    /// The place, when it is one of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<TalkPlaceId>,
    /// The place in words: a bench before a door 板凳会.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_words: Option<TextId>,
    /// Where it stands.
    pub state: TalkState,
    /// Why it was moved or cancelled, for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextId>,
    /// How many people came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// What was raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// When something last happened.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub changed_at: Timestamp,
    /// When the answers were published.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "jiff::fmt::serde::timestamp::microsecond::optional"
    )]
    pub published_at: Option<Timestamp>,
}

impl TalkDay {
    /// The thing with this number.
    #[must_use]
    pub fn item(&self, no: u32) -> Option<&Item> {
        self.items.iter().find(|item| item.no == no)
    }

    /// How many things still wait for an answer, a promise or a matter.
    #[must_use]
    pub fn open_items(&self) -> u32 {
        u32::try_from(self.items.iter().filter(|item| item.is_open()).count()).unwrap_or(u32::MAX)
    }

    /// The day by which the first of its promises is due.
    #[must_use]
    pub fn promise_due(&self) -> Option<Date> {
        self.items.iter().filter_map(Item::owes).map(|promise| promise.due).min()
    }

    /// How many promises are still owed.
    #[must_use]
    pub fn open_promises(&self) -> u32 {
        u32::try_from(self.items.iter().filter_map(Item::owes).count()).unwrap_or(u32::MAX)
    }
}

impl Record for TalkDay {
    const KIND: RecordKind = RecordKind::TalkDay;
    type Id = TalkDayId;
    type Event = TalkEvent;

    fn begin(id: TalkDayId, first: &Recorded<TalkEvent>) -> Option<Self> {
        Self::begin(id, first)
    }
    fn apply(&mut self, recorded: &Recorded<TalkEvent>) {
        self.apply(recorded);
    }
    fn version(&self) -> u32 {
        self.version
    }
    fn standing(&self) -> i64 {
        self.state.index()
    }
    fn texts(event: &TalkEvent) -> Vec<TextRef> {
        event.texts()
    }
}
