//! One command of each name, in a few variations, that is well formed and may be possible.

use super::{
    mediating::parties,
    scenario::{command, fresh, photos},
};
use crate::matter::{Class, Command, CommandKind};

/// The matter that samples name when they join matters.
pub(crate) const OTHER: u128 = 2;

fn pick<T: Copy>(list: &[T], variation: u8) -> T {
    list[usize::from(variation) % list.len()]
}

/// A command of a name.
#[allow(clippy::too_many_lines, reason = "one arm for each command: the compiler's checklist")]
pub(crate) fn sample(kind: CommandKind, variation: u8) -> Command {
    match kind {
        CommandKind::Admit => {
            let about = pick(&[None, None, None, Some("421321.water"), Some("421321117.urban")], variation);
            command!(admit, "urgency": pick(&[None, Some("urgent"), Some("life")], variation), "about_unit": about)
        }
        CommandKind::Settle => command!(settle, "words": "已办", "photos": photos(1)),
        CommandKind::Ask => command!(ask, "words": "在哪一户？"),
        CommandKind::Guide => command!(guide, "route": "court"),
        CommandKind::Merge => command!(merge, "into": fresh(OTHER).id),
        CommandKind::Dispatch => match variation % 3 {
            0 => command!(dispatch, "unit": "421321117.construction"),
            1 => command!(dispatch, "unit": "421321117.urban"),
            _ => {
                command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}])
            }
        },
        CommandKind::Escalate => command!(escalate, "reason": "跨镇"),
        CommandKind::SendDown => {
            command!(send_down, "unit": pick(&["421321117204.centre", "421321117.centre"], variation), "reason": "就近")
        }
        CommandKind::OpenMediation => command!(open_mediation, "unit": "421321117.mediation"),
        CommandKind::Split => command!(split, "parts": [{"words": "一"}, {"words": "二"}]),
        CommandKind::SignFor => command!(sign_for),
        CommandKind::Return => command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"),
        CommandKind::Object => command!(object, "reason": "清单第 3 条"),
        CommandKind::Rule => {
            command!(rule, "unit": pick(&["421321117.urban", "421321117.construction"], variation), "reason": "归口")
        }
        CommandKind::Progress => command!(progress, "words": "正在办", "photos": photos(1)),
        CommandKind::CoAnswer => command!(co_answer, "words": "已配合"),
        CommandKind::AskExtension => command!(ask_extension, "days": 1 + variation % 10, "reason": "等配件"),
        CommandKind::DecideExtension => {
            command!(decide_extension, "approve": variation.is_multiple_of(2), "reason": "同意与否")
        }
        CommandKind::Suspend => command!(suspend, "because": "weather", "until": "2024-05-20"),
        CommandKind::Resume => command!(resume),
        CommandKind::Complete => command!(
            complete, "result": pick(&["done", "done", "done", "unfounded", "failed"], variation),
            "words": "已办", "photos": photos(1)
        ),
        CommandKind::ConcludeMediation => command!(
            conclude_mediation, "result": pick(&["refused", "stopped", "failed"], variation),
            "words": "结果如下", "roads": ["court"]
        ),
        CommandKind::Pass => command!(pass, "photos": photos(1)),
        CommandKind::Fail => command!(fail, "reason": "没有修好", "photos": photos(1)),
        CommandKind::CallBack => command!(
            call_back, "answer": pick(&["satisfied", "unhappy", "unhappy", "no_answer"], variation), "words": "来话"
        ),
        CommandKind::DecideRework => {
            command!(decide_rework, "redo": variation.is_multiple_of(2), "reason": "看过现场")
        }
        CommandKind::Archive => command!(archive),
        CommandKind::Supply => command!(supply, "words": "补充"),
        CommandKind::Urge => command!(urge),
        CommandKind::Rate => {
            command!(rate, "answer": pick(&["satisfied", "unhappy", "unhappy"], variation), "words": "评价")
        }
        CommandKind::Reopen => command!(reopen, "reason": "又坏了"),
        CommandKind::Withdraw => command!(withdraw),
        CommandKind::Note => command!(note, "words": "备注"),
        CommandKind::Attach => command!(attach, "photos": photos(1)),
        CommandKind::Supervise => command!(
            supervise, "level": pick(&["remind", "urge", "letter", "listed"], variation), "words": "请办"
        ),
        CommandKind::Consult => command!(consult, "units": ["421321117.justice"], "words": "分工"),
        CommandKind::Link => command!(link, "to": fresh(OTHER).id),
        // It is the committee itself that the dispute is about.
        CommandKind::Reclassify if variation % 8 == 7 => command!(
            reclassify, "class": Class::Dispute, "urgency": "normal", "reason": "更正",
            "about_unit": "421321117.mediation"
        ),
        CommandKind::Reclassify => command!(
            reclassify, "class": pick(&["A", "B", "C", "D", "E", "F", "G"], variation),
            "urgency": pick(&["normal", "urgent", "life"], variation), "reason": "更正",
            "about_unit": (variation % 8 == 5).then_some("421321117.construction")
        ),
        CommandKind::CorrectPlace => command!(
            correct_place, "place": {"area": pick(&["421321117205", "421321117204"], variation)}, "reason": "更正"
        ),
        CommandKind::ReplaceCode => command!(replace_code, "reason": "当面核对"),
        CommandKind::Absorb => command!(absorb, "from": fresh(OTHER).id),
        CommandKind::Remind => command!(remind),
        CommandKind::MarkOverdue => command!(mark_overdue),
        CommandKind::Lapse => command!(lapse),
        CommandKind::CloseUnanswered => command!(close_unanswered),
        CommandKind::RecomputeClock => command!(recompute_clock),
        CommandKind::AcceptMediation
        | CommandKind::DeclineMediation
        | CommandKind::AddParty
        | CommandKind::CorrectParty
        | CommandKind::ReplacePartyCode
        | CommandKind::RecordConsent
        | CommandKind::Consent
        | CommandKind::Refuse
        | CommandKind::AnswerSafety
        | CommandKind::NoteIdentity
        | CommandKind::FileDossier
        | CommandKind::NameMediator
        | CommandKind::ChooseMediator
        | CommandKind::AskOtherMediator
        | CommandKind::DeclareConflict
        | CommandKind::ChooseMethod
        | CommandKind::AskParties
        | CommandKind::AnswerQuestion
        | CommandKind::TellPolice
        | CommandKind::ProposeTimes
        | CommandKind::SetSession
        | CommandKind::MoveSession
        | CommandKind::CancelSession
        | CommandKind::HoldSession
        | CommandKind::NoteCaucus
        | CommandKind::SpeakInPrivate
        | CommandKind::ProposeAgreement
        | CommandKind::AgreeOrally
        | CommandKind::Sign
        | CommandKind::SignOnPaper
        | CommandKind::SealAgreement
        | CommandKind::RecordPerformance
        | CommandKind::Visit
        | CommandKind::RecordConfirmation
        | CommandKind::HandOver
        | CommandKind::AnswerHandOver
        | CommandKind::ReportResult
        | CommandKind::RemindClause
        | CommandKind::MarkClauseOverdue
        | CommandKind::LapseConfirmation => of_mediation(kind, variation),
    }
}

