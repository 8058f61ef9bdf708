//! The bare loop on SQLite: the rows that the server made of a round's reports go into a copy of the site's database, on
//! one thread, with the same durability, in batches as large as the server's can be. No HTTP, no rules, no keys.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use benches::{
    reports::Made,
    sqlite::{self, Row},
    statistics::number,
};
use rusqlite::{Connection, params, types::Value};
use store::{SUM_COLUMNS, keys::Keys};
use uuid::Uuid;

/// The zooms for which the store keeps counts, and that of the cell in a matter's row.
const ZOOMS: [i64; 4] = [8, 10, 12, 14];
const FINE_ZOOM: i64 = 18;
/// Digits of the codes of county, town and village.
const FIGURE_LEVELS: [usize; 3] = [6, 9, 12];

/// How many texts come until the words of all are put into the index.
const WAITING_TEXTS: i64 = 512;

const INSERT_TEXT: &str = "insert into texts (region, record, id, kind, sealed) values (?, ?, ?, ?, ?)";
const SELECT_TEXTS: &str = "select region, record, id, kind, sealed from texts where doc > ? order by doc";

/// The other side: a copy of the site's database, and a look into the site's own.
pub(crate) struct Bare {
    site: PathBuf,
    keys: Keys,
    connection: Connection,
    /// The last text of the site that was copied.
    last_text: i64,
    inserts: Inserts,
}

/// The inserts of whole rows.
struct Inserts {
    event: String,
    command: String,
    matter: String,
    queue: String,
}

/// What one report became.
struct Rows {
    events: Vec<Row>,
    command: Row,
    matter: Row,
    queue: Vec<Row>,
    texts: Vec<Row>,
    /// The first text's tokens, as its index takes them.
    tokens: String,
    totals: Totals,
}

/// Under which keys it is counted.
struct Totals {
    region: i64,
    head: i64,
    town: String,
    day: i64,
    area: String,
    class: i64,
    cell: Option<i64>,
}

impl Bare {
    /// Copies a site that nobody serves yet.
    pub(crate) fn beside(site: &Path, folder: &Path) -> Result<Self> {
        let original = site.join("fengsi.db");
        let copy = folder.join("bare.db");
        sqlite::copy(&original, &copy)?;
        let connection = sqlite::open(&copy)?;
        let insert = |table: &str| {
            Ok::<_, anyhow::Error>(sqlite::insert_into(table, sqlite::columns(&connection, table)?.len()))
        };
        let inserts = Inserts {
            event: insert("events")?,
            command: insert("commands")?,
            matter: insert("matters")?,
            queue: insert("queue")?,
        };
        let last_text =
            connection.query_row("select coalesce(max(doc), 0) from texts", [], |row| row.get(0))?;
        Ok(Self {
            site: original,
            keys: Keys::read_or_make(&site.join("site.key"))?,
            connection,
            last_text,
            inserts,
        })
    }

    /// Commits what the server made of these reports; how many a second.
    pub(crate) fn round(&mut self, reports: &[Made], batch: usize) -> Result<f64> {
        let rows = self.read(reports)?;
        ensure!(rows.len() == reports.len(), "{} reports were sent and {} found", reports.len(), rows.len());
        let begun = Instant::now();
        for batch in rows.chunks(batch) {
            self.commit(batch)?;
        }
        Ok(number(rows.len()) / begun.elapsed().as_secs_f64())
    }

