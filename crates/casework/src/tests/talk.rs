//! The harness of the talk days' scenarios, and what holds for any life of one.

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    cast::{everybody, village_lead},
    place,
    scenario::fresh,
};
use crate::{
    access::talk_days::{TALK_TABLE, TalkDeed, capacity},
    actor::{Actor, Role},
    id::{Region, TalkDayId},
    matter::Context,
    record::Recorded,
    refusal::Refusal,
    talk_day::{
        Plan, TalkCommand, TalkCommandKind, TalkDay, TalkDecision, TalkEvent, TalkEventKind, TalkState, Topic,
    },
    text::{NewText, TextKind, text_hash},
};

/// A command as it is written in JSON.
macro_rules! talk {
    ($name:ident $(, $($field:tt)+)?) => {
        serde_json::from_value::<$crate::talk_day::TalkCommand>(
            serde_json::json!({ "type": stringify!($name), $($($field)+)? })
        ).unwrap()
    };
}
/// A plan for the village and the fourth of March, with what is said otherwise.
macro_rules! plan {
    ($($field:literal : $value:expr),* $(,)?) => {{
        #[allow(unused_mut, reason = "nothing may be said otherwise")]
        let mut plan = serde_json::json!({ "area": $crate::tests::place::VILLAGE, "slot": "2024-03-04", "place_words": "老槐树下的板凳" });
        $( plan[$field] = serde_json::json!($value); )*
        serde_json::from_value::<$crate::talk_day::Plan>(plan).unwrap()
    }};
}
pub(crate) use {plan, talk};

/// A talk day at a moment.
#[derive(Debug, Clone)]
pub(crate) struct Talk {
    pub(crate) day: TalkDay,
    now: Timestamp,
    events: Vec<Recorded<TalkEvent>>,
    texts: Vec<NewText>,
}

/// What came of asking.
pub(crate) struct Tried {
    talk: Talk,
    result: Result<TalkDecision, Refusal>,
}

fn id() -> TalkDayId {
    TalkDayId { region: Region(421_321), uuid: Uuid::from_u128(4) }
}

fn context(now: Timestamp, events: usize) -> Context<'static> {
    let mut entropy = [9; 32];
    entropy[..8].copy_from_slice(&events.to_be_bytes());
    Context::new(now, place::site(), entropy)
}

impl Talk {
    /// Tries a plan, on Monday 4 March 2024 at nine.
    pub(crate) fn planning(actor: &Actor, plan: Plan) -> Result<Self, Refusal> {
        let now = place::at("2024-03-04T09:00");
        let TalkDecision { day, events, texts } = TalkDay::plan(id(), &plan, actor, &context(now, 0))?;
        Ok(Self { day, now, events, texts })
    }

    /// A talk day today.
    pub(crate) fn planned() -> Self {
        Self::planning(&village_lead(), plan!()).unwrap()
    }

    /// One that is held, with so many things raised.
    pub(crate) fn held_with(items: u32) -> Self {
        let note =
            |talk: Self, _| talk.does(village_lead(), talk!(note_item, "topic": "request", "words": "修路"));
        (0..items).fold(Self::planned().does(village_lead(), talk!(hold, "people": 21)), note)
    }

    fn tries(&self, actor: &Actor, command: &TalkCommand) -> Result<TalkDecision, Refusal> {
        self.day.decide(command, actor, &context(self.now, self.events.len()))
    }

    /// Asks something, a minute later.
    pub(crate) fn when(mut self, actor: Actor, command: TalkCommand) -> Tried {
        self.now = self.now.checked_add(1.minute()).unwrap();
        Tried { result: self.tries(&actor, &command), talk: self }
    }

    /// Asks something that nobody refuses.
    pub(crate) fn does(self, actor: Actor, command: TalkCommand) -> Self {
        let tried = self.when(actor, command);
        match tried.result {
            Ok(decision) => tried.talk.with(decision),
            Err(refusal) => panic!("refused: {refusal:?}"),
        }
    }

    fn with(mut self, decision: TalkDecision) -> Self {
        self.day = decision.day;
        self.events.extend(decision.events);
        self.texts.extend(decision.texts);
        self
    }

    /// The same talk day later.
    pub(crate) fn on(mut self, local: &str) -> Self {
        self.now = place::at(local);
        self
    }

    /// Checks anything else.
    pub(crate) fn and(self, holds: impl FnOnce(&TalkDay) -> bool) -> Self {
        assert!(holds(&self.day), "{:#?}", self.day);
        self
    }

