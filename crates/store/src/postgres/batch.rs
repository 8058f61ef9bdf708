//! One batch: the regions are locked in order, everything needed is read at once, each command is decided, and all rows of
//! one table go in with one statement.

use std::collections::{BTreeSet, HashMap};

use casework::{
    Refusal,
    id::{MatterId, Number, Region},
    matter::{Matter, Stage},
    talk_day::TalkState,
};
use sqlx::{PgConnection, PgPool, Row as _};
use uuid::Uuid;

use super::{numbers, rows::Rows};
use crate::{
    append::RecordId,
    change::{
        Asked, Change, Env, Loaded, LoadedTalkDay, MatterChange, TalkDayChange, Work, change_of_command,
        change_of_plan, change_of_report, change_of_talk,
    },
    context::{Beside, Needs},
    error::{Error, Result},
    handle::{Answer, Answered, Changed, TalkAnswer},
    numbers::Numbers,
    projections::{cells::CellDeltas, figures::FigureDeltas, talk_days},
    timeline::{self, enough_is_known},
    value::{Row, Statement},
};

type Done = (Answered, Option<Changed>);

/// Commits a batch that holds at most one command for each record. Refusals are results; an error is the batch's own.
pub(super) async fn commit(pool: &PgPool, works: &[(&Env, &Work)]) -> Result<Vec<Result<Done>>> {
    let mut tx = pool.begin().await?;
    let mut heads = lock_regions(&mut tx, works).await?;
    let known = Known::read(&mut tx, works).await?;
    let mut numbers = numbers::read(&mut tx, works).await?;
    let mut rows = Rows::default();
    let (mut figures, mut cells) = (FigureDeltas::default(), CellDeltas::default());
    let mut results = Vec::with_capacity(works.len());
    for (env, work) in works {
        let result = decide(&mut tx, &known, &mut numbers, env, work).await.map(|decided| match decided {
            Decided::Repeated(answer) => (answer, None),
            Decided::Change(change) => {
                let head = heads.entry(work.record.region).or_default();
                rows.add(&change, head);
                if let Change::Matter(change) = &change {
                    change.add_deltas(&env.site, &mut figures, &mut cells);
                }
                (Answered::of(&change), Some(Changed::of(&change)))
            }
        });
        if let Err(Error::Postgres(_) | Error::Damaged(_)) = &result {
            return Err(result.err().unwrap_or(Error::Busy));
        }
        results.push(result);
    }
    if rows.is_empty() {
        // Nothing but refusals and repeats: not even a lock's row remains.
        tx.rollback().await?;
        return Ok(results);
    }
    rows.write(&mut tx, &heads, &figures, &cells).await?;
    numbers::write(&mut tx, &numbers).await?;
    tx.commit().await?;
    Ok(results)
}

/// Locks the regions' heads in order, so that writers of one region take turns and two of several cannot block each other.
/// The region of a record that a command only names is locked too: it must not change while the command is decided.
async fn lock_regions(tx: &mut PgConnection, works: &[(&Env, &Work)]) -> Result<HashMap<Region, i64>> {
    let regions: BTreeSet<Region> =
        works.iter().flat_map(|(_, work)| work.records()).map(|id| id.region).collect();
    let ids: Vec<i64> = regions.iter().map(|region| i64::from(region.0)).collect();
    let select = "select region, events from regions where region = any($1) order by region for update";
    let mut rows = sqlx::query(select).bind(&ids).fetch_all(&mut *tx).await?;
    if rows.len() < ids.len() {
        sqlx::query("insert into regions select r, 0 from unnest($1::bigint[]) r on conflict do nothing")
            .bind(&ids)
            .execute(&mut *tx)
            .await?;
        rows = sqlx::query(select).bind(&ids).fetch_all(&mut *tx).await?;
    }
    rows.iter()
        .map(|row| {
            Ok((
                Region(u32::try_from(row.try_get::<i64, _>(0)?).map_err(Error::damaged)?),
                row.try_get::<i64, _>(1)?,
            ))
        })
        .collect()
}

/// What a batch reads before it decides.
struct Known {
    answers: HashMap<(Region, Uuid), (Answered, Vec<u8>)>,
    matters: HashMap<MatterId, Loaded>,
    talk_days: HashMap<RecordId, LoadedTalkDay>,
}

impl Known {
    async fn read(tx: &mut PgConnection, works: &[(&Env, &Work)]) -> Result<Self> {
        let answers = read_answers(tx, works).await?;
        let matters = read_matters(tx, works).await?;
        let talk_days = read_talk_days(tx, works).await?;
        Ok(Self { answers, matters, talk_days })
    }
}

