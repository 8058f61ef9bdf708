//! The rows of a batch, column by column, as PostgreSQL takes them in one statement for each table.

use std::collections::HashMap;

use casework::{id::Region, matter::Outcome};
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::{
    append::Append,
    change::{Change, MatterChange},
    error::Result,
    log::{LeafOf, leaf_hash},
    projections::{
        cells::{CellDeltas, FINE_ZOOM, cell},
        figures::FigureDeltas,
        talk_days,
    },
    value::Statement,
};

/// Columns of one table, grown together.
#[derive(Default)]
pub(super) struct Rows {
    events: Events,
    commands: Commands,
    matters: Matters,
    texts: Texts,
    queue: Queue,
    queue_gone: Entries,
    jobs: Jobs,
    acted: Acted,
    /// Rows of talk days: they are few, and go in one by one.
    talk_days: Vec<Statement>,
}

#[derive(Default)]
struct Entries {
    region: Vec<i64>,
    matter: Vec<Vec<u8>>,
    unit: Vec<String>,
    role: Vec<i64>,
}

#[derive(Default)]
struct Events {
    region: Vec<i64>,
    seq: Vec<i64>,
    kind: Vec<i64>,
    record: Vec<Vec<u8>>,
    version: Vec<i64>,
    at: Vec<i64>,
    command: Vec<Vec<u8>>,
    body: Vec<String>,
    leaf: Vec<Vec<u8>>,
}

#[derive(Default)]
struct Commands {
    region: Vec<i64>,
    id: Vec<Vec<u8>>,
    record: Vec<Vec<u8>>,
    version: Vec<i64>,
    standing: Vec<i64>,
    mac: Vec<Vec<u8>>,
}

#[derive(Default)]
struct Matters {
    region: Vec<i64>,
    id: Vec<Vec<u8>>,
    version: Vec<i64>,
    state: Vec<String>,
    data_key: Vec<Vec<u8>>,
    number: Vec<String>,
    code_key: Vec<i64>,
    class: Vec<i64>,
    category: Vec<Option<String>>,
    urgency: Vec<i64>,
    stage: Vec<i64>,
    outcome: Vec<Option<i64>>,
    source: Vec<i64>,
    area: Vec<String>,
    centre: Vec<String>,
    lead: Vec<Option<String>>,
    about_unit: Vec<Option<String>>,
    lon: Vec<Option<f64>>,
    lat: Vec<Option<f64>>,
    cell: Vec<Option<i64>>,
    due_at: Vec<Option<i64>>,
    warn_at: Vec<Option<i64>>,
    paused: Vec<i64>,
    reported_at: Vec<i64>,
    changed_at: Vec<i64>,
    wake_at: Vec<Option<i64>>,
}

#[derive(Default)]
struct Texts {
    region: Vec<i64>,
    record: Vec<Vec<u8>>,
    id: Vec<Vec<u8>>,
    kind: Vec<i64>,
    sealed: Vec<Vec<u8>>,
    /// As array literals: rows of unequal length cannot travel as one array.
    grams: Vec<Option<String>>,
}

#[derive(Default)]
struct Queue {
    region: Vec<i64>,
    matter: Vec<Vec<u8>>,
    unit: Vec<String>,
    role: Vec<i64>,
    due_at: Vec<i64>,
    warn_at: Vec<i64>,
    paused: Vec<i64>,
}

#[derive(Default)]
struct Jobs {
    region: Vec<i64>,
    id: Vec<Vec<u8>>,
    body: Vec<String>,
    run_at: Vec<i64>,
}

#[derive(Default)]
struct Acted {
    region: Vec<i64>,
    matter: Vec<Vec<u8>>,
    account: Vec<Vec<u8>>,
    at: Vec<i64>,
    reported: Vec<i64>,
}

fn micros(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_microsecond)
}

impl Rows {
    /// Adds a change; `head` is the number of events of its region so far.
    pub(super) fn add(&mut self, change: &Change, head: &mut i64) {
        self.append(change.append(), head);
        match change {
            Change::Matter(change) => {
                self.add_matter(change);
                self.add_beside(change);
            }
            Change::TalkDay(change) => self.talk_days.push(talk_days::upsert(change)),
        }
    }

