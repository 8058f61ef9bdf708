//! `cargo xtask release`: what an operator copies to a server.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::progress::Progress;
use crate::repository::Repository;
use crate::{paper, process, tools};

pub(super) const HELP: &str = "\
Build the binary with its pages, and the program that makes PDF, and pack them for an operator.

Usage: cargo xtask release

The tarball lies in target/release-tarball/ and holds one folder with both binaries, the licence and docs/operate.
It runs on machines with the same processor and a C library at least as new as the one here.
";

pub(super) fn run(arguments: Arguments) -> Result<ExitCode> {
    arguments.finish()?;
    let repository = Repository::find()?;
    let progress = Progress::new(&repository, 7);
    super::demo::build(&repository, &progress)?;
    progress.step("build paper", |step| paper::build(&repository, step, false))?;
    let tarball = progress.step("pack", |step| {
        let path = pack(&repository)?;
        step.say(&path);
        Ok(path)
    })?;
    println!("Packed in {}: {tarball}", progress.elapsed());
    Ok(ExitCode::SUCCESS)
}

fn pack(repository: &Repository) -> Result<String> {
    let mut version = process::command(&repository.fengsi("release").display().to_string(), &repository.root);
    version.arg("--version");
    let version = process::output_of(version)?;
    let version = version.split_whitespace().nth(1).unwrap_or("0.0.0").to_owned();
    let name = format!("fengsi-{version}-{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    let shelf = repository.target.join("release-tarball");
    let folder = shelf.join(&name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(repository.fengsi("release"), folder.join("fengsi")).context("cannot copy the binary")?;
    std::fs::copy(paper::beside(repository), folder.join(paper::PROGRAM))
        .context("cannot copy the program for PDF")?;
    std::fs::copy(repository.root.join("LICENSE"), folder.join("LICENSE"))
        .context("cannot copy the licence")?;
    let operate = repository.root.join("docs/operate");
    if operate.is_dir() {
        copy_folder(&operate, &folder.join("docs/operate"))?;
    }
    anyhow::ensure!(tools::has("tar"), "tar is missing; install it and run this again");
    let tarball = format!("{name}.tar.gz");
    let mut tar = process::command("tar", &shelf);
    tar.args(["--create", "--gzip", "--owner=0", "--group=0", "--file", &tarball, &name]);
    process::output_of(tar)?;
    Ok(shelf.join(tarball).display().to_string())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
