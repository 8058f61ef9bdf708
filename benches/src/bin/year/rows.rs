//! All rows of a made database, in memory, in the transactions in which a bare loop inserts them.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use benches::sqlite::{self, Row};
use rusqlite::{Connection, types::Value};

use crate::COMMANDS;

/// The words' tokens, read back from their index.
const TOKENS: &str = "create virtual table temp.words using fts5vocab('main', 'grams', 'instance')";
const INSERT_TOKENS: &str = "insert into grams (rowid, tokens) values (?, ?)";

/// A row's key within a region.
type Key = (i64, Vec<u8>);

/// A year's rows.
pub(crate) struct Year {
    like: Connection,
    tables: Vec<String>,
    inserts: Vec<String>,
    /// Rows with the insert that takes each.
    transactions: Vec<Vec<(usize, Row)>>,
    /// How many events there are.
    pub(crate) events: usize,
}

/// In which transaction a command and a matter came.
struct Order {
    commands: HashMap<Key, usize>,
    matters: HashMap<Key, usize>,
    transactions: usize,
}

/// Where a table's rows belong.
enum Belongs {
    /// What a site is set up with.
    First,
    /// Totals, as they stand at the end.
    Last,
    /// With the event's or the command's own, by this column.
    Command(usize),
    /// With the first event of the matter, by this column.
    Matter(usize),
    /// Words come all along; their order is that of their rows.
    Spread,
}

impl Year {
    /// Reads everything.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let like = Connection::open(path)?;
        let tables = sqlite::tables(&like)?;
        let order = Order::read(&like)?;
        let mut transactions: Vec<Vec<(usize, Row)>> = (0..order.transactions).map(|_| Vec::new()).collect();
        let mut inserts = Vec::new();
        let mut events = 0;
        for table in &tables {
            let columns = sqlite::columns(&like, table)?;
            let belongs = belongs(table, &columns);
            let rows = sqlite::rows(&like, &select(table), &[])?;
            if table == "events" {
                events = rows.len();
            }
            let count = rows.len();
            for (nth, row) in rows.into_iter().enumerate() {
                let place = order
                    .place(&belongs, &row, nth, count)
                    .with_context(|| format!("a row of {table} belongs nowhere"))?;
                transactions.get_mut(place).context("no such transaction")?.push((inserts.len(), row));
            }
            inserts.push(sqlite::insert_into(table, columns.len()));
        }
        add_tokens(&like, &mut transactions, &tables, inserts.len())?;
        inserts.push(INSERT_TOKENS.to_owned());
        Ok(Self { like, tables, inserts, transactions, events })
    }

    /// How many rows there are, tokens of the word index included.
    pub(crate) fn rows(&self) -> usize {
        self.transactions.iter().map(Vec::len).sum()
    }

    /// Inserts everything into a new database; the seconds that took, without making it.
    pub(crate) fn insert(&self, path: &Path) -> Result<f64> {
        let fresh = sqlite::same_schema(&self.like, path)?;
        let begun = Instant::now();
        for transaction in &self.transactions {
            fresh.prepare_cached("begin immediate")?.execute([])?;
            for (insert, row) in transaction {
                let sql = self.inserts.get(*insert).context("no such insert")?;
                sqlite::execute(&fresh, sql, row)?;
            }
            fresh.prepare_cached("commit")?.execute([])?;
        }
        let seconds = begun.elapsed().as_secs_f64();
        let words = "(select rowid from grams union all select doc from grams_waiting)";
        for table in self.tables.iter().map(String::as_str).chain([words]) {
            let count = |connection: &Connection| {
                sqlite::rows(connection, &format!("select count(*) from {table}"), &[])
            };
            ensure!(count(&self.like)? == count(&fresh)?, "the bare inserts left something out of {table}");
        }
        Ok(seconds)
    }
}

impl Order {
    fn read(like: &Connection) -> Result<Self> {
        let mut order = Self { commands: HashMap::new(), matters: HashMap::new(), transactions: 1 };
        for row in
            sqlite::rows(like, "select region, command, record from events order by at, region, seq", &[])?
        {
            let command = key(&row, 1).context("an event without command")?;
            let matter = key(&row, 2).context("an event without matter")?;
            let next = order.commands.len() / COMMANDS;
            let place = *order.commands.entry(command).or_insert(next);
            order.matters.entry(matter).or_insert(place);
            order.transactions = order.transactions.max(place + 1);
        }
        Ok(order)
    }

    fn place(&self, belongs: &Belongs, row: &Row, nth: usize, count: usize) -> Option<usize> {
        match belongs {
            Belongs::First => Some(0),
            Belongs::Last => Some(self.transactions - 1),
            Belongs::Command(column) => self.commands.get(&key(row, *column)?).copied(),
            Belongs::Matter(column) => self.matters.get(&key(row, *column)?).copied(),
            Belongs::Spread => Some(nth * self.transactions / count.max(1)),
        }
    }
}

fn belongs(table: &str, columns: &[String]) -> Belongs {
    let column = |name: &str| columns.iter().position(|column| column == name);
    match (table, column("region"), column("matter")) {
        ("texts", ..) => Belongs::Spread,
        ("events", ..) => column("command").map_or(Belongs::Last, Belongs::Command),
        ("commands", ..) => column("id").map_or(Belongs::Last, Belongs::Command),
        ("matters", ..) => column("id").map_or(Belongs::Last, Belongs::Matter),
        (_, Some(_), Some(matter)) => Belongs::Matter(matter),
        (_, Some(_), None) => Belongs::Last,
        (_, None, _) => Belongs::First,
    }
}

fn select(table: &str) -> String {
    match table {
        "events" => "select * from events order by at, region, seq".to_owned(),
        "texts" => "select * from texts order by doc".to_owned(),
        _ => format!("select * from {table}"),
    }
}

/// The region in the row's first column or its second, and the id in another.
fn key(row: &Row, column: usize) -> Option<Key> {
    let region =
        row.iter().find_map(|value| if let Value::Integer(region) = value { Some(*region) } else { None })?;
    match row.get(column)? {
        Value::Blob(id) => Some((region, id.clone())),
        Value::Null | Value::Integer(_) | Value::Real(_) | Value::Text(_) => None,
    }
}

/// Puts each text's tokens behind its row.
fn add_tokens(
    like: &Connection,
    transactions: &mut [Vec<(usize, Row)>],
    tables: &[String],
    insert: usize,
) -> Result<()> {
    like.execute_batch(TOKENS)?;
    let mut of_text: BTreeMap<i64, String> = BTreeMap::new();
    let mut statement = like
        .prepare("select doc, term from temp.words union all select doc, trim(tokens) from grams_waiting")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let tokens = of_text.entry(row.get(0)?).or_default();
        if !tokens.is_empty() {
            tokens.push(' ');
        }
        tokens.push_str(row.get_ref(1)?.as_str()?);
    }
    let texts = tables.iter().position(|table| table == "texts").context("no table of texts")?;
    for transaction in transactions {
        let rows = std::mem::take(transaction);
        for (table, row) in rows {
            let doc = if let (true, Some(Value::Integer(doc))) = (table == texts, row.first()) {
                of_text.remove(doc).map(|tokens| (*doc, tokens))
            } else {
                None
            };
            transaction.push((table, row));
            if let Some((doc, tokens)) = doc {
                transaction.push((insert, vec![Value::Integer(doc), Value::Text(tokens)]));
            }
        }
    }
    ensure!(of_text.is_empty(), "{} texts have tokens and no row", of_text.len());
    Ok(())
}
