//! Restoring a backup elsewhere. What was recorded after it is lost; so the numbers that people see skip ahead, and the site
//! remembers that it was restored: a code that it does not know may have been given by the place that is gone.

use std::{fs, path::Path};

use casework::area::AreaLevel;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Doing, Progress, Watch,
    backup::pictures_of,
    fill::{Content, Filling, content},
    folder::{BackupFolder, BackupName, backups, write_whole},
    manifest::Manifest,
    rows,
};
use crate::{
    Location, Store,
    error::{Error, Result},
    keys::Keys,
    photos::PhotoSize,
    projections::figures::day_number,
    value::Statement,
    verify::Report,
};

/// Numbers of the day that are left out in each town: more than the place that is gone can have given since the backup.
const SKIPPED: i64 = 1_000;
const RESTORATIONS: &str = "restorations";

/// That a site was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restoration {
    /// It stands as it was at this moment.
    pub state_of: Timestamp,
    /// When it was restored.
    pub at: Timestamp,
}

/// What a restoration did.
#[derive(Debug)]
pub struct Restored {
    /// The backup that was taken.
    pub name: BackupName,
    /// When it was made.
    pub state_of: Timestamp,
    /// Rows carried over; each was compared.
    pub rows: u64,
    /// What `verify` says of the new place.
    pub report: Report,
}

/// Restores the newest backup of a folder, or the one named, in a place where there is no site yet. The key file of the site must
/// be there already. What was stopped goes on.
///
/// # Errors
/// When there is a site, the key file is missing or another site's, the backup is not whole, or the new place is not equal to it.
pub async fn restore(
    from: &Path,
    name: Option<BackupName>,
    to: &Location,
    now: Timestamp,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<Restored> {
    let name = match name {
        Some(name) => name,
        None => backups(from)?
            .pop()
            .ok_or_else(|| Error::Setup(format!("there is no whole backup in {}", from.display())))?,
    };
    let key_file = to.folder().join("site.key");
    if !key_file.exists() {
        return Err(Error::Setup(format!(
            "put the site's key file where the site will be: {}. It is kept apart from backups",
            key_file.display()
        )));
    }
    let keys = Keys::read_or_make(&key_file)?;
    let folder = BackupFolder::new(from, keys.clone());
    let manifest = folder.manifest(&name)?;
    if manifest.key_mark != keys.mark() {
        return Err(Error::Setup(format!("{} is another site's key file", key_file.display())));
    }
    fs::create_dir_all(to.folder().join("photos"))?;
    let store = Store::assemble(to, keys).await?;
    fill(&store, &folder, &manifest, &format!("backup {name}"), &mut progress).await?;
    pictures(&store, &folder, &mut progress).await?;
    compare(&store, &manifest, &mut progress).await?;
    store.reload_site().await?;
    let events = manifest.regions.values().map(|(events, _)| *events).sum();
    let report =
        store.verify(|done| progress(Progress { doing: Doing::Verifying, done, of: events })).await?;
    if report.wrong == 0 {
        let now = store.moment(now).await?;
        let mut end = skip_numbers(&store, now);
        end.push(store.remember(Restoration { state_of: manifest.made_at, at: now }).await?);
        end.push(Filling::end());
        store.database.execute(end).await?;
    }
    Ok(Restored { name, state_of: manifest.made_at, rows: manifest.rows(), report })
}

/// Writes all rows.
async fn fill(
    store: &Store,
    folder: &BackupFolder,
    manifest: &Manifest,
    from: &str,
    progress: Watch<'_>,
) -> Result<()> {
    let mut snapshot = store.database.snapshot().await?;
    if snapshot.migrations().await? != manifest.migrations {
        return Err(Error::Setup(
            "the backup was made by another version of the program: restore it with that one, then upgrade"
                .to_owned(),
        ));
    }
    drop(snapshot);
    let mut filling = Filling::begin(&store.database, &store.keys, from).await?;
    let mut done = Progress { doing: Doing::Rows, done: 0, of: manifest.rows() };
    for (at, copied) in manifest.tables.iter().enumerate() {
        for (nth, (piece, count)) in copied.pieces.iter().enumerate() {
            if !filling.has(at, nth) {
                let rows = rows::read(&folder.piece(piece)?, &copied.table.columns)?;
                filling.rows(at, &copied.table, rows).await?;
            }
            done.done += count;
            progress(done);
        }
    }
    Ok(())
}

/// Brings the pictures back that are not there yet.
async fn pictures(store: &Store, folder: &BackupFolder, progress: Watch<'_>) -> Result<()> {
    let mut snapshot = store.database.snapshot().await?;
    let files = pictures_of(&mut snapshot).await?;
    let mut done = Progress { doing: Doing::Pictures, done: 0, of: files.len() as u64 };
    for (file, is_shown) in files {
        for size in [PhotoSize::Full, PhotoSize::Thumb] {
            let to = store.photo_path(file, size);
            let kept = folder.picture_path(to.strip_prefix(&store.folder).map_err(Error::damaged)?);
            if to.exists() {
                continue;
            }
            match fs::read(&kept) {
                Ok(bytes) => write_whole(&to, &bytes)?,
                // What the site had lost before, `verify` names; an upload that nobody took is no loss.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    tracing::warn!(photo = %file, shown = is_shown, "a picture is not in the backup");
                }
                Err(error) => return Err(error.into()),
            }
        }
        done.done += 1;
        progress(done);
    }
    Ok(())
}

/// Compares every row with those of the backup.
async fn compare(store: &Store, manifest: &Manifest, progress: Watch<'_>) -> Result<()> {
    let copied = manifest.tables.iter();
    let wanted = Content {
        tables: copied
            .map(|copied| (copied.table.name.clone(), copied.rows, copied.digest.clone()))
            .collect(),
        regions: manifest.regions.clone(),
    };
    let found = content(&store.database, manifest.rows(), progress).await?;
    found.must_be(&wanted)
}

/// Whoever was given a number by the place that is gone shall not share it with another matter.
fn skip_numbers(store: &Store, now: Timestamp) -> Vec<Statement> {
    let site = store.site();
    let day = day_number(site.day(now));
    let towns = site.areas.iter().filter(|area| area.code.level() <= AreaLevel::Town);
    towns
        .map(|area| {
            Statement::new(
                "insert into numbers (region, town, day, last) values ($1, $2, $3, $4)
                 on conflict (region, town, day) do update set last = numbers.last + excluded.last",
            )
            .bind(area.code.region().0)
            .bind(format!("{:0<9}", area.code.to_string()))
            .bind(day)
            .bind(SKIPPED)
        })
        .collect()
}

impl Store {
    /// When the site was restored, and to which state; the latest last.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn restorations(&self) -> Result<Vec<Restoration>> {
        let rows = self
            .database
            .fetch(Statement::new("select value from site where key = $1").bind(RESTORATIONS))
            .await?;
        rows.first().map_or(Ok(Vec::new()), |row| serde_json::from_str(row.text(0)?).map_err(Error::damaged))
    }

    /// The days on which numbers were left out.
    pub(crate) async fn days_of_restorations(&self) -> Result<Vec<i64>> {
        let site = self.site();
        let restorations = self.restorations().await?;
        Ok(restorations.into_iter().map(|restoration| day_number(site.day(restoration.at))).collect())
    }

    async fn remember(&self, restoration: Restoration) -> Result<Statement> {
        let mut restorations = self.restorations().await?;
        restorations.push(restoration);
        Ok(Statement::new("insert into site (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value")
            .bind(RESTORATIONS)
            .bind(serde_json::to_string(&restorations).map_err(Error::damaged)?))
    }
}