/// A command of mediation.
#[allow(clippy::wildcard_enum_match_arm, reason = "the list above is the compiler's checklist")]
#[allow(clippy::too_many_lines, reason = "one arm for each command")]
fn of_mediation(kind: CommandKind, variation: u8) -> Command {
    let party = 1 + variation % 2;
    let noted = pick(&[None, Some(1), Some(2)], variation);
    match kind {
        CommandKind::AcceptMediation => {
            let mediator = pick(&[None, None, Some("00000000-0000-0000-0000-000000000017")], variation);
            command!(accept_mediation, "origin": "application", "parties": parties(), "mediator": mediator)
        }
        CommandKind::DeclineMediation => {
            command!(decline_mediation, "bar": "at_court", "words": "法院已受理")
        }
        CommandKind::AddParty => command!(add_party, "party": {"side": "third", "name": "丙某"}),
        CommandKind::CorrectParty => {
            command!(correct_party, "no": 1, "party": {"side": "applicant", "name": "甲某某"})
        }
        CommandKind::ReplacePartyCode => command!(replace_party_code, "party": party, "reason": "当面核对"),
        CommandKind::RecordConsent => {
            let parties = pick(&[[1, 2], [1, 1], [2, 2]], variation);
            command!(record_consent, "parties": parties, "way": "spoken", "rights": "paper")
        }
        CommandKind::Consent => command!(consent),
        CommandKind::Refuse => command!(refuse),
        CommandKind::AnswerSafety => {
            command!(answer_safety, "party": noted, "violence": variation.is_multiple_of(9))
        }
        CommandKind::NoteIdentity => {
            command!(note_identity, "party": party, "paper": pick(&["resident_card", "other"], variation / 2))
        }
        CommandKind::FileDossier => {
            command!(file_dossier, "papers": ["registration", "session"], "retention": "long", "words": "（2024）调字第3号")
        }
        CommandKind::NameMediator => {
            command!(name_mediator, "mediator": "00000000-0000-0000-0000-000000000017")
        }
        CommandKind::ChooseMediator => {
            command!(choose_mediator, "mediator": "00000000-0000-0000-0000-000000000017")
        }
        CommandKind::AskOtherMediator => command!(ask_other_mediator, "reason": "想换一位"),
        CommandKind::ChooseMethod => command!(choose_method, "method": super::methods::fence().id),
        CommandKind::DeclareConflict => command!(declare_conflict, "reason": "亲戚"),
        CommandKind::AskParties => match variation % 4 {
            0 => {
                command!(ask_parties, "about": {"kind": "participant", "role": "neighbour", "name": "邻居某"})
            }
            1 => command!(ask_parties, "about": {"kind": "open_sessions"}),
            2 => command!(ask_parties, "about": {"kind": "extension", "days": 10}),
            _ => command!(ask_parties, "about": {"kind": "confirmation"}),
        },
        CommandKind::AnswerQuestion => command!(
            answer_question, "question": 1 + variation % 3, "yes": !variation.is_multiple_of(5), "party": noted,
            "way": noted.map(|_| "phone")
        ),
        CommandKind::TellPolice => command!(tell_police, "reason": "扬言动手"),
        CommandKind::ProposeTimes => {
            command!(
                propose_times, "times": [{"starts_at": "2024-03-05T09:00:00+08:00", "minutes": 60}], "words": "晚上都行"
            )
        }
        CommandKind::SetSession => command!(
            set_session, "starts_at": "2024-03-05T10:00:00+08:00", "minutes": 60, "form": pick(&["apart", "together"], variation),
            "with": party, "venue": "committee"
        ),
        CommandKind::MoveSession => {
            command!(move_session, "session": 1, "starts_at": "2024-03-06T10:00:00+08:00", "minutes": 60, "reason": "农忙")
        }
        CommandKind::CancelSession => command!(cancel_session, "session": 1, "reason": "不用了"),
        CommandKind::HoldSession => match variation % 2 {
            0 => {
                command!(hold_session, "minutes": 30, "form": "apart", "with": 1, "present": [1], "words": "记录")
            }
            _ => {
                command!(hold_session, "minutes": 30, "form": "together", "present": [1, 2], "words": "记录")
            }
        },
        CommandKind::NoteCaucus => command!(note_caucus, "party": party, "words": "单独说的话"),
        CommandKind::SpeakInPrivate => command!(speak_in_private, "words": "悄悄说的话"),
        CommandKind::ProposeAgreement => {
            command!(propose_agreement, "facts": "经过", "clauses": far_clauses())
        }
        CommandKind::AgreeOrally => command!(agree_orally, "facts": "经过", "clauses": far_clauses()),
        CommandKind::Sign => command!(sign, "version": 1 + variation / 2 % 3),
        CommandKind::SignOnPaper => {
            command!(sign_on_paper, "version": 1 + variation / 2 % 3, "party": party, "photos": photos(1))
        }
        CommandKind::SealAgreement => command!(seal_agreement, "version": 1 + variation % 3),
        CommandKind::RecordPerformance => command!(
            record_performance, "clause": party, "result": pick(&["performed", "not_performed"], variation / 2), "words": "转账记录"
        ),
        CommandKind::Visit => command!(visit, "words": "上门看过"),
        CommandKind::RecordConfirmation => command!(
            record_confirmation, "result": pick(&["confirmed", "dismissed", "inadmissible"], variation), "words": "裁定"
        ),
        CommandKind::HandOver => command!(
            hand_over, "channel": "court", "words": "可以起诉",
            "unit": pick(&[None, Some("421321117.justice"), Some("421321.mediation")], variation)
        ),
        CommandKind::AnswerHandOver => {
            command!(answer_hand_over, "accept": variation.is_multiple_of(2), "words": "收到")
        }
        CommandKind::ReportResult => {
            command!(report_result, "settled": variation.is_multiple_of(2), "words": "判决")
        }
        CommandKind::RemindClause => command!(remind_clause, "clause": party),
        CommandKind::MarkClauseOverdue => command!(mark_clause_overdue, "clause": party),
        _ => command!(lapse_confirmation),
    }
}

/// Clauses that no life outlives before they are agreed on.
fn far_clauses() -> serde_json::Value {
    serde_json::json!([
        {"by": 1, "words": "挪围栏", "due_on": "2034-03-20"},
        {"by": 2, "words": "付钱", "due_on": "2034-04-01", "fen": 100_000},
    ])
}
