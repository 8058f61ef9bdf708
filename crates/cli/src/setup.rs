//! `setup`: a site from its tables, and its first accounts.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, ensure};
use casework::{
    actor::{Grant, Role},
    area::{Area, AreaCode},
    calendar::DayKind,
    catalogue::Catalogue,
    id::{AccountId, MethodId, UnitId},
    register::{Method, MethodStep},
    site::Site,
    unit::{Unit, UnitKind},
};
use clap::Args;
use jiff::{Timestamp, civil::Date};
use store::{NewAccount, Registers, SiteData, SiteSettings, hash_password};

use crate::location::Place;

/// Makes a site. Divisions are a table `code,name,level,parent_code`; a centre is made for the city, each county, town and
/// village. Departments and committees come with `fengsi import units`, people with `fengsi import accounts`.
///
/// Running it again replaces areas, centres and calendar; outlines, departments and committees that were imported stay.
/// Catalogues are kept, because matters stay pinned to the one they began with.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The site's name, as pages show it.
    #[arg(long, default_value = "逢四")]
    name: String,
    /// First part of the numbers people see.
    #[arg(long, default_value = "FS")]
    prefix: String,
    /// The division that the site serves, a city as a rule.
    #[arg(long, value_name = "CODE")]
    area: AreaCode,
    /// The divisions, CSV.
    #[arg(long, value_name = "FILE")]
    divisions: PathBuf,
    /// The catalogue, TOML; the one this program carries when left out.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// Sign-in name of the first account: director of the site's own centre.
    #[arg(long, default_value = "director")]
    first_account: String,
}

/// Catalogue, dispute types and calendar that the program carries.
pub(crate) mod carried {
    pub(crate) const CATALOGUE: &str = include_str!("../../../catalogues/suizhou.toml");
    pub(crate) const DISPUTE_TYPES: &str = include_str!("../../../catalogues/dispute_types.csv");
    pub(crate) const METHODS: &str = include_str!("../../../catalogues/methods.toml");
    pub(crate) const HOLIDAYS: &str = include_str!("../../../catalogues/holidays.csv");
}

/// Carries out `setup`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let divisions = std::fs::read_to_string(&arguments.divisions)
        .with_context(|| format!("{} cannot be read", arguments.divisions.display()))?;
    let catalogue = match &arguments.catalogue {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?
        }
        None => carried::CATALOGUE.to_owned(),
    };
    let areas = areas(&divisions)?;
    ensure!(
        areas.iter().any(|area| area.code == arguments.area),
        "the divisions hold no area {}",
        arguments.area
    );
    let store = arguments.place.open().await?;
    let areas = with_outlines(areas, &store.site());
    let units = centres(&areas)
        .into_iter()
        .chain(store.site().units.iter().filter(|unit| unit.kind != UnitKind::Centre).cloned())
        .collect();
    let data = SiteData {
        settings: SiteSettings {
            name: arguments.name.clone(),
            area: arguments.area.to_string(),
            prefix: arguments.prefix.clone(),
            ..SiteSettings::default()
        },
        units,
        areas,
        days: days(carried::HOLIDAYS)?,
        catalogue: Catalogue::read(&catalogue, carried::DISPUTE_TYPES).map_err(anyhow::Error::msg)?,
    };
    store.set_up(&data, Timestamp::now()).await?;
    let methods = methods(carried::METHODS, arguments.area, &store.site())?;
    store.fill_registers(&Registers { methods, ..Registers::default() }).await?;
    let password = first_account(&store, &arguments).await?;
    println!(
        "The site in {} has {} areas and {} centres.",
        arguments.place.data.display(),
        data.areas.len(),
        data.units.len()
    );
    println!(
        "First sign-in: {} with the password {password} (shown once; change it by running setup again).",
        arguments.first_account
    );
    println!(
        "Keep {} safe and apart from backups: without it nothing personal can be read.",
        arguments.place.data.join("site.key").display()
    );
    println!("Serve it with: fengsi serve --data {}", arguments.place.data.display());
    Ok(ExitCode::SUCCESS)
}

/// A table of local methods; each is used in the whole area unless it says otherwise.
pub(crate) fn methods(table: &str, area: AreaCode, site: &Site) -> Result<Vec<Method>> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        methods: Vec<Written>,
    }
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        id: MethodId,
        name: String,
        area: Option<AreaCode>,
        #[serde(default)]
        categories: Vec<String>,
        steps: Vec<MethodStep>,
    }
    let table: Table = toml::from_str(table).context("methods")?;
    let method = |written: Written| {
        let Written { id, name, area: own, categories, steps } = written;
        let method = Method { id, name, area: own.unwrap_or(area), categories, steps, active: true };
        let called = method.name.clone();
        method.checked(site).with_context(|| format!("method {called}"))
    };
    table.methods.into_iter().map(method).collect()
}

