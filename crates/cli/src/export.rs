//! `export`: matters as a table, without personal text.

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use casework::{area::AreaCode, matter::Matter};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use crate::location::Place;

/// Writes the matters of an area as CSV (UTF-8 with a mark that spreadsheet programs know). No words, names or contacts are
/// in it. The file appears under its name once it is whole.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The area; the whole site when left out.
    #[arg(long, value_name = "CODE")]
    area: Option<AreaCode>,
    /// The file to write.
    #[arg(long, value_name = "FILE", default_value = "matters.csv")]
    to: PathBuf,
}

const HEADER: [&str; 17] = [
    "number",
    "class",
    "category",
    "urgency",
    "source",
    "area",
    "area_name",
    "lon",
    "lat",
    "reported_at",
    "stage",
    "outcome",
    "centre",
    "lead",
    "due_at",
    "rework",
    "closed_at",
];

/// Carries out `export`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.place.open_existing().await?;
    let site = store.site();
    let partial = arguments.to.with_extension("partial");
    let mut file = std::fs::File::create(&partial)
        .with_context(|| format!("{} cannot be written", partial.display()))?;
    file.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(HEADER)?;
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("导出 export {spinner} {pos}")?);
    let mut failure = None;
    store
        .every_matter(arguments.area, |matter| {
            bar.inc(1);
            if failure.is_none() {
                failure = writer.write_record(record(&matter, &site.areas.path(matter.area))).err();
            }
        })
        .await?;
    if let Some(error) = failure {
        return Err(error).context("the table cannot be written");
    }
    writer.flush()?;
    std::fs::rename(&partial, &arguments.to)?;
    bar.finish_and_clear();
    println!("{} matters written to {}", bar.position(), arguments.to.display());
    Ok(ExitCode::SUCCESS)
}

fn record(matter: &Matter, area_name: &str) -> [String; 17] {
    let at = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    [
        matter.number.0.clone(),
        matter.class.letter().to_string(),
        matter.category.clone().unwrap_or_default(),
        matter.urgency.to_string(),
        matter.source.to_string(),
        matter.area.to_string(),
        area_name.to_owned(),
        matter.place.map(|place| format!("{:.5}", place.lon)).unwrap_or_default(),
        matter.place.map(|place| format!("{:.5}", place.lat)).unwrap_or_default(),
        matter.reported_at.to_string(),
        matter.stage.to_string(),
        matter.outcome.map(|outcome| outcome.to_string()).unwrap_or_default(),
        matter.centre.0.clone(),
        matter.lead.as_ref().map(|unit| unit.0.clone()).unwrap_or_default(),
        at(matter.clock.as_ref().map(|clock| clock.due_at)),
        matter.rework.to_string(),
        at(matter.closed_at),
    ]
}
