//! The committing task: takes what waits, at most one command about each record in a batch, and commits it as a whole.
//!
//! A batch that fails is tried again command by command, so that one bad command harms nobody else.

use std::collections::{HashSet, VecDeque};

use sqlx::PgPool;
use tokio::sync::{broadcast, mpsc, oneshot};

use super::batch;
use crate::{
    change::{Env, Work},
    error::{Error, Result},
    handle::{Answered, Changed, Pending},
};

/// Most commands in one commit.
const BATCH: usize = 512;
/// Most commands that wait.
const WAITING: usize = 16_384;

/// A command that waits for its commit.
pub(super) struct Waiting {
    pub(super) env: Env,
    pub(super) work: Work,
    reply: oneshot::Sender<Result<Answered>>,
}

/// The task's handle; the task ends when it is dropped and what waits is done.
pub(super) struct Writer {
    waiting: mpsc::Sender<Waiting>,
}

impl Writer {
    pub(super) fn start(pool: PgPool, changed: broadcast::Sender<Changed>) -> Self {
        let (waiting, receiver) = mpsc::channel(WAITING);
        tokio::spawn(run(pool, receiver, changed));
        Self { waiting }
    }

    pub(super) fn submit(&self, env: &Env, works: Vec<Work>) -> Pending {
        let send = |work| {
            let (reply, answer) = oneshot::channel();
            self.waiting.try_send(Waiting { env: env.clone(), work, reply }).ok().map(|()| answer)
        };
        Pending::Each(works.into_iter().map(send).collect())
    }
}

async fn run(pool: PgPool, mut receiver: mpsc::Receiver<Waiting>, changed: broadcast::Sender<Changed>) {
    let mut waiting: VecDeque<Waiting> = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match receiver.recv().await {
                Some(first) => waiting.push_back(first),
                None => return,
            }
        }
        while waiting.len() < BATCH
            && let Ok(next) = receiver.try_recv()
        {
            waiting.push_back(next);
        }
        let batch = one_for_each_record(&mut waiting);
        commit(&pool, batch, &changed).await;
    }
}

/// Takes commands in order, leaving the second one for the same record, or about it, for the next batch: it is decided on
/// what the first one made of it.
fn one_for_each_record(waiting: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let mut taken = HashSet::new();
    let mut batch = Vec::new();
    let mut rest = VecDeque::new();
    while let Some(next) = waiting.pop_front() {
        let free = next.work.records().all(|id| !taken.contains(&id));
        taken.extend(next.work.records());
        if free && batch.len() < BATCH {
            batch.push(next);
        } else {
            rest.push_back(next);
        }
    }
    *waiting = rest;
    batch
}

async fn commit(pool: &PgPool, waiting: Vec<Waiting>, changed: &broadcast::Sender<Changed>) {
    let works: Vec<(&Env, &Work)> = waiting.iter().map(|w| (&w.env, &w.work)).collect();
    let results = match batch::commit(pool, &works).await {
        Ok(done) => done,
        Err(error) if works.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(%error, commands = works.len(), "a batch failed; its commands are tried one by one");
            let mut results = Vec::new();
            for work in &works {
                results.push(
                    batch::commit(pool, &[*work])
                        .await
                        .and_then(|mut done| done.pop().unwrap_or(Err(Error::Busy))),
                );
            }
            results
        }
    };
    for (waiting, result) in waiting.into_iter().zip(results) {
        let answer = result.map(|(answer, change)| {
            if let Some(change) = change {
                // Nobody listening is not an error.
                let _ = changed.send(change);
            }
            answer
        });
        // A caller that went away needs no answer.
        let _ = waiting.reply.send(answer);
    }
}
