//! Totals and the map's squares.

use std::collections::BTreeMap;

use casework::area::{AreaCode, AreaLevel};

use super::{Replayed, Report};
use crate::{
    Store,
    error::Result,
    projections::{
        cells::CellDeltas,
        figures::{COLUMNS, FigureDeltas},
    },
    value::{Row, Statement},
};

/// Region, area, day and class.
type FigureRow = ((u32, String, i64, i64), Vec<i64>);
/// Region, zoom, cell and class.
type CellRow = ((u32, u32, i64, i64), (i64, i64));

impl Store {
    pub(super) async fn compare_totals(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let site = self.site();
        let (mut figures, mut cells) = (FigureDeltas::default(), CellDeltas::default());
        for matter in replayed.matters.values() {
            figures.add(None, Some(matter), &site);
            cells.add(None, Some(matter));
        }
        self.compare_figures(&figures, report).await?;
        self.compare_cells(&cells, report).await
    }

    async fn compare_figures(&self, figures: &FigureDeltas, report: &mut Report) -> Result<()> {
        let mut wanted: BTreeMap<_, _> = figures
            .rows()
            .map(|(key, sums)| {
                ((key.region, key.area.to_string(), key.day, key.class.index()), sums.to_array().to_vec())
            })
            .collect();
        let sql = format!("select region, area, day, class, {} from figures", COLUMNS.join(", "));
        for row in self.database.fetch_list(Statement::new(sql)).await? {
            match figure_row(&row) {
                Ok((key, sums)) => {
                    let right = wanted.remove(&key).map_or(sums.iter().all(|sum| *sum == 0), |w| w == sums);
                    if !right {
                        let level = key.1.parse::<AreaCode>().map_or(AreaLevel::Grid, AreaCode::level);
                        report.find(
                            None,
                            format!("the totals of {level} {} on {} do not add up", key.1, key.2),
                        );
                    }
                }
                Err(error) => report.find(None, format!("a row of the totals: {error}")),
            }
        }
        if !wanted.is_empty() {
            report.find(None, format!("{} rows of the totals are missing", wanted.len()));
        }
        Ok(())
    }

    async fn compare_cells(&self, cells: &CellDeltas, report: &mut Report) -> Result<()> {
        let mut wanted: BTreeMap<_, _> = cells
            .rows()
            .map(|(key, sums)| ((key.region, key.zoom, key.cell, key.class.index()), *sums))
            .collect();
        let sql = "select region, zoom, cell, class, matters, open from cells";
        for row in self.database.fetch_list(Statement::new(sql)).await? {
            match cell_row(&row) {
                Ok((key, kept)) if wanted.remove(&key).unwrap_or_default() == kept => {}
                Ok(((_, zoom, cell, _), _)) => {
                    report.find(None, format!("the map's square {cell} at zoom {zoom} does not add up"));
                }
                Err(error) => report.find(None, format!("a square of the map: {error}")),
            }
        }
        if !wanted.is_empty() {
            report.find(None, format!("{} squares of the map are missing", wanted.len()));
        }
        Ok(())
    }
}

fn figure_row(row: &Row) -> Result<FigureRow> {
    let sums = (4..4 + COLUMNS.len()).map(|column| row.int(column)).collect::<Result<_>>()?;
    Ok(((row.u32(0)?, row.text(1)?.to_owned(), row.int(2)?, row.int(3)?), sums))
}

fn cell_row(row: &Row) -> Result<CellRow> {
    Ok(((row.u32(0)?, row.u32(1)?, row.int(2)?, row.int(3)?), (row.int(4)?, row.int(5)?)))
}
