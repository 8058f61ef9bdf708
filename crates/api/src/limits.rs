//! How often: wrong codes over the whole site, failed sign-ins for each name. Requests per address are limited in `routes`.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::problem::{Problem, Result};

/// Wrong codes that the whole site takes in a window: a guesser gains nothing from many addresses.
const WRONG_CODES: u32 = 120;
/// Failed sign-ins that a name takes in a window.
const FAILED_SIGN_INS: u32 = 5;
/// The window of wrong codes.
const CODE_WINDOW: Duration = Duration::from_mins(1);
/// The window of failed sign-ins.
const SIGN_IN_WINDOW: Duration = Duration::from_mins(15);
/// Names remembered at most.
const NAMES: usize = 10_000;

/// Largest body of an ordinary request.
pub(crate) const MOST_BODY: usize = 256 * 1024;
/// Largest body of an upload: a photo and the form around it.
pub(crate) const MOST_UPLOAD: usize = store::photos::MOST_BYTES + 64 * 1024;

#[derive(Debug, Clone, Copy)]
struct Window {
    since: Instant,
    count: u32,
}

/// Counters of what must not happen often.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    codes: Mutex<Window>,
    names: Mutex<HashMap<String, Window>>,
}

impl Limits {
    pub(crate) fn new(on: bool) -> Self {
        Self { on, codes: Mutex::new(Window { since: Instant::now(), count: 0 }), names: Mutex::default() }
    }

    /// Whether another code may be tried.
    pub(crate) fn may_try_code(&self) -> Result<()> {
        let window = *self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        check(self.on, window, WRONG_CODES, CODE_WINDOW)
    }

    pub(crate) fn wrong_code(&self) {
        step(&mut self.codes.lock().unwrap_or_else(PoisonError::into_inner), CODE_WINDOW);
    }

    /// Whether a name may try to sign in again.
    pub(crate) fn may_sign_in(&self, name: &str) -> Result<()> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(name).map_or(Ok(()), |window| check(self.on, *window, FAILED_SIGN_INS, SIGN_IN_WINDOW))
    }

    pub(crate) fn failed_sign_in(&self, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            names.retain(|_, window| window.since.elapsed() < SIGN_IN_WINDOW);
        }
        if names.len() < NAMES {
            step(
                names.entry(name.to_owned()).or_insert(Window { since: Instant::now(), count: 0 }),
                SIGN_IN_WINDOW,
            );
        }
    }

    pub(crate) fn signed_in(&self, name: &str) {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

fn step(window: &mut Window, length: Duration) {
    if window.since.elapsed() >= length {
        *window = Window { since: Instant::now(), count: 0 };
    }
    window.count = window.count.saturating_add(1);
}

fn check(on: bool, window: Window, most: u32, length: Duration) -> Result<()> {
    let since = window.since.elapsed();
    if on && since < length && window.count >= most {
        return Err(Problem::slow_down(length.saturating_sub(since).as_secs().max(1)));
    }
    Ok(())
}
