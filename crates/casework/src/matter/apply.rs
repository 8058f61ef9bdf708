//! What an event makes of a matter. Total: every recorded event can be applied, whatever the state.

use jiff::Timestamp;

use super::{
    AWAITING_REPORTER, Answer, CoHandler, Event, Matter, MediationResult, Outcome, Pause, Recorded, Stage,
    WorkResult, turn::Turn,
};
use crate::{actor::By, clock::Clock, id::MatterId};

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
            children: Vec::new(),
            closed_at: None,
            archived: false,
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
        }
        self.apply_facts(recorded);
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
            Event::MediationOpened { unit, clock } => {
                self.lead = Some(unit.clone());
                self.co_handlers.clear();
                self.run(clock.as_ref());
            }
            Event::MediationConcluded { result, clock, .. } => {
                if *result == MediationResult::Agreement {
                    self.worked(&recorded.by, Outcome::Settled, clock.as_ref());
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
            // What these say is in the timeline or followed by a closing event.
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
