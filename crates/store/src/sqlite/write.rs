//! The hot append on SQLite: one command's rows, and a batch's totals.

use std::collections::HashSet;

use casework::{
    Refusal,
    id::{MatterId, Number},
    matter::{Command, Matter, Stage},
    talk_day::TalkState,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::writer::Batch;
use crate::{
    append::{Append, RecordId},
    change::{
        Asked, Change, Env, Loaded, LoadedTalkDay, MatterChange, TalkDayChange, Work, change_of_command,
        change_of_plan, change_of_report, change_of_talk,
    },
    context::{Beside, Needs},
    error::{Error, Result},
    grams::tokens,
    handle::{Answer, Answered, Changed, TalkAnswer},
    log::{LeafOf, leaf_hash},
    numbers::NumberKey,
    projections::{cells::FINE_ZOOM, cells::cell, talk_days},
    timeline::{self, enough_is_known},
    value::Statement,
};

/// How many texts, searchable or not, come until the words of all are put into the index.
const WAITING_TEXTS: i64 = if cfg!(test) { 8 } else { 512 };

/// What comes of a command.
pub(super) enum Decided {
    /// It was carried out before.
    Repeated(Answered),
    /// Its rows, not written yet; a report takes a number.
    Change(Change, Option<NumberKey>),
}

/// Decides on one command. Writes nothing, so that a refusal has nothing to take back.
pub(super) fn decide(connection: &Connection, batch: &mut Batch, env: &Env, work: &Work) -> Result<Decided> {
    if let Some(answer) = repeated(connection, work)? {
        return Ok(Decided::Repeated(answer));
    }
    let id = work.record;
    let (change, number_key) = match &work.asked {
        Asked::Report(prepared) => {
            let prepared = prepared.as_ref().as_ref().map_err(Clone::clone)?;
            let number = next_number(connection, batch, env, work, &prepared.number_key)?;
            (change_of_report(env, work, prepared, number)?, Some(prepared.number_key.clone()))
        }
        Asked::Command { base_version, command } => {
            let loaded = match batch.loaded.get(&id.matter()) {
                Some(loaded) => loaded.clone(),
                None => load(connection, id.matter())?.ok_or(Error::NoMatter(id.matter()))?,
            };
            let additive = command.kind().is_additive();
            fresh_enough(connection, id, *base_version, loaded.matter.version, additive)?;
            let other = other_of(connection, command)?;
            let beside = beside(connection, &Needs::of(command, &loaded.matter, &env.site))?;
            (change_of_command(env, work, command, loaded, other.as_ref(), &beside)?, None)
        }
        Asked::Plan(plan) => {
            let change = change_of_plan(env, work, plan, load_talk_day(connection, id)?.as_ref())?;
            return talk_day(connection, change);
        }
        Asked::Talk { base_version, command } => {
            let loaded = load_talk_day(connection, id)?.ok_or(Error::NotFound("talk day"))?;
            // What happened since, its page shows.
            enough_is_known(*base_version, loaded.day.version, command.kind().is_additive())?;
            return talk_day(connection, change_of_talk(env, work, command, loaded)?);
        }
    };
    uploads_are_there(connection, &change)?;
    Ok(Decided::Change(Change::Matter(Box::new(change)), number_key))
}

fn talk_day(connection: &Connection, change: TalkDayChange) -> Result<Decided> {
    if let Some(statement) = talk_days::place_is_there(&change)
        && super::query(connection, &statement)?.is_empty()
    {
        return Err(Refusal::UnknownChoice { field: "place" }.into());
    }
    Ok(Decided::Change(Change::TalkDay(Box::new(change)), None))
}

/// Writes what was decided. An error leaves half of it: the whole batch must be taken back.
pub(super) fn write(
    connection: &Connection,
    batch: &mut Batch,
    env: &Env,
    change: Change,
    number_key: Option<NumberKey>,
) -> Result<Answered> {
    let append = change.append();
    let region = append.record.region.0;
    let head = head(connection, batch, region)?;
    write_events(connection, append, head)?;
    write_texts(connection, batch, append)?;
    batch.heads.insert(region, head + i64::try_from(append.events.len()).unwrap_or(0));
    batch.changed.push(Changed::of(&change));
    let answer = Answered::of(&change);
    match change {
        Change::Matter(change) => {
            write_matter(connection, &change)?;
            write_acted(connection, &change)?;
            write_photos(connection, &change)?;
            write_queue(connection, &change)?;
            for statement in &change.mediation {
                execute(connection, statement)?;
            }
            if let Some(key) = number_key {
                batch.numbers.take(key);
            }
            change.add_deltas(&env.site, &mut batch.figures, &mut batch.cells);
            batch.keep(*change);
        }
        Change::TalkDay(change) => drop(execute(connection, &talk_days::upsert(&change))?),
    }
    Ok(answer)
}

fn beside(connection: &Connection, needs: &Needs) -> Result<Beside> {
    let mut beside = Beside::default();
    if let Some((account, statement)) = &needs.named {
        beside.name(*account, &super::query(connection, statement)?)?;
    }
    if let Some(statement) = &needs.method {
        beside.goes_by(&super::query(connection, statement)?)?;
    }
    if let Some(statement) = &needs.committees {
        beside.may_go_to(&super::query(connection, statement)?)?;
    }
    if let Some((_, statement)) = &needs.busy {
        beside.is_busy(&super::query(connection, statement)?)?;
    }
    Ok(beside)
}

/// The first answer to a command, when it was carried out before.
fn repeated(connection: &Connection, work: &Work) -> Result<Option<Answered>> {
    let region = work.record.region;
    let found = connection
        .prepare_cached("select c.record, c.version, c.standing, c.mac, m.number, json_extract(m.state, '$.code_version') from commands c left join matters m on m.region = c.region and m.id = c.record where c.region = ?1 and c.id = ?2")?
        .query_row(params![region.0, work.id.0.as_bytes()], |row| {
            Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, u32>(1)?, row.get::<_, i64>(2)?, row.get::<_, [u8; 32]>(3)?, row.get::<_, Option<String>>(4)?, row.get::<_, Option<u32>>(5)?))
        })
        .optional()?;
    let Some((record, version, standing, mac, number, code_version)) = found else { return Ok(None) };
    if mac != work.mac {
        return Err(Error::CommandIdReused);
    }
    let id = RecordId { region, uuid: uuid::Uuid::from_bytes(record) };
    Ok(Some(match (&work.asked, number, code_version) {
        (Asked::Report(_) | Asked::Command { .. }, Some(number), Some(code_version)) => {
            Answered::Matter(Answer {
                matter: id.matter(),
                number: Number(number),
                version,
                stage: Stage::at_index(standing).ok_or_else(|| Error::damaged("a command names no stage"))?,
                repeated: true,
                code_version,
            })
        }
        (Asked::Report(_) | Asked::Command { .. }, _, _) => {
            return Err(Error::damaged("a command names no matter"));
        }
        (Asked::Plan(_) | Asked::Talk { .. }, _, _) => Answered::TalkDay(TalkAnswer {
            day: id.talk_day(),
            version,
            state: TalkState::at_index(standing).ok_or_else(|| Error::damaged("a command names no state"))?,
            repeated: true,
        }),
    }))
}

