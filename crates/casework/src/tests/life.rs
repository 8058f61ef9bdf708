//! Lives made at random: whatever anybody sends at whatever time, these things hold.

use std::collections::BTreeSet;

use jiff::ToSpan;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{
    cast::{everybody, other_mediator},
    sample::{OTHER, sample},
    scenario::{Case, fresh, report},
};
use crate::{
    access::{MOVES, capacity, leads, rules},
    actor::Actor,
    matter::{Class, Command, CommandKind, Decision, Event, Matter, Stage},
    mediation::{self, AgreementForm, Mediation, SessionState},
    refusal::Refusal,
    text::text_hash,
};

/// One thing that somebody sends.
#[derive(Debug, Clone)]
struct Step {
    how: How,
    pick: usize,
    variation: u8,
    minutes: i64,
}

/// Most sendings move the matter on, so that lives go on; some are anything at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Onward,
    Allowed,
    Anything,
}

fn step() -> impl Strategy<Value = Step> {
    let how = prop_oneof![6 => Just(How::Onward), 3 => Just(How::Allowed), 1 => Just(How::Anything)];
    let minutes = prop_oneof![8 => 0_i64..200, 1 => 200_i64..20_000];
    (how, any::<u16>(), any::<u8>(), minutes).prop_map(|(how, pick, variation, minutes)| Step {
        how,
        pick: usize::from(pick),
        variation,
        minutes,
    })
}

fn life(steps: std::ops::Range<usize>) -> impl Strategy<Value = (Class, Vec<Step>)> {
    (prop::sample::select(Class::ALL.to_vec()), prop::collection::vec(step(), steps))
}

/// Who sends what. Ending a matter early is left to the others, so that most lives are long.
fn chosen(case: &Case, step: &Step) -> (Actor, Command) {
    let ends_early = [
        CommandKind::Withdraw,
        CommandKind::Guide,
        CommandKind::Merge,
        CommandKind::ConcludeMediation,
        CommandKind::DeclineMediation,
        CommandKind::Refuse,
    ];
    let stage = case.matter.stage;
    let kinds: BTreeSet<CommandKind> = match step.how {
        How::Onward if stage == Stage::Mediating => {
            onward_in_mediation(&case.matter, step.variation).into_iter().collect()
        }
        How::Onward => MOVES
            .iter()
            .filter(|way| way.from.contains(&stage) && !ends_early.contains(&way.command))
            .map(|way| way.command)
            .collect(),
        How::Allowed => {
            rules().filter(|rule| rule.stages.contains(&stage)).map(|rule| rule.command).collect()
        }
        How::Anything => CommandKind::ALL.iter().copied().collect(),
    };
    let kind = *kinds.iter().nth(step.pick % kinds.len()).unwrap();
    let mut actors = everybody();
    if step.how != How::Anything {
        let able: Vec<_> = actors
            .iter()
            .filter(|actor| capacity(&case.matter, kind, actor, &case.site).is_ok())
            .cloned()
            .collect();
        if !able.is_empty() {
            actors = able;
        }
    }
    (actors[step.pick / 50 % actors.len()].clone(), sample(kind, step.variation))
}

/// What takes a mediation on from where it stands. Now and then it turns out to be about the committee itself.
fn onward_in_mediation(matter: &Matter, variation: u8) -> Vec<CommandKind> {
    use CommandKind as C;
    let Some(mediation) = matter.mediation.as_deref().filter(|_| variation % 16 != 7) else {
        return vec![C::Reclassify];
    };
    let unanswered = mediation.parties.iter().any(|party| party.violence.is_none());
    let asked = unanswered.then_some(C::AnswerSafety);
    match mediation.step() {
        mediation::Step::Opened => vec![C::AcceptMediation],
        mediation::Step::Consent => [C::RecordConsent, C::Consent].into_iter().chain(asked).collect(),
        mediation::Step::Talks if mediation.mediator.is_none() => vec![C::NameMediator],
        mediation::Step::Talks => {
            let talked = mediation.sessions.iter().any(|session| session.state == SessionState::Held);
            let ways = [C::HoldSession, C::ProposeAgreement, C::HandOver].into_iter();
            ways.chain(talked.then_some(C::AgreeOrally)).chain(asked).collect()
        }
        mediation::Step::Signing => vec![C::Sign, C::SignOnPaper, C::SealAgreement],
        mediation::Step::HandedOver => vec![C::AnswerHandOver, C::ReportResult],
        mediation::Step::Performing | mediation::Step::Ended => vec![C::Reclassify],
    }
}

