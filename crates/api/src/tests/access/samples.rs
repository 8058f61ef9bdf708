//! One command of each name with plausible fields.

use casework::{id::MatterId, matter::CommandKind};
use serde_json::{Value, json};
use uuid::Uuid;

/// A command of a name; joining commands name the other matter.
#[allow(clippy::too_many_lines, reason = "one arm for each command: the compiler's checklist")]
pub(super) fn sample(kind: CommandKind, other: MatterId) -> Value {
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
        CommandKind::ConcludeMediation => json!({ "result": "agreement", "words": "双方同意" }),
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
    };
    fields["type"] = json!(kind);
    fields
}