async fn read_answers(
    tx: &mut PgConnection,
    works: &[(&Env, &Work)],
) -> Result<HashMap<(Region, Uuid), (Answered, Vec<u8>)>> {
    let regions: Vec<i64> = works.iter().map(|(_, work)| i64::from(work.record.region.0)).collect();
    let ids: Vec<&[u8]> = works.iter().map(|(_, work)| work.id.0.as_bytes().as_slice()).collect();
    let sql = "select c.region, c.id, c.record, c.version, c.standing, c.mac, m.number, m.state from unnest($1::bigint[], $2::bytea[]) w(region, id)
               join commands c on c.region = w.region and c.id = w.id left join matters m on m.region = c.region and m.id = c.record";
    let rows = sqlx::query(sql).bind(regions).bind(ids).fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            let region = Region(u32::try_from(row.try_get::<i64, _>(0)?).map_err(Error::damaged)?);
            let uuid = |index| -> Result<Uuid> {
                Uuid::from_slice(row.try_get::<&[u8], _>(index)?).map_err(Error::damaged)
            };
            let version = u32::try_from(row.try_get::<i64, _>(3)?).map_err(Error::damaged)?;
            let (id, standing) = (RecordId { region, uuid: uuid(2)? }, row.try_get::<i64, _>(4)?);
            let nowhere = || Error::damaged("a command says not where its record stood");
            let answered = match (row.try_get::<Option<String>, _>(6)?, row.try_get::<Option<&str>, _>(7)?) {
                (Some(number), Some(state)) => {
                    let matter: Matter = serde_json::from_str(state).map_err(Error::damaged)?;
                    Answered::Matter(Answer {
                        matter: id.matter(),
                        number: Number(number),
                        version,
                        stage: Stage::at_index(standing).ok_or_else(nowhere)?,
                        repeated: true,
                        code_version: matter.code_version,
                    })
                }
                _ => Answered::TalkDay(TalkAnswer {
                    day: id.talk_day(),
                    version,
                    state: TalkState::at_index(standing).ok_or_else(nowhere)?,
                    repeated: true,
                }),
            };
            Ok(((region, uuid(1)?), (answered, row.try_get(5)?)))
        })
        .collect()
}

async fn read_matters(tx: &mut PgConnection, works: &[(&Env, &Work)]) -> Result<HashMap<MatterId, Loaded>> {
    let mut wanted: BTreeSet<MatterId> = BTreeSet::new();
    for (_, work) in works {
        if let Asked::Command { .. } = &work.asked {
            wanted.extend(work.records().map(RecordId::matter));
        }
    }
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let regions: Vec<i64> = wanted.iter().map(|id| i64::from(id.region.0)).collect();
    let ids: Vec<&[u8]> = wanted.iter().map(|id| id.uuid.as_bytes().as_slice()).collect();
    let sql = "select m.region, m.id, m.state, m.data_key from unnest($1::bigint[], $2::bytea[]) w(region, id) join matters m on m.region = w.region and m.id = w.id";
    let rows = sqlx::query(sql).bind(regions).bind(ids).fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            let matter: Matter = serde_json::from_str(row.try_get(2)?).map_err(Error::damaged)?;
            Ok((matter.id, Loaded { matter, data_key: row.try_get(3)? }))
        })
        .collect()
}

async fn read_talk_days(
    tx: &mut PgConnection,
    works: &[(&Env, &Work)],
) -> Result<HashMap<RecordId, LoadedTalkDay>> {
    let mut talk_days = HashMap::new();
    for (_, work) in works {
        if let Asked::Plan(_) | Asked::Talk { .. } = &work.asked {
            let row = super::bound(talk_days::of_id(work.record))?.fetch_optional(&mut *tx).await?;
            if let Some(row) = row {
                talk_days.insert(work.record, talk_days::loaded(&super::read_row(&row)?)?);
            }
        }
    }
    Ok(talk_days)
}

enum Decided {
    Repeated(Answered),
    Change(Change),
}

