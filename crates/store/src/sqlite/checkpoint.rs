//! Copies what was committed from the write-ahead log back into the database, on a thread of its own, so that the writer does
//! not wait for it. Only the little that came meanwhile is copied by the writer itself: then nobody needs the log any more
//! and it begins anew.

use std::{
    cell::Cell,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::{Connection, OpenFlags};

use crate::error::Result;

/// Pages of the log after which the thread begins to copy while commands wait for the writer: each pass keeps the disk busy,
/// and commits wait for it the longer the more there is to copy.
const BUSY_AT: i32 = 8 * 1024;
/// Pages of the log after which the writer copies them itself when nobody waits for it.
const IDLE_AT: i32 = 16 * 1024;
/// Bytes of the log's file that are kept when it begins anew; more than it grows to under load, because a file that is cut
/// and grown again costs each commit more than one that is written over.
pub(super) const LOG_KEPT: i64 = 256 * 1024 * 1024;
/// Pages that the writer may copy itself without anybody noticing.
const FEW: i32 = 512;
/// Passes after which the rest is left to the writer, however much it is.
const PASSES: usize = 6;

thread_local! {
    /// Pages in the log after this thread's last commit.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// The copying thread, as the writer sees it; the thread ends when it is dropped.
pub(super) struct Checkpoints {
    wake: Option<Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    /// Nearly everything is copied.
    nearly: Arc<AtomicBool>,
    pages: i32,
    next_at: i32,
}

impl Checkpoints {
    /// Takes over the checkpoints of the writer's connection.
    pub(super) fn start(path: &Path, writer: &Connection) -> Result<Self> {
        let connection = super::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let (wake, woken) = crossbeam_channel::bounded(1);
        let nearly = Arc::new(AtomicBool::new(false));
        let done = nearly.clone();
        let thread = std::thread::Builder::new()
            .name("fengsi-checkpoint".to_owned())
            .spawn(move || run(&connection, &woken, &done))?;
        writer.wal_hook(Some(|_, pages| {
            PAGES.set(pages);
            Ok(())
        }));
        Ok(Self { wake: Some(wake), thread: Some(thread), nearly, pages: 0, next_at: BUSY_AT })
    }

    /// To be called by the writer's thread after each commit.
    pub(super) fn after_commit(&mut self, writer: &Connection, somebody_waits: bool) {
        let pages = PAGES.get();
        if pages < self.pages {
            // The log began anew.
            self.next_at = BUSY_AT;
        }
        self.pages = pages;
        let nearly = self.nearly.swap(false, Ordering::Acquire);
        if nearly || (!somebody_waits && pages >= self.next_at.max(IDLE_AT)) {
            if let Err(error) = copy(writer) {
                tracing::warn!(%error, "the rest of the log could not be copied");
            }
            // While somebody still reads the old state, the log goes on.
            self.next_at = pages + BUSY_AT;
        } else if somebody_waits
            && pages >= self.next_at
            && self.wake.as_ref().is_some_and(|wake| wake.try_send(()).is_ok())
        {
            self.next_at = pages + BUSY_AT;
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that copies the log panicked");
        }
    }
}

fn run(connection: &Connection, woken: &Receiver<()>, nearly: &AtomicBool) {
    while woken.recv().is_ok() {
        let mut copied = 0;
        for _ in 0..PASSES {
            match copy(connection) {
                Ok((log, now)) => {
                    let came = log - copied;
                    copied = now;
                    if came <= FEW {
                        break;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the log could not be copied");
                    break;
                }
            }
        }
        nearly.store(true, Ordering::Release);
    }
}

/// Copies what can be copied without waiting for anybody; pages in the log, and those of them copied so far.
fn copy(connection: &Connection) -> Result<(i32, i32)> {
    let counts = connection
        .prepare_cached("pragma wal_checkpoint(passive)")?
        .query_row([], |row| Ok((row.get(1)?, row.get(2)?)))?;
    Ok(counts)
}
