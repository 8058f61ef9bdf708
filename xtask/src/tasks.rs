//! The list of tasks, in the order in which people meet them.

mod bench;
mod check;
mod demo;
mod generate;
mod paper;
mod release;
mod run_postgres;
mod test;

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::Arguments;
pub(crate) use generate::check as check_generated_files;

/// One word after `cargo xtask`.
pub(crate) struct Task {
    /// The word itself.
    pub(crate) name: &'static str,
    /// One line for the overview.
    pub(crate) about: &'static str,
    /// What `--help` prints.
    pub(crate) help: &'static str,
    /// What it does; the code is what the shell sees.
    pub(crate) run: fn(Arguments) -> Result<ExitCode>,
}

/// Every task there is.
pub(crate) const TASKS: &[Task] = &[
    Task {
        name: "demo",
        about: "build what is missing and serve the year of a city",
        help: demo::HELP,
        run: demo::run,
    },
    Task { name: "test", about: "everything that must hold, in order", help: test::HELP, run: test::run },
    Task {
        name: "check",
        about: "the short round while you write (--fast: no web)",
        help: check::HELP,
        run: check::run,
    },
    Task {
        name: "gen",
        about: "write the committed generated files anew (--check: are they fresh?)",
        help: generate::HELP,
        run: generate::run,
    },
    Task {
        name: "postgres",
        about: "run a command with a private PostgreSQL beside it",
        help: run_postgres::HELP,
        run: run_postgres::run,
    },
    Task {
        name: "bench",
        about: "run a load program and keep its result",
        help: bench::HELP,
        run: bench::run,
    },
    Task {
        name: "paper",
        about: "build the program that makes PDF, which takes its time",
        help: paper::HELP,
        run: paper::run,
    },
    Task {
        name: "release",
        about: "pack binaries, licence and operator's pages into a tarball",
        help: release::HELP,
        run: release::run,
    },
];
