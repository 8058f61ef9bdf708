//! Talk days as lists show them: one row each, written with its events.

use casework::{
    area::AreaCode,
    id::TalkDayId,
    record::{Record, Recorded},
    talk_day::{TalkDay, TalkEvent, TalkState},
    text::TextKind,
};
use jiff::civil::Date;

use crate::{
    Store, Texts,
    append::RecordId,
    change::{LoadedTalkDay, TalkDayChange},
    error::{Error, Result},
    projections::figures::day_number,
    talk::push_within,
    timeline,
    value::{Row, Statement, Value},
};

/// A talk day with the key of its words.
#[derive(Debug, Clone)]
pub struct TalkDayRow {
    /// The talk day.
    pub day: TalkDay,
    /// Opens its words.
    pub data_key: Vec<u8>,
}

/// Which talk days.
#[derive(Debug, Clone, Default)]
pub struct TalkFilter {
    /// Those of villages in one of these areas.
    pub areas: Vec<AreaCode>,
    /// Held on this day or later.
    pub from: Option<Date>,
    /// Held on this day or earlier.
    pub to: Option<Date>,
    /// In one of these states; in all when empty.
    pub states: Vec<TalkState>,
    /// Only those with something open or a promise still owed, first the one that is due first.
    pub open: bool,
    /// Newest first, otherwise oldest first.
    pub newest_first: bool,
    /// How many, at most.
    pub limit: u32,
}

/// The columns that a row takes from its events, besides its keys and state.
pub(crate) const COLUMNS: &str =
    "version, standing, area, slot, date, open_items, open_promises, promise_due, changed_at";

/// What those columns must hold.
pub(crate) fn columns(day: &TalkDay) -> Vec<Value> {
    vec![
        day.version.into(),
        day.standing().into(),
        day.area.to_string().into(),
        day_number(day.slot).into(),
        day_number(day.date).into(),
        day.open_items().into(),
        day.open_promises().into(),
        day.promise_due().map(day_number).into(),
        day.changed_at.into(),
    ]
}

/// Writes the row of a changed talk day.
pub(crate) fn upsert(change: &TalkDayChange) -> Statement {
    let id = change.after.id;
    let mut statement = Statement::new(format!(
        "insert into talk_days (region, id, state, data_key, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (region, id) do update set state = excluded.state, version = excluded.version, standing = excluded.standing, date = excluded.date,
         open_items = excluded.open_items, open_promises = excluded.open_promises, promise_due = excluded.promise_due, changed_at = excluded.changed_at"
    ))
    .bind(id.region.0)
    .bind(id.uuid)
    .bind(change.state.clone())
    .bind(change.data_key.clone());
    statement.values.extend(columns(&change.after));
    statement
}

/// Reads `state, data_key` of one.
pub(crate) fn of_id(id: RecordId) -> Statement {
    Statement::new("select state, data_key from talk_days where region = $1 and id = $2")
        .bind(id.region.0)
        .bind(id.uuid)
}

/// Whether a place of the register is open to a village.
pub(crate) fn place_is_there(change: &TalkDayChange) -> Option<Statement> {
    let place = change.named_place?;
    let area = change.after.area.to_string();
    Some(
        Statement::new("select 1 from talk_places where id = $1 and area = $2 and closed = 0")
            .bind(place.0)
            .bind(area),
    )
}

pub(crate) fn loaded(row: &Row) -> Result<LoadedTalkDay> {
    Ok(LoadedTalkDay {
        day: serde_json::from_str(row.text(0)?).map_err(Error::damaged)?,
        data_key: row.blob(1)?.to_vec(),
    })
}

impl Store {
    /// The id of a village's talk day for a day of its rule, whether it is planned or not.
    #[must_use]
    pub fn talk_day_id(&self, area: AreaCode, slot: Date) -> TalkDayId {
        self.keys.talk_day_id(area, slot)
    }

    /// A talk day; nothing when nobody planned it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn talk_day(&self, id: TalkDayId) -> Result<Option<TalkDayRow>> {
        let rows = self.database.fetch(of_id(id.into())).await?;
        rows.first().map(read).transpose()
    }

    /// Talk days of villages in some areas.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn talk_days(&self, filter: &TalkFilter) -> Result<Vec<TalkDayRow>> {
        if filter.areas.is_empty() {
            return Ok(Vec::new());
        }
        let mut s = Statement::new("select state, data_key from talk_days where (");
        for (nth, area) in filter.areas.iter().enumerate() {
            s.push(if nth == 0 { "" } else { " or " });
            push_within(&mut s, *area);
        }
        s.push(")");
        let mut day = |condition: &str, date: Option<Date>| {
            if let Some(date) = date {
                s.push(condition);
                s.push_value(day_number(date));
            }
        };
        day(" and date >= ", filter.from);
        day(" and date <= ", filter.to);
        if !filter.states.is_empty() {
            s.push(" and standing in ");
            s.push_list(filter.states.iter().map(|state| state.index()));
        }
        if filter.open {
            s.push(" and (open_items > 0 or open_promises > 0)");
        }
        s.push(match (filter.open, filter.newest_first) {
            (true, _) => " order by coalesce(promise_due, date), area limit ",
            (false, true) => " order by date desc, area limit ",
            (false, false) => " order by date, area limit ",
        });
        s.push_value(filter.limit);
        self.database.fetch_list(s).await?.iter().map(read).collect()
    }

    /// The events of a talk day, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn talk_events(&self, id: TalkDayId) -> Result<Vec<Recorded<TalkEvent>>> {
        let statement = timeline::events_since(id.into(), 0);
        self.database.fetch(statement).await?.iter().map(timeline::read_event).collect()
    }

    /// Every word of a talk day, for those who keep it.
    ///
    /// # Errors
    /// Those of the database; damage when a text does not open.
    pub async fn talk_words(&self, row: &TalkDayRow) -> Result<Texts> {
        self.open_texts(row.day.id.into(), &row.data_key, words_of(row.day.id)).await
    }

    /// The words that were written for everybody, and no others: what anybody said is not even read.
    ///
    /// # Errors
    /// As [`Store::talk_words`].
    pub async fn public_talk_words(&self, row: &TalkDayRow) -> Result<Texts> {
        let mut statement = words_of(row.day.id);
        statement.push(" and kind = ");
        statement.push_value(TextKind::Public.index());
        self.open_texts(row.day.id.into(), &row.data_key, statement).await
    }
}

fn words_of(id: TalkDayId) -> Statement {
    Statement::new("select id, kind, sealed from texts where region = $1 and record = $2")
        .bind(id.region.0)
        .bind(id.uuid)
}

fn read(row: &Row) -> Result<TalkDayRow> {
    let LoadedTalkDay { day, data_key } = loaded(row)?;
    Ok(TalkDayRow { day, data_key })
}
