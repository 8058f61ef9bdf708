//! Ledgers as spreadsheets, the way offices hand them up: a title, who filled it in and when, a frozen header, totals.
//!
//! Text goes in as text: nothing that somebody typed becomes a formula.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::{
    text::Text,
    wording::{day, day_or_nothing},
};

/// Rows that a spreadsheet holds below title, line and header.
const MOST_ROWS: usize = 1_000_000;
/// Characters that a cell holds.
const MOST_LETTERS: usize = 32_000;
const TITLE: u32 = 0;
const FILLED: u32 = 1;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// The title over it, also the sheet's name.
    pub title: String,
    /// 填报单位
    pub unit: String,
    /// 填报人
    pub filled_by: String,
    /// 日期
    pub filled_on: Option<Date>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a value for each column.
    pub rows: Vec<Vec<Value>>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// A head over neighbouring columns that have the same; empty for none.
    pub group: String,
    /// Its own head.
    pub head: String,
    /// Its width in characters.
    pub width: u16,
    /// Whether its numbers are added up in the last row.
    pub is_summed: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A count.
    Count(i64),
    /// An amount in fen, shown in yuan.
    Fen(i64),
    /// A share in thousandths, shown in per cent.
    Thousandths(i64),
    /// A day.
    Day(Date),
}

/// The sheet could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// More than a spreadsheet holds.
    #[error("the ledger has more rows or columns than a spreadsheet holds")]
    TooLarge,
    /// Writing failed.
    #[error("the spreadsheet could not be written")]
    Write(#[from] XlsxError),
}

/// The sheet as a file.
pub fn xlsx(ledger: &Ledger) -> Result<Vec<u8>, Fault> {
    if ledger.rows.len() > MOST_ROWS || ledger.columns.len() > 1000 {
        return Err(Fault::TooLarge);
    }
    let mut workbook = Workbook::new();
    // A fixed moment: the same ledger gives the same bytes.
    let properties = DocProperties::new().set_title(Text::from(&ledger.title).as_str());
    workbook.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&ledger.title))?;
    let last = u16::try_from(ledger.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    top(sheet, ledger, last)?;
    let first_row = header(sheet, ledger)?;
    for (at, row) in (first_row..).zip(&ledger.rows) {
        for (column, value) in (0..=last).zip(row) {
            write(sheet, at, column, value)?;
        }
    }
    totals(sheet, ledger, first_row)?;
    sheet.set_freeze_panes(first_row, 0)?;
    sheet.set_repeat_rows(TITLE, first_row - 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C— &P —");
    Ok(workbook.save_to_buffer()?)
}

/// The title over all columns, and who filled it in below.
fn top(sheet: &mut Worksheet, ledger: &Ledger, last: u16) -> Result<(), Fault> {
    let title = Format::new()
        .set_font_name("方正小标宋简体")
        .set_font_size(18)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    across(sheet, TITLE, 0, last, &ledger.title, &title)?;
    sheet.set_row_height(TITLE, 36)?;
    let filled = format!(
        "填报单位：{}　　填报人：{}　　日期：{}",
        ledger.unit,
        ledger.filled_by,
        day_or_nothing(ledger.filled_on)
    );
    across(sheet, FILLED, 0, last, &filled, &Format::new().set_font_name("仿宋_GB2312").set_font_size(12))?;
    for (at, column) in (0..=last).zip(&ledger.columns) {
        sheet.set_column_width(at, f64::from(column.width.clamp(4, 120)))?;
    }
    Ok(())
}

/// One or two rows of heads; returns the first row below them.
fn header(sheet: &mut Worksheet, ledger: &Ledger) -> Result<u32, Fault> {
    let head = bordered().set_font_name("黑体").set_align(FormatAlign::Center).set_text_wrap();
    let (group_row, is_grouped) = (FILLED + 1, ledger.columns.iter().any(|column| !column.group.is_empty()));
    let head_row = if is_grouped { group_row + 1 } else { group_row };
    let mut at = 0_u16;
    for group in ledger.columns.chunk_by(|one, next| !one.group.is_empty() && one.group == next.group) {
        let last = at + u16::try_from(group.len()).unwrap_or(u16::MAX) - 1;
        let name = group.first().map_or("", |column| column.group.as_str());
        if is_grouped && !name.is_empty() {
            across(sheet, group_row, at, last, name, &head)?;
        }
        for (column, own) in (at..=last).zip(group) {
            let title = Text::from(&own.head);
            if is_grouped && name.is_empty() {
                sheet.merge_range(group_row, column, head_row, column, title.as_str(), &head)?;
            } else {
                sheet.write_string_with_format(head_row, column, title.as_str(), &head)?;
            }
        }
        at = last + 1;
    }
    Ok(head_row + 1)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), Fault> {
    let plain = bordered();
    match value {
        Value::Empty => sheet.write_blank(row, column, &plain)?,
        Value::Text(text) => {
            let text: String = Text::from(text).as_str().chars().take(MOST_LETTERS).collect();
            sheet.write_string_with_format(row, column, text, &plain.set_text_wrap())?
        }
        Value::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, &plain.set_num_format("#,##0"))?
        }
        Value::Fen(fen) => {
            let format = plain.set_num_format("#,##0.00");
            sheet.write_number_with_format(row, column, *fen as f64 / 100.0, &format)?
        }
        Value::Thousandths(share) => {
            let format = plain.set_num_format("0.0%");
            sheet.write_number_with_format(row, column, *share as f64 / 1000.0, &format)?
        }
        Value::Day(date) => sheet.write_string_with_format(row, column, day(*date), &plain)?,
    };
    Ok(())
}

