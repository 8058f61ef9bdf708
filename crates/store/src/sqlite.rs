//! SQLite inside the program: one thread writes, batch after batch; readers have connections of their own.

mod checkpoint;
mod fill;
mod write;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags, types::ValueRef};

use crate::{
    change::{Env, Work},
    error::{Error, Result},
    handle::{Changed, Pending},
    migrations,
    value::{Row, Statement, Value},
};
use checkpoint::Checkpoints;
use writer::{Request, Writer};

/// Connections that read side by side.
const READERS: usize = 4;
/// Statements kept prepared by each connection.
const PREPARED: usize = 128;

/// A site's SQLite database.
pub(crate) struct Sqlite {
    writer: Writer,
    readers: Vec<Mutex<Connection>>,
    next_reader: std::sync::atomic::AtomicUsize,
    path: PathBuf,
}

impl Sqlite {
    /// Opens or makes the database file.
    pub(crate) fn open(path: &Path, changed: tokio::sync::broadcast::Sender<Changed>) -> Result<Self> {
        let mut connection =
            connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "journal_size_limit", checkpoint::LOG_KEPT)?;
        // What must be remembered to undo a statement stays in memory.
        connection.pragma_update(None, "temp_store", "memory")?;
        migrate(&mut connection)?;
        let checkpoints = Checkpoints::start(path, &connection)?;
        let readers = (0..READERS)
            .map(|_| connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map(Mutex::new))
            .collect::<Result<_>>()?;
        Ok(Self {
            writer: Writer::start(connection, checkpoints, changed)?,
            readers,
            next_reader: std::sync::atomic::AtomicUsize::new(0),
            path: path.to_owned(),
        })
    }

    /// Hands commands to the writer, in order, before it returns.
    pub(crate) fn submit(&self, env: Env, works: Vec<Work>) -> Pending {
        let count = works.len();
        let (reply, answers) = tokio::sync::oneshot::channel();
        match self.writer.send(Request::Handle { env, works, reply }) {
            Ok(()) => Pending::Together(answers, count),
            Err(_) => Pending::busy(count),
        }
    }

    /// Runs statements in one transaction; the answer is how many rows each changed.
    pub(crate) async fn execute(&self, statements: Vec<Statement>) -> Result<Vec<u64>> {
        let (reply, answer) = tokio::sync::oneshot::channel();
        self.writer.send(Request::Execute { statements, reply })?;
        answer.await.map_err(|_| Error::Busy)?
    }

    /// Reads rows. Blocks for as long as the query takes.
    pub(crate) fn fetch(&self, statement: &Statement) -> Result<Vec<Row>> {
        self.reading(|connection| query(connection, statement))
    }

    /// Reads rows one by one, for answers too large to hold.
    pub(crate) fn each(&self, statement: &Statement, visit: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        self.reading(|connection| each(connection, statement, visit))
    }

    /// Reads that all see the database as it is now. The log cannot begin anew as long as they last.
    pub(crate) fn snapshot(&self) -> Result<Snapshot> {
        let connection = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        // Whoever reads the whole file once shall not keep it in memory.
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.execute_batch("begin")?;
        // The moment is that of the first read.
        connection.query_row("select count(*) from regions", [], |_| Ok(()))?;
        Ok(Snapshot(connection))
    }

    fn reading<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let start = self.next_reader.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let free = (0..self.readers.len()).find_map(|i| {
            self.readers.get((start + i) % self.readers.len()).and_then(|reader| reader.try_lock().ok())
        });
        match free {
            Some(connection) => read(&connection),
            None => match self.readers.get(start % self.readers.len().max(1)) {
                Some(reader) => read(&reader.lock().unwrap_or_else(PoisonError::into_inner)),
                None => Err(Error::Busy),
            },
        }
    }
}

/// A connection of its own in one long read transaction.
pub(crate) struct Snapshot(Connection);

impl Snapshot {
    pub(crate) fn fetch(&self, statement: &Statement) -> Result<Vec<Row>> {
        query(&self.0, statement)
    }

    pub(crate) fn each(&self, statement: &Statement, visit: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        each(&self.0, statement, visit)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    // Each connection is used by one thread at a time: by the writer's, or under its lock.
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.pragma_update(None, "cache_size", -16 * 1024)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<()> {
    connection
        .execute_batch("create table if not exists migrations (name text primary key) without rowid")?;
    for (name, sql) in migrations::SQLITE {
        let tx = connection.transaction()?;
        if tx.execute("insert or ignore into migrations values (?1)", [name])? == 1 {
            tx.execute_batch(sql)?;
        }
        tx.commit()?;
    }
    Ok(())
}

pub(crate) fn query(connection: &Connection, statement: &Statement) -> Result<Vec<Row>> {
    let mut list = Vec::new();
    each(connection, statement, &mut |row| {
        list.push(row);
        Ok(())
    })?;
    Ok(list)
}

fn each(
    connection: &Connection,
    statement: &Statement,
    visit: &mut dyn FnMut(Row) -> Result<()>,
) -> Result<()> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let columns = prepared.column_count();
    let mut rows = prepared.query(rusqlite::params_from_iter(statement.values.iter()))?;
    while let Some(row) = rows.next()? {
        visit(read_row(row, columns)?)?;
    }
    Ok(())
}

fn read_row(row: &rusqlite::Row<'_>, columns: usize) -> Result<Row> {
    let value = |index| {
        Ok(match row.get_ref(index)? {
            ValueRef::Null => Value::Int(None),
            ValueRef::Integer(value) => Value::Int(Some(value)),
            ValueRef::Real(value) => Value::Real(Some(value)),
            // SQLite keeps any bytes as text; those that are none stay bytes, and whoever wants text says that it is damaged.
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Value::Text(Some(text.to_owned())),
                Err(_) => Value::Blob(Some(text.to_vec())),
            },
            ValueRef::Blob(blob) => Value::Blob(Some(blob.to_vec())),
        })
    };
    (0..columns).map(value).collect::<Result<_>>().map(Row)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned};
        Ok(match self {
            Self::Int(Some(value)) => ToSqlOutput::Owned(Owned::Integer(*value)),
            Self::Real(Some(value)) => ToSqlOutput::Owned(Owned::Real(*value)),
            Self::Text(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(Some(blob)) => ToSqlOutput::Borrowed(ValueRef::Blob(blob)),
            Self::Int(None) | Self::Real(None) | Self::Text(None) | Self::Blob(None) => {
                ToSqlOutput::Owned(Owned::Null)
            }
        })
    }
}
