//! The tables that a copy carries, as the database itself describes them: a new one is carried without being named here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    database::Snapshot,
    error::{Error, Result},
    value::{Row, Statement, Value},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Int,
    Real,
    Text,
    Bytes,
}

/// A column by its name, which both databases share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// A table: columns in the order of their names, and those that its rows are ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) key: Vec<String>,
}

/// The words of people: their index is made while they are loaded, after the keys that open them.
pub(super) const TEXTS: &str = "texts";
/// The log: its leaves make the root.
pub(super) const EVENTS: &str = "events";
/// Which migrations a database went through is its own affair; who is signed in ends with the place.
const NOT_CARRIED: [&str; 2] = ["migrations", "sign_ins"];
/// SQLite's index of words and its inner tables.
const INDEX: &str = "grams";
/// The texts' place in the index on SQLite, and the index itself on PostgreSQL.
const INDEX_COLUMNS: [&str; 2] = ["doc", "grams"];

/// Rows that are read at once.
const PAGE: usize = 2_000;

const OF_SQLITE: &str =
    "select t.name, c.name, c.type, c.pk from sqlite_master t join pragma_table_info(t.name) c
    where t.type = 'table' order by t.name, c.name";
const OF_POSTGRES: &str =
    "select cast(t.relname as text), cast(c.attname as text), format_type(c.atttypid, null),
        cast(coalesce(array_position(cast(i.indkey as int2[]), c.attnum) + 1, 0) as bigint)
    from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
    left join pg_index i on i.indrelid = t.oid and i.indisprimary
    where t.relnamespace = cast(current_schema() as regnamespace) and t.relkind in ('r', 'p')
    order by cast(t.relname as text) collate \"C\", cast(c.attname as text) collate \"C\"";

/// All that is carried, the texts last.
pub(super) async fn carried(snapshot: &mut Snapshot) -> Result<Vec<Table>> {
    let sql = if snapshot.is_sqlite() { OF_SQLITE } else { OF_POSTGRES };
    let mut tables: BTreeMap<String, (Vec<Column>, BTreeMap<i64, String>)> = BTreeMap::new();
    for row in snapshot.fetch(Statement::new(sql)).await? {
        let (table, column) = (row.text(0)?, row.text(1)?);
        let of_index = table.starts_with(INDEX) || (table == TEXTS && INDEX_COLUMNS.contains(&column));
        if of_index || NOT_CARRIED.contains(&table) {
            continue;
        }
        let (columns, key) = tables.entry(table.to_owned()).or_default();
        columns.push(Column { name: column.to_owned(), kind: kind_of(row.text(2)?)? });
        if row.int(3)? > 0 {
            key.insert(row.int(3)?, column.to_owned());
        }
    }
    let mut tables: Vec<Table> = tables
        .into_iter()
        .map(|(name, (columns, key))| Table { key: key.into_values().collect(), name, columns })
        .collect();
    for table in &mut tables {
        if table.name == TEXTS {
            table.key = ["region", "record", "id"].map(str::to_owned).to_vec();
        }
        if table.key.is_empty() {
            return Err(Error::Damaged(format!("the table {} has no key", table.name)));
        }
    }
    tables.sort_by_key(|table| table.name == TEXTS);
    Ok(tables)
}

fn kind_of(type_name: &str) -> Result<Kind> {
    match type_name {
        "INTEGER" | "bigint" => Ok(Kind::Int),
        "REAL" | "double precision" => Ok(Kind::Real),
        "TEXT" | "text" => Ok(Kind::Text),
        "BLOB" | "bytea" => Ok(Kind::Bytes),
        other => Err(Error::Damaged(format!("copies know no column of type {other}"))),
    }
}

impl Table {
    /// Every row that is carried, in the order of the key, which is the same on both databases.
    pub(super) fn select(&self, sqlite: bool) -> Statement {
        Statement::new(format!("{} where {} order by {}", self.from(), self.own(), self.order(sqlite)))
    }

    /// The next rows of a snapshot of SQLite.
    pub(super) async fn page(&self, snapshot: &mut Snapshot, after: Option<&Row>) -> Result<Vec<Row>> {
        let mut statement = Statement::new(format!("{} where {}", self.from(), self.own()));
        if let Some(row) = after {
            statement.push(&format!(" and ({}) > ", self.key.join(", ")));
            let of_key = |name| row.0.get(self.column(name)?).ok_or_else(|| Error::damaged("a row is cut"));
            let last: Vec<Value> =
                self.key.iter().map(|name| of_key(name).cloned()).collect::<Result<_>>()?;
            statement.push_list(last);
        }
        statement.push(&format!(" order by {} limit {PAGE}", self.order(true)));
        snapshot.fetch(statement).await
    }

    fn from(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        format!("select {} from {}", columns.join(", "), self.name)
    }

    /// What belongs to the place stays there.
    fn own(&self) -> String {
        if self.name == "site" { format!("key not like '{MARKS}%'") } else { "1 = 1".to_owned() }
    }

    fn order(&self, sqlite: bool) -> String {
        let is_text = |name: &String| {
            self.columns.iter().any(|column| column.name == *name && column.kind == Kind::Text)
        };
        let by = |name: &String| {
            if is_text(name) && !sqlite { format!("{name} collate \"C\"") } else { name.clone() }
        };
        self.key.iter().map(by).collect::<Vec<_>>().join(", ")
    }

    /// How many rows there are, about.
    pub(super) fn count(&self) -> Statement {
        Statement::new(format!("select count(*) from {}", self.name))
    }

    pub(super) fn column(&self, name: &str) -> Result<usize> {
        self.columns
            .iter()
            .position(|column| column.name == name)
            .ok_or_else(|| Error::Damaged(format!("{} has no column {name}", self.name)))
    }
}

impl Kind {
    /// A missing value of this kind: SQLite does not say of which kind it is, PostgreSQL wants to know.
    pub(super) fn missing(self) -> Value {
        match self {
            Self::Int => Value::Int(None),
            Self::Real => Value::Real(None),
            Self::Text => Value::Text(None),
            Self::Bytes => Value::Blob(None),
        }
    }
}

/// Keys in the table `site` that begin so belong to one place alone and are never carried.
pub(crate) const MARKS: &str = "place.";