/// 合计: formulas that a reader can follow, with the sums already in them.
fn totals(sheet: &mut Worksheet, ledger: &Ledger, first_row: u32) -> Result<(), Fault> {
    if !ledger.columns.iter().any(|column| column.is_summed) || ledger.rows.is_empty() {
        return Ok(());
    }
    let row = first_row + u32::try_from(ledger.rows.len()).unwrap_or(u32::MAX);
    let bold = bordered().set_font_name("黑体");
    for (at, column) in ledger.columns.iter().enumerate() {
        let place = u16::try_from(at).unwrap_or(u16::MAX);
        if !column.is_summed {
            let word = if at == 0 { "合计" } else { "" };
            sheet.write_string_with_format(row, place, word, &bold)?;
            continue;
        }
        let values = ledger.rows.iter().filter_map(|row| row.get(at));
        let (mut sum, mut is_money) = (0_i64, false);
        for value in values {
            match value {
                Value::Count(number) => sum = sum.saturating_add(*number),
                Value::Fen(fen) => (sum, is_money) = (sum.saturating_add(*fen), true),
                Value::Empty | Value::Text(_) | Value::Thousandths(_) | Value::Day(_) => {}
            }
        }
        let (shown, format) = if is_money {
            (crate::money::in_digits(sum).replace(',', ""), "#,##0.00")
        } else {
            (sum.to_string(), "#,##0")
        };
        let name = rust_xlsxwriter::utility::column_number_to_name(place);
        let formula = Formula::new(format!("=SUM({name}{}:{name}{row})", first_row + 1)).set_result(shown);
        sheet.write_formula_with_format(row, place, formula, &bold.clone().set_num_format(format))?;
    }
    Ok(())
}

/// Text over several columns of one row.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    text: &str,
    format: &Format,
) -> Result<(), Fault> {
    let text = Text::from(text);
    if first == last {
        sheet.write_string_with_format(row, first, text.as_str(), format)?;
    } else {
        sheet.merge_range(row, first, row, last, text.as_str(), format)?;
    }
    Ok(())
}

fn bordered() -> Format {
    Format::new()
        .set_font_name("仿宋_GB2312")
        .set_font_size(11)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

/// At most 31 characters, without those that a sheet's name may not hold.
fn sheet_name(title: &str) -> String {
    let kept = Text::from(title);
    let letters = kept
        .as_str()
        .chars()
        .filter(|letter| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n'));
    let name: String = letters.take(31).collect();
    if name.trim().is_empty() { "台账".to_owned() } else { name }
}
