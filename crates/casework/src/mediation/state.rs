//! What a mediation is at a moment, as its events make it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Agreement, Confirmation, IdentityPaper};
use crate::{
    clock::Clock,
    id::{AccountId, MethodId, TextId, UnitId},
    matter::MediationResult,
    register::CommitteeKind,
    text::TextRef,
    word::words,
};

words! {
    /// On whose side a party stands.
    PartySide {
        /// 申请人
        Applicant = "applicant",
        /// 被申请人
        Respondent = "respondent",
        /// 第三人
        Third = "third",
    }
}

words! {
    /// Where a mediation came from, as the Ministry's statistics ask.
    Origin {
        /// 依申请
        Application = "application",
        /// 主动调解
        OwnInitiative = "own_initiative",
        /// 法院委托
        Court = "court",
        /// 检察院移送
        Procuratorate = "procuratorate",
        /// 公安移送
        Police = "police",
        /// 信访移送
        PetitionOffice = "petition_office",
        /// 其他移送
        Other = "other",
    }
}

words! {
    /// Why a dispute cannot be mediated by the people's mediation (notice of acceptance of the Ministry's forms).
    Bar {
        /// A court has taken it.
        AtCourt = "at_court",
        /// Police or another authority has taken it.
        AtAuthority = "at_authority",
        /// The law reserves it to another body, or forbids mediation.
        Reserved = "reserved",
    }
}

words! {
    /// How somebody was told, or agreed.
    Way { Page = "page", Spoken = "spoken", Phone = "phone", Paper = "paper" }
}

words! {
    /// Whether the parties sit together.
    SessionForm { Together = "together", Apart = "apart" }
}

words! {
    /// Where a session is held.
    Venue {
        /// 调解室
        Committee = "committee",
        /// 逢四说事室
        TalkRoom = "talk_room",
        /// 板凳会
        Doorstep = "doorstep",
        /// At the place of the dispute.
        Place = "place",
        /// By telephone or video.
        Remote = "remote",
        Elsewhere = "elsewhere",
    }
}

words! {
    /// What became of a session.
    SessionState { Set = "set", Held = "held", Cancelled = "cancelled" }
}

words! {
    /// Who else may join, with the parties' consent (RMTJF art. 20).
    ParticipantKind {
        Relative = "relative", Neighbour = "neighbour", Colleague = "colleague", Expert = "expert",
        Lawyer = "lawyer", Interpreter = "interpreter", Other = "other",
    }
}

words! {
    /// Where a hand-over stands.
    HandOverState { Sent = "sent", Accepted = "accepted", Returned = "returned", Settled = "settled", NotSettled = "not_settled" }
}

words! {
    /// Where a mediation stands.
    Step {
        /// Waits to be taken on.
        Opened = "opened",
        /// Waits for the parties' consent.
        Consent = "consent",
        /// The parties and the mediator talk.
        Talks = "talks",
        /// An agreement waits to be signed.
        Signing = "signing",
        /// Another road has it.
        HandedOver = "handed_over",
        /// Agreed: clauses are being performed.
        Performing = "performing",
        /// Nothing is owed any more.
        Ended = "ended",
    }
}

/// A channel 渠道: one of the roads by which a dispute is settled, with its clock. Data of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Channel {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Whether a committee of the site mediates in it; other channels are handed over to.
    #[serde(default)]
    pub mediates: bool,
    /// The limit of its proceeding, by code.
    pub limit: String,
    /// What it takes and when, in words.
    pub admission: String,
    /// The same in English.
    pub admission_en: String,
    /// The kind of committee whose channel it is; none: any general committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeKind>,
    /// Dispute categories it takes: beginnings of codes; empty for every dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
}

impl Channel {
    /// Whether it takes disputes of a category.
    #[must_use]
    pub fn takes(&self, category: Option<&str>) -> bool {
        self.categories.is_empty()
            || category.is_some_and(|category| self.categories.iter().any(|code| category.starts_with(code)))
    }
}

/// The channel of a mediation of which nothing else is said.
pub const DEFAULT_CHANNEL: &str = "people";

/// The local method that the mediator goes by, in the version that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MethodRef {
    /// Which.
    pub id: MethodId,
    /// In which version.
    pub version: u32,
}

