//! `backup`, `restore`, `drill` and `grow`: copies of a site, each compared before it counts.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use store::{BackupName, Doing, Location, Progress, VerifyReport, backups};

use crate::{location::Place, verify};

/// Makes a backup of the site, while it is served or not.
///
/// Backups in one folder share what they have in common: a stopped one goes on when the command is given again, and the next
/// one writes only what is new. Nothing in them can be read without the site's key file, which is not in them: keep a copy of
/// it elsewhere. A backup counts once its name is printed.
#[derive(Args)]
pub(crate) struct BackupArguments {
    #[command(flatten)]
    place: Place,
    /// The folder of the backups.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Restores a backup where there is no site yet, compares every row with it and verifies the record.
///
/// `--data` and `--database` say where. What was recorded after the backup is lost: numbers skip ahead, so that none is given
/// twice, and the pages tell people whose code is not known. A stopped restoration goes on when the command is given again.
#[derive(Args)]
pub(crate) struct RestoreArguments {
    #[command(flatten)]
    place: Place,
    /// The folder of the backups.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The backup, as in `20261122T210531Z`; the newest when left out.
    #[arg(long, value_name = "NAME")]
    backup: Option<BackupName>,
    /// The site's key file, which is copied into the new place; left out when it is there already.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Tries out whether the site could be restored: makes a backup, restores it in another folder, compares, verifies, and takes
/// both away. The site may be served meanwhile.
#[derive(Args)]
pub(crate) struct DrillArguments {
    #[command(flatten)]
    place: Place,
    /// A folder for backup and restored site, with room for both; it must not exist.
    #[arg(long, value_name = "DIR", default_value = "drill")]
    within: PathBuf,
    /// Leave both where they are.
    #[arg(long)]
    keep: bool,
}

/// Moves the records of a site from its folder to PostgreSQL, and proves that nothing changed.
///
/// The site must not be served meanwhile. Photos and key file stay in the folder. When every row was compared and the record
/// verified, the site opens with `--database` only.
#[derive(Args)]
pub(crate) struct GrowArguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", env = "FENGSI_DATA", default_value = "site")]
    data: PathBuf,
    /// An empty database, as in `postgres://fengsi@db.example.org/fengsi`.
    #[arg(long, value_name = "URL")]
    to: String,
}

/// Carries out `backup`.
pub(crate) async fn backup(arguments: BackupArguments) -> Result<ExitCode> {
    let store = arguments.place.open_existing().await?;
    let bar = Bar::new("备份 backup")?;
    let made = store.back_up(&arguments.to, Timestamp::now(), |at| bar.show(at)).await?;
    bar.clear();
    for (region, (events, root)) in &made.regions {
        println!("region {region}: {events} events, root {root}");
    }
    println!(
        "✓ backup {} in {}: {} rows, {} pictures; {} bytes written, the rest was there",
        made.name,
        arguments.to.display(),
        made.rows,
        made.pictures,
        made.written
    );
    if made.lost_pictures > 0 {
        println!(
            "✗ {} pictures are lost in the site itself: `fengsi verify` names the matters",
            made.lost_pictures
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Carries out `restore`.
pub(crate) async fn restore(arguments: RestoreArguments) -> Result<ExitCode> {
    if let Some(key) = &arguments.key {
        bring_key(key, &arguments.place.data)?;
    }
    let location = arguments.place.location();
    let (name, report) = restore_into(&arguments.from, arguments.backup, &location).await?;
    let code = verify::print(&report);
    if report.wrong == 0 {
        println!(
            "✓ {} stands as in the backup {name}; numbers of today skip ahead",
            location.folder().display()
        );
    }
    Ok(code)
}

/// Carries out `drill`.
pub(crate) async fn drill(arguments: DrillArguments) -> Result<ExitCode> {
    if arguments.within.exists() {
        bail!("{} is there already: name a folder that is not, with --within", arguments.within.display());
    }
    let store = arguments.place.open_existing().await?;
    let (folder, there) = (arguments.within.join("backups"), arguments.within.join("site"));
    let bar = Bar::new("备份 backup")?;
    let made = store.back_up(&folder, Timestamp::now(), |at| bar.show(at)).await?;
    bar.clear();
    drop(store);
    bring_key(&arguments.place.data.join("site.key"), &there)?;
    let (_, report) = restore_into(&folder, Some(made.name), &Location::Folder(there)).await?;
    let code = verify::print(&report);
    let same = report.regions == made.regions;
    println!(
        "{} the roots of both are {}",
        if same { "✓" } else { "✗" },
        if same { "the same" } else { "not the same" }
    );
    println!("{} rows and {} pictures were compared", made.rows, made.pictures);
    if !arguments.keep {
        std::fs::remove_dir_all(&arguments.within)?;
    }
    Ok(if same { code } else { ExitCode::FAILURE })
}

/// Carries out `grow`.
pub(crate) async fn grow(arguments: GrowArguments) -> Result<ExitCode> {
    if !arguments.data.join("fengsi.db").exists() {
        bail!("there is no site with SQLite in {}", arguments.data.display());
    }
    let bar = Bar::new("搬迁 grow")?;
    let grown = store::grow(&arguments.data, &arguments.to, |at| bar.show(at)).await?;
    bar.clear();
    let code = verify::print(&grown.report);
    if grown.report.wrong == 0 {
        println!("✓ {} rows were carried over and compared; both places have the same roots", grown.rows);
        println!("  from now on: `--data {} --database …`", arguments.data.display());
    }
    Ok(code)
}

async fn restore_into(
    from: &Path,
    name: Option<BackupName>,
    to: &Location,
) -> Result<(BackupName, VerifyReport)> {
    let there = backups(from)?;
    anyhow::ensure!(!there.is_empty(), "there is no whole backup in {}", from.display());
    let bar = Bar::new("恢复 restore")?;
    let restored = store::restore(from, name, to, Timestamp::now(), |at| bar.show(at)).await?;
    bar.clear();
    Ok((restored.name, restored.report))
}

/// Copies a key file for its owner alone; never over another.
fn bring_key(from: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let to = folder.join("site.key");
    let key =
        std::fs::read(from).with_context(|| format!("the key file {} cannot be read", from.display()))?;
    if to.exists() {
        anyhow::ensure!(std::fs::read(&to)? == key, "{} is another key file", to.display());
        return Ok(());
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&to)?;
    std::io::Write::write_all(&mut file, &key)?;
    Ok(file.sync_all()?)
}

/// The line that shows how far the work is.
struct Bar(ProgressBar);

impl Bar {
    fn new(what: &str) -> Result<Self> {
        let bar = ProgressBar::new(0);
        bar.set_style(ProgressStyle::with_template(&format!(
            "{what} {{msg}} {{bar:40}} {{pos}}/{{len}} {{eta}}"
        ))?);
        Ok(Self(bar))
    }

    fn show(&self, at: Progress) {
        self.0.set_message(match at.doing {
            Doing::Rows => "rows",
            Doing::Pictures => "pictures",
            Doing::Comparing => "comparing",
            Doing::Verifying => "verifying",
        });
        self.0.set_length(at.of);
        self.0.set_position(at.done);
    }

    fn clear(&self) {
        self.0.finish_and_clear();
    }
}
