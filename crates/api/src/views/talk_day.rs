//! Talk days as answers show them. What everybody may read is made from public words alone.

use casework::{
    id::{MatterId, Number, TalkDayId, TalkPlaceId},
    matter::Stage,
    site::Site,
    talk_day::{Item, TalkCommandKind, TalkDay, TalkPlace, TalkRule, TalkState, Topic},
};
use jiff::{Timestamp, civil::Time};
use serde::Serialize;
use store::{KeptPlace, Texts};
use utoipa::ToSchema;

use super::{
    area::{AreaView, UnitRef},
    talk_timeline::TalkEntryView,
};
use crate::talk_days::ahead::Ahead;

/// A talk place with its village.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TalkPlaceView {
    pub(crate) id: TalkPlaceId,
    village: AreaView,
    #[serde(flatten)]
    place: TalkPlace,
}

impl TalkPlaceView {
    pub(crate) fn of(kept: &KeptPlace, site: &Site) -> Self {
        Self { id: kept.id, village: AreaView::at(kept.area, site), place: kept.place.clone() }
    }
}

/// When and where, as everybody may know it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TalkTimeView {
    village: AreaView,
    /// The day of the rule for which it stands.
    #[schema(value_type = String, format = Date)]
    slot: jiff::civil::Date,
    /// The day on which it is held.
    #[schema(value_type = String, format = Date)]
    date: jiff::civil::Date,
    /// `09:00`
    #[serde(skip_serializing_if = "Option::is_none")]
    begins: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<TalkPlaceView>,
    /// The place in words, when it is none of the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    place_words: Option<String>,
    /// Nothing when nobody planned it yet: the rule gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TalkState>,
    /// Why it was moved or cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `09:00`
pub(crate) fn clock_time(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

impl TalkTimeView {
    pub(crate) fn of(ahead: &Ahead, public: &Texts, site: &Site) -> Self {
        let day = ahead.row.as_ref().map(|row| &row.day);
        let words =
            |text: Option<casework::id::TextId>| text.and_then(|text| public.get(text)).map(str::to_owned);
        Self {
            village: AreaView::at(ahead.area, site),
            slot: ahead.slot,
            date: ahead.date,
            begins: ahead.begins.map(clock_time),
            ends: ahead.ends.map(clock_time),
            place: ahead.place.as_ref().map(|kept| TalkPlaceView::of(kept, site)),
            place_words: words(day.and_then(|day| day.place_words)),
            state: day.map(|day| day.state),
            reason: words(day.and_then(|day| day.reason)),
        }
    }

    pub(crate) fn place_name(&self) -> Option<String> {
        let place = self.place.as_ref().map(|view| {
            let address = &view.place.address;
            if address.is_empty() {
                view.place.name.clone()
            } else {
                format!("{}（{address}）", view.place.name)
            }
        });
        place.or_else(|| self.place_words.clone())
    }

    pub(crate) fn village_name(&self) -> &str {
        &self.village.name
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// What came of a thing that was raised.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemOutcome {
    /// It waits.
    Open,
    /// Answered there.
    Answered,
    /// Promised; not settled yet.
    Promised,
    /// Promised and kept.
    Kept,
    /// It became a matter.
    Matter,
}

impl ItemOutcome {
    fn of(item: &Item) -> Self {
        let kept = item.promise.as_ref().and_then(|promise| promise.kept);
        match (item.is_open(), item.matter.is_some(), item.owes().is_some(), kept) {
            (true, ..) => Self::Open,
            (false, true, ..) => Self::Matter,
            (false, false, true, _) => Self::Promised,
            (false, false, false, Some(true)) if item.answer.is_none() => Self::Kept,
            (false, false, false, _) => Self::Answered,
        }
    }
}

/// A promise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromiseView {
    unit: UnitRef,
    #[schema(value_type = String, format = Date)]
    due: jiff::civil::Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<bool>,
}

fn promise(item: &Item, site: &Site) -> Option<PromiseView> {
    item.promise.as_ref().map(|promise| PromiseView {
        unit: UnitRef::at(&promise.unit, site),
        due: promise.due,
        kept: promise.kept,
    })
}

/// What everybody may read of a thing that was raised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PublicItemView {
    topic: Topic,
    outcome: ItemOutcome,
    /// Words for everybody, oldest first.
    words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<PromiseView>,
}

