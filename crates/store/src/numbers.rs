//! The running numbers of a batch's reports: read before, written after, so that what is refused takes none.

use std::collections::HashMap;

use casework::id::Number;

use crate::change::{Env, Work, number};

/// Region, town and day whose running numbers a report takes from.
pub(crate) type NumberKey = (u32, String, i64);

/// The last running number of each town and day.
#[derive(Debug, Default)]
pub(crate) struct Numbers(HashMap<NumberKey, Last>);

#[derive(Debug, Default)]
struct Last {
    number: i64,
    /// Not as the database has it.
    taken: bool,
}

impl Numbers {
    /// Whether the last number was read already.
    pub(crate) fn knows(&self, key: &NumberKey) -> bool {
        self.0.contains_key(key)
    }

    /// The last number, as the database has it.
    pub(crate) fn read(&mut self, key: NumberKey, last: i64) {
        self.0.insert(key, Last { number: last, taken: false });
    }

    /// The number that a report gets when it is recorded.
    pub(crate) fn next(&self, key: &NumberKey, env: &Env, work: &Work) -> Number {
        let nth = self.0.get(key).map_or(0, |last| last.number) + 1;
        number(&env.site, &key.1, env.site.day(work.now), nth)
    }

    /// The report is recorded.
    pub(crate) fn take(&mut self, key: NumberKey) {
        let last = self.0.entry(key).or_default();
        last.number += 1;
        last.taken = true;
    }

    /// What is to be written.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&NumberKey, i64)> {
        self.0.iter().filter(|(_, last)| last.taken).map(|(key, last)| (key, last.number))
    }
}
