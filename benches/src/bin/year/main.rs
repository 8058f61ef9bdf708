//! P5: the demo's year, driven through the real rules by the real binary, beside bare inserts of the rows that it leaves.
//!
//! The bare side inserts each row once, as it stands at the end; the loader also brought it there, change by change.

mod in_postgres;
mod rows;

use std::{path::Path, time::Instant};

use anyhow::Result;
use benches::{
    postgres::Cluster,
    process,
    record::{self, Criterion, rounded},
    server,
    statistics::{median_of, number},
};
use clap::Parser;
use serde_json::{Value, json};

/// Commands of one transaction, as the loader sends them.
pub(crate) const COMMANDS: usize = 512;

/// Measures how long the demo's year takes to load.
#[derive(Parser)]
struct Arguments {
    /// Measured rounds, after one to warm up.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Begin to measure at once.
    #[arg(long)]
    no_warm_up: bool,
    /// Load into PostgreSQL.
    #[arg(long, value_name = "URL", env = "TEST_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
}

/// What a round came to, in seconds.
struct Round {
    loader: f64,
    loader_cpu: f64,
    bare: f64,
    rows: usize,
    events: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut rounds = Vec::new();
    let first = usize::from(arguments.no_warm_up);
    for nth in first..=arguments.rounds {
        let round = match &arguments.postgres {
            None => round()?,
            Some(url) => round_in_postgres(url)?,
        };
        let what =
            if nth == 0 { "warm-up".to_owned() } else { format!("round {nth} of {}", arguments.rounds) };
        eprintln!("{what}: loader {:.1} s, bare inserts {:.1} s", round.loader, round.bare);
        if nth > 0 {
            rounds.push(round);
        }
    }
    report(&arguments, &rounds)
}

fn round() -> Result<Round> {
    let folder = server::fresh_folder("year")?;
    let site = folder.join("site");
    let (loader, loader_cpu) = load(&site, None)?;
    let year = rows::Year::read(&site.join("fengsi.db"))?;
    let bare = year.insert(&folder.join("bare.db"))?;
    let round = Round { loader, loader_cpu, bare, rows: year.rows(), events: year.events };
    std::fs::remove_dir_all(folder)?;
    Ok(round)
}

fn round_in_postgres(url: &str) -> Result<Round> {
    let cluster = Cluster::with_fresh_database(url, "fengsi_year")?;
    let folder = server::fresh_folder("year")?;
    let (loader, loader_cpu) = load(&folder.join("site"), Some(&cluster.url))?;
    let (bare, rows, events) = in_postgres::insert(&cluster)?;
    std::fs::remove_dir_all(folder)?;
    Ok(Round { loader, loader_cpu, bare, rows, events })
}

/// Seconds that the loader took, by the clock and of CPU.
fn load(site: &Path, database: Option<&str>) -> Result<(f64, f64)> {
    let before = process::cpu_of_children()?;
    let begun = Instant::now();
    server::make_site(site, database, true)?;
    Ok((begun.elapsed().as_secs_f64(), process::cpu_of_children()? - before))
}

fn report(arguments: &Arguments, rounds: &[Round]) -> Result<()> {
    let loader = median_of(rounds, |round| round.loader);
    let bare = median_of(rounds, |round| round.bare);
    let cpu = median_of(rounds, |round| round.loader_cpu);
    let ratio = median_of(rounds, |round| round.loader / round.bare);
    let (rows, events) = rounds.last().map_or((0, 0), |round| (round.rows, round.events));
    println!("{:<24} {:>9} {:>9} {:>12}", "", "seconds", "CPU s", "rows/s");
    println!("{:<24} {loader:>9.2} {cpu:>9.2} {:>12.0}", "demo --load-only", number(rows) / loader);
    println!("{:<24} {bare:>9.2} {:>9} {:>12.0}", "bare inserts", "", number(rows) / bare);
    println!("{rows} rows, {events} of them events");
    let criteria = [
        Criterion::at_most("P5: times the bare inserts", ratio, 3.0),
        Criterion::at_most("P5: seconds for the year", loader, 20.0),
    ];
    record::print_criteria(&criteria);
    let each: Vec<Value> = rounds
        .iter()
        .map(|round| json!({ "loader_s": rounded(round.loader), "loader_cpu_s": rounded(round.loader_cpu), "bare_s": rounded(round.bare) }))
        .collect();
    let figures = json!({
        "loader_s": rounded(loader), "loader_cpu_s": rounded(cpu), "bare_s": rounded(bare), "ratio": rounded(ratio),
        "rows": rows, "events": events, "cores": process::cores(), "rounds": each,
    });
    let name = if arguments.postgres.is_some() { "year-postgres" } else { "year-sqlite" };
    record::store(
        name,
        json!({ "rounds": arguments.rounds, "commands_each_transaction": COMMANDS }),
        figures,
        &criteria,
    )
}