/// A published talk day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PublishedDayView {
    #[serde(flatten)]
    time: TalkTimeView,
    /// How many people came.
    people: u32,
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    items: Vec<PublicItemView>,
}

impl PublishedDayView {
    /// Nothing, when it is not published.
    pub(crate) fn of(ahead: &Ahead, public: &Texts, site: &Site) -> Option<Self> {
        let day = &ahead.row.as_ref()?.day;
        let item = |item: &Item| PublicItemView {
            topic: item.topic,
            outcome: ItemOutcome::of(item),
            words: item.public.iter().filter_map(|text| public.get(*text)).map(str::to_owned).collect(),
            promise: promise(item, site),
        };
        Some(Self {
            time: TalkTimeView::of(ahead, public, site),
            people: day.people?,
            published_at: day.published_at?,
            items: day.items.iter().map(item).collect(),
        })
    }
}

/// A talk day in a list of staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TalkDayRowView {
    /// Also of one that nobody planned yet: commands go there once it is.
    pub(crate) id: TalkDayId,
    #[serde(flatten)]
    time: TalkTimeView,
    /// 0 when nobody planned it yet.
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<u32>,
    items: usize,
    open_items: u32,
    open_promises: u32,
    /// When the first of its promises is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    promise_due: Option<jiff::civil::Date>,
}

impl TalkDayRowView {
    pub(crate) fn of(id: TalkDayId, ahead: &Ahead, public: &Texts, site: &Site) -> Self {
        let day: Option<&TalkDay> = ahead.row.as_ref().map(|row| &row.day);
        Self {
            id,
            time: TalkTimeView::of(ahead, public, site),
            version: day.map_or(0, |day| day.version),
            people: day.and_then(|day| day.people),
            items: day.map_or(0, |day| day.items.len()),
            open_items: day.map_or(0, TalkDay::open_items),
            open_promises: day.map_or(0, TalkDay::open_promises),
            promise_due: day.and_then(TalkDay::promise_due),
        }
    }
}

/// The matter that a thing became.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemMatter {
    pub(crate) id: MatterId,
    pub(crate) number: Number,
    pub(crate) stage: Stage,
}

/// A thing that was raised, for those who keep the day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemView {
    no: u32,
    topic: Topic,
    outcome: ItemOutcome,
    /// What was said; nothing when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<PromiseView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise_words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matter: Option<ItemMatter>,
    /// What everybody may read, oldest first.
    public: Vec<String>,
}

impl ItemView {
    pub(crate) fn of(item: &Item, texts: &Texts, matter: Option<ItemMatter>, site: &Site) -> Self {
        let words = |text| texts.get(text).map(str::to_owned);
        Self {
            no: item.no,
            topic: item.topic,
            outcome: ItemOutcome::of(item),
            words: words(item.words),
            answer: item.answer.and_then(words),
            promise: promise(item, site),
            promise_words: item.promise.as_ref().and_then(|promise| words(promise.words)),
            matter,
            public: item.public.iter().filter_map(|text| words(*text)).collect(),
        }
    }
}

/// Things of an earlier day of the village that still wait, or whose promise is owed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CarriedView {
    pub(crate) id: TalkDayId,
    pub(crate) version: u32,
    #[schema(value_type = String, format = Date)]
    pub(crate) date: jiff::civil::Date,
    pub(crate) state: TalkState,
    pub(crate) items: Vec<ItemView>,
}

/// A talk day with what the reader may do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TalkDayPage {
    #[serde(flatten)]
    pub(crate) row: TalkDayRowView,
    pub(crate) item_list: Vec<ItemView>,
    /// From earlier days, oldest first.
    pub(crate) carried: Vec<CarriedView>,
    /// What happened, oldest first.
    pub(crate) timeline: Vec<TalkEntryView>,
    pub(crate) allowed_commands: Vec<TalkCommandKind>,
}

/// When and where a village talks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HabitsView {
    pub(crate) village: AreaView,
    pub(crate) rule: TalkRule,
    pub(crate) places: Vec<TalkPlaceView>,
}
