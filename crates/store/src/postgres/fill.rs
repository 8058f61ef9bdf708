//! Fills a table of an empty database, a piece in one statement.

use sqlx::{AssertSqlSafe, Postgres as Driver, postgres::PgArguments, query::Query};

use super::{Postgres, bound};
use crate::{
    copies::{Fill, Kind},
    error::{Error, Result},
    value::{Row, Statement, Value},
};

impl Postgres {
    /// Writes rows and one more statement in one transaction.
    pub(crate) async fn fill(&self, fill: Fill<'_>, then: Statement) -> Result<()> {
        let columns = &fill.table.columns;
        let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let mut arrays: Vec<&str> = columns.iter().map(|column| array_of(column.kind)).collect();
        let mut values: Vec<String> = (0..columns.len()).map(|index| format!("c{index}")).collect();
        if fill.grams.is_some() {
            names.push("grams");
            arrays.push("text");
            values.push("cast(grams as bigint[])".to_owned());
        }
        let unnested: Vec<String> =
            arrays.iter().enumerate().map(|(index, of)| format!("${}::{of}[]", index + 1)).collect();
        let mut given: Vec<String> = (0..columns.len()).map(|index| format!("c{index}")).collect();
        given.extend(fill.grams.is_some().then(|| "grams".to_owned()));
        let sql = format!(
            "insert into {} ({}) select {} from unnest({}) t({})",
            fill.table.name,
            names.join(", "),
            values.join(", "),
            unnested.join(", "),
            given.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (index, column) in columns.iter().enumerate() {
            query = bind_column(query, column.kind, &fill.rows, index)?;
        }
        if let Some(grams) = &fill.grams {
            query = query.bind(grams.iter().map(|grams| literal(grams)).collect::<Vec<_>>());
        }
        let mut tx = self.pool.begin().await?;
        query.execute(&mut *tx).await?;
        bound(then)?.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn array_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "bigint",
        Kind::Real => "float8",
        Kind::Text => "text",
        Kind::Bytes => "bytea",
    }
}

/// Bigrams as PostgreSQL writes a list; of words that cannot be searched there are none.
fn literal(grams: &[i64]) -> Option<String> {
    (!grams.is_empty())
        .then(|| format!("{{{}}}", grams.iter().map(i64::to_string).collect::<Vec<_>>().join(",")))
}

fn bind_column<'q>(
    query: Query<'q, Driver, PgArguments>,
    kind: Kind,
    rows: &[Row],
    index: usize,
) -> Result<Query<'q, Driver, PgArguments>> {
    fn column<T>(
        rows: &[Row],
        index: usize,
        of: impl Fn(&Value) -> Option<Option<T>>,
    ) -> Result<Vec<Option<T>>> {
        rows.iter()
            .map(|row| {
                let value = row.0.get(index).ok_or_else(|| Error::damaged("a row is cut"))?;
                if value.is_null() {
                    return Ok(None);
                }
                of(value)
                    .ok_or_else(|| Error::Damaged(format!("column {index} holds a value of another kind")))
            })
            .collect()
    }
    Ok(match kind {
        Kind::Int => query.bind(column(rows, index, |value| match value {
            Value::Int(value) => Some(*value),
            Value::Real(_) | Value::Text(_) | Value::Blob(_) => None,
        })?),
        Kind::Real => query.bind(column(rows, index, |value| match value {
            Value::Real(value) => Some(*value),
            Value::Int(_) | Value::Text(_) | Value::Blob(_) => None,
        })?),
        Kind::Text => query.bind(column(rows, index, |value| match value {
            Value::Text(value) => Some(value.clone()),
            Value::Int(_) | Value::Real(_) | Value::Blob(_) => None,
        })?),
        Kind::Bytes => query.bind(column(rows, index, |value| match value {
            Value::Blob(value) => Some(value.clone()),
            Value::Int(_) | Value::Real(_) | Value::Text(_) => None,
        })?),
    })
}