async fn decide(
    tx: &mut PgConnection,
    known: &Known,
    numbers: &mut Numbers,
    env: &Env,
    work: &Work,
) -> Result<Decided> {
    let id = work.record;
    if let Some((answer, mac)) = known.answers.get(&(id.region, work.id.0)) {
        return if *mac == work.mac {
            Ok(Decided::Repeated(answer.clone()))
        } else {
            Err(Error::CommandIdReused)
        };
    }
    let change = match &work.asked {
        Asked::Report(prepared) => {
            let prepared = prepared.as_ref().as_ref().map_err(Clone::clone)?;
            let number = numbers.next(&prepared.number_key, env, work);
            let change = change_of_report(env, work, prepared, number)?;
            take_photos(tx, &change).await?;
            numbers.take(prepared.number_key.clone());
            return Ok(Decided::Change(Change::Matter(Box::new(change))));
        }
        Asked::Command { base_version, command } => {
            let loaded = known.matters.get(&id.matter()).cloned().ok_or(Error::NoMatter(id.matter()))?;
            let additive = command.kind().is_additive();
            fresh_enough(tx, id, *base_version, loaded.matter.version, additive).await?;
            let other =
                command.other_matter().and_then(|id| known.matters.get(&id)).map(|loaded| &loaded.matter);
            let beside = beside(tx, Needs::of(command, &loaded.matter, &env.site)).await?;
            change_of_command(env, work, command, loaded, other, &beside)?
        }
        Asked::Plan(plan) => {
            let change = change_of_plan(env, work, plan, known.talk_days.get(&id))?;
            return talk_day(tx, change).await;
        }
        Asked::Talk { base_version, command } => {
            let loaded = known.talk_days.get(&id).cloned().ok_or(Error::NotFound("talk day"))?;
            // What happened since, its page shows.
            enough_is_known(*base_version, loaded.day.version, command.kind().is_additive())?;
            return talk_day(tx, change_of_talk(env, work, command, loaded)?).await;
        }
    };
    take_photos(tx, &change).await?;
    // At once: the next command of the batch may want the same mediator's time.
    for statement in &change.mediation {
        super::bound(statement.clone())?.execute(&mut *tx).await?;
    }
    Ok(Decided::Change(Change::Matter(Box::new(change))))
}

async fn talk_day(tx: &mut PgConnection, change: TalkDayChange) -> Result<Decided> {
    if let Some(statement) = talk_days::place_is_there(&change)
        && super::bound(statement)?.fetch_optional(tx).await?.is_none()
    {
        return Err(Refusal::UnknownChoice { field: "place" }.into());
    }
    Ok(Decided::Change(Change::TalkDay(Box::new(change))))
}

/// Who wants a mediator's time waits for whoever wants it too.
async fn beside(tx: &mut PgConnection, needs: Needs) -> Result<Beside> {
    let mut beside = Beside::default();
    if let Some((account, statement)) = needs.named {
        beside.name(account, &fetch(tx, statement).await?)?;
    }
    if let Some(statement) = needs.method {
        beside.goes_by(&fetch(tx, statement).await?)?;
    }
    if let Some(statement) = needs.committees {
        beside.may_go_to(&fetch(tx, statement).await?)?;
    }
    if let Some((mediator, statement)) = needs.busy {
        let (lock, _) = mediator.0.as_u64_pair();
        sqlx::query("select pg_advisory_xact_lock($1)").bind(lock.cast_signed()).execute(&mut *tx).await?;
        beside.is_busy(&fetch(tx, statement).await?)?;
    }
    Ok(beside)
}

async fn fetch(tx: &mut PgConnection, statement: Statement) -> Result<Vec<Row>> {
    super::bound(statement)?.fetch_all(tx).await?.iter().map(super::read_row).collect()
}

async fn fresh_enough(
    tx: &mut PgConnection,
    id: RecordId,
    base: Option<u32>,
    current: u32,
    additive: bool,
) -> Result<()> {
    match enough_is_known(base, current, additive) {
        Err(Error::Stale { .. }) if base.is_some_and(|base| base < current) => {
            let rows = fetch(tx, timeline::events_since(id, base.unwrap_or(0))).await?;
            let changed = rows.iter().map(timeline::read_event).collect::<Result<_>>()?;
            Err(Error::Stale { current, changed })
        }
        known => known,
    }
}

/// Moves the uploads that a change names to its matter; when one is missing nothing of the change is kept.
async fn take_photos(tx: &mut PgConnection, change: &MatterChange) -> Result<()> {
    if change.photos.is_empty() {
        return Ok(());
    }
    let ids: Vec<&[u8]> = change.photos.iter().map(|(photo, _)| photo.0.as_bytes().as_slice()).collect();
    // Locked: whoever removes old uploads waits.
    let found = sqlx::query("select 1 from uploads where id = any($1) for update")
        .bind(&ids)
        .fetch_all(&mut *tx)
        .await?;
    if found.len() != ids.len() {
        return Err(Refusal::UnknownPhoto.into());
    }
    let versions: Vec<i64> = change.photos.iter().map(|(_, version)| i64::from(*version)).collect();
    let id = change.after.id;
    sqlx::query(
        "insert into photos select $1, $2, u.id, u.file, u.data_key, u.width, u.height, u.bytes, p.version, $3
         from unnest($4::bytea[], $5::bigint[]) p(id, version) join uploads u on u.id = p.id",
    )
    .bind(i64::from(id.region.0))
    .bind(id.uuid.as_bytes().as_slice())
    .bind(change.append.now.as_microsecond())
    .bind(&ids)
    .bind(versions)
    .execute(&mut *tx)
    .await?;
    sqlx::query("delete from uploads where id = any($1)").bind(&ids).execute(tx).await?;
    Ok(())
}
