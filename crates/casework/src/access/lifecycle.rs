//! The life of a matter as a page: `docs/lifecycle.md`, written from the tables that decide.

use std::fmt::Write as _;

use super::{
    MOVES, Part, Relation, judges, rules,
    talk_days::{TALK_TABLE, TalkRow},
};
use crate::{
    matter::{Class, CommandKind, Stage, Verification},
    talk_day::TalkState,
};

/// The page, ending with a line break.
#[must_use]
pub fn lifecycle_markdown() -> String {
    let mut page = String::from(
        "# The life of a matter\n\n\
         Generated from the rules in `crates/casework` by `cargo xtask gen`; do not edit. What is not allowed here is forbidden.\n\n",
    );
    page += &diagram();
    page += &stages();
    page += &classes();
    page += &relations();
    page += &commands();
    page += &talk_days();
    page
}

fn diagram() -> String {
    let mut text = String::from("## Stages\n\n```mermaid\nstateDiagram-v2\n    [*] --> reported: report\n");
    for from in Stage::ALL {
        for to in Stage::ALL {
            let commands: Vec<_> = MOVES
                .iter()
                .filter(|way| way.command != CommandKind::Withdraw)
                .filter(|way| way.from.contains(from) && way.to.contains(to))
                .map(|way| way.command.as_str())
                .collect();
            if !commands.is_empty() {
                let _ = writeln!(text, "    {from} --> {to}: {}", commands.join(", "));
            }
        }
    }
    text += "    closed --> [*]: archive\n```\n\n";
    text += "From every open stage `withdraw` leads to closed as well. A command that is not in the picture leaves the stage as it is.\n\n";
    text
}

fn stages() -> String {
    let mut text = String::from("| stage | 中文 | who owes the next step |\n|---|---|---|\n");
    for stage in Stage::ALL {
        let (name, owes) = described(*stage);
        let _ = writeln!(text, "| {stage} | {name} | {owes} |");
    }
    text + "\n"
}

fn described(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Reported => ("已上报", "intake of the owning centre"),
        Stage::AwaitingReporter => ("待补充", "the reporter; the centre's clock stands still"),
        Stage::Screening => ("筛选", "dispatcher of the owning centre"),
        Stage::Dispatched => ("已分派", "handler of the lead unit"),
        Stage::AwaitingRuling => ("待裁定", "dispatcher of the ruling centre; at city level the director"),
        Stage::Handling => ("办理中", "handler of the lead unit; co-handlers by their sub-deadlines"),
        Stage::Mediating => ("调解中", "mediator of the committee"),
        Stage::Verifying => ("核查", "see the next table"),
        Stage::FollowUp => {
            ("回访", "intake of the owning centre; the dispatcher when the reporter was unhappy again")
        }
        Stage::Closed => ("办结归档", "nobody"),
    }
}

fn classes() -> String {
    let mut text = String::from(
        "## Classes\n\n| class | | after the work | who verifies | outcome when done |\n|---|---|---|---|---|\n",
    );
    for class in Class::ALL {
        let verifies = match class.verification() {
            Verification::AtThePlace => "somebody else, at the place, with photos",
            Verification::PartiesToTheCentre => "each party's own word to the centre",
            Verification::Reporter => "the reporter, or the centre's call-back",
            Verification::None => "nobody",
        };
        let (letter, after, outcome) = (class.letter(), class.stage_after_work(), class.outcome_when_done());
        let _ = writeln!(text, "| {class} | {letter} | {after} | {verifies} | {outcome} |");
    }
    text + "\n"
}

fn relations() -> String {
    let mut text = String::from("## Relations\n\n| relation | meaning |\n|---|---|\n");
    for relation in Relation::ALL {
        let _ = writeln!(text, "| {relation} | {} |", meaning(*relation));
    }
    let judging: Vec<_> = CommandKind::ALL.iter().filter(|c| judges(**c)).map(|c| format!("`{c}`")).collect();
    let _ = write!(text, "\nCommands that judge: {}.\n\n", judging.join(", "));
    text
}

fn meaning(relation: Relation) -> &'static str {
    match relation {
        Relation::Reporter => "holds the query code, or recorded the report",
        Relation::LeadUnit => "acts for the unit that handles or mediates",
        Relation::CoUnit => "acts for a unit that helps",
        Relation::OwningCentre => "acts for the centre that answers for the matter",
        Relation::UpperCentre => "acts for a centre above it",
        Relation::RulingCentre => "acts for the centre above that rules on the objection",
        Relation::OwnRulingCentre => "acts for the owning centre, which rules itself because none is above",
        Relation::Place => "the matter is verified at the place, and the place lies in the grant's area",
        Relation::Area => "the matter lies in the grant's area",
        Relation::Party => "is a party to the mediation, with its access code; acts for itself alone",
        Relation::Mediator => "mediates: named for it, in the unit that leads, and has not stepped back",
        Relation::OtherBody => "acts for the body to which the dispute was handed over",
        Relation::DidTheWork => {
            "did the work, or acts for the department or committee that did: never judges it, in whatever capacity"
        }
        Relation::ComplainedAbout => {
            "acts for the unit complained about: touches and reads nothing, in whatever capacity"
        }
        Relation::Nothing => "none is needed",
    }
}

fn commands() -> String {
    let mut text = String::from("## Who may do what\n\n| command | in stages | by |\n|---|---|---|\n");
    for command in CommandKind::ALL {
        for rule in rules().filter(|rule| rule.command == *command) {
            let _ = writeln!(text, "| {command} | {} | {} |", stages_of(rule.stages), parts(rule.who));
        }
    }
    text
}

fn stages_of(stages: &[Stage]) -> String {
    let open = Stage::ALL.iter().filter(|stage| **stage != Stage::Closed);
    if stages == Stage::ALL {
        return "every stage".to_owned();
    }
    if stages.iter().eq(open) {
        return "every open stage".to_owned();
    }
    stages.iter().map(|stage| stage.as_str()).collect::<Vec<_>>().join(", ")
}

fn talk_days() -> String {
    let mut text = String::from(
        "\n## Talk days\n\n\
         Each of these for the villages in the role's area. What is published everybody may read.\n\n\
         | deed | in states | by |\n|---|---|---|\n",
    );
    for TalkRow { deed, states, who, system } in TALK_TABLE {
        let all = *states == TalkState::ALL;
        let states = states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ");
        let mut by: Vec<_> = who.iter().map(|role| role.as_str()).collect();
        by.extend(system.then_some("system"));
        let states = if all { "every state" } else { states.as_str() };
        let _ = writeln!(text, "| {deed} | {states} | {} |", by.join(", "));
    }
    text
}

/// `intake, director (owning_centre); grid_worker (area)`.
fn parts(who: &[(Part, Relation)]) -> String {
    let mut groups: Vec<(Relation, Vec<&str>)> = Vec::new();
    for (part, relation) in who {
        match groups.iter_mut().find(|(of, _)| of == relation) {
            Some((_, parts)) => parts.push(part.as_str()),
            None => groups.push((*relation, vec![part.as_str()])),
        }
    }
    let group = |(relation, parts): &(Relation, Vec<&str>)| {
        let says_itself = *relation == Relation::Nothing || parts.as_slice() == ["reporter"];
        let of = if says_itself { String::new() } else { format!(" ({relation})") };
        parts.join(", ") + &of
    };
    groups.iter().map(group).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_in_docs_is_fresh() {
        assert!(
            lifecycle_markdown() == include_str!("../../../../docs/lifecycle.md"),
            "docs/lifecycle.md is not what the rules say: run `cargo xtask gen` and commit it"
        );
    }
}
