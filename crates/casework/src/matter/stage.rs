//! Classes, stages, outcomes and the other short lists of a matter's life.

use crate::word::words;

words! {
    /// What kind of matter it is. The letter is the field's own short form.
    Class {
        /// 矛盾纠纷
        Dispute = "dispute" | "A",
        /// 安全隐患
        Hazard = "hazard" | "B",
        /// 求助
        Service = "service" | "C",
        /// 市容环境设施
        Environment = "environment" | "D",
        /// 建议
        Suggestion = "suggestion" | "E",
        /// 信访投诉
        Petition = "petition" | "F",
        /// 咨询
        Enquiry = "enquiry" | "G",
    }
}

words! {
    /// How much hurry there is. It chooses the clock and nothing else.
    Urgency {
        /// 危及生命
        Life = "life",
        /// 紧急
        Urgent = "urgent",
        /// 一般
        Normal = "normal",
    }
}

words! {
    /// The way a matter came in.
    Source { Resident = "resident", GridWorker = "grid_worker", Visit = "visit", Call = "call", TalkDay = "talk_day", Inspection = "inspection", Import = "import" }
}

words! {
    /// Where a matter stands.
    Stage {
        /// 已上报
        Reported = "reported",
        /// 待补充
        AwaitingReporter = "awaiting_reporter",
        /// 筛选
        Screening = "screening",
        /// 已分派
        Dispatched = "dispatched",
        /// 待裁定
        AwaitingRuling = "awaiting_ruling",
        /// 办理中
        Handling = "handling",
        /// 调解中
        Mediating = "mediating",
        /// 核查
        Verifying = "verifying",
        /// 回访
        FollowUp = "follow_up",
        /// 办结归档
        Closed = "closed",
    }
}

words! {
    /// How a closed matter ended.
    Outcome {
        /// 办结
        Done = "done",
        /// 化解
        Settled = "settled",
        /// 销号
        StruckOff = "struck_off",
        /// 答复
        Answered = "answered",
        /// 告知
        Guided = "guided",
        /// 合并
        Merged = "merged",
        /// 撤回
        Withdrawn = "withdrawn",
        /// 未补充
        NotSupplied = "not_supplied",
        /// 不愿调解
        Refused = "refused",
        /// 未能化解
        Failed = "failed",
        /// 不属实
        Unfounded = "unfounded",
    }
}

words! {
    /// What came of the work, as the one who did it says.
    WorkResult { Done = "done", Failed = "failed", Unfounded = "unfounded" }
}

words! {
    /// How a mediation ended.
    MediationResult { Agreement = "agreement", Refused = "refused", Stopped = "stopped", Failed = "failed" }
}

words! {
    /// What the reporter says of the result.
    Answer { Satisfied = "satisfied", Unhappy = "unhappy", NoAnswer = "no_answer" }
}

words! {
    /// The four levels of supervision 督办.
    SupervisionLevel {
        /// 提醒
        Remind = "remind",
        /// 催办
        Urge = "urge",
        /// 督办函
        Letter = "letter",
        /// 挂牌
        Listed = "listed",
    }
}

/// Who judges whether work was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// Somebody other than the handler, at the place, with photos.
    AtThePlace,
    /// Each party's own word to the centre.
    PartiesToTheCentre,
    /// The reporter, or the centre's call-back.
    Reporter,
    /// Nobody: the answer itself is the result.
    None,
}

impl Class {
    /// The letter A to G.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Dispute => 'A',
            Self::Hazard => 'B',
            Self::Service => 'C',
            Self::Environment => 'D',
            Self::Suggestion => 'E',
            Self::Petition => 'F',
            Self::Enquiry => 'G',
        }
    }

    /// Who verifies matters of this class.
    #[must_use]
    pub fn verification(self) -> Verification {
        match self {
            Self::Dispute => Verification::PartiesToTheCentre,
            Self::Hazard | Self::Environment => Verification::AtThePlace,
            Self::Service | Self::Petition => Verification::Reporter,
            Self::Suggestion | Self::Enquiry => Verification::None,
        }
    }

    /// The outcome when the work succeeded.
    #[must_use]
    pub fn outcome_when_done(self) -> Outcome {
        match self {
            Self::Dispute => Outcome::Settled,
            Self::Hazard => Outcome::StruckOff,
            Self::Service | Self::Environment => Outcome::Done,
            Self::Suggestion | Self::Petition | Self::Enquiry => Outcome::Answered,
        }
    }

    /// The stage that follows finished work.
    #[must_use]
    pub fn stage_after_work(self) -> Stage {
        match self.verification() {
            Verification::None => Stage::FollowUp,
            Verification::AtThePlace | Verification::PartiesToTheCentre | Verification::Reporter => {
                Stage::Verifying
            }
        }
    }
}

impl Outcome {
    /// Whether the matter counts as handled (办结).
    #[must_use]
    pub fn is_handled(self) -> bool {
        match self {
            Self::Done | Self::Settled | Self::StruckOff | Self::Answered => true,
            Self::Guided
            | Self::Merged
            | Self::Withdrawn
            | Self::NotSupplied
            | Self::Refused
            | Self::Failed
            | Self::Unfounded => false,
        }
    }
}
