//! The table itself. Read a row as: in these stages, this command may be done by these.

use super::Relation;
use crate::{
    actor::Role,
    matter::{CommandKind as C, Stage as S},
};

/// Who acts, as the table sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Whoever holds the query code.
    Reporter,
    /// A party to the mediation, with its access code.
    Party,
    /// The system.
    System,
    /// An account in a role.
    Staff(Role),
}

impl Part {
    /// Every part.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Reporter, Self::Party, Self::System]
            .into_iter()
            .chain(Role::ALL.iter().copied().map(Self::Staff))
    }

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Party => "party",
            Self::System => "system",
            Self::Staff(role) => role.as_str(),
        }
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The command.
    pub command: C,
    /// The stages in which it may be done.
    pub stages: &'static [S],
    /// By whom.
    pub who: &'static [(Part, Relation)],
}

const REPORTER: (Part, Relation) = (Part::Reporter, Relation::Reporter);
const SYSTEM: (Part, Relation) = (Part::System, Relation::Nothing);
const GRID_REPORTER: (Part, Relation) = (Part::Staff(Role::GridWorker), Relation::Reporter);
const LEAD_REPORTER: (Part, Relation) = (Part::Staff(Role::VillageLead), Relation::Reporter);
const GRID_HERE: (Part, Relation) = (Part::Staff(Role::GridWorker), Relation::Area);
const LEAD_HERE: (Part, Relation) = (Part::Staff(Role::VillageLead), Relation::Area);
const GRID_AT_PLACE: (Part, Relation) = (Part::Staff(Role::GridWorker), Relation::Place);
const LEAD_AT_PLACE: (Part, Relation) = (Part::Staff(Role::VillageLead), Relation::Place);
const LEAD_OWNING: (Part, Relation) = (Part::Staff(Role::VillageLead), Relation::OwningCentre);
const INTAKE: (Part, Relation) = (Part::Staff(Role::Intake), Relation::OwningCentre);
const DISPATCHER: (Part, Relation) = (Part::Staff(Role::Dispatcher), Relation::OwningCentre);
const SUPERVISOR: (Part, Relation) = (Part::Staff(Role::Supervisor), Relation::OwningCentre);
const DIRECTOR: (Part, Relation) = (Part::Staff(Role::Director), Relation::OwningCentre);
const SUPERVISOR_ABOVE: (Part, Relation) = (Part::Staff(Role::Supervisor), Relation::UpperCentre);
const DIRECTOR_ABOVE: (Part, Relation) = (Part::Staff(Role::Director), Relation::UpperCentre);
const DISPATCHER_RULING: (Part, Relation) = (Part::Staff(Role::Dispatcher), Relation::RulingCentre);
const DIRECTOR_RULING: (Part, Relation) = (Part::Staff(Role::Director), Relation::RulingCentre);
const DIRECTOR_OWN_RULING: (Part, Relation) = (Part::Staff(Role::Director), Relation::OwnRulingCentre);
const HANDLER: (Part, Relation) = (Part::Staff(Role::Handler), Relation::LeadUnit);
const CO_HANDLER: (Part, Relation) = (Part::Staff(Role::Handler), Relation::CoUnit);
const MEDIATOR: (Part, Relation) = (Part::Staff(Role::Mediator), Relation::LeadUnit);

const OPEN: &[S] = &[
    S::Reported,
    S::AwaitingReporter,
    S::Screening,
    S::Dispatched,
    S::AwaitingRuling,
    S::Handling,
    S::Mediating,
    S::Verifying,
    S::FollowUp,
];
const UNDER_WORK: &[S] = &[S::Handling, S::Mediating];
const WITH_THE_REPORTER: &[S] = &[S::Verifying, S::FollowUp];
const BEFORE_WORK: &[S] = &[S::Reported, S::AwaitingReporter, S::Screening];

