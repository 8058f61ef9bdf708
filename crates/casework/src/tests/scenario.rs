//! Given – when – then. A case is a matter at a moment; `when` asks something of it, `then` and `refused` say what comes out.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::{
    cast,
    place::{self, TOWN, VILLAGE},
};
use crate::{
    actor::{Actor, Staff},
    id::{MatterId, Number, PhotoId, Region},
    matter::{
        Busy, Class, Command, Context, Decision, Fresh, Matter, PlaceGiven, Recorded, Report, Source, Stage,
    },
    refusal::Refusal,
    register::{Committee, KeptMethod},
    site::Site,
    text::NewText,
};

/// A command as it is written in JSON: `command!(complete, "result": "done", "words": "修好了")`.
macro_rules! command {
    ($name:ident $(, $($field:tt)+)?) => {
        serde_json::from_value::<$crate::matter::Command>(
            serde_json::json!({ "type": stringify!($name), $($($field)+)? })
        ).unwrap()
    };
}
pub(crate) use command;

/// A matter at a moment.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) matter: Matter,
    pub(crate) now: Timestamp,
    pub(crate) site: Arc<Site>,
    pub(crate) other: Option<Matter>,
    /// Whom commands may name.
    pub(crate) named: Option<Staff>,
    /// The committees of the register.
    pub(crate) committees: Vec<Committee>,
    /// The method that commands may name.
    pub(crate) method: Option<KeptMethod>,
    /// What the mediator has elsewhere.
    pub(crate) busy: Vec<Busy>,
    /// Everything that happened.
    pub(crate) events: Vec<Recorded>,
    /// Everything that was written.
    pub(crate) texts: Vec<NewText>,
}

/// What came of asking.
pub(crate) struct Tried {
    case: Case,
    pub(crate) result: Result<Decision, Refusal>,
}

/// Photos of the place.
pub(crate) fn photos(count: u128) -> Vec<PhotoId> {
    (1..=count).map(|n| PhotoId(Uuid::from_u128(0xF000 + n))).collect()
}

/// A report from the village.
pub(crate) fn report(class: Class) -> Report {
    Report {
        source: Source::Resident,
        place: PlaceGiven::Area { area: place::area(VILLAGE) },
        words: "村口有一处问题".into(),
        class: Some(class),
        category: None,
        urgency: None,
        address: None,
        photos: Vec::new(),
        contact: None,
        parent: None,
        talk_day: None,
    }
}

/// The names of the n-th matter.
pub(crate) fn fresh(n: u128) -> Fresh {
    Fresh {
        id: MatterId { region: Region(421_321), uuid: Uuid::from_u128(n) },
        number: Number(format!("SZ-{TOWN}-20240304-{n:04}")),
    }
}

fn entropy(events: usize) -> [u8; 32] {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&events.to_be_bytes());
    bytes
}

impl Case {
    /// Tries a report, on Monday 4 March 2024 at nine.
    pub(crate) fn reporting(report: &Report, actor: &Actor) -> Result<Self, Refusal> {
        Self::reporting_at(Arc::new(place::site().clone()), "2024-03-04T09:00", report, actor)
    }

    /// Tries a report at a site and moment.
    pub(crate) fn reporting_at(
        site: Arc<Site>,
        local: &str,
        report: &Report,
        actor: &Actor,
    ) -> Result<Self, Refusal> {
        let now = place::at(local);
        let context = Context::new(now, &site, entropy(0));
        let Decision { matter, events, texts } = Matter::report(fresh(1), report, actor, &context)?;
        Ok(Self {
            matter,
            now,
            site,
            other: None,
            named: None,
            busy: Vec::new(),
            committees: Vec::new(),
            method: None,
            events,
            texts,
        })
    }

    /// A resident's report of a class.
    pub(crate) fn reported(class: Class) -> Self {
        Self::reporting(&report(class), &Actor::Reporter).unwrap()
    }

