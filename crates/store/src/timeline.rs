//! A record's story: its events with the words they name.

use casework::{
    id::{MatterId, TextId},
    record::Recorded,
    text::TextKind,
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

use crate::{
    Store,
    append::{RecordId, key_binding, open_text},
    error::{Error, Result},
    keys::DataKey,
    value::{Row, Statement},
};

/// Most events that one reading of a timeline returns; the rest is paged by version.
pub(crate) const MOST_EVENTS: u32 = 1_000;

/// A record's erasable words, readable.
#[derive(Debug, Clone, Default)]
pub struct Texts(HashMap<TextId, (TextKind, String)>);

impl Texts {
    /// The words of a text; nothing when it was erased.
    #[must_use]
    pub fn get(&self, id: TextId) -> Option<&str> {
        self.0.get(&id).map(|(_, words)| words.as_str())
    }

    /// Those that search may find.
    pub(crate) fn searchable(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter(|(kind, _)| kind.is_searchable()).map(|(_, words)| words.as_str())
    }

    /// What a text is for.
    #[must_use]
    pub fn kind(&self, id: TextId) -> Option<TextKind> {
        self.0.get(&id).map(|(kind, _)| *kind)
    }
}

impl Store {
    /// The events of a matter after a version, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn events(&self, id: MatterId, after: u32) -> Result<Vec<Recorded>> {
        self.database.fetch(events_since(id.into(), after)).await?.iter().map(read_event).collect()
    }

    /// Every text of a matter but its contact, decrypted.
    ///
    /// # Errors
    /// Those of the database; damage when a text does not open.
    pub async fn texts(&self, id: MatterId, data_key: &[u8]) -> Result<Texts> {
        let statement = Statement::new(
            "select id, kind, sealed from texts where region = $1 and record = $2 and kind <> $3",
        )
        .bind(id.region.0)
        .bind(id.uuid)
        .bind(TextKind::Contact.index());
        self.open_texts(id.into(), data_key, statement).await
    }

    /// One text, decrypted; nothing when it was erased.
    ///
    /// # Errors
    /// As [`Store::texts`].
    pub async fn text(&self, id: MatterId, data_key: &[u8], text: TextId) -> Result<Option<String>> {
        let statement = Statement::new(
            "select id, kind, sealed from texts where region = $1 and record = $2 and id = $3",
        )
        .bind(id.region.0)
        .bind(id.uuid)
        .bind(text.0);
        Ok(self.open_texts(id.into(), data_key, statement).await?.0.remove(&text).map(|(_, words)| words))
    }

    pub(crate) async fn open_texts(
        &self,
        id: RecordId,
        data_key: &[u8],
        statement: Statement,
    ) -> Result<Texts> {
        let key = self.keys.unwrap_data_key(data_key, &key_binding(id))?;
        let rows = self.database.fetch(statement).await?;
        rows.iter().map(|row| read_text(&key, id, row)).collect::<Result<HashMap<_, _>>>().map(Texts)
    }
}

fn read_text(key: &DataKey, record: RecordId, row: &Row) -> Result<(TextId, (TextKind, String))> {
    let id = TextId(row.uuid(0)?);
    let kind = TextKind::at_index(row.int(1)?).ok_or_else(|| Error::damaged("a text is of no known kind"))?;
    let (_, words) = open_text(key, record, id, kind, row.blob(2)?)?;
    Ok((id, (kind, words)))
}

/// Whether a command may be decided on what stands: nothing happened since its base that it should have known.
pub(crate) fn enough_is_known(base: Option<u32>, current: u32, additive: bool) -> Result<()> {
    match base {
        Some(base) if base > current || (base < current && !additive) => {
            Err(Error::Stale { current, changed: Vec::new() })
        }
        Some(_) | None => Ok(()),
    }
}

pub(crate) fn events_since(id: RecordId, version: u32) -> Statement {
    Statement::new("select version, at, body from events where region = $1 and record = $2 and version > $3 order by version limit $4")
        .bind(id.region.0)
        .bind(id.uuid)
        .bind(version)
        .bind(MOST_EVENTS)
}

/// Reads `version, at, body`.
pub(crate) fn read_event<E: DeserializeOwned>(row: &Row) -> Result<Recorded<E>> {
    recorded(row.u32(0)?, row.moment(1)?, row.text(2)?)
}

pub(crate) fn recorded<E: DeserializeOwned>(version: u32, at: Timestamp, body: &str) -> Result<Recorded<E>> {
    let mut recorded: Recorded<E> = serde_json::from_str(body).map_err(Error::damaged)?;
    recorded.version = version;
    recorded.at = at;
    Ok(recorded)
}
