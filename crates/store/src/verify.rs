//! `verify`: checks the log, replays every event, makes every projection anew beside the kept one, and compares.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use casework::{
    area::AreaLevel,
    id::{MatterId, Number, Region, TextId},
    matter::{Class, Matter, Recorded},
    text::{TextKind, text_hash},
};
use uuid::Uuid;

use crate::{
    Store,
    change::{key_binding, open_text},
    error::{Error, Result},
    grams::normalised,
    log::{LeafOf, Root, hex, leaf_hash},
    projections::{
        cells::CellDeltas,
        figures::{COLUMNS, FigureDeltas, Sums},
    },
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
    fn find(&mut self, matter: Option<&Matter>, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { matter: matter.map(|m| m.number.clone()), what: what.into() });
        }
    }
}

/// What replaying the log leaves behind.
#[derive(Default)]
struct Replayed {
    matters: HashMap<MatterId, Matter>,
    /// Salted hashes that events keep.
    hashes: HashMap<(MatterId, TextId), [u8; 32]>,
    heads: BTreeMap<Region, (i64, Root)>,
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
        let mut count = 0;
        let statement = Statement::new(
            "select region, seq, matter, version, at, command, body, leaf from events order by region, seq",
        );
        self.database
            .each(statement, |row| {
                count += 1;
                progress(count);
                if let Err(error) = replay_row(&row, &mut replayed, report) {
                    let matter = row.matter(0, 2).ok().and_then(|id| replayed.matters.get(&id).cloned());
                    report.find(
                        matter.as_ref(),
                        format!("event {} cannot be read: {error}", row.int(1).unwrap_or_default()),
                    );
                }
                Ok(())
            })
            .await?;
        Ok(replayed)
    }

    async fn compare_heads(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        for row in
            self.database.fetch(Statement::new("select region, events from regions order by region")).await?
        {
            let (region, events) = (Region(row.u32(0)?), row.int(1)?);
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

    async fn compare_matters(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let site = self.site();
        let mut seen = BTreeSet::new();
        let statement = Statement::new(
            "select region, id, version, state, number, code_key, stage, area, changed_at, wake_at, class, due_at from matters",
        );
        self.database
            .each(statement, |row| {
                let id = row.matter(0, 1)?;
                seen.insert(id);
                let Some(matter) = replayed.matters.get(&id) else {
                    report.find(None, format!("matter {id} has no events"));
                    return Ok(());
                };
                let kept = serde_json::from_str::<Matter>(row.text(3)?).ok();
                let columns = row.u32(2)? == matter.version
                    && row.text(4)? == matter.number.0
                    && row.int(5)? == self.keys.code_key(&self.keys.query_code(id, matter.code_version))
                    && row.int(6)? == matter.stage.index()
                    && row.text(7)? == matter.area.to_string()
                    && row.int(8)? == matter.changed_at.as_microsecond()
                    && row.maybe_int(9)? == matter.wake(&site).map(|wake| wake.at.as_microsecond())
                    && row.int(10)? == matter.class.index()
                    && row.maybe_int(11)? == matter.clock.as_ref().map(|clock| clock.due_at.as_microsecond());
                if kept.as_ref() != Some(matter) || !columns {
                    report.find(Some(matter), "the matter's row is not what its events make it");
                }
                Ok(())
            })
            .await?;
        for (id, matter) in &replayed.matters {
            if !seen.contains(id) {
                report.find(Some(matter), "the matter has events but no row");
            }
        }
        Ok(())
    }

    async fn compare_texts(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let grams = self.kept_grams().await?;
        let mut missing = replayed.hashes.clone();
        let doc = if self.database.is_sqlite() { "t.doc" } else { "cast(0 as bigint)" };
        let statement = Statement::new(format!(
            "select t.region, t.matter, t.id, t.kind, t.sealed, m.data_key, {doc} from texts t join matters m on m.region = t.region and m.id = t.matter"
        ));
        self.database
            .each(statement, |row| {
                let id = row.matter(0, 1)?;
                let text = TextId(row.uuid(2)?);
                let matter = replayed.matters.get(&id);
                report.texts += 1;
                let Some(hash) = missing.remove(&(id, text)) else {
                    report.find(matter, format!("text {text} is named by no event"));
                    return Ok(());
                };
                match self.open_row(id, text, &row) {
                    Ok((salt, words, kind)) => {
                        if text_hash(&salt, &words) != hash {
                            report
                                .find(matter, format!("the words of text {text} are not those of its event"));
                        }
                        let wanted = if kind.is_searchable() {
                            self.keys.grams(&normalised(&words))
                        } else {
                            Vec::new()
                        };
                        let key = if self.database.is_sqlite() {
                            GramKey::Doc(row.int(6)?)
                        } else {
                            GramKey::Text(id, text.0)
                        };
                        if grams.get(&key).map(Vec::as_slice).unwrap_or_default() != wanted {
                            report.find(
                                matter,
                                format!("the search index of text {text} is not that of its words"),
                            );
                        }
                    }
                    Err(error) => report.find(matter, format!("text {text} does not open: {error}")),
                }
                Ok(())
            })
            .await?;
        report.erased = missing.len() as u64;
        Ok(())
    }

    fn open_row(&self, id: MatterId, text: TextId, row: &Row) -> Result<([u8; 16], String, TextKind)> {
        let kind = TextKind::at_index(row.int(3)?).ok_or_else(|| Error::damaged("no known kind"))?;
        let key = self.keys.unwrap_data_key(row.blob(5)?, &key_binding(id))?;
        let (salt, words) = open_text(&key, id, text, kind, row.blob(4)?)?;
        Ok((salt, words, kind))
    }

    /// The index as it is kept, sorted as it is made.
    async fn kept_grams(&self) -> Result<HashMap<GramKey, Vec<i64>>> {
        let mut kept: HashMap<GramKey, Vec<i64>> = HashMap::new();
        if self.database.is_sqlite() {
            self.database
                .execute(vec![Statement::new(
                    "create virtual table if not exists grams_terms using fts5vocab(grams, instance)",
                )])
                .await?;
            self.database
                .each(Statement::new("select doc, term from grams_terms"), |row| {
                    let gram = u64::from_str_radix(row.text(1)?, 16).map_err(Error::damaged)?.cast_signed();
                    kept.entry(GramKey::Doc(row.int(0)?)).or_default().push(gram);
                    Ok(())
                })
                .await?;
        } else {
            self.database
                .each(Statement::new("select region, matter, id, array_to_string(grams, ',') from texts where grams is not null"), |row| {
                    let list: Result<Vec<i64>, _> = row.text(3)?.split(',').filter(|gram| !gram.is_empty()).map(str::parse).collect();
                    kept.insert(GramKey::Text(row.matter(0, 1)?, row.uuid(2)?), list.map_err(Error::damaged)?);
                    Ok(())
                })
                .await?;
        }
        kept.values_mut().for_each(|list| list.sort_unstable());
        Ok(kept)
    }

    async fn compare_queue(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let site = self.site();
        let mut kept: HashMap<MatterId, BTreeSet<(String, i64, i64, i64)>> = HashMap::new();
        self.database
            .each(Statement::new("select region, matter, unit, role, due_at, paused from queue"), |row| {
                kept.entry(row.matter(0, 1)?).or_default().insert((
                    row.text(2)?.to_owned(),
                    row.int(3)?,
                    row.int(4)?,
                    row.int(5)?,
                ));
                Ok(())
            })
            .await?;
        for (id, matter) in &replayed.matters {
            let wanted: BTreeSet<_> = matter
                .owed(&site)
                .into_iter()
                .map(|owed| {
                    (
                        owed.unit.0,
                        owed.role.index(),
                        owed.due_at.map_or(i64::MAX, jiff::Timestamp::as_microsecond),
                        i64::from(owed.paused),
                    )
                })
                .collect();
            if kept.remove(id).unwrap_or_default() != wanted {
                report.find(Some(matter), "the queue does not hold what the matter owes");
            }
        }
        if !kept.is_empty() {
            report.find(None, format!("the queue holds {} matters that have no events", kept.len()));
        }
        Ok(())
    }

    async fn compare_totals(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let site = self.site();
        let (mut figures, mut cells) = (FigureDeltas::default(), CellDeltas::default());
        for matter in replayed.matters.values() {
            figures.add(None, Some(matter), &site);
            cells.add(None, Some(matter));
        }
        let mut wanted: BTreeMap<(u32, String, i64, i64), [i64; 12]> = figures
            .rows()
            .map(|(key, sums)| {
                ((key.region, key.area.to_string(), key.day, key.class.index()), sums.to_array())
            })
            .collect();
        for row in self
            .database
            .fetch_list(Statement::new(format!(
                "select region, area, day, class, {} from figures",
                COLUMNS.join(", ")
            )))
            .await?
        {
            let key = (row.u32(0)?, row.text(1)?.to_owned(), row.int(2)?, row.int(3)?);
            let sums: Vec<i64> = (4..16).map(|column| row.int(column)).collect::<Result<_>>()?;
            let area_level = key
                .1
                .parse::<casework::area::AreaCode>()
                .map_or(AreaLevel::Grid, casework::area::AreaCode::level);
            if wanted.remove(&key).map_or(sums.iter().any(|sum| *sum != 0), |w| w.as_slice() != sums) {
                report.find(None, format!("the totals of {area_level} {} on {} do not add up", key.1, key.2));
            }
        }
        let mut squares: BTreeMap<(u32, u32, i64, i64), (i64, i64)> = cells
            .rows()
            .map(|(key, sums)| ((key.region, key.zoom, key.cell, key.class.index()), *sums))
            .collect();
        for row in self
            .database
            .fetch_list(Statement::new("select region, zoom, cell, class, matters, open from cells"))
            .await?
        {
            let kept = (row.int(4)?, row.int(5)?);
            if squares.remove(&(row.u32(0)?, row.u32(1)?, row.int(2)?, row.int(3)?)).unwrap_or_default()
                != kept
            {
                report.find(
                    None,
                    format!("the map's square {} at zoom {} does not add up", row.int(2)?, row.int(1)?),
                );
            }
        }
        if !wanted.is_empty() || !squares.is_empty() {
            report.find(
                None,
                format!("{} totals and {} squares of the map are missing", wanted.len(), squares.len()),
            );
        }
        Ok(())
    }

    /// Every event was made by a command that is known, and every command made events.
    async fn compare_commands(&self, report: &mut Report) -> Result<()> {
        let orphans = "select count(*) from (select distinct region, command from events) e left join commands c on c.region = e.region and c.id = e.command where c.id is null";
        let empty = "select count(*) from commands c left join events e on e.region = c.region and e.matter = c.matter and e.version = c.version where e.command is null or e.command <> c.id";
        for (sql, what) in [(orphans, "events belong to no known command"), (empty, "commands made no event")]
        {
            let count = self
                .database
                .fetch_list(Statement::new(sql))
                .await?
                .first()
                .map_or(Ok(0), |row| row.int(0))?;
            if count != 0 {
                report.find(None, format!("{count} {what}"));
            }
        }
        Ok(())
    }
}

#[derive(PartialEq, Eq, Hash)]
enum GramKey {
    Doc(i64),
    Text(MatterId, Uuid),
}

fn replay_row(row: &Row, replayed: &mut Replayed, report: &mut Report) -> Result<()> {
    let id = row.matter(0, 2)?;
    let (seq, version, at) = (row.int(1)?, row.u32(3)?, row.moment(4)?);
    let (command, body) = (row.uuid(5)?, row.text(6)?);
    let leaf = leaf_hash(LeafOf {
        region: id.region.0,
        seq,
        matter: id.uuid,
        version,
        at: at.as_microsecond(),
        command,
        body,
    });
    let (last, root) = replayed.heads.entry(id.region).or_default();
    if seq != *last + 1 {
        report.find(
            replayed.matters.get(&id),
            format!("the log of region {} has a gap: {} is followed by {seq}", id.region, *last),
        );
    }
    *last = seq;
    root.push(leaf);
    let recorded = timeline::recorded(version, at, body)?;
    let matter = apply(&mut replayed.matters, id, &recorded);
    if leaf.as_slice() != row.blob(7)? {
        report.find(matter, format!("event {seq} of region {} was changed after it was recorded", id.region));
    }
    for text in recorded.event.texts() {
        replayed.hashes.insert((id, text.id), text.hash);
    }
    Ok(())
}

fn apply<'a>(
    matters: &'a mut HashMap<MatterId, Matter>,
    id: MatterId,
    recorded: &Recorded,
) -> Option<&'a Matter> {
    match matters.entry(id) {
        std::collections::hash_map::Entry::Occupied(entry) => {
            let matter = entry.into_mut();
            matter.apply(recorded);
            Some(matter)
        }
        std::collections::hash_map::Entry::Vacant(entry) => {
            Matter::begin(id, recorded).map(|matter| &*entry.insert(matter))
        }
    }
}