    /// A matter of a class that came to a stage by the usual way.
    pub(crate) fn at(class: Class, stage: Stage) -> Self {
        let case = Self::reported(class);
        match stage {
            Stage::Reported => case,
            Stage::AwaitingReporter => case.does(cast::intake(), command!(ask, "words": "在哪一户？")),
            Stage::Screening => case.does(cast::intake(), command!(admit)),
            Stage::Dispatched => Self::at(class, Stage::Screening)
                .does(cast::dispatcher(), command!(dispatch, "unit": "421321117.construction")),
            Stage::AwaitingRuling => Self::at(class, Stage::Dispatched)
                .does(cast::handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
                .does(cast::dispatcher(), command!(dispatch, "unit": "421321117.construction"))
                .does(cast::handler(), command!(object, "reason": "清单第 3 条")),
            Stage::Handling => Self::at(class, Stage::Dispatched).does(cast::handler(), command!(sign_for)),
            Stage::Mediating => Self::at(Class::Dispute, Stage::Screening)
                .does(cast::dispatcher(), command!(open_mediation, "unit": "421321117.mediation")),
            Stage::Verifying => Self::at(class, Stage::Handling).does(
                cast::handler(),
                command!(complete, "result": "done", "words": "已经修好", "photos": photos(2)),
            ),
            Stage::FollowUp => Self::at(class, Stage::Verifying).into_follow_up(),
            Stage::Closed => Self::at(class, Stage::FollowUp)
                .does(cast::intake(), command!(call_back, "answer": "satisfied")),
        }
    }

    fn into_follow_up(self) -> Self {
        match self.matter.class {
            Class::Hazard | Class::Environment => {
                self.does(cast::grid_worker(), command!(pass, "photos": photos(1)))
            }
            Class::Dispute => self.does(cast::intake(), command!(pass)),
            Class::Service | Class::Petition => {
                self.does(cast::intake(), command!(call_back, "answer": "no_answer"))
            }
            Class::Suggestion | Class::Enquiry => self,
        }
    }

    /// Asks something of the matter, a minute later.
    pub(crate) fn when(mut self, actor: Actor, command: Command) -> Tried {
        self.now = self.now.checked_add(1.minute()).unwrap();
        self.when_now(&actor, &command)
    }

    /// Asks something of the matter at once.
    pub(crate) fn when_now(self, actor: &Actor, command: &Command) -> Tried {
        let result = self.tries(actor, command);
        Tried { case: self, result }
    }

    /// What would come of asking.
    pub(crate) fn tries(&self, actor: &Actor, command: &Command) -> Result<Decision, Refusal> {
        let context = Context {
            now: self.now,
            site: &self.site,
            other: self.other.as_ref(),
            named: self.named.as_ref(),
            busy: &self.busy,
            committees: &self.committees,
            method: self.method.as_ref(),
            entropy: entropy(self.events.len()),
        };
        self.matter.decide(command, actor, &context)
    }

    /// Asks something that nobody refuses.
    pub(crate) fn does(self, actor: Actor, command: Command) -> Self {
        let tried = self.when(actor, command);
        match tried.result {
            Ok(decision) => tried.case.with(decision),
            Err(refusal) => panic!("refused: {refusal:?}"),
        }
    }

    /// The case with what was decided.
    pub(crate) fn with(mut self, decision: Decision) -> Self {
        self.matter = decision.matter;
        self.events.extend(decision.events);
        self.texts.extend(decision.texts);
        self
    }

    /// The same matter later.
    pub(crate) fn on(mut self, local: &str) -> Self {
        let later = place::at(local);
        assert!(later >= self.now, "{local} lies before {}", place::local(self.now));
        self.now = later;
        self
    }

    /// With another matter that commands may name.
    pub(crate) fn beside(mut self, other: Matter) -> Self {
        self.other = Some(other);
        self
    }

    /// With a member of staff whom commands may name.
    pub(crate) fn naming(mut self, actor: &Actor) -> Self {
        let Actor::Staff(staff) = actor else { panic!("{actor:?} is not staff") };
        self.named = Some(staff.clone());
        self
    }

    /// With a session that the mediator has elsewhere.
    pub(crate) fn busy(mut self, busy: Busy) -> Self {
        self.busy.push(busy);
        self
    }

    /// At another site from now on.
    pub(crate) fn at_site(mut self, site: Site) -> Self {
        self.site = Arc::new(site);
        self
    }

    /// Checks the stage.
    pub(crate) fn is(self, stage: Stage) -> Self {
        assert_eq!(self.matter.stage, stage);
        self
    }

    /// Checks limit and due time of the running clock: `handle_hazard 2024-03-11 23:59`.
    pub(crate) fn clock(self, expected: &str) -> Self {
        assert_eq!(self.clock_words(), expected);
        self
    }

    /// The running clock in words.
    pub(crate) fn clock_words(&self) -> String {
        self.matter.clock.as_ref().map_or_else(
            || "no clock".to_owned(),
            |clock| {
                let mark = if clock.provisional { " provisional" } else { "" };
                format!("{} {}{mark}", clock.rule, place::local(clock.due_at))
            },
        )
    }

    /// Checks who owes the next steps: `421321117.centre intake`.
    pub(crate) fn owed(self, expected: &[&str]) -> Self {
        let owed: Vec<_> =
            self.matter.owed(&self.site).iter().map(|owed| format!("{} {}", owed.unit, owed.role)).collect();
        assert_eq!(owed, expected);
        self
    }

    /// Checks anything else.
    pub(crate) fn and(self, holds: impl FnOnce(&Matter) -> bool) -> Self {
        assert!(holds(&self.matter), "{:#?}", self.matter);
        self
    }

    /// Lets the system do what the matter waits for, at the moment it waits for; says which command it was.
    pub(crate) fn wakes(mut self, expected: &str) -> Tried {
        let wake = self.matter.wake(&self.site).expect("nothing is waited for");
        assert_eq!(wake.command.kind().as_str(), expected);
        self.now = self.now.max(wake.at);
        self.when_now(&Actor::System, &wake.command)
    }
}

impl Tried {
    /// These events follow, by name.
    pub(crate) fn then(self, events: &str) -> Case {
        match self.result {
            Ok(decision) => {
                let names: Vec<_> = decision.events.iter().map(|e| e.event.kind().as_str()).collect();
                assert_eq!(names.join(" "), events);
                self.case.with(decision)
            }
            Err(refusal) => panic!("{refusal:?} instead of {events}"),
        }
    }

    /// It is refused with this code, and the matter stays as it was.
    pub(crate) fn refused(self, code: &str) -> Case {
        match self.result {
            Ok(decision) => {
                let names: Vec<_> = decision.events.iter().map(|e| e.event.kind().as_str()).collect();
                panic!("{} instead of a refusal with {code}", names.join(" "))
            }
            Err(refusal) => assert_eq!(refusal.code(), code, "{refusal}"),
        }
        self.case
    }
}
