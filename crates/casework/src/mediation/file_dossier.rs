//! 立卷: once nothing is mediated any more, somebody puts the file together and answers for what lies in it. Papers that were signed
//! by hand are named by kind; they lie in the folder, not here. A later filing stands for the earlier one: a court answers late.

use serde::{Deserialize, Serialize};

use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
    word::words,
};

words! {
    /// Papers of a file that people sign by hand, in the order in which they are bound; the words are those of the forms.
    SignedPaper {
        Registration = "registration", Rights = "rights", Authorisation = "authorisation", Investigation = "investigation",
        Evidence = "evidence", Session = "session", Agreement = "agreement", Performance = "performance", Visit = "visit",
        ConfirmationApplication = "confirmation_application",
    }
}

words! {
    /// How long a file is kept, as archives call it.
    Retention {
        /// 短期
        Short = "short",
        /// 长期
        Long = "long",
        /// 永久
        Permanent = "permanent",
    }
}

/// Puts the file together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDossier {
    /// Of which kinds every paper lies in the file, signed by hand by all who sign it.
    #[serde(default)]
    pub papers: Vec<SignedPaper>,
    /// How long it is kept; what the category says, when left out.
    #[serde(default)]
    pub retention: Option<Retention>,
    /// Remarks on its cover, such as the committee's own number.
    #[serde(default)]
    pub words: Option<String>,
}

impl FileDossier {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.mediation()?;
        let mut papers = self.papers.clone();
        papers.sort_unstable();
        papers.dedup();
        let words = turn.write_if_any("words", TextKind::Agreement, self.words.as_deref())?;
        turn.record(Event::DossierFiled { papers, retention: self.retention, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::Event,
        mediation::SignedPaper,
        tests::{
            cast::{intake, mediator, other_mediator, party},
            mediating::{accepted, agreed, sat_together},
            scenario::command,
        },
    };

    fn filed() -> crate::matter::Command {
        command!(file_dossier, "papers": ["session", "registration", "session"], "retention": "long", "words": "（2024）调字第3号")
    }

    #[test]
    fn the_committee_files_it_once_it_has_ended() {
        sat_together().when(mediator(), filed()).refused("not_in_this_stage");
        let case = agreed()
            .when(intake(), filed())
            .refused("not_allowed")
            .when(party(1), filed())
            .refused("not_allowed")
            .when(mediator(), filed())
            .then("dossier_filed");
        let Event::DossierFiled { papers, .. } = &case.events.last().unwrap().event else { panic!() };
        assert_eq!(papers, &[SignedPaper::Registration, SignedPaper::Session]);
        case.when(other_mediator(), command!(file_dossier)).then("dossier_filed");
    }

    #[test]
    fn what_was_refused_or_not_taken_on_is_filed_too() {
        let ended = [
            accepted().does(party(2), command!(refuse)),
            accepted()
                .does(mediator(), command!(decline_mediation, "bar": "at_court", "words": "法院已受理")),
        ];
        for case in ended {
            case.when(mediator(), filed()).then("dossier_filed");
        }
    }
}
