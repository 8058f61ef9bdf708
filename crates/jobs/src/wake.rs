//! What clocks wake: reminders, overdue marks, ends of pauses, answers that never came, the archive.

use anyhow::Result;
use casework::{actor::Actor, id::CommandId, matter::Matter};
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
                id: wake_id(&matter),
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

/// The same for the same version of a matter, so that two workers do it once.
fn wake_id(matter: &Matter) -> CommandId {
    let id = matter.id.uuid.as_u128() ^ (u128::from(matter.version) << 32) ^ 0x7761_6b65;
    CommandId(uuid::Builder::from_custom_bytes(id.to_be_bytes()).into_uuid())
}
