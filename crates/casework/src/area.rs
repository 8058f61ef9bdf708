//! The tree of areas: city, county, town, village, grid, by division code (GB/T 2260 and the statistical codes below it).
//!
//! A code contains every code that begins with it. Organisations are a tree of their own (`unit`).

use std::{collections::HashMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    id::{BadId, Region},
    shape::Shape,
    word::words,
};

words! {
    /// How large an area is.
    AreaLevel { Province = "province", City = "city", County = "county", Town = "town" | "township", Village = "village", Grid = "grid" }
}

/// A division code of 2, 4, 6, 9, 12 or 15 digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode {
    digits: u64,
    length: u8,
}

const LENGTHS: [(u8, AreaLevel); 6] = [
    (2, AreaLevel::Province),
    (4, AreaLevel::City),
    (6, AreaLevel::County),
    (9, AreaLevel::Town),
    (12, AreaLevel::Village),
    (15, AreaLevel::Grid),
];

impl AreaCode {
    /// The level that the code's length tells.
    #[must_use]
    pub fn level(self) -> AreaLevel {
        LENGTHS.iter().find(|(length, _)| *length == self.length).map_or(AreaLevel::Grid, |(_, level)| *level)
    }

    /// Whether `other` lies in this area or is this area.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        other.cut(self.length) == Some(self)
    }

    /// The area of the given level that this one lies in, itself included.
    #[must_use]
    pub fn at_level(self, level: AreaLevel) -> Option<Self> {
        LENGTHS.iter().find(|(_, l)| *l == level).and_then(|(length, _)| self.cut(*length))
    }

    /// The area one level up.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        LENGTHS
            .iter()
            .rev()
            .find(|(length, _)| *length < self.length)
            .and_then(|(length, _)| self.cut(*length))
    }

    /// This area and those around it, smallest first.
    pub fn up(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |code| code.parent())
    }

    /// The region in whose log a matter of this area is first recorded.
    #[must_use]
    pub fn region(self) -> Region {
        let digits = if self.length >= 6 {
            self.digits / 10_u64.pow(u32::from(self.length) - 6)
        } else {
            self.digits * 10_u64.pow(6 - u32::from(self.length))
        };
        Region(u32::try_from(digits).unwrap_or(0))
    }

    fn cut(self, length: u8) -> Option<Self> {
        let drop = self.length.checked_sub(length)?;
        Some(Self { digits: self.digits / 10_u64.pow(u32::from(drop)), length })
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.digits, width = usize::from(self.length))
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for AreaCode {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId { kind: "division code", text: text.chars().take(32).collect() };
        let length = u8::try_from(text.len()).map_err(|_| bad())?;
        if !LENGTHS.iter().any(|(l, _)| *l == length) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        Ok(Self { digits: text.parse().map_err(|_| bad())?, length })
    }
}

crate::id::serde_as_text!(AreaCode);

impl utoipa::PartialSchema for AreaCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}
impl utoipa::ToSchema for AreaCode {}

/// A place on the earth, WGS-84 (CGCS2000 differs by less than a matter's accuracy).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Point {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl Point {
    /// Whether the numbers can be a place at all.
    #[must_use]
    pub fn is_on_earth(self) -> bool {
        self.lon.is_finite() && self.lat.is_finite() && self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
    }

    /// Metres to another place, on a sphere; exact enough within a county.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        const METRES_PER_DEGREE: f64 = 111_195.0;
        let north = (self.lat - other.lat) * METRES_PER_DEGREE;
        let east = (self.lon - other.lon)
            * METRES_PER_DEGREE
            * f64::midpoint(self.lat, other.lat).to_radians().cos();
        north.hypot(east)
    }
}

/// One area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Its division code.
    pub code: AreaCode,
    /// Its name as the statistics office writes it.
    pub name: String,
    /// Other names people use: `环潭镇` for 澴潭镇.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its outline, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
}

/// Every area of a site, found by code, name or place.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    by_code: HashMap<AreaCode, Area>,
    children: HashMap<AreaCode, Vec<AreaCode>>,
    roots: Vec<AreaCode>,
}