pub(super) fn load(connection: &Connection, id: MatterId) -> Result<Option<Loaded>> {
    let row = connection
        .prepare_cached("select state, data_key from matters where region = ?1 and id = ?2")?
        .query_row(params![id.region.0, id.uuid.as_bytes()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    row.map(|(state, data_key)| {
        Ok(Loaded { matter: serde_json::from_str(&state).map_err(Error::damaged)?, data_key })
    })
    .transpose()
}

fn load_talk_day(connection: &Connection, id: RecordId) -> Result<Option<LoadedTalkDay>> {
    super::query(connection, &talk_days::of_id(id))?.first().map(talk_days::loaded).transpose()
}

fn other_of(connection: &Connection, command: &Command) -> Result<Option<Matter>> {
    let other = command.other_matter().map(|id| load(connection, id)).transpose()?.flatten();
    Ok(other.map(|loaded| loaded.matter))
}

fn fresh_enough(
    connection: &Connection,
    id: RecordId,
    base: Option<u32>,
    current: u32,
    additive: bool,
) -> Result<()> {
    match enough_is_known(base, current, additive) {
        Err(Error::Stale { .. }) if base.is_some_and(|base| base < current) => {
            let rows = super::query(connection, &timeline::events_since(id, base.unwrap_or(0)))?;
            let changed = rows.iter().map(timeline::read_event).collect::<Result<_>>()?;
            Err(Error::Stale { current, changed })
        }
        known => known,
    }
}

fn next_number(
    connection: &Connection,
    batch: &mut Batch,
    env: &Env,
    work: &Work,
    key: &NumberKey,
) -> Result<Number> {
    if !batch.numbers.knows(key) {
        let last = connection
            .prepare_cached("select last from numbers where region = ?1 and town = ?2 and day = ?3")?
            .query_row(params![key.0, key.1, key.2], |row| row.get(0))
            .optional()?;
        batch.numbers.read(key.clone(), last.unwrap_or(0));
    }
    Ok(batch.numbers.next(key, env, work))
}

fn head(connection: &Connection, batch: &Batch, region: u32) -> Result<i64> {
    if let Some(head) = batch.heads.get(&region) {
        return Ok(*head);
    }
    let head = connection
        .prepare_cached("select events from regions where region = ?1")?
        .query_row([region], |row| row.get(0))
        .optional()?;
    Ok(head.unwrap_or(0))
}

fn write_events(connection: &Connection, append: &Append, head: i64) -> Result<()> {
    let id = append.record;
    let mut insert =
        connection.prepare_cached("insert into events values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (seq, event) in (head + 1..).zip(&append.events) {
        let at = event.at.as_microsecond();
        let leaf = leaf_hash(LeafOf {
            region: id.region.0,
            seq,
            kind: append.kind,
            record: id.uuid,
            version: event.version,
            at,
            command: append.command.0,
            body: &event.body,
        });
        insert.execute(params![
            id.region.0,
            seq,
            append.kind.index(),
            id.uuid.as_bytes(),
            event.version,
            at,
            append.command.0.as_bytes(),
            event.body,
            leaf
        ])?;
    }
    connection.prepare_cached("insert into commands values (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        id.region.0,
        append.command.0.as_bytes(),
        id.uuid.as_bytes(),
        append.version,
        append.standing,
        append.mac
    ])?;
    for job in &append.jobs {
        connection
            .prepare_cached(
                "insert into jobs values (?1, ?2, 'follow_up', ?3, ?4, 0, 0, null) on conflict do nothing",
            )?
            .execute(params![id.region.0, job.id.as_bytes(), job.body, append.now.as_microsecond()])?;
    }
    Ok(())
}

fn write_acted(connection: &Connection, change: &MatterChange) -> Result<()> {
    let (id, now) = (change.after.id, change.append.now);
    if let Some(account) = change.acted {
        connection
            .prepare_cached(
                "insert into acted values (?1, ?2, ?3, ?4, ?5) on conflict do update set at = excluded.at",
            )?
            .execute(params![
                id.region.0,
                id.uuid.as_bytes(),
                account.0.as_bytes(),
                now.as_microsecond(),
                change.before.is_none()
            ])?;
    }
    Ok(())
}

/// What every update sets. Parameters it does not set are named so that all statements take the same ones.
macro_rules! update {
    () => {
        "update matters set version = ?3, state = ?4, class = ?8, category = ?9, urgency = ?10, stage = ?11, outcome = ?12, centre = ?15, \
         about_unit = ?17, due_at = ?21, warn_at = ?22, paused = ?23, changed_at = ?25, wake_at = ?26"
    };
}

/// Which row, the parameters that are not set, and that the rest never changes.
macro_rules! of_matter {
    () => {
        " where region = ?1 and id = ?2 and coalesce(?5, ?6, ?7, ?13, ?14, ?16, ?18, ?19, ?20, ?24, 1) is not null"
    };
}

const INSERT_MATTER: &str = "insert into matters values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)";

/// Writes the matter's row. SQLite rewrites every index whose columns an update names, changed or not, so an update names
/// the indexed columns only when they change.
fn write_matter(connection: &Connection, change: &MatterChange) -> Result<()> {
    let m = &change.after;
    let sql = change.before.as_ref().map_or(INSERT_MATTER, |before| update_of(before, change));
    connection.prepare_cached(sql)?.execute(params![
        m.id.region.0,
        m.id.uuid.as_bytes(),
        m.version,
        change.state,
        change.data_key,
        m.number.0,
        change.code_key,
        m.class.index(),
        m.category,
        m.urgency.index(),
        m.stage.index(),
        m.outcome.map(casework::matter::Outcome::index),
        m.source.index(),
        m.area.to_string(),
        m.centre.0,
        m.lead.as_ref().map(|unit| &unit.0),
        m.about_unit.as_ref().map(|unit| &unit.0),
        m.place.map(|place| place.lon),
        m.place.map(|place| place.lat),
        m.place.map(|place| cell(place, FINE_ZOOM)),
        m.clock.as_ref().map(|clock| clock.due_at.as_microsecond()),
        m.clock.as_ref().map(|clock| clock.warn_at.as_microsecond()),
        m.pause.is_some(),
        m.reported_at.as_microsecond(),
        m.changed_at.as_microsecond(),
        change.wake_at.map(jiff::Timestamp::as_microsecond),
    ])?;
    Ok(())
}

/// The update that a change needs; each takes the same parameters as the insert.
fn update_of(before: &Matter, change: &MatterChange) -> &'static str {
    let after = &change.after;
    let rare =
        (before.area, before.place, before.code_version) != (after.area, after.place, after.code_version);
    match (rare, before.lead != after.lead) {
        (true, _) => concat!(
            update!(),
            ", lead = ?16, code_key = ?7, area = ?14, lon = ?18, lat = ?19, cell = ?20",
            of_matter!()
        ),
        (false, true) => concat!(update!(), ", lead = ?16", of_matter!()),
        (false, false) => concat!(update!(), of_matter!()),
    }
}

