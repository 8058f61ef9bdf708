//! `cargo xtask check`: the short round while writing.

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::Arguments;
use crate::repository::Repository;
use crate::stages::{self, Run, Stage};

pub(super) const HELP: &str = "\
The short round while you write: no databases, no browser.

Usage: cargo xtask check [--fast]

  --fast   without the pages and the generated files: formatting, clippy, and the tests that touch nothing

Before you hand a change over, `cargo xtask test` must pass.
";

const FAST: &[Stage] = &[stages::FORMAT, stages::CLIPPY, stages::PURE_TESTS];

const WHOLE: &[Stage] = &[
    stages::FORMAT,
    stages::CLIPPY,
    stages::PURE_TESTS,
    stages::WEB_PACKAGES,
    stages::WEB_TYPES,
    stages::WEB_TESTS,
    stages::GENERATED,
];

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let fast = arguments.flag("--fast");
    arguments.finish()?;
    let mut run = Run::new(Repository::find()?, None);
    run.go(if fast { FAST } else { WHOLE })?;
    println!("\n{}", run.counts);
    Ok(ExitCode::SUCCESS)
}
