//! Which counts of a published table stay hidden. Pure: values and sums go in, a choice comes out.
//!
//! The rule:
//! 1. A count of one to four is small. It is hidden. Nothing, and five and more, may be shown.
//! 2. A sum is a whole and its parts: a year and its months, an area and those right below it, all classes and each one,
//!    reported and handled with what is not handled. A part that is printed nowhere (what is not handled, what belongs to the
//!    county but to none of its towns) is silent: it must not be worked out either when it is small.
//! 3. In no sum is a hidden count, or a small silent one, the only one that a reader does not know. Where it would be, another
//!    is hidden with it.
//! 4. Where the whole is known, what its unknown parts add up to is no small count, and not just one for each of them: else
//!    the reader knows them all the same. Another is hidden with them.
//! 5. The other one is the smallest shown part of five and more, of those that are not dear before the dear; where there is none, a nothing; where there is none, the whole.
//!    So large wholes stay, and little is lost.
//!
//! What remains possible is guessing within bounds, as everywhere where totals are shown, and comparing what was published at
//! different times.

/// Counts below this are not published, nothing excepted.
pub(crate) const SMALLEST: i64 = 5;

/// Whether a count is too small to be told.
pub(crate) fn is_small(value: i64) -> bool {
    (1..SMALLEST).contains(&value)
}

/// A place in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellId(usize);

/// What a reader gets to know of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Printed, so far.
    Shown,
    /// Printed, and decided elsewhere.
    Fixed,
    /// Not printed.
    Hidden,
    /// Printed nowhere, and not to be worked out.
    Silent,
    /// Printed nowhere, but anybody will guess it; it harms nobody.
    Plain,
}

impl Sight {
    fn is_known(self) -> bool {
        matches!(self, Self::Shown | Self::Fixed | Self::Plain)
    }
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    value: i64,
    sight: Sight,
    /// Whether it is hidden for another's sake only where no other will do.
    is_dear: bool,
}

#[derive(Debug, Clone)]
struct Sum {
    whole: CellId,
    parts: Vec<CellId>,
}

/// Counts and how they add up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    cells: Vec<Cell>,
    sums: Vec<Sum>,
}

impl Table {
    /// A count that is to be published.
    pub(crate) fn published(&mut self, value: i64) -> CellId {
        self.put(value, if is_small(value) { Sight::Hidden } else { Sight::Shown })
    }

    /// Says that a count is dear: others are hidden for another's sake before it.
    pub(crate) fn hold_dear(&mut self, id: CellId) {
        if let Some(cell) = self.cells.get_mut(id.0) {
            cell.is_dear = true;
        }
    }

    /// A count on which another table has decided.
    pub(crate) fn decided(&mut self, value: i64, hidden: bool) -> CellId {
        self.put(value, if hidden { Sight::Hidden } else { Sight::Fixed })
    }

    /// A count that is published nowhere. It stands in one sum, so that what a reader learns of it leads no further.
    pub(crate) fn silent(&mut self, value: i64) -> CellId {
        self.put(value, Sight::Silent)
    }

    /// A count that is published nowhere and that everybody will take to be nothing when it is.
    pub(crate) fn left_over(&mut self, value: i64) -> CellId {
        self.put(value, if value == 0 { Sight::Plain } else { Sight::Silent })
    }

    /// Says that the parts add up to the whole.
    pub(crate) fn sum(&mut self, whole: CellId, parts: Vec<CellId>) {
        self.sums.push(Sum { whole, parts });
    }

    /// Hides what must be hidden. Each round hides at least one count, so there is a last one.
    pub(crate) fn suppress(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        loop {
            let changes = sums.iter().filter(|sum| self.mend(sum)).count();
            if changes == 0 {
                break;
            }
        }
        self.sums = sums;
    }

    /// Whether a count stays hidden.
    pub(crate) fn is_hidden(&self, id: CellId) -> bool {
        self.at(id).sight == Sight::Hidden
    }

    /// The count itself.
    pub(crate) fn value(&self, id: CellId) -> i64 {
        self.at(id).value
    }

    /// Mends one sum; whether anything changed.
    fn mend(&mut self, sum: &Sum) -> bool {
        let unknown: Vec<CellId> = sum.cells().filter(|id| !self.at(*id).sight.is_known()).collect();
        if !unknown.iter().any(|id| self.is_protected(*id)) || !self.gives_away(sum, &unknown) {
            return false;
        }
        let Some(other) = self.companion(sum) else { return false };
        if let Some(cell) = self.cells.get_mut(other.0) {
            cell.sight = Sight::Hidden;
        }
        true
    }

    /// Whether a reader can work the unknown ones out.
    fn gives_away(&self, sum: &Sum, unknown: &[CellId]) -> bool {
        if unknown.len() < 2 {
            return true;
        }
        let rest: i64 = unknown.iter().map(|id| self.at(*id).value).sum();
        let each_is_one = unknown.iter().all(|id| self.at(*id).value == 1);
        self.at(sum.whole).sight.is_known() && (rest < SMALLEST || each_is_one)
    }

    fn companion(&self, sum: &Sum) -> Option<CellId> {
        let shown = |id: &CellId| self.at(*id).sight == Sight::Shown;
        let parts = || sum.parts.iter().copied().filter(shown);
        let price = |id: &CellId| (self.at(*id).is_dear, self.at(*id).value);
        let large = parts().filter(|id| self.at(*id).value > 0).min_by_key(price);
        large.or_else(|| parts().next()).or_else(|| Some(sum.whole).filter(shown))
    }

    fn is_protected(&self, id: CellId) -> bool {
        let cell = self.at(id);
        cell.sight == Sight::Hidden || is_small(cell.value)
    }

    fn put(&mut self, value: i64, sight: Sight) -> CellId {
        self.cells.push(Cell { value, sight, is_dear: false });
        CellId(self.cells.len() - 1)
    }

    /// Ids come from `put` alone, so the cell is there.
    fn at(&self, id: CellId) -> Cell {
        self.cells.get(id.0).copied().unwrap_or(Cell { value: 0, sight: Sight::Plain, is_dear: false })
    }
}

impl Sum {
    fn cells(&self) -> impl Iterator<Item = CellId> {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::assert_that_subtracting_tells_nothing;
