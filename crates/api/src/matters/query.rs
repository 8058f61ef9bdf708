//! Filters as they stand in addresses.

use std::str::FromStr;

use casework::{
    area::AreaCode,
    clock::Light,
    id::UnitId,
    matter::{Class, Stage},
    site::Site,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Deserialize;
use store::{Filter, MOST_ROWS, Order};
use utoipa::IntoParams;

use crate::{
    problem::{Problem, Result},
    session::Session,
};

/// Rows of a page when nobody says.
const ROWS: u32 = 50;

/// Which matters, in which order. Lists are separated by commas.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct MattersQuery {
    /// Within this division.
    area: Option<String>,
    /// In one of these stages.
    stage: Option<String>,
    /// Of one of these classes.
    class: Option<String>,
    /// Of this category or one below it.
    category: Option<String>,
    /// Led by this unit.
    unit: Option<String>,
    /// `me`, or a unit's id: whose turn it is.
    pub(crate) owed_by: Option<String>,
    /// `green`, `yellow`, `red`, `grey`.
    light: Option<String>,
    /// West, south, east, north.
    bbox: Option<String>,
    /// Words of at least two characters, or a number.
    pub(crate) q: Option<String>,
    /// First day of report.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// Last day of report.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// `done`: on which I acted; `reported`: which I reported.
    mine: Option<String>,
    /// `newest`, `oldest`; `due` for queues, others take it as `newest`.
    sort: Option<String>,
    /// The cursor of the page before.
    after: Option<String>,
    /// Rows, at most 200.
    limit: Option<u32>,
}

impl MattersQuery {
    /// The filter that the address means.
    pub(crate) fn filter(&self, session: &Session, site: &Site) -> Result<Filter> {
        self.is_readable()?;
        let queued = self.owed_by.is_some();
        let (owed_by, owed_by_unit) = match self.owed_by.as_deref() {
            None => (Vec::new(), None),
            Some("me") => {
                let queues = session.queues();
                // Who works on no queue has an empty one, not everybody's.
                let nobody = if queues.is_empty() { Some(UnitId(String::new())) } else { None };
                (queues, nobody)
            }
            Some(unit) => (Vec::new(), Some(UnitId(unit.to_owned()))),
        };
        let mine = self.mine.as_deref().filter(|mine| !mine.is_empty());
        if mine.is_some_and(|mine| !matches!(mine, "done" | "reported")) {
            return Err(Problem::invalid("mine", "done or reported"));
        }
        Ok(Filter {
            area: one::<AreaCode>("area", self.area.as_deref())?,
            stages: words::<Stage>("stage", self.stage.as_deref())?,
            classes: words::<Class>("class", self.class.as_deref())?,
            category: self.category.clone().filter(|category| !category.is_empty()),
            unit: self.unit.clone().filter(|unit| !unit.is_empty()).map(UnitId),
            owed_by,
            owed_by_unit,
            lights: words::<Light>("light", self.light.as_deref())?,
            bbox: self.bbox.as_deref().filter(|text| !text.is_empty()).map(bbox).transpose()?,
            words: self.q.clone(),
            from: Self::day("from", self.from.as_deref(), site, 0)?,
            until: Self::day("to", self.to.as_deref(), site, 1)?,
            acted: mine == Some("done"),
            reported: mine == Some("reported"),
            order: match self.sort.as_deref() {
                Some("due") => Order::Due,
                Some("oldest") => Order::Oldest,
                Some("newest") => Order::Newest,
                None if queued => Order::Due,
                None => Order::Newest,
                Some(_) => return Err(Problem::invalid("sort", "due, newest or oldest")),
            },
            after: one("after", self.after.as_deref())?,
            limit: self.limit.unwrap_or(ROWS).clamp(1, MOST_ROWS),
        })
    }

    /// Words that go to the database as they are hold nothing that no database keeps.
    fn is_readable(&self) -> Result<()> {
        let fields =
            [("category", &self.category), ("unit", &self.unit), ("owed_by", &self.owed_by), ("q", &self.q)];
        match fields
            .iter()
            .find(|(_, text)| text.as_deref().is_some_and(|text| text.contains(char::is_control)))
        {
            Some((field, _)) => Err(Problem::invalid(field, "holds characters that cannot be shown")),
            None => Ok(()),
        }
    }

    fn day(field: &str, text: Option<&str>, site: &Site, later: i32) -> Result<Option<Timestamp>> {
        let Some(day) = one::<Date>(field, text)? else { return Ok(None) };
        let zoned = day.saturating_add(later.days()).to_zoned(site.zone.clone());
        zoned
            .map(|zoned| Some(zoned.timestamp()))
            .map_err(|_| Problem::invalid(field, "a day such as 2023-01-31"))
    }
}

fn one<T: FromStr>(field: &str, text: Option<&str>) -> Result<Option<T>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::invalid(field, format!("{field} cannot be read"))))
        .transpose()
}

/// A list of words, separated by commas.
pub(crate) fn words<T: FromStr>(field: &str, text: Option<&str>) -> Result<Vec<T>> {
    let parts = text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().map_err(|_| Problem::invalid(field, format!("{part:?} is not a {field}"))))
        .collect()
}

/// West, south, east, north.
pub(crate) fn bbox(text: &str) -> Result<(f64, f64, f64, f64)> {
    let numbers: Vec<f64> = text
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .filter(|number: &f64| number.is_finite())
        .collect();
    match numbers.as_slice() {
        [west, south, east, north]
            if west <= east
                && south <= north
                && *west >= -180.0
                && *east <= 180.0
                && *south >= -90.0
                && *north <= 90.0 =>
        {
            Ok((*west, *south, *east, *north))
        }
        _ => Err(Problem::invalid("bbox", "west, south, east, north in degrees")),
    }
}