fn begun(class: Class) -> Case {
    let mut other = Case::reported(class).matter;
    other.id = fresh(OTHER).id;
    Case::reporting(&report(class), &Actor::Reporter).unwrap().beside(other).naming(&other_mediator())
}

/// Lives through the steps; tells `seen` of every stage that a command led to.
fn live(class: Class, steps: &[Step], seen: &mut BTreeSet<(CommandKind, Stage, Stage)>) -> Case {
    let mut case = begun(class);
    for step in steps {
        let later = step.minutes.minutes().nanoseconds(i64::from(step.variation) * 1_001);
        case.now = case.now.checked_add(later).unwrap();
        case = wakes_end(case, seen);
        let (actor, command) = chosen(&case, step);
        match case.tries(&actor, &command) {
            Ok(decision) => case = followed(case, &command, decision, seen),
            Err(refusal) => {
                assert!(!refusal.code().is_empty(), "{refusal:?} has no code");
            }
        }
    }
    case
}

/// The system does what is due. It never refuses itself for another reason than the time, and comes to an end.
fn wakes_end(mut case: Case, seen: &mut BTreeSet<(CommandKind, Stage, Stage)>) -> Case {
    for _ in 0..8 {
        let Some(wake) = case.matter.wake(&case.site).filter(|wake| wake.at <= case.now) else { return case };
        match case.tries(&Actor::System, &wake.command) {
            Ok(decision) => case = followed(case, &wake.command, decision, seen),
            Err(refusal) => assert_eq!(refusal, Refusal::NotTimeYet, "{:?}", wake.command),
        }
    }
    panic!("the system is woken without end: {:?} {:#?}", case.matter.wake(&case.site), case.matter);
}

fn followed(
    case: Case,
    command: &Command,
    decision: Decision,
    seen: &mut BTreeSet<(CommandKind, Stage, Stage)>,
) -> Case {
    let (before, kind) = (case.matter.clone(), command.kind());
    let (from, to) = (before.stage, decision.matter.stage);
    assert!(leads(kind, from, to), "{kind} led from {from} to {to}, which access/moves.rs does not know");
    seen.insert((kind, from, to));
    assert!(!decision.events.is_empty(), "{kind} did nothing");
    for recorded in &decision.events {
        judged_by_somebody_else(&before, kind, recorded.by.account(), recorded.by.unit());
        let words: Vec<_> = recorded.event.texts();
        for text in words {
            let written = decision.texts.iter().find(|written| written.id == text.id).unwrap();
            assert_eq!(text_hash(&written.salt, &written.words), text.hash);
        }
    }
    let case = case.with(decision);
    holds(&case);
    case
}

fn judged_by_somebody_else(
    before: &Matter,
    kind: CommandKind,
    account: Option<crate::id::AccountId>,
    unit: Option<&crate::id::UnitId>,
) {
    if let (Some(about), Some(unit)) = (&before.about_unit, unit) {
        assert_ne!(about, unit, "{kind} by the unit complained about");
    }
    if !crate::access::judges(kind) {
        return;
    }
    let work = before.work.as_ref().expect("work is judged that nobody did");
    assert_ne!(work.account, account, "{kind} by who did the work");
    if matches!(work.stage, Stage::Handling | Stage::Mediating) {
        assert_ne!(work.unit.as_ref(), unit, "{kind} by the unit that did the work");
    }
}

/// What holds after every command.
fn holds(case: &Case) {
    let matter = &case.matter;
    assert_eq!(matter.version as usize, case.events.len());
    let closed = matter.stage == Stage::Closed;
    assert_eq!(closed, matter.outcome.is_some() && matter.closed_at.is_some(), "{matter:#?}");
    let stands_still = matter.pause.is_some() && matter.stage != Stage::AwaitingReporter;
    assert_eq!(matter.clock.is_none(), closed || stands_still, "{matter:#?}");
    let unit_owes = !closed && matter.stage != Stage::AwaitingReporter;
    let clause_owed = matter.mediation.as_deref().is_some_and(Mediation::is_overdue);
    assert_eq!(unit_owes || clause_owed, !matter.owed(&case.site).is_empty(), "{matter:#?}");
    assert_eq!(unit_owes, matter.owing_unit(&case.site).is_some(), "{matter:#?}");
    let hands = [Some(&matter.centre), matter.lead.as_ref(), matter.ruling.as_ref()];
    assert!(matter.about_unit.is_none() || !hands.contains(&matter.about_unit.as_ref()), "{matter:#?}");
    let count = |is: fn(&Event) -> bool| case.events.iter().filter(|recorded| is(&recorded.event)).count();
    assert!(count(|event| matches!(event, Event::Returned { .. })) <= 1);
    assert!(count(|event| matches!(event, Event::ExtensionDecided { approved: true, .. })) <= 1);
    assert!(closed || !matter.archived);
    voluntary(matter);
}

