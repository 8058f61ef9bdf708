//! Which local method the mediator goes by: its own help. The mediation keeps the version it was chosen in; whether a step was
//! done is asked by nobody and kept nowhere.

use serde::{Deserialize, Serialize};

use crate::{
    id::MethodId,
    matter::{Event, turn::Turn},
    refusal::Refusal,
    register::Dispute,
};

/// Chooses a method, or puts the chosen one aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseMethod {
    /// The method; none: without one.
    #[serde(default)]
    pub method: Option<MethodId>,
}

impl ChooseMethod {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let chosen = self.method.map(|id| turn.method(id)).transpose()?;
        if mediation.method == chosen {
            return Err(Refusal::NothingToChange);
        }
        turn.record(Event::MethodChosen { method: chosen });
        Ok(())
    }
}

impl Turn<'_> {
    /// A method of the register that is offered for this dispute, in its present version.
    fn method(&self, id: MethodId) -> Result<super::MethodRef, Refusal> {
        let kept = self.context.method.filter(|kept| kept.method.id == id);
        kept.filter(|kept| kept.method.fits(Dispute::of(self.matter)))
            .map(|kept| super::MethodRef { id, version: kept.version })
            .ok_or(Refusal::UnknownChoice { field: "method" })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        mediation::MethodRef,
        register::{KeptMethod, Method},
        tests::{
            cast::{dispatcher, mediator, party},
            mediating::{opened, sat_about},
            methods::fence,
            scenario::{Case, command},
        },
    };

    fn with(method: Method, version: u32) -> Case {
        let mut case = sat_about("0202");
        case.method = Some(KeptMethod { version, method });
        case
    }

    fn choose() -> crate::matter::Command {
        command!(choose_method, "method": fence().id)
    }

    #[test]
    fn a_mediation_keeps_the_version_that_was_chosen() {
        let chosen = |case: &Case| case.matter.mediation.as_deref().unwrap().method;
        let case = with(fence(), 2)
            .when(dispatcher(), choose())
            .refused("not_allowed")
            .when(party(1), choose())
            .refused("not_allowed")
            .when(mediator(), choose())
            .then("method_chosen");
        assert_eq!(chosen(&case), Some(MethodRef { id: fence().id, version: 2 }));
        let mut case = case.when(mediator(), choose()).refused("nothing_to_change");
        case.method = Some(KeptMethod { version: 3, method: fence() });
        assert_eq!(chosen(&case), Some(MethodRef { id: fence().id, version: 2 }));
        let case = case
            .when(mediator(), choose())
            .then("method_chosen")
            .when(mediator(), command!(choose_method))
            .then("method_chosen");
        assert_eq!(chosen(&case), None);
    }

    #[test]
    fn one_that_is_not_meant_for_it_is_refused() {
        with(Method { categories: vec!["07".into()], ..fence() }, 1)
            .when(mediator(), choose())
            .refused("unknown_choice");
        with(Method { active: false, ..fence() }, 1).when(mediator(), choose()).refused("unknown_choice");
        sat_about("0202").when(mediator(), choose()).refused("unknown_choice");
        opened().when(mediator(), choose()).refused("not_allowed");
    }
}