    fn append(&mut self, append: &Append, head: &mut i64) {
        let region = i64::from(append.record.region.0);
        let record = append.record.uuid.as_bytes().to_vec();
        for event in &append.events {
            *head += 1;
            let at = event.at.as_microsecond();
            let leaf = leaf_hash(LeafOf {
                region: append.record.region.0,
                seq: *head,
                kind: append.kind,
                record: append.record.uuid,
                version: event.version,
                at,
                command: append.command.0,
                body: &event.body,
            });
            self.events.region.push(region);
            self.events.seq.push(*head);
            self.events.kind.push(append.kind.index());
            self.events.record.push(record.clone());
            self.events.version.push(i64::from(event.version));
            self.events.at.push(at);
            self.events.command.push(append.command.0.as_bytes().to_vec());
            self.events.body.push(event.body.clone());
            self.events.leaf.push(leaf.to_vec());
        }
        self.commands.region.push(region);
        self.commands.id.push(append.command.0.as_bytes().to_vec());
        self.commands.record.push(record.clone());
        self.commands.version.push(i64::from(append.version));
        self.commands.standing.push(append.standing);
        self.commands.mac.push(append.mac.to_vec());
        for text in &append.texts {
            self.texts.region.push(region);
            self.texts.record.push(record.clone());
            self.texts.id.push(text.id.0.as_bytes().to_vec());
            self.texts.kind.push(text.kind.index());
            self.texts.sealed.push(text.sealed.clone());
            let literal = |grams: &Vec<i64>| {
                format!("{{{}}}", grams.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
            };
            self.texts.grams.push(text.grams.as_ref().filter(|grams| !grams.is_empty()).map(literal));
        }
        for job in &append.jobs {
            self.jobs.region.push(region);
            self.jobs.id.push(job.id.as_bytes().to_vec());
            self.jobs.body.push(job.body.clone());
            self.jobs.run_at.push(append.now.as_microsecond());
        }
    }

    fn add_matter(&mut self, change: &MatterChange) {
        let (m, rows) = (&change.after, &mut self.matters);
        rows.region.push(i64::from(m.id.region.0));
        rows.id.push(m.id.uuid.as_bytes().to_vec());
        rows.version.push(i64::from(m.version));
        rows.state.push(change.state.clone());
        rows.data_key.push(change.data_key.clone());
        rows.number.push(m.number.0.clone());
        rows.code_key.push(change.code_key);
        rows.class.push(m.class.index());
        rows.category.push(m.category.clone());
        rows.urgency.push(m.urgency.index());
        rows.stage.push(m.stage.index());
        rows.outcome.push(m.outcome.map(Outcome::index));
        rows.source.push(m.source.index());
        rows.area.push(m.area.to_string());
        rows.centre.push(m.centre.0.clone());
        rows.lead.push(m.lead.as_ref().map(|unit| unit.0.clone()));
        rows.about_unit.push(m.about_unit.as_ref().map(|unit| unit.0.clone()));
        rows.lon.push(m.place.map(|place| place.lon));
        rows.lat.push(m.place.map(|place| place.lat));
        rows.cell.push(m.place.map(|place| cell(place, FINE_ZOOM)));
        rows.due_at.push(micros(m.clock.as_ref().map(|clock| clock.due_at)));
        rows.warn_at.push(micros(m.clock.as_ref().map(|clock| clock.warn_at)));
        rows.paused.push(i64::from(m.pause.is_some()));
        rows.reported_at.push(m.reported_at.as_microsecond());
        rows.changed_at.push(m.changed_at.as_microsecond());
        rows.wake_at.push(micros(change.wake_at));
    }

    fn add_beside(&mut self, change: &MatterChange) {
        let region = i64::from(change.after.id.region.0);
        let matter = change.after.id.uuid.as_bytes().to_vec();
        for owed in &change.queue.gone {
            self.queue_gone.region.push(region);
            self.queue_gone.matter.push(matter.clone());
            self.queue_gone.unit.push(owed.unit.0.clone());
            self.queue_gone.role.push(owed.role.index());
        }
        for owed in &change.queue.set {
            self.queue.region.push(region);
            self.queue.matter.push(matter.clone());
            self.queue.unit.push(owed.unit.0.clone());
            self.queue.role.push(owed.role.index());
            self.queue.due_at.push(micros(owed.due_at).unwrap_or(i64::MAX));
            self.queue.warn_at.push(micros(owed.warn_at).unwrap_or(i64::MAX));
            self.queue.paused.push(i64::from(owed.paused));
        }
        if let Some(account) = change.acted {
            self.acted.region.push(region);
            self.acted.matter.push(matter);
            self.acted.account.push(account.0.as_bytes().to_vec());
            self.acted.at.push(change.append.now.as_microsecond());
            self.acted.reported.push(i64::from(change.before.is_none()));
        }
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.commands.id.is_empty()
    }

    /// Writes everything, one statement for each table that has rows.
    pub(super) async fn write(
        self,
        tx: &mut PgConnection,
        heads: &HashMap<Region, i64>,
        figures: &FigureDeltas,
        cells: &CellDeltas,
    ) -> Result<()> {
        write_events(tx, self.events, self.commands).await?;
        write_matters(tx, self.matters).await?;
        write_texts(tx, self.texts).await?;
        write_queue(tx, self.queue_gone, self.queue).await?;
        write_jobs(tx, self.jobs, self.acted).await?;
        for statement in self.talk_days {
            super::bound(statement)?.execute(&mut *tx).await?;
        }
        write_totals(tx, heads, figures, cells).await
    }
}

async fn write_events(tx: &mut PgConnection, events: Events, commands: Commands) -> Result<()> {
    sqlx::query("insert into events select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bigint[], $7::bytea[], $8::text[], $9::bytea[])")
        .bind(events.region)
        .bind(events.seq)
        .bind(events.kind)
        .bind(events.record)
        .bind(events.version)
        .bind(events.at)
        .bind(events.command)
        .bind(events.body)
        .bind(events.leaf)
        .execute(&mut *tx)
        .await?;
    sqlx::query("insert into commands select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[])")
        .bind(commands.region)
        .bind(commands.id)
        .bind(commands.record)
        .bind(commands.version)
        .bind(commands.standing)
        .bind(commands.mac)
        .execute(tx)
        .await?;
    Ok(())
}

async fn write_matters(tx: &mut PgConnection, m: Matters) -> Result<()> {
    sqlx::query(
        "insert into matters select * from unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::text[], $5::bytea[], $6::text[], $7::bigint[], $8::bigint[],
         $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[], $18::float8[], $19::float8[],
         $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[])
         on conflict (region, id) do update set version = excluded.version, state = excluded.state, code_key = excluded.code_key, class = excluded.class,
         category = excluded.category, urgency = excluded.urgency, stage = excluded.stage, outcome = excluded.outcome, area = excluded.area,
         centre = excluded.centre, lead = excluded.lead, about_unit = excluded.about_unit, lon = excluded.lon, lat = excluded.lat, cell = excluded.cell,
         due_at = excluded.due_at, warn_at = excluded.warn_at, paused = excluded.paused, changed_at = excluded.changed_at, wake_at = excluded.wake_at",
    )
    .bind(m.region)
    .bind(m.id)
    .bind(m.version)
    .bind(m.state)
    .bind(m.data_key)
    .bind(m.number)
    .bind(m.code_key)
    .bind(m.class)
    .bind(m.category)
    .bind(m.urgency)
    .bind(m.stage)
    .bind(m.outcome)
    .bind(m.source)
    .bind(m.area)
    .bind(m.centre)
    .bind(m.lead)
    .bind(m.about_unit)
    .bind(m.lon)
    .bind(m.lat)
    .bind(m.cell)
    .bind(m.due_at)
    .bind(m.warn_at)
    .bind(m.paused)
    .bind(m.reported_at)
    .bind(m.changed_at)
    .bind(m.wake_at)
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_texts(tx: &mut PgConnection, texts: Texts) -> Result<()> {
    if texts.id.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into texts select region, record, id, kind, sealed, grams::bigint[]
         from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[], $6::text[]) t(region, record, id, kind, sealed, grams)",
    )
    .bind(texts.region)
    .bind(texts.record)
    .bind(texts.id)
    .bind(texts.kind)
    .bind(texts.sealed)
    .bind(texts.grams)
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_queue(tx: &mut PgConnection, gone: Entries, queue: Queue) -> Result<()> {
    if !gone.matter.is_empty() {
        sqlx::query("delete from queue q using unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[]) g(region, matter, unit, role)
                     where q.region = g.region and q.matter = g.matter and q.unit = g.unit and q.role = g.role")
            .bind(gone.region)
            .bind(gone.matter)
            .bind(gone.unit)
            .bind(gone.role)
            .execute(&mut *tx)
            .await?;
    }
    if !queue.matter.is_empty() {
        sqlx::query("insert into queue select * from unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
                     on conflict (region, matter, unit, role) do update set due_at = excluded.due_at, warn_at = excluded.warn_at, paused = excluded.paused")
            .bind(queue.region)
            .bind(queue.matter)
            .bind(queue.unit)
            .bind(queue.role)
            .bind(queue.due_at)
            .bind(queue.warn_at)
            .bind(queue.paused)
            .execute(tx)
            .await?;
    }
    Ok(())
}

async fn write_jobs(tx: &mut PgConnection, jobs: Jobs, acted: Acted) -> Result<()> {
    if !jobs.id.is_empty() {
        sqlx::query(
            "insert into jobs select region, id, 'follow_up', body, run_at, 0, 0, null
             from unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[]) j(region, id, body, run_at) on conflict do nothing",
        )
        .bind(jobs.region)
        .bind(jobs.id)
        .bind(jobs.body)
        .bind(jobs.run_at)
        .execute(&mut *tx)
        .await?;
    }
    if !acted.matter.is_empty() {
        sqlx::query(
            "insert into acted select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[])
             on conflict (region, matter, account) do update set at = excluded.at",
        )
        .bind(acted.region)
        .bind(acted.matter)
        .bind(acted.account)
        .bind(acted.at)
        .bind(acted.reported)
        .execute(tx)
        .await?;
    }
    Ok(())
}

async fn write_totals(
    tx: &mut PgConnection,
    heads: &HashMap<Region, i64>,
    figures: &FigureDeltas,
    cells: &CellDeltas,
) -> Result<()> {
    let (regions, events): (Vec<i64>, Vec<i64>) =
        heads.iter().map(|(region, events)| (i64::from(region.0), *events)).unzip();
    sqlx::query("update regions r set events = h.events from unnest($1::bigint[], $2::bigint[]) h(region, events) where r.region = h.region")
        .bind(regions)
        .bind(events)
        .execute(&mut *tx)
        .await?;
    let (mut region, mut area, mut day, mut class) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sums: [Vec<i64>; 12] = Default::default();
    for (key, values) in figures.rows() {
        region.push(i64::from(key.region));
        area.push(key.area.to_string());
        day.push(key.day);
        class.push(key.class.index());
        sums.iter_mut().zip(values.to_array()).for_each(|(column, value)| column.push(value));
    }
    if !region.is_empty() {
        let mut query = sqlx::query(
            "insert into figures as f select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
             $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[])
             on conflict (region, area, day, class) do update set
             reported = f.reported + excluded.reported, handled = f.handled + excluded.handled, settled = f.settled + excluded.settled,
             struck_off = f.struck_off + excluded.struck_off, failed = f.failed + excluded.failed, refused = f.refused + excluded.refused,
             withdrawn = f.withdrawn + excluded.withdrawn, asked = f.asked + excluded.asked, answered = f.answered + excluded.answered,
             satisfied = f.satisfied + excluded.satisfied, reworked = f.reworked + excluded.reworked, open = f.open + excluded.open",
        )
        .bind(region)
        .bind(area)
        .bind(day)
        .bind(class);
        for column in sums {
            query = query.bind(column);
        }
        query.execute(&mut *tx).await?;
    }
    let keys: Vec<_> = cells.rows().collect();
    if !keys.is_empty() {
        let column = |of: fn(&(&crate::projections::cells::CellKey, &(i64, i64))) -> i64| {
            keys.iter().map(of).collect::<Vec<i64>>()
        };
        sqlx::query(
            "insert into cells as c select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
             on conflict (region, zoom, cell, class) do update set matters = c.matters + excluded.matters, open = c.open + excluded.open",
        )
        .bind(column(|(key, _)| i64::from(key.region)))
        .bind(column(|(key, _)| i64::from(key.zoom)))
        .bind(column(|(key, _)| key.cell))
        .bind(column(|(key, _)| key.class.index()))
        .bind(column(|(_, sums)| sums.0))
        .bind(column(|(_, sums)| sums.1))
        .execute(tx)
        .await?;
    }
    Ok(())
}