/// A party's own yes to the mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// How it was given.
    pub way: Way,
    /// When.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
}

/// A party, by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its number in the matter, from 1.
    pub no: u8,
    /// Its side.
    pub side: PartySide,
    /// Whether it is an organisation and not a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub organisation: bool,
    /// Name, phone, address: one erasable text.
    pub words: TextId,
    /// Its consent to this mediation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The answer to the question about violence at home: `true` says that there is some. A yes stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violence: Option<bool>,
    /// Which papers it showed to say who it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<IdentityPaper>,
    /// The mediator whom it chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chose: Option<AccountId>,
    /// How often it asked for another mediator.
    #[serde(default)]
    pub asked_other: u8,
    /// How often its access code was replaced.
    #[serde(default)]
    pub code_version: u32,
    /// The mediators who could read its present access code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_to: Vec<AccountId>,
}

/// What all parties are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// May this person join?
    Participant {
        /// Who, in kind.
        role: ParticipantKind,
        /// The name.
        name: TextRef,
    },
    /// May others listen?
    OpenSessions,
    /// May it take longer?
    Extension {
        /// Calendar days.
        days: u32,
    },
    /// Shall the court confirm the agreement?
    Confirmation {
        /// Which court.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        court: Option<TextRef>,
    },
}

impl About {
    /// Whether it asks for the same as another; of a confirmation there is one, whichever court is named.
    #[must_use]
    pub(crate) fn asks_as(&self, other: &Self) -> bool {
        self == other || matches!((self, other), (Self::Confirmation { .. }, Self::Confirmation { .. }))
    }
}

/// A question to all parties and their answers. It holds when each has said yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its number, from 1.
    pub no: u8,
    /// What is asked.
    pub about: About,
    /// Who said yes.
    pub yes: Vec<u8>,
    /// Somebody said no.
    pub declined: bool,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its number, from 1.
    pub no: u8,
    /// When it begins.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub starts_at: Timestamp,
    /// When it ends.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub ends_at: Timestamp,
    /// Together or apart.
    pub form: SessionForm,
    /// With which party, when apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<u8>,
    /// Whether others may listen.
    #[serde(default)]
    pub open: bool,
    /// Where.
    pub venue: Venue,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<TextId>,
    /// What became of it.
    pub state: SessionState,
    /// Who sat there, or had called it off. One that is set is always that of the matter's mediator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<AccountId>,
    /// How often it was moved.
    #[serde(default)]
    pub moves: u8,
}

/// A hand-over to another road.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Its number, from 1.
    pub no: u8,
    /// The channel.
    pub channel: String,
    /// The unit, when the site knows the body; otherwise the mediator reports its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Where it stands.
    pub state: HandOverState,
    /// The clock of the mediation as it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood: Option<Clock>,
    /// Since when it stands still.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub since: Timestamp,
}

/// A mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mediation {
    /// Its channel, by code.
    pub channel: String,
    /// Where it came from; nothing while nobody took it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The parties.
    pub parties: Vec<Party>,
    /// Who mediates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<AccountId>,
    /// Mediators who stepped back or were asked away: none of them is named again, none reads what is private.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stepped_back: Vec<AccountId>,
    /// The method that the mediator goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodRef>,
    /// What the parties were asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// The sessions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// The agreement, proposed or in effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// Its confirmation by the court.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    /// Hand-overs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_overs: Vec<HandOver>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<MediationResult>,
    /// When.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "jiff::fmt::serde::timestamp::microsecond::optional"
    )]
    pub concluded_at: Option<Timestamp>,
}

impl Mediation {
    /// A mediation that begins. The parties of an earlier one are kept, what they agreed to then is not.
    #[must_use]
    pub(crate) fn opened(channel: String, earlier: Option<&Self>) -> Self {
        let again = |party: &Party| Party {
            consent: None,
            violence: party.violence,
            identity: Vec::new(),
            chose: None,
            ..party.clone()
        };
        Self {
            channel,
            origin: None,
            parties: earlier.map(|earlier| earlier.parties.iter().map(again).collect()).unwrap_or_default(),
            mediator: None,
            stepped_back: earlier.map(|earlier| earlier.stepped_back.clone()).unwrap_or_default(),
            method: None,
            questions: Vec::new(),
            sessions: Vec::new(),
            agreement: None,
            confirmation: None,
            hand_overs: Vec::new(),
            result: None,
            concluded_at: None,
        }
    }

