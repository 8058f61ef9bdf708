//! Fills an empty database with the rows of another place. As long as that lasts a mark in it says how far it came, and the
//! site does not open.

use std::collections::{BTreeMap, HashMap};

use casework::{id::TextId, text::TextKind};
use serde::{Deserialize, Serialize};

use super::{
    Doing, Progress, Watch,
    rows::{self, RowsDigest},
    tables::{self, EVENTS, MARKS, TEXTS, Table},
};
use crate::{
    append::{RecordId, key_binding, open_text},
    database::Database,
    error::{Error, Result},
    grams::normalised,
    keys::Keys,
    log::{Root, hex},
    value::{Row, Statement},
};

/// The tables that hold the keys of their records' words.
const DATA_KEYS: [&str; 2] = ["matters", "talk_days"];
const FILLING: &str = "filling";

/// How far the filling came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Where the rows come from.
    pub(super) from: String,
    /// The table that is being filled.
    pub(super) table: usize,
    /// Pieces of it that are there.
    pub(super) pieces: usize,
}

/// Rows on their way into a table, with the bigrams of their words where they have some.
pub(crate) struct Fill<'a> {
    pub(crate) table: &'a Table,
    pub(crate) rows: Vec<Row>,
    /// For each row, as far as its words can be searched.
    pub(crate) grams: Option<Vec<Vec<i64>>>,
}

/// A database that is being filled.
pub(super) struct Filling<'a> {
    pub(super) database: &'a Database,
    pub(super) keys: &'a Keys,
    pub(super) mark: Mark,
}

impl<'a> Filling<'a> {
    /// Begins, or goes on where the same filling stopped. What is left of another one is taken away first.
    pub(super) async fn begin(database: &'a Database, keys: &'a Keys, from: &str) -> Result<Self> {
        match read_mark(database).await? {
            Some(mark) if mark.from == from => Ok(Self { database, keys, mark }),
            Some(_) | None => Self::anew(database, keys, from).await,
        }
    }

    /// Begins. What is left of a filling that was stopped is taken away first.
    pub(super) async fn anew(database: &'a Database, keys: &'a Keys, from: &str) -> Result<Self> {
        let mark = Mark { from: from.to_owned(), table: 0, pieces: 0 };
        let mut begin = Vec::new();
        if read_mark(database).await?.is_some() {
            let carried = tables::carried(&mut database.snapshot().await?).await?;
            begin.extend(carried.iter().map(|table| Statement::new(format!("delete from {}", table.name))));
            if database.is_sqlite() {
                begin.push(Statement::new("delete from grams"));
            }
        } else {
            must_be_empty(database).await?;
        }
        begin.push(keep_mark(&mark)?);
        database.execute(begin).await?;
        Ok(Self { database, keys, mark })
    }

    /// Writes rows, and that they are there, in one transaction.
    pub(super) async fn rows(&mut self, at: usize, table: &Table, rows: Vec<Row>) -> Result<()> {
        let grams = if table.name == TEXTS { Some(self.grams(table, &rows).await?) } else { None };
        let pieces = if self.mark.table == at { self.mark.pieces + 1 } else { 1 };
        let mark = Mark { from: self.mark.from.clone(), table: at, pieces };
        self.database.fill(Fill { table, rows, grams }, keep_mark(&mark)?).await?;
        self.mark = mark;
        Ok(())
    }

    /// Whether a piece is there already.
    pub(super) fn has(&self, table: usize, piece: usize) -> bool {
        table < self.mark.table || (table == self.mark.table && piece < self.mark.pieces)
    }

    /// The bigrams of each text's words, as far as they can be searched.
    async fn grams(&self, table: &Table, rows: &[Row]) -> Result<Vec<Vec<i64>>> {
        let column = |name| table.column(name);
        let (region, record, id) = (column("region")?, column("record")?, column("id")?);
        let (kind, sealed) = (column("kind")?, column("sealed")?);
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
        let wrapped = self.data_keys(first.record(region, record)?, last.record(region, record)?).await?;
        rows.iter()
            .map(|row| {
                let (of, text) = (row.record(region, record)?, TextId(row.uuid(id)?));
                let kind = TextKind::at_index(row.int(kind)?)
                    .ok_or_else(|| Error::damaged("a text of no known kind"))?;
                if !kind.is_searchable() {
                    return Ok(Vec::new());
                }
                let wrapped = wrapped.get(&of).ok_or_else(|| Error::damaged("a text without its key"))?;
                let key = self.keys.unwrap_data_key(wrapped, &key_binding(of))?;
                let (_, words) = open_text(&key, of, text, kind, row.blob(sealed)?)?;
                Ok(self.keys.grams(&normalised(&words)))
            })
            .collect()
    }

