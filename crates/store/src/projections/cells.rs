//! The map's cells: how many matters lie in each square, at a few zooms, kept in the write transaction.
//!
//! A cell is the Z-order of a Web Mercator tile's column and row; squares that lie together lie together in the index.

use std::collections::BTreeMap;

use casework::{
    area::Point,
    matter::{Class, Matter, Stage},
};

/// The zoom of the cell that a matter's row keeps.
pub(crate) const FINE_ZOOM: u32 = 18;
/// The zooms for which counts are kept.
pub(crate) const KEPT_ZOOMS: [u32; 4] = [8, 10, 12, 14];
/// Most ranges of cells that one query names.
const MOST_RANGES: usize = 64;

/// Key of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellKey {
    pub(crate) region: u32,
    pub(crate) zoom: u32,
    pub(crate) cell: i64,
    pub(crate) class: Class,
}

/// Changes of the counts: all matters, and the open ones.
#[derive(Debug, Default)]
pub(crate) struct CellDeltas(BTreeMap<CellKey, (i64, i64)>);

impl CellDeltas {
    pub(crate) fn add(&mut self, before: Option<&Matter>, after: Option<&Matter>) {
        if let (Some(before), Some(after)) = (before, after)
            && (before.place, before.class, counts(before)) == (after.place, after.class, counts(after))
        {
            return;
        }
        self.contribute(before, -1);
        self.contribute(after, 1);
    }

    fn contribute(&mut self, matter: Option<&Matter>, sign: i64) {
        let Some((matter, fine)) =
            matter.and_then(|matter| matter.place.map(|place| (matter, cell(place, FINE_ZOOM))))
        else {
            return;
        };
        let (all, open) = counts(matter);
        for zoom in KEPT_ZOOMS {
            let key = CellKey {
                region: matter.id.region.0,
                zoom,
                cell: fine >> (2 * (FINE_ZOOM - zoom)),
                class: matter.class,
            };
            let sums = self.0.entry(key).or_default();
            sums.0 += sign * all;
            sums.1 += sign * open;
        }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (&CellKey, &(i64, i64))> {
        self.0.iter().filter(|(_, sums)| **sums != (0, 0))
    }
}

fn counts(matter: &Matter) -> (i64, i64) {
    let counts = matter.counts();
    (i64::from(counts), i64::from(counts && matter.stage != Stage::Closed))
}

/// The cell of a place at a zoom.
#[must_use]
pub(crate) fn cell(place: Point, zoom: u32) -> i64 {
    let (x, y) = tile(place, zoom);
    interleave(x) | (interleave(y) << 1)
}

fn tile(place: Point, zoom: u32) -> (u32, u32) {
    let size = f64::from(1_u32 << zoom);
    let lat = place.lat.clamp(-85.05, 85.05).to_radians();
    let x = (place.lon + 180.0) / 360.0 * size;
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * size;
    // Clamped to the map before the cut; a cast cuts to whole tiles.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..size, cut to whole tiles"
    )]
    let cut = |value: f64| value.clamp(0.0, size - 1.0) as u32;
    (cut(x), cut(y))
}

/// The middle of a cell.
#[must_use]
pub(crate) fn middle(cell: i64, zoom: u32) -> Point {
    let size = f64::from(1_u32 << zoom);
    let (x, y) = (f64::from(gather(cell)) + 0.5, f64::from(gather(cell >> 1)) + 0.5);
    let lat = (std::f64::consts::PI * (1.0 - 2.0 * y / size)).sinh().atan().to_degrees();
    Point { lon: x / size * 360.0 - 180.0, lat }
}

/// Ranges of fine cells that cover a box; few, so a little more than the box.
#[must_use]
pub(crate) fn cover(west: f64, south: f64, east: f64, north: f64) -> Vec<(i64, i64)> {
    for zoom in (0..=FINE_ZOOM).rev() {
        let (x1, y1) = tile(Point { lon: west, lat: north }, zoom);
        let (x2, y2) = tile(Point { lon: east, lat: south }, zoom);
        let count = (u64::from(x2.saturating_sub(x1)) + 1) * (u64::from(y2.saturating_sub(y1)) + 1);
        if count <= MOST_RANGES as u64 {
            let shift = 2 * (FINE_ZOOM - zoom);
            let mut cells: Vec<i64> = (x1..=x2)
                .flat_map(|x| (y1..=y2).map(move |y| interleave(x) | (interleave(y) << 1)))
                .collect();
            cells.sort_unstable();
            return joined(cells.into_iter().map(|cell| (cell << shift, ((cell + 1) << shift) - 1)));
        }
    }
    Vec::new()
}

fn joined(ranges: impl Iterator<Item = (i64, i64)>) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, to) in ranges {
        match joined.last_mut() {
            Some(last) if last.1 + 1 == from => last.1 = to,
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn interleave(value: u32) -> i64 {
    (0..32).fold(0, |bits, place| bits | (i64::from((value >> place) & 1) << (2 * place)))
}

fn gather(cell: i64) -> u32 {
    (0..32).fold(0, |bits, place| bits | (u32::from((cell >> (2 * place)) & 1 == 1) << place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_lies_where_its_places_lie() {
        let place = Point { lon: 113.38, lat: 31.69 };
        for zoom in KEPT_ZOOMS {
            let fine = cell(place, FINE_ZOOM) >> (2 * (FINE_ZOOM - zoom));
            assert_eq!(fine, cell(place, zoom));
            let width = 360.0 / f64::from(1_u32 << zoom);
            assert!((middle(fine, zoom).lon - place.lon).abs() <= width / 2.0);
            assert!((middle(fine, zoom).lat - place.lat).abs() <= width / 2.0);
        }
    }

    #[test]
    fn a_cover_holds_the_box_with_few_ranges() {
        for (west, south, east, north) in
            [(113.3, 31.6, 113.4, 31.7), (110.0, 30.0, 115.0, 33.0), (113.38, 31.69, 113.380_1, 31.690_1)]
        {
            let ranges = cover(west, south, east, north);
            assert!(!ranges.is_empty() && ranges.len() <= MOST_RANGES);
            for (lon, lat) in
                [(west, south), (east, north), (f64::midpoint(west, east), f64::midpoint(south, north))]
            {
                let cell = cell(Point { lon, lat }, FINE_ZOOM);
                assert!(ranges.iter().any(|(from, to)| (*from..=*to).contains(&cell)), "{lon} {lat}");
            }
        }
    }
}
