//! Reading the totals: of an area, by month, by class, of the areas below.

use std::collections::BTreeMap;

use casework::{
    area::{AreaCode, AreaLevel},
    matter::Class,
};
use jiff::civil::Date;

use super::figures::{SUM_COLUMNS, Sums, day_number};
use crate::{
    Store,
    error::{Error, Result},
    value::{Row, Statement},
};

/// Which totals.
#[derive(Debug, Clone)]
pub struct TotalsQuery {
    /// Of which area.
    pub area: AreaCode,
    /// First day of report.
    pub from: Date,
    /// Last day of report.
    pub to: Date,
}

/// Totals of an area.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// By class.
    pub classes: BTreeMap<Class, Sums>,
    /// By month, `2023-01`.
    pub months: BTreeMap<String, Sums>,
    /// By area right below, and by class there.
    pub children: BTreeMap<AreaCode, BTreeMap<Class, Sums>>,
}

impl Totals {
    /// All classes together.
    #[must_use]
    pub fn all(&self) -> Sums {
        total(&self.classes)
    }

    /// One class.
    #[must_use]
    pub fn class(&self, class: Class) -> Sums {
        self.classes.get(&class).copied().unwrap_or_default()
    }
}

/// All classes together.
#[must_use]
pub fn total(classes: &BTreeMap<Class, Sums>) -> Sums {
    classes.values().fold(Sums::default(), |mut all, sums| {
        all.add(*sums, 1);
        all
    })
}

impl Store {
    /// The totals of an area and of those right below it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn totals(&self, query: &TotalsQuery) -> Result<Totals> {
        let mut totals = Totals::default();
        let here = self.rows_for(query.area);
        for row in self.sums(query, "day / 100", &here).await? {
            let (class, month, sums) = (class_of(&row)?, row.int(1)?, sums_of(&row)?);
            totals.classes.entry(class).or_default().add(sums, 1);
            totals.months.entry(format!("{}-{:02}", month / 100, month % 100)).or_default().add(sums, 1);
        }
        let below: Vec<AreaCode> = if query.area.level() >= AreaLevel::Village {
            Vec::new()
        } else {
            self.site().areas.children(query.area).map(|area| area.code).collect()
        };
        let codes: Vec<String> = below.iter().map(ToString::to_string).collect();
        if !codes.is_empty() {
            for row in self.sums(query, "area", &codes).await? {
                let area: AreaCode = row.text(1)?.parse().map_err(Error::damaged)?;
                totals
                    .children
                    .entry(area)
                    .or_default()
                    .entry(class_of(&row)?)
                    .or_default()
                    .add(sums_of(&row)?, 1);
            }
        }
        Ok(totals)
    }

    /// The kept totals of areas by month, `202301`: of each what stands in its own rows, without adding up.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn monthly(
        &self,
        areas: &[AreaCode],
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<(AreaCode, i64), BTreeMap<Class, Sums>>> {
        let mut monthly: BTreeMap<(AreaCode, i64), BTreeMap<Class, Sums>> = BTreeMap::new();
        let Some(area) = areas.first() else { return Ok(monthly) };
        let query = TotalsQuery { area: *area, from, to };
        let codes: Vec<String> = areas.iter().map(ToString::to_string).collect();
        for row in self.sums(&query, "area || '.' || (day / 100)", &codes).await? {
            let key = row.text(1)?;
            let (code, month) = key.split_once('.').ok_or_else(|| Error::damaged("totals of no month"))?;
            let area: AreaCode = code.parse().map_err(Error::damaged)?;
            let month: i64 = month.parse().map_err(Error::damaged)?;
            monthly
                .entry((area, month))
                .or_default()
                .entry(class_of(&row)?)
                .or_default()
                .add(sums_of(&row)?, 1);
        }
        Ok(monthly)
    }

    async fn sums(&self, query: &TotalsQuery, by: &str, areas: &[String]) -> Result<Vec<Row>> {
        let sums = SUM_COLUMNS.map(|column| format!("cast(sum({column}) as bigint)")).join(", ");
        let mut s = Statement::new(format!("select class, {by}, {sums} from figures where day >= "));
        s.push_value(day_number(query.from));
        s.push(" and day <= ");
        s.push_value(day_number(query.to));
        // Region first: the key's order, and one shard for each area.
        s.push(" and (region, area) in (values ");
        for (index, area) in areas.iter().enumerate() {
            let region = area.parse::<AreaCode>().map_err(Error::damaged)?.region();
            s.push(if index == 0 { "(" } else { ", (" });
            s.push_value(region.0);
            s.push(", ");
            s.push_value(area.as_str());
            s.push(")");
        }
        s.push(&format!(") group by class, {by}"));
        self.database.fetch_list(s).await
    }
}

fn class_of(row: &Row) -> Result<Class> {
    Class::at_index(row.int(0)?).ok_or_else(|| Error::damaged("totals of no known class"))
}

fn sums_of(row: &Row) -> Result<Sums> {
    let mut sums = [0; 12];
    for (index, sum) in sums.iter_mut().enumerate() {
        *sum = row.int(index + 2)?;
    }
    Ok(Sums::from_array(sums))
}

impl Store {
    /// The rows that make up a city: its counties, and what is the city's own.
    fn rows_for(&self, area: AreaCode) -> Vec<String> {
        let below = self.site();
        let counties = below
            .areas
            .children(area)
            .filter(|_| area.level() <= AreaLevel::City)
            .map(|child| child.code.to_string());
        std::iter::once(area.to_string()).chain(counties).collect()
    }
}
