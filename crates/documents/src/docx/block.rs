//! Blocks as paragraphs and tables.

use docx_rs::{
    AlignmentType, BreakType, FieldCharType, InstrPAGEREF, InstrText, Paragraph, Run as WordRun,
    SpecialIndentType,
};

use super::{Child, style, table};
use crate::page::{Block, Document, Level, Place, Run};

/// The body of one section.
pub(super) fn children(part: &[Document], all: &[Document]) -> Vec<Child> {
    let mut children = Vec::new();
    for (at, document) in part.iter().enumerate() {
        let id = all.iter().position(|other| other.anchor == document.anchor).unwrap_or_default() + 1;
        children.push(paragraph(begin(document, id, at > 0)));
        let mut rest = document.blocks.as_slice();
        for group in document.blocks.chunk_by(|one, next| is_field(one) && is_field(next)) {
            rest = rest.get(group.len()..).unwrap_or_default();
            blocks(group, goes_on(group, rest.first()), all, &mut children);
        }
    }
    children
}

/// What an index refers to; all but the first of a section begin on a new page.
fn begin(document: &Document, id: usize, on_new_page: bool) -> Paragraph {
    Paragraph::new()
        .page_break_before(on_new_page)
        .add_bookmark_start(id, document.anchor.as_str())
        .add_bookmark_end(id)
}

/// Nobody signs a sheet that says nothing: a line of text comes along. A seal and its day stay together.
fn goes_on(group: &[Block], next: Option<&Block>) -> bool {
    let is_right =
        |block: Option<&Block>| matches!(block, Some(Block::Paragraph { place: Place::Right, .. }));
    matches!(next, Some(Block::Signatures { .. })) || (is_right(group.last()) && is_right(next))
}

fn is_field(block: &Block) -> bool {
    matches!(block, Block::Field { .. })
}

/// One block, or neighbouring fields, which share a table.
fn blocks<'a>(group: &'a [Block], goes_on: bool, all: &[Document], children: &mut Vec<Child>) {
    let Some(first) = group.first() else { return };
    match first {
        Block::Title { text } => {
            children.push(paragraph(style::title().add_run(words(text.as_str()))));
            children.push(paragraph(style::gap()));
        }
        Block::Heading { level, text } => {
            let id = match level {
                Level::First => style::FIRST,
                Level::Second => style::SECOND,
            };
            children.push(paragraph(style::heading(id).add_run(words(text.as_str()))));
        }
        Block::Paragraph { place, runs } => {
            let body = style::body().keep_next(goes_on);
            children.push(paragraph(with_runs(placed(body, *place), runs, all)));
        }
        Block::Field { .. } => {
            let answer = |block: &'a Block| {
                if let Block::Field { label, value } = block { Some((label, value)) } else { None }
            };
            let fields = group.iter().filter_map(answer);
            children.push(Child::Table(Box::new(table::fields(fields))));
            children.push(paragraph(style::gap()));
        }
        Block::Table { widths, rows, .. } => {
            children.push(Child::Table(Box::new(table::table(widths, rows, all))));
            children.push(paragraph(style::gap()));
        }
        Block::Signatures { lines } => {
            children.push(Child::Table(Box::new(table::signatures(lines))));
            children.push(paragraph(style::gap().keep_next(true)));
        }
        Block::Space { lines } => {
            children.extend((0..*lines).map(|_| paragraph(style::body())));
        }
        Block::PageBreak => {
            let run = WordRun::new().add_break(BreakType::Page);
            children.push(paragraph(Paragraph::new().add_run(run)));
        }
    }
}

fn paragraph(paragraph: Paragraph) -> Child {
    Child::Paragraph(Box::new(paragraph))
}

fn placed(paragraph: Paragraph, place: Place) -> Paragraph {
    match place {
        Place::Indented => {
            paragraph.indent(None, Some(SpecialIndentType::FirstLine(style::INDENT)), None, None)
        }
        Place::Flush => paragraph,
        Place::Centred => paragraph.align(AlignmentType::Center),
        Place::Right => paragraph.align(AlignmentType::Right),
    }
}

pub(super) fn with_runs(mut paragraph: Paragraph, runs: &[Run], all: &[Document]) -> Paragraph {
    for run in runs {
        paragraph = match run {
            Run::Words { text } => paragraph.add_run(words(text.as_str())),
            Run::Filled { text } => paragraph.add_run(words(text.as_str()).underline("single")),
            Run::Blank { wide } => paragraph.add_run(blank(*wide)),
            Run::PageOf { anchor } if all.iter().any(|document| document.anchor == *anchor) => {
                paragraph.add_run(page_of(anchor))
            }
            Run::PageOf { .. } => paragraph,
        };
    }
    paragraph
}

/// Text in a run; a line feed in it is a break.
pub(super) fn words(text: &str) -> WordRun {
    let mut run = WordRun::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn blank(wide: u8) -> WordRun {
    WordRun::new().add_text("\u{3000}".repeat(usize::from(wide))).underline("single")
}

/// Word counts the pages when it lays the file out.
fn page_of(anchor: &str) -> WordRun {
    WordRun::new()
        .add_field_char(FieldCharType::Begin, true)
        .add_instr_text(InstrText::PAGEREF(InstrPAGEREF::new(anchor)))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("\u{3000}")
        .add_field_char(FieldCharType::End, false)
}