const NOBODY_BUT_THE_SYSTEM: &[(Part, Relation)] = &[SYSTEM];
const AT_INTAKE: &[(Part, Relation)] = &[INTAKE, DIRECTOR, LEAD_OWNING];
const AT_DISPATCH: &[(Part, Relation)] = &[DISPATCHER, DIRECTOR, LEAD_OWNING];
const AT_THE_CENTRE: &[(Part, Relation)] = &[INTAKE, DISPATCHER, SUPERVISOR, DIRECTOR, LEAD_OWNING];
const EVERYBODY_AT_WORK: &[(Part, Relation)] = &[
    INTAKE,
    DISPATCHER,
    SUPERVISOR,
    DIRECTOR,
    LEAD_OWNING,
    SUPERVISOR_ABOVE,
    DIRECTOR_ABOVE,
    HANDLER,
    CO_HANDLER,
    MEDIATOR,
    GRID_HERE,
    LEAD_HERE,
];

/// The matter's own rows; those of mediation stand in `mediation/table.rs`.
pub(super) const TABLE: &[Rule] = &[
    // Screening.
    Rule { command: C::Admit, stages: &[S::Reported], who: AT_INTAKE },
    Rule {
        command: C::Settle,
        stages: &[S::Reported],
        who: &[INTAKE, DIRECTOR, LEAD_OWNING, GRID_HERE, LEAD_HERE],
    },
    Rule { command: C::Settle, stages: &[S::Screening], who: AT_DISPATCH },
    Rule { command: C::Ask, stages: &[S::Reported], who: AT_INTAKE },
    Rule { command: C::Guide, stages: &[S::Reported], who: AT_INTAKE },
    Rule { command: C::Guide, stages: &[S::Screening], who: AT_DISPATCH },
    Rule { command: C::Merge, stages: &[S::Reported], who: AT_INTAKE },
    Rule { command: C::Merge, stages: &[S::Screening], who: AT_DISPATCH },
    Rule { command: C::Dispatch, stages: &[S::Screening], who: AT_DISPATCH },
    Rule { command: C::Escalate, stages: &[S::Screening], who: AT_DISPATCH },
    Rule { command: C::SendDown, stages: &[S::Screening], who: &[DISPATCHER, DIRECTOR] },
    Rule { command: C::OpenMediation, stages: &[S::Screening], who: AT_DISPATCH },
    // The work.
    Rule { command: C::SignFor, stages: &[S::Dispatched], who: &[HANDLER] },
    Rule { command: C::Return, stages: &[S::Dispatched], who: &[HANDLER] },
    Rule { command: C::Object, stages: &[S::Dispatched], who: &[HANDLER] },
    Rule {
        command: C::Rule,
        stages: &[S::AwaitingRuling],
        who: &[DISPATCHER_RULING, DIRECTOR_RULING, DIRECTOR_OWN_RULING],
    },
    Rule { command: C::Progress, stages: &[S::Handling], who: &[HANDLER] },
    Rule { command: C::Progress, stages: &[S::Mediating], who: &[MEDIATOR] },
    Rule { command: C::CoAnswer, stages: &[S::Handling], who: &[CO_HANDLER] },
    Rule { command: C::AskExtension, stages: &[S::Handling], who: &[HANDLER] },
    Rule { command: C::DecideExtension, stages: &[S::Handling], who: &[DISPATCHER, DIRECTOR, LEAD_OWNING] },
    Rule { command: C::Suspend, stages: &[S::Handling], who: &[HANDLER] },
    Rule { command: C::Suspend, stages: &[S::Mediating], who: &[MEDIATOR] },
    Rule { command: C::Resume, stages: &[S::Handling], who: &[HANDLER, DISPATCHER, DIRECTOR, SYSTEM] },
    Rule { command: C::Resume, stages: &[S::Mediating], who: &[MEDIATOR, DISPATCHER, DIRECTOR, SYSTEM] },
    Rule { command: C::Complete, stages: &[S::Handling], who: &[HANDLER] },
    Rule { command: C::ConcludeMediation, stages: &[S::Mediating], who: &[MEDIATOR] },
    // Judging it.
    Rule {
        command: C::Pass,
        stages: &[S::Verifying],
        who: &[GRID_AT_PLACE, LEAD_AT_PLACE, INTAKE, SUPERVISOR, DIRECTOR, LEAD_OWNING],
    },
    Rule {
        command: C::Fail,
        stages: &[S::Verifying],
        who: &[GRID_AT_PLACE, LEAD_AT_PLACE, INTAKE, SUPERVISOR, DIRECTOR, LEAD_OWNING],
    },
    Rule {
        command: C::CallBack,
        stages: WITH_THE_REPORTER,
        who: &[INTAKE, SUPERVISOR, DIRECTOR, LEAD_OWNING],
    },
    Rule { command: C::DecideRework, stages: &[S::FollowUp, S::Verifying], who: AT_DISPATCH },
    Rule { command: C::Archive, stages: &[S::Closed], who: &[INTAKE, DIRECTOR, SYSTEM] },
    // The reporter, or intake at the reporter's word.
    Rule {
        command: C::Supply,
        stages: OPEN,
        who: &[REPORTER, GRID_REPORTER, LEAD_REPORTER, INTAKE, LEAD_OWNING],
    },
    Rule { command: C::Urge, stages: OPEN, who: &[REPORTER, GRID_REPORTER, LEAD_REPORTER, INTAKE] },
    Rule { command: C::Rate, stages: WITH_THE_REPORTER, who: &[REPORTER] },
    Rule { command: C::Reopen, stages: &[S::Closed], who: &[REPORTER, INTAKE, SYSTEM] },
    Rule { command: C::Withdraw, stages: OPEN, who: &[REPORTER, GRID_REPORTER, LEAD_REPORTER, INTAKE] },
    // Beside the road.
    Rule { command: C::Note, stages: S::ALL, who: EVERYBODY_AT_WORK },
    Rule { command: C::Attach, stages: OPEN, who: EVERYBODY_AT_WORK },
    Rule {
        command: C::Supervise,
        stages: OPEN,
        who: &[SUPERVISOR, DIRECTOR, SUPERVISOR_ABOVE, DIRECTOR_ABOVE],
    },
    Rule { command: C::Consult, stages: OPEN, who: AT_DISPATCH },
    Rule { command: C::Consult, stages: UNDER_WORK, who: &[HANDLER] },
    Rule { command: C::Link, stages: OPEN, who: AT_THE_CENTRE },
    Rule { command: C::Split, stages: OPEN, who: &[DISPATCHER, DIRECTOR] },
    Rule { command: C::Reclassify, stages: BEFORE_WORK, who: &[INTAKE, DISPATCHER, DIRECTOR, LEAD_OWNING] },
    Rule {
        command: C::Reclassify,
        stages: &[S::Dispatched, S::AwaitingRuling, S::Handling, S::Mediating],
        who: &[DISPATCHER, DIRECTOR],
    },
    Rule {
        command: C::CorrectPlace,
        stages: OPEN,
        who: &[INTAKE, DISPATCHER, DIRECTOR, LEAD_OWNING, GRID_HERE, LEAD_HERE],
    },
    Rule { command: C::ReplaceCode, stages: S::ALL, who: &[INTAKE, DIRECTOR] },
    // The system.
    Rule { command: C::Absorb, stages: S::ALL, who: NOBODY_BUT_THE_SYSTEM },
    Rule { command: C::Remind, stages: OPEN, who: NOBODY_BUT_THE_SYSTEM },
    Rule { command: C::MarkOverdue, stages: OPEN, who: NOBODY_BUT_THE_SYSTEM },
    Rule { command: C::Lapse, stages: &[S::AwaitingReporter], who: NOBODY_BUT_THE_SYSTEM },
    Rule { command: C::CloseUnanswered, stages: &[S::FollowUp], who: NOBODY_BUT_THE_SYSTEM },
    Rule { command: C::RecomputeClock, stages: OPEN, who: NOBODY_BUT_THE_SYSTEM },
];
