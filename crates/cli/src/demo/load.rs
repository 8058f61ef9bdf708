//! Loading the year: lives are told as their day comes, their commands go through the store's write path in the order of
//! time. A note keeps how many went in; commands carry ids of their own, so that a loader that was stopped goes on.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, VecDeque},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use casework::{id::PhotoId, matter::Class, site::Site};
use jiff::Timestamp;
use jobs::{Jobs, Outbound};
use store::{Answered, Many, Store};

use super::{
    life::{self, Grids, Step, Target},
    people, pictures,
    plan::{self, Ending, Planned},
    registers, site, talk_days,
};

/// Commands of one request to the store.
const CHUNK: usize = 512;
/// Requests under way at once: while one is committed, the next is made.
const UNDER_WAY: usize = 3;
/// The note that says how many commands went in.
const LOADED: &str = "demo.loaded";
/// The note that says that the whole year went in.
const COMPLETE: &str = "demo.complete";

/// A year to be loaded.
pub(crate) struct Year {
    site: Arc<Site>,
    grids: Grids,
    planned: Vec<Planned>,
    targets: HashMap<Class, Vec<Planned>>,
    pictures: Vec<PhotoId>,
    loaded: usize,
    complete: bool,
}

/// A step in its place in time.
struct Waiting {
    at: Timestamp,
    matter: u64,
    nth: usize,
    step: Step,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Waiting {}
impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
impl Waiting {
    fn key(&self) -> (Timestamp, u64, usize) {
        (self.at, self.matter, self.nth)
    }
}

/// Sets the site up where it is not: areas, units and accounts, without any matter.
pub(crate) async fn set_up(store: &Store) -> Result<()> {
    if store.settings().area == site::CITY {
        return Ok(());
    }
    eprintln!("随州 2023: 建立区划、单位和账号 areas, units and accounts");
    let data = tokio::task::spawn_blocking(site::data).await??;
    let now = site::clock_start();
    store.set_up(&data, now).await?;
    let site = store.site();
    let accounts = tokio::task::spawn_blocking(move || people::accounts(&site)).await??;
    store.add_accounts(&accounts, now).await?;
    store.fill_registers(&registers::of(&store.site())?).await?;
    talk_days::set_up(store).await?;
    Ok(())
}

impl Year {
    /// Sets the site up where it is not, and plans the year.
    pub(crate) async fn prepare(store: &Store) -> Result<Self> {
        set_up(store).await?;
        let site = store.site();
        let complete = store.site_note(COMPLETE).await?.is_some();
        let loaded = store.site_note(LOADED).await?.and_then(|count| count.parse().ok()).unwrap_or(0);
        let pictures = if complete { Vec::new() } else { pictures::take(store).await? };
        let mut planned = plan::matters();
        let targets = targets(&planned);
        planned = planned.into_iter().map(|planned| when_merged(planned, &targets)).collect();
        planned.sort_by_key(|planned| (planned.reported_at, planned.index));
        Ok(Self { grids: Grids::of_site(&site), site, planned, targets, pictures, loaded, complete })
    }

    /// A part of the year for tests: every so many-th matter, without those that are merged into another.
    #[cfg(test)]
    fn every(mut self, nth: u64) -> Self {
        self.planned.retain(|planned| planned.index.is_multiple_of(nth) && planned.ending != Ending::Merged);
        self
    }

    /// How many matters the year has.
    pub(crate) fn commands(&self) -> u64 {
        self.planned.len() as u64
    }

    /// Loads what is not loaded yet; how many commands that was.
    ///
    /// # Errors
    /// Those of the store; a command that the rules refuse is an error of the plan and named.
    pub(crate) async fn load(self, store: &Store, mut progress: impl FnMut(u64, &str)) -> Result<usize> {
        if self.complete {
            return Ok(0);
        }
        let mail = Outbound::None;
        let mut waiting: BinaryHeap<Reverse<Waiting>> = BinaryHeap::new();
        for (nth, step) in talk_days::steps(store).into_iter().enumerate() {
            // After the matters' steps of the same moment.
            waiting.push(Reverse(Waiting { at: step.at, matter: u64::MAX, nth, step }));
        }
        let mut next = self.planned.iter().peekable();
        let mut under_way = VecDeque::new();
        let (mut told, mut sent, mut done) = (0_usize, 0_usize, self.loaded);
        loop {
            let mut chunk = Vec::with_capacity(CHUNK);
            while chunk.len() < CHUNK {
                while let Some(planned) = next.next_if(|planned| {
                    waiting.peek().is_none_or(|Reverse(first)| planned.reported_at <= first.at)
                }) {
                    told += 1;
                    self.tell(*planned, &mut waiting)?;
                }
                let Some(Reverse(first)) = waiting.pop() else { break };
                sent += 1;
                if sent > self.loaded {
                    chunk.push(first.step);
                }
            }
            let Some(last) = chunk.last().map(|step| step.at) else {
                if next.peek().is_none() && waiting.is_empty() {
                    break;
                }
                continue;
            };
            progress(told as u64, &self.site.day(last).to_string());
            under_way.push_back((chunk.len(), last, self.send(store, chunk, last).await?));
            if under_way.len() >= UNDER_WAY {
                done += finish(store, under_way.pop_front(), done, &mail).await?;
            }
        }
        while !under_way.is_empty() {
            done += finish(store, under_way.pop_front(), done, &mail).await?;
        }
        store.set_site_note(COMPLETE, "1").await?;
        Ok(done - self.loaded)
    }

