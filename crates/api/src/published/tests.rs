//! What the public sees of a made-up city, whatever spans it asks for.

use std::collections::BTreeMap;

use casework::{
    area::{Area, AreaCode, Areas},
    matter::Class,
};
use jiff::civil::{Date, date};
use store::Sums;

use super::{Classes, Column, Count, Period, Published, Year, below};

const CITY: &str = "4213";
const COUNTY: &str = "421321";
const OTHER: &str = "421303";

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

fn areas() -> Areas {
    let codes = ["4213", "421303", "421321", "421303101", "421303102", "421321101", "421321102", "421321103"];
    Areas::new(
        codes
            .iter()
            .map(|text| Area { code: code(text), name: (*text).to_owned(), aliases: Vec::new(), shape: None })
            .collect(),
    )
}

fn sums(reported: i64, handled: i64) -> Sums {
    Sums { reported, handled, open: reported - handled, ..Sums::default() }
}

/// Rows of towns, added up to their counties.
fn rows(of: impl Fn(&str, Period) -> Vec<(Class, Sums)>) -> BTreeMap<(AreaCode, Period), Classes> {
    let mut rows: BTreeMap<(AreaCode, Period), Classes> = BTreeMap::new();
    for town in ["421303101", "421303102", "421321101", "421321102", "421321103"] {
        for month in (202_301..=202_312).chain(202_401..=202_404) {
            for (class, more) in of(town, month) {
                for area in code(town).up().take(2) {
                    rows.entry((area, month)).or_default().entry(class).or_default().add(more, 1);
                }
            }
        }
    }
    rows
}

fn published(rows: &BTreeMap<(AreaCode, Period), Classes>, area: &str) -> Published {
    let mut path: Vec<AreaCode> = code(area).up().filter(|code| areas().get(*code).is_some()).collect();
    path.reverse();
    Published::of(&areas(), &path, rows.clone())
}

fn span(from: i8, to: i8) -> (Date, Date) {
    (date(2023, from, 1), date(2023, to, 1).last_of_month())
}

#[test]
fn large_counts_are_exact() {
    let rows = rows(|_, _| vec![(Class::Service, sums(60, 50)), (Class::Dispute, sums(20, 20))]);
    let all = published(&rows, CITY);
    assert_eq!(all.span(code(CITY), span(1, 12), Column::Reported), Count(Some(80 * 5 * 12)));
    assert_eq!(all.span(code(COUNTY), span(2, 5), Column::Handled), Count(Some(70 * 3 * 4)));
    assert_eq!(all.month(code(COUNTY), 202_403, Column::ReportedOf(Class::Dispute)), Count(Some(60)));
    assert_eq!(all.month(code(COUNTY), 202_403, Column::ReportedOf(Class::Hazard)), Count(Some(0)));
}

#[test]
fn a_small_month_hides_another_and_every_span_that_holds_one_of_them() {
    // One county has three reports in March.
    let rows = rows(|town, month| match (town, month) {
        ("421303101", 202_303) => vec![(Class::Service, sums(3, 3))],
        ("421303102", 202_303) => vec![],
        ("421303102", 202_307) => vec![(Class::Service, sums(10, 10))],
        _ => vec![(Class::Service, sums(40, 40))],
    });
    for area in [CITY, OTHER] {
        let all = published(&rows, area);
        let month = |month| all.month(code(OTHER), month, Column::Reported).0;
        assert_eq!((month(202_303), month(202_307)), (None, None));
        assert_eq!(month(202_304), Some(80));
        let whole = |from, to| all.span(code(OTHER), span(from, to), Column::Reported).0;
        assert_eq!(whole(1, 12), Some(80 * 10 + 50 + 3));
        assert_eq!((whole(3, 7), whole(1, 7)), (Some(80 * 3 + 50 + 3), Some(80 * 5 + 50 + 3)));
        assert_eq!((whole(1, 2), whole(1, 3), whole(3, 6), whole(4, 12)), (Some(160), None, None, None));
    }
    let county = published(&rows, COUNTY);
    assert_eq!(
        county.month(code(COUNTY), 202_303, Column::Reported),
        Count(None),
        "the neighbour's would follow"
    );
    assert_eq!(county.month(code(CITY), 202_303, Column::Reported), Count(Some(123)));
}

#[test]
fn the_larger_areas_table_is_kept_by_the_smaller_ones() {
    let rows = rows(|town, month| {
        let few = i64::from(town.ends_with('1')) * (month % 4);
        vec![(Class::Service, sums(9 + few, 9)), (Class::Hazard, sums(few, few / 2))]
    });
    let (city, county) = (published(&rows, CITY), published(&rows, COUNTY));
    let keys = |all: &Published, area: &str| {
        let hidden = all.hidden.iter().filter(|(found, ..)| *found == code(area)).copied();
        hidden.collect::<Vec<_>>()
    };
    for area in [CITY, COUNTY, OTHER] {
        assert!(!keys(&city, area).is_empty());
        assert_eq!(keys(&city, area), keys(&county, area));
    }
}

/// Numbers without a pattern, the same at each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % limit).unwrap()
    }
}

#[test]
fn no_hidden_count_of_a_year_can_be_worked_out() {
    for most in [2, 4, 9, 40, 300] {
        let chance = std::cell::RefCell::new(Chance(most));
        let rows = rows(|_, _| {
            let mut chance = chance.borrow_mut();
            [Class::Dispute, Class::Hazard, Class::Service]
                .map(|class| {
                    let (handled, rest) = (chance.below(most), chance.below(most / 2));
                    let settled = if class == Class::Dispute { handled } else { 0 };
                    let struck_off = if class == Class::Hazard { handled } else { 0 };
                    (class, Sums { settled, struck_off, asked: handled, ..sums(handled + rest, handled) })
                })
                .to_vec()
        });
        let mut all = Published { months: super::added_up(rows), ..Published::default() };
        for (area, decided) in [(CITY, false), (COUNTY, true), (OTHER, true)] {
            let year = Year::of(&all, code(area), &below(&areas(), code(area)), 2023, decided);
            crate::suppression::assert_that_subtracting_tells_nothing(&year.table);
            all.hidden.extend(year.hidden());
        }
    }
}
