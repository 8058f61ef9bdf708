//! Memory: the events of every matter, what is read from them, and everything else a site keeps.
//!
//! The only crate that names a database driver. It decides nothing about matters: it loads, lets `casework` decide, appends,
//! projects and enqueues in one transaction. It knows no HTTP and no clock; moments are passed in.

pub mod keys;

mod handle;

mod talk;

mod timeline;

mod projections;

mod accounts;
mod jobs;
pub mod photos;
mod reads;
mod registers;
mod site;

pub mod log;
mod verify;

mod append;
mod change;
mod context;
mod copies;
mod database;
mod error;
mod feeds;
mod grams;
mod migrations;
mod numbers;
mod postgres;
mod sqlite;
mod value;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::broadcast;

pub use accounts::{Account, NewAccount, SHORTEST_PASSWORD, SignedIn, StaffRow, hash_password};
pub use change::Job;
pub use copies::{
    BackedUp, BackupName, Doing, Grown, Progress, Restoration, Restored, backups, grow, restore,
};
pub use error::{Error, Result};
pub use handle::{
    Answer, Answered, Changed, Many, NewCommand, NewReport, NewTalkCommand, NewTalkDay, TalkAnswer,
};
pub use jobs::{ClaimedJob, StuckJobs};
pub use projections::{
    cases::{CaseGroup, CaseSums, CasesQuery},
    figures::{SUM_COLUMNS, Sums, day_number},
    map::{CellCount, CellQuery},
    matters::{Cursor, Filter, Listed, MOST_COUNTED, MOST_ROWS, MatterRow, Order, Page, QueueCount},
    mediations::{PartyFound, Tried},
    similar::Similar,
    talk_days::{TalkDayRow, TalkFilter},
    totals::{Totals, TotalsQuery, total},
};
pub use reads::{Read, ReadOf, WhatRead};
pub use registers::{
    CommitteesQuery, Counts, Entry, Keeping, MediatorsQuery, RegisterChange, Registers, Stretch,
};
pub use site::{SiteData, SiteSettings};
pub use talk::KeptPlace;
pub use timeline::Texts;
pub use verify::{Finding, Report as VerifyReport};

use database::Database;

/// Changes that a slow listener may miss before it is told to look anew.
const CHANGES_KEPT: usize = 1_024;

/// Where a site's data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// SQLite, photos and key in one folder.
    Folder(PathBuf),
    /// PostgreSQL; photos and key in a folder of their own.
    Postgres {
        /// The address of the database.
        url: String,
        /// Photos and key.
        folder: PathBuf,
    },
}

impl Location {
    /// The folder of photos and key.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) | Self::Postgres { folder, .. } => folder,
        }
    }
}

/// A site's memory. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

/// What the clones share.
pub struct Inner {
    database: Database,
    keys: keys::Keys,
    folder: PathBuf,
    /// Held as long as the site is open; whoever must have it alone waits for nobody.
    _here: std::fs::File,
    site: RwLock<Arc<casework::site::Site>>,
    settings: RwLock<Arc<SiteSettings>>,
    changed: broadcast::Sender<Changed>,
    /// Passwords that may be checked at once: each check takes 19 MiB for a moment.
    password_checks: tokio::sync::Semaphore,
}

impl std::ops::Deref for Store {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Store {
    /// Opens a site; makes an empty one where none is.
    ///
    /// # Errors
    /// Those of files and database, and of a key file that is not one.
    pub async fn open(location: &Location) -> Result<Self> {
        let here = claim(location)?;
        here.try_lock_shared().map_err(|_| {
            Error::Setup("the site is being moved by another program: wait until that is done".to_owned())
        })?;
        Self::open_there(location, here).await
    }

    /// Opens a site that nobody else has open.
    ///
    /// # Errors
    /// As [`Self::open`]; when somebody has it open.
    pub(crate) async fn open_alone(location: &Location) -> Result<Self> {
        let here = claim(location)?;
        here.try_lock().map_err(|_| {
            Error::Setup(
                "the site is open in another program, as when it is served: stop that first".to_owned(),
            )
        })?;
        Self::open_there(location, here).await
    }

    async fn open_there(location: &Location, here: std::fs::File) -> Result<Self> {
        let (changed, _) = broadcast::channel(CHANGES_KEPT);
        let database = Database::open(location, changed.clone()).await?;
        copies::is_not_being_filled(&database).await?;
        copies::is_not_moved(&database).await?;
        let keys = site::matching_keys(&database, &location.folder().join("site.key")).await?;
        Self::with(location, database, changed, keys, here).await
    }

    /// A place that is being filled, with keys that are known already.
    pub(crate) async fn assemble(location: &Location, keys: keys::Keys) -> Result<Self> {
        let here = claim(location)?;
        let (changed, _) = broadcast::channel(CHANGES_KEPT);
        let database = Database::open(location, changed.clone()).await?;
        Self::with(location, database, changed, keys, here).await
    }

    async fn with(
        location: &Location,
        database: Database,
        changed: broadcast::Sender<Changed>,
        keys: keys::Keys,
        here: std::fs::File,
    ) -> Result<Self> {
        let (site, settings) = site::load(&database).await?;
        Ok(Self(Arc::new(Inner {
            database,
            keys,
            folder: location.folder().to_owned(),
            _here: here,
            site: RwLock::new(Arc::new(site)),
            settings: RwLock::new(Arc::new(settings)),
            changed,
            password_checks: tokio::sync::Semaphore::new(processors()),
        })))
    }

    /// The site as the rules see it, as last loaded.
    #[must_use]
    pub fn site(&self) -> Arc<casework::site::Site> {
        self.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The site's settings.
    #[must_use]
    pub fn settings(&self) -> Arc<SiteSettings> {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells of every change from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.changed.subscribe()
    }

    /// How many events there are, over all regions: grows with every change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn head(&self) -> Result<i64> {
        let rows = self
            .database
            .fetch(value::Statement::new("select cast(coalesce(sum(events), 0) as bigint) from regions"))
            .await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    /// When something last happened.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_event_at(&self) -> Result<Option<jiff::Timestamp>> {
        let statement = value::Statement::new(
            "select max(at) from (select (select at from events e where e.region = r.region order by seq desc limit 1) as at from regions r) newest",
        );
        let rows = self.database.fetch(statement).await?;
        let micros = rows.first().map(|row| row.maybe_int(0)).transpose()?.flatten();
        micros.map(|micros| jiff::Timestamp::from_microsecond(micros).map_err(Error::damaged)).transpose()
    }

    /// The moment as the site's clock has it when it begins to be served at `now`: a demonstration goes on where it stopped.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn moment(&self, now: jiff::Timestamp) -> Result<jiff::Timestamp> {
        match self.settings().clock_starts_at {
            Some(start) => Ok(start.max(self.last_event_at().await?.unwrap_or(start))),
            None => Ok(now),
        }
    }

    /// The query code of a matter, as its answer says.
    #[must_use]
    pub fn query_code(&self, matter: casework::id::MatterId, code_version: u32) -> String {
        self.keys.query_code(matter, code_version)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ping(&self) -> Result<()> {
        self.database.fetch(value::Statement::new("select 1")).await.map(drop)
    }
}

/// The file by which programs on this machine know of each other.
fn claim(location: &Location) -> Result<std::fs::File> {
    std::fs::create_dir_all(location.folder().join("photos"))?;
    let mut options = std::fs::OpenOptions::new();
    Ok(options.create(true).truncate(false).write(true).open(location.folder().join("open.lock"))?)
}

/// More password checks at once than processors would only take memory.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
}

#[cfg(test)]
mod tests;
