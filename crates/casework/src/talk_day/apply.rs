//! What an event makes of a talk day. Total: every recorded event can be applied, whatever the state.

use super::{
    Item, Promise, TalkDay, TalkEvent, TalkState,
    event::{PublishedItem, WhenAndWhere},
};
use crate::{id::TalkDayId, record::Recorded};

impl TalkDay {
    /// The talk day that planning begins; nothing, when the event is another.
    #[must_use]
    pub fn begin(id: TalkDayId, first: &Recorded<TalkEvent>) -> Option<Self> {
        let TalkEvent::Planned { area, unit, slot, at } = first.event.clone() else { return None };
        let mut day = Self {
            id,
            version: first.version,
            area,
            unit,
            slot,
            date: at.date,
            begins: None,
            ends: None,
            place: None,
            place_words: None,
            state: TalkState::Planned,
            reason: None,
            people: None,
            items: Vec::new(),
            changed_at: first.at,
            published_at: None,
        };
        day.set(&at);
        Some(day)
    }

    /// Applies an event.
    pub fn apply(&mut self, recorded: &Recorded<TalkEvent>) {
        self.version = recorded.version;
        self.changed_at = recorded.at;
        match &recorded.event {
            TalkEvent::Planned { at, .. } => self.set(at),
            TalkEvent::Moved { at, reason } => {
                self.set(at);
                self.reason = Some(reason.id);
            }
            TalkEvent::Cancelled { reason } => {
                self.state = TalkState::Cancelled;
                self.reason = Some(reason.id);
            }
            TalkEvent::Held { people } => {
                self.state = TalkState::Held;
                self.people = Some(*people);
            }
            TalkEvent::ItemNoted { item, topic, words } => self.items.push(Item {
                no: *item,
                topic: *topic,
                words: words.id,
                answer: None,
                promise: None,
                matter: None,
                public: Vec::new(),
            }),
            TalkEvent::ItemAnswered { item, words } => {
                self.change(*item, |item| item.answer = Some(words.id));
            }
            TalkEvent::ItemPromised { item, unit, due, words } => self.change(*item, |item| {
                item.promise = Some(Promise { words: words.id, unit: unit.clone(), due: *due, kept: None });
            }),
            TalkEvent::PromiseSettled { item, kept, .. } => self.change(*item, |item| {
                if let Some(promise) = &mut item.promise {
                    promise.kept = Some(*kept);
                }
            }),
            TalkEvent::MatterRecorded { item, matter } => {
                self.change(*item, |item| item.matter = Some(*matter));
            }
            TalkEvent::Published { answers } => {
                self.state = TalkState::Published;
                self.published_at = Some(recorded.at);
                for PublishedItem { item, words } in answers {
                    self.change(*item, |item| item.public.push(words.id));
                }
            }
            TalkEvent::ToldMore { item, words } => {
                self.change(*item, |item| item.public.push(words.id));
            }
        }
    }

    fn set(&mut self, at: &WhenAndWhere) {
        self.date = at.date;
        (self.begins, self.ends, self.place) = (at.begins, at.ends, at.place);
        self.place_words = at.place_words.map(|words| words.id);
    }

    fn change(&mut self, no: u32, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.no == no) {
            change(item);
        }
    }
}
