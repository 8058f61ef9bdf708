//! Work later: what clocks wake, what follows from events, words to reporters. One file a job.
//!
//! Each piece of work is safe to do twice: commands carry ids made from what they follow from, mail is written once for each
//! follow-up. Nothing here answers requests.

mod follow_up;
mod wake;

pub mod outbound;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use store::Store;
use tokio::{sync::watch, time::timeout};

pub use outbound::Outbound;

/// Pause between rounds when nothing was to be done.
const PAUSE: Duration = Duration::from_secs(2);
/// Rounds between two clean-ups.
const CLEAN_UP_EVERY: u32 = 1_800;

/// What jobs need.
#[derive(Clone)]
pub struct Jobs {
    store: Store,
    /// Gives the moment at the site, so that the demo's clock works here too.
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    outbound: Outbound,
}

impl Jobs {
    /// The jobs of a site.
    pub fn new(
        store: Store,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        outbound: Outbound,
    ) -> Self {
        Self { store, now: Arc::new(now), outbound }
    }

    /// Works until told to stop. A failure is logged and tried again; it ends nothing.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut rounds = 0_u32;
        while !*stop.borrow() {
            let done = self.round().await;
            if rounds.is_multiple_of(CLEAN_UP_EVERY)
                && let Err(error) = self.store.remove_old_uploads((self.now)()).await
            {
                tracing::warn!(%error, "old uploads could not be removed");
            }
            rounds = rounds.wrapping_add(1);
            if done == 0 && timeout(PAUSE, stop.changed()).await.is_ok_and(|changed| changed.is_err()) {
                return;
            }
        }
    }

    /// Carries out follow-ups whose time has come; how many. For loaders, which wait for them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn follow_ups_now(&self) -> anyhow::Result<usize> {
        self.follow_up((self.now)()).await
    }

    /// Does what is to be done now; how much that was.
    pub async fn round(&self) -> usize {
        let now = (self.now)();
        let mut done = 0;
        for (what, result) in [("clocks", self.wake(now).await), ("follow-ups", self.follow_up(now).await)] {
            match result {
                Ok(count) => done += count,
                Err(error) => tracing::warn!(%error, what, "work was put off"),
            }
        }
        done
    }
}

#[cfg(test)]
mod tests;
