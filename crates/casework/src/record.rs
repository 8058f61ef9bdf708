//! What every kind of record has in common, so that matters and talk days share one write path, one log and one `verify`.
//!
//! It knows nothing of what a record is about: who may do what, and what follows, each kind says itself.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{actor::By, matter, text::TextRef, word::words};

words! {
    /// The kinds of records that a site keeps.
    RecordKind {
        /// 事项
        Matter = "matter",
        /// 说事日
        TalkDay = "talk_day",
    }
}

/// An event with its place in its record's life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded<E = matter::Event> {
    /// The record's version after it, from 1.
    #[serde(skip)]
    pub version: u32,
    /// When.
    #[serde(skip)]
    pub at: Timestamp,
    /// By whom.
    pub by: By,
    /// What.
    pub event: E,
}

/// A record that its events make: what loading, appending and replaying need to know of it.
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    /// Which kind it is.
    const KIND: RecordKind;
    /// Its id.
    type Id: Copy;
    /// What happens to it.
    type Event: Clone + Serialize + DeserializeOwned;

    /// The record that its first event begins; nothing, when the event begins none.
    fn begin(id: Self::Id, first: &Recorded<Self::Event>) -> Option<Self>;

    /// What an event makes of it. Total: every recorded event can be applied, whatever the state.
    fn apply(&mut self, recorded: &Recorded<Self::Event>);

    /// Events so far.
    fn version(&self) -> u32;

    /// Where it stands, as the row of a command keeps it.
    fn standing(&self) -> i64;

    /// The texts that an event names.
    fn texts(event: &Self::Event) -> Vec<TextRef>;
}
