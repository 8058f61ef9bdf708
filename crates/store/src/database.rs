//! The two databases behind one face.

use tokio::sync::broadcast;

use crate::{
    Location,
    change::{Env, Work},
    copies::Fill,
    error::{Error, Result},
    handle::{Changed, Pending},
    postgres::{self, Postgres},
    sqlite::{self, Sqlite},
    value::{Row, Statement},
};

/// One of the two.
pub(crate) enum Database {
    Sqlite(std::sync::Arc<Sqlite>),
    Postgres(Postgres),
}

impl Database {
    pub(crate) async fn open(location: &Location, changed: broadcast::Sender<Changed>) -> Result<Self> {
        match location {
            Location::Folder(folder) => {
                Ok(Self::Sqlite(std::sync::Arc::new(Sqlite::open(&folder.join("fengsi.db"), changed)?)))
            }
            Location::Postgres { url, .. } => Ok(Self::Postgres(Postgres::open(url, changed).await?)),
        }
    }

    /// Hands commands to the writer, in order, before it returns.
    pub(crate) fn submit(&self, env: Env, works: Vec<Work>) -> Pending {
        match self {
            Self::Sqlite(sqlite) => sqlite.submit(env, works),
            Self::Postgres(postgres) => postgres.submit(&env, works),
        }
    }

    /// Runs statements in one transaction.
    pub(crate) async fn execute(&self, statements: Vec<Statement>) -> Result<Vec<u64>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.execute(statements).await,
            Self::Postgres(postgres) => postgres.execute(statements).await,
        }
    }

    /// A short read by key: inline on SQLite, where it takes tens of microseconds.
    pub(crate) async fn fetch(&self, statement: Statement) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.fetch(&statement),
            Self::Postgres(postgres) => postgres.fetch(statement).await,
        }
    }

    /// A list or an aggregate: away from the threads that answer requests.
    pub(crate) async fn fetch_list(&self, statement: Statement) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(sqlite) => {
                let sqlite = sqlite.clone();
                tokio::task::spawn_blocking(move || sqlite.fetch(&statement))
                    .await
                    .map_err(|_| Error::Busy)?
            }
            Self::Postgres(postgres) => postgres.fetch(statement).await,
        }
    }

    /// Visits rows one by one.
    pub(crate) async fn each(
        &self,
        statement: Statement,
        mut visit: impl FnMut(Row) -> Result<()> + Send,
    ) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.each(&statement, &mut visit),
            Self::Postgres(postgres) => postgres.each(statement, &mut visit).await,
        }
    }

    /// Reads that all see the database as it is now, whoever writes meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        Ok(match self {
            Self::Sqlite(sqlite) => Snapshot::Sqlite(sqlite.snapshot()?),
            Self::Postgres(postgres) => Snapshot::Postgres(postgres.snapshot().await?),
        })
    }

    /// Writes rows into a table of a database that is being filled, and one more statement.
    pub(crate) async fn fill(&self, fill: Fill<'_>, then: Statement) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.fill(fill, then).await,
            Self::Postgres(postgres) => postgres.fill(fill, then).await,
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

/// One moment of the database, on a connection of its own.
pub(crate) enum Snapshot {
    Sqlite(sqlite::Snapshot),
    Postgres(postgres::Snapshot),
}

impl Snapshot {
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// The migrations that the database went through, in order.
    pub(crate) async fn migrations(&mut self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for row in self.fetch(Statement::new("select name from migrations")).await? {
            names.push(row.text(0)?.to_owned());
        }
        names.sort();
        Ok(names)
    }

    pub(crate) async fn fetch(&mut self, statement: Statement) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(snapshot) => snapshot.fetch(&statement),
            Self::Postgres(snapshot) => snapshot.fetch(statement).await,
        }
    }

    /// Visits rows one by one.
    pub(crate) async fn each(
        &mut self,
        statement: Statement,
        mut visit: impl FnMut(Row) -> Result<()> + Send,
    ) -> Result<()> {
        match self {
            Self::Sqlite(snapshot) => snapshot.each(&statement, &mut visit),
            Self::Postgres(snapshot) => snapshot.each(statement, &mut visit).await,
        }
    }
}
