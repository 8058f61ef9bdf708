//! What an event makes of a matter. Total: every recorded event can be applied, whatever the state.

use jiff::Timestamp;

use super::{
    AWAITING_REPORTER, Answer, CoHandler, Event, Matter, MediationResult, Outcome, Pause, Recorded, Stage,
    Work, WorkResult, turn::Turn,
};
use crate::{
    actor::By,
    clock::Clock,
    id::MatterId,
    mediation::{ConfirmationState, DEFAULT_CHANNEL, HandOverState, Mediation, SessionState},
};

impl Matter {
    /// The matter that a report begins; nothing, when the event is not a report.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "one line for each field")]
    pub fn begin(id: MatterId, recorded: &Recorded) -> Option<Self> {
        let Event::Reported {
            number,
            class,
            category,
            catalogue,
            urgency,
            source,
            area,
            place,
            centre,
            words,
            address,
            contact,
            mailable,
            photos,
            about_unit,
            parent,
            talk_day,
            code_version,
            clock,
        } = recorded.event.clone()
        else {
            return None;
        };
        Some(Self {
            id,
            number,
            version: recorded.version,
            class,
            category,
            catalogue,
            urgency,
            source,
            reported_by: recorded.by.clone(),
            reported_at: recorded.at,
            changed_at: recorded.at,
            area,
            place,
            words: vec![words.id],
            address: address.map(|text| text.id),
            contact: contact.map(|text| text.id),
            mailable,
            photos: u32::try_from(photos.len()).unwrap_or(u32::MAX),
            stage: Stage::Reported,
            outcome: None,
            result: None,
            centre,
            ruling: None,
            lead: None,
            co_handlers: Vec::new(),
            work: None,
            clock,
            pause: None,
            returned: false,
            ruled: false,
            extended: false,
            extension_asked: None,
            rework: 0,
            unhappy: 0,
            rework_asked: false,
            rating: None,
            about_unit,
            urged: 0,
            supervision: None,
            reminded: false,
            overdue: false,
            merged_into: None,
            merged_from: Vec::new(),
            links: Vec::new(),
            parent,
            talk_day,
            children: Vec::new(),
            closed_at: None,
            archived: false,
            mediation: None,
            code_version,
        })
    }