    fn commit(&self, batch: &[Rows]) -> Result<()> {
        let connection = &self.connection;
        connection.prepare_cached("begin immediate")?.execute([])?;
        let mut words = Vec::with_capacity(batch.len());
        for rows in batch {
            let of = &rows.totals;
            connection
                .prepare_cached("insert into numbers values (?1, ?2, ?3, 1) on conflict do update set last = last + 1 returning last")?
                .query_row(params![of.region, of.town, of.day], |row| row.get::<_, i64>(0))?;
            for event in &rows.events {
                sqlite::execute(connection, &self.inserts.event, event)?;
            }
            sqlite::execute(connection, &self.inserts.command, &rows.command)?;
            sqlite::execute(connection, &self.inserts.matter, &rows.matter)?;
            for (nth, text) in rows.texts.iter().enumerate() {
                sqlite::execute(connection, INSERT_TEXT, text)?;
                if nth == 0 {
                    words.push((connection.last_insert_rowid(), rows.tokens.as_str()));
                }
            }
            for owed in &rows.queue {
                sqlite::execute(connection, &self.inserts.queue, owed)?;
            }
        }
        write_words(connection, &words)?;
        write_totals(connection, batch)?;
        connection.prepare_cached("commit")?.execute([])?;
        Ok(())
    }

    /// Reads what the server made of the reports, in the order of its commits.
    fn read(&mut self, reports: &[Made]) -> Result<Vec<Rows>> {
        let site = sqlite::open_to_read(&self.site)?;
        let words: HashMap<Uuid, &str> = reports.iter().map(|made| (made.id, made.words.as_str())).collect();
        let mut texts: HashMap<Vec<u8>, Vec<Row>> = HashMap::new();
        let mut order = Vec::with_capacity(reports.len());
        for text in sqlite::rows(&site, SELECT_TEXTS, &[Value::Integer(self.last_text)])? {
            let Some(Value::Blob(matter)) = text.get(1) else { anyhow::bail!("a text names no matter") };
            let own = texts.entry(matter.clone()).or_default();
            if own.is_empty() {
                order.push((text.first().cloned().unwrap_or(Value::Null), matter.clone()));
            }
            own.push(text);
        }
        self.last_text = site.query_row("select max(doc) from texts", [], |row| row.get(0))?;
        let mut list = Vec::with_capacity(order.len());
        for (region, matter) in order {
            let own = texts.remove(&matter).unwrap_or_default();
            let words = words.get(&Uuid::from_slice(&matter)?).context("a report came from somebody else")?;
            let grams = self.keys.grams(words);
            let tokens: String =
                grams.iter().map(|gram| format!(" {:x}", gram.cast_unsigned())).collect::<String>() + " ";
            list.push(one(&site, &[region, Value::Blob(matter)], own, tokens)?);
        }
        Ok(list)
    }

    /// Both databases hold as many rows and the same totals: otherwise the comparison would not be fair.
    pub(crate) fn check(&self) -> Result<()> {
        let site = sqlite::open_to_read(&self.site)?;
        let mut questions: Vec<String> = ["events", "commands", "matters", "texts", "queue", "jobs", "acted"]
            .iter()
            .map(|table| format!("select count(*) from {table}"))
            .collect();
        questions.push("select sum(reported * 3 + open) + count(*) from figures".to_owned());
        questions.push("select sum(matters * 3 + open) + count(*) from cells".to_owned());
        questions.push("select sum(last) + count(*) from numbers".to_owned());
        questions.push("select sum(events) from regions".to_owned());
        questions
            .push("select (select count(*) from grams) + (select count(*) from grams_waiting)".to_owned());
        for question in questions {
            let ask = |connection: &Connection| sqlite::rows(connection, &question, &[]);
            let (theirs, ours) = (ask(&site)?, ask(&self.connection)?);
            ensure!(
                theirs == ours,
                "the bare loop did not write the same rows: {question}: {ours:?} instead of {theirs:?}"
            );
        }
        Ok(())
    }
}

