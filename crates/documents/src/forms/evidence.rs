//! 证据材料

use super::Form;
use crate::{
    dossier::Dossier,
    page::{Document, Place, filled, label, long, row, short, words},
};

/// Rows to fill by hand where nothing was handed in yet.
const EMPTY_ROWS: usize = 10;

/// The list of what was handed in; the things themselves follow it.
pub fn evidence(dossier: &Dossier) -> Document {
    let mut page = Document::new(Form::Evidence);
    page.number(&dossier.number);
    let mut rows =
        vec![row(vec![label("序号"), label("材料名称"), label("提供人"), label("页数"), label("说明")])];
    for (at, one) in dossier.evidence.iter().enumerate() {
        rows.push(row(vec![
            short((at + 1).to_string()),
            long(&one.name),
            short(&one.from),
            short(one.sheets.map(|sheets| sheets.to_string()).unwrap_or_default()),
            long(&one.remarks),
        ]));
    }
    if dossier.evidence.is_empty() {
        rows.extend((0..EMPTY_ROWS).map(|_| row(vec![short(""), long(""), short(""), short(""), long("")])));
    }
    page.table(&[14, 52, 28, 14, 48], 1, rows);
    let count = if dossier.evidence.is_empty() { String::new() } else { dossier.evidence.len().to_string() };
    page.line(Place::Flush, vec![words("以上共"), filled(&count, 3), words("件，材料附后。")]);
    page
}
