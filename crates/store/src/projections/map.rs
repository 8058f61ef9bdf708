//! Reading the map: counts of squares within a box.

use casework::{area::Point, matter::Class};

use super::cells::{FINE_ZOOM, KEPT_ZOOMS, cover, middle};
use crate::{
    Store,
    error::{Error, Result},
    value::Statement,
};

/// Most squares of one answer.
pub(crate) const MOST_CELLS: i64 = 4_000;

/// Which squares.
#[derive(Debug, Clone)]
pub struct CellQuery {
    /// West, south, east, north.
    pub bbox: (f64, f64, f64, f64),
    /// The map's zoom; the squares are a few times smaller than its tiles.
    pub zoom: u32,
    /// Of these classes; of all when empty.
    pub classes: Vec<Class>,
    /// Open matters only.
    pub open: bool,
}

/// Matters of one square.
#[derive(Debug, Clone, PartialEq)]
pub struct CellCount {
    /// Its middle.
    pub middle: Point,
    /// Matters.
    pub matters: i64,
    /// Of those, open.
    pub open: i64,
}

impl Store {
    /// Counts of squares; none about a single place finer than a kilometre or two.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cells(&self, query: &CellQuery) -> Result<Vec<CellCount>> {
        let wanted = query.zoom.saturating_add(3);
        let zoom = KEPT_ZOOMS.iter().copied().filter(|zoom| *zoom <= wanted).max().unwrap_or(KEPT_ZOOMS[0]);
        let shift = 2 * (FINE_ZOOM - zoom);
        let (west, south, east, north) = query.bbox;
        let mut s = Statement::new(
            "select cell, cast(sum(matters) as bigint), cast(sum(open) as bigint) from cells where zoom = ",
        );
        s.push_value(zoom);
        s.push(" and region in (select region from regions) and (1 = 0");
        for (from, to) in cover(west, south, east, north) {
            s.push(" or cell between ");
            s.push_value(from >> shift);
            s.push(" and ");
            s.push_value(to >> shift);
        }
        s.push(")");
        if !query.classes.is_empty() {
            s.push(" and class in ");
            s.push_list(query.classes.iter().map(|class| class.index()));
        }
        s.push(if query.open {
            " group by cell having sum(open) > 0"
        } else {
            " group by cell having sum(matters) > 0"
        });
        s.push(" limit ");
        s.push_value(MOST_CELLS);
        let rows = self.database.fetch_list(s).await?;
        rows.iter()
            .map(|row| {
                Ok(CellCount { middle: middle(row.int(0)?, zoom), matters: row.int(1)?, open: row.int(2)? })
            })
            .collect::<Result<Vec<_>, Error>>()
    }
}
