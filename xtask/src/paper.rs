//! The program for PDF. Its layout engine takes longer to build than all the rest: it has a profile of its own and is built
//! last, or behind a demo that is already served.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;
use crate::progress::Step;
use crate::repository::Repository;

/// The program.
pub(crate) const PROGRAM: &str = "fengsi-paper";
/// What cargo is asked for: built and tested in one profile, so that nothing is built twice.
pub(crate) const CARGO: [&str; 4] = ["--profile", "paper", "--package", "paper"];
/// A demo that serves nothing by then will not.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Builds it and lays it beside `fengsi`. In the background it takes half the processors, at the lowest priority.
pub(crate) fn build(repository: &Repository, step: &Step<'_>, in_background: bool) -> Result<PathBuf> {
    let mut command = if in_background {
        let half = std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
        let mut nice = process::command("nice", &repository.root);
        nice.args(["-n", "19", "cargo"]).env("CARGO_BUILD_JOBS", half.to_string());
        nice
    } else {
        process::command("cargo", &repository.root)
    };
    command.arg("build").args(CARGO);
    step.run(command)?;
    lay_beside(repository)
}

/// Starts `cargo xtask paper --after ADDR` and leaves it alone; Ctrl-C reaches it as it reaches the demo. Says where its
/// lines go.
pub(crate) fn build_behind(repository: &Repository, listen: &str) -> Result<PathBuf> {
    let log = repository.own_folder("logs")?.join("paper-behind-the-demo.log");
    let lines = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let itself = std::env::current_exe().context("cannot find xtask")?;
    let mut command = process::command(&itself.display().to_string(), &repository.root);
    command.args(["paper", "--after", listen]).stdout(lines.try_clone()?).stderr(lines).stdin(Stdio::null());
    command.spawn().context("cannot start a second xtask")?;
    Ok(log)
}

/// Waits until somebody answers there.
pub(crate) fn wait_for(address: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(address).is_err() {
        anyhow::ensure!(Instant::now() < end, "nothing is served at {address}");
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// Where `fengsi` looks for it.
pub(crate) fn beside(repository: &Repository) -> PathBuf {
    repository.target.join("release").join(PROGRAM)
}

fn lay_beside(repository: &Repository) -> Result<PathBuf> {
    let place = beside(repository);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    // Under another name first: a request may be running the old one.
    let fresh = place.with_extension("new");
    fs::copy(repository.target.join("paper").join(PROGRAM), &fresh)
        .and_then(|_| fs::rename(&fresh, &place))
        .with_context(|| format!("cannot write {}", place.display()))?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_until_something_is_served() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        wait_for(&listener.local_addr().unwrap().to_string()).unwrap();
    }
}
