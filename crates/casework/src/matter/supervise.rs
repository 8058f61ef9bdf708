//! 督办: four levels, each above the one before; the system sends the first when a limit is over.

use serde::{Deserialize, Serialize};

use super::{Event, SupervisionLevel, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Supervises the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervise {
    /// The level.
    pub level: SupervisionLevel,
    /// Words to whoever owes the next step.
    pub words: String,
}

impl Supervise {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.supervision.is_some_and(|level| level >= self.level) {
            return Err(Refusal::NotHigher);
        }
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::Supervised { level: self.level, words: Some(words) });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{county_director, county_dispatcher, director, dispatcher, supervisor},
            scenario::{Case, command},
        },
    };

    #[test]
    fn supervision_only_rises() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(supervisor(), command!(supervise, "level": "urge", "words": "请今天办结"))
            .then("supervised")
            .when(supervisor(), command!(supervise, "level": "urge", "words": "请今天办结"))
            .refused("not_higher")
            .when(director(), command!(supervise, "level": "remind", "words": "请今天办结"))
            .refused("not_higher")
            .when(county_director(), command!(supervise, "level": "listed", "words": "挂牌督办"))
            .then("supervised")
            .and(|matter| matter.supervision == Some(crate::matter::SupervisionLevel::Listed));
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(supervisor(), command!(supervise, "level": "urge", "words": ""))
            .refused("words_missing")
            .when(dispatcher(), command!(supervise, "level": "urge", "words": "请办"))
            .refused("not_allowed")
            .when(county_dispatcher(), command!(supervise, "level": "urge", "words": "请办"))
            .refused("not_allowed");
        Case::at(Class::Hazard, Stage::Closed)
            .when(supervisor(), command!(supervise, "level": "urge", "words": "请办"))
            .refused("not_in_this_stage");
    }
}
