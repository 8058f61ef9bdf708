//! A page as text, so that a snapshot reads like the sheet.

use crate::page::{Block, Cell, Document, Level, Place, Row, Run};

pub(super) fn outline(document: &Document) -> String {
    let pages = if document.numbered { "numbered" } else { "without numbers" };
    let mut text = format!("{} [{}] {pages}\n", document.title, document.anchor);
    for block in &document.blocks {
        text.push_str(&line_of(block));
        text.push('\n');
    }
    text
}

/// All words of a document, in order.
pub(super) fn words(document: &Document) -> Vec<String> {
    document.blocks.iter().flat_map(words_of).flat_map(|text| lines(&text)).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn line_of(block: &Block) -> String {
    match block {
        Block::Title { text } => format!("== {text} =="),
        Block::Heading { level: Level::First, text } => format!("# {text}"),
        Block::Heading { level: Level::Second, text } => format!("## {text}"),
        Block::Paragraph { place, runs } => {
            let place = match place {
                Place::Indented => "    ",
                Place::Flush => "",
                Place::Centred => "<centre> ",
                Place::Right => "<right> ",
            };
            format!("{place}{}", shown(runs))
        }
        Block::Field { label, value } => format!("{label}: [{value}]"),
        Block::Table { rows, .. } => rows.iter().map(row).collect::<Vec<_>>().join("\n"),
        Block::Signatures { lines } => {
            let line = |one: &crate::page::SignatureLine| {
                format!("sign {}: [{}] {}", one.label, one.name, one.note.as_str().replace('\n', " "))
            };
            lines.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Block::Space { lines } => format!("<{lines} empty>"),
        Block::PageBreak => "<page>".to_owned(),
    }
}

fn row(row: &Row) -> String {
    let cell = |cell: &Cell| cell.lines.iter().map(|runs| shown(runs)).collect::<Vec<_>>().join(" / ");
    format!("| {} |", row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
}

fn shown(runs: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Words { text } => text.to_string(),
        Run::Filled { text } => format!("[{text}]"),
        Run::Blank { wide } => "_".repeat(usize::from(*wide)),
        Run::PageOf { anchor } => format!("<page of {anchor}>"),
    };
    runs.iter().map(run).collect()
}

fn words_of(block: &Block) -> Vec<String> {
    let of_runs = |runs: &Vec<Run>| {
        let text = runs.iter().filter_map(|run| match run {
            Run::Words { text } | Run::Filled { text } => Some(text.to_string()),
            Run::Blank { .. } | Run::PageOf { .. } => None,
        });
        text.collect::<Vec<_>>()
    };
    match block {
        Block::Title { text } | Block::Heading { text, .. } => vec![text.to_string()],
        Block::Paragraph { runs, .. } => of_runs(runs),
        Block::Field { label, value } => vec![label.to_string(), value.to_string()],
        Block::Table { rows, .. } => {
            rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.lines).flat_map(of_runs).collect()
        }
        Block::Signatures { lines } => lines
            .iter()
            .flat_map(|line| [format!("{}：", line.label), line.name.to_string(), line.note.to_string()])
            .collect(),
        Block::Space { .. } | Block::PageBreak => Vec::new(),
    }
}
