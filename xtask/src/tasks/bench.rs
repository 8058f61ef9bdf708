//! `cargo xtask bench`: runs one load program, with what its result must tell beside it.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::postgres::Cluster;
use crate::progress::Progress;
use crate::repository::Repository;
use crate::{debian, process};

pub(super) const HELP: &str = "\
Run a load program of crate `benches` in release mode.

Usage: cargo xtask bench <name> [--postgres] [-- arguments of the program]

  --postgres   start a private PostgreSQL beside it (its address in TEST_POSTGRES_URL, PGHOST, PGPORT ...)

The program compares two sides in one run and writes its result into the folder named by FENGSI_BENCH_RESULTS
(benches/results), with the commit from FENGSI_BENCH_COMMIT and the machine from FENGSI_BENCH_MACHINE, both set here.
Commit what changed there when the figures matter.

Examples:
  cargo xtask bench intake
  cargo xtask bench intake --postgres -- --connections 64
";

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let rest = arguments.after_dashes();
    let with_postgres = arguments.flag("--postgres");
    let Some(name) = arguments.positional() else {
        bail!("say which one: cargo xtask bench <name>; the programs are in benches/src/bin");
    };
    arguments.finish()?;
    let repository = Repository::find()?;
    let results = repository.root.join("benches/results");
    std::fs::create_dir_all(&results)?;

    let progress = Progress::new(&repository, 1 + usize::from(with_postgres));
    progress.step("build", |step| {
        let mut build = process::command("cargo", &repository.root);
        build.args(["build", "--release", "--package", "benches", "--bin", &name]);
        // The server that is measured.
        build.args(["--package", "cli", "--bin", "fengsi"]);
        step.run(build)
    })?;
    let mut bench = process::command(
        &repository.target.join("release").join(&name).display().to_string(),
        &repository.root,
    );
    bench.args(rest).stdin(Stdio::inherit());
    bench.env("FENGSI_BENCH_RESULTS", &results);
    bench.env("FENGSI_BENCH_COMMIT", commit(&repository)).env("FENGSI_BENCH_MACHINE", machine());
    let _cluster = if with_postgres {
        let cluster = progress.step("PostgreSQL", |step| {
            debian::provide_postgres(&repository, step)?;
            Cluster::start(&repository)
        })?;
        cluster.tell(&mut bench);
        Some(cluster)
    } else {
        None
    };
    let status = bench.status().with_context(|| format!("cannot start {name}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The commit measured, with a mark when the checkout differs from it.
fn commit(repository: &Repository) -> String {
    let git = |words: &[&str]| {
        let mut command = process::command("git", &repository.root);
        command.args(words);
        process::output_of(command).unwrap_or_default().trim().to_owned()
    };
    let mark =
        if git(&["status", "--porcelain", "--untracked-files=no"]).is_empty() { "" } else { " and changes" };
    format!("{}{mark}", git(&["rev-parse", "--short=12", "HEAD"]))
}

/// Processor, cores and memory, as the system names them.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib = memory.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    format!("{cores} cores, {processor}, {} GiB", kib / 1024 / 1024)
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
