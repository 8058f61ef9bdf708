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
