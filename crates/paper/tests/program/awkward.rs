//! Whatever people type is text: laid out, never obeyed.

use documents::{
    Form, Text,
    page::{Block, Cell, CellKind, Document, Place, Row, Run, SignatureLine},
    request::{Exit, Request},
};

use crate::program::{pages, run};

/// A sheet with the same words in every place that holds words.
fn sheet(words: &str) -> Request {
    let text = Text::from(words);
    let lines = || vec![vec![Run::Words { text: text.clone() }, Run::Filled { text: text.clone() }]];
    let cell = |kind| Cell { span: 1, kind, lines: lines() };
    let row = |height| Row {
        cells: vec![cell(CellKind::Label), cell(CellKind::Short), cell(CellKind::Long)],
        height,
    };
    let document = Document {
        form: Form::Statement,
        title: text.clone(),
        anchor: "sheet".to_owned(),
        numbered: true,
        blocks: vec![
            Block::Title { text: text.clone() },
            Block::Paragraph { place: Place::Indented, runs: lines().concat() },
            Block::Field { label: text.clone(), value: text.clone() },
            Block::Table { widths: vec![30, 30, 96], head: 1, rows: vec![row(None), row(Some(40))] },
            Block::Signatures {
                lines: vec![SignatureLine { label: text.clone(), name: text.clone(), note: text.clone() }],
            },
        ],
    };
    Request::new(words, vec![document])
}

#[track_caller]
fn laid_out(words: &str) -> usize {
    let answer = run(&[], &sheet(words));
    assert_eq!((answer.exit, answer.said.as_str()), (Exit::Done, ""));
    pages(&answer.pdf)
}

#[test]
fn markup_is_only_text() {
    // Each of these would fail, hang or read a file if it were obeyed.
    for words in [
        "#panic(\"obeyed\")",
        "#import \"/etc/passwd\": *",
        "#while true {}",
        "#image(\"/etc/passwd\")",
        "#let x = y $ a_b^c $ *粗* _斜_ `码` <label> @label \\ // 注 /* 注 */ = 标题",
        "\"]) #panic() ([\"",
        "#sys.inputs.request",
    ] {
        laid_out(words);
    }
}

#[test]
fn rare_and_odd_letters_are_laid_out() {
    for words in
        ["张䶮骉𠮷㐂", "👨‍👩‍👧 e\u{301}\u{36f}", "العربية עברית", "", "\u{1}\u{202e}gpj.exe\u{fffe}", "\n\n \n"]
    {
        laid_out(words);
    }
}

#[test]
fn long_words_and_long_clauses_go_on_over_pages() {
    assert!((2..12).contains(&laid_out(&"a".repeat(400))), "a long word breaks where it must");
    assert!(laid_out(&"很长的条款，".repeat(1700)) > 20);
}
