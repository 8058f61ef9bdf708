//! The one thread that writes: takes what waits, up to a batch, carries out each command in a savepoint of its own, commits
//! once, and only then answers.

use std::collections::HashMap;

use casework::id::MatterId;
use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::{broadcast, oneshot};

use super::write;
use crate::{
    change::{Change, Env, Loaded, Work},
    error::{Error, Result},
    handle::{Answer, Changed},
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
    Handle { env: Env, works: Vec<Work>, reply: oneshot::Sender<Vec<Result<Answer>>> },
    Execute { statements: Vec<Statement>, reply: oneshot::Sender<Result<Vec<u64>>> },
}

impl Request {
    fn weight(&self) -> usize {
        match self {
            Self::Handle { works, .. } => works.len(),
            Self::Execute { .. } => 1,
        }
    }
}

/// What a request's answer will be once the batch is durable.
enum Reply {
    Handle(oneshot::Sender<Vec<Result<Answer>>>, Vec<Result<Answer>>),
    Execute(oneshot::Sender<Result<Vec<u64>>>, Result<Vec<u64>>),
}

/// The thread's handle; dropping it ends the thread after what waits is done.
pub(super) struct Writer {
    requests: Option<Sender<Request>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, changed: broadcast::Sender<Changed>) -> Result<Self> {
        let (requests, waiting) = crossbeam_channel::bounded(WAITING);
        let thread = std::thread::Builder::new()
            .name("fengsi-writer".to_owned())
            .spawn(move || run(&connection, &waiting, &changed))?;
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
    pub(super) figures: FigureDeltas,
    pub(super) cells: CellDeltas,
    pub(super) changed: Vec<Changed>,
    /// Matters as they stand, so that those in motion are not read and parsed for each command.
    pub(super) loaded: HashMap<MatterId, Loaded>,
}

impl Batch {
    /// Keeps a matter as a change left it.
    pub(super) fn keep(&mut self, change: Change) {
        if self.loaded.len() >= KEPT_MATTERS {
            self.loaded.clear();
        }
        self.loaded.insert(change.after.id, Loaded { matter: change.after, data_key: change.data_key });
    }
}

fn run(connection: &Connection, waiting: &Receiver<Request>, changed: &broadcast::Sender<Changed>) {
    let mut loaded = HashMap::new();
    let mut seen = None;
    while let Ok(first) = waiting.recv() {
        let mut requests = vec![first];
        let mut weight = requests.iter().map(Request::weight).sum::<usize>();
        while weight < BATCH {
            match waiting.try_recv() {
                Ok(request) => {
                    weight += request.weight();
                    requests.push(request);
                }
                Err(_) => break,
            }
        }
        loaded = commit(connection, requests, changed, loaded, &mut seen);
    }
}

/// Commits a batch; what is known of matters afterwards. After a failure nothing is.
fn commit(
    connection: &Connection,
    requests: Vec<Request>,
    changed: &broadcast::Sender<Changed>,
    mut loaded: HashMap<MatterId, Loaded>,
    seen: &mut Option<i64>,
) -> HashMap<MatterId, Loaded> {
    if let Err(error) = connection.execute_batch("begin immediate") {
        tracing::error!(%error, "a batch could not begin");
        requests.into_iter().for_each(fail);
        return HashMap::new();
    }
    let version = connection.query_row("pragma data_version", [], |row| row.get::<_, i64>(0)).ok();
    if version.is_none() || version != *seen {
        // Another process wrote to the file: what is known of matters may be out of date.
        loaded.clear();
    }
    *seen = version;
    let mut batch = Batch { loaded, ..Batch::default() };
    let replies: Vec<Reply> =
        requests.into_iter().map(|request| carry_out(connection, &mut batch, request)).collect();
    let done = write::totals(connection, &batch).and_then(|()| Ok(connection.execute_batch("commit")?));
    if let Err(error) = &done {
        tracing::error!(%error, "a batch could not be committed");
        if let Err(error) = connection.execute_batch("rollback") {
            tracing::error!(%error, "a batch could not be rolled back");
        }
    }
    for reply in replies {
        answer(reply, done.is_ok());
    }
    if done.is_err() {
        return HashMap::new();
    }
    for change in batch.changed {
        // Nobody listening is not an error.
        let _ = changed.send(change);
    }
    batch.loaded
}

fn carry_out(connection: &Connection, batch: &mut Batch, request: Request) -> Reply {
    match request {
        Request::Handle { env, works, reply } => {
            let answers = works
                .iter()
                .map(|work| in_savepoint(connection, || write::handle(connection, batch, &env, work)))
                .collect();
            Reply::Handle(reply, answers)
        }
        Request::Execute { statements, reply } => Reply::Execute(
            reply,
            in_savepoint(connection, || {
                statements.iter().map(|statement| write::execute(connection, statement)).collect()
            }),
        ),
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

fn answer(reply: Reply, durable: bool) {
    // A caller that went away needs no answer.
    match reply {
        Reply::Handle(reply, answers) if durable => drop(reply.send(answers)),
        Reply::Handle(reply, answers) => {
            drop(reply.send(answers.into_iter().map(|answer| answer.and(Err(Error::Busy))).collect()))
        }
        Reply::Execute(reply, result) => {
            drop(reply.send(if durable { result } else { result.and(Err(Error::Busy)) }))
        }
    }
}

fn fail(request: Request) {
    match request {
        Request::Handle { works, reply, .. } => {
            drop(reply.send(works.iter().map(|_| Err(Error::Busy)).collect()))
        }
        Request::Execute { reply, .. } => drop(reply.send(Err(Error::Busy))),
    }
}
