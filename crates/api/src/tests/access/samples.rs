//! One command of each name with plausible fields.

use casework::{id::MatterId, matter::CommandKind};
use serde_json::{Value, json};
use uuid::Uuid;

/// A command of a name; joining commands name the other matter.
#[allow(clippy::too_many_lines, reason = "one arm for each command")]
#[allow(clippy::wildcard_enum_match_arm, reason = "mediation has a table of its own")]
pub(in crate::tests) fn sample(kind: CommandKind, other: MatterId) -> Value {
    let photos = [Uuid::from_u128(7)];
    let mut fields = match kind {
        CommandKind::Settle => json!({ "words": "已办", "photos": photos }),
        CommandKind::Ask => json!({ "words": "在哪一户？" }),
        CommandKind::Guide => json!({ "route": "court" }),
        CommandKind::Merge => json!({ "into": other }),
        CommandKind::Absorb => json!({ "from": other }),
        CommandKind::Link => json!({ "to": other }),
        CommandKind::Dispatch => json!({ "unit": "421321117.construction" }),
        CommandKind::Escalate => json!({ "reason": "跨镇" }),
        CommandKind::SendDown => json!({ "unit": "421321117204.centre", "reason": "就近" }),
        CommandKind::OpenMediation => json!({ "unit": "421321117.mediation" }),
        CommandKind::Split => json!({ "parts": [{ "words": "一" }, { "words": "二" }] }),
        CommandKind::Return => json!({ "basis": "not_our_duty", "reason": "清单第 3 条" }),
        CommandKind::Object | CommandKind::Reopen => json!({ "reason": "清单第 3 条" }),
        CommandKind::Rule => json!({ "unit": "421321117.urban", "reason": "归口" }),
        CommandKind::Progress => json!({ "words": "正在办" }),
        CommandKind::CoAnswer => json!({ "words": "已配合" }),
        CommandKind::AskExtension => json!({ "days": 2, "reason": "等配件" }),
        CommandKind::DecideExtension => json!({ "approve": true }),
        CommandKind::Suspend => json!({ "because": "weather", "until": "2024-03-20" }),
        CommandKind::Complete => json!({ "result": "done", "words": "已办", "photos": photos }),
        CommandKind::ConcludeMediation => {
            json!({ "result": "failed", "words": "没谈拢", "roads": ["court"] })
        }
        CommandKind::Pass => json!({ "photos": photos }),
        CommandKind::Fail => json!({ "reason": "没有修好", "photos": photos }),
        CommandKind::CallBack | CommandKind::Rate => json!({ "answer": "satisfied" }),
        CommandKind::DecideRework => json!({ "redo": true, "reason": "看过现场" }),
        CommandKind::Supply => json!({ "words": "补充" }),
        CommandKind::Note => json!({ "words": "备注" }),
        CommandKind::Attach => json!({ "photos": photos }),
        CommandKind::Supervise => json!({ "level": "urge", "words": "请办" }),
        CommandKind::Consult => json!({ "units": ["421321117.justice"], "words": "分工" }),
        CommandKind::Reclassify => json!({ "class": "suggestion", "reason": "更正" }),
        CommandKind::CorrectPlace => json!({ "place": { "area": "421321117205" }, "reason": "更正" }),
        CommandKind::ReplaceCode => json!({ "reason": "当面核对" }),
        CommandKind::Admit
        | CommandKind::SignFor
        | CommandKind::Resume
        | CommandKind::Archive
        | CommandKind::Urge
        | CommandKind::Withdraw
        | CommandKind::Remind
        | CommandKind::MarkOverdue
        | CommandKind::Lapse
        | CommandKind::CloseUnanswered
        | CommandKind::RecomputeClock => json!({}),
        _ => of_mediation(kind),
    };
    fields["type"] = json!(kind);
    fields
}

/// The fields of a command of mediation.
#[allow(clippy::wildcard_enum_match_arm, reason = "the commands that are left have no fields")]
fn of_mediation(kind: CommandKind) -> Value {
    let nobody = Uuid::from_u128(99);
    let party = json!({ "side": "third", "name": "丙某" });
    let clauses = json!([{ "by": 1, "words": "挪围栏", "due_on": "2034-03-20" }]);
    match kind {
        CommandKind::AcceptMediation => json!({ "origin": "application" }),
        CommandKind::DeclineMediation => json!({ "bar": "at_court", "words": "法院已受理" }),
        CommandKind::AddParty => json!({ "party": party }),
        CommandKind::CorrectParty => json!({ "no": 1, "party": party }),
        CommandKind::ReplacePartyCode => json!({ "party": 1, "reason": "当面核对" }),
        CommandKind::RecordConsent => json!({ "parties": [1], "way": "spoken", "rights": "spoken" }),
        CommandKind::AnswerSafety => json!({ "party": 1, "violence": false }),
        CommandKind::NoteIdentity => json!({ "party": 1, "paper": "resident_card" }),
        CommandKind::FileDossier => json!({ "papers": ["session"], "retention": "long" }),
        CommandKind::NameMediator | CommandKind::ChooseMediator => json!({ "mediator": nobody }),
        CommandKind::ChooseMethod => json!({}),
        CommandKind::DeclareConflict | CommandKind::TellPolice => json!({ "reason": "亲戚" }),
        CommandKind::AskParties => json!({ "about": { "kind": "open_sessions" } }),
        CommandKind::AnswerQuestion => json!({ "question": 1, "yes": true }),
        CommandKind::ProposeTimes => {
            json!({ "times": [{ "starts_at": "2034-03-05T01:00:00Z", "minutes": 60 }] })
        }
        CommandKind::SetSession => {
            json!({ "starts_at": "2034-03-05T01:00:00Z", "minutes": 60, "form": "together", "venue": "committee" })
        }
        CommandKind::MoveSession => {
            json!({ "session": 1, "starts_at": "2034-03-05T01:00:00Z", "minutes": 60, "reason": "农忙" })
        }
        CommandKind::CancelSession => json!({ "session": 1, "reason": "不用了" }),
        CommandKind::HoldSession => json!({ "minutes": 30, "present": [1], "words": "记录" }),
        CommandKind::NoteCaucus => json!({ "party": 1, "words": "单独说的话" }),
        CommandKind::SpeakInPrivate | CommandKind::Visit => json!({ "words": "说过的话" }),
        CommandKind::ProposeAgreement | CommandKind::AgreeOrally => {
            json!({ "facts": "经过", "clauses": clauses })
        }
        CommandKind::Sign | CommandKind::SealAgreement => json!({ "version": 1 }),
        CommandKind::SignOnPaper => json!({ "version": 1, "party": 1 }),
        CommandKind::RecordPerformance => json!({ "clause": 1, "result": "not_performed" }),
        CommandKind::RecordConfirmation => json!({ "result": "confirmed", "words": "裁定" }),
        CommandKind::HandOver => json!({ "channel": "court", "words": "可以起诉" }),
        CommandKind::AnswerHandOver => json!({ "accept": true, "words": "收到" }),
        CommandKind::ReportResult => json!({ "settled": false, "words": "判决" }),
        CommandKind::RemindClause | CommandKind::MarkClauseOverdue => json!({ "clause": 1 }),
        _ => json!({}),
    }
}
