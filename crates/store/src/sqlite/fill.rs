//! Fills a table of an empty database, a piece in one transaction.

use super::Sqlite;
use crate::{copies::Fill, error::Result, grams::tokens, value::Statement};

impl Sqlite {
    /// Writes rows and one more statement in one transaction.
    pub(crate) async fn fill(&self, fill: Fill<'_>, then: Statement) -> Result<()> {
        let names: Vec<&str> = fill.table.columns.iter().map(|column| column.name.as_str()).collect();
        let places: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
        let sql =
            format!("insert into {} ({}) values ({})", fill.table.name, names.join(", "), places.join(", "));
        let mut statements = Vec::with_capacity(fill.rows.len() + 1);
        let mut grams = fill.grams.into_iter().flatten();
        for row in fill.rows {
            statements.push(Statement { sql: sql.clone(), values: row.0 });
            if let Some(grams) = grams.next().filter(|grams| !grams.is_empty()) {
                let index = "insert into grams (rowid, tokens) values (last_insert_rowid(), $1)";
                statements.push(Statement::new(index).bind(tokens(&grams)));
            }
        }
        statements.push(then);
        self.execute(statements).await.map(drop)
    }
}
