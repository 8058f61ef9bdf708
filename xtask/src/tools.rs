//! Looks for the programs a task needs and says what to install where one is missing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;

/// The oldest Node that the pages' tools run on.
const NODE_AT_LEAST: u32 = 20;

/// Whether a program can be found on the path.
pub(crate) fn has(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program lies.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// What the binary needs to be built: Rust and a C compiler.
pub(crate) fn require_rust() -> Result<()> {
    if !has("cargo") {
        bail!("cargo is missing; install Rust from https://rustup.rs and run this again");
    }
    if !has("cc") {
        bail!(
            "a C compiler is missing (SQLite is built from source); on Debian: apt-get install gcc libc6-dev"
        );
    }
    Ok(())
}

/// What the pages need to be built: Node and npm. Returns their versions.
pub(crate) fn require_node() -> Result<String> {
    let advice = "install Node.js 20 or newer with npm (https://nodejs.org, or your system's packages), \
                  then run this again";
    if !has("node") || !has("npm") {
        bail!("node or npm is missing; {advice}");
    }
    let node = version_of("node")?;
    let major = node.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_AT_LEAST) {
        bail!("Node.js is too old ({node}); {advice}");
    }
    Ok(format!("node {node}, npm {}", version_of("npm")?))
}

/// A part of the Rust toolchain that some installations leave out.
pub(crate) fn require_component(subcommand: &str) -> Result<()> {
    let mut command = process::command("cargo", Path::new("."));
    command.args([subcommand, "--version"]);
    let component = if subcommand == "fmt" { "rustfmt" } else { subcommand };
    process::output_of(command).map(drop).with_context(|| {
        format!("cargo {subcommand} is missing; install it: rustup component add {component}")
    })
}

fn version_of(program: &str) -> Result<String> {
    let mut command = process::command(program, Path::new("."));
    command.arg("--version");
    Ok(process::output_of(command)?.trim().to_owned())
}
