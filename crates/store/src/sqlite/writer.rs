//! The one thread that writes: takes what waits, up to a batch, decides each command before it writes anything of it, commits
//! once, and only then answers.

use std::collections::HashMap;

use casework::id::MatterId;
use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::{broadcast, oneshot};

use super::{
    checkpoint::Checkpoints,
    write::{self, Decided},
};
use crate::{
    change::{Env, Loaded, MatterChange, Work},
    error::{Error, Result},
    handle::{Answered, Changed},
    numbers::Numbers,
    projections::{cells::CellDeltas, figures::FigureDeltas},
    value::Statement,
};

/// Most commands in one commit.
const BATCH: usize = 512;
/// Matters kept in memory between batches.
const KEPT_MATTERS: usize = 4_096;
/// Most requests that wait; past that callers are told that the store is busy.
const WAITING: usize = 16_384;

/// What the writer is asked to do.
pub(super) enum Request {
    Handle { env: Env, works: Vec<Work>, reply: oneshot::Sender<Vec<Result<Answered>>> },
    Execute { statements: Vec<Statement>, reply: oneshot::Sender<Result<Vec<u64>>> },
}

impl Request {
    fn weight(&self) -> usize {
        match self {
            Self::Handle { works, .. } => works.len(),
            Self::Execute { .. } => 1,
        }
    }

    fn pieces(&self) -> Vec<Piece<'_>> {
        match self {
            Self::Handle { env, works, .. } => works.iter().map(|work| Piece::Command(env, work)).collect(),
            Self::Execute { statements, .. } => vec![Piece::Statements(statements)],
        }
    }

    /// Answers with as many of what was done as this request has pieces. A caller that went away needs no answer.
    fn answer(self, done: &mut impl Iterator<Item = Done>) {
        match self {
            Self::Handle { works, reply, .. } => {
                let answers = done.by_ref().take(works.len()).map(|done| match done {
                    Done::Command(answer) => answer,
                    Done::Statements(_) => Err(Error::Busy),
                });
                drop(reply.send(answers.collect()));
            }
            Self::Execute { reply, .. } => drop(reply.send(match done.next() {
                Some(Done::Statements(result)) => result,
                Some(Done::Command(_)) | None => Err(Error::Busy),
            })),
        }
    }
}

/// The thread's handle; dropping it ends the thread after what waits is done.
pub(super) struct Writer {
    requests: Option<Sender<Request>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        checkpoints: Checkpoints,
        changed: broadcast::Sender<Changed>,
    ) -> Result<Self> {
        let (requests, waiting) = crossbeam_channel::bounded(WAITING);
        let thread = std::thread::Builder::new().name("fengsi-writer".to_owned()).spawn(move || {
            run(Committer { connection, checkpoints, changed, loaded: HashMap::new(), seen: None }, &waiting)
        })?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    pub(super) fn send(&self, request: Request) -> Result<()> {
        self.requests.as_ref().ok_or(Error::Busy)?.try_send(request).map_err(|_| Error::Busy)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer thread panicked");
        }
    }
}

/// What a batch keeps in memory until its end.
#[derive(Default)]
pub(super) struct Batch {
    /// Events of each region so far.
    pub(super) heads: HashMap<u32, i64>,
    pub(super) numbers: Numbers,
    /// The words of new texts, for their index.
    pub(super) tokens: Vec<(i64, String)>,
    pub(super) figures: FigureDeltas,
    pub(super) cells: CellDeltas,
    pub(super) changed: Vec<Changed>,
    /// Matters as they stand, so that those in motion are not read and parsed for each command.
    pub(super) loaded: HashMap<MatterId, Loaded>,
}

impl Batch {
    /// Keeps a matter as a change left it.
    pub(super) fn keep(&mut self, change: MatterChange) {
        if self.loaded.len() >= KEPT_MATTERS {
            self.loaded.clear();
        }
        self.loaded.insert(change.after.id, Loaded { matter: change.after, data_key: change.data_key });
    }
}

/// The thread's own.
struct Committer {
    connection: Connection,
    checkpoints: Checkpoints,
    changed: broadcast::Sender<Changed>,
    /// Matters as they stand in the database.
    loaded: HashMap<MatterId, Loaded>,
    /// The database's version when they did.
    seen: Option<i64>,
}

/// A part of a batch that is answered by itself.
enum Piece<'a> {
    Command(&'a Env, &'a Work),
    Statements(&'a [Statement]),
}

/// What comes of it once the batch is durable.
enum Done {
    Command(Result<Answered>),
    Statements(Result<Vec<u64>>),
}

