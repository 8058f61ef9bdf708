//! One command of each name, in a few variations, that is well formed and may be possible.

use super::scenario::{command, fresh, photos};
use crate::matter::{Command, CommandKind};

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
            conclude_mediation, "result": pick(&["agreement", "agreement", "refused", "stopped", "failed"], variation),
            "words": "结果如下"
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
        CommandKind::Reclassify => command!(
            reclassify, "class": pick(&["A", "B", "C", "D", "E", "F", "G"], variation),
            "urgency": pick(&["normal", "urgent", "life"], variation), "reason": "更正",
            "about_unit": match variation % 8 {
                5 => Some("421321117.construction"),
                7 => Some("421321117.mediation"),
                _ => None,
            }
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
    }
}
