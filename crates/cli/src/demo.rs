//! `demo`: Suizhou 2023, made by driving real commands through the real rules, then served.
//!
//! Places are the real divisions with sketched outlines; people and matters are made up. Everything comes from one seed.

mod life;
mod load;
mod people;
mod pictures;
mod plan;
mod random;
mod registers;
mod shapes;
mod site;
mod talk_days;
mod words;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::{Result, ensure};
use api::Clock;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{Timestamp, civil::DateTime};
use store::Store;

use crate::{location::Place, serve};

pub(crate) use load::Year;

/// The password of every account of the demo.
pub(crate) const PASSWORD: &str = "pingan-2023";

/// Makes the Suizhou 2023 site in a folder and serves it. Loading shows its progress, may be stopped with Ctrl-C at any time,
/// and goes on where it was when started again.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", env = "FENGSI_DATA", default_value = "demo")]
    data: PathBuf,
    /// Keep the records in PostgreSQL.
    #[arg(long, value_name = "URL", env = "FENGSI_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", env = "FENGSI_LISTEN", default_value = "127.0.0.1:41424")]
    listen: std::net::SocketAddr,
    /// Load the year and stop, without serving.
    #[arg(long)]
    load_only: bool,
    /// The site and its people without the year: for trying things out and for tests.
    #[arg(long)]
    empty: bool,
    /// Switch off limits on how often an address may ask: for measurements.
    #[arg(long)]
    no_limits: bool,
    /// Let the clock start at this moment of the site's time, as in `2024-01-20T09:00`: to see what comes of a limit.
    #[arg(long, value_name = "TIME")]
    clock: Option<DateTime>,
}

/// Carries out `demo`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let place = Place { data: arguments.data.clone(), database: arguments.database.clone() };
    let store = place.open().await?;
    if arguments.empty {
        load::set_up(&store).await?;
    } else {
        load(&store).await?;
    }
    if arguments.load_only {
        return Ok(ExitCode::SUCCESS);
    }
    let clock = Clock::starting_at(start(&store, arguments.clock).await?);
    let how = serve::How::demo(arguments.listen, arguments.no_limits, arguments.data.join("mail"));
    serve::serve(store, clock, &how, |address| print!("{}", people::sign_ins(&format!("http://{address}"))))
        .await
}

/// Where the clock starts: where the record stands, or later when somebody asks for it. Time does not go back.
async fn start(store: &Store, wanted: Option<DateTime>) -> Result<Timestamp> {
    let first = site::clock_start();
    let stands = store.last_event_at().await?.map_or(first, |last| last.max(first));
    let Some(wanted) = wanted else { return Ok(stands) };
    let zone = store.site().zone.clone();
    let at = zone.to_timestamp(wanted)?;
    let now = stands.to_zoned(zone).datetime();
    ensure!(
        at >= stands,
        "--clock {wanted}: the record stands at {now:.0} already, and time does not go back"
    );
    Ok(at)
}

/// Loads what is not loaded yet.
pub(crate) async fn load(store: &Store) -> Result<()> {
    let begun = Instant::now();
    let year = Year::prepare(store).await?;
    let bar = ProgressBar::new(year.commands());
    bar.set_style(ProgressStyle::with_template("随州 2023 {bar:40} {pos}/{len} 步 {eta} {msg}")?);
    let loaded = year.load(store, |done, day| {
        bar.set_position(done);
        bar.set_message(day.to_owned());
    });
    let count = loaded.await?;
    bar.finish_and_clear();
    if count > 0 {
        eprintln!("随州 2023: {count} commands in {:.1} s", begun.elapsed().as_secs_f64());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_clock_starts_where_it_is_asked_to_and_never_before_the_record() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { data: folder.path().to_owned(), database: None };
        let store = place.open().await.unwrap();
        load::set_up(&store).await.unwrap();
        assert_eq!(start(&store, None).await.unwrap(), site::clock_start());
        let later = start(&store, Some("2024-01-20T09:00".parse().unwrap())).await.unwrap();
        assert_eq!(later.to_string(), "2024-01-20T01:00:00Z");
        let earlier = start(&store, Some("2023-12-31T09:00".parse().unwrap())).await.unwrap_err();
        assert_eq!(
            earlier.to_string(),
            "--clock 2023-12-31T09:00:00: the record stands at 2024-01-02T09:00:00 already, and time does not go back"
        );
    }
}
