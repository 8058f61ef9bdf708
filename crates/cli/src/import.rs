//! `import`: tables into a site. A row that cannot be taken is written to an error file with its reason; the others are kept.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail, ensure};
use casework::{
    Refusal,
    actor::{Actor, Grant},
    area::AreaCode,
    id::{AccountId, CommandId, UnitId},
    matter::{Command, Contact, PlaceGiven, Report, Source, command::RecomputeClock},
    shape::Shape,
    unit::Unit,
};
use clap::{Args, Subcommand};
use csv::StringRecord;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{Error, NewAccount, NewCommand, NewReport, SiteData, Store, hash_password};
use uuid::Uuid;

use crate::{location::Place, setup};

/// Reads a table into a site. Importing the same file again changes nothing that is there.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Outlines of areas: GeoJSON in WGS-84 or CGCS2000, each feature with a property `code`.
    Shapes {
        /// The file.
        file: PathBuf,
    },
    /// Units: CSV `area,service,kind,name,name_en`; kind is centre, department or committee.
    Units {
        /// The file.
        file: PathBuf,
    },
    /// Accounts: CSV `name,display_name,password,role,unit,area`; a row for each role, the password in the first.
    Accounts {
        /// The file.
        file: PathBuf,
    },
    /// Calendar days: CSV `date,type,name`; type is holiday or workday. Replaces the calendar.
    Days {
        /// The file.
        file: PathBuf,
    },
    /// Matters: CSV `area,lon,lat,words,class,category,address,name,phone,email`; empty cells are left out.
    Matters {
        /// The file.
        file: PathBuf,
    },
}

/// Carries out `import`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.place.open_existing().await?;
    match &arguments.what {
        What::Shapes { file } => shapes(&store, &read(file)?).await,
        What::Units { file } => units(&store, &read(file)?).await,
        What::Accounts { file } => accounts(&store, &read(file)?).await,
        What::Days { file } => days(&store, &read(file)?).await,
        What::Matters { file } => matters(&store, file).await,
    }
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// The site as it stands, to be written with a part replaced.
fn present(store: &Store) -> SiteData {
    let site = store.site();
    SiteData {
        settings: (*store.settings()).clone(),
        areas: site.areas.iter().cloned().collect(),
        units: site.units.iter().cloned().collect(),
        days: site.calendar.days().collect(),
        catalogue: (*site.catalogue).clone(),
    }
}

async fn shapes(store: &Store, text: &str) -> Result<ExitCode> {
    let collection: geojson::FeatureCollection =
        text.parse().context("the file is not a GeoJSON FeatureCollection")?;
    let mut data = present(store);
    let mut taken = 0;
    for (index, feature) in collection.features.iter().enumerate() {
        let code = feature.property("code").and_then(|code| {
            code.as_str().map(str::to_owned).or_else(|| code.as_u64().map(|n| n.to_string()))
        });
        let code: AreaCode = code
            .with_context(|| format!("feature {}: the property `code` is missing", index + 1))?
            .parse()?;
        let area = data
            .areas
            .iter_mut()
            .find(|area| area.code == code)
            .with_context(|| format!("feature {}: the site has no area {code}", index + 1))?;
        area.shape = Some(outline(feature).with_context(|| format!("feature {}", index + 1))?);
        taken += 1;
    }
    data.settings.sketch_map = false;
    store.set_up(&data, Timestamp::now()).await?;
    println!("{taken} outlines taken");
    Ok(ExitCode::SUCCESS)
}

fn outline(feature: &geojson::Feature) -> Result<Shape> {
    use geojson::GeometryValue;
    let polygons = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates.clone()],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates.clone(),
        _ => bail!("an outline is a Polygon or a MultiPolygon"),
    };
    let pair = |position: &geojson::Position| match position.as_slice() {
        [lon, lat, ..] => Ok((*lon, *lat)),
        _ => bail!("a position has a longitude and a latitude"),
    };
    let rings: Result<Vec<Vec<(f64, f64)>>> =
        polygons.iter().flatten().map(|ring| ring.iter().map(pair).collect()).collect();
    Ok(Shape::from(rings?))
}

async fn units(store: &Store, text: &str) -> Result<ExitCode> {
    let mut data = present(store);
    let mut taken = 0;
    for (line, row) in csv::Reader::from_reader(text.as_bytes()).into_records().enumerate() {
        let row = row.with_context(|| format!("row {}", line + 2))?;
        let unit = unit(&row).with_context(|| format!("row {}", line + 2))?;
        data.units.retain(|other| other.id != unit.id);
        data.units.push(unit);
        taken += 1;
    }
    store.set_up(&data, Timestamp::now()).await?;
    println!("{taken} units taken");
    Ok(ExitCode::SUCCESS)
}

fn unit(row: &StringRecord) -> Result<Unit> {
    let cell = |index: usize| row.get(index).map(str::trim).filter(|text| !text.is_empty());
    let area: AreaCode = cell(0).context("the area is missing")?.parse()?;
    let service = cell(1).context("the service is missing")?.to_owned();
    Ok(Unit {
        id: UnitId(format!("{area}.{service}")),
        kind: cell(2).context("the kind is missing")?.parse()?,
        name: cell(3).context("the name is missing")?.to_owned(),
        name_en: cell(4).map(str::to_owned),
        area,
        service,
    })
}