    /// Whether somebody who does not mediate any more could read a party's access code. The code opens its page as before, only not
    /// its private room: a party must not lose its page because its mediator goes, nor be overheard by one who has gone.
    #[must_use]
    pub fn code_is_known(&self, no: u8) -> bool {
        // While nobody mediates, whoever of the committee has not stepped back gives the codes out.
        let gone = |account: &AccountId| match self.mediator {
            Some(mediator) => mediator != *account,
            None => self.stepped_back.contains(account),
        };
        self.party(no).is_some_and(|party| party.known_to.iter().any(gone))
    }

    /// From when to when the sessions begin that are set.
    #[must_use]
    pub fn set_between(&self) -> Option<(Timestamp, Timestamp)> {
        let set = self.sessions.iter().filter(|session| session.state == SessionState::Set);
        let begins = || set.clone().map(|session| session.starts_at);
        begins().min().zip(begins().max())
    }

    /// The party with a number.
    #[must_use]
    pub fn party(&self, no: u8) -> Option<&Party> {
        self.parties.iter().find(|party| party.no == no)
    }

    /// Whether there are two sides, and each party has consented.
    #[must_use]
    pub fn all_consent(&self) -> bool {
        self.has_two_sides() && self.parties.iter().all(|party| party.consent.is_some())
    }

    /// Whether somebody stands on either side.
    #[must_use]
    pub fn has_two_sides(&self) -> bool {
        let on = |side| self.parties.iter().any(|party| party.side == side);
        on(PartySide::Applicant) && on(PartySide::Respondent)
    }

    /// Whether any party spoke of violence at home.
    #[must_use]
    pub fn violence(&self) -> bool {
        self.parties.iter().any(|party| party.violence == Some(true))
    }

    /// Whether each party has answered the question about violence at home, and none said yes.
    #[must_use]
    pub fn may_sit_together(&self) -> bool {
        !self.parties.is_empty() && self.parties.iter().all(|party| party.violence == Some(false))
    }

    /// Whether all parties said yes to a question.
    #[must_use]
    pub fn holds(&self, question: &Question) -> bool {
        !question.declined && self.parties.iter().all(|party| question.yes.contains(&party.no))
    }

    /// Whether others may listen: each party said so (RMTJF art. 23).
    #[must_use]
    pub fn may_be_open(&self) -> bool {
        self.questions.iter().any(|question| question.about == About::OpenSessions && self.holds(question))
    }

    /// The question with a number.
    #[must_use]
    pub fn question(&self, no: u8) -> Option<&Question> {
        self.questions.iter().find(|question| question.no == no)
    }

    /// The session with a number.
    #[must_use]
    pub fn session(&self, no: u8) -> Option<&Session> {
        self.sessions.iter().find(|session| session.no == no)
    }

    /// The agreement in effect.
    #[must_use]
    pub fn in_effect(&self) -> Option<&Agreement> {
        self.agreement.as_ref().filter(|agreement| agreement.effective_at.is_some())
    }

    /// The hand-over that has not come back.
    #[must_use]
    pub fn handed_over(&self) -> Option<&HandOver> {
        self.hand_overs
            .iter()
            .find(|hand_over| matches!(hand_over.state, HandOverState::Sent | HandOverState::Accepted))
    }

    /// Where it stands.
    #[must_use]
    pub fn step(&self) -> Step {
        let performing =
            |agreement: &Agreement| agreement.clauses.iter().any(|clause| clause.result.is_none());
        match (&self.agreement, self.result) {
            (Some(agreement), Some(MediationResult::Agreement)) if performing(agreement) => Step::Performing,
            (_, Some(_)) => Step::Ended,
            _ if self.handed_over().is_some() => Step::HandedOver,
            _ if self.origin.is_none() => Step::Opened,
            _ if !self.all_consent() => Step::Consent,
            (Some(agreement), None) if agreement.effective_at.is_none() => Step::Signing,
            (_, None) => Step::Talks,
        }
    }
}
