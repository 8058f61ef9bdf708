//! `cargo xtask gen`: writes the generated files that are committed, or says which one is stale.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::progress::{Progress, Step};
use crate::repository::Repository;
use crate::{pages, process};

pub(super) const HELP: &str = "\
Write the committed generated files anew.

Usage: cargo xtask gen [--check]

  --check   write nothing; fail when a file differs from what would be written

  openapi.json                            from the code of crate api      (fengsi openapi)
  docs/lifecycle.md                       from the rules in casework      (fengsi lifecycle)
  web/packages/api-client/src/schema.ts   from openapi.json               (openapi-typescript)

Run it after changing a command, an event, the access table or an operation, and commit what changed with it.
";

const OPENAPI: &str = "openapi.json";
const LIFECYCLE: &str = "docs/lifecycle.md";
const SCHEMA: &str = "web/packages/api-client/src/schema.ts";

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let only_check = arguments.flag("--check");
    arguments.finish()?;
    let repository = Repository::find()?;
    let progress = Progress::new(&repository, 3);
    progress.step("build", |step| build(&repository, step))?;
    progress.step("install web packages", |step| pages::install_packages(&repository, step))?;
    progress.step(if only_check { "compare" } else { "write" }, |step| {
        if only_check { check(&repository, step) } else { write(&repository, step) }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The debug binary, which knows the interface and the rules.
fn build(repository: &Repository, step: &Step<'_>) -> Result<()> {
    let mut command = process::command("cargo", &repository.root);
    command.args(["build", "--bin", "fengsi"]);
    step.run(command).map(drop)
}

/// Fails when a committed file is not what would be written. Needs the debug binary and the web packages.
pub(crate) fn check(repository: &Repository, step: &Step<'_>) -> Result<()> {
    let mut stale = Vec::new();
    for (path, content) in everything(repository, step)? {
        if std::fs::read_to_string(repository.root.join(path)).ok().as_deref() != Some(content.as_str()) {
            stale.push(path);
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("stale: {}; run `cargo xtask gen` and commit the result", stale.join(", "))
}

fn write(repository: &Repository, step: &Step<'_>) -> Result<()> {
    for (path, content) in everything(repository, step)? {
        let whole = repository.root.join(path);
        if std::fs::read_to_string(&whole).ok().as_deref() == Some(content.as_str()) {
            step.say(&format!("unchanged  {path}"));
            continue;
        }
        if let Some(folder) = whole.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&whole, content).with_context(|| format!("cannot write {path}"))?;
        step.say(&format!("written    {path}"));
    }
    Ok(())
}

/// Each generated file with what belongs into it.
fn everything(repository: &Repository, step: &Step<'_>) -> Result<Vec<(&'static str, String)>> {
    let openapi = printed_by_fengsi(repository, "openapi")?;
    let lifecycle = printed_by_fengsi(repository, "lifecycle")?;
    let folder = repository.own_folder("generated")?;
    let schema = schema_of(repository, step, &openapi, &folder)?;
    Ok(vec![(OPENAPI, openapi), (LIFECYCLE, lifecycle), (SCHEMA, schema)])
}

fn printed_by_fengsi(repository: &Repository, subcommand: &str) -> Result<String> {
    let mut command = process::command(&repository.fengsi("debug").display().to_string(), &repository.root);
    command.arg(subcommand);
    let text = process::output_of(command)?;
    Ok(format!("{}\n", text.trim_end()))
}

fn schema_of(repository: &Repository, step: &Step<'_>, openapi: &str, folder: &Path) -> Result<String> {
    let input: PathBuf = folder.join("openapi.json");
    let output: PathBuf = folder.join("schema.ts");
    std::fs::write(&input, openapi)?;
    let tool = repository.web().join("node_modules/.bin/openapi-typescript");
    anyhow::ensure!(
        tool.is_file(),
        "openapi-typescript is not among the web packages; `npm install --save-dev openapi-typescript` in web adds it"
    );
    let mut command = process::command(&tool.display().to_string(), &repository.web());
    command.arg(&input).arg("--output").arg(&output);
    step.run(command)?;
    std::fs::read_to_string(&output).context("openapi-typescript wrote nothing")
}
