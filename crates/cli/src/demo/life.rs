//! One matter's life: the commands that its people send, with the moments at which they do.

use casework::{
    actor::{Actor, Role},
    area::{AreaCode, AreaLevel, Point},
    clock::Clock,
    id::{CommandId, MatterId, PhotoId, UnitId},
    matter::{
        Answer, Class, Command, MediationResult, PlaceGiven, Report, Source, Stage, Urgency, Verification, WorkResult,
        command::{
            Admit, Archive, Ask, AskExtension, CallBack, CloseUnanswered, Complete, ConcludeMediation, DecideExtension, Dispatch, Escalate, Fail, Guide,
            Lapse, MarkOverdue, Merge, Object, OpenMediation, Pass, Progress, Rate, Remind, Resume, Return, Rule, Settle, SignFor, Supply, Suspend, Urge,
            Withdraw,
        },
    },
    site::Site,
};
use jiff::{SignedDuration, Timestamp};
use store::{Many, NewCommand, NewReport};

use super::{
    people,
    plan::{Ending, Planned},
    random::Random,
    shapes, site,
    words,
};

/// A command and the moment at which it is sent.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) work: Many,
    pub(super) photos: Vec<PhotoId>,
}

/// The matter that a duplicate is merged into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) id: MatterId,
    pub(super) grid: AreaCode,
    pub(super) place: Point,
}

/// A life being told.
struct Life<'a> {
    site: &'a Site,
    random: Random,
    planned: Planned,
    grid: AreaCode,
    town: AreaCode,
    /// The division whose centre answers now.
    centre: AreaCode,
    id: MatterId,
    now: Timestamp,
    pace: f64,
    steps: Vec<Step>,
}

/// Days within which a life is told at its own pace; later ones hurry.
const UNHURRIED_DAYS: f64 = 16.0;

/// Where a planned matter lies, and its id. Duplicates ask for those of their target.
pub(super) fn target(site: &Site, grids: &Grids, planned: Planned) -> Option<Target> {
    let grid = grids.of(planned)?;
    let place = place(site, grid, planned.index)?;
    Some(Target { id: matter_id(planned, grid), grid, place })
}

fn matter_id(planned: Planned, grid: AreaCode) -> MatterId {
    MatterId { region: grid.region(), uuid: id(planned, 0, planned.reported_at).0 }
}

fn id(planned: Planned, step: u64, at: Timestamp) -> CommandId {
    let mut random = Random::of("ids", planned.index * 64 + step);
    let [a, b] = [random.next(), random.next()];
    let mut bytes = [0_u8; 10];
    bytes.iter_mut().zip(a.to_be_bytes().into_iter().chain(b.to_be_bytes())).for_each(|(to, from)| *to = from);
    CommandId(uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.as_millisecond()).unwrap_or(0), &bytes).into_uuid())
}

fn place(site: &Site, grid: AreaCode, index: u64) -> Option<Point> {
    let ring = site.areas.get(grid)?.shape.as_ref()?.rings().first()?;
    let (lon, lat) = shapes::inside(ring, &mut Random::of("place", index));
    Some(Point { lon, lat })
}

/// Every grid, and those of the town that the demo shows first.
pub(super) struct Grids {
    all: Vec<AreaCode>,
    town: Vec<AreaCode>,
}

impl Grids {
    pub(super) fn of_site(site: &Site) -> Self {
        let mut all: Vec<AreaCode> = site.areas.iter().map(|area| area.code).filter(|code| code.level() == AreaLevel::Grid).collect();
        all.sort_unstable();
        let town = all.iter().copied().filter(|code| code.to_string().starts_with(site::TOWN)).collect();
        Self { all, town }
    }

    fn of(&self, planned: Planned) -> Option<AreaCode> {
        let mut random = Random::of("grid", planned.index);
        let alive = matches!(planned.ending, Ending::OnItsWay | Ending::January);
        let list = if random.percent(if alive { 35 } else { 3 }) { &self.town } else { &self.all };
        random.pick(list).copied()
    }
}

