//! Lists of matters: queues, areas, search, what somebody did. Always scoped to what the reader may read, paged by key.

mod select;

use casework::{
    access,
    actor::{Role, Staff},
    area::AreaCode,
    clock::Light,
    id::{MatterId, UnitId},
    matter::{Class, Matter, Stage},
    text::TextKind,
};
use jiff::Timestamp;
use uuid::Uuid;

pub(crate) use self::select::end_of_prefix;
use self::select::{list, push_queue};
use super::cells;
use crate::{
    Store,
    append::{key_binding, open_text},
    error::{Error, Result},
    grams, keys,
    value::{Row, Statement},
};

/// Most rows of one page.
pub const MOST_ROWS: u32 = 200;
/// Counting stops here.
pub const MOST_COUNTED: i64 = 1_000;
/// Candidates of a search that are looked at for one page.
const MOST_CANDIDATES: usize = 5_000;

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What is due first; for queues.
    Due,
    /// Newest report first.
    #[default]
    Newest,
    /// Oldest report first.
    Oldest,
}

/// Which matters to list. Everything given must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Within this area.
    pub area: Option<AreaCode>,
    /// In one of these stages.
    pub stages: Vec<Stage>,
    /// Of one of these classes.
    pub classes: Vec<Class>,
    /// Of this category, or of one below it.
    pub category: Option<String>,
    /// Led by this unit.
    pub unit: Option<UnitId>,
    /// In the queue of one of these.
    pub owed_by: Vec<(UnitId, Role)>,
    /// In the queue of this unit, whatever the role.
    pub owed_by_unit: Option<UnitId>,
    /// With one of these lights.
    pub lights: Vec<Light>,
    /// Within west, south, east, north.
    pub bbox: Option<(f64, f64, f64, f64)>,
    /// With these words, or this number.
    pub words: Option<String>,
    /// Reported at or after.
    pub from: Option<Timestamp>,
    /// Reported before.
    pub until: Option<Timestamp>,
    /// On which the reader acted.
    pub acted: bool,
    /// Which the reader reported.
    pub reported: bool,
    /// In this order.
    pub order: Order,
    /// After this row.
    pub after: Option<Cursor>,
    /// At most so many rows, and at most [`MOST_ROWS`].
    pub limit: u32,
}

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    key: i64,
    id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.key, self.id.simple())
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (key, id) = text.split_once('.').ok_or(())?;
        Ok(Self { key: key.parse().map_err(|_| ())?, id: Uuid::try_parse(id).map_err(|_| ())? })
    }
}

/// One matter of a list.
#[derive(Debug, Clone)]
pub struct MatterRow {
    /// The matter.
    pub matter: Matter,
    /// Its wrapped data key.
    pub data_key: Vec<u8>,
}

/// One matter of a list with the beginning of its words.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The matter.
    pub row: MatterRow,
    /// The beginning of what was reported.
    pub preview: String,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Listed>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// How many a queue holds, by light.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCount {
    /// In time.
    pub green: i64,
    /// Soon due.
    pub yellow: i64,
    /// Over.
    pub red: i64,
    /// Standing still.
    pub grey: i64,
}

impl Store {
    /// One matter with its wrapped key, whoever asks: callers check who may read it.
    ///
    /// # Errors
    /// [`Error::NoMatter`].
    pub async fn matter(&self, id: MatterId) -> Result<MatterRow> {
        let statement = Statement::new("select state, data_key from matters where region = $1 and id = $2")
            .bind(id.region.0)
            .bind(id.uuid);
        self.database
            .fetch(statement)
            .await?
            .first()
            .map(|row| read(row, 0))
            .transpose()?
            .ok_or(Error::NoMatter(id))
    }

