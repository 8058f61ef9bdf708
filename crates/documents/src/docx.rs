//! Word documents from pages: the official layout of GB/T 9704, in fonts that every office in the country has.
//!
//! Fonts are named, never shipped. Nothing depends on the moment: the same documents give the same bytes.

mod block;
mod style;
mod table;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, PageMargin, PageNum, PageNumType, Paragraph, Run, Section, Table,
};

use crate::page::Document;

/// Twips in a millimetre, times a hundred.
const TWIPS: u32 = 5669;

/// The file could not be written, in the words of the library that packs it.
#[derive(Debug, thiserror::Error)]
#[error("the Word file could not be packed: {0}")]
pub struct Fault(String);

/// One Word file with these documents, each from a new page on.
pub fn render(documents: &[Document]) -> Result<Vec<u8>, Fault> {
    let mut docx =
        style::all(Docx::new()).page_size(millimetres(210), millimetres(297)).page_margin(margins());
    let parts = parts_of(documents);
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        let children = block::children(part, documents);
        let footer = if is_numbered(part) { numbers() } else { Footer::new().add_paragraph(style::footer()) };
        if at < last {
            docx = docx.add_section(section(children, footer, is_numbered(part)));
        } else {
            docx = append(docx.footer(footer), children);
            if is_numbered(part) {
                docx = docx.page_num_type(PageNumType::new().start(1));
            }
        }
    }
    let mut parts = docx.build();
    parts.document = without_ids(&parts.document);
    parts.footers = parts.footers.iter().map(|footer| without_ids(footer)).collect();
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| Fault(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// A piece of the body.
enum Child {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// Neighbours that are numbered, or not, share a section: its numbers run on, and the first is one.
fn parts_of(documents: &[Document]) -> Vec<&[Document]> {
    documents.chunk_by(|one, next| one.numbered == next.numbered).collect()
}

fn is_numbered(part: &[Document]) -> bool {
    part.first().is_some_and(|document| document.numbered)
}

fn section(children: Vec<Child>, footer: Footer, numbered: bool) -> Section {
    let mut section = Section::new().footer(footer).page_margin(margins());
    if numbered {
        section = section.page_num_type(PageNumType::new().start(1));
    }
    for child in children {
        section = match child {
            Child::Paragraph(paragraph) => section.add_paragraph(*paragraph),
            Child::Table(table) => section.add_table(*table),
        };
    }
    section
}

fn append(mut docx: Docx, children: Vec<Child>) -> Docx {
    for child in children {
        docx = match child {
            Child::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Child::Table(table) => docx.add_table(*table),
        };
    }
    docx
}

/// The library counts paragraphs over all files that a thread writes. Nothing refers to these numbers, and without them the
/// same pages give the same bytes.
fn without_ids(part: &[u8]) -> Vec<u8> {
    const ID: &str = " w14:paraId=\"";
    let text = String::from_utf8_lossy(part);
    let mut pieces = text.split(ID);
    let mut clean = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        clean.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
    }
    clean.into_bytes()
}

/// — 1 —
fn numbers() -> Footer {
    let dash = |text: &str| Run::new().add_text(text);
    let line = style::footer().align(AlignmentType::Center).add_run(dash("— "));
    Footer::new().add_paragraph(line.add_page_num(PageNum::new()).add_run(dash(" —")))
}

/// Top 37 mm, left 28 mm, and a text area of 156 by 225 mm.
fn margins() -> PageMargin {
    let twips = |value: u32| i32::try_from(millimetres(value)).unwrap_or_default();
    PageMargin::new().top(twips(37)).bottom(twips(35)).left(twips(28)).right(twips(26)).footer(twips(28))
}

fn millimetres(value: u32) -> u32 {
    value.saturating_mul(TWIPS) / 100
}