/// Areas keep the outlines that were imported for them.
fn with_outlines(areas: Vec<Area>, present: &casework::site::Site) -> Vec<Area> {
    areas
        .into_iter()
        .map(|area| {
            let shape = present.areas.get(area.code).and_then(|known| known.shape.clone());
            Area { shape, ..area }
        })
        .collect()
}

async fn first_account(store: &store::Store, arguments: &Arguments) -> Result<String> {
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the system gives no randomness: {error}"))?;
    let letters = b"ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz23456789";
    let password: String = bytes
        .iter()
        .filter_map(|byte| letters.get(usize::from(*byte) % letters.len()))
        .map(|letter| *letter as char)
        .collect();
    let existing = store.account_named(&arguments.first_account).await?;
    let account = NewAccount {
        id: existing.map_or_else(|| AccountId(uuid::Uuid::now_v7()), |row| row.account.id),
        name: arguments.first_account.clone(),
        display_name: "主任".to_owned(),
        password: hash_password(&password)?,
        grants: vec![Grant { role: Role::Director, unit: centre_id(arguments.area), area: arguments.area }],
    };
    store.add_accounts(&[account], Timestamp::now()).await?;
    Ok(password)
}

/// The id of an area's centre.
pub(crate) fn centre_id(area: AreaCode) -> UnitId {
    UnitId(format!("{area}.{}", casework::unit::CENTRE_SERVICE))
}

/// Names that people use for what the statistics call otherwise.
const ALIASES: [(&str, &str); 2] = [("澴潭镇", "环潭镇"), ("雁子河村", "院子河村")];

/// Reads `code,name,level,parent_code`.
pub(crate) fn areas(divisions: &str) -> Result<Vec<Area>> {
    let mut areas = Vec::new();
    for (line, row) in csv::Reader::from_reader(divisions.as_bytes()).into_records().enumerate() {
        let row = row.with_context(|| format!("divisions, row {}", line + 2))?;
        let code: AreaCode = row
            .get(0)
            .unwrap_or_default()
            .trim()
            .parse()
            .with_context(|| format!("divisions, row {}", line + 2))?;
        let name = row.get(1).unwrap_or_default().trim().to_owned();
        ensure!(!name.is_empty(), "divisions, row {}: the name is missing", line + 2);
        let mut aliases: Vec<String> = ALIASES
            .iter()
            .filter(|(official, _)| name.starts_with(official))
            .map(|(_, alias)| (*alias).to_owned())
            .collect();
        let short = if code.level() == casework::area::AreaLevel::Village {
            short_village(&name)
        } else {
            name.clone()
        };
        if short != name {
            aliases.push(name);
        }
        if code.level() != casework::area::AreaLevel::Province {
            areas.push(Area { code, name: short, aliases, shape: None });
        }
    }
    Ok(areas)
}

/// A centre for every area down to the villages.
pub(crate) fn centres(areas: &[Area]) -> Vec<Unit> {
    use casework::area::AreaLevel;
    areas
        .iter()
        .filter(|area| area.code.level() <= AreaLevel::Village)
        .map(|area| Unit {
            id: centre_id(area.code),
            name: format!("{}综治中心", area.name),
            name_en: Some(format!("{} governance centre", area.name)),
            kind: UnitKind::Centre,
            area: area.code,
            service: casework::unit::CENTRE_SERVICE.to_owned(),
        })
        .collect()
}

/// A village's name as people say it, without the suffix of the statistics: `高岭村村民委员会` is `高岭村`,
/// `烈山居委会（社区）` is `烈山社区`.
pub(crate) fn short_village(name: &str) -> String {
    if let Some(short) = name.strip_suffix("居委会（社区）").or_else(|| name.strip_suffix("居委会(社区)"))
    {
        return format!("{}社区", short.trim_end_matches("社区"));
    }
    let short = ["村民委员会", "居民委员会", "居委会"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|short| !short.is_empty());
    short.unwrap_or(name).to_owned()
}

/// Reads `date,type,name`.
pub(crate) fn days(table: &str) -> Result<Vec<(Date, DayKind)>> {
    let mut days = Vec::new();
    for (line, row) in csv::Reader::from_reader(table.as_bytes()).into_records().enumerate() {
        let row = row.with_context(|| format!("days, row {}", line + 2))?;
        let date = row
            .get(0)
            .unwrap_or_default()
            .parse()
            .with_context(|| format!("days, row {}: no date", line + 2))?;
        let kind = match row.get(1) {
            Some("holiday") => DayKind::Holiday,
            Some("makeup" | "make_up" | "workday") => DayKind::MakeUp,
            other => anyhow::bail!("days, row {}: {other:?} is neither holiday nor workday", line + 2),
        };
        days.push((date, kind));
    }
    Ok(days)
}
