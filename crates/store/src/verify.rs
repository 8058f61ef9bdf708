//! `verify`: checks the log, replays every event, makes every projection anew beside the kept one, and compares.
//!
//! It reads one moment of the database, whoever writes meanwhile, and writes nothing. It holds a few hundred matters at a
//! time: the log is read in its own order, then once more matter by matter, each compared at once with the rows it makes.

mod cases;
mod log;
mod mediations;
mod methods;
mod photos;
mod rows;
mod stories;
mod talk_days;
mod totals;
mod words;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use casework::{
    id::{Number, Region},
    matter::{Class, Event},
    site::Site,
};
use uuid::Uuid;

use crate::{
    Store,
    append::RecordId,
    database::Snapshot,
    error::Result,
    log::{Root, hex},
    projections::figures::Sums,
    timeline,
    value::Statement,
};

/// Findings that are written out; more are counted.
const MOST_FINDINGS: usize = 100;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The matter, where one is concerned.
    pub matter: Option<Number>,
    /// What is wrong.
    pub what: String,
}

/// What was checked and found.
#[derive(Debug, Default)]
pub struct Report {
    /// Events of each region and the root of its log.
    pub regions: BTreeMap<Region, (u64, String)>,
    /// Matters replayed.
    pub matters: u64,
    /// Talk days replayed.
    pub talk_days: u64,
    /// Texts whose hash was checked.
    pub texts: u64,
    /// Texts that were erased.
    pub erased: u64,
    /// Totals of the whole site by year of report, from events alone.
    pub years: BTreeMap<i16, BTreeMap<Class, Sums>>,
    /// What is wrong; the first hundred.
    pub findings: Vec<Finding>,
    /// How much is wrong.
    pub wrong: u64,
}

/// A verification under way: what it carries from one stretch of the record to the next.
struct Check<'a> {
    store: &'a Store,
    site: Arc<Site>,
    report: Report,
    /// The records of the findings that are written out; matters' numbers are looked up in the end.
    concerned: Vec<Option<RecordId>>,
    heads: BTreeMap<Region, (i64, Root)>,
    totals: totals::Totals,
    index: words::Index,
    pictures: HashMap<Uuid, photos::Opened>,
    methods: methods::Versions,
    /// Commands whose row is what their events make it.
    commands: i64,
}

impl Store {
    /// Verifies the whole record; `progress` hears how many events, of all there are, the work done so far is worth.
    ///
    /// # Errors
    /// Those of the database; damage is a finding, not an error.
    pub async fn verify(&self, mut progress: impl FnMut(u64) + Send) -> Result<Report> {
        let mut snapshot = self.database.snapshot().await?;
        let mut check = Check::of(self)?;
        let events = count(&mut snapshot, "select count(*) from events").await?;
        // The index of the words is a table of its own on SQLite.
        let passes = if self.database.is_sqlite() { 3 } else { 2 };
        let mut steps =
            Steps { events: u64::try_from(events).unwrap_or(0), passes, pass: 0, progress: &mut progress };
        check.read_methods(&mut snapshot).await?;
        check.log(&mut snapshot, &mut steps).await?;
        if self.database.is_sqlite() {
            steps.next_pass();
            check.read_index(&mut snapshot, &mut steps).await?;
        }
        steps.next_pass();
        check.stories(&mut snapshot, &mut steps).await?;
        check.compare_index();
        check.compare_commands(&mut snapshot).await?;
        check.compare_totals(&mut snapshot).await?;
        check.name_findings(&mut snapshot).await?;
        Ok(check.done())
    }
}

impl<'a> Check<'a> {
    fn of(store: &'a Store) -> Result<Self> {
        Ok(Self {
            store,
            site: store.site(),
            report: Report::default(),
            concerned: Vec::new(),
            heads: BTreeMap::new(),
            totals: totals::Totals::default(),
            index: words::Index::new()?,
            pictures: HashMap::new(),
            methods: HashMap::new(),
            commands: 0,
        })
    }

    fn find(&mut self, record: Option<RecordId>, what: impl Into<String>) {
        self.note(record, Finding { matter: None, what: what.into() });
    }

    fn find_numbered(&mut self, number: Number, what: impl Into<String>) {
        self.note(None, Finding { matter: Some(number), what: what.into() });
    }

    fn note(&mut self, record: Option<RecordId>, finding: Finding) {
        self.report.wrong += 1;
        if self.report.findings.len() < MOST_FINDINGS {
            self.report.findings.push(finding);
            self.concerned.push(record);
        }
    }

    /// Puts the numbers of their matters beside the findings; other records are named by their ids.
    async fn name_findings(&mut self, snapshot: &mut Snapshot) -> Result<()> {
        for (finding, id) in self.report.findings.iter_mut().zip(&self.concerned) {
            if let Some(id) = id {
                finding.matter = number_of(snapshot, *id).await?;
                if finding.matter.is_none() && !finding.what.contains(&id.to_string()) {
                    finding.what.push_str(&format!(" ({id})"));
                }
            }
        }
        Ok(())
    }

    fn done(self) -> Report {
        let regions = self.heads.into_iter();
        Report {
            regions: regions
                .map(|(region, (_, root))| (region, (root.leaves(), hex(&root.hash()))))
                .collect(),
            ..self.report
        }
    }
}

/// How far the work is, told in events.
struct Steps<'a> {
    events: u64,
    passes: u64,
    pass: u64,
    progress: &'a mut (dyn FnMut(u64) + Send),
}

impl Steps<'_> {
    /// So many events' worth of this pass is done.
    fn at(&mut self, done: u64) {
        (self.progress)((self.pass * self.events + done.min(self.events)) / self.passes);
    }

    fn next_pass(&mut self) {
        self.at(self.events);
        self.pass += 1;
    }
}

async fn count(snapshot: &mut Snapshot, sql: &str) -> Result<i64> {
    snapshot.fetch(Statement::new(sql)).await?.first().map_or(Ok(0), |row| row.int(0))
}

/// A matter's number: as its first event says, or its row when that cannot be read.
async fn number_of(snapshot: &mut Snapshot, id: RecordId) -> Result<Option<Number>> {
    let statement = |sql| Statement::new(sql).bind(id.region.0).bind(id.uuid);
    let first =
        "select version, at, body from events where region = $1 and record = $2 order by version limit 1";
    let rows = snapshot.fetch(statement(first)).await?;
    let recorded = rows.first().and_then(|row| timeline::read_event::<Event>(row).ok());
    if let Some(Event::Reported { number, .. }) = recorded.map(|recorded| recorded.event) {
        return Ok(Some(number));
    }
    let rows = snapshot.fetch(statement("select number from matters where region = $1 and id = $2")).await?;
    Ok(rows.first().and_then(|row| row.text(0).ok()).map(|number| Number(number.to_owned())))
}
