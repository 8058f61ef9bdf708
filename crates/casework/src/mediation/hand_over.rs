//! Other roads: the file goes to another channel (arbitration, adjudication, a court, another committee), which takes it or returns it, and its
//! answer comes back to the same matter (RMTJF art. 26; product §4).

use serde::{Deserialize, Serialize};

use super::{HandOverState, Mediation};
use crate::{
    id::UnitId,
    matter::{Event, MediationResult, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// Hands the dispute over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The channel, by code.
    pub channel: String,
    /// The body, when it is a unit of the site; otherwise the mediator reports what it says.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// Words to the parties and the body: what was tried, which road this is, what they may do.
    pub words: String,
}

impl HandOver {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        if mediation.handed_over().is_some() {
            return Err(Refusal::HandedOver);
        }
        if turn.matter.pause.is_some() {
            return Err(Refusal::AlreadySuspended);
        }
        let most = turn.catalogue.mediation.hand_overs;
        if mediation.hand_overs.len() >= usize::from(most) {
            return Err(Refusal::TooMany { field: "channel", most: most.into() });
        }
        let channel =
            turn.catalogue.channel(&self.channel).filter(|channel| channel.code != mediation.channel);
        let channel = channel.ok_or(Refusal::UnknownChoice { field: "channel" })?;
        if !channel.takes(turn.matter.category.as_deref()) {
            return Err(Refusal::ChannelDoesNotTake);
        }
        let unit = self.unit.as_ref().map(|id| turn.other_body(id, channel)).transpose()?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = turn.clock_of_channel(&channel.code);
        let no = u8::try_from(mediation.hand_overs.len()).unwrap_or(u8::MAX).saturating_add(1);
        turn.record(Event::HandedOver { no, channel: channel.code.clone(), unit, words, clock });
        Ok(())
    }
}

/// The other body takes it, or returns it with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerHandOver {
    /// Whether it takes it.
    pub accept: bool,
    /// What it says.
    pub words: String,
}

impl AnswerHandOver {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        let hand_over = handed_over(mediation)?;
        if hand_over.state != HandOverState::Sent {
            return Err(Refusal::AnsweredAlready);
        }
        let (no, accepted) = (hand_over.no, self.accept);
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = if accepted { None } else { turn.clock_after(hand_over) };
        turn.record(Event::HandOverAnswered { no, accepted, words, clock });
        Ok(())
    }
}

/// What came of it there: settled, by a decision or otherwise, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportResult {
    /// Whether the dispute is settled by it.
    pub settled: bool,
    /// What was decided.
    pub words: String,
}

impl ReportResult {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        let hand_over = handed_over(mediation)?;
        let (no, settled) = (hand_over.no, self.settled);
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = if settled {
            turn.clock(turn.matter.class.stage_after_work())
        } else {
            turn.clock_after(hand_over)
        };
        if settled {
            // Settled elsewhere: for the committee that handed it over the mediation failed.
            let result = MediationResult::Failed;
            let roads = vec![hand_over.channel.clone()];
            turn.record(Event::MediationConcluded { result, words: None, party: None, roads, clock: None });
        }
        turn.record(Event::HandOverReported { no, settled, words, clock });
        Ok(())
    }
}

fn handed_over(mediation: &Mediation) -> Result<&super::state::HandOver, Refusal> {
    mediation.handed_over().ok_or(Refusal::NothingHandedOver)
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Outcome, Stage},
        mediation::Step,
        tests::{
            cast::{county_handler, intake, mediator, party},
            committees::{general, medical},
            mediating::{sat_about, sat_together, together},
            scenario::command,
        },
    };

    fn to_arbitration() -> crate::matter::Command {
        command!(hand_over, "channel": "labour_arbitration", "words": "谈了两次未成，可向仲裁委申请，一年内有效")
    }

    /// RMTJF art. 26: other roads; labour act art. 43: arbitration decides within 45 days of acceptance.
    #[test]
    fn labour_arbitration_answers_to_the_same_matter() {
        sat_about("0701")
            .when(mediator(), command!(hand_over, "channel": "moon", "words": "去"))
            .refused("unknown_choice")
            .when(mediator(), to_arbitration())
            .then("handed_over")
            .is(Stage::Mediating)
            .clock("labour_arbitration 2024-04-18 23:59")
            .and(|matter| matter.mediation.as_deref().unwrap().step() == Step::HandedOver)
            .when(mediator(), together("2024-03-20T09:00:00+08:00"))
            .refused("handed_over")
            .when(mediator(), command!(answer_hand_over, "accept": true, "words": "已受理"))
            .then("hand_over_answered")
            .when(mediator(), command!(answer_hand_over, "accept": true, "words": "已受理"))
            .refused("answered_already")
            .when(mediator(), command!(report_result, "settled": true, "words": "裁决支付工资"))
            .then("mediation_concluded hand_over_reported")
            .is(Stage::Verifying)
            .and(|matter| matter.result == Some(Outcome::Settled))
            .does(intake(), command!(pass));
    }

    #[test]
    fn what_is_returned_goes_on_with_the_time_it_had_left() {
        sat_about("0701")
            .does(mediator(), to_arbitration())
            .on("2024-03-11T09:00")
            .when(mediator(), command!(answer_hand_over, "accept": false, "words": "证据不足，先补材料"))
            .then("hand_over_answered")
            .clock("mediate 2024-04-10 23:59")
            .and(|matter| matter.mediation.as_deref().unwrap().step() == Step::Talks)
            .when(mediator(), command!(report_result, "settled": true, "words": "支付"))
            .refused("nothing_handed_over")
            .when(party(1), command!(refuse))
            .then("mediation_concluded closed");
    }

    /// Field practice §2.2: a specialised committee has its own rules of admission.
    #[test]
    fn another_committee_takes_what_its_rules_admit() {
        let to = |channel: &str, unit: &str| command!(hand_over, "channel": channel, "unit": unit, "words": "请接着调解");
        let between = |organisation: bool, category: &str| {
            let mut case = sat_about(category).does(
                mediator(),
                command!(correct_party, "no": 2, "party": {"side": "respondent", "name": "乙某", "organisation": organisation}),
            );
            case.committees = vec![general(), medical()];
            case
        };
        between(true, "0503")
            .when(mediator(), to("traffic", "421321.mediation"))
            .refused("committee_does_not_admit");
        between(true, "0502")
            .when(mediator(), to("medical", "421321117.justice"))
            .refused("wrong_kind_of_unit")
            .when(mediator(), to("administrative", "421321.mediation"))
            .refused("committee_does_not_admit")
            .when(mediator(), to("medical", "421321.mediation"))
            .then("handed_over");
        between(false, "0502")
            .when(mediator(), to("medical", "421321.mediation"))
            .refused("committee_does_not_admit");
    }

    #[test]
    fn a_channel_takes_what_it_is_for() {
        sat_together().when(mediator(), to_arbitration()).refused("channel_does_not_take");
        sat_about("0701")
            .when(county_handler(), to_arbitration())
            .refused("not_allowed")
            .and(|matter| matter.class == Class::Dispute);
    }
}
