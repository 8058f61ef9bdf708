//! What the public sees of the figures: whole months and sums of them, small counts hidden with those that would tell them.
//!
//! What is hidden is chosen once for each calendar year, area by area from the largest down, whatever span is asked for: else
//! two answers could be subtracted from each other. A year's table holds its months and their sum, an area and those right
//! below it, and every column (`suppression.rs` has the rule). A smaller area keeps what the table above chose for it. The sum
//! of a span is shown where the span holds none of a year's hidden months, or all of them and the year itself is shown; so it
//! tells no more than the year's table does.

use std::collections::{BTreeMap, BTreeSet};

use casework::{
    area::{AreaCode, AreaLevel, Areas},
    matter::Class,
};
use jiff::civil::Date;
use serde::Serialize;
use store::{Store, Sums};
use utoipa::ToSchema;

use crate::{
    problem::Result,
    suppression::{CellId, Table, is_small},
};

/// A count. `null` means hidden: it is fewer than five, or it is hidden so that another that is fewer than five cannot be
/// worked out from it. Zero is shown. Those who are signed in and may read the area get every count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Count(pub(crate) Option<i64>);

/// Counts of an area by class.
pub(crate) type Classes = BTreeMap<Class, Sums>;

/// One kind of count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// Reported, all classes.
    Reported,
    /// Handled, all classes.
    Handled,
    /// Not closed, all classes.
    Open,
    /// Disputes settled.
    Settled,
    /// Disputes that could not be settled.
    Failed,
    /// Mediations that a party refused.
    Refused,
    /// Disputes withdrawn.
    Withdrawn,
    /// Hazards struck off.
    StruckOff,
    /// Hazards not closed.
    OpenHazards,
    /// Reporters asked.
    Asked,
    /// Of those, who answered.
    Answered,
    /// Of those, satisfied.
    Satisfied,
    /// Done again.
    Reworked,
    /// Reported of one class.
    ReportedOf(Class),
    /// Handled of one class.
    HandledOf(Class),
}

impl Column {
    /// The exact count.
    pub(crate) fn of(self, classes: &Classes) -> i64 {
        let of = |class: Class| classes.get(&class).copied().unwrap_or_default();
        let all = || store::total(classes);
        match self {
            Self::Reported => all().reported,
            Self::Handled => all().handled,
            Self::Open => all().open,
            Self::Settled => of(Class::Dispute).settled,
            Self::Failed => of(Class::Dispute).failed,
            Self::Refused => of(Class::Dispute).refused,
            Self::Withdrawn => of(Class::Dispute).withdrawn,
            Self::StruckOff => of(Class::Hazard).struck_off,
            Self::OpenHazards => of(Class::Hazard).open,
            Self::Asked => all().asked,
            Self::Answered => all().answered,
            Self::Satisfied => all().satisfied,
            Self::Reworked => all().reworked,
            Self::ReportedOf(class) => of(class).reported,
            Self::HandledOf(class) => of(class).handled,
        }
    }

    /// Whether people look for it first: disputes, hazards, and what became of them.
    fn is_headline(self) -> bool {
        let of = |class| class == Class::Dispute || class == Class::Hazard;
        match self {
            Self::Reported | Self::Handled | Self::Settled | Self::StruckOff => true,
            Self::ReportedOf(class) | Self::HandledOf(class) => of(class),
            Self::Open
            | Self::Failed
            | Self::Refused
            | Self::Withdrawn
            | Self::OpenHazards
            | Self::Asked
            | Self::Answered
            | Self::Satisfied
            | Self::Reworked => false,
        }
    }

