//! Which commands an actor could send now: each is decided on with its fields left blank, and a refusal that is only about
//! the fields counts as a yes. So pages learn what is possible from the rules themselves.

use jiff::Timestamp;

use super::{
    Answer, Class, Command, CommandKind, Context, Matter, MediationResult, PlaceGiven, Stage,
    SupervisionLevel, WorkResult,
    admit::Admit,
    archive::Archive,
    ask::Ask,
    ask_extension::AskExtension,
    attach::Attach,
    call_back::CallBack,
    co_answer::CoAnswer,
    complete::Complete,
    conclude_mediation::ConcludeMediation,
    consult::Consult,
    correct_place::CorrectPlace,
    decide_extension::DecideExtension,
    decide_rework::DecideRework,
    dispatch::Dispatch,
    escalate::Escalate,
    fail::Fail,
    guide::Guide,
    link::Link,
    merge::Merge,
    note::Note,
    object::Object,
    open_mediation::OpenMediation,
    pass::Pass,
    progress::Progress,
    rate::Rate,
    reclassify::Reclassify,
    reopen::Reopen,
    replace_code::ReplaceCode,
    resume::Resume,
    return_once::Return,
    rule::Rule,
    send_down::SendDown,
    settle::Settle,
    sign_for::SignFor,
    split::Split,
    supervise::Supervise,
    supply::Supply,
    suspend::Suspend,
    system::{Absorb, CloseUnanswered, Lapse, MarkOverdue, RecomputeClock, Remind},
    urge::Urge,
    withdraw::Withdraw,
};
use crate::{
    access,
    actor::Actor,
    area::Point,
    id::{AccountId, MatterId, MethodId, UnitId},
    mediation::{
        Bar, ClauseResult, ConfirmationState, IdentityPaper, Origin, ParticipantKind, PartySide, SessionForm,
        Venue, Way, command as c,
    },
    refusal::Refusal,
};

