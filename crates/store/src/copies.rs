//! Copies of a site: backups, restoring one elsewhere, moving to the other database.
//!
//! All three carry the same thing: every table, row by row in the order of its key, as values that both databases understand. The
//! search index is made anew from the words, people sign in again. A copy is whole or it is none: what a backup consists of is
//! named by a list that is written last, and a site that is being filled does not open before it was compared and verified.

mod backup;
mod fill;
mod folder;
mod grow;
mod manifest;
mod restore;
mod rows;
mod tables;

pub use backup::BackedUp;
pub use folder::{BackupName, backups};
pub use grow::{Grown, grow};
pub use restore::{Restoration, Restored, restore};

pub(crate) use fill::{Fill, is_not_being_filled};
pub(crate) use grow::is_not_moved;
pub(crate) use tables::Kind;

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub doing: Doing,
    /// Rows or pictures done.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// What long work is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Rows are carried over.
    Rows,
    /// Pictures are carried over.
    Pictures,
    /// Every row is read again and compared.
    Comparing,
    /// The record is verified; counted in events.
    Verifying,
}

/// Hears how far the work is.
pub(crate) type Watch<'a> = &'a mut (dyn FnMut(Progress) + Send);
