//! Commands at random by anybody: what the store answers is what the rules decide, what it keeps is what its events make,
//! and a repeat changes nothing.

use std::collections::BTreeMap;

use casework::{
    access,
    actor::Actor,
    id::{MatterId, PhotoId},
    matter::{Class, Command, CommandKind, Context, EventKind, Matter, Stage},
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{
    here::{Here, with_postgres, with_sqlite},
    sample::{FAR_VILLAGE, NEXT_VILLAGE, VILLAGE, everybody, report_from},
};
use crate::{Answer, Error, NewCommand};

/// One thing that somebody sends.
#[derive(Debug, Clone)]
struct Step {
    /// Anything at all, rather than what somebody may do now.
    wild: bool,
    pick: usize,
    variation: usize,
    minutes: i64,
}

fn step() -> impl Strategy<Value = Step> {
    let minutes = prop_oneof![8 => 0_i64..200, 1 => 200_i64..20_000];
    (prop::bool::weighted(0.2), any::<u16>(), any::<u8>(), minutes).prop_map(
        |(wild, pick, variation, minutes)| Step {
            wild,
            pick: usize::from(pick),
            variation: usize::from(variation),
            minutes,
        },
    )
}

fn pick<T: Copy>(list: &[T], variation: usize) -> T {
    list[variation % list.len()]
}

/// The fields of a command that is well formed and may be possible.
#[allow(clippy::too_many_lines, reason = "one arm for each command")]
#[allow(clippy::wildcard_enum_match_arm, reason = "mediation has a table of its own")]
fn fields(kind: CommandKind, n: usize, other: MatterId, photo: PhotoId) -> Value {
    match kind {
        CommandKind::Admit => {
            json!({"urgency": pick(&[None, Some("urgent"), Some("life")], n), "about_unit": pick(&[None, None, None, Some("421321.water")], n)})
        }
        CommandKind::Ask => json!({"words": "在哪一户？"}),
        CommandKind::Guide => json!({"route": "court"}),
        CommandKind::Merge => json!({"into": other}),
        CommandKind::Dispatch if n.is_multiple_of(2) => {
            json!({"unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}]})
        }
        CommandKind::Dispatch | CommandKind::Rule => {
            json!({"unit": pick(&["421321117.urban", "421321117.construction"], n), "reason": "归口"})
        }
        CommandKind::SendDown => {
            json!({"unit": pick(&["421321117204.centre", "421321117.centre"], n), "reason": "就近"})
        }
        CommandKind::OpenMediation => json!({"unit": "421321117.mediation"}),
        CommandKind::Split => json!({"parts": [{"words": "一处"}, {"words": "又一处"}]}),
        CommandKind::Return => json!({"basis": "not_our_duty", "reason": "清单第 3 条"}),
        CommandKind::Settle | CommandKind::Progress => json!({"words": "已办", "photos": [photo]}),
        CommandKind::AskExtension => json!({"days": 1 + n % 10, "reason": "等配件"}),
        CommandKind::DecideExtension => json!({"approve": n.is_multiple_of(2), "reason": "同意与否"}),
        CommandKind::Suspend => json!({"because": "weather", "until": "2024-05-20"}),
        CommandKind::Complete => {
            json!({"result": pick(&["done", "done", "unfounded", "failed"], n), "words": "已办", "photos": [photo]})
        }
        CommandKind::ConcludeMediation => {
            json!({"result": pick(&["refused", "stopped", "failed"], n), "words": "结果如下", "roads": ["court"]})
        }
        CommandKind::Pass | CommandKind::Attach => json!({"photos": [photo]}),
        CommandKind::Fail => json!({"reason": "没有修好", "photos": [photo]}),
        CommandKind::CallBack => {
            json!({"answer": pick(&["satisfied", "unhappy", "no_answer"], n), "words": "来话"})
        }
        CommandKind::DecideRework => json!({"redo": n.is_multiple_of(2), "reason": "看过现场"}),
        CommandKind::Rate => json!({"answer": pick(&["satisfied", "unhappy"], n), "words": "评价"}),
        CommandKind::Supply | CommandKind::Note | CommandKind::CoAnswer => json!({"words": "补充"}),
        CommandKind::Escalate | CommandKind::Object | CommandKind::Reopen | CommandKind::ReplaceCode => {
            json!({"reason": "清单第 3 条"})
        }
        CommandKind::Supervise => {
            json!({"level": pick(&["remind", "urge", "letter", "listed"], n), "words": "请办"})
        }
        CommandKind::Consult => json!({"units": ["421321117.justice"], "words": "分工"}),
        CommandKind::Link => json!({"to": other}),
        CommandKind::Reclassify => {
            json!({"class": pick(&["A", "B", "C", "D", "E", "F", "G"], n), "urgency": pick(&["normal", "urgent"], n), "reason": "更正"})
        }
        CommandKind::CorrectPlace if n.is_multiple_of(2) => {
            json!({"place": {"lon": 113.05 + f64::from(u8::try_from(n % 8).unwrap()) / 20.0, "lat": 31.5}, "reason": "更正"})
        }
        CommandKind::CorrectPlace => {
            json!({"place": {"area": pick(&[NEXT_VILLAGE, VILLAGE, FAR_VILLAGE], n / 2)}, "reason": "更正"})
        }
        CommandKind::Absorb => json!({"from": other}),
        CommandKind::SignFor
        | CommandKind::Resume
        | CommandKind::Archive
        | CommandKind::Urge
        | CommandKind::Withdraw
        | CommandKind::Remind
        | CommandKind::MarkOverdue
        | CommandKind::Lapse
        | CommandKind::CloseUnanswered
        | CommandKind::RecomputeClock => json!({}),
        _ => of_mediation(kind, n, photo),
    }
}

/// The fields of a command of mediation.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "a command without fields of its own is refused, which is tried too"
)]
fn of_mediation(kind: CommandKind, n: usize, photo: PhotoId) -> Value {
    let party = 1 + n % 2;
    let colleague = "00000000-0000-0000-0000-000000000011";
    let clauses = json!([{"by": 1, "words": "挪围栏", "due_on": "2034-03-20"}, {"by": 2, "words": "付钱", "due_on": "2034-04-01", "fen": 100_000}]);
    match kind {
        CommandKind::AcceptMediation => {
            json!({"origin": "application", "parties": [{"side": "applicant", "name": "甲某"}, {"side": "respondent", "name": "乙某"}]})
        }
        CommandKind::DeclineMediation => json!({"bar": "at_court", "words": "法院已受理"}),
        CommandKind::AddParty => json!({"party": {"side": "third", "name": "丙某"}}),
        CommandKind::CorrectParty => json!({"no": party, "party": {"side": "applicant", "name": "甲某某"}}),
        CommandKind::ReplacePartyCode => json!({"party": party, "reason": "当面核对"}),
        CommandKind::RecordConsent => json!({"parties": [1, 2], "way": "spoken", "rights": "paper"}),
        CommandKind::AnswerSafety => json!({"party": party, "violence": n.is_multiple_of(9)}),
        CommandKind::NoteIdentity => json!({"party": party, "paper": "resident_card"}),
        CommandKind::FileDossier => {
            json!({"papers": ["session"], "retention": "long", "words": "（2024）调字第3号"})
        }
        CommandKind::NameMediator | CommandKind::ChooseMediator => json!({"mediator": colleague}),
        CommandKind::ChooseMethod => {
            json!({"method": n.is_multiple_of(2).then_some(super::registers::METHOD)})
        }
        CommandKind::AskOtherMediator | CommandKind::DeclareConflict | CommandKind::TellPolice => {
            json!({"reason": "亲戚"})
        }
        CommandKind::AskParties => json!({"about": {"kind": "extension", "days": 10}}),
        CommandKind::AnswerQuestion => json!({"question": 1, "yes": true, "party": party, "way": "phone"}),
        CommandKind::ProposeTimes => {
            json!({"times": [{"starts_at": "2024-03-25T09:00:00+08:00", "minutes": 60}]})
        }
        CommandKind::SetSession => {
            json!({"starts_at": format!("2024-03-{}T10:00:00+08:00", 10 + n % 20), "minutes": 60, "form": "apart", "with": party, "venue": "committee"})
        }
        CommandKind::MoveSession => {
            json!({"session": 1, "starts_at": "2024-03-26T10:00:00+08:00", "minutes": 60, "reason": "农忙"})
        }
        CommandKind::CancelSession => json!({"session": 1, "reason": "不用了"}),
        CommandKind::HoldSession => {
            json!({"minutes": 30, "form": "apart", "with": 1, "present": [1], "words": "记录"})
        }
        CommandKind::NoteCaucus => json!({"party": party, "words": "单独说的话"}),
        CommandKind::SpeakInPrivate | CommandKind::Visit => json!({"words": "说过的话"}),
        CommandKind::ProposeAgreement | CommandKind::AgreeOrally => {
            json!({"facts": "经过", "clauses": clauses})
        }
        CommandKind::Sign | CommandKind::SealAgreement => json!({"version": 1}),
        CommandKind::SignOnPaper => json!({"version": 1, "party": party, "photos": [photo]}),
        CommandKind::RecordPerformance => json!({"clause": party, "result": "not_performed"}),
        CommandKind::RecordConfirmation => json!({"result": "confirmed", "words": "裁定"}),
        CommandKind::HandOver => json!({"channel": "court", "words": "可以起诉"}),
        CommandKind::AnswerHandOver => json!({"accept": n.is_multiple_of(2), "words": "收到"}),
        CommandKind::ReportResult => json!({"settled": n.is_multiple_of(2), "words": "判决"}),
        CommandKind::RemindClause | CommandKind::MarkClauseOverdue => json!({"clause": party}),
        _ => json!({}),
    }
}

/// What the test believes of every matter, from the events that the store gave out.
struct World<'a> {
    here: &'a Here,
    matters: BTreeMap<MatterId, Matter>,
}

