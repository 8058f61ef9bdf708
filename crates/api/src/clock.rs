//! The site's clock: the real one, or the demo's, which starts at its own moment and runs.

use jiff::{SignedDuration, Timestamp};

/// A clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// The real time.
    #[must_use]
    pub fn real() -> Self {
        Self::default()
    }

    /// A clock that shows `start` now and runs on.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Self {
        Self { ahead: start.duration_since(Timestamp::now()) }
    }

    /// The moment at the site.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let real = Timestamp::now();
        real.checked_add(self.ahead).unwrap_or(real)
    }
}
