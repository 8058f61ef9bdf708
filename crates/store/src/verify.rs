//! `verify`: checks the log, replays every event, makes every projection anew beside the kept one, and compares.

mod rows;
mod totals;
mod words;

use std::collections::{BTreeMap, HashMap};

use casework::{
    id::{AccountId, MatterId, Number, Region, TextId},
    matter::{Class, Matter, Recorded},
};

use crate::{
    Store,
    error::Result,
    log::{HASH_BYTES, LeafOf, Root, hex, leaf_hash},
    projections::figures::Sums,
    timeline,
    value::{Row, Statement},
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

impl Report {
    fn find(&mut self, matter: Option<Number>, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { matter, what: what.into() });
        }
    }
}

/// What replaying the log leaves behind.
#[derive(Default)]
struct Replayed {
    matters: HashMap<MatterId, Matter>,
    /// Numbers as the matters' rows say them, to name a matter whose beginning cannot be read.
    numbers: HashMap<MatterId, Number>,
    /// Salted hashes that events keep.
    hashes: HashMap<(MatterId, TextId), [u8; HASH_BYTES]>,
    /// When each account last acted on a matter, and whether it reported it.
    acted: HashMap<(MatterId, AccountId), (i64, bool)>,
    heads: BTreeMap<Region, (i64, Root)>,
}

impl Replayed {
    fn name(&self, id: MatterId) -> Option<Number> {
        self.matters.get(&id).map(|matter| &matter.number).or_else(|| self.numbers.get(&id)).cloned()
    }
}

impl Store {
    /// Verifies the whole record; `progress` hears how many events were replayed.
    ///
    /// # Errors
    /// Those of the database; damage is a finding, not an error.
    pub async fn verify(&self, mut progress: impl FnMut(u64) + Send) -> Result<Report> {
        let mut report = Report::default();
        let replayed = self.replay(&mut report, &mut progress).await?;
        self.compare_heads(&replayed, &mut report).await?;
        self.compare_matters(&replayed, &mut report).await?;
        self.compare_texts(&replayed, &mut report).await?;
        self.compare_queue(&replayed, &mut report).await?;
        self.compare_acted(&replayed, &mut report).await?;
        self.compare_totals(&replayed, &mut report).await?;
        self.compare_commands(&mut report).await?;
        let site = self.site();
        for matter in replayed.matters.values() {
            let year = site.day(matter.reported_at).year();
            report.years.entry(year).or_default().entry(matter.class).or_default().add(Sums::of(matter), 1);
        }
        report.matters = replayed.matters.len() as u64;
        report.regions = replayed
            .heads
            .into_iter()
            .map(|(region, (_, root))| (region, (root.leaves(), hex(&root.hash()))))
            .collect();
        Ok(report)
    }

    async fn replay(&self, report: &mut Report, progress: &mut (impl FnMut(u64) + Send)) -> Result<Replayed> {
        let mut replayed = Replayed::default();
        self.database
            .each(Statement::new("select region, id, number from matters"), |row| {
                if let (Ok(id), Ok(number)) = (row.matter(0, 1), row.text(2)) {
                    replayed.numbers.insert(id, Number(number.to_owned()));
                }
                Ok(())
            })
            .await?;
        let mut count = 0;
        let statement = Statement::new(
            "select region, seq, matter, version, at, command, body, leaf from events order by region, seq",
        );
        self.database
            .each(statement, |row| {
                count += 1;
                progress(count);
                if let Err(error) = replay_row(&row, &mut replayed, report) {
                    let name = row.matter(0, 2).ok().and_then(|id| replayed.name(id));
                    let seq = row.int(1).unwrap_or_default();
                    report.find(name, format!("event {seq} cannot be read: {error}"));
                }
                Ok(())
            })
            .await?;
        Ok(replayed)
    }

    async fn compare_heads(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let rows =
            self.database.fetch(Statement::new("select region, events from regions order by region")).await?;
        let mut counted = BTreeMap::new();
        for row in rows {
            counted.insert(Region(row.u32(0)?), row.int(1)?);
        }
        for region in replayed.heads.keys() {
            counted.entry(*region).or_insert(0);
        }
        for (region, events) in counted {
            let found = replayed.heads.get(&region).map_or(0, |(seq, _)| *seq);
            if found != events {
                report.find(
                    None,
                    format!("region {region} counts {events} events but its log ends at {found}"),
                );
            }
        }
        Ok(())
    }

    /// Every event was made by a command that is known, and every command made events.
    async fn compare_commands(&self, report: &mut Report) -> Result<()> {
        let orphans = "select count(*) from (select distinct region, command from events) e left join commands c on c.region = e.region and c.id = e.command where c.id is null";
        let empty = "select count(*) from commands c left join events e on e.region = c.region and e.matter = c.matter and e.version = c.version where e.command is null or e.command <> c.id";
        for (sql, what) in [(orphans, "events belong to no known command"), (empty, "commands made no event")]
        {
            let rows = self.database.fetch_list(Statement::new(sql)).await?;
            let count = rows.first().map_or(Ok(0), |row| row.int(0))?;
            if count != 0 {
                report.find(None, format!("{count} {what}"));
            }
        }
        Ok(())
    }
}

fn replay_row(row: &Row, replayed: &mut Replayed, report: &mut Report) -> Result<()> {
    let id = row.matter(0, 2)?;
    let seq = row.int(1)?;
    let leaf = leaf_of(row, id, seq);
    let (last, root) = replayed.heads.entry(id.region).or_default();
    if seq != *last + 1 {
        report.find(None, format!("the log of region {} has a gap: {last} is followed by {seq}", id.region));
    }
    *last = seq;
    root.push(*leaf.as_ref().unwrap_or(&[0; HASH_BYTES]));
    let recorded = timeline::recorded(row.u32(3)?, row.moment(4)?, row.text(6)?);
    let before = replayed.matters.get(&id).map_or(0, |matter| matter.version);
    if let Ok(recorded) = &recorded {
        apply(&mut replayed.matters, id, recorded);
        for text in recorded.event.texts() {
            replayed.hashes.insert((id, text.id), text.hash);
        }
        if let Some(account) = recorded.by.account() {
            let acted = replayed.acted.entry((id, account)).or_insert((0, recorded.version == 1));
            acted.0 = recorded.at.as_microsecond();
        }
    }
    if leaf.ok().as_ref().map(<[u8; HASH_BYTES]>::as_slice) != row.blob(7).ok() {
        let changed = format!("event {seq} of region {} was changed after it was recorded", id.region);
        report.find(replayed.name(id), changed);
    }
    let version = recorded?.version;
    if version != before.saturating_add(1) {
        report.find(replayed.name(id), format!("event {before} of the matter is followed by {version}"));
    }
    Ok(())
}

fn leaf_of(row: &Row, id: MatterId, seq: i64) -> Result<[u8; HASH_BYTES]> {
    Ok(leaf_hash(LeafOf {
        region: id.region.0,
        seq,
        matter: id.uuid,
        version: row.u32(3)?,
        at: row.int(4)?,
        command: row.uuid(5)?,
        body: row.text(6)?,
    }))
}

fn apply(matters: &mut HashMap<MatterId, Matter>, id: MatterId, recorded: &Recorded) {
    match matters.entry(id) {
        std::collections::hash_map::Entry::Occupied(mut entry) => entry.get_mut().apply(recorded),
        std::collections::hash_map::Entry::Vacant(entry) => {
            if let Some(matter) = Matter::begin(id, recorded) {
                entry.insert(matter);
            }
        }
    }
}