    fn all() -> Vec<Self> {
        let mut columns: Vec<Self> =
            nests().into_iter().flat_map(|nest| [vec![nest.whole], nest.parts].concat()).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// Which columns lie within which.
struct Nest {
    whole: Column,
    parts: Vec<Column>,
    /// Whether the parts are usually all of it, so that readers will take them to be.
    is_full: bool,
}

fn nests() -> Vec<Nest> {
    let (dispute, hazard) = (Class::Dispute, Class::Hazard);
    let of_all = |column: fn(Class) -> Column| Class::ALL.iter().map(|class| column(*class)).collect();
    let full = |whole, parts| Nest { whole, parts, is_full: true };
    let part = |whole, part| Nest { whole, parts: vec![part], is_full: false };
    let mut nests = vec![
        full(Column::Reported, of_all(Column::ReportedOf)),
        full(Column::Handled, of_all(Column::HandledOf)),
        full(
            Column::ReportedOf(dispute),
            vec![Column::Settled, Column::Failed, Column::Refused, Column::Withdrawn],
        ),
        full(Column::HandledOf(dispute), vec![Column::Settled]),
        full(Column::ReportedOf(hazard), vec![Column::StruckOff, Column::OpenHazards]),
        full(Column::HandledOf(hazard), vec![Column::StruckOff]),
        part(Column::ReportedOf(dispute), Column::Settled),
        part(Column::ReportedOf(hazard), Column::StruckOff),
        part(Column::Reported, Column::Handled),
        part(Column::Reported, Column::Open),
        part(Column::Reported, Column::Asked),
        part(Column::Reported, Column::Reworked),
        part(Column::Asked, Column::Answered),
        part(Column::Answered, Column::Satisfied),
    ];
    nests.extend(Class::ALL.iter().map(|class| part(Column::ReportedOf(*class), Column::HandledOf(*class))));
    nests
}

/// A month as `202301`, or a year as `2023`.
type Period = i64;
type Hidden = BTreeSet<(AreaCode, Period, Column)>;

/// The months of areas, and what of them is hidden.
#[derive(Debug, Clone, Default)]
pub(crate) struct Published {
    months: BTreeMap<(AreaCode, Period), Classes>,
    hidden: Hidden,
}

impl Published {
    /// Reads what is published of an area and of those right below it: the calendar years from `from` on, up to and without
    /// this month.
    pub(crate) async fn read(store: &Store, area: AreaCode, span: (Date, Date), last: Date) -> Result<Self> {
        let site = store.site();
        let mut path: Vec<AreaCode> = area.up().filter(|code| site.areas.get(*code).is_some()).collect();
        path.reverse();
        let mut own: BTreeSet<AreaCode> = BTreeSet::new();
        for code in &path {
            add_rows(&site.areas, *code, &mut own);
        }
        let (first, end) = (span.0.first_of_year(), span.1.last_of_year().min(last));
        let own: Vec<AreaCode> = own.into_iter().collect();
        let rows = store.monthly(&own, first, end).await?;
        Ok(Self::of(&site.areas, &path, rows))
    }

    /// What is published of the areas of a path, largest first, and of those right below each.
    pub(crate) fn of(areas: &Areas, path: &[AreaCode], rows: BTreeMap<(AreaCode, Period), Classes>) -> Self {
        let mut this = Self { months: added_up(rows), hidden: Hidden::new() };
        let years: BTreeSet<i64> = this.months.keys().map(|(_, month)| month / 100).collect();
        for (depth, top) in path.iter().enumerate() {
            let below: Vec<AreaCode> = below(areas, *top);
            for year in &years {
                let hidden = Year::of(&this, *top, &below, *year, depth > 0).hidden();
                this.hidden.extend(hidden);
            }
        }
        this
    }

    /// The months of an area of which anything is known, as they are written.
    pub(crate) fn months(&self, area: AreaCode, span: (Date, Date)) -> Vec<Period> {
        let (from, to) = (month_of(span.0), month_of(span.1));
        self.months.range((area, from)..=(area, to)).map(|((_, month), _)| *month).collect()
    }

    /// One month's count.
    pub(crate) fn month(&self, area: AreaCode, month: Period, column: Column) -> Count {
        let hidden = self.hidden.contains(&(area, month, column));
        Count((!hidden).then(|| self.exact(area, month, column)))
    }

    /// The count of a span of whole months.
    pub(crate) fn span(&self, area: AreaCode, span: (Date, Date), column: Column) -> Count {
        let (from, to) = (month_of(span.0), month_of(span.1));
        let tells = |year: i64| {
            let hidden: Vec<i64> = (year * 100 + 1..=year * 100 + 12)
                .filter(|month| self.hidden.contains(&(area, *month, column)))
                .collect();
            let inside = hidden.iter().filter(|month| (from..=to).contains(*month)).count();
            inside == 0 || (inside == hidden.len() && !self.hidden.contains(&(area, year, column)))
        };
        if !(from / 100..=to / 100).all(tells) {
            return Count(None);
        }
        let sum: i64 = self.months(area, span).into_iter().map(|month| self.exact(area, month, column)).sum();
        Count(Some(sum).filter(|sum| !is_small(*sum)))
    }

    fn exact(&self, area: AreaCode, month: Period, column: Column) -> i64 {
        self.months.get(&(area, month)).map_or(0, |classes| column.of(classes))
    }
}

/// One year of an area and of those right below it, as a table.
struct Year {
    table: Table,
    cells: BTreeMap<(AreaCode, Period, Column), CellId>,
}

impl Year {
    fn of(published: &Published, top: AreaCode, below: &[AreaCode], year: i64, decided: bool) -> Self {
        let columns = Column::all();
        let mut this = Self { table: Table::default(), cells: BTreeMap::new() };
        for area in std::iter::once(&top).chain(below) {
            let months: Vec<i64> = published
                .months
                .range((*area, year * 100)..(*area, year * 100 + 100))
                .map(|((_, month), _)| *month)
                .collect();
            if months.is_empty() {
                continue;
            }
            for column in &columns {
                let mut whole = 0;
                for month in &months {
                    let value = published.exact(*area, *month, *column);
                    whole += value;
                    this.put(published, (*area, *month, *column), value, decided && *area == top);
                }
                this.put(published, (*area, year, *column), whole, decided && *area == top);
            }
            if !(decided && *area == top) {
                this.add_up_row(*area, year, &months, &columns);
            }
        }
        this.add_up_areas(top, below, &columns);
        this.table.suppress();
        this
    }

    fn put(&mut self, published: &Published, key: (AreaCode, Period, Column), value: i64, decided: bool) {
        let id = if decided {
            self.table.decided(value, published.hidden.contains(&key))
        } else {
            self.table.published(value)
        };
        if key.2.is_headline() {
            self.table.hold_dear(id);
        }
        self.cells.insert(key, id);
    }

    /// Months to their year, and columns to those that hold them.
    fn add_up_row(&mut self, area: AreaCode, year: i64, months: &[i64], columns: &[Column]) {
        for column in columns {
            let parts = months.iter().filter_map(|month| self.cell(area, *month, *column)).collect();
            if let Some(whole) = self.cell(area, year, *column) {
                self.table.sum(whole, parts);
            }
        }
        let nests = nests();
        for period in months.iter().chain([&year]) {
            for nest in &nests {
                let Some(whole) = self.cell(area, *period, nest.whole) else { continue };
                let parts = nest.parts.iter().filter_map(|part| self.cell(area, *period, *part)).collect();
                self.add_up(whole, parts, nest.is_full);
            }
        }
    }

    /// Areas to the one that holds them. What belongs to none of them is printed nowhere.
    fn add_up_areas(&mut self, top: AreaCode, below: &[AreaCode], columns: &[Column]) {
        if below.is_empty() {
            return;
        }
        let wholes: Vec<(Period, Column, CellId)> = self
            .cells
            .iter()
            .filter(|((area, _, column), _)| *area == top && columns.contains(column))
            .map(|((_, period, column), id)| (*period, *column, *id))
            .collect();
        for (period, column, whole) in wholes {
            let parts = below.iter().filter_map(|area| self.cell(*area, period, column)).collect();
            self.add_up(whole, parts, true);
        }
    }

    /// A whole, its parts, and what it has beside them, which is printed nowhere.
    fn add_up(&mut self, whole: CellId, mut parts: Vec<CellId>, is_full: bool) {
        let told: i64 = parts.iter().map(|id| self.table.value(*id)).sum();
        let rest = self.table.value(whole) - told;
        parts.push(if is_full { self.table.left_over(rest) } else { self.table.silent(rest) });
        self.table.sum(whole, parts);
    }

    fn cell(&self, area: AreaCode, period: Period, column: Column) -> Option<CellId> {
        self.cells.get(&(area, period, column)).copied()
    }

    fn hidden(self) -> impl Iterator<Item = (AreaCode, Period, Column)> {
        let Self { table, cells } = self;
        cells.into_iter().filter(move |(_, id)| table.is_hidden(*id)).map(|(key, _)| key)
    }
}

/// The areas right below, a village at the smallest.
fn below(areas: &Areas, top: AreaCode) -> Vec<AreaCode> {
    if top.level() >= AreaLevel::Village {
        return Vec::new();
    }
    areas.children(top).map(|area| area.code).collect()
}

/// The areas whose own rows are needed for an area and those right below it: above a county, totals are sums of counties.
fn add_rows(areas: &Areas, code: AreaCode, rows: &mut BTreeSet<AreaCode>) {
    rows.insert(code);
    for child in below(areas, code) {
        if child.level() <= AreaLevel::City {
            add_rows(areas, child, rows);
        }
        rows.insert(child);
    }
}

/// Adds what counties hold to the areas above them.
fn added_up(rows: BTreeMap<(AreaCode, Period), Classes>) -> BTreeMap<(AreaCode, Period), Classes> {
    let mut months: BTreeMap<(AreaCode, Period), Classes> = BTreeMap::new();
    for ((area, month), classes) in rows {
        let above = area.up().skip(1).filter(|_| area.level() <= AreaLevel::County);
        for code in std::iter::once(area).chain(above) {
            let sums = months.entry((code, month)).or_default();
            for (class, more) in &classes {
                sums.entry(*class).or_default().add(*more, 1);
            }
        }
    }
    months
}

fn month_of(day: Date) -> Period {
    store::day_number(day) / 100
}

#[cfg(test)]
mod tests;