    /// The wrapped keys of the records from one to another.
    async fn data_keys(&self, first: RecordId, last: RecordId) -> Result<HashMap<RecordId, Vec<u8>>> {
        let mut found = HashMap::new();
        for table in DATA_KEYS {
            let statement = Statement::new(format!(
                "select region, id, data_key from {table} where (region, id) >= ($1, $2) and (region, id) <= ($3, $4)"
            ))
            .bind(first.region.0)
            .bind(first.uuid)
            .bind(last.region.0)
            .bind(last.uuid);
            for row in self.database.fetch(statement).await? {
                found.insert(row.record(0, 1)?, row.blob(2)?.to_vec());
            }
        }
        Ok(found)
    }

    /// What is to be carried out when everything was compared and verified: from then on the site opens.
    pub(super) fn end() -> Statement {
        Statement::new("delete from site where key = $1").bind(format!("{MARKS}{FILLING}"))
    }
}

async fn must_be_empty(database: &Database) -> Result<()> {
    for table in ["site", "regions", "accounts"] {
        let rows = database.fetch(Statement::new(format!("select 1 from {table} limit 1"))).await?;
        if !rows.is_empty() {
            return Err(Error::Setup(
                "there is a site already: choose an empty folder or database. Nothing was changed".to_owned(),
            ));
        }
    }
    Ok(())
}

/// Refuses a site that is being filled.
pub(crate) async fn is_not_being_filled(database: &Database) -> Result<()> {
    match read_mark(database).await? {
        None => Ok(()),
        Some(mark) => Err(Error::Setup(format!(
            "this site is being filled from {} and is not whole yet: carry out the same command again",
            mark.from
        ))),
    }
}

async fn read_mark(database: &Database) -> Result<Option<Mark>> {
    let statement = Statement::new("select value from site where key = $1").bind(format!("{MARKS}{FILLING}"));
    let rows = database.fetch(statement).await?;
    rows.first().map(|row| serde_json::from_str(row.text(0)?).map_err(Error::damaged)).transpose()
}

fn keep_mark(mark: &Mark) -> Result<Statement> {
    Ok(Statement::new("insert into site (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value")
        .bind(format!("{MARKS}{FILLING}"))
        .bind(serde_json::to_string(mark).map_err(Error::damaged)?))
}

/// What a database holds, to be compared: each table's rows and their hash, and the root of each region's log.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) tables: Vec<(String, u64, String)>,
    pub(super) regions: BTreeMap<u32, (u64, String)>,
}

impl Content {
    /// Refuses a copy that differs, and says where.
    pub(super) fn must_be(&self, wanted: &Self) -> Result<()> {
        let pairs = self.tables.iter().zip(&wanted.tables);
        if let Some((found, wanted)) = pairs.into_iter().find(|(found, wanted)| found != wanted) {
            return Err(Error::Damaged(format!(
                "the copy is not equal: {} has {} rows ({}), {} had {} ({})",
                found.0, found.1, found.2, wanted.0, wanted.1, wanted.2
            )));
        }
        if self.tables.len() != wanted.tables.len() || self.regions != wanted.regions {
            return Err(Error::damaged(
                "the copy is not equal: it has other tables, or a log with another root",
            ));
        }
        Ok(())
    }
}

/// Reads everything once more.
pub(super) async fn content(database: &Database, of: u64, progress: Watch<'_>) -> Result<Content> {
    let mut snapshot = database.snapshot().await?;
    let (mut content, mut roots) = (Content::default(), BTreeMap::<u32, Root>::new());
    let mut done = Progress { doing: Doing::Comparing, done: 0, of };
    for table in tables::carried(&mut snapshot).await? {
        let leaf =
            if table.name == EVENTS { Some((table.column("region")?, table.column("leaf")?)) } else { None };
        let mut digest = RowsDigest::default();
        snapshot
            .each(table.select(snapshot.is_sqlite()), |row| {
                if let Some(of) = leaf {
                    super::backup::add_leaf(&mut roots, &row, of)?;
                }
                digest.add(&rows::write(row)?);
                done.done += 1;
                if done.done.is_multiple_of(1_024) {
                    progress(done);
                }
                Ok(())
            })
            .await?;
        let (rows, digest) = digest.done();
        content.tables.push((table.name, rows, digest));
    }
    content.regions =
        roots.into_iter().map(|(region, root)| (region, (root.leaves(), hex(&root.hash())))).collect();
    Ok(content)
}