impl World<'_> {
    async fn begin(&mut self, class: Class) {
        for village in [VILLAGE, VILLAGE, FAR_VILLAGE] {
            let answer = self.here.reported(report_from(village, class, "村口有一处问题")).await;
            self.matters.insert(answer.matter, self.here.replayed(answer.matter).await);
        }
    }

    /// Who sends what to which matter.
    fn chosen(&self, step: &Step, photo: PhotoId) -> NewCommand {
        let here = self.here;
        let ids: Vec<MatterId> = self.matters.keys().copied().collect();
        // Mostly the first, so that it lives long.
        let at = if step.pick.is_multiple_of(4) { step.variation % ids.len() } else { 0 };
        let (matter, other) = (ids[at], ids[(at + 1 + step.variation % 2) % ids.len()]);
        let state = &self.matters[&matter];
        let may = |kind: CommandKind, actor: &Actor| {
            access::capacity(state, kind, actor, &here.store.site()).is_ok()
        };
        let all = everybody()
            .into_iter()
            .flat_map(|actor| CommandKind::ALL.iter().map(move |kind| (actor.clone(), *kind)));
        let some: Vec<_> = all
            .filter(|(actor, kind)| {
                step.wild || (may(*kind, actor) && (*kind != CommandKind::Withdraw || step.variation < 8))
            })
            .collect();
        let (actor, kind) = some[step.pick % some.len()].clone();
        let mut value = fields(kind, step.variation, other, photo);
        value["type"] = kind.as_str().into();
        if kind == CommandKind::Dispatch {
            value.as_object_mut().unwrap().remove("reason");
        }
        let command: Command = serde_json::from_value(value).unwrap();
        NewCommand {
            base_version: step.variation.is_multiple_of(3).then_some(state.version),
            ..here.new_command(actor, matter, command)
        }
    }

    /// What the rules make of a command, on what the test believes.
    fn decided(&self, new: &NewCommand) -> Result<(Vec<EventKind>, Stage, u32), casework::Refusal> {
        let site = self.here.store.site();
        let other = new.command.other_matter().and_then(|id| self.matters.get(&id));
        let context = Context { other, ..Context::new(new.now, &site, [7; 32]) };
        let decision = self.matters[&new.matter].decide(&new.command, &new.actor, &context)?;
        Ok((
            decision.events.iter().map(|recorded| recorded.event.kind()).collect(),
            decision.matter.stage,
            decision.matter.version,
        ))
    }

    async fn does(&mut self, step: &Step, photo: PhotoId) {
        self.here.wait(step.minutes);
        let new = self.chosen(step, photo);
        let answer = self.here.store.command(new.clone()).await;
        match (self.decided(&new), answer) {
            (Ok(decided), Ok(answer)) => self.happened(&new, decided, answer).await,
            (Err(expected), Err(Error::Refused(refusal))) => assert_eq!(refusal, expected, "{new:?}"),
            (decided, answer) => panic!("{new:?}: the rules say {decided:?}, the store says {answer:?}"),
        }
    }

    async fn happened(&mut self, new: &NewCommand, decided: (Vec<EventKind>, Stage, u32), answer: Answer) {
        let state = self.matters.get_mut(&new.matter).unwrap();
        let events = self.here.store.events(new.matter, state.version).await.unwrap();
        events.iter().for_each(|recorded| state.apply(recorded));
        let kinds = events.iter().map(|recorded| recorded.event.kind()).collect();
        assert_eq!((kinds, answer.stage, answer.version), decided, "{new:?}");
        assert_eq!(*state, self.here.matter(new.matter).await, "{new:?}");
        let events = self.here.store.head().await.unwrap();
        let repeated = self.here.store.command(new.clone()).await.unwrap();
        assert!(
            repeated.repeated && (repeated.version, repeated.stage) == (answer.version, answer.stage),
            "{new:?}"
        );
        assert_eq!(self.here.store.head().await.unwrap(), events, "a repeat was recorded: {new:?}");
    }
}

/// Plays lives of a number of commands, then looks at everything.
fn play(cases: u32, steps: usize, runtime: &tokio::runtime::Runtime, here: &Here) {
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    });
    let picture = runtime.block_on(here.photo());
    let lives = (prop::sample::select(Class::ALL.to_vec()), prop::collection::vec(step(), steps));
    let played = runner.run(&lives, |(class, steps)| {
        runtime.block_on(async {
            let mut world = World { here, matters: BTreeMap::new() };
            world.begin(class).await;
            for step in &steps {
                let photo = PhotoId(here.id().0);
                here.store.same_pictures(&[(photo, picture)], here.now()).await.unwrap();
                world.does(step, photo).await;
            }
            for (id, state) in &world.matters {
                assert_eq!(*state, here.replayed(*id).await);
            }
        });
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    runtime.block_on(here.is_sound());
}

#[test]
fn any_commands_keep_the_record_true_on_sqlite() {
    with_sqlite(|runtime, here| play(40, 40, runtime, here));
}

#[test]
fn any_commands_keep_the_record_true_on_postgres() {
    with_postgres(|runtime, here| play(10, 40, runtime, here));
}