impl Piece<'_> {
    fn failed(&self, error: Error) -> Done {
        match self {
            Self::Command(..) => Done::Command(Err(error)),
            Self::Statements(_) => Done::Statements(Err(error)),
        }
    }
}

fn run(mut committer: Committer, waiting: &Receiver<Request>) {
    while let Ok(first) = waiting.recv() {
        let mut weight = first.weight();
        let mut requests = vec![first];
        while weight < BATCH {
            match waiting.try_recv() {
                Ok(request) => {
                    weight += request.weight();
                    requests.push(request);
                }
                Err(_) => break,
            }
        }
        committer.carry_out(requests);
        committer.checkpoints.after_commit(&committer.connection, !waiting.is_empty());
    }
}

impl Committer {
    /// Commits a batch and answers it. A batch that fails is tried again piece by piece, so that one bad command harms
    /// nobody else.
    fn carry_out(&mut self, requests: Vec<Request>) {
        let pieces: Vec<Piece<'_>> = requests.iter().flat_map(Request::pieces).collect();
        let done = match self.commit(&pieces) {
            Ok(done) => done,
            Err(error) if pieces.len() == 1 => {
                pieces.iter().zip([error]).map(|(piece, error)| piece.failed(error)).collect()
            }
            Err(error) => {
                tracing::warn!(%error, commands = pieces.len(), "a batch failed; its commands are tried one by one");
                pieces.iter().map(|piece| self.alone(piece)).collect()
            }
        };
        let mut done = done.into_iter();
        for request in requests {
            request.answer(&mut done);
        }
    }

    fn alone(&mut self, piece: &Piece<'_>) -> Done {
        match self.commit(std::slice::from_ref(piece)) {
            Ok(mut done) => done.pop().unwrap_or_else(|| piece.failed(Error::Busy)),
            Err(error) => piece.failed(error),
        }
    }

    /// Commits all of it, or nothing.
    fn commit(&mut self, pieces: &[Piece<'_>]) -> Result<Vec<Done>> {
        self.connection.prepare_cached("begin immediate")?.execute([])?;
        let written = self.write(pieces).and_then(|written| {
            self.connection.prepare_cached("commit")?.execute([])?;
            Ok(written)
        });
        let (done, batch) = match written {
            Ok(written) => written,
            Err(error) => {
                tracing::error!(%error, "a batch could not be committed");
                self.loaded.clear();
                // After a failed commit there may be nothing left to roll back.
                if !self.connection.is_autocommit() {
                    self.connection.execute_batch("rollback")?;
                }
                return Err(error);
            }
        };
        self.loaded = batch.loaded;
        for change in batch.changed {
            // Nobody listening is not an error.
            let _ = self.changed.send(change);
        }
        Ok(done)
    }

    fn write(&mut self, pieces: &[Piece<'_>]) -> Result<(Vec<Done>, Batch)> {
        let version = self
            .connection
            .prepare_cached("pragma data_version")?
            .query_row([], |row| row.get::<_, i64>(0))?;
        if self.seen.replace(version) != Some(version) {
            // Another process wrote to the file: what is known of matters may be out of date.
            self.loaded.clear();
        }
        let mut batch = Batch { loaded: std::mem::take(&mut self.loaded), ..Batch::default() };
        let done = pieces.iter().map(|piece| self.one(&mut batch, piece)).collect::<Result<_>>()?;
        write::index_words(&self.connection, &batch)?;
        write::totals(&self.connection, &batch)?;
        Ok((done, batch))
    }

    /// Carries out one; an error is the whole batch's.
    fn one(&self, batch: &mut Batch, piece: &Piece<'_>) -> Result<Done> {
        Ok(match piece {
            Piece::Command(env, work) => {
                Done::Command(match write::decide(&self.connection, batch, env, work) {
                    Ok(Decided::Change(change, number_key)) => {
                        Ok(write::write(&self.connection, batch, env, change, number_key)?)
                    }
                    Ok(Decided::Repeated(answer)) => Ok(answer),
                    Err(error) => Err(error),
                })
            }
            Piece::Statements(statements) => Done::Statements(in_savepoint(&self.connection, || {
                statements.iter().map(|statement| write::execute(&self.connection, statement)).collect()
            })),
        })
    }
}

fn in_savepoint<T>(connection: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    connection.prepare_cached("savepoint one")?.execute([])?;
    let result = work();
    if result.is_err() {
        connection.prepare_cached("rollback to one")?.execute([])?;
    }
    connection.prepare_cached("release one")?.execute([])?;
    result
}
