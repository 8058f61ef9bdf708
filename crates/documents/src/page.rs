//! What a document says, without how it is drawn: the one model that DOCX and PDF are made from.
//!
//! Kept small: titles, headings, paragraphs, tables, lines to sign, page breaks. It knows no fonts and no sizes; where a
//! renderer places something is its own concern. As JSON it is the contract with `fengsi-paper` (see `request`).

mod write;

use serde::{Deserialize, Serialize};

use crate::{forms::Form, text::Text};

pub(crate) use write::{filled, known, label, long, row, short, tall_row, words};

/// One document; it begins on a new page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Which form it is.
    pub form: Form,
    /// What it is called in an index.
    pub title: Text,
    /// What others refer to it by, within one volume.
    pub anchor: String,
    /// Whether its pages carry numbers; covers and the index do not.
    pub numbered: bool,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One piece of a document, over the whole width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// The title of the document.
    Title {
        /// The words.
        text: Text,
    },
    /// A heading within it.
    Heading {
        /// How deep.
        level: Level,
        /// The words, with their number.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// Where it stands.
        place: Place,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A label and what belongs to it, on a line.
    Field {
        /// What it asks for.
        label: Text,
        /// The answer; empty is a line to fill by hand.
        value: Text,
    },
    /// A table.
    Table {
        /// The columns' widths in millimetres; 156 are as wide as the text.
        widths: Vec<u16>,
        /// How many rows are repeated on each page.
        head: u16,
        /// The rows.
        rows: Vec<Row>,
    },
    /// Lines to sign, kept together.
    Signatures {
        /// One for each signer.
        lines: Vec<SignatureLine>,
    },
    /// Empty lines.
    Space {
        /// How many.
        lines: u8,
    },
    /// What follows begins on a new page.
    PageBreak,
}

/// Depth of a heading, as official documents number it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 一、
    First,
    /// （一）
    Second,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Two characters in, as prose is.
    Indented,
    /// At the left edge.
    Flush,
    /// In the middle.
    Centred,
    /// At the right edge.
    Right,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Run {
    /// Words of the form or of a person.
    Words {
        /// The words.
        text: Text,
    },
    /// What was filled in, on a line as by hand.
    Filled {
        /// The words.
        text: Text,
    },
    /// A line to fill by hand.
    Blank {
        /// So many characters wide.
        wide: u8,
    },
    /// The page on which another document of the volume begins.
    PageOf {
        /// The other document's anchor.
        anchor: String,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its cells; their spans add up to the number of columns.
    pub cells: Vec<Cell>,
    /// At least so high, in millimetres; nothing is as high as it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Over so many columns.
    pub span: u16,
    /// What stands in it.
    pub kind: CellKind,
    /// Its lines; none is empty.
    pub lines: Vec<Vec<Run>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Words of the form, in the middle.
    Label,
    /// A short answer, in the middle.
    Short,
    /// An answer, from the left.
    Long,
}

/// A line to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureLine {
    /// Who signs here.
    pub label: Text,
    /// Who signed; empty is a line to sign by hand.
    pub name: Text,
    /// How and when.
    pub note: Text,
}
