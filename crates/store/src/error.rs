//! What can go wrong between a command and its answer.

use casework::{Refusal, id::MatterId, matter::Recorded};

/// Why the store gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The matter has changed since the version the command was based on.
    #[error("the matter is at version {current}")]
    Stale {
        /// The version it has.
        current: u32,
        /// What happened since.
        changed: Vec<Recorded>,
    },
    /// The entry of a register has changed since the version that was seen.
    #[error("the entry is at version {current}")]
    EntryChanged {
        /// The version it has.
        current: u32,
    },
    /// The command id was used for something else.
    #[error("this command id was used for another command")]
    CommandIdReused,
    /// No such matter.
    #[error("no matter {0}")]
    NoMatter(MatterId),
    /// No such row.
    #[error("{0} is not known")]
    NotFound(&'static str),
    /// The site's database or key file is not as it must be; says what to do.
    #[error("{0}")]
    Setup(String),
    /// Stored data contradicts itself.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A photo cannot be used.
    #[error(transparent)]
    Photo(#[from] crate::photos::PhotoError),
    /// The store is closing or its queue is full.
    #[error("the store takes no more work now")]
    Busy,
    /// SQLite.
    #[error("database")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL.
    #[error("database")]
    Postgres(#[from] sqlx::Error),
    /// Files.
    #[error("files")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// Whether a matter could not be written because another one has its query code.
    pub(crate) fn is_of_a_code(&self) -> bool {
        let sqlite = |error: &rusqlite::Error| matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text.contains("matters.code_key"));
        let postgres = |error: &sqlx::Error| {
            error.as_database_error().and_then(|error| error.constraint()) == Some("matters_by_code")
        };
        matches!(self, Self::Sqlite(error) if sqlite(error))
            || matches!(self, Self::Postgres(error) if postgres(error))
    }

    pub(crate) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }
}

/// The store's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;
