//! `verify`: the record checked against itself.

use std::process::ExitCode;

use anyhow::Result;
use casework::matter::Class;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use store::VerifyReport;

use crate::location::Place;

/// Checks the log of every region, replays every event, makes every projection anew and compares it with the kept one,
/// checks the hash of every text, opens every photo, and recounts the totals from events alone.
///
/// It may run beside the service: it reads the record as it is at its start, and writes nothing.
///
/// Ends with status 0 when everything holds and with 1 when something does not; names the matters concerned.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
}

/// Carries out `verify`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.place.open_existing().await?;
    let bar = ProgressBar::new(u64::try_from(store.head().await?).unwrap_or(0));
    bar.set_style(ProgressStyle::with_template("核对 verify {bar:40} {pos}/{len} {eta}")?);
    let report = store.verify(|events| bar.set_position(events)).await?;
    bar.finish_and_clear();
    Ok(print(&report))
}

/// Prints what was checked and found; fails when something does not hold.
pub(crate) fn print(report: &VerifyReport) -> ExitCode {
    for (region, (events, root)) in &report.regions {
        println!("region {region}: {events} events, root {root}");
    }
    println!(
        "{} matters, {} talk days, {} texts, {} erased",
        report.matters, report.talk_days, report.texts, report.erased
    );
    for (year, classes) in &report.years {
        let all = store::total(classes);
        let of = |class| classes.get(&class).copied().unwrap_or_default();
        println!(
            "{year}: {} matters, {} handled; {} disputes, {} settled; {} hazards, {} struck off",
            all.reported,
            all.handled,
            of(Class::Dispute).reported,
            of(Class::Dispute).settled,
            of(Class::Hazard).reported,
            of(Class::Hazard).struck_off
        );
    }
    for finding in &report.findings {
        let matter = finding.matter.as_ref().map_or_else(String::new, |number| format!("{number}: "));
        println!("✗ {matter}{}", finding.what);
    }
    if report.wrong == 0 {
        println!("✓ everything holds");
        return ExitCode::SUCCESS;
    }
    println!("✗ {} findings", report.wrong);
    ExitCode::FAILURE
}