/// Tells a life.
pub(super) fn tell(site: &Site, grids: &Grids, planned: Planned, merged_into: Option<Target>) -> Option<Vec<Step>> {
    let grid = merged_into.map_or_else(|| grids.of(planned), |target| Some(target.grid))?;
    let town = grid.at_level(AreaLevel::Town)?;
    let left = site::clock_start().duration_since(planned.reported_at).as_secs_f64() / 86_400.0;
    let mut life = Life {
        site,
        random: Random::of("life", planned.index),
        planned,
        grid,
        town,
        centre: town,
        id: matter_id(planned, grid),
        now: planned.reported_at,
        pace: (left / UNHURRIED_DAYS).min(1.0),
        steps: Vec::new(),
    };
    life.report(merged_into)?;
    match planned.ending {
        Ending::Handled => life.handled(WorkResult::Done),
        Ending::Unfounded => life.handled(WorkResult::Unfounded),
        Ending::NotSettled => life.not_settled(),
        Ending::Refused => life.refused(),
        Ending::Withdrawn => life.withdrawn(),
        Ending::NotSupplied => life.not_supplied(),
        Ending::Guided => life.guided(),
        Ending::OnItsWay | Ending::January => life.on_its_way(),
        Ending::Merged => life.merged(merged_into?),
    }
    life.archived();
    Some(life.in_time())
}

