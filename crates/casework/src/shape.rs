//! Outlines of areas: rings of places, holes by the even-odd rule.

use serde::{Deserialize, Serialize};

use crate::area::Point;

/// One or more rings; a place is inside when a ray from it crosses the rings an odd number of times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Vec<(f64, f64)>>", into = "Vec<Vec<(f64, f64)>>")]
pub struct Shape {
    rings: Vec<Vec<(f64, f64)>>,
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl From<Vec<Vec<(f64, f64)>>> for Shape {
    fn from(rings: Vec<Vec<(f64, f64)>>) -> Self {
        let mut shape = Self { rings, west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };
        for (lon, lat) in shape.rings.iter().flatten() {
            shape.west = shape.west.min(*lon);
            shape.east = shape.east.max(*lon);
            shape.south = shape.south.min(*lat);
            shape.north = shape.north.max(*lat);
        }
        shape
    }
}

impl From<Shape> for Vec<Vec<(f64, f64)>> {
    fn from(shape: Shape) -> Self {
        shape.rings
    }
}

impl Shape {
    /// The rings as pairs of longitude and latitude.
    #[must_use]
    pub fn rings(&self) -> &[Vec<(f64, f64)>] {
        &self.rings
    }

    /// West, south, east, north.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        (self.west, self.south, self.east, self.north)
    }

    /// The middle of the bounds.
    #[must_use]
    pub fn middle(&self) -> Point {
        Point { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }

    /// Whether the place lies inside. Neighbours that share an edge never both hold a place, nor both miss it.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        if point.lon < self.west || point.lon > self.east || point.lat < self.south || point.lat > self.north
        {
            return false;
        }
        self.rings.iter().fold(false, |inside, ring| inside ^ crosses_odd(ring, point))
    }
}

fn crosses_odd(ring: &[(f64, f64)], point: Point) -> bool {
    let next = ring.iter().cycle().skip(1);
    let mut odd = false;
    for ((x1, y1), (x2, y2)) in ring.iter().zip(next) {
        if (*y1 > point.lat) != (*y2 > point.lat) && point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1
        {
            odd = !odd;
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_is_outside_and_a_shared_edge_belongs_to_one() {
        let square = |w: f64, e: f64| vec![(w, 0.0), (e, 0.0), (e, 1.0), (w, 1.0)];
        let left = Shape::from(vec![square(0.0, 1.0), vec![(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)]]);
        let right = Shape::from(vec![square(1.0, 2.0)]);
        assert!(left.contains(Point { lon: 0.2, lat: 0.5 }));
        assert!(!left.contains(Point { lon: 0.5, lat: 0.5 }));
        let edge = Point { lon: 1.0, lat: 0.5 };
        assert!(left.contains(edge) ^ right.contains(edge));
    }
}
