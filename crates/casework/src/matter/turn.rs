//! One command's turn: what it may see, and what it says happened.

use jiff::Timestamp;

use super::{Class, Context, Event, Matter, Outcome, Stage, Urgency, Verification, Work};
use crate::{
    actor::By,
    catalogue::Catalogue,
    clock::Clock,
    id::{PhotoId, UnitId},
    refusal::Refusal,
    site::Site,
    text::{NewText, TextKind, TextRef, Texts},
    unit::{Unit, UnitKind},
};

/// A command's turn at a matter.
pub(crate) struct Turn<'a> {
    pub(crate) matter: &'a Matter,
    pub(crate) context: &'a Context<'a>,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) by: By,
    texts: Texts,
    events: Vec<Event>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(matter: &'a Matter, context: &'a Context<'a>, by: By) -> Self {
        let catalogue = context.site.pinned(&matter.catalogue);
        Self { matter, context, catalogue, by, texts: Texts::new(context.entropy), events: Vec::new() }
    }

    pub(super) fn finish(self) -> (Vec<Event>, Vec<NewText>) {
        (self.events, self.texts.into_written())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.context.now
    }

    pub(crate) fn site(&self) -> &'a Site {
        self.context.site
    }

    /// Says that something happened.
    pub(crate) fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(crate) fn write(
        &mut self,
        field: &'static str,
        kind: TextKind,
        words: &str,
    ) -> Result<TextRef, Refusal> {
        self.texts.write(field, kind, words)
    }

    pub(crate) fn write_if_any(
        &mut self,
        field: &'static str,
        kind: TextKind,
        words: Option<&str>,
    ) -> Result<Option<TextRef>, Refusal> {
        self.texts.write_if_any(field, kind, words)
    }

    pub(crate) fn derived_uuid(&self, label: &str) -> uuid::Uuid {
        self.texts.derived_uuid(label)
    }

    /// The clock of a stage for this matter.
    pub(crate) fn clock(&self, stage: Stage) -> Option<Clock> {
        self.clock_for(stage, self.matter.class, self.matter.urgency)
    }

    pub(crate) fn clock_for(&self, stage: Stage, class: Class, urgency: Urgency) -> Option<Clock> {
        self.site().clock(self.catalogue, stage, class, urgency, self.now())
    }

    /// The clock of a stage that stood still, moved by the time it did; a new one when another limit holds by now.
    pub(crate) fn clock_resumed(&self, stage: Stage) -> Option<Clock> {
        let stood = self.matter.pause.as_ref().and_then(|pause| Some((pause.since, pause.clock.as_ref()?)));
        let rule = self.catalogue.limit(stage, self.matter.class, self.matter.urgency);
        match (stood, rule) {
            (Some((since, clock)), Some(rule)) if clock.rule == rule.code => {
                let site = self.site();
                let unit = rule.limit.unit;
                let due = site.calendar.moved(clock.due_at, unit, since, self.now(), &site.zone);
                Some(Clock::until(clock.rule.clone(), clock.started_at, due))
            }
            _ => self.clock(stage),
        }
    }

    /// The clock of work that is done again, in the stage it goes back to.
    pub(crate) fn clock_of_rework(&self) -> Option<Clock> {
        self.clock(self.matter.work_stage())
    }

    /// Closes the matter.
    pub(crate) fn close(&mut self, outcome: Outcome) {
        self.record(Event::Closed { outcome });
    }

    /// The outcome that the work reached.
    pub(crate) fn outcome_reached(&self) -> Outcome {
        self.matter.result.unwrap_or_else(|| self.matter.class.outcome_when_done())
    }

    /// Checks photos that a step adds.
    pub(crate) fn photos(&self, photos: &[PhotoId]) -> Result<Vec<PhotoId>, Refusal> {
        let most = self.catalogue.bounds.photos;
        if photos.len() > most as usize {
            return Err(Refusal::TooManyPhotos { most });
        }
        Ok(photos.to_vec())
    }

    /// Photos where the class is verified at the place and a photo is owed.
    pub(crate) fn photos_of_the_place(&self, photos: &[PhotoId]) -> Result<Vec<PhotoId>, Refusal> {
        if photos.is_empty() && self.matter.class.verification() == Verification::AtThePlace {
            return Err(Refusal::PhotosNeeded);
        }
        self.photos(photos)
    }

    /// A unit of the wanted kind that serves the matter's place and is not complained about.
    pub(crate) fn unit(&self, id: &UnitId, kind: UnitKind) -> Result<&'a Unit, Refusal> {
        let unit = self.site().units.get(id).ok_or(Refusal::UnknownUnit)?;
        if unit.kind != kind {
            return Err(Refusal::WrongKindOfUnit { needed: kind });
        }
        if self.matter.about_unit.as_ref() == Some(id) {
            return Err(Refusal::UnitComplainedAbout);
        }
        if !unit.area.contains(self.matter.area) {
            return Err(Refusal::UnitElsewhere);
        }
        Ok(unit)
    }

    /// A category of a class, when one is given. Accusations against officials are not worked on here.
    pub(crate) fn category(&self, class: Class, code: Option<&str>) -> Result<Option<String>, Refusal> {
        let Some(code) = code else { return Ok(None) };
        let category = self.catalogue.category(class, code).ok_or(Refusal::UnknownCategory)?;
        category.may_be_recorded()?;
        Ok(Some(category.code.clone()))
    }

    /// The unit complained about, when one is named. It must not be the centre that answers or rules: escalate first.
    pub(crate) fn about_unit(&self, unit: Option<&UnitId>) -> Result<Option<UnitId>, Refusal> {
        let Some(id) = unit else { return Ok(None) };
        let unit = self.site().units.get(id).ok_or(Refusal::UnknownUnit)?;
        let matter = self.matter;
        if matter.centre == *id || matter.ruling.as_ref() == Some(id) {
            return Err(Refusal::UnitComplainedAbout);
        }
        Ok(Some(unit.id.clone()))
    }

    /// Not in this stage, unless it is one of these.
    pub(crate) fn stage_is(&self, stages: &[Stage]) -> Result<(), Refusal> {
        if stages.contains(&self.matter.stage) {
            Ok(())
        } else {
            Err(Refusal::NotInThisStage { stage: self.matter.stage })
        }
    }

    /// Who did the work, when it was done by this turn's actor in a stage.
    pub(crate) fn work_in(by: &By, stage: Stage) -> Work {
        Work { stage, account: by.account(), unit: by.unit().cloned() }
    }
}