impl Life<'_> {
    /// Lets hours pass; staff act in office hours unless the life is in a hurry.
    fn later(&mut self, least: f64, most: f64) {
        let hours = (least + self.random.unit() * (most - least)) * self.pace;
        #[allow(clippy::cast_possible_truncation, reason = "whole seconds of a few days")]
        let seconds = (hours * 3_600.0) as i64;
        self.now = plus(self.now, seconds.max(60));
        if self.pace >= 1.0 {
            self.now = self.office_hours(self.now);
        }
    }

    fn office_hours(&mut self, at: Timestamp) -> Timestamp {
        let local = at.to_zoned(self.site.zone.clone());
        let minutes = i64::try_from(self.random.below(100)).unwrap_or(0);
        let mut day = local.date();
        if local.hour() >= 18 {
            day = day.saturating_add(jiff::Span::new().days(1));
        }
        if (8..18).contains(&local.hour()) && self.site.calendar.is_working_day(day) {
            return at;
        }
        for _ in 0..12 {
            if self.site.calendar.is_working_day(day) && (day != local.date() || local.hour() < 8) {
                break;
            }
            day = day.saturating_add(jiff::Span::new().days(1));
        }
        let morning = day.at(8, 5, 0, 0).to_zoned(self.site.zone.clone()).map_or(at, |zoned| zoned.timestamp());
        plus(morning, minutes * 60)
    }

    fn step(&mut self, actor: Option<Actor>, command: Command, photos: Vec<PhotoId>) {
        let Some(actor) = actor else { return };
        let nth = self.steps.len() as u64;
        let new = NewCommand { id: id(self.planned, nth, self.now), actor, now: self.now, matter: self.id, base_version: None, command };
        self.steps.push(Step { at: self.now, work: Many::Command(new), photos });
    }

    fn send(&mut self, actor: Actor, command: Command) {
        self.step(Some(actor), command, Vec::new());
    }

    fn reporter(&mut self, command: Command) {
        self.send(Actor::Reporter, command);
    }

    fn system(&mut self, command: Command) {
        self.send(Actor::System, command);
    }

    fn desk(&mut self, role: Role, command: Command) {
        self.send(people::desk(self.centre, role), command);
    }

    /// Photos of the place where the class owes them.
    fn photos(&mut self) -> Vec<PhotoId> {
        if self.planned.class.verification() != Verification::AtThePlace {
            return Vec::new();
        }
        vec![self.photo()]
    }

    fn photo(&mut self) -> PhotoId {
        let count: u64 = self.steps.iter().map(|step| step.photos.len() as u64).sum();
        PhotoId(id(self.planned, 40 + count, self.now).0)
    }

    fn report(&mut self, merged_into: Option<Target>) -> Option<()> {
        let class = self.planned.class;
        let spot = words::spot(&mut self.random);
        let (category, words) = words::say(class, spot, &mut self.random);
        let source = self.source();
        let near = merged_into.map(|target| Point { lon: target.place.lon + 0.000_4, lat: target.place.lat });
        let point = near.filter(|point| self.site.areas.at(*point).is_some_and(|area| area.code == self.grid)).or_else(|| place(self.site, self.grid, self.planned.index))?;
        let by_list = self.random.percent(12);
        let photos = if matches!(class, Class::Hazard | Class::Environment) && self.random.percent(30) { vec![self.photo()] } else { Vec::new() };
        let contact = (source == Source::Resident && self.random.percent(60)).then(|| words::contact(&mut self.random));
        let village = self.grid.at_level(AreaLevel::Village).and_then(|code| self.site.areas.get(code));
        let address = village.map(|area| format!("{}{spot}", crate::setup::short_village(&area.name)));
        let report = Report {
            source,
            place: if by_list && class != Class::Hazard { PlaceGiven::Area { area: self.grid } } else { PlaceGiven::Point(point) },
            words,
            class: Some(class),
            category: Some(category.to_owned()),
            urgency: self.random.percent(2).then_some(Urgency::Urgent),
            address,
            photos: photos.clone(),
            contact,
            parent: None,
        };
        let actor = match source {
            Source::GridWorker => people::in_village(self.grid, Role::GridWorker)?,
            Source::Visit | Source::Call => people::desk(self.town, Role::Intake),
            Source::Resident | Source::TalkDay | Source::Inspection | Source::Import => Actor::Reporter,
        };
        let new = NewReport { id: id(self.planned, 0, self.planned.reported_at), actor, now: self.now, report };
        self.steps.push(Step { at: self.now, work: Many::Report(new), photos });
        Some(())
    }

    fn source(&mut self) -> Source {
        let by_worker = if self.planned.class == Class::Hazard { 65 } else { 27 };
        match self.random.below(100) {
            part if part < by_worker => Source::GridWorker,
            part if part < by_worker + 10 => Source::Visit,
            part if part < by_worker + 16 => Source::Call,
            _ => Source::Resident,
        }
    }

    fn admit(&mut self) {
        self.later(0.3, 4.0);
        if self.random.percent(3) {
            self.desk(Role::Intake, Command::Ask(Ask { words: "请说一下具体在哪一段、大概从什么时候开始的，方便的话拍张照片。".into() }));
            self.later(2.0, 20.0);
            self.reporter(Command::Supply(Supply { words: Some("就在岔路口往里走五十米，有一个星期了。".into()), photos: Vec::new() }));
            self.later(0.3, 3.0);
        }
        self.desk(Role::Intake, Command::Admit(Admit { category: None, urgency: None, about_unit: None }));
    }

    /// The unit that the catalogue holds responsible where the centre works.
    fn unit(&self) -> Option<(UnitId, String)> {
        let category = self.steps.first().and_then(|step| match &step.work {
            Many::Report(new) => new.report.category.clone(),
            Many::Command(_) => None,
        });
        let day = self.site.day(self.now);
        let responsible = self.site.catalogue.responsible(&self.site.units, self.planned.class, category.as_deref(), self.centre, day)?;
        Some((responsible.unit.id.clone(), responsible.unit.service.clone()))
    }

    /// Admits and dispatches; the service that leads.
    fn dispatched(&mut self) -> Option<String> {
        self.admit();
        self.later(0.3, 4.0);
        if self.random.percent(4) {
            self.desk(Role::Dispatcher, Command::Escalate(Escalate { reason: "镇里协调过一次，涉及县级单位职责。".into() }));
            self.centre = self.town.parent().unwrap_or(self.town);
            self.later(0.5, 4.0);
        }
        let (unit, service) = self.unit()?;
        let dispatch = Command::Dispatch(Dispatch { unit: unit.clone(), co_units: Vec::new(), words: None });
        self.desk(Role::Dispatcher, dispatch.clone());
        if self.random.percent(3) {
            self.later(0.5, 4.0);
            self.handler(&service, Command::Return(Return { basis: self.return_basis(), reason: "现场在行政村道路范围，请核对责任清单。".into() }));
            self.later(0.5, 4.0);
            self.desk(Role::Dispatcher, dispatch);
            if self.random.percent(15) {
                self.objected(&service, unit);
            }
        }
        self.later(0.3, 5.0);
        self.handler(&service, Command::SignFor(SignFor {}));
        Some(service)
    }

    fn objected(&mut self, service: &str, unit: UnitId) {
        self.later(0.5, 3.0);
        self.handler(service, Command::Object(Object { reason: "清单第三项与第九项有交叉，请上级中心裁定。".into() }));
        let above = self.centre.parent().unwrap_or(self.centre);
        let role = if above == self.centre || above.level() == AreaLevel::Province { Role::Director } else { Role::Dispatcher };
        self.later(1.0, 8.0);
        let rule = Command::Rule(Rule { unit, reason: "按谁主管谁负责，由原单位主办。".into() });
        self.send(people::desk(if above.level() == AreaLevel::Province { self.centre } else { above }, role), rule);
    }

    fn return_basis(&self) -> String {
        self.site.catalogue.return_bases.first().map(|choice| choice.code.clone()).unwrap_or_default()
    }

    fn handler(&mut self, service: &str, command: Command) {
        let photos = match &command {
            Command::Complete(complete) => complete.photos.clone(),
            _ => Vec::new(),
        };
        self.step(Some(people::of_unit(self.centre, service, Role::Handler)), command, photos);
    }

    fn handled(&mut self, result: WorkResult) {
        let class = self.planned.class;
        let mergeable = matches!(class, Class::Environment | Class::Service) && is_target(self.planned);
        if result == WorkResult::Done && !mergeable && self.random.percent(on_the_spot(class)) {
            return self.settled_on_the_spot();
        }
        if class == Class::Dispute && self.random.percent(52) {
            self.mediated(MediationResult::Agreement);
            return self.judged(None);
        }
        let Some(service) = self.dispatched() else { return };
        self.worked_on(&service);
        self.complete(&service, result);
        if self.random.percent(4) && result == WorkResult::Done {
            self.sent_back(&service);
        }
        self.judged(Some(&service));
    }

    fn settled_on_the_spot(&mut self) {
        self.later(0.2, 5.0);
        let photos = self.photos();
        let settle = Command::Settle(Settle { words: words::reply(&mut self.random), photos: photos.clone() });
        self.step(people::in_village(self.grid, Role::GridWorker), settle, photos);
        self.judged(None);
    }

    /// Handling: progress, sometimes an extension, a pause, or a limit that is missed.
    fn worked_on(&mut self, service: &str) {
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

    fn extended(&mut self, service: &str) {
        self.later(0.5, 2.0);
        self.handler(service, Command::AskExtension(AskExtension { days: 3, reason: "材料要从外地调，路上需要几天。".into() }));
        self.later(0.3, 3.0);
        self.desk(Role::Dispatcher, Command::DecideExtension(DecideExtension { approve: true, reason: Some("同意，请告知反映人。".into()) }));
    }

    fn suspended(&mut self, service: &str) {
        let Some(because) = self.site.catalogue.suspend_reasons.iter().find(|choice| choice.code == "weather").or(self.site.catalogue.suspend_reasons.first()) else { return };
        if self.pace < 1.0 {
            return;
        }
        self.later(0.5, 2.0);
        let until = self.site.day(self.now).saturating_add(jiff::Span::new().days(2));
        let because = because.code.clone();
        self.handler(service, Command::Suspend(Suspend { because, until, words: Some("连日下雨，路基要晾干才能动工。".into()) }));
        self.now = plus(casework::calendar::end_of(until, &self.site.zone), 1);
        self.system(Command::Resume(Resume {}));
    }

    /// The limit of handling passes: a reminder, a mark, a word from the reporter.
    fn late(&mut self) {
        let signed = self.steps.iter().rev().find_map(|step| match &step.work {
            Many::Command(NewCommand { command: Command::SignFor(_), now, .. }) => Some(*now),
            _ => None,
        });
        let urgent = self.steps.first().is_some_and(|step| matches!(&step.work, Many::Report(new) if new.report.urgency == Some(Urgency::Urgent)));
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

    fn complete(&mut self, service: &str, result: WorkResult) {
        let photos = self.photos();
        let words = if result == WorkResult::Unfounded { "现场没有发现所说的情况，已当面说明。".into() } else { words::reply(&mut self.random) };
        self.handler(service, Command::Complete(Complete { result, words, photos }));
    }

    /// The verification fails, or the reporter is unhappy, and the work is done again.
    fn sent_back(&mut self, service: &str) {
        self.later(2.0, 12.0);
        match self.planned.class.verification() {
            Verification::AtThePlace => {
                let photos = self.photos();
                let fail = Command::Fail(Fail { reason: "现场只补了一半，另一头还是老样子。".into(), photos: photos.clone() });
                self.step(people::in_village(self.grid, Role::GridWorker), fail, photos);
            }
            Verification::Reporter => self.reporter(Command::Rate(Rate { answer: Answer::Unhappy, words: Some("只打了个电话，事情没有解决。".into()) })),
            Verification::PartiesToTheCentre | Verification::None => return,
        }
        self.later(5.0, 20.0);
        self.complete(service, WorkResult::Done);
    }

    fn mediated(&mut self, result: MediationResult) {
        self.admit();
        self.later(0.3, 4.0);
        let committee = UnitId(format!("{}.{}", self.centre, site::MEDIATION));
        self.desk(Role::Dispatcher, Command::OpenMediation(OpenMediation { unit: committee }));
        let mediator = people::of_unit(self.centre, site::MEDIATION, Role::Mediator);
        self.later(10.0, 40.0);
        if self.random.percent(60) {
            self.send(mediator.clone(), Command::Progress(Progress { words: "已分别听了两边的说法，约好一起坐下来谈。".into(), photos: Vec::new() }));
            self.later(10.0, 40.0);
        }
        let words = match result {
            MediationResult::Agreement => "双方谈妥，当场说好了怎么做、什么时候做到。",
            MediationResult::Refused => "一方明确不愿调解，按规定终止。可以申请仲裁或向法院起诉。",
            MediationResult::Stopped => "一方中途提出不再调解，按规定终止。可以申请仲裁或向法院起诉。",
            MediationResult::Failed => "谈了两次没有谈拢。可以申请仲裁、行政处理或向法院起诉。",
        };
        self.send(mediator, Command::ConcludeMediation(ConcludeMediation { result, words: words.into() }));
    }

    /// Verification and follow-up until the end.
    fn judged(&mut self, service: Option<&str>) {
        let class = self.planned.class;
        self.later(2.0, 20.0);
        match class.verification() {
            Verification::AtThePlace => {
                let role = if service.is_some() { Role::GridWorker } else { Role::VillageLead };
                let photos = self.photos();
                let pass = Command::Pass(Pass { words: Some("到现场看过，已经弄好。".into()), photos: photos.clone() });
                self.step(people::in_village(self.grid, role), pass, photos);
                self.later(2.0, 20.0);
            }
            Verification::PartiesToTheCentre => {
                self.desk(Role::Intake, Command::Pass(Pass { words: Some("两边都说谈好了。".into()), photos: Vec::new() }));
                self.later(2.0, 20.0);
            }
            Verification::Reporter | Verification::None => {}
        }
        let waits = !matches!(class, Class::Hazard | Class::Service | Class::Petition) && self.planned.ending == Ending::Handled;
        match self.random.below(100) {
            0..=20 if waits => self.unanswered(),
            21..=65 => self.reporter(Command::Rate(Rate { answer: Answer::Satisfied, words: None })),
            _ => self.desk(Role::Intake, Command::CallBack(CallBack { answer: Answer::Satisfied, words: None })),
        }
    }

    /// Nobody answers: a reminder, and after the limit the matter closes as not answered.
    fn unanswered(&mut self) {
        let urgency = Urgency::Normal;
        let Some(rule) = self.site.catalogue.limit(Stage::FollowUp, self.planned.class, urgency) else { return };
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

    fn not_settled(&mut self) {
        if self.random.percent(55) {
            return self.mediated(MediationResult::Failed);
        }
        let Some(service) = self.dispatched() else { return };
        self.later(8.0, 60.0);
        self.complete(&service, WorkResult::Failed);
    }

    fn refused(&mut self) {
        let result = if self.random.percent(60) { MediationResult::Refused } else { MediationResult::Stopped };
        self.mediated(result);
    }

    fn withdrawn(&mut self) {
        if self.random.percent(50) {
            self.admit();
        }
        self.later(1.0, 24.0);
        self.reporter(Command::Withdraw(Withdraw { reason: Some("我们自己说好了，不用办了。".into()) }));
    }

    fn not_supplied(&mut self) {
        self.later(0.3, 4.0);
        self.desk(Role::Intake, Command::Ask(Ask { words: "请说明具体地点和您希望怎么解决。".into() }));
        let Some(rule) = self.site.catalogue.limit(Stage::AwaitingReporter, self.planned.class, Urgency::Normal) else { return };
        let clock = Clock::start(rule, self.now, &self.site.calendar, &self.site.zone);
        self.now = clock.warn_at;
        self.system(Command::Remind(Remind {}));
        self.now = plus(clock.due_at, 1);
        self.system(Command::Lapse(Lapse {}));
    }

    fn guided(&mut self) {
        self.later(0.3, 5.0);
        let route = self.random.pick(&self.site.catalogue.guide_routes).map(|choice| choice.code.clone()).unwrap_or_default();
        self.desk(Role::Intake, Command::Guide(Guide { route, words: Some("这件事有专门的办理途径，已写明去哪里办、带什么材料。".into()) }));
    }

    fn on_its_way(&mut self) {
        let far = self.random.below(if self.planned.class == Class::Hazard { 4 } else { 6 });
        if far == 0 {
            return;
        }
        if far == 1 {
            return self.admit();
        }
        let Some(service) = self.dispatched() else { return };
        if far == 2 {
            // Dispatched, not signed for yet.
            self.steps.pop();
            return;
        }
        if far >= 4 {
            self.later(1.0, 10.0);
            let words = words::note(&mut self.random);
            self.handler(&service, Command::Progress(Progress { words, photos: Vec::new() }));
        }
        if far == 5 && self.planned.class.verification() == Verification::AtThePlace {
            self.later(1.0, 10.0);
            self.complete(&service, WorkResult::Done);
        }
    }

    fn merged(&mut self, target: Target) {
        self.later(0.2, 1.0);
        self.desk(Role::Intake, Command::Merge(Merge { into: target.id }));
    }

    /// The archive takes what nobody reopened in time.
    fn archived(&mut self) {
        let closes = |command: &Command| {
            matches!(command, Command::Withdraw(_) | Command::Guide(_) | Command::Merge(_) | Command::Lapse(_) | Command::CloseUnanswered(_))
                || matches!(command, Command::Rate(Rate { answer: Answer::Satisfied, .. }) | Command::CallBack(CallBack { answer: Answer::Satisfied, .. }))
                || matches!(command, Command::ConcludeMediation(c) if c.result != MediationResult::Agreement)
                || matches!(command, Command::Complete(c) if c.result == WorkResult::Failed)
        };
        let Some(Step { at, work: Many::Command(last), .. }) = self.steps.last() else { return };
        if !closes(&last.command) {
            return;
        }
        let days = self.site.catalogue.bounds.reopen_days;
        let until = casework::calendar::end_of(self.site.day(*at).saturating_add(jiff::Span::new().days(days)), &self.site.zone);
        if plus(until, 3_600) < site::clock_start() && self.pace >= 1.0 {
            self.now = plus(until, 2);
            self.system(Command::Archive(Archive {}));
        }
    }

    /// The steps, drawn together when the last would come after the demo's clock starts.
    fn in_time(mut self) -> Vec<Step> {
        let (start, end) = (self.planned.reported_at, plus(site::clock_start(), -120));
        let last = self.steps.last().map_or(start, |step| step.at);
        if last > end {
            let (whole, room) = (last.duration_since(start).as_secs_f64(), end.duration_since(start).as_secs_f64());
            for step in &mut self.steps {
                #[allow(clippy::cast_possible_truncation, reason = "whole seconds of a few days")]
                let after = (step.at.duration_since(start).as_secs_f64() * room / whole) as i64;
                step.at = plus(start, after);
                match &mut step.work {
                    Many::Report(new) => new.now = step.at,
                    Many::Command(new) => new.now = step.at,
                }
            }
        }
        self.steps
    }
}

/// Whether duplicates are merged into this matter.
pub(super) fn is_target(planned: Planned) -> bool {
    planned.ending == Ending::Handled && matches!(planned.class, Class::Environment | Class::Service) && planned.index.is_multiple_of(7)
}

/// How many in a hundred are settled where they were seen.
fn on_the_spot(class: Class) -> u64 {
    match class {
        Class::Dispute => 24,
        Class::Enquiry => 30,
        Class::Hazard => 10,
        Class::Service | Class::Environment => 14,
        Class::Suggestion | Class::Petition => 0,
    }
}

fn plus(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