fn write_texts(connection: &Connection, batch: &mut Batch, append: &Append) -> Result<()> {
    let id = append.record;
    for text in &append.texts {
        connection
            .prepare_cached(
                "insert into texts (region, record, id, kind, sealed) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.region.0,
                id.uuid.as_bytes(),
                text.id.0.as_bytes(),
                text.kind.index(),
                text.sealed
            ])?;
        if let Some(grams) = text.grams.as_ref().filter(|grams| !grams.is_empty()) {
            batch.tokens.push((connection.last_insert_rowid(), tokens(grams)));
        }
    }
    Ok(())
}

/// Every photo that a change names was uploaded, and is named once.
fn uploads_are_there(connection: &Connection, change: &MatterChange) -> Result<()> {
    let mut named = HashSet::new();
    for (photo, _) in &change.photos {
        let there =
            connection.prepare_cached("select 1 from uploads where id = ?1")?.exists([photo.0.as_bytes()])?;
        if !there || !named.insert(photo) {
            return Err(Refusal::UnknownPhoto.into());
        }
    }
    Ok(())
}

fn write_photos(connection: &Connection, change: &MatterChange) -> Result<()> {
    let id = change.after.id;
    for (photo, version) in &change.photos {
        connection
            .prepare_cached(
                "insert into photos select ?1, ?2, id, file, data_key, width, height, bytes, ?3, ?4 from uploads where id = ?5",
            )?
            .execute(params![id.region.0, id.uuid.as_bytes(), version, change.append.now.as_microsecond(), photo.0.as_bytes()])?;
        connection.prepare_cached("delete from uploads where id = ?1")?.execute([photo.0.as_bytes()])?;
    }
    Ok(())
}

