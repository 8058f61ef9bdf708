//! One matter's life: the commands that its people send, with the moments at which they do.

mod endings;
mod mediation;
mod road;

use casework::{
    actor::{Actor, Role},
    area::{AreaCode, AreaLevel, Point},
    id::{CommandId, MatterId, PhotoId},
    matter::{Class, Command, PlaceGiven, Report, Source, Urgency, Verification, WorkResult},
    site::Site,
};
use jiff::{SignedDuration, Timestamp};
use store::{Many, NewCommand, NewReport};

use super::{
    people,
    plan::{Ending, Planned},
    random::Random,
    shapes, site, words,
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
    bytes
        .iter_mut()
        .zip(a.to_be_bytes().into_iter().chain(b.to_be_bytes()))
        .for_each(|(to, from)| *to = from);
    CommandId(
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.as_millisecond()).unwrap_or(0), &bytes)
            .into_uuid(),
    )
}

fn place(site: &Site, grid: AreaCode, index: u64) -> Option<Point> {
    let ring = site.areas.get(grid)?.shape.as_ref()?.rings().first()?;
    let (lon, lat) = shapes::inside(ring, &mut Random::of("place", index));
    Some(Point { lon, lat })
}

/// Every grid, those of the town that the demo shows first, and those of the villages whose workers it names.
pub(super) struct Grids {
    all: Vec<AreaCode>,
    town: Vec<AreaCode>,
    villages: Vec<AreaCode>,
}

impl Grids {
    pub(super) fn of_site(site: &Site) -> Self {
        let mut all: Vec<AreaCode> =
            site.areas.iter().map(|area| area.code).filter(|code| code.level() == AreaLevel::Grid).collect();
        all.sort_unstable();
        let within = |prefix: &str| {
            all.iter().copied().filter(|code| code.to_string().starts_with(prefix)).collect::<Vec<_>>()
        };
        let villages = site::VILLAGES.iter().flat_map(|village| within(village)).collect();
        Self { town: within(site::TOWN), villages, all }
    }

    fn of(&self, planned: Planned) -> Option<AreaCode> {
        let mut random = Random::of("grid", planned.index);
        let alive = matches!(planned.ending, Ending::OnItsWay | Ending::January);
        let list = match random.below(100) {
            part if alive && part < 12 => &self.villages,
            part if part < if alive { 35 } else { 3 } => &self.town,
            _ => &self.all,
        };
        random.pick(list).copied()
    }
}

/// Tells a life.
pub(super) fn tell(
    site: &Site,
    grids: &Grids,
    planned: Planned,
    merged_into: Option<Target>,
) -> Option<Vec<Step>> {
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
        let morning =
            day.at(8, 5, 0, 0).to_zoned(self.site.zone.clone()).map_or(at, |zoned| zoned.timestamp());
        plus(morning, minutes * 60)
    }

    fn step(&mut self, actor: Option<Actor>, command: Command, photos: Vec<PhotoId>) {
        let Some(actor) = actor else { return };
        let nth = self.steps.len() as u64;
        let new = NewCommand {
            id: id(self.planned, nth, self.now),
            actor,
            now: self.now,
            matter: self.id,
            base_version: None,
            command,
        };
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
        let point = near
            .filter(|point| self.site.areas.at(*point).is_some_and(|area| area.code == self.grid))
            .or_else(|| place(self.site, self.grid, self.planned.index))?;
        let by_list = self.random.percent(12);
        let photos = if matches!(class, Class::Hazard | Class::Environment) && self.random.percent(30) {
            vec![self.photo()]
        } else {
            Vec::new()
        };
        let contact =
            (source == Source::Resident && self.random.percent(60)).then(|| words::contact(&mut self.random));
        let village = self.grid.at_level(AreaLevel::Village).and_then(|code| self.site.areas.get(code));
        let address = village.map(|area| format!("{}{spot}", area.name));
        let report = Report {
            source,
            place: if by_list && class != Class::Hazard {
                PlaceGiven::Area { area: self.grid }
            } else {
                PlaceGiven::Point(point)
            },
            words,
            class: Some(class),
            category: Some(category.to_owned()),
            urgency: self.random.percent(2).then_some(Urgency::Urgent),
            address,
            photos: photos.clone(),
            contact,
            parent: None,
            talk_day: None,
        };
        let actor = match source {
            Source::GridWorker => people::in_village(self.grid, Role::GridWorker)?,
            Source::Visit | Source::Call => people::desk(self.town, Role::Intake),
            Source::Resident | Source::TalkDay | Source::Inspection | Source::Import => Actor::Reporter,
        };
        let new =
            NewReport { id: id(self.planned, 0, self.planned.reported_at), actor, now: self.now, report };
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

    /// The steps, drawn together when the last would come after the demo's clock starts.
    fn in_time(mut self) -> Vec<Step> {
        let (start, end) = (self.planned.reported_at, plus(site::clock_start(), -120));
        let last = self.steps.last().map_or(start, |step| step.at);
        if last > end {
            let (whole, room) =
                (last.duration_since(start).as_secs_f64(), end.duration_since(start).as_secs_f64());
            for step in &mut self.steps {
                #[allow(clippy::cast_possible_truncation, reason = "whole seconds of a few days")]
                let after = (step.at.duration_since(start).as_secs_f64() * room / whole) as i64;
                step.at = plus(start, after);
                match &mut step.work {
                    Many::Report(new) => new.now = step.at,
                    Many::Command(new) => new.now = step.at,
                    Many::Plan(_) | Many::Talk(_) => {}
                }
            }
        }
        self.steps
    }
}

/// Whether duplicates are merged into this matter.
pub(super) fn is_target(planned: Planned) -> bool {
    planned.ending == Ending::Handled
        && matches!(planned.class, Class::Environment | Class::Service)
        && planned.index.is_multiple_of(7)
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
