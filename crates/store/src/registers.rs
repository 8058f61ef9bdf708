//! The registers of mediation: entries that a site keeps beside its matters. Each is written whole, by somebody who saw the
//! version it follows; what was changed is written down in the same transaction.
//!
//! Whether somebody may write is asked of the rules before; here nothing is decided.

mod read;
mod write;

use casework::{
    actor::By,
    area::AreaCode,
    id::{StudioId, UnitId},
    register::{Committee, CommitteeKind, Mediator, MediatorKind, Method, Studio},
};
use jiff::{Timestamp, civil::Date};

/// An entry with its version, from 1 on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// The version.
    pub version: u32,
    /// What is kept.
    pub kept: T,
}

/// How an entry is written.
#[derive(Debug, Clone)]
pub struct Keeping<'a> {
    /// By whom.
    pub by: &'a By,
    /// The version that was seen; 0 for a new entry.
    pub base_version: u32,
    /// When.
    pub now: Timestamp,
}

/// A change of an entry. Names are not repeated here.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterChange {
    /// The version that it made.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// By whom, as colleagues see the name.
    pub name: String,
    /// For which unit.
    pub unit: UnitId,
    /// The fields that it changed, each with what was before and after; of names only that they changed.
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// Everything that the registers hold, to set a site up.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// Mediators.
    pub mediators: Vec<Mediator>,
    /// Committees.
    pub committees: Vec<Committee>,
    /// Studios.
    pub studios: Vec<Studio>,
    /// Local methods.
    pub methods: Vec<Method>,
}

/// Which mediators.
#[derive(Debug, Clone, Default)]
pub struct MediatorsQuery {
    /// Within this area.
    pub area: Option<AreaCode>,
    /// Of this committee.
    pub unit: Option<UnitId>,
    /// Of this kind.
    pub kind: Option<MediatorKind>,
    /// With this kind of dispute, or one below it, among their specialties.
    pub specialty: Option<String>,
    /// Of this studio.
    pub studio: Option<StudioId>,
}

/// Which committees.
#[derive(Debug, Clone, Default)]
pub struct CommitteesQuery {
    /// Within this area.
    pub area: Option<AreaCode>,
    /// Of this kind.
    pub kind: Option<CommitteeKind>,
}

/// How many entries a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: i64,
    /// Those in which something is to be mended.
    pub to_mend: i64,
}

/// Which stretch of a list: those whose term ends first come first, those who have left last.
#[derive(Debug, Clone)]
pub struct Stretch<Cursor> {
    /// Only those in which something is to be mended.
    pub to_mend: bool,
    /// Today at the site.
    pub today: Date,
    /// After this entry.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}
