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

use anyhow::Result;
use api::Clock;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
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
    let start = site::clock_start();
    let clock = Clock::starting_at(start.max(store.last_event_at().await?.unwrap_or(start)));
    let how = serve::How::demo(arguments.listen, arguments.no_limits, arguments.data.join("mail"));
    serve::serve(store, clock, &how, |address| print!("{}", people::sign_ins(&format!("http://{address}"))))
        .await
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
