//! Who may do what in a mediation: rows of the same table as the matter's (`access/table.rs`).
//!
//! The committee's mediators keep the papers; only the mediator of this mediation sits with the parties. A party acts for itself.

use crate::{
    access::{Part, Relation, Rule},
    actor::Role,
    matter::{CommandKind as C, Stage as S},
};

const PARTY: (Part, Relation) = (Part::Party, Relation::Party);
const COMMITTEE: (Part, Relation) = (Part::Staff(Role::Mediator), Relation::LeadUnit);
const MEDIATOR: (Part, Relation) = (Part::Staff(Role::Mediator), Relation::Mediator);
const OTHER_MEDIATOR: (Part, Relation) = (Part::Staff(Role::Mediator), Relation::OtherBody);
const OTHER_HANDLER: (Part, Relation) = (Part::Staff(Role::Handler), Relation::OtherBody);
const SYSTEM: (Part, Relation) = (Part::System, Relation::Nothing);

const MEDIATING: &[S] = &[S::Mediating];
const AGREED: &[S] = &[S::Verifying, S::FollowUp, S::Closed];
const BOTH: &[S] = &[S::Mediating, S::Verifying, S::FollowUp, S::Closed];

/// The rows.
pub(crate) const TABLE: &[Rule] = &[
    // Whether and with whom.
    Rule { command: C::AcceptMediation, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::DeclineMediation, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::AddParty, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::CorrectParty, stages: BOTH, who: &[COMMITTEE] },
    Rule { command: C::ReplacePartyCode, stages: BOTH, who: &[PARTY, COMMITTEE] },
    Rule { command: C::NoteIdentity, stages: BOTH, who: &[COMMITTEE] },
    Rule { command: C::RecordConsent, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::Consent, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::Refuse, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::AnswerSafety, stages: MEDIATING, who: &[PARTY, COMMITTEE] },
    Rule { command: C::NameMediator, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::ChooseMediator, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::AskOtherMediator, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::DeclareConflict, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::ChooseMethod, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::AskParties, stages: BOTH, who: &[COMMITTEE] },
    Rule { command: C::AnswerQuestion, stages: BOTH, who: &[PARTY, COMMITTEE] },
    Rule { command: C::TellPolice, stages: MEDIATING, who: &[COMMITTEE] },
    // The talking.
    Rule { command: C::ProposeTimes, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::SetSession, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::MoveSession, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::CancelSession, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::HoldSession, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::NoteCaucus, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::SpeakInPrivate, stages: MEDIATING, who: &[PARTY] },
    // What came of it.
    Rule { command: C::ProposeAgreement, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::AgreeOrally, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::Sign, stages: MEDIATING, who: &[PARTY] },
    Rule { command: C::SignOnPaper, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::SealAgreement, stages: MEDIATING, who: &[MEDIATOR] },
    Rule { command: C::RecordPerformance, stages: AGREED, who: &[PARTY, COMMITTEE] },
    Rule { command: C::Visit, stages: AGREED, who: &[COMMITTEE] },
    Rule { command: C::RecordConfirmation, stages: AGREED, who: &[COMMITTEE] },
    Rule { command: C::FileDossier, stages: AGREED, who: &[COMMITTEE] },
    Rule { command: C::HandOver, stages: MEDIATING, who: &[COMMITTEE] },
    Rule { command: C::AnswerHandOver, stages: MEDIATING, who: &[COMMITTEE, OTHER_MEDIATOR, OTHER_HANDLER] },
    Rule { command: C::ReportResult, stages: MEDIATING, who: &[COMMITTEE, OTHER_MEDIATOR, OTHER_HANDLER] },
    // The system.
    Rule { command: C::RemindClause, stages: AGREED, who: &[SYSTEM] },
    Rule { command: C::MarkClauseOverdue, stages: AGREED, who: &[SYSTEM] },
    Rule { command: C::LapseConfirmation, stages: AGREED, who: &[SYSTEM] },
];