fn write_queue(connection: &Connection, change: &MatterChange) -> Result<()> {
    let id = change.after.id;
    for owed in &change.queue.gone {
        connection
            .prepare_cached(
                "delete from queue where region = ?1 and matter = ?2 and unit = ?3 and role = ?4",
            )?
            .execute(params![id.region.0, id.uuid.as_bytes(), owed.unit.0, owed.role.index()])?;
    }
    for owed in &change.queue.set {
        connection
            .prepare_cached(
                "insert into queue values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do update set
                 due_at = excluded.due_at, warn_at = excluded.warn_at, paused = excluded.paused",
            )?
            .execute(params![
                id.region.0,
                id.uuid.as_bytes(),
                owed.unit.0,
                owed.role.index(),
                owed.due_at.map_or(i64::MAX, jiff::Timestamp::as_microsecond),
                owed.warn_at.map_or(i64::MAX, jiff::Timestamp::as_microsecond),
                owed.paused
            ])?;
    }
    Ok(())
}

/// Puts a batch's words into the index, or lets them wait: the index is made to take many texts at once, and a single
/// report that had to add its own would wait for it.
pub(super) fn index_words(connection: &Connection, batch: &Batch) -> Result<()> {
    let Some((newest, _)) = batch.tokens.last() else { return Ok(()) };
    let oldest: Option<i64> =
        connection.prepare_cached("select min(doc) from grams_waiting")?.query_row([], |row| row.get(0))?;
    let oldest = oldest.or_else(|| batch.tokens.first().map(|(doc, _)| *doc)).unwrap_or(*newest);
    let enough = newest - oldest >= WAITING_TEXTS;
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
    for (doc, tokens) in &batch.tokens {
        insert.execute(params![doc, tokens])?;
    }
    Ok(())
}

