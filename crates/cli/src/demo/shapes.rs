//! Sketched outlines: a polygon is cut by straight lines into parts of the wanted weights, again and again, so that parts
//! meet exactly, without gaps or overlaps.

use super::random::Random;

/// A convex polygon.
pub(super) type Polygon = Vec<(f64, f64)>;

/// The sketch of the city, wide enough for its three counties.
pub(super) fn city() -> Polygon {
    vec![
        (112.80, 31.55),
        (113.02, 31.41),
        (113.62, 31.40),
        (113.98, 31.52),
        (114.06, 31.86),
        (113.88, 32.22),
        (113.50, 32.40),
        (113.02, 32.37),
        (112.80, 32.05),
    ]
}

/// Cuts a polygon into one part for each weight, in order.
pub(super) fn divide(polygon: &Polygon, weights: &[f64], random: &mut Random) -> Vec<Polygon> {
    match weights {
        [] => Vec::new(),
        [_] => vec![polygon.clone()],
        _ => {
            let total: f64 = weights.iter().sum();
            let half = half(weights);
            let (first, second) = weights.split_at(half);
            let share = first.iter().sum::<f64>() / total;
            let (left, right) = cut(polygon, share, random);
            let mut parts = divide(&left, first, random);
            parts.extend(divide(&right, second, random));
            parts
        }
    }
}

/// Where to part the list so that both sides weigh about the same.
fn half(weights: &[f64]) -> usize {
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    for (index, weight) in weights.iter().enumerate() {
        if sum + weight / 2.0 >= total / 2.0 {
            return index.clamp(1, weights.len() - 1);
        }
        sum += weight;
    }
    weights.len() - 1
}

/// Cuts across the longer side, a little askew, so that the first part has the share of the area.
fn cut(polygon: &Polygon, share: f64, random: &mut Random) -> (Polygon, Polygon) {
    let (west, east) = extent(polygon, |point| point.0);
    let (south, north) = extent(polygon, |point| point.1);
    let askew = (random.unit() - 0.5) * 0.5;
    let normal = if east - west >= north - south { (1.0, askew) } else { (askew, 1.0) };
    let (mut low, mut high) = extent(polygon, |point| point.0 * normal.0 + point.1 * normal.1);
    let whole = area(polygon);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if area(&below(polygon, normal, middle)) < whole * share {
            low = middle;
        } else {
            high = middle;
        }
    }
    let at = f64::midpoint(low, high);
    (below(polygon, normal, at), below(polygon, (-normal.0, -normal.1), -at))
}

/// The part of a polygon with `x * nx + y * ny <= at`.
fn below(polygon: &Polygon, normal: (f64, f64), at: f64) -> Polygon {
    let side = |point: &(f64, f64)| point.0 * normal.0 + point.1 * normal.1 - at;
    let mut part = Vec::new();
    for (here, next) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
        let (a, b) = (side(here), side(next));
        if a <= 0.0 {
            part.push(*here);
        }
        if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
            part.push(crossing(*here, *next, a, b));
        }
    }
    part
}

/// The same point whichever way the edge is walked, so that neighbours share it to the last digit.
fn crossing(here: (f64, f64), next: (f64, f64), a: f64, b: f64) -> (f64, f64) {
    let ((x1, y1, s1), (x2, y2, s2)) = if here <= next {
        ((here.0, here.1, a), (next.0, next.1, b))
    } else {
        ((next.0, next.1, b), (here.0, here.1, a))
    };
    let t = s1.abs() / (s1.abs() + s2.abs());
    let round = |value: f64| (value * 1e7).round() / 1e7;
    (round(x1 + (x2 - x1) * t), round(y1 + (y2 - y1) * t))
}

fn extent(polygon: &Polygon, of: impl Fn(&(f64, f64)) -> f64) -> (f64, f64) {
    polygon.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

fn area(polygon: &Polygon) -> f64 {
    let twice: f64 = polygon
        .iter()
        .zip(polygon.iter().cycle().skip(1))
        .map(|((x1, y1), (x2, y2))| x1 * y2 - x2 * y1)
        .sum();
    twice.abs() / 2.0
}

/// A place well inside a convex polygon.
pub(super) fn inside(polygon: &[(f64, f64)], random: &mut Random) -> (f64, f64) {
    let shares: Vec<f64> = polygon.iter().map(|_| 0.15 + random.unit()).collect();
    let total: f64 = shares.iter().sum();
    let sum = polygon
        .iter()
        .zip(&shares)
        .fold((0.0, 0.0), |(x, y), ((px, py), share)| (x + px * share / total, y + py * share / total));
    let round = |value: f64| (value * 1e6).round() / 1e6;
    (round(sum.0), round(sum.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_whole_in_the_wanted_shares() {
        let weights = [3.0, 1.0, 2.0, 5.0, 1.0];
        let parts = divide(&city(), &weights, &mut Random::of("test", 1));
        let whole = area(&city());
        assert!((parts.iter().map(area).sum::<f64>() - whole).abs() < whole * 1e-6);
        for (part, weight) in parts.iter().zip(weights) {
            assert!((area(part) / whole - weight / 12.0).abs() < 0.001);
        }
    }
}
