//! A local method of mediation (调解方法): ordered steps, each with advice and the forms that it goes with. A template that a
//! centre keeps; it helps who mediates and measures nobody. Nothing asks whether a step was done.

use serde::{Deserialize, Serialize};

use super::{Dispute, LINE, NAME, dispute_codes, holds, line};
use crate::{area::AreaCode, id::MethodId, matter::CommandKind, refusal::Refusal, site::Site};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodStep {
    /// What it is called.
    pub name: String,
    /// How it is done well.
    #[serde(default)]
    pub advice: String,
    /// The forms that it goes with, as commands.
    #[serde(default)]
    pub forms: Vec<CommandKind>,
}

/// A method as the register has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its id.
    pub id: MethodId,
    /// Its name.
    pub name: String,
    /// Where it is used.
    pub area: AreaCode,
    /// For which disputes, by their codes; none: for any.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<MethodStep>,
    /// Offered for new mediations. One that is put aside stays for those that began with it.
    pub active: bool,
}

/// A method in its present version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMethod {
    /// The version.
    pub version: u32,
    /// The method.
    pub method: Method,
}

/// Most steps of a method.
const MOST_STEPS: u32 = 20;
/// Most characters of a step's advice.
const ADVICE: usize = 600;

/// The forms that a step may go with: those of the talking and of what comes of it.
pub const STEP_FORMS: [CommandKind; 15] = [
    CommandKind::RecordConsent,
    CommandKind::AnswerSafety,
    CommandKind::AskParties,
    CommandKind::DeclareConflict,
    CommandKind::SetSession,
    CommandKind::HoldSession,
    CommandKind::NoteCaucus,
    CommandKind::TellPolice,
    CommandKind::ProposeAgreement,
    CommandKind::AgreeOrally,
    CommandKind::SignOnPaper,
    CommandKind::RecordPerformance,
    CommandKind::Visit,
    CommandKind::HandOver,
    CommandKind::ConcludeMediation,
];

impl Method {
    /// The entry as it is kept.
    ///
    /// # Errors
    /// The refusal that says what must be mended.
    pub fn checked(self, site: &Site) -> Result<Self, Refusal> {
        if site.areas.get(self.area).is_none() {
            return Err(Refusal::PlaceUnknown);
        }
        if self.steps.is_empty() {
            return Err(Refusal::WordsMissing { field: "steps" });
        }
        if self.steps.len() > MOST_STEPS as usize {
            return Err(Refusal::TooMany { field: "steps", most: MOST_STEPS });
        }
        Ok(Self {
            name: line("name", NAME, &self.name)?,
            categories: dispute_codes("categories", &self.categories, &site.catalogue)?,
            steps: self.steps.into_iter().map(MethodStep::checked).collect::<Result<_, _>>()?,
            ..self
        })
    }

    /// Whether it is offered for a dispute.
    #[must_use]
    pub fn fits(&self, dispute: Dispute<'_>) -> bool {
        let for_such = self.categories.is_empty() || holds(&self.categories, dispute.category);
        self.active && self.area.contains(dispute.area) && for_such
    }
}

impl MethodStep {
    fn checked(self) -> Result<Self, Refusal> {
        let advice = self.advice.trim();
        if advice.chars().count() > ADVICE {
            return Err(Refusal::WordsTooLong { field: "steps", most: ADVICE });
        }
        if advice.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Refusal::WordsUnreadable { field: "steps" });
        }
        if self.forms.iter().any(|form| !STEP_FORMS.contains(form)) {
            return Err(Refusal::UnknownChoice { field: "forms" });
        }
        let mut forms = self.forms;
        forms.dedup();
        Ok(Self { name: line("steps", LINE, &self.name)?, advice: advice.to_owned(), forms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{
        methods::fence,
        place::{OTHER_TOWN, TOWN, VILLAGE, area, site},
    };

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let refused = |method: Method| method.checked(site()).unwrap_err().code();
        let step = |step: MethodStep| Method { steps: vec![step], ..fence() };
        let talk = || fence().steps.remove(0);
        assert_eq!(refused(Method { name: " ".into(), ..fence() }), "words_missing");
        assert_eq!(refused(Method { area: area("421321999"), ..fence() }), "place_unknown");
        assert_eq!(refused(Method { categories: vec!["8888".into()], ..fence() }), "unknown_category");
        assert_eq!(refused(Method { steps: Vec::new(), ..fence() }), "words_missing");
        assert_eq!(refused(Method { steps: vec![talk(); 21], ..fence() }), "too_many");
        assert_eq!(refused(step(MethodStep { name: String::new(), ..talk() })), "words_missing");
        assert_eq!(refused(step(MethodStep { advice: "长".repeat(601), ..talk() })), "words_too_long");
        assert_eq!(refused(step(MethodStep { advice: "\u{7}".into(), ..talk() })), "words_unreadable");
        let elsewhere = MethodStep { forms: vec![CommandKind::Dispatch], ..talk() };
        assert_eq!(refused(step(elsewhere)), "unknown_choice");
        let two_lines = MethodStep { advice: " 先看现场\n再坐下谈 ".into(), ..talk() };
        let kept = step(two_lines).checked(site()).unwrap();
        assert_eq!(kept.steps[0].advice, "先看现场\n再坐下谈");
    }

    #[test]
    fn it_is_offered_where_it_is_used_and_for_what_it_is_meant() {
        let at =
            |code, category| Dispute { category, area: area(code), about: None, with_organisation: None };
        assert!(fence().fits(at(VILLAGE, Some("0202"))));
        assert!(!fence().fits(at(VILLAGE, Some("0701"))) && !fence().fits(at(VILLAGE, None)));
        assert!(!fence().fits(at(OTHER_TOWN, Some("0202"))));
        assert!(!Method { active: false, ..fence() }.fits(at(VILLAGE, Some("0202"))));
        let any = Method { categories: Vec::new(), area: area(TOWN), ..fence() };
        assert!(any.fits(at(VILLAGE, None)) && any.fits(at(VILLAGE, Some("0701"))));
    }
}