fn one(site: &Connection, key: &[Value], texts: Vec<Row>, tokens: String) -> Result<Rows> {
    let first =
        |sql: &str| sqlite::rows(site, sql, key)?.pop().with_context(|| format!("nothing found: {sql}"));
    let totals = site
        .prepare_cached("select region, number, area, class, cell, (select max(seq) from events e where e.region = m.region and e.record = m.id) from matters m where region = ?1 and id = ?2")?
        .query_row(rusqlite::params_from_iter(key), |row| {
            let number: String = row.get(1)?;
            let part = |nth| number.split('-').nth(nth).unwrap_or_default().to_owned();
            Ok(Totals {
                region: row.get(0)?,
                head: row.get(5)?,
                town: part(1),
                day: part(2).parse().unwrap_or(0),
                area: row.get(2)?,
                class: row.get(3)?,
                cell: row.get(4)?,
            })
        })?;
    Ok(Rows {
        events: sqlite::rows(
            site,
            "select * from events where region = ?1 and record = ?2 order by version",
            key,
        )?,
        // A report's command bears the matter's id.
        command: first("select * from commands where region = ?1 and id = ?2")?,
        matter: first("select * from matters where region = ?1 and id = ?2")?,
        queue: sqlite::rows(site, "select * from queue where region = ?1 and matter = ?2", key)?,
        texts,
        tokens,
        totals,
    })
}

/// A batch's words, which wait until there are enough for the index, as in the store.
fn write_words(connection: &Connection, words: &[(i64, &str)]) -> Result<()> {
    let oldest: Option<i64> =
        connection.prepare_cached("select min(doc) from grams_waiting")?.query_row([], |row| row.get(0))?;
    let oldest = oldest.or_else(|| words.first().map(|(doc, _)| *doc)).unwrap_or(0);
    let enough = words.last().is_some_and(|(newest, _)| newest - oldest >= WAITING_TEXTS);
    if enough {
        connection
            .prepare_cached(
                "insert into grams (rowid, tokens) select doc, tokens from grams_waiting order by doc",
            )?
            .execute([])?;
        connection.prepare_cached("delete from grams_waiting")?.execute([])?;
    }
    let mut insert = connection.prepare_cached(if enough {
        "insert into grams (rowid, tokens) values (?1, ?2)"
    } else {
        "insert into grams_waiting values (?1, ?2)"
    })?;
    for (doc, tokens) in words {
        insert.execute(params![doc, tokens])?;
    }
    Ok(())
}

/// A batch's totals, each row touched once, as the store does.
fn write_totals(connection: &Connection, batch: &[Rows]) -> Result<()> {
    let mut heads = BTreeMap::new();
    let mut figures: BTreeMap<(i64, &str, i64, i64), i64> = BTreeMap::new();
    let mut cells: BTreeMap<(i64, i64, i64, i64), i64> = BTreeMap::new();
    for of in batch.iter().map(|rows| &rows.totals) {
        heads.entry(of.region).and_modify(|head: &mut i64| *head = of.head.max(*head)).or_insert(of.head);
        for area in FIGURE_LEVELS.iter().filter_map(|digits| of.area.get(..*digits)) {
            *figures.entry((of.region, area, of.day, of.class)).or_default() += 1;
        }
        for zoom in ZOOMS {
            if let Some(fine) = of.cell {
                *cells.entry((of.region, zoom, fine >> (2 * (FINE_ZOOM - zoom)), of.class)).or_default() += 1;
            }
        }
    }
    for (region, head) in heads {
        connection
            .prepare_cached(
                "insert into regions values (?1, ?2) on conflict do update set events = excluded.events",
            )?
            .execute([region, head])?;
    }
    let adding = SUM_COLUMNS.map(|column| format!("{column} = {column} + excluded.{column}")).join(", ");
    let mut statement = connection.prepare_cached(&format!(
        "insert into figures values (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?5) on conflict do update set {adding}"
    ))?;
    for ((region, area, day, class), count) in figures {
        statement.execute(params![region, area, day, class, count])?;
    }
    let mut statement = connection.prepare_cached(
        "insert into cells values (?1, ?2, ?3, ?4, ?5, ?5) on conflict do update set matters = matters + excluded.matters, open = open + excluded.open",
    )?;
    for ((region, zoom, cell, class), count) in cells {
        statement.execute(params![region, zoom, cell, class, count])?;
    }
    Ok(())
}
