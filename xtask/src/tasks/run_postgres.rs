//! `cargo xtask postgres`: any command, with a private PostgreSQL beside it.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::debian;
use crate::postgres::Cluster;
use crate::process;
use crate::progress::Progress;
use crate::repository::Repository;

pub(super) const HELP: &str = "\
Run a command with a private PostgreSQL beside it; the database ends with the command.

Usage: cargo xtask postgres -- <command> [arguments]

The command finds the server through TEST_POSTGRES_URL, and through PGHOST, PGPORT, PGUSER, PGPASSWORD and
PGDATABASE. The cluster is new and empty, listens on 127.0.0.1 only, keeps fsync on, and leaves nothing behind.
Several can run at once.

Examples:
  cargo xtask postgres -- cargo nextest run --package store
  cargo xtask postgres -- psql
  cargo xtask postgres -- sh -c 'pgbench -i && pgbench -c 8 -T 10'
";

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let words = arguments.after_dashes();
    arguments.finish()?;
    let Some((program, rest)) = words.split_first() else {
        bail!("say what to run: cargo xtask postgres -- <command>");
    };
    let repository = Repository::find()?;
    if !crate::postgres::is_installed() {
        Progress::new(&repository, 1)
            .step("install PostgreSQL", |step| debian::provide_postgres(&repository, step))?;
    }
    let cluster = Cluster::start(&repository)?;
    let mut command = process::command(program, &std::env::current_dir()?);
    command.args(rest).stdin(Stdio::inherit());
    cluster.tell(&mut command);
    let status = command.status().with_context(|| format!("cannot start {program}"))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
