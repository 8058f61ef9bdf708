//! A reader who subtracts as often as possible learns no hidden count.

use super::{CellId, Table, is_small};

/// Rows and columns with their totals, and the total of all.
fn grid(rows: &[Vec<i64>]) -> (Table, Vec<Vec<CellId>>) {
    let mut table = Table::default();
    let mut ids: Vec<Vec<CellId>> = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<_> = row.iter().map(|value| table.published(*value)).collect();
            let whole = table.published(row.iter().sum());
            table.sum(whole, cells.clone());
            cells.push(whole);
            cells
        })
        .collect();
    let columns = rows[0].len() + 1;
    let mut totals = Vec::new();
    for column in 0..columns {
        let parts: Vec<CellId> = ids.iter().map(|row| row[column]).collect();
        let whole = table.published(parts.iter().map(|id| table.at(*id).value).sum());
        table.sum(whole, parts);
        totals.push(whole);
    }
    table.sum(totals[columns - 1], totals[..columns - 1].to_vec());
    ids.push(totals);
    (table, ids)
}

/// The reader: knows what is printed, subtracts until nothing more comes of it.
pub(crate) fn assert_that_subtracting_tells_nothing(table: &Table) {
    let mut known: Vec<bool> = table.cells.iter().map(|cell| cell.sight.is_known()).collect();
    loop {
        let before = known.iter().filter(|known| **known).count();
        for sum in &table.sums {
            let unknown: Vec<CellId> = sum.cells().filter(|id| !known[id.0]).collect();
            if let [only] = unknown.as_slice() {
                known[only.0] = true;
            }
        }
        if known.iter().filter(|known| **known).count() == before {
            break;
        }
    }
    for (cell, known) in table.cells.iter().zip(known) {
        let secret = is_small(cell.value) || cell.sight == super::Sight::Hidden;
        assert!(!(secret && known), "a reader works {} out: {table:?}", cell.value);
    }
    // What hidden parts of a known whole add up to is not small either, where anything was left to hide.
    for sum in &table.sums {
        let hidden: Vec<i64> = sum
            .parts
            .iter()
            .filter(|id| !table.at(**id).sight.is_known())
            .map(|id| table.at(*id).value)
            .collect();
        if table.at(sum.whole).sight.is_known() && hidden.iter().any(|value| is_small(*value)) {
            assert!(hidden.iter().sum::<i64>() >= 5, "{hidden:?} are too few together: {table:?}");
        }
    }
}

#[test]
fn no_hidden_count_of_a_small_table_can_be_worked_out() {
    let values = [0, 1, 2, 4, 5, 9];
    for code in 0..values.len().pow(6) {
        let at = |place: u32| values[code / values.len().pow(place) % values.len()];
        let (mut table, _) = grid(&[vec![at(0), at(1), at(2)], vec![at(3), at(4), at(5)]]);
        table.suppress();
        assert_that_subtracting_tells_nothing(&table);
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
fn nor_one_of_a_larger_table_with_silent_differences() {
    let mut chance = Chance(4213);
    for round in 0..400 {
        let most = [3, 6, 12, 60][round % 4];
        let mut table = Table::default();
        let months: Vec<_> = (0..12)
            .map(|_| {
                let (handled, rest) = (chance.below(most), chance.below(most / 2));
                let ids = (table.published(handled + rest), table.published(handled));
                let silent = table.silent(rest);
                table.sum(ids.0, vec![ids.1, silent]);
                (handled + rest, handled, ids)
            })
            .collect();
        let all = (
            table.published(months.iter().map(|month| month.0).sum()),
            table.published(months.iter().map(|month| month.1).sum()),
        );
        let rest = table.silent(months.iter().map(|month| month.0 - month.1).sum());
        table.sum(all.0, vec![all.1, rest]);
        table.sum(all.0, months.iter().map(|month| month.2.0).collect());
        table.sum(all.1, months.iter().map(|month| month.2.1).collect());
        table.suppress();
        assert_that_subtracting_tells_nothing(&table);
        let rows: Vec<Vec<i64>> = (0..9).map(|_| (0..7).map(|_| chance.below(most)).collect()).collect();
        let (mut table, _) = grid(&rows);
        table.suppress();
        assert_that_subtracting_tells_nothing(&table);
    }
}

#[test]
fn a_small_count_takes_the_smallest_large_one_with_it_and_leaves_the_totals() {
    let (mut table, ids) = grid(&[vec![3, 20, 90], vec![40, 30, 80], vec![50, 60, 70]]);
    table.suppress();
    let hidden: Vec<Vec<bool>> =
        ids.iter().map(|row| row.iter().map(|id| table.is_hidden(*id)).collect()).collect();
    assert_eq!(hidden[0], [true, true, false, false]);
    assert_eq!(hidden[1], [true, true, false, false]);
    assert_eq!(hidden[2], [false; 4]);
    assert_eq!(hidden[3], [false; 4]);
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let (mut table, ids) = grid(&[vec![0, 20, 9], vec![40, 0, 5]]);
    table.suppress();
    assert!(ids.iter().flatten().all(|id| !table.is_hidden(*id)));
}

#[test]
fn a_small_difference_hides_what_would_tell_it() {
    let mut table = Table::default();
    let (reported, handled, rest) = (table.published(100), table.published(98), table.silent(2));
    table.sum(reported, vec![handled, rest]);
    table.suppress();
    assert!(table.is_hidden(handled) && !table.is_hidden(reported));
}

#[test]
fn what_another_table_decided_stays() {
    let mut table = Table::default();
    let (whole, hidden) = (table.decided(40, false), table.decided(9, true));
    let parts = [table.published(3), table.published(37)];
    let same = [table.published(9), table.published(0)];
    table.sum(whole, parts.to_vec());
    table.sum(hidden, same.to_vec());
    table.suppress();
    assert!(parts.iter().all(|id| table.is_hidden(*id)), "the whole is shown: both parts are needed");
    assert!(!table.is_hidden(whole) && table.is_hidden(same[0]));
}