/// Writes a batch's totals: heads of the regions, running numbers, figures, cells.
pub(super) fn totals(connection: &Connection, batch: &Batch) -> Result<()> {
    for (region, events) in &batch.heads {
        connection
            .prepare_cached(
                "insert into regions values (?1, ?2) on conflict do update set events = excluded.events",
            )?
            .execute(params![region, events])?;
    }
    for ((region, town, day), last) in batch.numbers.rows() {
        connection
            .prepare_cached(
                "insert into numbers values (?1, ?2, ?3, ?4) on conflict do update set last = excluded.last",
            )?
            .execute(params![region, town, day, last])?;
    }
    let mut figures = connection.prepare_cached(
        "insert into figures values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) on conflict do update set
         reported = reported + excluded.reported, handled = handled + excluded.handled, settled = settled + excluded.settled,
         struck_off = struck_off + excluded.struck_off, failed = failed + excluded.failed, refused = refused + excluded.refused,
         withdrawn = withdrawn + excluded.withdrawn, asked = asked + excluded.asked, answered = answered + excluded.answered,
         satisfied = satisfied + excluded.satisfied, reworked = reworked + excluded.reworked, open = open + excluded.open",
    )?;
    for (key, sums) in batch.figures.rows() {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = sums.to_array();
        figures.execute(params![
            key.region,
            key.area.to_string(),
            key.day,
            key.class.index(),
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            j,
            k,
            l
        ])?;
    }
    let mut cells = connection.prepare_cached(
        "insert into cells values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do update set matters = matters + excluded.matters, open = open + excluded.open",
    )?;
    for (key, (all, open)) in batch.cells.rows() {
        cells.execute(params![key.region, key.zoom, key.cell, key.class.index(), all, open])?;
    }
    Ok(())
}

/// Runs one statement; how many rows it changed.
pub(super) fn execute(connection: &Connection, statement: &Statement) -> Result<u64> {
    let changed = connection
        .prepare_cached(&statement.sql)?
        .execute(rusqlite::params_from_iter(statement.values.iter()))?;
    Ok(u64::try_from(changed).unwrap_or(0))
}
