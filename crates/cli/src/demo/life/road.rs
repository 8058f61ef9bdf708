//! The road to a result: admission, dispatch, handling.

use casework::{
    actor::Role,
    area::AreaLevel,
    clock::Clock,
    id::UnitId,
    matter::{
        Answer, Command, Stage, Urgency, Verification, WorkResult,
        command::{
            Admit, Ask, AskExtension, Complete, DecideExtension, Dispatch, Escalate, Fail, MarkOverdue,
            Object, Progress, Rate, Remind, Resume, Return, Rule, SignFor, Supply, Suspend, Urge,
        },
    },
};
use store::{Many, NewCommand};

use super::{Life, plus};
use crate::demo::{people, site, words};

impl Life<'_> {
    pub(super) fn admit(&mut self) {
        self.later(0.3, 4.0);
        if self.random.percent(3) {
            self.desk(
                Role::Intake,
                Command::Ask(Ask {
                    words: "请说一下具体在哪一段、大概从什么时候开始的，方便的话拍张照片。".into(),
                }),
            );
            self.later(2.0, 20.0);
            self.reporter(Command::Supply(Supply {
                words: Some("就在岔路口往里走五十米，有一个星期了。".into()),
                photos: Vec::new(),
            }));
            self.later(0.3, 3.0);
        }
        self.desk(Role::Intake, Command::Admit(Admit { category: None, urgency: None, about_unit: None }));
    }

    /// The unit that the catalogue holds responsible where the centre works.
    pub(super) fn unit(&self) -> Option<(UnitId, String)> {
        let category = self.steps.first().and_then(|step| match &step.work {
            Many::Report(new) => new.report.category.clone(),
            Many::Command(_) | Many::Plan(_) | Many::Talk(_) => None,
        });
        let day = self.site.day(self.now);
        let responsible = self.site.catalogue.responsible(
            &self.site.units,
            self.planned.class,
            category.as_deref(),
            self.centre,
            day,
        )?;
        Some((responsible.unit.id.clone(), responsible.unit.service.clone()))
    }

    /// Admits and dispatches; the service that leads.
    pub(super) fn dispatched(&mut self) -> Option<String> {
        self.admit();
        self.later(0.3, 4.0);
        if self.random.percent(4) {
            self.desk(
                Role::Dispatcher,
                Command::Escalate(Escalate {
                    reason: "镇里协调过一次，涉及县级单位职责。".into()
                }),
            );
            self.centre = self.town.parent().unwrap_or(self.town);
            self.later(0.5, 4.0);
        }
        let (unit, service) = self.unit()?;
        let dispatch = Command::Dispatch(Dispatch { unit: unit.clone(), co_units: Vec::new(), words: None });
        self.desk(Role::Dispatcher, dispatch.clone());
        if self.random.percent(3) {
            self.returned(&service);
            self.desk(Role::Dispatcher, dispatch);
            if self.random.percent(15) {
                self.objected(&service, unit);
            }
        }
        self.later(0.3, 5.0);
        self.handler(&service, Command::SignFor(SignFor {}));
        Some(service)
    }

    pub(super) fn objected(&mut self, service: &str, unit: UnitId) {
        self.later(0.5, 3.0);
        self.handler(
            service,
            Command::Object(Object {
                reason: "清单第三项与第九项有交叉，请上级中心裁定。".into()
            }),
        );
        let above = self.centre.parent().unwrap_or(self.centre);
        let role = if above == self.centre || above.level() == AreaLevel::Province {
            Role::Director
        } else {
            Role::Dispatcher
        };
        self.later(1.0, 8.0);
        let rule =
            Command::Rule(Rule { unit, reason: "按谁主管谁负责，由原单位主办。".into() });
        self.send(
            people::desk(if above.level() == AreaLevel::Province { self.centre } else { above }, role),
            rule,
        );
    }

    /// Returned to the centre, which thinks about it.
    pub(super) fn returned(&mut self, service: &str) {
        self.later(0.5, 4.0);
        let reason = "现场在行政村道路范围，请核对责任清单。".into();
        self.handler(service, Command::Return(Return { basis: self.return_basis(), reason }));
        self.later(0.5, 4.0);
    }

    fn return_basis(&self) -> String {
        self.site.catalogue.return_bases.first().map(|choice| choice.code.clone()).unwrap_or_default()
    }

    pub(super) fn handler(&mut self, service: &str, command: Command) {
        let photos =
            if let Command::Complete(complete) = &command { complete.photos.clone() } else { Vec::new() };
        self.step(Some(people::of_unit(self.centre, service, Role::Handler)), command, photos);
    }

    /// Handling: progress, sometimes an extension, a pause, or a limit that is missed.
    pub(super) fn worked_on(&mut self, service: &str) {
        if self.random.percent(30) {
            self.later(2.0, 8.0);
            let words = words::note(&mut self.random);
            self.handler(service, Command::Progress(Progress { words, photos: Vec::new() }));
        }
        match self.random.below(100) {
            0..=2 => self.extended(service),
            3..=4 => self.suspended(service),
            5..=10 => self.late(),
            _ => {}
        }
        self.later(4.0, 22.0);
    }

    pub(super) fn extended(&mut self, service: &str) {
        self.later(0.5, 2.0);
        self.handler(
            service,
            Command::AskExtension(AskExtension {
                days: 3, reason: "材料要从外地调，路上需要几天。".into()
            }),
        );
        self.later(0.3, 3.0);
        self.desk(
            Role::Dispatcher,
            Command::DecideExtension(DecideExtension {
                approve: true,
                reason: Some("同意，请告知反映人。".into()),
            }),
        );
    }

    pub(super) fn suspended(&mut self, service: &str) {
        let Some(because) =
            self.site.catalogue.suspend_reasons.iter().find(|choice| choice.code == "weather").or(self
                .site
                .catalogue
                .suspend_reasons
                .first())
        else {
            return;
        };
        if self.pace < 1.0 {
            return;
        }
        self.later(0.5, 2.0);
        let until = self.site.day(self.now).saturating_add(jiff::Span::new().days(2));
        let because = because.code.clone();
        self.handler(
            service,
            Command::Suspend(Suspend {
                because,
                until,
                words: Some("连日下雨，路基要晾干才能动工。".into()),
            }),
        );
        self.now = plus(casework::calendar::end_of(until, &self.site.zone), 1);
        self.system(Command::Resume(Resume {}));
    }

    /// The limit of handling passes: a reminder, a mark, a word from the reporter.
    pub(super) fn late(&mut self) {
        let signed = self.steps.iter().rev().find_map(|step| match &step.work {
            Many::Command(NewCommand { command: Command::SignFor(_), now, .. }) => Some(*now),
            Many::Command(_) | Many::Report(_) | Many::Plan(_) | Many::Talk(_) => None,
        });
        let urgent = self.steps.first().is_some_and(
            |step| matches!(&step.work, Many::Report(new) if new.report.urgency == Some(Urgency::Urgent)),
        );
        let urgency = if urgent { Urgency::Urgent } else { Urgency::Normal };
        let rule = self.site.catalogue.limit(Stage::Handling, self.planned.class, urgency);
        let (Some(signed), Some(rule)) = (signed, rule) else { return };
        let clock = Clock::start(rule, signed, &self.site.calendar, &self.site.zone);
        if plus(clock.due_at, 8 * 86_400) > site::clock_start() || clock.warn_at <= self.now {
            return;
        }
        self.now = clock.warn_at;
        self.system(Command::Remind(Remind {}));
        self.now = plus(clock.due_at, 1);
        self.system(Command::MarkOverdue(MarkOverdue {}));
        if self.random.percent(40) {
            self.later(1.0, 6.0);
            self.reporter(Command::Urge(Urge { words: None }));
        }
    }

    pub(super) fn complete(&mut self, service: &str, result: WorkResult) {
        let photos = self.photos();
        let words = if result == WorkResult::Unfounded {
            "现场没有发现所说的情况，已当面说明。".into()
        } else {
            words::reply(&mut self.random)
        };
        self.handler(service, Command::Complete(Complete { result, words, photos }));
    }

    /// The verification fails, or the reporter is unhappy, and the work is done again.
    pub(super) fn sent_back(&mut self, service: &str) {
        self.later(2.0, 12.0);
        match self.planned.class.verification() {
            Verification::AtThePlace => {
                let photos = self.photos();
                let fail = Command::Fail(Fail {
                    reason: "现场只补了一半，另一头还是老样子。".into(),
                    photos: photos.clone(),
                });
                self.step(people::in_village(self.grid, Role::GridWorker), fail, photos);
            }
            Verification::Reporter => self.reporter(Command::Rate(Rate {
                answer: Answer::Unhappy,
                words: Some("只打了个电话，事情没有解决。".into()),
            })),
            Verification::PartiesToTheCentre | Verification::None => return,
        }
        self.later(5.0, 20.0);
        self.complete(service, WorkResult::Done);
    }
}
