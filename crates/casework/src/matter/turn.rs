//! One command's turn: what it may see, and what it says happened.

use jiff::Timestamp;

use super::{
    Class, Context, Event, Matter, MediationResult, Outcome, Stage, Stretch, Urgency, Verification, Work,
};
use crate::{
    actor::{By, Grant, Role},
    calendar::{Limit, LimitUnit},
    catalogue::{Catalogue, LimitRule},
    clock::Clock,
    id::{AccountId, PhotoId, UnitId},
    mediation::{AgreementForm, Channel, HandOver, Mediation},
    refusal::{FreeTime, Refusal},
    register::{self, Dispute},
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
        let rule = self.limit(stage, class, urgency)?;
        Some(Clock::start(rule, self.now(), &self.site().calendar, &self.site().zone))
    }

    /// The limit of a stage: once a mediation is taken on, that of its channel.
    fn limit(&self, stage: Stage, class: Class, urgency: Urgency) -> Option<&'a LimitRule> {
        let taken_on =
            self.matter.mediation.as_deref().filter(|it| stage == Stage::Mediating && it.origin.is_some());
        taken_on
            .and_then(|mediation| self.catalogue.mediation.limit_of(&mediation.channel))
            .or_else(|| self.catalogue.limit(stage, class, urgency))
    }

    /// The clock of a stage that stood still, moved by the time it did; a new one when another limit holds by now.
    pub(crate) fn clock_resumed(&self, stage: Stage) -> Option<Clock> {
        let stood = self.matter.pause.as_ref().and_then(|pause| Some((pause.since, pause.clock.as_ref()?)));
        let rule = self.limit(stage, self.matter.class, self.matter.urgency);
        match (stood, rule) {
            (Some((since, clock)), Some(rule)) if clock.rule == rule.code => self.moved(clock, since),
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

    /// The matter's mediation.
    pub(crate) fn mediation(&self) -> Result<&'a Mediation, Refusal> {
        self.matter.mediation.as_deref().ok_or(Refusal::NoMediation)
    }

    /// The mediation, taken on and not ended.
    pub(crate) fn mediation_under_way(&self) -> Result<&'a Mediation, Refusal> {
        let mediation = self.mediation()?;
        self.stage_is(&[Stage::Mediating])?;
        if mediation.origin.is_none() {
            return Err(Refusal::NotAccepted);
        }
        Ok(mediation)
    }

    /// The party that acts, or for which the committee notes something.
    pub(crate) fn party_acting(&self, noted: Option<u8>) -> Result<u8, Refusal> {
        match (&self.by, noted) {
            (By::Party { no }, None) => Ok(*no),
            (By::Party { no }, Some(noted)) if *no == noted => Ok(*no),
            (By::Party { .. }, Some(_)) | (_, None) => Err(Refusal::UnknownParty),
            (_, Some(noted)) => {
                self.mediation()?.party(noted).map(|party| party.no).ok_or(Refusal::UnknownParty)
            }
        }
    }

    /// An account that may mediate here: a mediator of the committee who did not step back. Who acts is known; of anybody else
    /// the context holds what it may be.
    pub(crate) fn mediator(&self, account: AccountId) -> Result<AccountId, Refusal> {
        if self.mediation()?.stepped_back.contains(&account) {
            return Err(Refusal::MediatorSteppedBack);
        }
        let lead = self.matter.lead.as_ref();
        let acts = matches!(&self.by, By::Staff { account: acting, unit, role: Role::Mediator } if *acting == account && Some(unit) == lead);
        let may = |grant: &Grant| grant.role == Role::Mediator && Some(&grant.unit) == lead;
        let named = self.context.named.filter(|staff| staff.account == account);
        if acts || named.is_some_and(|staff| staff.grants.iter().any(may)) {
            Ok(account)
        } else {
            Err(Refusal::NotAMediator)
        }
    }

    /// The clock until a committee takes a dispute on.
    pub(crate) fn clock_of_taking_on(&self) -> Option<Clock> {
        let matter = self.matter;
        self.site().clock(self.catalogue, Stage::Mediating, matter.class, matter.urgency, self.now())
    }

    /// The clock of a channel.
    pub(crate) fn clock_of_channel(&self, code: &str) -> Option<Clock> {
        let rule = self.catalogue.mediation.limit_of(code)?;
        Some(Clock::start(rule, self.now(), &self.site().calendar, &self.site().zone))
    }

    /// The running clock with so many calendar days more, to the next working day (Civil Code art. 203).
    pub(crate) fn clock_extended(&self, days: u32) -> Option<Clock> {
        let (clock, site) = (self.matter.clock.as_ref()?, self.site());
        let limit = Limit { amount: days, unit: LimitUnit::CalendarDays };
        let due = site.calendar.due(clock.due_at, limit, &site.zone);
        Some(Clock::until(clock.rule.clone(), clock.started_at, due))
    }

    /// The clock of the mediation after a hand-over came back, moved by the time it stood still.
    pub(crate) fn clock_after(&self, hand_over: &HandOver) -> Option<Clock> {
        self.moved(hand_over.stood.as_ref()?, hand_over.since)
    }

    fn moved(&self, clock: &Clock, since: Timestamp) -> Option<Clock> {
        let site = self.site();
        let unit = self.catalogue.limit_by_code(&clock.rule)?.limit.unit;
        let due = site.calendar.moved(clock.due_at, unit, since, self.now(), &site.zone);
        Some(Clock::until(clock.rule.clone(), clock.started_at, due))
    }

    /// The channel of a specialised committee of the register.
    pub(crate) fn own_channel(&self, unit: &UnitId) -> Option<&'a Channel> {
        let committee = self.context.committees.iter().find(|committee| committee.unit == *unit)?;
        let own = |channel: &&Channel| channel.committee == Some(committee.kind);
        self.catalogue.mediation.channels.iter().find(own)
    }

    /// Whether a committee takes the dispute, in a channel or in the usual one.
    pub(crate) fn admitted(
        &self,
        unit: &UnitId,
        channel: Option<&Channel>,
        dispute: Dispute<'_>,
    ) -> Result<(), Refusal> {
        let channel = channel.or_else(|| self.catalogue.mediation.channels.first());
        register::admitted(unit, channel, dispute, self.context.committees, self.site())
    }

    /// A body to which a dispute may be handed over: any unit that serves the place but the one that has it.
    pub(crate) fn other_body(&self, id: &UnitId, channel: &Channel) -> Result<UnitId, Refusal> {
        let unit = self.site().units.get(id).ok_or(Refusal::UnknownUnit)?;
        if self.matter.lead.as_ref() == Some(id) {
            return Err(Refusal::UnitTwice);
        }
        if self.matter.about_unit.as_ref() == Some(id) {
            return Err(Refusal::UnitComplainedAbout);
        }
        if !unit.area.contains(self.matter.area) {
            return Err(Refusal::UnitElsewhere);
        }
        if channel.mediates && unit.kind != UnitKind::Committee {
            return Err(Refusal::WrongKindOfUnit { needed: UnitKind::Committee });
        }
        self.admitted(id, Some(channel), Dispute::of(self.matter))?;
        Ok(unit.id.clone())
    }

    /// The agreement holds from now on: performance is watched over, and for thirty days both may ask the court to confirm a
    /// written one (RMTJF art. 29, 30, 31, 33).
    pub(crate) fn agreement_takes_effect(&mut self, version: u8) {
        let written = self
            .events
            .iter()
            .all(|event| !matches!(event, Event::AgreementProposed { form: AgreementForm::Oral, .. }));
        let site = self.context.site;
        let limit = self.catalogue.mediation.confirmation.limit;
        let until = written.then(|| site.calendar.due(self.now(), limit, &site.zone).at);
        let clock = self.clock(self.matter.class.stage_after_work());
        self.record(Event::AgreementEffective { version, until });
        let result = MediationResult::Agreement;
        self.record(Event::MediationConcluded { result, words: None, party: None, roads: Vec::new(), clock });
    }

    /// What is free on the day of a wanted time, in stretches long enough for it.
    pub(crate) fn free_times(&self, wanted: Stretch, busy: &[Stretch]) -> Vec<FreeTime> {
        let length = wanted.ends_at.duration_since(wanted.starts_at);
        crate::mediation::free_times(self.site(), self.site().day(wanted.starts_at), self.now(), length, busy)
    }
}
