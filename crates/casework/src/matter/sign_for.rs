//! 签收: the lead unit takes the matter on; its clock of handling begins.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::refusal::Refusal;

/// Signs for a dispatched matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignFor {}

impl SignFor {
    #[allow(clippy::unnecessary_wraps, reason = "every command decides with the same signature")]
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clock = turn.clock(Stage::Handling);
        turn.record(Event::SignedFor { clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, colleague, dispatcher, handler},
            scenario::{Case, command},
        },
    };

    #[test]
    fn signing_starts_the_clock_of_handling_with_its_citation() {
        let clocks: Vec<_> = Class::ALL
            .iter()
            .map(|class| {
                let case = Case::at(*class, Stage::Dispatched)
                    .when(handler(), command!(sign_for))
                    .then("signed_for");
                let rule =
                    case.site.catalogue.limit_by_code(&case.matter.clock.as_ref().unwrap().rule).unwrap();
                format!("{class}: {} {}", case.clock_words(), rule.citation)
            })
            .collect();
        insta::assert_snapshot!(clocks.join("\n"), @r"
    dispute: handle_dispute 2024-04-03 23:59 《人民调解工作若干规定》（2002）第36条
    hazard: handle_hazard 2024-03-11 23:59 本站设定
    service: handle_service 2024-03-07 23:59 本站设定
    environment: handle_environment 2024-03-11 23:59 本站设定
    suggestion: handle_suggestion 2024-03-18 23:59 本站设定
    petition: handle_petition 2024-05-06 23:59 《信访工作条例》第34条
    enquiry: handle_enquiry 2024-03-07 23:59 本站设定
    ");
    }

    #[test]
    fn any_handler_of_the_lead_unit_signs_and_nobody_else() {
        let case = Case::at(Class::Hazard, Stage::Dispatched)
            .when(co_handler(), command!(sign_for))
            .refused("not_allowed")
            .when(dispatcher(), command!(sign_for))
            .refused("not_allowed");
        case.when(colleague(), command!(sign_for))
            .then("signed_for")
            .is(Stage::Handling)
            .when(handler(), command!(sign_for))
            .refused("not_in_this_stage");
    }
}