    /// Everything that was written for everybody.
    pub(crate) fn published_words(&self) -> Vec<&str> {
        let public = self.texts.iter().filter(|text| text.kind == TextKind::Public);
        public.map(|text| text.words.as_str()).collect()
    }
}

impl Tried {
    /// This event follows.
    pub(crate) fn then(self, event: &str) -> Talk {
        match self.result {
            Ok(decision) => {
                let names: Vec<_> = decision.events.iter().map(|e| e.event.kind().as_str()).collect();
                assert_eq!(names, [event]);
                self.talk.with(decision)
            }
            Err(refusal) => panic!("{refusal:?} instead of {event}"),
        }
    }

    /// It is refused with this code, and the talk day stays as it was.
    pub(crate) fn refused(self, code: &str) -> Talk {
        match self.result {
            Ok(decision) => panic!("{:?} instead of a refusal with {code}", decision.events),
            Err(refusal) => assert_eq!(refusal.code(), code, "{refusal}"),
        }
        self.talk
    }
}

/// A well-formed command of each kind.
fn sample(kind: TalkCommandKind, item: u32, variation: u8, day: &TalkDay) -> TalkCommand {
    let even = variation.is_multiple_of(2);
    match kind {
        TalkCommandKind::MoveDay => {
            talk!(move, "date": "2024-03-05", "place_words": "村部", "reason": "下雨")
        }
        TalkCommandKind::CancelDay => talk!(cancel, "reason": "下雪"),
        TalkCommandKind::HoldDay => talk!(hold, "people": variation),
        TalkCommandKind::NoteItem => {
            let topic = Topic::ALL[usize::from(variation) % Topic::ALL.len()];
            talk!(note_item, "topic": topic, "words": "修路")
        }
        TalkCommandKind::AnswerItem => talk!(answer, "item": item, "words": "说清了"),
        TalkCommandKind::PromiseItem => talk!(promise, "item": item, "due": "2024-04-04", "words": "修好"),
        TalkCommandKind::SettlePromise => talk!(settle_promise, "item": item, "kept": even, "words": "看过"),
        TalkCommandKind::RecordMatter => {
            talk!(record_matter, "item": item, "matter": fresh(u128::from(variation)).id)
        }
        TalkCommandKind::PublishDay => {
            let answers: Vec<_> = day
                .items
                .iter()
                .map(|item| serde_json::json!({"item": item.no, "words": "已答复"}))
                .collect();
            talk!(publish, "answers": answers)
        }
        TalkCommandKind::TellMore => talk!(tell_more, "item": item, "words": "已修好"),
    }
}

type Step = (u8, u8, u8, u8, i64);

fn life() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<u8>(), 1_u8..6, any::<u8>(), any::<u8>(), 0_i64..3_000), 1..40)
}

/// Lives through the steps. Most are sent by who may; some by anybody.
fn live(steps: &[Step]) -> Talk {
    let mut talk = Talk::planned();
    for (kind, item, variation, who, minutes) in steps {
        let kinds = TalkCommandKind::ALL;
        // Half of what is said at a talk day is a new thing.
        let kind =
            kinds.get(usize::from(*kind) % (kinds.len() * 2)).copied().unwrap_or(TalkCommandKind::NoteItem);
        let command = sample(kind, u32::from(*item), *variation, &talk.day);
        let all = everybody();
        let able: Vec<_> = all.iter().filter(|actor| capacity(&talk.day, kind, actor).is_ok()).collect();
        let actor = match able.first() {
            Some(able) if who % 5 != 0 => (*able).clone(),
            Some(_) | None => all[usize::from(*who) % all.len()].clone(),
        };
        talk.now = talk.now.checked_add(minutes.minutes().nanoseconds(i64::from(*who) * 1_001)).unwrap();
        match talk.tries(&actor, &command) {
            Ok(decision) => {
                written_as_named(&decision);
                talk = talk.with(decision);
            }
            Err(refusal) => assert!(!refusal.code().is_empty(), "{refusal:?} has no code"),
        }
        holds(&talk);
    }
    talk
}

fn written_as_named(decision: &TalkDecision) {
    for recorded in &decision.events {
        for text in recorded.event.texts() {
            let written = decision.texts.iter().find(|written| written.id == text.id).unwrap();
            assert_eq!(text_hash(&written.salt, &written.words), text.hash);
        }
    }
}

