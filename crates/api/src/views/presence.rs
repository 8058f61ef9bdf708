//! Who else has a matter open, so that two people do not type over each other. Kept in memory for a minute, never stored.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use casework::id::{AccountId, MatterId};

/// How long an open page counts after its last request.
const STAYS: Duration = Duration::from_mins(1);
/// Matters remembered at most.
const MOST: usize = 50_000;

/// Open pages.
#[derive(Debug, Default)]
pub(crate) struct Presence(Mutex<HashMap<MatterId, Vec<(AccountId, Instant)>>>);

impl Presence {
    /// Notes that an account looks at a matter; how many accounts do, this one counted.
    pub(crate) fn look(&self, matter: MatterId, account: AccountId) -> usize {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST {
            open.retain(|_, accounts| accounts.iter().any(|(_, since)| since.elapsed() < STAYS));
        }
        let accounts = open.entry(matter).or_default();
        accounts.retain(|(other, since)| *other != account && since.elapsed() < STAYS);
        accounts.push((account, Instant::now()));
        accounts.len()
    }
}
