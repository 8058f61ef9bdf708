//! The stages of `cargo xtask test` and `check`: each does one thing, knows its advice, and adds to the counts.

mod dependencies;
mod rust;
mod web;

use std::process::Command;

use anyhow::{Result, bail};

use crate::counts::Counts;
use crate::postgres::Cluster;
use crate::process;
use crate::progress::{Progress, Step};
use crate::repository::Repository;

pub(crate) use dependencies::{DEPENDENCIES, TOOLS};
pub(crate) use rust::{CLIPPY, DOCUMENTATION, FORMAT, GENERATED, PAPER, POSTGRES, PURE_TESTS, RUST_TESTS};
pub(crate) use web::{WALKS, WEB_BUILD, WEB_PACKAGES, WEB_TESTS, WEB_TYPES};

/// What the stages of one run share.
pub(crate) struct Run {
    /// The checkout.
    pub(crate) repository: Repository,
    /// Tests so far.
    pub(crate) counts: Counts,
    /// Only Rust tests whose name contains this.
    pub(crate) filter: Option<String>,
    /// The private PostgreSQL, once started; it ends with the run.
    pub(crate) cluster: Option<Cluster>,
}

/// One stage.
pub(crate) struct Stage {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What to do when it fails.
    pub(crate) advice: &'static str,
    /// What it does.
    pub(crate) run: fn(&mut Run, &Step<'_>) -> Result<()>,
}

impl Run {
    pub(crate) fn new(repository: Repository, filter: Option<String>) -> Self {
        Self { repository, counts: Counts::default(), filter, cluster: None }
    }

    /// Goes through the stages and stops at the first that fails.
    pub(crate) fn go(&mut self, stages: &[Stage]) -> Result<()> {
        let progress = Progress::new(&self.repository, stages.len());
        for stage in stages {
            progress.step(stage.name, |step| (stage.run)(self, step)).map_err(|error| {
                anyhow::anyhow!("{}: {error:#}\n\nwhat to do: {}", stage.name, stage.advice)
            })?;
        }
        println!("\nAll of it took {}.", progress.elapsed());
        Ok(())
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut command = process::command("cargo", &self.repository.root);
        command.args(words);
        self.tell_about_postgres(&mut command);
        command
    }

    fn tell_about_postgres(&self, command: &mut Command) {
        if let Some(cluster) = &self.cluster {
            cluster.tell(command);
        }
    }

    /// Runs a command of tests: adds up what it says, then judges whether it succeeded.
    fn run_tests(&mut self, step: &Step<'_>, command: Command, read: fn(&[String]) -> Counts) -> Result<()> {
        let (success, lines) = step.run_any(command)?;
        let counts = read(&lines);
        self.counts.add(counts);
        match (success, counts.ran()) {
            (true, true) => Ok(()),
            (true, false) => bail!("it ended well, but no test ran, or none that could be counted"),
            (false, true) if counts.failed > 0 => bail!("{} of the tests failed", counts.failed),
            (false, true) => bail!("all tests passed, but the command failed: read its last lines above"),
            (false, false) => bail!("the tests did not get as far as running: read what stands above"),
        }
    }
}
