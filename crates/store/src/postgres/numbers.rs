//! The running numbers of a batch's reports.

use std::collections::{BTreeSet, HashMap};

use casework::{id::Number, matter::Report};
use sqlx::{PgConnection, Row as _};

use crate::{
    change::{Asked, Env, Work, number, town_of},
    error::Result,
    projections::figures::day_number,
};

/// The town and day whose running numbers a report takes from.
pub(super) type NumberKey = (i64, String, i64);

/// The last running number of each town and day of a batch: read before, written after, so that what is refused takes none.
/// The regions' locks keep other writers out meanwhile.
pub(super) struct Numbers(HashMap<NumberKey, i64>);

impl Numbers {
    pub(super) async fn read(tx: &mut PgConnection, works: &[(&Env, &Work)]) -> Result<Self> {
        let keys: BTreeSet<NumberKey> = works
            .iter()
            .filter_map(|(env, work)| match &work.asked {
                Asked::Report(report) => number_key(env, work, report).ok(),
                Asked::Command { .. } => None,
            })
            .collect();
        if keys.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let (regions, towns, days) = columns(keys.iter());
        let sql = "select n.region, n.town, n.day, n.last from unnest($1::bigint[], $2::text[], $3::bigint[]) w(region, town, day)
                   join numbers n on n.region = w.region and n.town = w.town and n.day = w.day";
        let rows = sqlx::query(sql).bind(regions).bind(towns).bind(days).fetch_all(tx).await?;
        rows.iter()
            .map(|row| Ok(((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?), row.try_get(3)?)))
            .collect::<Result<_>>()
            .map(Self)
    }

    /// The number that a report gets when it is recorded.
    pub(super) fn next(&self, env: &Env, work: &Work, report: &Report) -> Result<(NumberKey, Number)> {
        let key = number_key(env, work, report)?;
        let nth = self.0.get(&key).copied().unwrap_or(0) + 1;
        let number = number(&env.site, &key.1, env.site.day(work.now), nth);
        Ok((key, number))
    }

    /// The report is recorded.
    pub(super) fn take(&mut self, key: NumberKey) {
        *self.0.entry(key).or_default() += 1;
    }

    /// Writes them back.
    pub(super) async fn write(self, tx: &mut PgConnection) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let (regions, towns, days) = columns(self.0.keys());
        let last: Vec<i64> = self.0.values().copied().collect();
        let sql =
            "insert into numbers select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
                   on conflict (region, town, day) do update set last = excluded.last";
        sqlx::query(sql).bind(regions).bind(towns).bind(days).bind(last).execute(tx).await?;
        Ok(())
    }
}

fn number_key(env: &Env, work: &Work, report: &Report) -> Result<NumberKey> {
    let town = town_of(report, &env.site)?;
    Ok((i64::from(work.matter.region.0), town, day_number(env.site.day(work.now))))
}

fn columns<'a>(keys: impl Iterator<Item = &'a NumberKey>) -> (Vec<i64>, Vec<String>, Vec<i64>) {
    let mut columns = (Vec::new(), Vec::new(), Vec::new());
    for (region, town, day) in keys {
        columns.0.push(*region);
        columns.1.push(town.clone());
        columns.2.push(*day);
    }
    columns
}
