//! `doctor`: what is wrong with a site, and how to mend it.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::{Timestamp, Zoned};
use store::{Store, StuckJobs};

use crate::location::Place;

/// Looks a site over: folder, key file, database, areas, units, catalogue, calendar, follow-ups. Changes nothing.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
}

/// Carries out `doctor`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let mut ill = 0;
    let mut say = |well: bool, what: &str, mend: &str| {
        println!("{} {what}", if well { "✓" } else { "✗" });
        if !well {
            ill += 1;
            println!("  → {mend}");
        }
    };
    let key = arguments.place.data.join("site.key");
    say(
        key.exists(),
        &format!("key file {}", key.display()),
        "put the site's key file back; where there is no site yet, make one with `fengsi setup`",
    );
    if !key.exists() {
        return Ok(ExitCode::FAILURE);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&key)?.permissions().mode() & 0o077;
        say(mode == 0, "only its owner reads the key file", &format!("chmod 600 {}", key.display()));
    }
    let store = match arguments.place.open().await {
        Ok(store) => store,
        Err(error) => {
            say(
                false,
                &format!("database: {error:#}"),
                "check --data, --database, and that the server runs and lets this user in",
            );
            return Ok(ExitCode::FAILURE);
        }
    };
    say(true, "the database answers and its schema is of this version", "");
    let (site, settings) = (store.site(), store.settings());
    let areas = site.areas.iter().count();
    say(areas > 0, &format!("{areas} areas"), "`fengsi setup --divisions FILE`");
    let shapes = site.areas.iter().filter(|area| area.shape.is_some()).count();
    say(
        shapes > 0,
        &format!("{shapes} of them have an outline"),
        "`fengsi import shapes FILE.geojson`: without outlines people choose town and village from lists",
    );
    let units = site.units.iter().count();
    say(units > 0, &format!("{units} units"), "`fengsi import units FILE.csv`");
    say(
        !site.catalogue.version.is_empty(),
        &format!("catalogue {:?}", site.catalogue.version),
        "`fengsi setup --catalogue FILE`",
    );
    let year =
        Zoned::new(store.settings().clock_starts_at.unwrap_or_else(Timestamp::now), site.zone.clone()).year();
    let loaded = site.calendar.last_year();
    say(
        loaded >= year,
        &format!("the calendar is loaded up to {loaded}"),
        "`fengsi import days FILE.csv` when the State Council's notice for the year is out: dates past it are provisional",
    );
    let (well, what) = given_up(&store).await?;
    say(
        well,
        &what,
        "mend what it names, then have them tried again: `update jobs set attempts = 0 where attempts >= 10`",
    );
    println!("  {} ({}), numbers begin with {}", settings.name, settings.zone, settings.prefix);
    Ok(if ill == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether nothing stays undone, and what does.
async fn given_up(store: &Store) -> Result<(bool, String)> {
    Ok(match store.stuck_jobs(Timestamp::now()).await? {
        None => (true, "no follow-up was given up".to_owned()),
        Some(StuckJobs { count, newest_failure }) => (
            false,
            format!("{count} follow-ups failed ten times and stay in `jobs`; the newest: {newest_failure}"),
        ),
    })
}