/// What holds of every mediation: nothing was agreed or held without each party's consent, nobody sat beside who spoke of violence.
fn voluntary(matter: &Matter) {
    let Some(mediation) = matter.mediation.as_deref() else { return };
    let talked = mediation.sessions.iter().any(|session| session.state == SessionState::Held);
    if talked || mediation.in_effect().is_some() {
        assert!(mediation.has_two_sides() && mediation.origin.is_some(), "{mediation:#?}");
    }
    let by_now = matter.stage != Stage::Mediating || !talked || mediation.parties.len() > 2;
    assert!(by_now || mediation.all_consent(), "{mediation:#?}");
    let mediator = mediation.mediator;
    assert!(mediator.is_none_or(|account| !mediation.stepped_back.contains(&account)), "{mediation:#?}");
    let confirmable = mediation.in_effect().is_some_and(|it| it.form == AgreementForm::Written);
    assert_eq!(confirmable, mediation.confirmation.is_some(), "{mediation:#?}");
}

/// Applies the events anew, one by one, each through its JSON.
fn replayed(case: &Case) -> Matter {
    let mut events = case.events.iter().map(|recorded| {
        let text = serde_json::to_string(&recorded.event).unwrap();
        let mut again = recorded.clone();
        again.event = serde_json::from_str(&text).unwrap();
        assert_eq!(again, *recorded, "{text}");
        again
    });
    let mut matter = Matter::begin(case.matter.id, &events.next().unwrap()).unwrap();
    events.for_each(|recorded| matter.apply(&recorded));
    matter
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_life_keeps_the_rules((class, steps) in life(1..30)) {
        let case = live(class, &steps, &mut BTreeSet::new());
        prop_assert_eq!(&replayed(&case), &case.matter);
        let text = serde_json::to_string(&case.matter).unwrap();
        prop_assert_eq!(serde_json::from_str::<Matter>(&text).unwrap(), case.matter);
    }

    /// Whatever was recorded can be applied, to whatever state.
    #[test]
    fn any_event_can_be_applied_to_any_matter((class, steps) in life(1..30), (other_class, other_steps) in life(1..30)) {
        let mut matter = live(class, &steps, &mut BTreeSet::new()).matter;
        for recorded in live(other_class, &other_steps, &mut BTreeSet::new()).events {
            matter.apply(&recorded);
            prop_assert_eq!(matter.version, recorded.version);
        }
    }

    /// A repeat decides the same: nothing but what is passed in counts.
    #[test]
    fn the_same_question_has_the_same_answer((class, steps) in life(1..30), step in step()) {
        let case = live(class, &steps, &mut BTreeSet::new());
        let (actor, command) = chosen(&case, &step);
        let before = case.matter.clone();
        prop_assert_eq!(case.tries(&actor, &command), case.tries(&actor, &command));
        prop_assert_eq!(before, case.matter);
    }
}

#[test]
fn every_move_of_the_table_is_made_by_somebody() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    let mut unseen: BTreeSet<_> = MOVES
        .iter()
        .flat_map(|way| way.from.iter().flat_map(|from| way.to.iter().map(|to| (way.command, *from, *to))))
        .collect();
    for nth in 0..3_000 {
        let (class, steps) = life(40..80).new_tree(&mut runner).unwrap().current();
        // The longest ways are those of disputes: every other life is one.
        let class = if nth % 2 == 0 { Class::Dispute } else { class };
        live(class, &steps, &mut seen);
        unseen.retain(|way| !seen.contains(way));
        if unseen.is_empty() {
            return;
        }
    }
    panic!("access/moves.rs says what nobody ever saw: {unseen:?}");
}
