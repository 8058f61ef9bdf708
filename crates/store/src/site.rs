//! What a site is made of: areas, units, calendar, catalogues, settings; kept as tables, loaded as a whole.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use casework::{
    area::{Area, Areas},
    calendar::{Calendar, DayKind},
    catalogue::Catalogue,
    site::Site,
    unit::{Unit, Units},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    Store,
    database::Database,
    error::{Error, Result},
    keys::Keys,
    value::Statement,
};

/// What a site says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The division it is the site of.
    pub area: String,
    /// First part of the numbers people see.
    pub prefix: String,
    /// The zone of its days.
    pub zone: String,
    /// A demonstration: people and matters are made up.
    pub demo: bool,
    /// The outlines are sketches.
    pub sketch_map: bool,
    /// The demo's clock starts here; none for a real site.
    pub clock_starts_at: Option<Timestamp>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            name: "逢四".to_owned(),
            name_en: "Fengsi".to_owned(),
            area: String::new(),
            prefix: "FS".to_owned(),
            zone: "Asia/Shanghai".to_owned(),
            demo: false,
            sketch_map: false,
            clock_starts_at: None,
        }
    }
}

/// Everything a site is set up with.
#[derive(Debug, Clone)]
pub struct SiteData {
    /// What it says of itself.
    pub settings: SiteSettings,
    /// Its areas.
    pub areas: Vec<Area>,
    /// Its units.
    pub units: Vec<Unit>,
    /// Days that are not what their weekday says.
    pub days: Vec<(Date, DayKind)>,
    /// Its catalogue.
    pub catalogue: Catalogue,
}

const SETTINGS: &str = "settings";

impl Store {
    /// Writes what a site is made of and loads it. What is there already is replaced; catalogues are added to.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_up(&self, data: &SiteData, now: Timestamp) -> Result<()> {
        let mut statements = vec![
            Statement::new("insert into site (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value")
                .bind(SETTINGS)
                .bind(json(&data.settings)?),
            Statement::new("delete from areas"),
            Statement::new("delete from units"),
            Statement::new("delete from calendar_days"),
        ];
        for area in &data.areas {
            let shape = area.shape.as_ref().map(json).transpose()?;
            statements.push(
                Statement::new("insert into areas (code, name, aliases, shape) values ($1, $2, $3, $4)")
                    .bind(area.code.to_string())
                    .bind(area.name.clone())
                    .bind(json(&area.aliases)?)
                    .bind(shape),
            );
        }
        for unit in &data.units {
            statements.push(
                Statement::new("insert into units (id, name, name_en, kind, area, service) values ($1, $2, $3, $4, $5, $6)")
                    .bind(unit.id.0.clone())
                    .bind(unit.name.clone())
                    .bind(unit.name_en.clone())
                    .bind(unit.kind.as_str())
                    .bind(unit.area.to_string())
                    .bind(unit.service.clone()),
            );
        }
        for (day, kind) in &data.days {
            let kind = match kind {
                DayKind::Holiday => "holiday",
                DayKind::MakeUp => "make_up",
            };
            statements.push(
                Statement::new("insert into calendar_days (day, kind) values ($1, $2)")
                    .bind(day.to_string())
                    .bind(kind),
            );
        }
        statements.push(
            Statement::new("insert into catalogues (version, added_at, body) values ($1, $2, $3) on conflict (version) do nothing")
                .bind(data.catalogue.version.clone())
                .bind(now)
                .bind(json(&data.catalogue)?),
        );
        self.database.execute(statements).await?;
        self.reload_site().await
    }

    /// Loads areas, units, calendar and catalogues anew.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reload_site(&self) -> Result<()> {
        let (site, settings) = load(&self.database).await?;
        *self.site.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(site);
        *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(settings);
        Ok(())
    }

    /// A note of the site's own, by name: where a loader stopped, for example.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn site_note(&self, key: &str) -> Result<Option<String>> {
        let rows = self
            .database
            .fetch(Statement::new("select value from site where key = $1").bind(format!("note.{key}")))
            .await?;
        rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
    }

    /// Keeps such a note.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_site_note(&self, key: &str, value: &str) -> Result<()> {
        let statement = Statement::new("insert into site (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value")
            .bind(format!("note.{key}"))
            .bind(value);
        self.database.execute(vec![statement]).await.map(drop)
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::damaged)
}

