//! `cargo xtask demo`: from a checkout to a served city with one command.

use std::os::unix::process::CommandExt;
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::progress::{Progress, Step};
use crate::repository::Repository;
use crate::{pages, paper, process, tools};

pub(super) const HELP: &str = "\
Build what is missing, make the demo's site and serve it.

Usage: cargo xtask demo [--listen ADDR] [--data DIR]

  --listen ADDR   where to serve (default 127.0.0.1:41424)
  --data DIR      the folder of the site (default demo); made when missing, continued when half made

Needs Rust, a C compiler, Node.js 20 or newer and npm; no database server, no Docker. The first run builds for some
minutes, later ones only what changed. Ctrl-C ends the server; the site stays in its folder and the next run
goes on from there. Delete the folder to begin anew. The program that makes PDF is built behind the served demo.
";

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let listen = arguments.value("--listen")?.unwrap_or_else(|| "127.0.0.1:41424".to_owned());
    let data = arguments.value("--data")?.unwrap_or_else(|| "demo".to_owned());
    arguments.finish()?;
    let repository = Repository::find()?;
    let progress = Progress::new(&repository, 5);
    build(&repository, &progress)?;
    let was_there = paper::beside(&repository).is_file();
    let log = paper::build_behind(&repository, &listen)?;
    println!("Built in {}. Starting the demo; Ctrl-C ends it.", progress.elapsed());
    if !was_there {
        println!(
            "Once it is served, PDF is built behind it; until then documents are Word files ({}).",
            log.display()
        );
    }
    println!();
    let mut demo = process::command(&repository.fengsi("release").display().to_string(), &repository.root);
    demo.args(["demo", "--data", &data, "--listen", &listen]).stdin(Stdio::inherit());
    // The demo takes our place: Ctrl-C and the exit code are its own.
    Err(demo.exec()).context("cannot start target/release/fengsi")
}

/// Pages and binary, side by side: cargo needs minutes for the dependencies before it comes to the crate
/// that carries the pages, and these are ready long before. The last step puts right what came too late.
pub(super) fn build(repository: &Repository, progress: &Progress) -> Result<()> {
    progress.step("look for tools", |step| {
        tools::require_rust()?;
        tools::require_node().map(|versions| step.say(&versions))
    })?;
    std::thread::scope(|scope| {
        let web = scope.spawn(|| {
            progress.step("install web packages", |step| pages::install_packages(repository, step))?;
            progress.step("build pages", |step| pages::build(repository, step))
        });
        let server = progress.step("build server", |step| cargo_build(repository, step));
        let web = web.join().unwrap_or_else(|_| Err(anyhow::anyhow!("building the pages broke off")));
        web.and(server)
    })?;
    progress.step("put the pages in", |step| cargo_build(repository, step))
}

fn cargo_build(repository: &Repository, step: &Step<'_>) -> Result<()> {
    let mut command = process::command("cargo", &repository.root);
    command.args(["build", "--release", "--bin", "fengsi"]);
    step.run(command).map(drop)
}
