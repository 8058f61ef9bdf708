//! P1, P2 and P7: durable reports over HTTP, beside a bare loop that commits the same rows (SQLite) or beside pgbench that
//! runs the same statements (PostgreSQL).
//!
//! A round sends reports to the real server in a process of its own, then lets the other side commit the rows that the
//! server made of them, then times the disk. What is printed are medians over the rounds; a ratio is taken in each round.

mod bare;
mod level;
mod pgbench;

use std::path::Path;

use anyhow::Result;
use benches::{
    postgres::Cluster,
    process,
    record::{self, Criterion, rounded},
    reports::Reports,
    server::{self, Server},
};
use clap::Parser;
use serde_json::json;

use level::{Level, Plan};

/// Measures how many durable reports a server takes.
#[derive(Parser)]
struct Arguments {
    /// How many connections send at once, one measurement for each number.
    #[arg(long, value_delimiter = ',', default_value = "1,8,64")]
    connections: Vec<usize>,
    /// Measured rounds for each number of connections, after one to warm up.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Reports of a round over 64 connections; fewer connections send fewer.
    #[arg(long, default_value_t = 16_000)]
    reports: usize,
    /// Load the demo's year first: a larger site, and memory as it is with one. Its clocks write beside the reports, so the
    /// rows of both sides are not compared at the end.
    #[arg(long)]
    year: bool,
    /// Measure on PostgreSQL, beside pgbench.
    #[arg(long, value_name = "URL", env = "TEST_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
}

/// The side without a server.
pub(crate) enum Beside {
    Bare(Box<bare::Bare>),
    Pgbench(pgbench::Pgbench),
}

impl Beside {
    fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Bare(_) => &["bare loop"],
            Self::Pgbench(_) => &["pgbench, same statements", "pgbench, without rows that all share"],
        }
    }

    fn check(&self) -> Result<()> {
        match self {
            Self::Bare(bare) => bare.check(),
            Self::Pgbench(pgbench) => pgbench.check(),
        }
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = server::fresh_folder("intake")?;
    let site = folder.join("site");
    let (database, mut beside) = prepare(&arguments, &folder, &site)?;
    let server = Server::start(&site, database.as_deref())?;
    let mut reports = Reports::new(4213);
    let mut levels = Vec::new();
    for connections in &arguments.connections {
        let plan = Plan {
            connections: *connections,
            rounds: arguments.rounds,
            reports: reports_of(&arguments, *connections),
        };
        levels.push(Level::measure(&plan, &server, &mut beside, &mut reports, &folder)?);
    }
    let memory = server.peak_memory()?;
    drop(server);
    if !arguments.year {
        beside.check()?;
    }
    level::print(&levels, beside.names());
    let criteria = criteria(&levels, &beside, memory)?;
    record::print_criteria(&criteria);
    let name = if arguments.postgres.is_some() { "intake-postgres" } else { "intake-sqlite" };
    let settings = json!({ "connections": arguments.connections, "rounds": arguments.rounds, "reports": arguments.reports, "with_the_year": arguments.year });
    let figures = json!({
        "levels": levels.iter().map(|level| level.json(beside.names())).collect::<Vec<_>>(),
        "peak_memory_mib": rounded(memory), "binary_mib": rounded(server::binary_size()?), "cores": process::cores(),
    });
    record::store(name, settings, figures, &criteria)?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// Makes the site and, from it, the other side.
fn prepare(arguments: &Arguments, folder: &Path, site: &Path) -> Result<(Option<String>, Beside)> {
    eprintln!("making the site");
    match &arguments.postgres {
        None => {
            server::make_site(site, None, arguments.year)?;
            Ok((None, Beside::Bare(Box::new(bare::Bare::beside(site, folder)?))))
        }
        Some(url) => {
            let cluster = Cluster::with_fresh_database(url, "fengsi_intake")?;
            server::make_site(site, Some(&cluster.url), arguments.year)?;
            Ok((Some(cluster.url.clone()), Beside::Pgbench(pgbench::Pgbench::beside(cluster, folder)?)))
        }
    }
}

/// Rounds of about the same length, but never so few reports that a percentile says nothing.
fn reports_of(arguments: &Arguments, connections: usize) -> usize {
    (arguments.reports * connections / 64).max(arguments.reports / 16).max(1)
}

fn criteria(levels: &[Level], beside: &Beside, memory: f64) -> Result<Vec<Criterion>> {
    let mut criteria = Vec::new();
    for level in levels {
        match (beside, level.connections) {
            (Beside::Bare(_), 64) => {
                criteria.push(Criterion::at_least(
                    "P1: of the bare loop, at 64 connections",
                    level.ratio(0),
                    0.6,
                ));
                criteria.push(Criterion::at_most(
                    "P1: p99 / median, at 64 connections",
                    level.p99_to_p50(),
                    3.0,
                ));
            }
            (Beside::Bare(_), 1) => {
                criteria.push(Criterion::at_most(
                    "P1: p99 / the disk's own fsync, at 1 connection",
                    level.p99_to_sync(),
                    10.0,
                ));
            }
            (Beside::Pgbench(_), 64) => {
                criteria.push(Criterion::at_least(
                    "P2: times pgbench with the same statements, at 64 connections",
                    level.ratio(0),
                    3.0,
                ));
            }
            (Beside::Bare(_) | Beside::Pgbench(_), _) => {}
        }
    }
    criteria.push(Criterion::at_most("P7: most memory of the server, MiB", memory, 200.0));
    criteria.push(Criterion::at_most("P7: the binary, MiB", server::binary_size()?, 80.0));
    Ok(criteria)
}
