//! How lives end: judged, not settled, withdrawn, guided, merged, archived, or still on their way.

use casework::{
    actor::Role,
    clock::Clock,
    matter::{
        Answer, Class, Command, CommandKind, MediationResult, Stage, Urgency, Verification, WorkResult,
        command::{
            Archive, Ask, CallBack, CloseUnanswered, DecideRework, Dispatch, Escalate, Guide, Lapse, Merge,
            Object, Pass, Progress, Rate, Remind, Settle, Withdraw,
        },
    },
};
use store::Many;

use super::{Life, Step, Target, is_target, on_the_spot, plus};
use crate::demo::{people, plan::Ending, site, words};

impl Life<'_> {
    pub(super) fn handled(&mut self, result: WorkResult) {
        let class = self.planned.class;
        let mergeable = matches!(class, Class::Environment | Class::Service) && is_target(self.planned);
        if result == WorkResult::Done && !mergeable && self.random.percent(on_the_spot(class)) {
            return self.settled_on_the_spot();
        }
        if class == Class::Dispute && self.random.percent(80) {
            self.mediated(MediationResult::Agreement);
            self.judged(None);
            return self.performed();
        }
        let Some(service) = self.dispatched() else { return };
        self.worked_on(&service);
        self.complete(&service, result);
        if result == WorkResult::Done {
            match self.random.below(100) {
                0..=3 => self.sent_back(&service),
                4..=6 if self.pace >= 1.0 && self.planned.class != Class::Hazard => {
                    return self.unhappy_twice(&service);
                }
                _ => {}
            }
        }
        self.judged(Some(&service));
    }

    /// Unhappy, done again, unhappy again; the centre explains and closes. Not every life ends well.
    fn unhappy_twice(&mut self, service: &str) {
        self.passed(true);
        self.reporter(Command::Rate(Rate {
            answer: Answer::Unhappy,
            words: Some("问题只解决了一半，下雨还是老样子。".into()),
        }));
        self.later(6.0, 30.0);
        self.complete(service, WorkResult::Done);
        self.passed(true);
        self.reporter(Command::Rate(Rate {
            answer: Answer::Unhappy,
            words: Some("还是不满意，希望能彻底改。".into()),
        }));
        self.later(2.0, 20.0);
        let reason = "已两次到现场核对，能做的已经做完；彻底改造列入明年计划，届时会通知您。".into();
        self.desk(Role::Dispatcher, Command::DecideRework(DecideRework { redo: false, reason }));
    }

    pub(super) fn settled_on_the_spot(&mut self) {
        self.later(0.2, 5.0);
        let photos = self.photos();
        let settle =
            Command::Settle(Settle { words: words::reply(&mut self.random), photos: photos.clone() });
        self.step(people::in_village(self.grid, Role::GridWorker), settle, photos);
        self.judged(None);
    }

    /// Somebody else verifies, where the class has it so; by a grid worker, or by the village lead where the worker did it.
    fn passed(&mut self, by_worker: bool) {
        self.later(2.0, 20.0);
        match self.planned.class.verification() {
            Verification::AtThePlace => {
                let role = if by_worker { Role::GridWorker } else { Role::VillageLead };
                let photos = self.photos();
                let pass = Command::Pass(Pass {
                    words: Some("到现场看过，已经弄好。".into()),
                    photos: photos.clone(),
                });
                self.step(people::in_village(self.grid, role), pass, photos);
                self.later(2.0, 20.0);
            }
            Verification::PartiesToTheCentre => {
                self.desk(
                    Role::Intake,
                    Command::Pass(Pass {
                        words: Some("两边都说谈好了。".into()), photos: Vec::new()
                    }),
                );
                self.later(2.0, 20.0);
            }
            Verification::Reporter | Verification::None => {}
        }
    }

    /// Verification and follow-up until the end.
    pub(super) fn judged(&mut self, service: Option<&str>) {
        let class = self.planned.class;
        self.passed(service.is_some());
        let waits = !matches!(class, Class::Hazard | Class::Service | Class::Petition)
            && self.planned.ending == Ending::Handled;
        match self.random.below(100) {
            0..=20 if waits => self.unanswered(),
            21..=65 => self.reporter(Command::Rate(Rate { answer: Answer::Satisfied, words: None })),
            _ => self
                .desk(Role::Intake, Command::CallBack(CallBack { answer: Answer::Satisfied, words: None })),
        }
    }

    /// Nobody answers: a reminder, and after the limit the matter closes as not answered.
    pub(super) fn unanswered(&mut self) {
        let urgency = Urgency::Normal;
        let Some(rule) = self.site.catalogue.limit(Stage::FollowUp, self.planned.class, urgency) else {
            return;
        };
        let entered = self.steps.last().map_or(self.now, |step| step.at);
        let clock = Clock::start(rule, entered, &self.site.calendar, &self.site.zone);
        if self.pace < 1.0 || plus(clock.due_at, 3_600) > site::clock_start() {
            return;
        }
        self.now = clock.warn_at;
        self.system(Command::Remind(Remind {}));
        self.now = plus(clock.due_at, 1);
        self.system(Command::CloseUnanswered(CloseUnanswered {}));
    }

    pub(super) fn not_settled(&mut self) {
        if self.random.percent(80) {
            return self.mediated(MediationResult::Failed);
        }
        let Some(service) = self.dispatched() else { return };
        self.later(8.0, 60.0);
        self.complete(&service, WorkResult::Failed);
    }

    pub(super) fn refused(&mut self) {
        let result =
            if self.random.percent(60) { MediationResult::Refused } else { MediationResult::Stopped };
        self.mediated(result);
    }

    pub(super) fn withdrawn(&mut self) {
        if self.random.percent(50) {
            self.admit();
        }
        self.later(1.0, 24.0);
        self.reporter(Command::Withdraw(Withdraw {
            reason: Some("我们自己说好了，不用办了。".into())
        }));
    }

    pub(super) fn not_supplied(&mut self) {
        self.later(0.3, 4.0);
        self.desk(Role::Intake, Command::Ask(Ask { words: "请说明具体地点和您希望怎么解决。".into() }));
        let Some(rule) =
            self.site.catalogue.limit(Stage::AwaitingReporter, self.planned.class, Urgency::Normal)
        else {
            return;
        };
        let clock = Clock::start(rule, self.now, &self.site.calendar, &self.site.zone);
        self.now = clock.warn_at;
        self.system(Command::Remind(Remind {}));
        self.now = plus(clock.due_at, 1);
        self.system(Command::Lapse(Lapse {}));
    }

    pub(super) fn guided(&mut self) {
        self.later(0.3, 5.0);
        let route = self
            .random
            .pick(&self.site.catalogue.guide_routes)
            .map(|choice| choice.code.clone())
            .unwrap_or_default();
        self.desk(
            Role::Intake,
            Command::Guide(Guide {
                route,
                words: Some("这件事有专门的办理途径，已写明去哪里办、带什么材料。".into()),
            }),
        );
    }

    /// Still on its way, at each of the places where a matter may wait, so that no queue of the demo is empty.
    pub(super) fn on_its_way(&mut self) {
        // The workers whom the demo names find something to look at in their villages.
        let grid = self.grid.to_string();
        let named = site::VILLAGES.iter().any(|village| grid.starts_with(village));
        if named && self.random.percent(70) && self.planned.class.verification() == Verification::AtThePlace {
            return self.being_worked_on(true);
        }
        if self.planned.class == Class::Dispute && self.random.percent(45) {
            return self.being_mediated();
        }
        match self.random.below(16) {
            0 | 1 => {}
            2 | 3 => self.admit(),
            4 => self.escalated(1),
            5 => self.escalated(2),
            8 => self.being_ruled_on(),
            9 => self.being_extended(),
            10 | 11 => {
                // Dispatched, not signed for yet.
                self.dispatched();
                self.steps.pop();
            }
            nth => self.being_worked_on(nth >= 13),
        }
    }

    /// Waits at a centre so many levels above the town.
    fn escalated(&mut self, levels: u32) {
        self.admit();
        for _ in 0..levels {
            self.later(0.3, 3.0);
            let reason = "镇里协调过两次，涉及几个部门，需要上级中心牵头。".into();
            self.desk(Role::Dispatcher, Command::Escalate(Escalate { reason }));
            self.centre = self.centre.parent().unwrap_or(self.centre);
        }
    }

    /// Returned once, dispatched again, objected to.
    fn being_ruled_on(&mut self) {
        let Some(service) = self.dispatched() else { return };
        let signed = self.steps.pop();
        let returned = |step: &Step| matches!(&step.work, Many::Command(new) if new.command.kind() == CommandKind::Return);
        if self.steps.iter().any(returned) {
            return self.steps.extend(signed);
        }
        let Some((unit, _)) = self.unit() else { return };
        self.returned(&service);
        self.desk(Role::Dispatcher, Command::Dispatch(Dispatch { unit, co_units: Vec::new(), words: None }));
        self.later(0.5, 3.0);
        let reason = "清单上写的是两家共管，请上级中心裁定由谁主办。".into();
        self.handler(&service, Command::Object(Object { reason }));
    }

    /// Asked for more time; the centre has not decided yet.
    fn being_extended(&mut self) {
        let Some(service) = self.dispatched() else { return };
        self.extended(&service);
        self.steps.pop();
    }

    fn being_worked_on(&mut self, done: bool) {
        let Some(service) = self.dispatched() else { return };
        self.later(1.0, 10.0);
        let words = words::note(&mut self.random);
        self.handler(&service, Command::Progress(Progress { words, photos: Vec::new() }));
        if done && self.planned.class.verification() == Verification::AtThePlace {
            self.later(1.0, 10.0);
            self.complete(&service, WorkResult::Done);
        }
    }

    pub(super) fn merged(&mut self, target: Target) {
        self.later(0.2, 1.0);
        self.desk(Role::Intake, Command::Merge(Merge { into: target.id }));
    }

    /// The archive takes what nobody reopened in time, and whose promises are kept.
    pub(super) fn archived(&mut self) {
        let Some(closed_at) = self.closed_at() else { return };
        let days = self.site.catalogue.bounds.reopen_days;
        let until = casework::calendar::end_of(
            self.site.day(closed_at).saturating_add(jiff::Span::new().days(days)),
            &self.site.zone,
        );
        let last = self.steps.last().map_or(until, |step| step.at);
        if plus(until.max(last), 3_600) < site::clock_start() && self.pace >= 1.0 && self.is_performed() {
            self.now = plus(until.max(last), 2);
            self.system(Command::Archive(Archive {}));
        }
    }

    /// When it was closed; nothing while it is open.
    fn closed_at(&self) -> Option<jiff::Timestamp> {
        let closes = |command: &Command| {
            matches!(
                command,
                Command::Withdraw(_)
                    | Command::DecideRework(_)
                    | Command::Guide(_)
                    | Command::Merge(_)
                    | Command::Lapse(_)
                    | Command::CloseUnanswered(_)
                    | Command::ConcludeMediation(_)
                    | Command::DeclineMediation(_)
                    | Command::Refuse(_)
            ) || matches!(
                command,
                Command::Rate(Rate { answer: Answer::Satisfied, .. })
                    | Command::CallBack(CallBack { answer: Answer::Satisfied, .. })
            ) || matches!(command, Command::Complete(c) if c.result == WorkResult::Failed)
        };
        let watches = |command: &Command| {
            matches!(
                command,
                Command::RecordPerformance(_)
                    | Command::RemindClause(_)
                    | Command::MarkClauseOverdue(_)
                    | Command::LapseConfirmation(_)
                    | Command::AskParties(_)
                    | Command::AnswerQuestion(_)
                    | Command::RecordConfirmation(_)
                    | Command::Visit(_)
            )
        };
        let commands = self.steps.iter().rev().filter_map(|step| match &step.work {
            Many::Command(new) => Some((step.at, &new.command)),
            Many::Report(_) | Many::Plan(_) | Many::Talk(_) => None,
        });
        let mut before = commands.skip_while(|(_, command)| watches(command));
        before.next().filter(|(_, command)| closes(command)).map(|(at, _)| at)
    }
}