const KEY_MARK: &str = "key_mark";

/// The keys of a site: read from its file, or made together with the site. A site whose key file is missing or another
/// site's is not opened: a new key would lock all its text for ever.
pub(crate) async fn matching_keys(database: &Database, path: &Path) -> Result<Keys> {
    let kept = kept_mark(database).await?;
    if kept.is_some() && !path.exists() {
        return Err(Error::Setup(format!(
            "the key file {} is missing: put it back; nothing was changed",
            path.display()
        )));
    }
    let keys = Keys::read_or_make(path)?;
    if kept.is_none() {
        let mark =
            Statement::new("insert into site (key, value) values ($1, $2) on conflict (key) do nothing")
                .bind(KEY_MARK)
                .bind(keys.mark());
        database.execute(vec![mark]).await?;
    }
    // Read again: of two that make a site at once with different keys only one may open it.
    if kept_mark(database).await? == Some(keys.mark()) {
        return Ok(keys);
    }
    Err(Error::Setup(format!(
        "the key file {} is another site's: put the right one in its place",
        path.display()
    )))
}

async fn kept_mark(database: &Database) -> Result<Option<String>> {
    let rows = database.fetch(Statement::new("select value from site where key = $1").bind(KEY_MARK)).await?;
    rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
}

pub(crate) async fn load(database: &Database) -> Result<(Site, SiteSettings)> {
    let rows = database.fetch(Statement::new("select value from site where key = $1").bind(SETTINGS)).await?;
    let settings: SiteSettings = match rows.first() {
        Some(row) => serde_json::from_str(row.text(0)?).map_err(Error::damaged)?,
        None => SiteSettings::default(),
    };
    let mut catalogues = BTreeMap::new();
    let mut newest: Option<Arc<Catalogue>> = None;
    for row in database
        .fetch(Statement::new("select version, body from catalogues order by added_at, version"))
        .await?
    {
        let catalogue: Arc<Catalogue> = Arc::new(serde_json::from_str(row.text(1)?).map_err(Error::damaged)?);
        catalogues.insert(row.text(0)?.to_owned(), catalogue.clone());
        newest = Some(catalogue);
    }
    let site = Site {
        prefix: settings.prefix.clone(),
        zone: TimeZone::get(&settings.zone).map_err(Error::damaged)?,
        calendar: load_calendar(database).await?,
        areas: load_areas(database).await?,
        units: load_units(database).await?,
        catalogues,
        catalogue: newest.unwrap_or_else(|| Arc::new(Catalogue::empty())),
    };
    Ok((site, settings))
}

async fn load_calendar(database: &Database) -> Result<Calendar> {
    let mut days = Vec::new();
    for row in database.fetch(Statement::new("select day, kind from calendar_days")).await? {
        let kind = if row.text(1)? == "holiday" { DayKind::Holiday } else { DayKind::MakeUp };
        days.push((row.text(0)?.parse::<Date>().map_err(Error::damaged)?, kind));
    }
    Ok(Calendar::new(days))
}

async fn load_areas(database: &Database) -> Result<Areas> {
    let mut areas = Vec::new();
    for row in database.fetch(Statement::new("select code, name, aliases, shape from areas")).await? {
        areas.push(Area {
            code: row.text(0)?.parse().map_err(Error::damaged)?,
            name: row.text(1)?.to_owned(),
            aliases: serde_json::from_str(row.text(2)?).map_err(Error::damaged)?,
            shape: row.maybe_text(3)?.map(serde_json::from_str).transpose().map_err(Error::damaged)?,
        });
    }
    Ok(Areas::new(areas))
}

async fn load_units(database: &Database) -> Result<Units> {
    let mut units = Vec::new();
    for row in
        database.fetch(Statement::new("select id, name, name_en, kind, area, service from units")).await?
    {
        units.push(Unit {
            id: casework::id::UnitId(row.text(0)?.to_owned()),
            name: row.text(1)?.to_owned(),
            name_en: row.maybe_text(2)?.map(str::to_owned),
            kind: row.text(3)?.parse().map_err(Error::damaged)?,
            area: row.text(4)?.parse().map_err(Error::damaged)?,
            service: row.text(5)?.to_owned(),
        });
    }
    Ok(Units::new(units))
}
