//! One number of connections: a round to warm up, then the measured ones, both sides in turns.

use std::{path::Path, sync::Arc};

use anyhow::Result;
use benches::{
    disk, load,
    record::rounded,
    reports::Reports,
    server::{Busy, Server},
    statistics::{median, median_of},
};
use serde_json::{Value, json};

use crate::Beside;

/// Writes by which a round times the disk.
const SYNCS: usize = 200;

/// What is to be measured.
pub(crate) struct Plan {
    pub(crate) connections: usize,
    pub(crate) rounds: usize,
    pub(crate) reports: usize,
}

/// What a round came to.
struct Round {
    per_second: f64,
    p50: f64,
    p99: f64,
    busy: Busy,
    beside: Vec<f64>,
    sync: f64,
}

/// What was measured.
pub(crate) struct Level {
    pub(crate) connections: usize,
    reports: usize,
    rounds: Vec<Round>,
}

impl Level {
    pub(crate) fn measure(
        plan: &Plan,
        server: &Server,
        beside: &mut Beside,
        reports: &mut Reports,
        folder: &Path,
    ) -> Result<Self> {
        let mut rounds = Vec::with_capacity(plan.rounds);
        for nth in 0..=plan.rounds {
            let round = round(plan, server, beside, reports, folder)?;
            let rates: Vec<String> = round.beside.iter().map(|rate| format!("{rate:.0}")).collect();
            let what =
                if nth == 0 { "warm-up".to_owned() } else { format!("round {nth} of {}", plan.rounds) };
            eprintln!(
                "{} connections, {what}: {:.0} reports/s, beside {}",
                plan.connections,
                round.per_second,
                rates.join(" and ")
            );
            if nth > 0 {
                rounds.push(round);
            }
        }
        Ok(Self { connections: plan.connections, reports: plan.reports, rounds })
    }

    /// The server's rate as a multiple of the other side's.
    pub(crate) fn ratio(&self, side: usize) -> f64 {
        median_of(&self.rounds, |round| round.beside.get(side).map_or(0.0, |rate| round.per_second / rate))
    }

    pub(crate) fn p99_to_p50(&self) -> f64 {
        median_of(&self.rounds, |round| round.p99 / round.p50)
    }

    pub(crate) fn p99_to_sync(&self) -> f64 {
        median_of(&self.rounds, |round| round.p99 / round.sync)
    }

    fn beside(&self, side: usize) -> f64 {
        median_of(&self.rounds, |round| round.beside.get(side).copied().unwrap_or(0.0))
    }

    fn busy(&self) -> Busy {
        Busy {
            server: median_of(&self.rounds, |round| round.busy.server),
            writer: median_of(&self.rounds, |round| round.busy.writer),
            generator: median_of(&self.rounds, |round| round.busy.generator),
            others: median_of(&self.rounds, |round| round.busy.others),
        }
    }

    pub(crate) fn json(&self, names: &[&str]) -> Value {
        let busy = self.busy();
        let beside: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(side, name)| json!({ "name": name, "per_second": rounded(self.beside(side)), "ratio": rounded(self.ratio(side)) }))
            .collect();
        let rounds: Vec<Value> = self.rounds.iter().map(Round::json).collect();
        json!({
            "connections": self.connections,
            "reports_each_round": self.reports,
            "per_second": rounded(median_of(&self.rounds, |round| round.per_second)),
            "p50_us": rounded(median_of(&self.rounds, |round| round.p50)),
            "p99_us": rounded(median_of(&self.rounds, |round| round.p99)),
            "p99_to_p50": rounded(self.p99_to_p50()),
            "fsync_us": rounded(median_of(&self.rounds, |round| round.sync)),
            "p99_to_fsync": rounded(self.p99_to_sync()),
            "beside": beside,
            "busy_cores": busy_json(busy),
            "limited_by": busy.limit(),
            "rounds": rounds,
        })
    }
}

impl Round {
    fn json(&self) -> Value {
        json!({
            "per_second": rounded(self.per_second), "p50_us": rounded(self.p50), "p99_us": rounded(self.p99), "fsync_us": rounded(self.sync),
            "beside_per_second": self.beside.iter().map(|rate| rounded(*rate)).collect::<Vec<_>>(), "busy_cores": busy_json(self.busy),
        })
    }
}

fn busy_json(busy: Busy) -> Value {
    json!({ "server": rounded(busy.server), "of_that_writer": rounded(busy.writer), "generator": rounded(busy.generator), "others": rounded(busy.others) })
}

fn round(
    plan: &Plan,
    server: &Server,
    beside: &mut Beside,
    reports: &mut Reports,
    folder: &Path,
) -> Result<Round> {
    let made = Arc::new(reports.make(plan.reports));
    let before = server.moment()?;
    let taken = load::send(server.address, plan.connections, &made)?;
    let busy = Busy::between(&before, &server.moment()?);
    let rates = match beside {
        Beside::Bare(bare) => vec![bare.round(&made, plan.connections)?],
        Beside::Pgbench(pgbench) => pgbench.round(made.len(), plan.connections)?,
    };
    let sync = median(&disk::sync_times(folder, SYNCS)?);
    Ok(Round {
        per_second: taken.per_second(),
        p50: taken.p50(),
        p99: taken.p99(),
        busy,
        beside: rates,
        sync,
    })
}

/// Prints what was measured as a table, and below it what limits each line.
pub(crate) fn print(levels: &[Level], names: &[&str]) {
    println!(
        "{:>11} {:>10} {:>9} {:>9} {:>9}  beside",
        "connections", "reports/s", "p50 ms", "p99 ms", "fsync ms"
    );
    for level in levels {
        let figure = |of: fn(&Round) -> f64| median_of(&level.rounds, of);
        let beside: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(side, name)| format!("{name} {:.0}/s = {:.2} ×", level.beside(side), level.ratio(side)))
            .collect();
        println!(
            "{:>11} {:>10.0} {:>9.2} {:>9.2} {:>9.3}  {}",
            level.connections,
            figure(|round| round.per_second),
            figure(|round| round.p50) / 1000.0,
            figure(|round| round.p99) / 1000.0,
            figure(|round| round.sync) / 1000.0,
            beside.join("; ")
        );
    }
    println!();
    for level in levels {
        println!("{:>11} limited by {}", level.connections, level.busy().limit());
    }
}