/// What holds after every command.
fn holds(talk: &Talk) {
    let day = &talk.day;
    assert_eq!(day.version as usize, talk.events.len());
    let is = |kind: TalkEventKind| talk.events.iter().any(|recorded| recorded.event.kind() == kind);
    assert_eq!(day.state == TalkState::Published, day.published_at.is_some());
    assert_eq!(day.people.is_some(), is(TalkEventKind::Held));
    let numbers: Vec<_> = day.items.iter().map(|item| item.no).collect();
    assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<_>>());
    for item in &day.items {
        assert_eq!(day.state == TalkState::Published, !item.public.is_empty(), "{item:?}");
        // Nobody's words are published: what is public was written as such.
        let kind = |text| talk.texts.iter().find(|written| written.id == text).map(|written| written.kind);
        assert!(item.public.iter().all(|text| kind(*text) == Some(TextKind::Public)));
        assert_eq!(kind(item.words), Some(TextKind::Item));
    }
}

fn replayed(talk: &Talk) -> TalkDay {
    let mut events = talk.events.iter().map(|recorded| {
        let text = serde_json::to_string(&recorded.event).unwrap();
        let mut again = recorded.clone();
        again.event = serde_json::from_str(&text).unwrap();
        assert_eq!(again, *recorded, "{text}");
        again
    });
    let mut day = TalkDay::begin(id(), &events.next().unwrap()).unwrap();
    events.for_each(|recorded| day.apply(&recorded));
    day
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_life_is_what_its_events_make_it(steps in life()) {
        let talk = live(&steps);
        prop_assert_eq!(&replayed(&talk), &talk.day);
        let text = serde_json::to_string(&talk.day).unwrap();
        prop_assert_eq!(serde_json::from_str::<TalkDay>(&text).unwrap(), talk.day);
    }

    #[test]
    fn any_event_can_be_applied_to_any_talk_day(steps in life(), other in life()) {
        let mut day = live(&steps).day;
        for recorded in live(&other).events {
            day.apply(&recorded);
            prop_assert_eq!(day.version, recorded.version);
        }
    }
}

#[test]
fn every_cell_of_the_table_holds_and_no_other() {
    let base = Talk::held_with(1).day;
    for actor in everybody() {
        for state in TalkState::ALL {
            let day = TalkDay { state: *state, ..base.clone() };
            for kind in TalkCommandKind::ALL {
                let deed = TalkDeed::from(*kind);
                let row = |role: Role| {
                    TALK_TABLE
                        .iter()
                        .any(|row| row.deed == deed && row.states.contains(state) && row.who.contains(&role))
                };
                let due = match &actor {
                    Actor::System => deed == TalkDeed::RecordMatter,
                    Actor::Reporter | Actor::Party { .. } => false,
                    Actor::Staff(staff) => {
                        staff.grants.iter().any(|grant| row(grant.role) && grant.reaches(day.area))
                    }
                };
                assert_eq!(capacity(&day, *kind, &actor).is_ok(), due, "{kind} in {state} by {actor:?}");
            }
        }
    }
}

#[test]
fn every_event_happens() {
    let settled = Talk::held_with(3)
        .does(village_lead(), talk!(answer, "item": 1, "words": "说清了"))
        .does(village_lead(), talk!(promise, "item": 2, "due": "2024-03-13", "words": "修好"))
        .does(village_lead(), talk!(settle_promise, "item": 2, "kept": true, "words": "修好了"))
        .does(Actor::System, talk!(record_matter, "item": 3, "matter": fresh(1).id))
        .does(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "甲"}, {"item": 2, "words": "乙"}, {"item": 3, "words": "丙"}]))
        .does(village_lead(), talk!(tell_more, "item": 2, "words": "丁"));
    let moved = Talk::planned()
        .does(village_lead(), talk!(move, "date": "2024-03-05", "place_words": "村部", "reason": "雨"))
        .does(village_lead(), talk!(cancel, "reason": "雪"));
    let mut lines: Vec<String> = settled
        .events
        .iter()
        .chain(&moved.events)
        .map(|recorded| serde_json::to_string(recorded).unwrap())
        .collect();
    for kind in TalkEventKind::ALL {
        assert!(
            lines.iter().any(|line| line.contains(&format!("\"type\":\"{kind}\""))),
            "{kind} never happens"
        );
    }
    lines.dedup_by_key(|line| line.split("\"type\"").nth(1).unwrap_or_default()[..8].to_owned());
    insta::assert_snapshot!(lines.join("\n"));
}
