//! 卷内目录

use crate::{
    forms::Form,
    page::{Cell, CellKind, Document, Place, Row, Run, label, long, row, short, words},
};

/// Rows to fill by hand where there is no document yet.
const EMPTY_ROWS: usize = 18;

/// The index over the documents that follow it; their pages are known only once they are laid out.
pub fn contents(number: &str, documents: &[Document]) -> Document {
    let mut page = Document::new(Form::Contents);
    page.numbered = false;
    page.line(Place::Flush, vec![words(format!("卷号：{number}"))]);
    let mut rows = vec![row(vec![label("序号"), label("文书名称"), label("页次"), label("备注")])];
    let listed = documents.iter().filter(|document| document.numbered);
    rows.extend(listed.enumerate().map(|(at, document)| line_of(at + 1, document)));
    if rows.len() == 1 {
        rows.extend((0..EMPTY_ROWS).map(|_| row(vec![short(""), long(""), short(""), long("")])));
    }
    page.table(&[18, 90, 20, 28], 1, rows);
    page
}

fn line_of(number: usize, document: &Document) -> Row {
    let anchor = document.anchor.clone();
    let place = Cell { span: 1, kind: CellKind::Short, lines: vec![vec![Run::PageOf { anchor }]] };
    row(vec![short(number.to_string()), long(document.title.clone()), place, long("")])
}
