//! What the jobs do, on a site of its own with a clock that the test moves. That the queue itself holds on both databases is
//! tested in `store`, whose sample site this is.

use ::store;

#[path = "../../store/src/tests/sample.rs"]
#[allow(dead_code, reason = "the store's tests use all of it")]
mod sample;

mod clocks;
mod joined;
mod told;

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use casework::{
    actor::Actor,
    id::{CommandId, MatterId},
    matter::{Command, EventKind, Matter, Report},
};
use jiff::{Timestamp, ToSpan};
use store::{Answer, Location, NewCommand, NewReport, Store};
use uuid::Uuid;

use crate::{Jobs, Outbound};
use sample::{at, site_data};

/// A site, its jobs and its clock.
struct Here {
    store: Store,
    jobs: Jobs,
    minutes: Arc<AtomicI64>,
    ids: AtomicU64,
    folder: tempfile::TempDir,
}

fn moment(minutes: &AtomicI64) -> Timestamp {
    at("2024-03-04T09:00").checked_add(minutes.load(Ordering::SeqCst).minutes()).unwrap()
}

impl Here {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Folder(folder.path().join("site"))).await.unwrap();
        store.set_up(&site_data(), at("2024-01-01T00:00")).await.unwrap();
        let minutes = Arc::new(AtomicI64::new(0));
        let clock = minutes.clone();
        let outbound = Outbound::Folder(folder.path().join("mail"));
        let jobs = Jobs::new(store.clone(), move || moment(&clock), outbound);
        Self { store, jobs, minutes, ids: AtomicU64::new(1), folder }
    }

    fn now(&self) -> Timestamp {
        moment(&self.minutes)
    }

    fn wait(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::SeqCst);
    }

    fn wait_until(&self, later: Timestamp) {
        let minutes = (later.as_second() - self.now().as_second()).div_euclid(60) + 1;
        self.wait(minutes.max(0));
    }

    fn id(&self) -> CommandId {
        CommandId(Uuid::from_u128(u128::from(self.ids.fetch_add(1, Ordering::SeqCst)) << 32))
    }

    async fn reported(&self, report: Report) -> MatterId {
        self.wait(1);
        let new = NewReport { id: self.id(), actor: Actor::Reporter, now: self.now(), report };
        self.store.report(new).await.unwrap().matter
    }

    async fn does(&self, actor: Actor, matter: MatterId, command: Command) -> Answer {
        self.wait(1);
        let new = NewCommand { id: self.id(), actor, now: self.now(), matter, base_version: None, command };
        self.store.command(new).await.unwrap()
    }

    async fn matter(&self, id: MatterId) -> Matter {
        self.store.matter(id).await.unwrap().matter
    }

    /// The events of a matter after a version, by name.
    async fn events(&self, id: MatterId, after: u32) -> Vec<EventKind> {
        let events = self.store.events(id, after).await.unwrap();
        events.iter().map(|recorded| recorded.event.kind()).collect()
    }

    /// Works until nothing is left to do.
    async fn work(&self) {
        for _ in 0..20 {
            if self.jobs.round().await == 0 {
                return;
            }
        }
        panic!("there is work without end");
    }

    /// Carries out what waits, twice, and dies each time before saying so.
    async fn die_after_work(&self) {
        for _ in 0..2 {
            for job in self.store.claim_jobs(self.now(), 100).await.unwrap() {
                self.jobs.carry_out(&job, self.now()).await.unwrap();
                self.jobs.carry_out(&job, self.now()).await.unwrap();
            }
            self.wait(11);
        }
    }

    /// Nothing waits and nothing is wrong.
    async fn is_done(&self) {
        self.wait(60 * 24);
        assert!(self.store.claim_jobs(self.now(), 100).await.unwrap().is_empty(), "work is left");
        let report = self.store.verify(|_| {}).await.unwrap();
        assert_eq!(report.findings, []);
    }
}
