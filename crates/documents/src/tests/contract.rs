//! What `fengsi-paper` is sent, as JSON. A change of the snapshot is a change of the contract: count [`VERSION`] up.

use crate::{
    forms::Form,
    page::{Block, Cell, CellKind, Document, Level, Place, Row, Run, SignatureLine},
    request::{Request, VERSION},
};

fn every_block() -> Vec<Block> {
    let runs = vec![
        Run::Words { text: "字".into() },
        Run::Filled { text: "填".into() },
        Run::Blank { wide: 4 },
        Run::PageOf { anchor: "statement".to_owned() },
    ];
    let cell = |kind| Cell { span: 1, kind, lines: vec![vec![Run::Words { text: "格".into() }]] };
    let row = |height| Row {
        cells: vec![cell(CellKind::Label), cell(CellKind::Short), cell(CellKind::Long)],
        height,
    };
    vec![
        Block::Title { text: "题".into() },
        Block::Heading { level: Level::First, text: "一、".into() },
        Block::Heading { level: Level::Second, text: "（一）".into() },
        Block::Paragraph { place: Place::Indented, runs },
        Block::Paragraph { place: Place::Flush, runs: Vec::new() },
        Block::Paragraph { place: Place::Centred, runs: Vec::new() },
        Block::Paragraph { place: Place::Right, runs: Vec::new() },
        Block::Field { label: "名".into(), value: "值".into() },
        Block::Table { widths: vec![30, 30, 96], head: 1, rows: vec![row(None), row(Some(30))] },
        Block::Signatures {
            lines: vec![SignatureLine { label: "谁".into(), name: "名".into(), note: "何时".into() }],
        },
        Block::Space { lines: 2 },
        Block::PageBreak,
    ]
}

#[test]
fn a_request_is_a_contract() {
    let document = Document {
        form: Form::Statement,
        title: "卷宗情况说明".into(),
        anchor: "statement".to_owned(),
        numbered: true,
        blocks: every_block(),
    };
    let request = Request::new("样", vec![document]);
    assert_eq!(request.version, VERSION);
    insta::assert_json_snapshot!("request", request);
    let read: Request = serde_json::from_slice(&request.to_json().unwrap()).unwrap();
    assert_eq!(read, request);
}

#[test]
fn a_field_that_nobody_knows_is_refused() {
    let mut value = serde_json::to_value(Request::new("样", Vec::new())).unwrap();
    value["surprise"] = 1.into();
    assert!(serde_json::from_value::<Request>(value).is_err());
}