impl Areas {
    /// Builds the tree; an area whose parent is not in the list is a root.
    #[must_use]
    pub fn new(list: Vec<Area>) -> Self {
        let by_code: HashMap<_, _> = list.into_iter().map(|area| (area.code, area)).collect();
        let mut children: HashMap<AreaCode, Vec<AreaCode>> = HashMap::new();
        let mut roots = Vec::new();
        for code in by_code.keys() {
            match code.parent().filter(|parent| by_code.contains_key(parent)) {
                Some(parent) => children.entry(parent).or_default().push(*code),
                None => roots.push(*code),
            }
        }
        children.values_mut().for_each(|list| list.sort_unstable());
        roots.sort_unstable();
        Self { by_code, children, roots }
    }

    /// The area with this code.
    #[must_use]
    pub fn get(&self, code: AreaCode) -> Option<&Area> {
        self.by_code.get(&code)
    }

    /// The areas right below, in the order of their codes.
    pub fn children(&self, code: AreaCode) -> impl Iterator<Item = &Area> {
        self.children.get(&code).into_iter().flatten().filter_map(|code| self.by_code.get(code))
    }

    /// The areas that have none above them.
    pub fn roots(&self) -> impl Iterator<Item = &Area> {
        self.roots.iter().filter_map(|code| self.by_code.get(code))
    }

    /// Every area, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.by_code.values()
    }

    /// The smallest area whose outline, and whose parents' outlines, hold the place.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<&Area> {
        let mut here = None;
        let mut below = &self.roots;
        loop {
            let next = below
                .iter()
                .filter_map(|code| self.by_code.get(code))
                .find(|area| area.shape.as_ref().is_some_and(|s| s.contains(point)));
            match next {
                Some(area) => {
                    here = Some(area);
                    match self.children.get(&area.code) {
                        Some(list) => below = list,
                        None => return here,
                    }
                }
                None => return here,
            }
        }
    }

    /// Areas whose name or alias contains the words, larger ones first, at most `limit`.
    #[must_use]
    pub fn named(&self, words: &str, limit: usize) -> Vec<&Area> {
        let words = words.trim();
        let mut found: Vec<_> = self
            .by_code
            .values()
            .filter(|area| {
                area.name.contains(words) || area.aliases.iter().any(|alias| alias.contains(words))
            })
            .collect();
        found.sort_by_key(|area| (area.code.length, area.code));
        found.truncate(limit);
        found
    }

    /// The names from the county down, as people say them: `随县 柳林镇 古城畈社区`.
    #[must_use]
    pub fn path(&self, code: AreaCode) -> String {
        let mut names: Vec<_> = code
            .up()
            .filter(|code| code.length >= 6)
            .filter_map(|code| self.get(code))
            .map(|area| area.name.as_str())
            .collect();
        if names.is_empty() {
            names.extend(self.get(code).map(|area| area.name.as_str()));
        }
        names.reverse();
        names.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_contains_what_begins_with_it() {
        assert!(code("4213").contains(code("421321117204")));
        assert!(code("421321117").contains(code("421321117")));
        assert!(!code("421321117").contains(code("421321118204")));
        assert!(!code("421321117204").contains(code("421321117")));
        assert_eq!(code("421321117204001").parent(), Some(code("421321117204")));
        assert_eq!(code("421321117204").region(), Region(421_321));
        assert_eq!(code("4213").region(), Region(421_300));
        assert!("42132".parse::<AreaCode>().is_err());
        assert!("42132a".parse::<AreaCode>().is_err());
    }

    #[test]
    fn the_name_people_use_finds_the_name_of_the_statistics() {
        let areas = Areas::new(vec![Area {
            code: code("421321113"),
            name: "澴潭镇".into(),
            aliases: vec!["环潭镇".into()],
            shape: None,
        }]);
        assert_eq!(areas.named("环潭", 5).first().map(|a| a.code), Some(code("421321113")));
    }
}
