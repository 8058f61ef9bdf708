//! PostgreSQL: a pool for readers, and one task that commits what waits, batch after batch.

mod batch;
mod fill;
mod numbers;
mod rows;
mod writer;

use futures_util::{TryStreamExt, stream::BoxStream};
use sqlx::{
    AssertSqlSafe, Column, Row as _, Transaction, TypeInfo,
    postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow},
};

use crate::{
    change::{Env, Work},
    error::{Error, Result},
    handle::{Changed, Pending},
    migrations,
    value::{Row, Statement, Value},
};
use writer::Writer;

/// Connections of one process.
const CONNECTIONS: u32 = 12;

/// A site's PostgreSQL database.
pub(crate) struct Postgres {
    pool: PgPool,
    writer: Writer,
}

impl Postgres {
    /// Connects and brings the schema up to date.
    pub(crate) async fn open(url: &str, changed: tokio::sync::broadcast::Sender<Changed>) -> Result<Self> {
        let options: PgConnectOptions = url.parse()?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(std::time::Duration::from_secs(10))
            .connect_with(options)
            .await?;
        migrate(&pool).await?;
        Ok(Self { writer: Writer::start(pool.clone(), changed), pool })
    }

    /// Hands commands to the writer, in order, before it returns.
    pub(crate) fn submit(&self, env: &Env, works: Vec<Work>) -> Pending {
        self.writer.submit(env, works)
    }

    pub(crate) async fn execute(&self, statements: Vec<Statement>) -> Result<Vec<u64>> {
        let mut tx = self.pool.begin().await?;
        let mut changed = Vec::with_capacity(statements.len());
        for statement in statements {
            changed.push(bound(statement)?.execute(&mut *tx).await?.rows_affected());
        }
        tx.commit().await?;
        Ok(changed)
    }

    pub(crate) async fn fetch(&self, statement: Statement) -> Result<Vec<Row>> {
        bound(statement)?.fetch_all(&self.pool).await?.iter().map(read_row).collect()
    }

    pub(crate) async fn each(
        &self,
        statement: Statement,
        visit: &mut (dyn FnMut(Row) -> Result<()> + Send),
    ) -> Result<()> {
        each(bound(statement)?.fetch(&self.pool), visit).await
    }

    /// Reads that all see the database as it is now.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        let mut tx = self.pool.begin_with("begin isolation level repeatable read, read only").await?;
        // Everything is read in the order of keys, little at a time, whatever the planner believes about the rest.
        let other_ways =
            ["seqscan", "bitmapscan", "sort", "incremental_sort", "hashjoin", "mergejoin", "gathermerge"];
        let by_key: String = other_ways.map(|way| format!("set local enable_{way} = off; ")).concat();
        sqlx::raw_sql(AssertSqlSafe(by_key + "set local jit = off")).execute(&mut *tx).await?;
        Ok(Snapshot(tx))
    }
}

/// A connection of its own in one long transaction that writes nothing.
pub(crate) struct Snapshot(Transaction<'static, sqlx::Postgres>);

impl Snapshot {
    pub(crate) async fn fetch(&mut self, statement: Statement) -> Result<Vec<Row>> {
        bound(statement)?.fetch_all(&mut *self.0).await?.iter().map(read_row).collect()
    }

    pub(crate) async fn each(
        &mut self,
        statement: Statement,
        visit: &mut (dyn FnMut(Row) -> Result<()> + Send),
    ) -> Result<()> {
        each(bound(statement)?.fetch(&mut *self.0), visit).await
    }
}

async fn each(
    mut rows: BoxStream<'_, sqlx::Result<PgRow>>,
    visit: &mut (dyn FnMut(Row) -> Result<()> + Send),
) -> Result<()> {
    while let Some(row) = rows.try_next().await? {
        visit(read_row(&row)?)?;
    }
    Ok(())
}

type Bound = sqlx::query::Query<'static, sqlx::Postgres, PgArguments>;

fn bound(statement: Statement) -> Result<Bound> {
    let mut query = sqlx::query(AssertSqlSafe(statement.sql));
    for value in statement.values {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Blob(value) => query.bind(value),
        };
    }
    Ok(query)
}

async fn migrate(pool: &PgPool) -> Result<()> {
    let mut tx = pool.begin().await?;
    // Two processes that start at once take turns.
    sqlx::query("select pg_advisory_xact_lock(421300)").execute(&mut *tx).await?;
    sqlx::query("create table if not exists migrations (name text primary key)").execute(&mut *tx).await?;
    for (name, sql) in migrations::POSTGRES {
        let new = sqlx::query("insert into migrations values ($1) on conflict do nothing")
            .bind(*name)
            .execute(&mut *tx)
            .await?;
        if new.rows_affected() == 1 {
            sqlx::raw_sql(*sql).execute(&mut *tx).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn read_row(row: &PgRow) -> Result<Row> {
    let value = |index: usize| {
        Ok(match row.column(index).type_info().name() {
            "INT8" => Value::Int(row.try_get(index)?),
            "INT4" => Value::Int(row.try_get::<Option<i32>, _>(index)?.map(i64::from)),
            "BOOL" => Value::Int(row.try_get::<Option<bool>, _>(index)?.map(i64::from)),
            "FLOAT8" => Value::Real(row.try_get(index)?),
            "TEXT" | "VARCHAR" => Value::Text(row.try_get(index)?),
            "BYTEA" => Value::Blob(row.try_get(index)?),
            other => {
                return Err(Error::Damaged(format!(
                    "column {index} has type {other}, which this version does not read"
                )));
            }
        })
    };
    (0..row.len()).map(value).collect::<Result<_>>().map(Row)
}