impl Matter {
    /// Whether an actor could send a command of this kind now, were its fields filled in well.
    ///
    /// # Errors
    /// The refusal that stands against it whatever the fields.
    pub fn possible(&self, kind: CommandKind, actor: &Actor, context: &Context<'_>) -> Result<(), Refusal> {
        access::capacity(self, kind, actor, context.site)?;
        match self.decide(&blank(kind, self), actor, context) {
            Err(refusal) if !refusal.is_about_fields() => Err(refusal),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// A command with nothing filled in.
#[allow(clippy::too_many_lines, reason = "a flat table: one line for each command")]
fn blank(kind: CommandKind, matter: &Matter) -> Command {
    let (words, unit, reason) = (String::new, || UnitId(String::new()), String::new);
    let nobody = MatterId { region: matter.id.region, uuid: uuid::Uuid::nil() };
    let (no_mediator, starts_at, minutes) = (AccountId(uuid::Uuid::nil()), Timestamp::UNIX_EPOCH, 0);
    let party = || c::PartyGiven {
        side: PartySide::Third,
        organisation: false,
        name: String::new(),
        phone: None,
        address: None,
        agent: None,
    };
    match kind {
        CommandKind::Admit => Command::Admit(Admit { category: None, urgency: None, about_unit: None }),
        CommandKind::Settle => Command::Settle(Settle { words: words(), photos: Vec::new() }),
        CommandKind::Ask => Command::Ask(Ask { words: words() }),
        CommandKind::Guide => Command::Guide(Guide { route: String::new(), words: None }),
        CommandKind::Merge => Command::Merge(Merge { into: nobody }),
        CommandKind::Dispatch => {
            Command::Dispatch(Dispatch { unit: unit(), co_units: Vec::new(), words: None })
        }
        CommandKind::Escalate => Command::Escalate(Escalate { reason: reason() }),
        CommandKind::SendDown => Command::SendDown(SendDown { unit: unit(), reason: reason() }),
        CommandKind::OpenMediation => Command::OpenMediation(OpenMediation { unit: unit(), channel: None }),
        CommandKind::Split => Command::Split(Split { parts: Vec::new() }),
        CommandKind::SignFor => Command::SignFor(SignFor {}),
        CommandKind::Return => Command::Return(Return { basis: String::new(), reason: reason() }),
        CommandKind::Object => Command::Object(Object { reason: reason() }),
        CommandKind::Rule => Command::Rule(Rule { unit: unit(), reason: reason() }),
        CommandKind::Progress => Command::Progress(Progress { words: words(), photos: Vec::new() }),
        CommandKind::CoAnswer => Command::CoAnswer(CoAnswer { words: words(), photos: Vec::new() }),
        CommandKind::AskExtension => Command::AskExtension(AskExtension { days: 0, reason: reason() }),
        CommandKind::DecideExtension => {
            Command::DecideExtension(DecideExtension { approve: true, reason: None })
        }
        CommandKind::Suspend => {
            Command::Suspend(Suspend { because: String::new(), until: jiff::civil::Date::MIN, words: None })
        }
        CommandKind::Resume => Command::Resume(Resume {}),
        CommandKind::Complete => {
            Command::Complete(Complete { result: WorkResult::Done, words: words(), photos: Vec::new() })
        }
        CommandKind::ConcludeMediation => Command::ConcludeMediation(ConcludeMediation {
            result: MediationResult::Failed,
            words: words(),
            party: None,
            roads: Vec::new(),
        }),
        CommandKind::Pass => Command::Pass(Pass { words: None, photos: Vec::new() }),
        CommandKind::Fail => Command::Fail(Fail { reason: reason(), photos: Vec::new() }),
        CommandKind::CallBack => Command::CallBack(CallBack { answer: Answer::NoAnswer, words: None }),
        CommandKind::DecideRework => Command::DecideRework(DecideRework { redo: true, reason: reason() }),
        CommandKind::Archive => Command::Archive(Archive {}),
        CommandKind::Supply => Command::Supply(Supply { words: None, photos: Vec::new() }),
        CommandKind::Urge => Command::Urge(Urge { words: None }),
        CommandKind::Rate => Command::Rate(Rate { answer: Answer::Satisfied, words: None }),
        CommandKind::Reopen => Command::Reopen(Reopen { reason: reason() }),
        CommandKind::Withdraw => Command::Withdraw(Withdraw { reason: None }),
        CommandKind::Note => Command::Note(Note { words: words() }),
        CommandKind::Attach => Command::Attach(Attach { photos: Vec::new() }),
        CommandKind::Supervise => {
            Command::Supervise(Supervise { level: SupervisionLevel::Listed, words: words() })
        }
        CommandKind::Consult => Command::Consult(Consult { units: Vec::new(), words: words() }),
        CommandKind::Link => Command::Link(Link { to: nobody }),
        CommandKind::Reclassify => Command::Reclassify(Reclassify {
            class: Class::Service,
            category: None,
            urgency: None,
            about_unit: None,
            reason: reason(),
        }),
        CommandKind::CorrectPlace => {
            let nowhere = PlaceGiven::Point(Point { lon: f64::NAN, lat: f64::NAN });
            Command::CorrectPlace(CorrectPlace { place: nowhere, address: None, reason: reason() })
        }
        CommandKind::ReplaceCode => Command::ReplaceCode(ReplaceCode { reason: reason() }),
        CommandKind::Absorb => Command::Absorb(Absorb { from: nobody }),
        CommandKind::Remind => Command::Remind(Remind {}),
        CommandKind::MarkOverdue => Command::MarkOverdue(MarkOverdue {}),
        CommandKind::Lapse => Command::Lapse(Lapse {}),
        CommandKind::CloseUnanswered => Command::CloseUnanswered(CloseUnanswered {}),
        CommandKind::RecomputeClock => Command::RecomputeClock(RecomputeClock {}),
        CommandKind::AcceptMediation => Command::AcceptMediation(c::AcceptMediation {
            origin: Origin::Application,
            parties: Vec::new(),
            mediator: None,
        }),
        CommandKind::DeclineMediation => {
            Command::DeclineMediation(c::DeclineMediation { bar: Bar::Reserved, words: words() })
        }
        CommandKind::AddParty => Command::AddParty(c::AddParty { party: party() }),
        CommandKind::CorrectParty => Command::CorrectParty(c::CorrectParty { no: 0, party: party() }),
        CommandKind::ReplacePartyCode => {
            Command::ReplacePartyCode(c::ReplacePartyCode { party: 0, reason: words() })
        }
        CommandKind::RecordConsent => Command::RecordConsent(c::RecordConsent {
            parties: Vec::new(),
            way: Way::Spoken,
            rights: Way::Spoken,
        }),
        CommandKind::Consent => Command::Consent(c::Consent {}),
        CommandKind::Refuse => Command::Refuse(c::Refuse { words: None }),
        CommandKind::AnswerSafety => Command::AnswerSafety(c::AnswerSafety { party: None, violence: true }),
        CommandKind::NoteIdentity => {
            Command::NoteIdentity(c::NoteIdentity { party: 0, paper: IdentityPaper::Other })
        }
        CommandKind::FileDossier => {
            Command::FileDossier(c::FileDossier { papers: Vec::new(), retention: None, words: None })
        }
        CommandKind::NameMediator => Command::NameMediator(c::NameMediator { mediator: no_mediator }),
        CommandKind::ChooseMediator => Command::ChooseMediator(c::ChooseMediator { mediator: no_mediator }),
        CommandKind::AskOtherMediator => Command::AskOtherMediator(c::AskOtherMediator { reason: None }),
        CommandKind::ChooseMethod => {
            Command::ChooseMethod(c::ChooseMethod { method: Some(MethodId(uuid::Uuid::nil())) })
        }
        CommandKind::DeclareConflict => Command::DeclareConflict(c::DeclareConflict { reason: words() }),
        CommandKind::AskParties => {
            // Once there is an agreement, the court's confirmation is all that is left to ask.
            let talking = matter.stage == Stage::Mediating;
            let other = c::Asked::Participant { role: ParticipantKind::Other, name: words() };
            let about = if talking { other } else { c::Asked::Confirmation { court: None } };
            Command::AskParties(c::AskParties { about })
        }
        CommandKind::AnswerQuestion => {
            Command::AnswerQuestion(c::AnswerQuestion { question: 0, yes: true, party: None, way: None })
        }
        CommandKind::TellPolice => Command::TellPolice(c::TellPolice { reason: words() }),
        CommandKind::ProposeTimes => {
            Command::ProposeTimes(c::ProposeTimes { times: Vec::new(), words: None })
        }
        CommandKind::SetSession => Command::SetSession(c::SetSession {
            starts_at,
            minutes,
            form: SessionForm::Apart,
            with: None,
            open: false,
            venue: Venue::Committee,
            place: None,
        }),
        CommandKind::MoveSession => {
            Command::MoveSession(c::MoveSession { session: 0, starts_at, minutes, reason: words() })
        }
        CommandKind::CancelSession => {
            Command::CancelSession(c::CancelSession { session: 0, reason: words() })
        }
        CommandKind::HoldSession => Command::HoldSession(c::HoldSession {
            session: None,
            started_at: None,
            minutes,
            form: Some(SessionForm::Apart),
            with: None,
            venue: None,
            present: Vec::new(),
            participants: Vec::new(),
            words: words(),
            photos: Vec::new(),
        }),
        CommandKind::NoteCaucus => Command::NoteCaucus(c::NoteCaucus { party: 0, words: words() }),
        CommandKind::SpeakInPrivate => Command::SpeakInPrivate(c::SpeakInPrivate { words: words() }),
        CommandKind::ProposeAgreement => {
            Command::ProposeAgreement(c::ProposeAgreement { facts: words(), clauses: Vec::new() })
        }
        CommandKind::AgreeOrally => {
            Command::AgreeOrally(c::AgreeOrally { facts: words(), clauses: Vec::new() })
        }
        CommandKind::Sign => Command::Sign(c::Sign { version: 0 }),
        CommandKind::SignOnPaper => {
            Command::SignOnPaper(c::SignOnPaper { version: 0, party: 0, photos: Vec::new() })
        }
        CommandKind::SealAgreement => Command::SealAgreement(c::SealAgreement { version: 0 }),
        CommandKind::RecordPerformance => Command::RecordPerformance(c::RecordPerformance {
            clause: 0,
            result: ClauseResult::NotPerformed,
            on: None,
            words: None,
            photos: Vec::new(),
        }),
        CommandKind::Visit => Command::Visit(c::Visit { words: words() }),
        CommandKind::RecordConfirmation => Command::RecordConfirmation(c::RecordConfirmation {
            result: ConfirmationState::Confirmed,
            words: words(),
        }),
        CommandKind::HandOver => {
            Command::HandOver(c::HandOver { channel: String::new(), unit: None, words: words() })
        }
        CommandKind::AnswerHandOver => {
            Command::AnswerHandOver(c::AnswerHandOver { accept: true, words: words() })
        }
        CommandKind::ReportResult => {
            Command::ReportResult(c::ReportResult { settled: false, words: words() })
        }
        CommandKind::RemindClause => Command::RemindClause(c::RemindClause { clause: 0 }),
        CommandKind::MarkClauseOverdue => Command::MarkClauseOverdue(c::MarkClauseOverdue { clause: 0 }),
        CommandKind::LapseConfirmation => Command::LapseConfirmation(c::LapseConfirmation {}),
    }
}