    /// Applies one event.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.version = recorded.version;
        self.changed_at = recorded.at;
        self.photos =
            self.photos.saturating_add(u32::try_from(recorded.event.photos().len()).unwrap_or(u32::MAX));
        if let Event::Asked { .. } = recorded.event {
            self.stand_still(recorded.at, recorded.at, AWAITING_REPORTER);
        }
        if let Some(stage) = recorded.event.enters() {
            self.enter(stage);
        }
        if recorded.event.sends_back() {
            self.rework = self.rework.saturating_add(1);
            self.result = None;
            self.rework_asked = false;
            self.enter(self.work_stage());
            self.mediate(Mediation::is_contested);
        }
        self.apply_facts(recorded);
    }

    fn mediate(&mut self, change: impl FnOnce(&mut Mediation)) {
        if let Some(mediation) = self.mediation.as_deref_mut() {
            change(mediation);
        }
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.clock = None;
        self.extension_asked = None;
        if stage != Stage::AwaitingReporter {
            self.pause = None;
        }
    }

    fn stand_still(&mut self, since: Timestamp, until: Timestamp, because: &str) {
        let clock = self.clock.take();
        self.pause = Some(Pause { since, until, because: because.to_owned(), clock });
    }

    fn run(&mut self, clock: Option<&Clock>) {
        self.clock = clock.cloned();
        self.reminded = false;
        self.overdue = false;
    }

    /// The work was done: who did it, and what comes next.
    fn worked(&mut self, by: &By, result: Outcome, clock: Option<&Clock>) {
        self.work = Some(Turn::work_in(
            by,
            if self.stage == Stage::Reported { Stage::Screening } else { self.stage },
        ));
        self.result = Some(result);
        self.enter(self.class.stage_after_work());
        self.run(clock);
    }

    /// A dispute was settled, whoever signed last: the committee did the work.
    fn settled_by_mediation(&mut self, clock: Option<&Clock>) {
        let account = self.mediation.as_deref().and_then(|mediation| mediation.mediator);
        self.work = Some(Work { stage: Stage::Mediating, account, unit: self.lead.clone() });
        self.result = Some(Outcome::Settled);
        self.enter(self.class.stage_after_work());
        self.run(clock);
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each event: the compiler's checklist")]
    fn apply_facts(&mut self, recorded: &Recorded) {
        match &recorded.event {
            // A second report of the same matter cannot be recorded; nothing else is left for it to do.
            Event::Reported { .. } => {}
            Event::Admitted { category, urgency, about_unit, clock } => {
                self.category.clone_from(category);
                self.urgency = *urgency;
                self.about_unit.clone_from(about_unit);
                self.run(clock.as_ref());
            }
            Event::SettledOnTheSpot { clock, .. } => {
                self.worked(&recorded.by, self.class.outcome_when_done(), clock.as_ref())
            }
            Event::Asked { clock, .. } => {
                if let (Some(pause), Some(clock)) = (&mut self.pause, clock) {
                    pause.until = clock.due_at;
                }
                self.run(clock.as_ref());
            }
            Event::Supplied { words, clock, .. } => {
                self.words.extend(words.map(|text| text.id));
                if self.stage == Stage::AwaitingReporter {
                    self.enter(Stage::Reported);
                    self.run(clock.as_ref());
                }
            }
            Event::Merged { into, .. } => self.merged_into = Some(*into),
            Event::Absorbed { from, .. } => self.merged_from.push(*from),
            Event::Dispatched { unit, co_units, clock, .. } => {
                self.lead = Some(unit.clone());
                self.co_handlers = co_units
                    .iter()
                    .map(|co| CoHandler { unit: co.unit.clone(), due_at: co.due_at, answered: false })
                    .collect();
                self.run(clock.as_ref());
            }
            Event::Escalated { to, clock, .. } | Event::SentDown { to, clock, .. } => {
                self.centre = to.clone();
                self.run(clock.as_ref());
            }
            Event::MediationOpened { unit, channel, clock } => {
                self.lead = Some(unit.clone());
                self.co_handlers.clear();
                let channel = channel.clone().unwrap_or_else(|| DEFAULT_CHANNEL.to_owned());
                self.mediation = Some(Box::new(Mediation::opened(channel, self.mediation.as_deref())));
                self.run(clock.as_ref());
            }
            Event::MediationConcluded { result, clock, .. } => {
                self.mediate(|mediation| mediation.concluded(*result, recorded.at));
                if *result == MediationResult::Agreement {
                    self.settled_by_mediation(clock.as_ref());
                }
            }
            Event::SignedFor { clock } => self.run(clock.as_ref()),
            Event::Returned { clock, .. } => {
                self.returned = true;
                self.lead = None;
                self.co_handlers.clear();
                self.run(clock.as_ref());
            }
            Event::Objected { ruling, clock, .. } => {
                self.ruling = Some(ruling.clone());
                self.run(clock.as_ref());
            }
            Event::Ruled { unit, clock, .. } => {
                self.ruled = true;
                self.ruling = None;
                self.lead = Some(unit.clone());
                self.co_handlers.retain(|co| co.unit != *unit);
                self.run(clock.as_ref());
            }
            Event::CoAnswered { unit, .. } => {
                self.co_handlers.iter_mut().filter(|co| co.unit == *unit).for_each(|co| co.answered = true)
            }
            Event::ExtensionAsked { days, .. } => self.extension_asked = Some(*days),
            Event::ExtensionDecided { approved, clock, .. } => {
                self.extension_asked = None;
                if *approved {
                    self.extended = true;
                    self.run(clock.as_ref());
                }
            }
            Event::Suspended { because, until, .. } => {
                self.stand_still(recorded.at, *until, because);
            }
            Event::Resumed { clock } => {
                self.pause = None;
                self.run(clock.as_ref());
            }
            Event::Completed { result, clock, .. } => match result {
                WorkResult::Done => self.worked(&recorded.by, self.class.outcome_when_done(), clock.as_ref()),
                WorkResult::Unfounded => self.worked(&recorded.by, Outcome::Unfounded, clock.as_ref()),
                WorkResult::Failed => {}
            },
            Event::Passed { clock, .. } | Event::Failed { clock, .. } => self.run(clock.as_ref()),
            Event::CalledBack { answer, back, clock, .. } | Event::Rated { answer, back, clock, .. } => {
                self.rating = Some(*answer);
                if *answer == Answer::Unhappy {
                    self.unhappy = self.unhappy.saturating_add(1);
                    self.rework_asked = !back;
                }
                if *answer == Answer::NoAnswer && self.stage == Stage::Verifying {
                    self.enter(Stage::FollowUp);
                    self.run(clock.as_ref());
                }
                if *back {
                    self.run(clock.as_ref());
                }
            }
            Event::ReworkDecided { redo, clock, .. } => {
                self.rework_asked = false;
                if *redo {
                    self.run(clock.as_ref());
                }
            }
            Event::Closed { outcome } => {
                self.outcome = Some(*outcome);
                self.closed_at = Some(recorded.at);
                self.rework_asked = false;
            }
            Event::Reopened { clock, .. } => {
                self.outcome = None;
                self.result = None;
                self.closed_at = None;
                self.archived = false;
                self.merged_into = None;
                self.mediate(Mediation::is_contested);
                self.work = None;
                self.lead = None;
                self.co_handlers.clear();
                self.rework = self.rework.saturating_add(1);
                self.run(clock.as_ref());
            }
            Event::Archived {} => self.archived = true,
            Event::Urged { .. } => self.urged = self.urged.saturating_add(1),
            Event::Supervised { level, .. } => self.supervision = Some(*level),
            Event::Linked { to, .. } => self.links.push(*to),
            Event::Split { parts } => self.children.extend(parts.iter().map(|part| part.child)),
            Event::Reclassified { class, category, urgency, about_unit, clock, .. } => {
                self.class = *class;
                self.category.clone_from(category);
                self.urgency = *urgency;
                self.about_unit.clone_from(about_unit);
                self.co_handlers.retain(|co| Some(&co.unit) != about_unit.as_ref());
                if clock.is_some() {
                    self.run(clock.as_ref());
                }
            }
            Event::TakenAway { clock, .. } => {
                self.lead = None;
                self.ruling = None;
                self.co_handlers.clear();
                self.run(clock.as_ref());
            }
            Event::PlaceCorrected { area, place, address, .. } => {
                self.area = *area;
                self.place = *place;
                self.address = address.map(|text| text.id).or(self.address);
            }
            Event::CodeReplaced { .. } => self.code_version = self.code_version.saturating_add(1),
            Event::Reminded {} => self.reminded = true,
            Event::OverdueMarked {} => self.overdue = true,
            Event::ClockRecomputed { clock } => {
                self.reminded &= recorded.at >= clock.warn_at;
                self.overdue &= recorded.at > clock.due_at;
                self.clock = Some(clock.clone());
            }
            Event::MediationAccepted { origin, mediator, parties, clock } => {
                self.mediate(|mediation| {
                    mediation.origin = Some(*origin);
                    mediator.iter().for_each(|mediator| mediation.named(*mediator));
                    mediation.add_parties(parties);
                });
                self.pause = None;
                self.run(clock.as_ref());
            }
            Event::PartyAdded { party } => self.mediate(|it| it.add_parties(std::slice::from_ref(party))),
            Event::PartyCorrected { party } => self.mediate(|it| it.correct_party(party)),
            Event::PartyCodeReplaced { party, .. } => self.mediate(|it| it.replace_party_code(*party)),
            Event::MediatorNamed { mediator, .. } => self.mediate(|it| it.named(*mediator)),
            Event::MediatorChosen { party, mediator } => self.mediate(|it| it.chose(*party, *mediator)),
            Event::OtherMediatorAsked { party, mediator, .. } => {
                self.mediate(|it| it.asked_other(*party, *mediator));
            }
            Event::MethodChosen { method } => self.mediate(|it| it.method = *method),
            Event::ConflictDeclared { mediator, .. } => self.mediate(|it| it.stepped_back(*mediator)),
            Event::ConsentRecorded { parties, way, .. } => {
                self.mediate(|it| it.consented(parties, *way, recorded.at));
            }
            Event::SafetyAnswered { party, violence } => {
                self.mediate(|it| it.answered_safety(*party, *violence));
            }
            Event::IdentityNoted { party, paper } => self.mediate(|it| it.identity_noted(*party, *paper)),
            Event::PartiesAsked { no, about } => self.mediate(|it| it.asked(*no, about)),
            Event::PartyAnswered { question, party, yes, .. } => {
                self.mediate(|it| it.answered(*question, *party, *yes));
            }
            Event::MediationExtended { clock, .. } => self.run(Some(clock)),
            Event::SessionSet { no, time, form, with, open, venue, place } => self.mediate(|it| {
                let place = place.map(|text| text.id);
                it.session_set(*no, *time, *form, *with, *open, *venue, place, SessionState::Set);
            }),
            Event::SessionMoved { session, time, .. } => self.mediate(|it| it.session_moved(*session, *time)),
            Event::SessionCancelled { session, .. } => self.mediate(|it| it.session_cancelled(*session)),
            Event::SessionHeld { no, time, form, with, open, venue, .. } => self.mediate(|it| {
                it.session_set(*no, *time, *form, *with, *open, *venue, None, SessionState::Held);
            }),
            Event::AgreementProposed { version, form, facts, clauses } => {
                self.mediate(|it| it.proposed(*version, *form, *facts, clauses));
            }
            Event::AgreementSigned { party, way, photos, .. } => {
                self.mediate(|it| it.signed(*party, *way, recorded.at, photos));
            }
            Event::AgreementSealed { .. } => self.mediate(Mediation::sealed),
            Event::AgreementEffective { until, .. } => self.mediate(|it| it.took_effect(recorded.at, *until)),
            Event::ClauseRecorded { clause, result, on, .. } => {
                self.mediate(|it| it.performed(*clause, *result, *on));
            }
            Event::ClauseReminded { clause } => {
                self.mediate(|it| it.with_clause(*clause, |clause| clause.reminded = true));
            }
            Event::ClauseOverdue { clause } => {
                self.mediate(|it| it.with_clause(*clause, |clause| clause.overdue = true));
            }
            Event::ConfirmationApplied {} => {
                self.mediate(|it| it.confirmation_is(ConfirmationState::Applied));
            }
            Event::ConfirmationRecorded { result, .. } => self.mediate(|it| it.confirmation_is(*result)),
            Event::ConfirmationLapsed {} => self.mediate(|it| it.confirmation_is(ConfirmationState::Lapsed)),
            Event::HandedOver { no, channel, unit, clock, .. } => {
                let stood = self.clock.clone();
                self.mediate(|it| it.handed(*no, channel, unit.as_ref(), stood, recorded.at));
                self.pause = None;
                self.run(clock.as_ref());
            }
            Event::HandOverAnswered { no, accepted, clock, .. } => {
                let state = if *accepted { HandOverState::Accepted } else { HandOverState::Returned };
                self.mediate(|it| it.hand_over_is(*no, state));
                if !accepted {
                    self.pause = None;
                    self.run(clock.as_ref());
                }
            }
            Event::HandOverReported { no, settled, clock, .. } => {
                let state = if *settled { HandOverState::Settled } else { HandOverState::NotSettled };
                self.mediate(|it| it.hand_over_is(*no, state));
                if *settled {
                    self.settled_by_mediation(clock.as_ref());
                } else {
                    self.pause = None;
                    self.run(clock.as_ref());
                }
            }
            // What these say is in the timeline or followed by a closing event.
            Event::MediationDeclined { .. }
            | Event::PoliceTold { .. }
            | Event::TimesProposed { .. }
            | Event::CaucusNoted { .. }
            | Event::SpokenInPrivate { .. }
            | Event::Visited { .. }
            | Event::DossierFiled { .. } => {}
            Event::Guided { .. }
            | Event::Progressed { .. }
            | Event::Withdrawn { .. }
            | Event::Noted { .. }
            | Event::Attached { .. }
            | Event::Consulted { .. }
            | Event::Lapsed {} => {}
        }
    }
}
