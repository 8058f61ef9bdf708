//! What clocks wake: reminders, overdue marks, ends of pauses, answers that never came, the archive.

use anyhow::Result;
use casework::actor::Actor;
use jiff::Timestamp;
use store::{Error, NewCommand};

use crate::Jobs;

/// Matters of one round.
const MOST: u32 = 200;

impl Jobs {
    pub(crate) async fn wake(&self, now: Timestamp) -> Result<usize> {
        let site = self.store.site();
        let mut done = 0;
        for id in self.store.waking(now, MOST).await? {
            let matter = self.store.matter(id).await?.matter;
            let Some(wake) = matter.wake(&site).filter(|wake| wake.at <= now) else { continue };
            let new = NewCommand {
                id: self.store.wake_id(id, matter.version),
                actor: Actor::System,
                now,
                matter: id,
                base_version: Some(matter.version),
                command: wake.command,
            };
            match self.store.command(new).await {
                Ok(_) => done += 1,
                // Somebody acted meanwhile; the next round sees what is to be done then.
                Err(Error::Stale { .. }) => {}
                Err(error) => tracing::warn!(%error, matter = %id, "a clock's command was refused"),
            }
        }
        Ok(done)
    }
}
