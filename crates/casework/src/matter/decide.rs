//! From a command to events, or to a refusal that leaves no trace.

use jiff::Timestamp;

use super::{Command, Event, Matter, Recorded, Report, Stretch, report, turn::Turn};
use crate::{
    access,
    actor::{Actor, By, Staff},
    id::{MatterId, Number},
    refusal::Refusal,
    register::{Committee, KeptMethod},
    site::Site,
    text::NewText,
};

/// A session that a mediator has elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// The matter.
    pub matter: MatterId,
    /// The session's number in it.
    pub session: u8,
    /// When.
    pub time: Stretch,
}

/// What a decision may know besides the matter itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// The site.
    pub site: &'a Site,
    /// The matter that the command names, where it names one.
    pub other: Option<&'a Matter>,
    /// What the account may be that the command names.
    pub named: Option<&'a Staff>,
    /// What the mediator has on the days of the wanted time.
    pub busy: &'a [Busy],
    /// The committees of the register that serve the place, for a command that gives the dispute to one of them.
    pub committees: &'a [Committee],
    /// The method of the register that the command names.
    pub method: Option<&'a KeptMethod>,
    /// Randomness for ids and salts of texts; never used twice.
    pub entropy: [u8; 32],
}

/// The names of a matter that is about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Its id.
    pub id: MatterId,
    /// The number people will see.
    pub number: Number,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The matter with the events applied.
    pub matter: Matter,
    /// What happened, in order.
    pub events: Vec<Recorded>,
    /// The texts that the events name.
    pub texts: Vec<NewText>,
}

impl Decision {
    /// A report's decision under the number that it gets when it is recorded: who decides need not wait for the number.
    #[must_use]
    pub fn numbered(mut self, number: Number) -> Self {
        for recorded in &mut self.events {
            if let Event::Reported { number: of_event, .. } = &mut recorded.event {
                of_event.clone_from(&number);
            }
        }
        self.matter.number = number;
        self
    }

    /// A report's decision with the next query code: the one it had belongs to another matter.
    #[must_use]
    pub fn with_next_code(mut self) -> Self {
        self.matter.code_version = self.matter.code_version.saturating_add(1);
        for recorded in &mut self.events {
            if let Event::Reported { code_version, .. } = &mut recorded.event {
                *code_version = self.matter.code_version;
            }
        }
        self
    }
}

impl<'a> Context<'a> {
    /// A context that knows nothing but moment and site.
    #[must_use]
    pub fn new(now: Timestamp, site: &'a Site, entropy: [u8; 32]) -> Self {
        Self { now, site, other: None, named: None, busy: &[], committees: &[], method: None, entropy }
    }
}

impl Context<'_> {
    /// The record keeps microseconds; a decision that used more would differ from its own replay.
    pub(crate) fn as_kept(&self) -> Self {
        Self { now: Timestamp::from_microsecond(self.now.as_microsecond()).unwrap_or(self.now), ..*self }
    }
}

impl Matter {
    /// Decides on a report: the first event of a matter.
    ///
    /// # Errors
    /// A refusal, when the report cannot be taken.
    pub fn report(
        fresh: Fresh,
        report: &Report,
        actor: &Actor,
        context: &Context<'_>,
    ) -> Result<Decision, Refusal> {
        let (id, context) = (fresh.id, context.as_kept());
        let (by, event, texts) = report::decide(fresh, report, actor, &context)?;
        let recorded = Recorded { version: 1, at: context.now, by, event };
        let matter = Self::begin(id, &recorded).ok_or(Refusal::NotAllowed)?;
        Ok(Decision { matter, events: vec![recorded], texts })
    }

    /// Decides on a command.
    ///
    /// # Errors
    /// A refusal that names the rule.
    pub fn decide(
        &self,
        command: &Command,
        actor: &Actor,
        context: &Context<'_>,
    ) -> Result<Decision, Refusal> {
        let by = access::capacity(self, command.kind(), actor, context.site)?;
        self.decide_as(command, by, context)
    }

    fn decide_as(&self, command: &Command, by: By, context: &Context<'_>) -> Result<Decision, Refusal> {
        let context = context.as_kept();
        let mut turn = Turn::new(self, &context, by.clone());
        command.decide(&mut turn)?;
        let (events, texts) = turn.finish();
        let mut matter = self.clone();
        let events = events.into_iter().map(|event| matter.happened(event, &by, context.now)).collect();
        Ok(Decision { matter, events, texts })
    }

    fn happened(&mut self, event: Event, by: &By, at: Timestamp) -> Recorded {
        let recorded = Recorded { version: self.version.saturating_add(1), at, by: by.clone(), event };
        self.apply(&recorded);
        recorded
    }
}
