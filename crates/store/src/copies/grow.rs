//! Moving a site from SQLite to PostgreSQL, and proving that nothing changed.

use std::{collections::BTreeMap, path::Path};

use casework::id::Region;

use super::{
    Doing, Progress, Watch,
    fill::{Content, Filling, content},
    tables::{self, MARKS},
};
use crate::{
    Location, Store,
    database::Database,
    error::{Error, Result},
    value::Statement,
    verify::Report,
};

const MOVED: &str = "moved";

/// What a move did.
#[derive(Debug)]
pub struct Grown {
    /// Rows carried over; each was compared.
    pub rows: u64,
    /// Events of each region and the root of its log, the same in both places.
    pub regions: BTreeMap<Region, (u64, String)>,
    /// What `verify` says of the new place.
    pub report: Report,
}

/// Carries the records of a site in a folder over to PostgreSQL. Photos and key file stay in the folder. Nobody may serve the
/// site meanwhile. When both places were compared and the new one was verified, the old one opens no more.
///
/// # Errors
/// When somebody serves the site, when there is a site in the database already, when the two are not equal.
pub async fn grow(folder: &Path, url: &str, mut progress: impl FnMut(Progress) + Send) -> Result<Grown> {
    let old = Store::open_alone(&Location::Folder(folder.to_owned())).await?;
    let to = Location::Postgres { url: url.to_owned(), folder: folder.to_owned() };
    let new = Store::assemble(&to, old.keys.clone()).await?;
    let rows = carry(&old, &new, &mut progress).await?;
    let wanted = content(&old.database, rows, &mut progress).await?;
    let found: Content = content(&new.database, rows, &mut progress).await?;
    found.must_be(&wanted)?;
    new.reload_site().await?;
    let events = wanted.regions.values().map(|(events, _)| *events).sum();
    let report = new.verify(|done| progress(Progress { doing: Doing::Verifying, done, of: events })).await?;
    if report.wrong == 0 {
        // First the old place closes: a site that is nowhere is mended by doing the same again, one that is in two places never.
        old.database.execute(vec![close()]).await?;
        new.database.execute(vec![Filling::end()]).await?;
    }
    let regions = wanted.regions.into_iter().map(|(region, log)| (Region(region), log)).collect();
    Ok(Grown { rows, regions, report })
}

async fn carry(old: &Store, new: &Store, progress: Watch<'_>) -> Result<u64> {
    let (mut from, mut to) = (old.database.snapshot().await?, new.database.snapshot().await?);
    let (there, here) = (tables::carried(&mut from).await?, tables::carried(&mut to).await?);
    drop(to);
    if there != here {
        return Err(Error::damaged("the two databases have not the same tables"));
    }
    let mut done = Progress { doing: Doing::Rows, done: 0, of: 0 };
    for table in &there {
        done.of += from.fetch(table.count()).await?.first().map_or(Ok(0), |row| row.u64(0))?;
    }
    // A move that was stopped begins anew: the old place may have changed since.
    let begun = format!("the site in the folder, at {} rows", done.of);
    let mut filling = Filling::anew(&new.database, &new.keys, &begun).await?;
    for (at, table) in there.iter().enumerate() {
        let mut last = None;
        loop {
            let rows = table.page(&mut from, last.as_ref()).await?;
            let Some(newest) = rows.last() else { break };
            last = Some(newest.clone());
            done.done += rows.len() as u64;
            filling.rows(at, table, rows).await?;
            progress(done);
        }
    }
    Ok(done.done)
}

/// Closes the old place, so that nobody writes where nobody looks any more.
fn close() -> Statement {
    Statement::new("insert into site (key, value) values ($1, $2)")
        .bind(format!("{MARKS}{MOVED}"))
        .bind("PostgreSQL")
}

/// Refuses a place that the site moved away from.
pub(crate) async fn is_not_moved(database: &Database) -> Result<()> {
    let statement = Statement::new("select value from site where key = $1").bind(format!("{MARKS}{MOVED}"));
    if database.fetch(statement).await?.is_empty() {
        return Ok(());
    }
    Err(Error::Setup("this site moved to PostgreSQL: give its address with --database".to_owned()))
}
