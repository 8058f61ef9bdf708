//! Installs what the tests need from Debian when it may, and says what to install when it may not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::progress::Step;
use crate::repository::Repository;
use crate::{postgres, process, tools};

/// Something that comes as a Debian package.
struct Need {
    package: &'static str,
    purpose: &'static str,
    present: fn() -> bool,
}

const NEEDS: [Need; 3] = [
    Need { package: "postgresql", purpose: "the second database", present: postgres::is_installed },
    Need { package: "chromium", purpose: "walks through real pages", present: has_chromium },
    Need { package: "fonts-noto-cjk", purpose: "Chinese letters in those pages", present: has_chinese_font },
];

/// Makes sure that PostgreSQL is there.
pub(crate) fn provide_postgres(repository: &Repository, step: &Step<'_>) -> Result<()> {
    provide(repository, step, &["postgresql"])
}

/// Makes sure that everything is there.
pub(crate) fn provide_all(repository: &Repository, step: &Step<'_>) -> Result<()> {
    provide(repository, step, &["postgresql", "chromium", "fonts-noto-cjk"])
}

/// The browser to use: `CHROMIUM_BIN` when set, else the first one on the path.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM_BIN").map(PathBuf::from).filter(|path| path.is_file());
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named.or_else(|| known.iter().find_map(|name| tools::find(name)))
}

/// Whether this process is the super-user.
pub(crate) fn is_root() -> bool {
    let mut command = Command::new("id");
    command.arg("-u");
    process::output_of(command).is_ok_and(|id| id.trim() == "0")
}

fn provide(repository: &Repository, step: &Step<'_>, packages: &[&str]) -> Result<()> {
    let wanted = NEEDS.iter().filter(|need| packages.contains(&need.package));
    let missing: Vec<&Need> = wanted.filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        step.say(&format!("missing: {} ({})", need.package, need.purpose));
    }
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if !is_root() || !tools::has("apt-get") {
        bail!(
            "this may not install packages here; on Debian run as root:\n    {by_hand}\nthen run this again"
        );
    }
    install(repository, step, &names)
        .with_context(|| format!("could not install by itself; try: {by_hand}"))?;
    match missing.iter().find(|need| !(need.present)()) {
        Some(need) => bail!("{} was installed but still cannot be found", need.package),
        None => Ok(()),
    }
}

fn install(repository: &Repository, step: &Step<'_>, names: &[&str]) -> Result<()> {
    if knows_packages() {
        let (installed, _) = step.run_any(apt(repository, &["install"], names))?;
        if installed {
            return Ok(());
        }
        step.say("the list of packages may be old: fetching it anew");
    }
    step.run(apt(repository, &["update"], &[]))?;
    step.run(apt(repository, &["install"], names)).map(drop)
}

fn apt(repository: &Repository, verb: &[&str], names: &[&str]) -> Command {
    let mut command = process::command("apt-get", &repository.root);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    // Somebody else may be installing just now: wait for the lock.
    command.args(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", "-y", "--no-install-recommends"]);
    command.args(verb).args(names);
    command
}

/// A fresh machine has no package lists at all.
fn knows_packages() -> bool {
    let Ok(entries) = std::fs::read_dir("/var/lib/apt/lists") else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
}

fn has_chromium() -> bool {
    chromium().is_some()
}

fn has_chinese_font() -> bool {
    let mut command = Command::new("fc-list");
    command.args([":lang=zh-cn", "family"]);
    match process::output_of(command) {
        Ok(fonts) => !fonts.trim().is_empty(),
        Err(_) => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
    }
}