    /// The matter of a query code; nothing when no code is like it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn matter_by_code(&self, code: &str) -> Result<Option<MatterRow>> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(None) };
        let statement =
            Statement::new("select state, data_key from matters where region = $1 and code_key = $2")
                .bind(region.0)
                .bind(self.keys.code_key(&code));
        let row = self.database.fetch(statement).await?.first().map(|row| read(row, 0)).transpose()?;
        // The index is sixty-four bits of a hash; the code itself decides.
        Ok(row.filter(|row| self.keys.query_code(row.matter.id, row.matter.code_version) == code))
    }

    /// The matter with a number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn matter_by_number(&self, number: &str) -> Result<Option<MatterRow>> {
        let number = number.trim();
        let Some(region) = region_of(number) else { return Ok(None) };
        let statement =
            Statement::new("select state, data_key from matters where region = $1 and number = $2")
                .bind(region)
                .bind(number);
        self.database.fetch(statement).await?.first().map(|row| read(row, 0)).transpose()
    }

    /// Visits every matter of an area, or of the site, oldest report first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn every_matter(
        &self,
        area: Option<AreaCode>,
        mut visit: impl FnMut(Matter) + Send,
    ) -> Result<()> {
        let mut s = Statement::new("select state, data_key from matters");
        if let Some(area) = area.map(|area| area.to_string()) {
            s.push(" where area >= ");
            s.push_value(area.as_str());
            s.push(" and area < ");
            s.push_value(end_of_prefix(&area));
        }
        s.push(" order by reported_at, region, id");
        self.database
            .each(s, |row| {
                visit(read(&row, 0)?.matter);
                Ok(())
            })
            .await
    }

    /// A page of matters that the reader may read.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn matters(&self, reader: &Staff, filter: &Filter, now: Timestamp) -> Result<Page> {
        let limit = filter.limit.clamp(1, MOST_ROWS) as usize;
        if let Some(words) = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
            return self.search(reader, filter, words, limit, now).await;
        }
        let rows = self.database.fetch_list(list(self, reader, filter, limit + 1, now, None)).await?;
        self.page(reader, rows, limit).await
    }

    /// How many rows a filter finds, up to [`MOST_COUNTED`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count(&self, reader: &Staff, filter: &Filter, now: Timestamp) -> Result<i64> {
        let unpaged = Filter { after: None, words: None, order: Order::Newest, ..filter.clone() };
        let mut inner =
            list(self, reader, &unpaged, usize::try_from(MOST_COUNTED).unwrap_or(1_000), now, None);
        if filter.acted || filter.reported {
            // What somebody once did may be out of reach by now; the rules say so, row by row.
            let site = self.site();
            let rows = self.database.fetch_list(inner).await?;
            let read = rows.iter().map(|row| read(row, 0)).collect::<Result<Vec<_>>>()?;
            let count = read.iter().filter(|row| access::may_read(&row.matter, reader, &site)).count();
            return Ok(i64::try_from(count).unwrap_or(MOST_COUNTED));
        }
        inner.sql = format!("select count(*) from ({}) counted", inner.sql);
        self.database.fetch_list(inner).await?.first().map_or(Ok(0), |row| row.int(0))
    }

    /// How many a queue holds, by light.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn queue_count(&self, owed_by: &[(UnitId, Role)], now: Timestamp) -> Result<QueueCount> {
        let mut s = Statement::new(
            "select cast(coalesce(sum(case when paused = 1 then 1 else 0 end), 0) as bigint), cast(coalesce(sum(case when paused = 0 and due_at < ",
        );
        s.push_value(now);
        s.push(" then 1 else 0 end), 0) as bigint), cast(coalesce(sum(case when paused = 0 and due_at >= ");
        s.push_value(now);
        s.push(" and warn_at <= ");
        s.push_value(now);
        s.push(" then 1 else 0 end), 0) as bigint), count(*) from queue where ");
        push_queue(&mut s, "", owed_by);
        let rows = self.database.fetch_list(s).await?;
        let Some(row) = rows.first() else { return Ok(QueueCount::default()) };
        let (grey, red, yellow) = (row.int(0)?, row.int(1)?, row.int(2)?);
        Ok(QueueCount { green: row.int(3)? - grey - red - yellow, yellow, red, grey })
    }

    async fn page(&self, reader: &Staff, rows: Vec<Row>, limit: usize) -> Result<Page> {
        let next = match (rows.len() > limit, rows.get(limit.saturating_sub(1))) {
            (true, Some(last)) => Some(Cursor { key: last.int(2)?, id: last.uuid(3)? }),
            _ => None,
        };
        let site = self.site();
        let mut listed = Vec::with_capacity(limit);
        for row in rows.iter().take(limit) {
            let row = read(row, 0)?;
            // Who holds two offices may owe two things about one matter.
            let again = listed.last().is_some_and(|last: &MatterRow| last.matter.id == row.matter.id);
            if !again && access::may_read(&row.matter, reader, &site) {
                listed.push(row);
            }
        }
        Ok(Page { rows: self.with_previews(listed).await?, next })
    }

    /// Adds the beginning of the reported words.
    pub(crate) async fn with_previews(&self, rows: Vec<MatterRow>) -> Result<Vec<Listed>> {
        const CHARACTERS: usize = 60;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement =
            Statement::new("select record, id, sealed from texts where (region, record, id) in (values ");
        let mut first = true;
        for row in &rows {
            let Some(words) = row.matter.words.first() else { continue };
            statement.push(if first { "(" } else { ", (" });
            first = false;
            statement.push_value(row.matter.id.region.0);
            statement.push(", ");
            statement.push_value(row.matter.id.uuid);
            statement.push(", ");
            statement.push_value(words.0);
            statement.push(")");
        }
        statement.push(")");
        let texts = self.database.fetch_list(statement).await?;
        let mut sealed = std::collections::HashMap::new();
        for text in &texts {
            sealed.insert(text.uuid(0)?, (text.uuid(1)?, text.blob(2)?));
        }
        rows.into_iter()
            .map(|row| {
                let id = row.matter.id;
                let words = match sealed.get(&id.uuid) {
                    Some((text, sealed)) => {
                        let key = self.keys.unwrap_data_key(&row.data_key, &key_binding(id.into()))?;
                        open_text(&key, id.into(), casework::id::TextId(*text), TextKind::Report, sealed)?.1
                    }
                    None => String::new(),
                };
                Ok(Listed { preview: words.chars().take(CHARACTERS).collect(), row })
            })
            .collect()
    }

    /// Search: a number is found as it is, words through their bigrams, newest first.
    async fn search(
        &self,
        reader: &Staff,
        filter: &Filter,
        words: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Page> {
        if words.contains('-') && words.is_ascii() {
            let found = self.matter_by_number(&words.to_uppercase()).await?;
            let site = self.site();
            let rows: Vec<_> =
                found.into_iter().filter(|row| access::may_read(&row.matter, reader, &site)).collect();
            if !rows.is_empty() {
                return Ok(Page { rows: self.with_previews(rows).await?, next: None });
            }
        }
        let terms = grams::terms(words);
        let wanted: Vec<Vec<i64>> = terms.iter().map(|term| self.keys.grams(term)).collect();
        if wanted.is_empty() {
            return Ok(Page::default());
        }
        let mut page = Page::default();
        let mut after = filter.after;
        let mut seen = 0;
        let site = self.site();
        while page.rows.len() < limit && seen < MOST_CANDIDATES {
            let step = Filter { after, order: Order::Newest, ..filter.clone() };
            let candidates =
                self.database.fetch_list(list(self, reader, &step, 200, now, Some(&wanted))).await?;
            seen += candidates.len();
            for row in &candidates {
                after = Some(Cursor { key: row.int(2)?, id: row.uuid(3)? });
                let row = read(row, 0)?;
                if access::may_read(&row.matter, reader, &site) && self.has_words(&row, &terms).await? {
                    page.rows.extend(self.with_previews(vec![row]).await?);
                    if page.rows.len() == limit {
                        page.next = after;
                        return Ok(page);
                    }
                }
            }
            if candidates.len() < 200 {
                return Ok(page);
            }
        }
        // A page that is not full may still have one after it: so many candidates are looked at, no more.
        page.next = after;
        Ok(page)
    }

    async fn has_words(&self, row: &MatterRow, terms: &[String]) -> Result<bool> {
        let texts = self.texts(row.matter.id, &row.data_key).await?;
        // Every text that the index holds: also why a matter was reopened, and what was said of the result.
        let words: Vec<String> = texts.searchable().map(grams::normalised).collect();
        Ok(terms.iter().all(|term| words.iter().any(|text| text.contains(term.as_str()))))
    }
}

/// The region that a number was given in: its town begins with the county's six digits.
fn region_of(number: &str) -> Option<u32> {
    let town = number.rsplit('-').nth(2)?;
    town.get(..6)?.parse().ok()
}

/// Reads `state, data_key` from a column on.
pub(crate) fn read(row: &Row, at: usize) -> Result<MatterRow> {
    Ok(MatterRow {
        matter: serde_json::from_str(row.text(at)?).map_err(Error::damaged)?,
        data_key: row.blob(at + 1)?.to_vec(),
    })
}
