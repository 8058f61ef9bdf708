//! HTTP: parses, calls, renders. No rules, no SQL; what a role may do is asked of `casework` through the store's matters.

mod routes;

mod apps;
mod areas;
mod calendar;
mod catalogue;
mod changes;
mod figures;
mod health;
mod map;
mod matters;
mod mediation_statistics;
mod photos;
mod public;
mod registers;
mod sign_in;
mod talk_days;
mod units;

mod views;

mod clock;
mod headers;
mod limits;
mod paper;
mod problem;
mod published;
mod session;
mod suppression;

use std::{path::PathBuf, sync::Arc, time::Duration};

use store::Store;

pub use clock::Clock;
pub use routes::{openapi, router};

/// How the interface behaves; the command line fills it from the configuration.
#[derive(Debug, Clone)]
pub struct Options {
    /// Limits per address and the site-wide limit on wrong codes. Benches switch them off.
    pub limits: bool,
    /// Cookies only over HTTPS. Off for a demo on this machine.
    pub secure_cookies: bool,
    /// Longest time a request may take.
    pub longest_request: Duration,
    /// The program that makes PDF; nothing is `fengsi-paper` beside this one.
    pub paper: Option<PathBuf>,
    /// The folder with the fonts of its pages; nothing is the usual one.
    pub fonts: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: true,
            secure_cookies: true,
            longest_request: Duration::from_secs(30),
            paper: None,
            fonts: None,
        }
    }
}

/// What every handler sees.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What the clones share.
pub struct Shared {
    store: Store,
    clock: Clock,
    options: Options,
    limits: limits::Limits,
    paper: paper::Paper,
    presence: views::presence::Presence,
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// The interface of a store.
    #[must_use]
    pub fn new(store: Store, clock: Clock, options: Options) -> Self {
        let limits = limits::Limits::new(options.limits);
        let paper = paper::Paper::new(options.paper.clone(), options.fonts.clone());
        Self(Arc::new(Shared {
            store,
            clock,
            options,
            limits,
            paper,
            presence: views::presence::Presence::default(),
        }))
    }
}

#[cfg(test)]
mod tests;
