//! The Ministry's table recounted: what the rows say of a month is what the events say, read here a second time and another way.

use std::collections::BTreeMap;

use casework::{
    actor::Actor,
    id::MatterId,
    matter::{Command, Event, MediationResult, Recorded},
    mediation::{AgreementForm, ClauseResult, ConfirmationState, Origin},
};
use serde_json::json;

use super::{
    here::Here,
    mediations::{consented, mediator},
    sample::{TOWN, VILLAGE, at, command, staff},
};
use crate::{CaseSums, CasesQuery};

super::on_both! {
    a_month_is_what_its_events_say,
}

/// What the table tells apart.
type Kind = (Option<Origin>, Option<AgreementForm>, MediationResult);

/// Reads a matter's events for what the Ministry asks, and nothing of its state.
#[derive(Default)]
struct Story {
    parties: i64,
    origin: Option<Origin>,
    form: Option<AgreementForm>,
    in_effect: bool,
    fen: i64,
    clauses: BTreeMap<u8, Option<ClauseResult>>,
    confirmed: bool,
    result: Option<MediationResult>,
}

impl Story {
    fn of(events: &[Recorded]) -> Self {
        let mut story = Self::default();
        events.iter().for_each(|recorded| story.hear(&recorded.event));
        story
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "few events count")]
    fn hear(&mut self, event: &Event) {
        match event {
            Event::MediationAccepted { origin, parties, .. } => {
                (self.origin, self.parties) = (Some(*origin), parties.len().try_into().unwrap());
            }
            Event::PartyAdded { .. } => self.parties += 1,
            Event::AgreementProposed { form, clauses, .. } => {
                let fen: u64 = clauses.iter().filter_map(|clause| clause.fen).sum();
                (self.form, self.fen) = (Some(*form), fen.try_into().unwrap());
                self.clauses = clauses.iter().map(|clause| (clause.no, None)).collect();
            }
            Event::AgreementEffective { .. } => self.in_effect = true,
            Event::ClauseRecorded { clause, result, .. } => {
                self.clauses.insert(*clause, Some(*result));
            }
            Event::ConfirmationRecorded { result, .. } => {
                self.confirmed = *result == ConfirmationState::Confirmed;
            }
            Event::MediationConcluded { result, .. } => self.result = Some(*result),
            // Whoever checks finds it otherwise: there is no agreement any more.
            Event::Failed { .. } => (self.result, self.in_effect) = (None, false),
            _ => {}
        }
    }

    fn counts(&self) -> Option<(Kind, CaseSums)> {
        let counted = |is: fn(Option<ClauseResult>) -> bool| -> i64 {
            self.clauses.values().filter(|result| is(**result)).count().try_into().unwrap()
        };
        let agreed = i64::from(self.in_effect);
        let sums = CaseSums {
            cases: 1,
            parties: self.parties,
            fen: agreed * self.fen,
            due: agreed * counted(|it| it.is_some()),
            performed: agreed * counted(|it| it == Some(ClauseResult::Performed)),
            confirmed: i64::from(self.confirmed),
        };
        Some(((self.origin, self.form.filter(|_| self.in_effect), self.result?), sums))
    }
}

fn add(counts: &mut BTreeMap<String, CaseSums>, kind: &Kind, more: CaseSums) {
    let sums = counts.entry(format!("{kind:?}")).or_default();
    sums.cases += more.cases;
    sums.parties += more.parties;
    sums.fen += more.fen;
    sums.due += more.due;
    sums.performed += more.performed;
    sums.confirmed += more.confirmed;
}

fn clauses() -> serde_json::Value {
    json!([{ "by": 2, "words": "付清", "due_on": "2024-03-20", "fen": 300_000 }, { "by": 1, "words": "让路", "due_on": "2024-04-20", "fen": 5 }])
}

async fn mediates(here: &Here, id: MatterId, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        here.does(mediator(), id, command).await;
    }
}

/// Heard once, and agreed with a word and a hand.
fn orally() -> [Command; 2] {
    [
        command!(hold_session, "minutes": 30, "form": "apart", "with": 1, "present": [1], "words": "听了一方"),
        command!(agree_orally, "facts": "经过", "clauses": clauses()),
    ]
}

/// On paper, signed by both and sealed; one clause is kept and one is not; the court confirms.
async fn written(here: &Here, id: MatterId) {
    mediates(
        here,
        id,
        [orally()[0].clone(), command!(propose_agreement, "facts": "经过", "clauses": clauses())],
    )
    .await;
    for party in [1, 2] {
        let scan = here.photo().await;
        let sign = command!(sign_on_paper, "version": 1, "party": party, "photos": [scan]);
        mediates(here, id, [sign]).await;
    }
    mediates(here, id, [command!(seal_agreement, "version": 1)]).await;
    mediates(here, id, [command!(ask_parties, "about": { "kind": "confirmation" })]).await;
    for party in [1, 2] {
        here.does(Actor::Party { no: party }, id, command!(answer_question, "question": 1, "yes": true))
            .await;
    }
    mediates(
        here,
        id,
        [
            command!(record_confirmation, "result": "confirmed", "words": "裁定书"),
            command!(record_performance, "clause": 1, "result": "performed", "on": "2024-03-04", "words": "付了"),
            command!(record_performance, "clause": 2, "result": "not_performed", "words": "没有让"),
        ],
    )
    .await;
}

async fn a_month_is_what_its_events_say(here: &Here) {
    let mut matters = Vec::new();
    for _ in 0..7 {
        matters.push(consented(here, VILLAGE).await);
    }
    let [first, second, paper, failed, stopped, contested, talking] = matters[..] else { panic!("seven") };
    mediates(here, first, orally()).await;
    mediates(here, second, orally()).await;
    written(here, paper).await;
    let ended =
        |result: &str| command!(conclude_mediation, "result": result, "roads": ["court"], "words": "没谈拢");
    mediates(here, failed, [ended("failed")]).await;
    here.does(Actor::Party { no: 2 }, stopped, command!(refuse)).await;
    mediates(here, contested, orally()).await;
    let centre = staff(92, &[(casework::actor::Role::Intake, "421321117.centre", "421321117")]);
    here.does(centre, contested, command!(fail, "reason": "一方说没有同意")).await;
    mediates(here, talking, [orally()[0].clone()]).await;

    let mut told = BTreeMap::new();
    for id in matters {
        let events = here.store.events(id, 0).await.unwrap();
        if let Some((kind, sums)) = Story::of(&events).counts() {
            add(&mut told, &kind, sums);
        }
    }
    let day = |local: &str| here.store.site().day(at(local));
    let month =
        |from: &str, to: &str| CasesQuery { area: TOWN.parse().unwrap(), from: day(from), to: day(to) };
    let mut counted = BTreeMap::new();
    let march = month("2024-03-01T09:00", "2024-03-31T09:00");
    for group in here.store.concluded_cases(&march).await.unwrap() {
        add(&mut counted, &(group.origin, group.form, group.result), group.sums);
    }
    assert_eq!(counted, told);
    let cases: i64 = counted.values().map(|sums| sums.cases).sum();
    assert_eq!(
        (cases, counted.len()),
        (5, 4),
        "two orally, one on paper, one failed, one stopped: {counted:?}"
    );
    let april = month("2024-04-01T09:00", "2024-04-30T09:00");
    assert_eq!(here.store.concluded_cases(&april).await.unwrap(), []);
    here.is_sound().await;
}
