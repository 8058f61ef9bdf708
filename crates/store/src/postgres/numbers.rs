//! Reads and writes the running numbers of a batch. The regions' locks keep other writers out meanwhile.

use std::collections::BTreeSet;

use sqlx::{PgConnection, Row as _};

use crate::{
    change::{Asked, Env, Work},
    error::{Error, Result},
    numbers::{NumberKey, Numbers},
};

/// Reads those that the batch's reports take from.
pub(super) async fn read(tx: &mut PgConnection, works: &[(&Env, &Work)]) -> Result<Numbers> {
    let keys: BTreeSet<NumberKey> = works
        .iter()
        .filter_map(|(_, work)| match &work.asked {
            Asked::Report(prepared) => prepared.as_ref().as_ref().ok(),
            Asked::Command { .. } | Asked::Plan(_) | Asked::Talk { .. } => None,
        })
        .map(|prepared| prepared.number_key.clone())
        .collect();
    let mut numbers = Numbers::default();
    if keys.is_empty() {
        return Ok(numbers);
    }
    let (regions, towns, days) = columns(keys.iter());
    let sql = "select n.region, n.town, n.day, n.last from unnest($1::bigint[], $2::text[], $3::bigint[]) w(region, town, day)
               join numbers n on n.region = w.region and n.town = w.town and n.day = w.day";
    for row in sqlx::query(sql).bind(regions).bind(towns).bind(days).fetch_all(tx).await? {
        let region = u32::try_from(row.try_get::<i64, _>(0)?).map_err(Error::damaged)?;
        numbers.read((region, row.try_get(1)?, row.try_get(2)?), row.try_get(3)?);
    }
    Ok(numbers)
}

/// Writes them back.
pub(super) async fn write(tx: &mut PgConnection, numbers: &Numbers) -> Result<()> {
    let (keys, last): (Vec<&NumberKey>, Vec<i64>) = numbers.rows().unzip();
    if keys.is_empty() {
        return Ok(());
    }
    let (regions, towns, days) = columns(keys.into_iter());
    let sql = "insert into numbers select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
               on conflict (region, town, day) do update set last = excluded.last";
    sqlx::query(sql).bind(regions).bind(towns).bind(days).bind(last).execute(tx).await?;
    Ok(())
}

fn columns<'a>(keys: impl Iterator<Item = &'a NumberKey>) -> (Vec<i64>, Vec<String>, Vec<i64>) {
    let mut columns = (Vec::new(), Vec::new(), Vec::new());
    for (region, town, day) in keys {
        columns.0.push(i64::from(*region));
        columns.1.push(town.clone());
        columns.2.push(*day);
    }
    columns
}
