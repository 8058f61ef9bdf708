//! Totals, the map's squares, and the towns' running numbers.

use std::collections::BTreeMap;

use casework::{
    area::{AreaCode, AreaLevel},
    id::Number,
    matter::{Class, Matter},
    site::Site,
};

use super::Check;
use crate::{
    database::Snapshot,
    error::{Error, Result},
    numbers::NumberKey,
    projections::{
        cells::{CellDeltas, CellKey},
        figures::{FigureDeltas, FigureKey, SUM_COLUMNS, Sums},
    },
    value::{Row, Statement},
};

/// What all matters add up to.
#[derive(Default)]
pub(super) struct Totals {
    figures: FigureDeltas,
    cells: CellDeltas,
    /// The highest number of each town and day, and its matter's.
    numbers: BTreeMap<NumberKey, (i64, Number)>,
}

impl Totals {
    /// Adds a matter; whether its number is one of a town and a day.
    pub(super) fn add(&mut self, matter: &Matter, site: &Site) -> bool {
        self.figures.add(None, Some(matter), site);
        self.cells.add(None, Some(matter));
        let Some((key, nth)) = number_key(matter) else { return false };
        let highest = self.numbers.entry(key).or_insert_with(|| (nth, matter.number.clone()));
        if highest.0 < nth {
            *highest = (nth, matter.number.clone());
        }
        true
    }
}

/// The rows of a table as they must be, in the order of their keys. A key has one row, so counting is enough to see at the
/// end whether some are missing.
struct Wanted<K, V> {
    rows: Vec<(K, V)>,
    found: usize,
}

impl<K: Ord, V: Copy> Wanted<K, V> {
    fn new(rows: impl Iterator<Item = (K, V)>) -> Self {
        Self { rows: rows.collect(), found: 0 }
    }

    fn find(&mut self, key: &K) -> Option<V> {
        let place = self.rows.binary_search_by(|(other, _)| other.cmp(key)).ok()?;
        self.found += 1;
        self.rows.get(place).map(|(_, value)| *value)
    }

    fn missing(&self) -> usize {
        self.rows.len().saturating_sub(self.found)
    }
}

impl Check<'_> {
    pub(super) async fn compare_totals(&mut self, snapshot: &mut Snapshot) -> Result<()> {
        let Totals { figures, cells, numbers } = std::mem::take(&mut self.totals);
        self.compare_numbers(snapshot, numbers).await?;
        let wanted = Wanted::new(cells.rows().map(|(key, sums)| (*key, *sums)));
        drop(cells);
        self.compare_cells(snapshot, wanted).await?;
        let wanted = Wanted::new(figures.rows().map(|(key, sums)| (*key, *sums)));
        drop(figures);
        self.compare_figures(snapshot, wanted).await
    }

    async fn compare_figures(
        &mut self,
        snapshot: &mut Snapshot,
        mut wanted: Wanted<FigureKey, Sums>,
    ) -> Result<()> {
        let sql = format!("select region, area, day, class, {} from figures", SUM_COLUMNS.join(", "));
        snapshot
            .each(Statement::new(sql), |row| {
                match figure_row(&row) {
                    Ok((key, sums)) if wanted.find(&key).unwrap_or_default() == sums => {}
                    Ok((FigureKey { area, day, .. }, _)) => {
                        let level: AreaLevel = area.level();
                        self.find(None, format!("the totals of {level} {area} on {day} do not add up"));
                    }
                    Err(error) => self.find(None, format!("a row of the totals: {error}")),
                }
                Ok(())
            })
            .await?;
        if wanted.missing() != 0 {
            self.find(None, format!("{} rows of the totals are missing", wanted.missing()));
        }
        Ok(())
    }

    async fn compare_cells(
        &mut self,
        snapshot: &mut Snapshot,
        mut wanted: Wanted<CellKey, (i64, i64)>,
    ) -> Result<()> {
        let sql = "select region, zoom, cell, class, matters, open from cells";
        snapshot
            .each(Statement::new(sql), |row| {
                match cell_row(&row) {
                    Ok((key, kept)) if wanted.find(&key).unwrap_or_default() == kept => {}
                    Ok((CellKey { zoom, cell, .. }, _)) => {
                        self.find(None, format!("the map's square {cell} at zoom {zoom} does not add up"));
                    }
                    Err(error) => self.find(None, format!("a square of the map: {error}")),
                }
                Ok(())
            })
            .await?;
        if wanted.missing() != 0 {
            self.find(None, format!("{} squares of the map are missing", wanted.missing()));
        }
        Ok(())
    }

    /// The last number of a town and day is the highest that a matter has: what is refused takes none. On the day of a
    /// restoration it is higher, see [`crate::restore`].
    async fn compare_numbers(
        &mut self,
        snapshot: &mut Snapshot,
        mut wanted: BTreeMap<NumberKey, (i64, Number)>,
    ) -> Result<()> {
        let skipped = self.store.days_of_restorations().await?;
        let statement = Statement::new("select region, town, day, last from numbers");
        snapshot
            .each(statement, |row| {
                let (key, last) = match number_row(&row) {
                    Ok(read) => read,
                    Err(error) => {
                        self.find(None, format!("a running number: {error}"));
                        return Ok(());
                    }
                };
                let highest = wanted.remove(&key);
                let (_, town, day) = key;
                let given = highest.as_ref().map_or(0, |(highest, _)| *highest);
                match highest {
                    _ if last > given && skipped.contains(&day) => {}
                    Some(_) if given == last => {}
                    Some((highest, number)) => self.find_numbered(
                        number,
                        format!(
                            "the last number of {town} on {day} is kept as {last}, but {highest} was given"
                        ),
                    ),
                    None => {
                        self.find(None, format!("{town} gave no number on {day}, but {last} is kept"));
                    }
                }
                Ok(())
            })
            .await?;
        for ((_, town, day), (highest, number)) in wanted {
            let what = format!("the last number of {town} on {day}, {highest}, is not kept");
            self.find_numbered(number, what);
        }
        Ok(())
    }
}

/// From which town and day a matter's number is, and which of theirs.
fn number_key(matter: &Matter) -> Option<(NumberKey, i64)> {
    let mut parts = matter.number.0.rsplitn(4, '-');
    let (nth, day, town) = (parts.next()?, parts.next()?, parts.next()?);
    Some(((matter.id.region.0, town.to_owned(), day.parse().ok()?), nth.parse().ok()?))
}

fn number_row(row: &Row) -> Result<(NumberKey, i64)> {
    Ok(((row.u32(0)?, row.text(1)?.to_owned(), row.int(2)?), row.int(3)?))
}

fn figure_row(row: &Row) -> Result<(FigureKey, Sums)> {
    let area: AreaCode = row.text(1)?.parse().map_err(Error::damaged)?;
    let mut sums = [0; SUM_COLUMNS.len()];
    for (column, sum) in (4..).zip(&mut sums) {
        *sum = row.int(column)?;
    }
    let key = FigureKey { region: row.u32(0)?, area, day: row.int(2)?, class: class(row)? };
    Ok((key, Sums::from_array(sums)))
}

fn cell_row(row: &Row) -> Result<(CellKey, (i64, i64))> {
    let key = CellKey { region: row.u32(0)?, zoom: row.u32(1)?, cell: row.int(2)?, class: class(row)? };
    Ok((key, (row.int(4)?, row.int(5)?)))
}

fn class(row: &Row) -> Result<Class> {
    Class::at_index(row.int(3)?).ok_or_else(|| Error::damaged("a class that is not known"))
}
