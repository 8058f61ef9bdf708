//! One report that holds several troubles is split into at most ten children; a child counts in no total.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Part, turn::Turn};
use crate::{id::MatterId, refusal::Refusal, text::TextKind};

/// One part of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartGiven {
    /// Its words.
    pub words: String,
    /// Its class; that of the whole when left out.
    #[serde(default)]
    pub class: Option<Class>,
    /// Its category.
    #[serde(default)]
    pub category: Option<String>,
}

/// Splits the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The parts.
    pub parts: Vec<PartGiven>,
}

impl Split {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let most = turn.catalogue.bounds.children;
        if turn.matter.parent.is_some() || !turn.matter.children.is_empty() {
            return Err(Refusal::ChildOrParent);
        }
        if self.parts.len() < 2 || self.parts.len() > most as usize {
            return Err(Refusal::PartsOutOfBounds { most });
        }
        let mut parts = Vec::new();
        for (index, part) in self.parts.iter().enumerate() {
            let class = part.class.unwrap_or(turn.matter.class);
            let category = turn.category(class, part.category.as_deref())?;
            let words = turn.write("parts", TextKind::Report, &part.words)?;
            let child = MatterId {
                region: turn.matter.id.region,
                uuid: turn.derived_uuid(&format!("child {index}")),
            };
            parts.push(Part { child, words, class, category });
        }
        turn.record(Event::Split { parts });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Event, Stage},
        tests::{
            cast::{dispatcher, intake},
            scenario::{Case, command, report},
        },
    };

    #[test]
    fn parts_become_children_that_count_in_no_total() {
        let case = Case::at(Class::Hazard, Stage::Screening)
        .when(dispatcher(), command!(split, "parts": [{"words": "电线裸露", "category": "0501"}, {"words": "垃圾没人清", "class": "environment"}]))
        .then("split")
        .is(Stage::Screening);
        let Event::Split { parts } = &case.events.last().unwrap().event else { panic!("not split") };
        assert_eq!(
            parts.iter().map(|part| part.class).collect::<Vec<_>>(),
            [Class::Hazard, Class::Environment]
        );
        assert_ne!(parts[0].child, parts[1].child);
        assert!(parts.iter().all(|part| part.child.region == case.matter.id.region));
        assert_eq!(case.matter.children.len(), 2);

        let mut of_parent = report(Class::Environment);
        of_parent.parent = Some(case.matter.id);
        let child = Case::reporting(&of_parent, &Actor::System).unwrap().does(intake(), command!(admit));
        assert!(!child.matter.counts());
        let two = || command!(split, "parts": [{"words": "一"}, {"words": "二"}]);
        child.when(dispatcher(), two()).refused("child_or_parent");
        case.when(dispatcher(), two()).refused("child_or_parent");
    }

    #[test]
    fn it_is_refused() {
        let parts = |count: usize| vec![serde_json::json!({"words": "一处"}); count];
        Case::at(Class::Hazard, Stage::Screening)
            .when(dispatcher(), command!(split, "parts": parts(1)))
            .refused("parts_out_of_bounds")
            .when(dispatcher(), command!(split, "parts": parts(11)))
            .refused("parts_out_of_bounds")
            .when(dispatcher(), command!(split, "parts": [{"words": "一"}, {"words": ""}]))
            .refused("words_missing")
            .when(
                dispatcher(),
                command!(split, "parts": [{"words": "一"}, {"words": "二", "category": "0000"}]),
            )
            .refused("unknown_category")
            .when(intake(), command!(split, "parts": parts(2)))
            .refused("not_allowed");
    }
}
