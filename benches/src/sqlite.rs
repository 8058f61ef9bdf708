//! SQLite without a server: connections set as the store sets them, rows as they are, prepared inserts.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

/// One row, column by column.
pub type Row = Vec<Value>;

/// Opens a database as the store's writer does: same journal, same durability, same caches.
pub fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "cache_size", -16 * 1024)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "journal_size_limit", 256 * 1024 * 1024)?;
    connection.pragma_update(None, "wal_autocheckpoint", 16 * 1024)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(connection)
}

/// Opens a site's database to look into it.
pub fn open_to_read(path: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

/// Copies the database of a site that nobody has open, with everything in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let connection = Connection::open(from)?;
    connection.pragma_update(None, "wal_checkpoint", "truncate")?;
    drop(connection);
    std::fs::copy(from, to)?;
    Ok(())
}

/// Makes an empty database with every table and index of another.
pub fn same_schema(like: &Connection, path: &Path) -> Result<Connection> {
    let fresh = open(path)?;
    for sql in strings(
        like,
        "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' and (name not like 'grams_%' or name = 'grams_waiting') order by rowid",
    )? {
        fresh.execute_batch(&sql)?;
    }
    Ok(fresh)
}

/// The names of all tables but those of the word index.
pub fn tables(connection: &Connection) -> Result<Vec<String>> {
    strings(
        connection,
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'grams%' order by rowid",
    )
}

/// The columns of a table.
pub fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    strings(connection, &format!("select name from pragma_table_info('{table}') order by cid"))
}

/// A statement that inserts a whole row.
#[must_use]
pub fn insert_into(table: &str, columns: usize) -> String {
    format!("insert into {table} values ({})", vec!["?"; columns].join(", "))
}

/// Reads rows.
pub fn rows(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let rows = statement
        .query_map(params_from_iter(values), |row| (0..columns).map(|index| row.get(index)).collect())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Runs a prepared statement with a row's values.
pub fn execute(connection: &Connection, sql: &str, row: &[Value]) -> Result<()> {
    connection.prepare_cached(sql)?.execute(params_from_iter(row))?;
    Ok(())
}

fn strings(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