    fn tell(&self, planned: Planned, waiting: &mut BinaryHeap<Reverse<Waiting>>) -> Result<()> {
        let target = self.target(planned);
        let steps = life::tell(&self.site, &self.grids, planned, target)
            .with_context(|| format!("matter {} of the plan has no place", planned.index))?;
        for (nth, step) in steps.into_iter().enumerate() {
            waiting.push(Reverse(Waiting { at: step.at, matter: planned.index, nth, step }));
        }
        Ok(())
    }

    fn target(&self, planned: Planned) -> Option<Target> {
        let target = target_of(planned, &self.targets)?;
        life::target(&self.site, &self.grids, target)
    }

    /// Sends a chunk; its photos are made first.
    async fn send(&self, store: &Store, chunk: Vec<Step>, now: Timestamp) -> Result<Sent> {
        let photos: Vec<PhotoId> = chunk.iter().flat_map(|step| step.photos.iter().copied()).collect();
        let picture = |photo: &PhotoId| {
            usize::try_from(photo.0.as_u128() % (self.pictures.len().max(1) as u128))
                .ok()
                .and_then(|index| self.pictures.get(index))
        };
        let copies: Vec<_> =
            photos.iter().filter_map(|photo| picture(photo).map(|of| (*photo, *of))).collect();
        store.same_pictures(&copies, now).await?;
        let names = chunk.iter().map(name).collect();
        let works: Vec<Many> = chunk.into_iter().map(|step| step.work).collect();
        // Handed over here, in order; the task only waits.
        let answers = store.many(works);
        Ok(tokio::spawn(async move { (names, answers.await) }))
    }
}

/// What was sent, by name, and its answers.
type Sent = tokio::task::JoinHandle<(Vec<Named>, Vec<store::Result<Answered>>)>;
type UnderWay = (usize, Timestamp, Sent);

/// A command as an error names it.
struct Named(&'static str, uuid::Uuid);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.0, self.1)
    }
}

fn name(step: &Step) -> Named {
    match &step.work {
        Many::Report(new) => Named("report", new.id.0),
        Many::Command(new) => Named(new.command.kind().as_str(), new.matter.uuid),
        Many::Plan(new) => Named("plan", new.id.0),
        Many::Talk(new) => Named(new.command.kind().as_str(), new.day.uuid),
    }
}

/// Waits for a chunk, notes it, and carries out what follows from it.
async fn finish(store: &Store, chunk: Option<UnderWay>, done: usize, mail: &Outbound) -> Result<usize> {
    let Some((count, last, answers)) = chunk else { return Ok(0) };
    let (names, answers) = answers.await?;
    for (name, answer) in names.iter().zip(answers) {
        if let Err(error) = answer {
            bail!("the plan of the demo breaks a rule: {name}: {error}");
        }
    }
    store.set_site_note(LOADED, &(done + count).to_string()).await?;
    let jobs = Jobs::new(store.clone(), move || last, mail.clone());
    while jobs.follow_ups_now().await? > 0 {}
    Ok(count)
}

/// Matters that duplicates are merged into, by class.
fn targets(planned: &[Planned]) -> HashMap<Class, Vec<Planned>> {
    let mut targets: HashMap<Class, Vec<Planned>> = HashMap::new();
    for target in planned.iter().copied().filter(|planned| life::is_target(*planned)) {
        targets.entry(target.class).or_default().push(target);
    }
    targets
}

fn target_of(planned: Planned, targets: &HashMap<Class, Vec<Planned>>) -> Option<Planned> {
    if planned.ending != Ending::Merged {
        return None;
    }
    let list = targets.get(&planned.class)?;
    list.get(usize::try_from(planned.index).ok()? % list.len()).copied()
}

/// A duplicate is reported soon after its target.
fn when_merged(planned: Planned, targets: &HashMap<Class, Vec<Planned>>) -> Planned {
    match target_of(planned, targets) {
        Some(target) => {
            let minutes = 6 + i64::try_from(planned.index % 10).unwrap_or(0);
            let reported_at = target
                .reported_at
                .saturating_add(jiff::SignedDuration::from_mins(minutes))
                .unwrap_or(target.reported_at);
            Planned { reported_at, ..planned }
        }
        None => planned,
    }
}

#[cfg(test)]
mod tests;
