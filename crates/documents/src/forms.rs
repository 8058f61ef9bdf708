//! The forms: each file below holds one, word for word, from its title to the last line to sign.
//!
//! They follow the Ministry's formats of 2010 in the order in which a dossier is bound. Standing texts that change by version
//! lie in `texts/`. A form takes the dossier and fills a [`Document`](crate::page::Document); what is missing stays a blank.

mod acceptance;
mod agreement;
mod application;
mod authorisation;
mod back_cover;
mod confirmation;
mod contents;
mod cover;
mod ending;
mod evidence;
mod identity;
mod investigation;
mod parties;
mod performance;
mod registration;
mod rights;
mod session;
mod statement;
mod visit;

use serde::{Deserialize, Serialize};

pub use acceptance::acceptance;
pub use agreement::{agreement, oral_agreement};
pub use application::application;
pub use authorisation::authorisation;
pub use back_cover::back_cover;
pub use confirmation::{confirmation_application, confirmation_record, mediation_proof};
pub use contents::contents;
pub use cover::cover;
pub use ending::{not_accepted, other_roads};
pub use evidence::evidence;
pub use identity::identity;
pub use investigation::investigation;
pub use performance::performance;
pub use registration::registration;
pub use rights::rights;
pub use session::session;
pub use statement::statement;
pub use visit::visit;

/// Every form, in the order of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 封面
    Cover,
    /// 卷内目录
    Contents,
    /// 人民调解申请书
    Application,
    /// 人民调解受理登记表
    Registration,
    /// 受理通知书
    Acceptance,
    /// 不予受理告知书
    NotAccepted,
    /// 当事人权利义务告知书
    Rights,
    /// 当事人身份证明
    Identity,
    /// 授权委托书
    Authorisation,
    /// 调查记录
    Investigation,
    /// 证据材料
    Evidence,
    /// 人民调解记录
    Session,
    /// 人民调解协议书
    Agreement,
    /// 人民调解口头协议登记表
    OralAgreement,
    /// 调解终止告知书
    OtherRoads,
    /// 履行凭证
    Performance,
    /// 回访记录
    Visit,
    /// 司法确认申请书
    ConfirmationApplication,
    /// 调解组织主持调解证明
    MediationProof,
    /// 司法确认情况登记表
    ConfirmationRecord,
    /// 卷宗情况说明
    Statement,
    /// 封底
    BackCover,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 22] = [
        Self::Cover,
        Self::Contents,
        Self::Application,
        Self::Registration,
        Self::Acceptance,
        Self::NotAccepted,
        Self::Rights,
        Self::Identity,
        Self::Authorisation,
        Self::Investigation,
        Self::Evidence,
        Self::Session,
        Self::Agreement,
        Self::OralAgreement,
        Self::OtherRoads,
        Self::Performance,
        Self::Visit,
        Self::ConfirmationApplication,
        Self::MediationProof,
        Self::ConfirmationRecord,
        Self::Statement,
        Self::BackCover,
    ];

    /// Its title on paper.
    pub fn title(self) -> &'static str {
        self.names().1
    }

    /// Its name for readers of English; on paper it stands in Chinese alone.
    pub fn name_en(self) -> &'static str {
        self.names().2
    }

    /// Its stable name in JSON, which is also what an index refers to.
    pub fn code(self) -> &'static str {
        self.names().0
    }

    /// The form with a stable name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// Which of the Ministry's thirteen it is or belongs to; cover and index stand before them.
    pub fn of_thirteen(self) -> Option<u8> {
        match self {
            Self::Cover | Self::Contents => None,
            Self::Application | Self::Registration | Self::Acceptance | Self::NotAccepted => Some(1),
            Self::Rights => Some(2),
            Self::Identity => Some(3),
            Self::Authorisation => Some(4),
            Self::Investigation => Some(5),
            Self::Evidence => Some(6),
            Self::Session => Some(7),
            Self::Agreement | Self::OralAgreement | Self::OtherRoads => Some(8),
            Self::Performance => Some(9),
            Self::Visit => Some(10),
            Self::ConfirmationApplication | Self::MediationProof | Self::ConfirmationRecord => Some(11),
            Self::Statement => Some(12),
            Self::BackCover => Some(13),
        }
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Cover => ("cover", "封面", "Cover"),
            Self::Contents => ("contents", "卷内目录", "Index"),
            Self::Application => ("application", "人民调解申请书", "Application for mediation"),
            Self::Registration => ("registration", "人民调解受理登记表", "Registration of acceptance"),
            Self::Acceptance => ("acceptance", "受理通知书", "Notice of acceptance"),
            Self::NotAccepted => ("not_accepted", "不予受理告知书", "Notice of non-acceptance"),
            Self::Rights => ("rights", "当事人权利义务告知书", "Notice of rights and duties"),
            Self::Identity => ("identity", "当事人身份证明", "Proofs of identity"),
            Self::Authorisation => ("authorisation", "授权委托书", "Letter of authority"),
            Self::Investigation => ("investigation", "调查记录", "Record of an inquiry"),
            Self::Evidence => ("evidence", "证据材料", "Evidence"),
            Self::Session => ("session", "人民调解记录", "Record of mediation"),
            Self::Agreement => ("agreement", "人民调解协议书", "Mediation agreement"),
            Self::OralAgreement => {
                ("oral_agreement", "人民调解口头协议登记表", "Registration of an oral agreement")
            }
            Self::OtherRoads => ("other_roads", "调解终止告知书", "Notice of the end of mediation"),
            Self::Performance => ("performance", "履行凭证", "Receipt of performance"),
            Self::Visit => ("visit", "回访记录", "Record of a visit"),
            Self::ConfirmationApplication => {
                ("confirmation_application", "司法确认申请书", "Application for judicial confirmation")
            }
            Self::MediationProof => ("mediation_proof", "调解组织主持调解证明", "Proof of mediation"),
            Self::ConfirmationRecord => {
                ("confirmation_record", "司法确认情况登记表", "Record of judicial confirmation")
            }
            Self::Statement => ("statement", "卷宗情况说明", "Statement on the file"),
            Self::BackCover => ("back_cover", "封底", "Back cover"),
        }
    }
}