async fn accounts(store: &Store, text: &str) -> Result<ExitCode> {
    let site = store.site();
    let mut accounts: Vec<NewAccount> = Vec::new();
    for (line, row) in csv::Reader::from_reader(text.as_bytes()).into_records().enumerate() {
        let row = row.with_context(|| format!("row {}", line + 2))?;
        let grant = grant(&row, &site).with_context(|| format!("row {}", line + 2))?;
        let name = row.get(0).unwrap_or_default().trim();
        ensure!(!name.is_empty(), "row {}: the name is missing", line + 2);
        if let Some(account) = accounts.iter_mut().find(|account| account.name == name) {
            account.grants.push(grant);
            continue;
        }
        let existing = store.account_named(name).await?;
        accounts.push(NewAccount {
            id: existing.map_or_else(|| AccountId(Uuid::now_v7()), |row| row.account.id),
            name: name.to_owned(),
            display_name: row.get(1).unwrap_or(name).trim().to_owned(),
            password: hash_password(row.get(2).unwrap_or_default())
                .with_context(|| format!("row {}", line + 2))?,
            grants: vec![grant],
        });
    }
    store.add_accounts(&accounts, Timestamp::now()).await?;
    println!("{} accounts taken; remove the file, it holds passwords", accounts.len());
    Ok(ExitCode::SUCCESS)
}

fn grant(row: &StringRecord, site: &casework::site::Site) -> Result<Grant> {
    let cell = |index: usize| row.get(index).unwrap_or_default().trim();
    let grant = Grant { role: cell(3).parse()?, unit: UnitId(cell(4).to_owned()), area: cell(5).parse()? };
    ensure!(site.units.get(&grant.unit).is_some(), "there is no unit {}", grant.unit);
    ensure!(site.areas.get(grant.area).is_some(), "there is no area {}", grant.area);
    Ok(grant)
}

async fn days(store: &Store, text: &str) -> Result<ExitCode> {
    let mut data = present(store);
    data.days = setup::days(text)?;
    store.set_up(&data, Timestamp::now()).await?;
    let moved = recompute_clocks(store).await?;
    println!(
        "the calendar is loaded up to {}; {moved} provisional due days were computed anew",
        store.site().calendar.last_year()
    );
    Ok(ExitCode::SUCCESS)
}

/// Due days that lay past the calendar become real ones; how many moved.
async fn recompute_clocks(store: &Store) -> Result<usize> {
    let mut provisional = Vec::new();
    store
        .every_matter(None, |matter| {
            let clock = matter
                .clock
                .as_ref()
                .or_else(|| matter.pause.as_ref().and_then(|pause| pause.clock.as_ref()));
            if clock.is_some_and(|clock| clock.provisional) {
                provisional.push(matter.id);
            }
        })
        .await?;
    let mut moved = 0;
    for matter in provisional {
        let command = Command::RecomputeClock(RecomputeClock {});
        let new = NewCommand {
            id: CommandId(Uuid::now_v7()),
            actor: Actor::System,
            now: Timestamp::now(),
            matter,
            base_version: None,
            command,
        };
        match store.command(new).await {
            Ok(_) => moved += 1,
            Err(Error::Refused(Refusal::NothingToChange)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(moved)
}

async fn matters(store: &Store, file: &Path) -> Result<ExitCode> {
    let text = read(file)?;
    let rows: Vec<StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .collect::<Result<_, _>>()
        .context("the file is not a CSV table")?;
    let bar = ProgressBar::new(rows.len() as u64);
    bar.set_style(ProgressStyle::with_template("导入 import {bar:40} {pos}/{len} {eta}")?);
    let mut refused = Vec::new();
    for (line, row) in rows.iter().enumerate() {
        let new = report(row).map(|report| NewReport {
            id: row_id(row, line),
            actor: Actor::System,
            now: Timestamp::now(),
            report,
        });
        let taken = match new {
            Ok(new) => store.report(new).await.map(drop).map_err(anyhow::Error::from),
            Err(error) => Err(error),
        };
        if let Err(error) = taken {
            refused.push((line + 2, format!("{error:#}")));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("{} of {} matters taken", rows.len() - refused.len(), rows.len());
    if refused.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let errors = file.with_extension("errors.csv");
    let mut writer = csv::Writer::from_path(&errors)?;
    writer.write_record(["row", "reason"])?;
    for (line, reason) in &refused {
        writer.write_record([line.to_string(), reason.clone()])?;
    }
    writer.flush()?;
    println!("{} rows were not taken: their reasons stand in {}", refused.len(), errors.display());
    Ok(ExitCode::FAILURE)
}

fn report(row: &StringRecord) -> Result<Report> {
    let cell = |index: usize| row.get(index).map(str::trim).filter(|text| !text.is_empty());
    let place = match (cell(1), cell(2), cell(0)) {
        (Some(lon), Some(lat), _) => {
            PlaceGiven::Point(casework::area::Point { lon: lon.parse()?, lat: lat.parse()? })
        }
        (_, _, Some(area)) => PlaceGiven::Area { area: area.parse()? },
        _ => bail!("a row needs an area, or lon and lat"),
    };
    let text = |index: usize| cell(index).map(str::to_owned);
    Ok(Report {
        source: Source::Import,
        place,
        words: text(3).context("the words are missing")?,
        class: cell(4).map(str::parse).transpose()?,
        category: text(5),
        urgency: None,
        address: text(6),
        photos: Vec::new(),
        contact: Some(Contact { name: text(7), phone: text(8), email: text(9) }),
        parent: None,
        talk_day: None,
    })
}

/// The same for the same row of the same file, so that an import that is repeated records nothing twice.
fn row_id(row: &StringRecord, line: usize) -> CommandId {
    let mut hash = Sha256::new_with_prefix(line.to_be_bytes());
    row.iter().for_each(|cell| {
        hash.update([0]);
        hash.update(cell.as_bytes());
    });
    let digest: [u8; 32] = hash.finalize().into();
    let (id, _) = digest.split_at(16);
    CommandId(uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid())
}
