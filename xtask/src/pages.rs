//! The web apps: installs their packages and builds them, only when something changed.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::progress::Step;
use crate::repository::Repository;
use crate::stamp::Stamp;
use crate::tools;

/// The apps that the binary carries.
const APPS: [&str; 3] = ["resident", "field", "desk"];

/// An npm command in the npm workspace.
pub(crate) fn npm(repository: &Repository, words: &[&str]) -> Command {
    let mut command = process::command("npm", &repository.web());
    command.args(words).env("NO_COLOR", "1").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}

/// `npm ci`, when the lock changed or nothing is installed.
pub(crate) fn install_packages(repository: &Repository, step: &Step<'_>) -> Result<()> {
    let versions = tools::require_node()?;
    let web = repository.web();
    let mut inputs = vec![web.join("package-lock.json"), web.join("package.json"), web.join(".npmrc")];
    inputs.extend(manifests(repository));
    if !web.join("package-lock.json").is_file() {
        bail!("web/package-lock.json is missing: it belongs into the repository");
    }
    let stamp = Stamp::of(repository, "npm", &inputs, &versions)?;
    if stamp.is_fresh() && web.join("node_modules").is_dir() {
        step.say(&format!("packages are as the lock says ({versions})"));
        return Ok(());
    }
    stamp.forget()?;
    step.run(npm(repository, &["ci", "--no-audit", "--no-fund"]))?;
    stamp.remember()
}

/// Builds the three apps, when a source changed or a result is missing.
pub(crate) fn build(repository: &Repository, step: &Step<'_>) -> Result<()> {
    let stamp = Stamp::of(repository, "pages", &[repository.web()], "")?;
    let built = APPS.iter().all(|app| index_of(repository, app).is_file());
    if built && stamp.is_fresh() {
        step.say("pages are as their sources say");
        return Ok(());
    }
    stamp.forget()?;
    step.run(npm(repository, &["run", "build"]))?;
    if let Some(app) = APPS.iter().find(|app| !index_of(repository, app).is_file()) {
        bail!("`npm run build` left no web/apps/{app}/dist/index.html");
    }
    tell_cargo(repository)?;
    stamp.remember()
}

/// Cargo looks at the files that were embedded last time; it cannot know that there were none yet, or
/// that one came to them. A newer crate makes it embed again.
fn tell_cargo(repository: &Repository) -> Result<()> {
    let carrier = repository.root.join("crates/api/src/lib.rs");
    let file = File::options().append(true).open(&carrier);
    file.and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("cannot touch {}", carrier.display()))
}

fn index_of(repository: &Repository, app: &str) -> PathBuf {
    repository.web().join("apps").join(app).join("dist/index.html")
}

fn manifests(repository: &Repository) -> Vec<PathBuf> {
    let groups = ["apps", "packages"].map(|group| repository.web().join(group));
    let members = groups.iter().filter_map(|group| std::fs::read_dir(group).ok()).flatten().flatten();
    let mut manifests: Vec<PathBuf> = members.map(|member| member.path().join("package.json")).collect();
    manifests.push(repository.web().join("e2e/package.json"));
    manifests
}
