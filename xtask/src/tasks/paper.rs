//! `cargo xtask paper`: the program that makes PDF.

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::Arguments;
use crate::progress::Progress;
use crate::repository::Repository;
use crate::{paper, tools};

pub(super) const HELP: &str = "\
Build the program that makes PDF and lay it beside fengsi.

Usage: cargo xtask paper [--after ADDR]

  --after ADDR   wait until something is served at ADDR, then build at the lowest priority

The first build takes a quarter of an hour of one processor; nothing else needs it. Without the program documents come as
Word files only. The demo builds it once its pages are served.
";

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let after = arguments.value("--after")?;
    arguments.finish()?;
    let repository = Repository::find()?;
    let progress = Progress::new(&repository, 1);
    if let Some(address) = &after {
        paper::wait_for(address)?;
    }
    let place = progress.step("build paper", |step| {
        tools::require_rust()?;
        paper::build(&repository, step, after.is_some())
    })?;
    println!("Built in {}: {}", progress.elapsed(), place.display());
    Ok(ExitCode::SUCCESS)
}
