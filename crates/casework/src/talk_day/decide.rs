//! From a command to events, or to a refusal that leaves no trace.

use jiff::civil::Date;

use super::{Item, Plan, TalkCommand, TalkDay, TalkEvent};
use crate::{
    access::talk_days::{self, TalkDeed},
    actor::{Actor, By},
    id::TalkDayId,
    matter::Context,
    record::Recorded,
    refusal::Refusal,
    site::Site,
    text::{NewText, TextKind, TextRef, Texts},
};

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkDecision {
    /// The talk day with the events applied.
    pub day: TalkDay,
    /// What happened, in order.
    pub events: Vec<Recorded<TalkEvent>>,
    /// The texts that the events name.
    pub texts: Vec<NewText>,
}

/// A command's turn at a talk day.
pub(super) struct TalkTurn<'a> {
    pub(super) day: &'a TalkDay,
    pub(super) context: &'a Context<'a>,
    texts: Texts,
    events: Vec<TalkEvent>,
}

impl<'a> TalkTurn<'a> {
    pub(super) fn site(&self) -> &'a Site {
        self.context.site
    }

    /// The day at the site.
    pub(super) fn today(&self) -> Date {
        self.context.site.day(self.context.now)
    }

    pub(super) fn record(&mut self, event: TalkEvent) {
        self.events.push(event);
    }

    pub(super) fn write(
        &mut self,
        field: &'static str,
        kind: TextKind,
        words: &str,
    ) -> Result<TextRef, Refusal> {
        self.texts.write(field, kind, words)
    }

    pub(super) fn item(&self, no: u32) -> Result<&'a Item, Refusal> {
        self.day.item(no).ok_or(Refusal::UnknownItem)
    }

    /// An item that waits for an answer, a promise or a matter.
    pub(super) fn open_item(&self, no: u32) -> Result<&'a Item, Refusal> {
        let item = self.item(no)?;
        if item.is_open() { Ok(item) } else { Err(Refusal::ItemHasItsAnswer) }
    }

    pub(super) fn texts(&mut self) -> &mut Texts {
        &mut self.texts
    }
}

impl TalkDay {
    /// Decides on planning a talk day: its first event.
    ///
    /// # Errors
    /// A refusal, when it cannot be planned.
    pub fn plan(
        id: TalkDayId,
        plan: &Plan,
        actor: &Actor,
        context: &Context<'_>,
    ) -> Result<TalkDecision, Refusal> {
        let context = context.as_kept();
        let by = talk_days::may(TalkDeed::Plan, plan.area, actor)?;
        let mut texts = Texts::new(context.entropy);
        let event = plan.decide(&context, &mut texts)?;
        let recorded = Recorded { version: 1, at: context.now, by, event };
        let day = Self::begin(id, &recorded).ok_or(Refusal::NotAllowed)?;
        Ok(TalkDecision { day, events: vec![recorded], texts: texts.into_written() })
    }

    /// Decides on a command.
    ///
    /// # Errors
    /// A refusal that names the rule.
    pub fn decide(
        &self,
        command: &TalkCommand,
        actor: &Actor,
        context: &Context<'_>,
    ) -> Result<TalkDecision, Refusal> {
        let by = talk_days::capacity(self, command.kind(), actor)?;
        let context = context.as_kept();
        let mut turn =
            TalkTurn { day: self, context: &context, texts: Texts::new(context.entropy), events: Vec::new() };
        command.decide(&mut turn)?;
        let TalkTurn { texts, events, .. } = turn;
        let mut day = self.clone();
        let happened = |event| day.happened(event, &by, &context);
        let events = events.into_iter().map(happened).collect();
        Ok(TalkDecision { day, events, texts: texts.into_written() })
    }

    fn happened(&mut self, event: TalkEvent, by: &By, context: &Context<'_>) -> Recorded<TalkEvent> {
        let version = self.version.saturating_add(1);
        let recorded = Recorded { version, at: context.now, by: by.clone(), event };
        self.apply(&recorded);
        recorded
    }
}
