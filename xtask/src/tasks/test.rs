//! `cargo xtask test`: everything that must hold before a change is done.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::repository::Repository;
use crate::stages::{self, Run, Stage};

pub(super) const HELP: &str = "\
Run everything that must hold, in order, and stop at the first stage that fails.

Usage: cargo xtask test [--quick] [NAME]

  --quick   without generated files, walks through the pages, documentation, dependency policy and PDF
  NAME      only the Rust tests whose name contains NAME, with PostgreSQL beside them

The tests need PostgreSQL, Chromium and a Chinese font. As root on Debian they are installed when missing; elsewhere
this says what to install. The tests' PostgreSQL is a private one that ends with the run. The last line sums up: `N passed, N failed`. Whole outputs lie in target/xtask/logs.
";

const QUICK: &[Stage] = &[
    stages::TOOLS,
    stages::FORMAT,
    stages::WEB_PACKAGES,
    stages::CLIPPY,
    stages::WEB_TYPES,
    stages::WEB_TESTS,
    stages::WEB_BUILD,
    stages::POSTGRES,
    stages::RUST_TESTS,
];

const WHOLE: &[Stage] = &[
    stages::TOOLS,
    stages::FORMAT,
    stages::WEB_PACKAGES,
    stages::CLIPPY,
    stages::WEB_TYPES,
    stages::WEB_TESTS,
    stages::WEB_BUILD,
    stages::POSTGRES,
    stages::RUST_TESTS,
    stages::GENERATED,
    stages::WALKS,
    stages::DOCUMENTATION,
    stages::DEPENDENCIES,
    stages::PAPER,
];

const ONE: &[Stage] = &[stages::POSTGRES, stages::RUST_TESTS];

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let quick = arguments.flag("--quick");
    let filter = arguments.positional();
    arguments.finish()?;
    if quick && filter.is_some() {
        bail!("--quick and NAME do not go together: with a NAME only tests run");
    }
    let chosen = match (&filter, quick) {
        (Some(_), _) => ONE,
        (None, true) => QUICK,
        (None, false) => WHOLE,
    };
    let mut run = Run::new(Repository::find()?, filter);
    let result = run.go(chosen);
    run.cluster = None;
    if let Err(error) = &result {
        eprintln!("\nerror: {error:#}");
    }
    println!("\n{}", run.counts);
    Ok(if result.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
