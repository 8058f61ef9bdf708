//! Tables: those with lines all around, and fields, where only the answer has a line below it.

use docx_rs::{
    AlignmentType, BorderType, HeightRule, Table, TableAlignmentType, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{
    block::{with_runs, words},
    millimetres, style,
};
use crate::{
    page::{Cell, CellKind, Document, Row, SignatureLine},
    text::Text,
};

/// Widths of a field's label and of its answer.
const FIELD: [u16; 2] = [50, 106];
/// Widths of who signs, of the signature, and of how and when.
const SIGNATURE: [u16; 3] = [86, 28, 42];

/// A table with lines.
pub(super) fn table(widths: &[u16], rows: &[Row], all: &[Document]) -> Table {
    let rows = rows.iter().map(|row| {
        let mut at = 0_usize;
        let cells = row.cells.iter().map(|cell| {
            let span = usize::from(cell.span.max(1));
            let width = widths.iter().skip(at).take(span).copied().map(u32::from).sum();
            at += span;
            bordered(cell, width, row.height.is_some(), all)
        });
        let made = TableRow::new(cells.collect());
        // Rows break over pages: a long answer would not fit otherwise.
        made.row_height(height(row.height.unwrap_or(9))).height_rule(HeightRule::AtLeast)
    });
    shaped(Table::new(rows.collect()), widths)
}

/// Labels with their answers, each on a line.
pub(super) fn fields<'a>(fields: impl Iterator<Item = (&'a Text, &'a Text)>) -> Table {
    let rows = fields.map(|(label, value)| {
        let name = style::body().align(AlignmentType::Distribute).add_run(words(label.as_str()));
        let answer = style::body().add_run(words(value.as_str()));
        lined(12, vec![plain(FIELD[0]).add_paragraph(name), on_a_line(FIELD[1]).add_paragraph(answer)])
    });
    shaped(Table::without_borders(rows.collect()), &FIELD)
}

/// Who signs, on a line, and how and when they did. It stays on one page with what follows.
pub(super) fn signatures(lines: &[SignatureLine]) -> Table {
    let rows = lines.iter().map(|line| {
        let who = style::signature().add_run(words(&format!("{}：", line.label)));
        let name = style::signature().align(AlignmentType::Center).add_run(words(line.name.as_str()));
        let note = style::note().add_run(words(line.note.as_str()));
        let [wide, signed, noted] = SIGNATURE;
        lined(
            11,
            vec![
                plain(wide).add_paragraph(who),
                on_a_line(signed).add_paragraph(name),
                plain(noted).add_paragraph(note),
            ],
        )
        .cant_split()
    });
    shaped(Table::without_borders(rows.collect()), &SIGNATURE)
}

fn lined(least: u16, cells: Vec<TableCell>) -> TableRow {
    let cells = cells.into_iter().map(|cell| cell.vertical_align(VAlignType::Bottom));
    TableRow::new(cells.collect()).row_height(height(least)).height_rule(HeightRule::AtLeast)
}

fn plain(width: u16) -> TableCell {
    cell(u32::from(width)).clear_all_border()
}

fn on_a_line(width: u16) -> TableCell {
    let line = TableCellBorder::new(TableCellBorderPosition::Bottom).border_type(BorderType::Single).size(4);
    plain(width).set_border(line)
}

fn bordered(content: &Cell, width: u32, is_tall: bool, all: &[Document]) -> TableCell {
    let mut made = cell(width).grid_span(usize::from(content.span.max(1)));
    let align = if is_tall && content.kind == CellKind::Long { VAlignType::Top } else { VAlignType::Center };
    made = made.vertical_align(align);
    if content.lines.is_empty() {
        return made.add_paragraph(style::cell());
    }
    for line in &content.lines {
        let paragraph = with_runs(style::cell(), line, all);
        made = made.add_paragraph(match content.kind {
            CellKind::Label | CellKind::Short => paragraph.align(AlignmentType::Center),
            CellKind::Long => paragraph,
        });
    }
    made
}

fn cell(width: u32) -> TableCell {
    TableCell::new().width(usize::try_from(millimetres(width)).unwrap_or_default(), WidthType::Dxa)
}

fn shaped(table: Table, widths: &[u16]) -> Table {
    let widths: Vec<usize> = widths
        .iter()
        .map(|width| usize::try_from(millimetres(u32::from(*width))).unwrap_or_default())
        .collect();
    table
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths)
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, 85, 40, 85))
}

fn height(value: u16) -> f32 {
    // A page is 297 mm high: nothing is lost on the way to the float.
    f32::from(u16::try_from(millimetres(u32::from(value))).unwrap_or(u16::MAX))
}
