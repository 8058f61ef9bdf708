//! Short ways to fill a document, so that a form's file reads like the form.

use super::{Block, Cell, CellKind, Document, Level, Place, Row, Run, SignatureLine};
use crate::{forms::Form, text::Text};

/// Characters of body text on a line.
const LINE: u8 = 28;

impl Document {
    /// A document under its title.
    pub(crate) fn new(form: Form) -> Self {
        let title = Text::from(form.title());
        let blocks = vec![Block::Title { text: title.clone() }];
        Self { form, title, anchor: form.code().to_owned(), numbered: true, blocks }
    }

    /// One without a title of its own, whose pages carry no numbers.
    pub(crate) fn cover(form: Form) -> Self {
        Self { numbered: false, blocks: Vec::new(), ..Self::new(form) }
    }

    pub(crate) fn big(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Title { text: text.into() });
    }

    /// The file's number, below the title.
    pub(crate) fn number(&mut self, number: &str) {
        self.line(Place::Right, vec![words(number)]);
    }

    pub(crate) fn heading(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Heading { level: Level::First, text: text.into() });
    }

    pub(crate) fn line(&mut self, place: Place, runs: Vec<Run>) {
        self.blocks.push(Block::Paragraph { place, runs });
    }

    pub(crate) fn paragraph(&mut self, runs: Vec<Run>) {
        self.line(Place::Indented, runs);
    }

    /// Each line of a text as a paragraph, or lines to fill by hand where there is none.
    pub(crate) fn prose(&mut self, text: &str, blank_lines: u8) {
        let text = Text::from(text);
        if text.is_blank() {
            for _ in 0..blank_lines {
                self.line(Place::Flush, vec![Run::Blank { wide: LINE }]);
            }
            return;
        }
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.paragraph(vec![words(line)]);
        }
    }

    pub(crate) fn field(&mut self, label: &str, value: &str) {
        self.blocks.push(Block::Field { label: label.into(), value: value.into() });
    }

    pub(crate) fn table(&mut self, widths: &[u16], head: u16, rows: Vec<Row>) {
        self.blocks.push(Block::Table { widths: widths.to_vec(), head, rows });
    }

    pub(crate) fn sign(&mut self, lines: Vec<SignatureLine>) {
        self.blocks.push(Block::Signatures { lines });
    }

    /// Nobody signs where the paper signed by hand lies in the folder.
    pub(crate) fn note_originals(&mut self) {
        for block in &mut self.blocks {
            let Block::Signatures { lines } = block else { continue };
            for line in lines.iter_mut().filter(|line| line.name.is_blank()) {
                line.note = "签名见随卷原件".into();
            }
        }
    }

    pub(crate) fn space(&mut self, lines: u8) {
        self.blocks.push(Block::Space { lines });
    }
}

/// Words as they are.
pub(crate) fn words(text: impl Into<Text>) -> Run {
    Run::Words { text: text.into() }
}

/// What was filled in, or a line of so many characters.
pub(crate) fn filled(text: &str, wide: u8) -> Run {
    let text = Text::from(text);
    if text.is_blank() { Run::Blank { wide } } else { Run::Filled { text } }
}

/// Words in a sentence, or a line to fill by hand where nothing is known.
pub(crate) fn known(text: &str, wide: u8) -> Run {
    if Text::from(text).is_blank() { Run::Blank { wide } } else { words(text) }
}

/// A row as high as it needs.
pub(crate) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, height: None }
}

/// A row with room to write: at least so many millimetres.
pub(crate) fn tall_row(height: u16, cells: Vec<Cell>) -> Row {
    Row { cells, height: Some(height) }
}

/// A cell with words of the form.
pub(crate) fn label(text: impl Into<Text>) -> Cell {
    cell(CellKind::Label, &text.into())
}

/// A short answer in the middle of its cell.
pub(crate) fn short(text: impl Into<Text>) -> Cell {
    cell(CellKind::Short, &text.into())
}

/// An answer from the left.
pub(crate) fn long(text: impl Into<Text>) -> Cell {
    cell(CellKind::Long, &text.into())
}

impl Cell {
    /// Over several columns.
    pub(crate) fn over(mut self, span: u16) -> Self {
        self.span = span;
        self
    }
}

fn cell(kind: CellKind, text: &Text) -> Cell {
    Cell { span: 1, kind, lines: text.lines().map(|line| vec![words(line)]).collect() }
}
