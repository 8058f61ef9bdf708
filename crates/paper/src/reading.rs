//! Reads a request and refuses what could not be laid out, before the engine sees any of it.

use std::io::Read;

use documents::{
    page::{Block, Document, Row, Run},
    request::{Exit, PIECES, REQUEST_BYTES, Request, VERSION},
};

use crate::Failure;

/// Columns that fit beside each other.
const COLUMNS: usize = 32;
/// Letters of an anchor.
const ANCHOR: usize = 64;

pub(crate) fn request(input: impl Read) -> Result<Request, Failure> {
    let mut bytes = Vec::new();
    let read = input.take(REQUEST_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(Exit::NotUnderstood, error))?;
    if bytes.len() > REQUEST_BYTES {
        return Err(Failure::new(Exit::TooLarge, format!("at most {REQUEST_BYTES} bytes are read")));
    }
    // What serde says may quote the request; where it stopped is enough.
    let request: Request = serde_json::from_slice(&bytes).map_err(|error| {
        Failure::new(Exit::NotUnderstood, format!("line {}, column {}", error.line(), error.column()))
    })?;
    if request.version != VERSION {
        let detail = format!("version {} was asked for, this is version {VERSION}", request.version);
        return Err(Failure::new(Exit::NotUnderstood, detail));
    }
    if request.documents.is_empty() {
        return Err(Failure::new(Exit::NotUnderstood, "there is no document in it"));
    }
    let mut pieces = 0;
    for document in &request.documents {
        pieces += look_at(document)?;
    }
    if pieces > PIECES {
        return Err(Failure::new(Exit::TooLarge, format!("at most {PIECES} blocks, rows and lines")));
    }
    Ok(request)
}

/// Counts the pieces of a document.
fn look_at(document: &Document) -> Result<usize, Failure> {
    anchor(&document.anchor)?;
    let mut pieces = 1;
    for block in &document.blocks {
        pieces += match block {
            Block::Title { text } | Block::Heading { text, .. } => 1 + text.lines().count(),
            Block::Paragraph { runs, .. } => line(runs)?,
            Block::Field { value, .. } => 1 + value.lines().count(),
            Block::Table { widths, rows, .. } => table(widths, rows)?,
            Block::Signatures { lines } => lines.len(),
            Block::Space { lines } => usize::from(*lines),
            Block::PageBreak => 1,
        };
    }
    Ok(pieces)
}

fn table(widths: &[u16], rows: &[Row]) -> Result<usize, Failure> {
    if widths.is_empty() || widths.len() > COLUMNS || widths.contains(&0) {
        return Err(Failure::new(
            Exit::NotUnderstood,
            "a table has no columns, too many, or one without width",
        ));
    }
    let mut pieces = 0;
    for row in rows {
        let span: usize = row.cells.iter().map(|cell| usize::from(cell.span)).sum();
        if span != widths.len() || row.cells.iter().any(|cell| cell.span == 0) {
            return Err(Failure::new(Exit::NotUnderstood, "the cells of a row do not fill its columns"));
        }
        for runs in row.cells.iter().flat_map(|cell| &cell.lines) {
            pieces += line(runs)?;
        }
        pieces += 1;
    }
    Ok(pieces)
}

fn line(runs: &[Run]) -> Result<usize, Failure> {
    let mut pieces = 1;
    for run in runs {
        pieces += match run {
            Run::Words { text } | Run::Filled { text } => text.lines().count(),
            Run::Blank { .. } => 1,
            Run::PageOf { anchor: name } => {
                anchor(name)?;
                1
            }
        };
    }
    Ok(pieces)
}

fn anchor(name: &str) -> Result<(), Failure> {
    let is_plain =
        name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if is_plain && !name.is_empty() && name.len() <= ANCHOR {
        return Ok(());
    }
    Err(Failure::new(Exit::NotUnderstood, "an anchor is one to 64 of a-z, 0-9 and _"))
}
