//! A mediation: who its parties are, what each of them agreed to, what was arranged, and what came of it.
//!
//! It is part of its matter and lives by the same events. Parties have numbers here; their names stand in erasable texts. It is
//! voluntary throughout: without each party's consent nobody sits down, and one word of one party ends it (RMTJF art. 3, 17).

mod apply;
mod privacy;
mod state;
mod table;
mod wake;

// Whether and with whom.
mod accept;
mod agreement;
mod choose_method;
mod consent;
mod identity;
mod name_mediator;
mod parties;
mod question;
mod safety;
// The talking.
mod caucus;
mod session;
// What came of it.
mod confirmation;
mod file_dossier;
mod hand_over;
mod performance;
mod propose;
mod sign;

pub(crate) use self::table::TABLE;
pub use self::{
    agreement::{Agreement, AgreementForm, Clause, ClauseResult, Confirmation, ConfirmationState, Signature},
    file_dossier::{Retention, SignedPaper},
    identity::IdentityPaper,
    parties::PartyWords,
    privacy::{Reader, Reading, is_to_the_parties, may_read_dossier, may_read_text, reading},
    session::free_times,
    state::{
        About, Bar, Channel, Consent, DEFAULT_CHANNEL, HandOver, HandOverState, Mediation, MethodRef, Origin,
        ParticipantKind, Party, PartySide, Question, Session, SessionForm, SessionState, Step, Venue, Way,
    },
};

/// The commands of mediation, one list for the matter's.
pub mod command {
    pub use super::{
        accept::{AcceptMediation, DeclineMediation, TellPolice},
        caucus::{NoteCaucus, SpeakInPrivate},
        choose_method::ChooseMethod,
        confirmation::{LapseConfirmation, RecordConfirmation},
        consent::{Consent, RecordConsent, Refuse},
        file_dossier::FileDossier,
        hand_over::{AnswerHandOver, HandOver, ReportResult},
        identity::NoteIdentity,
        name_mediator::{AskOtherMediator, ChooseMediator, DeclareConflict, NameMediator},
        parties::{AddParty, CorrectParty, PartyGiven, ReplacePartyCode},
        performance::{MarkClauseOverdue, RecordPerformance, RemindClause, Visit},
        propose::{AgreeOrally, ClauseGiven, ProposeAgreement},
        question::{AnswerQuestion, AskParties, Asked},
        safety::AnswerSafety,
        session::{CancelSession, HoldSession, MoveSession, ProposeTimes, SetSession, TimeGiven},
        sign::{SealAgreement, Sign, SignOnPaper},
    };
}
