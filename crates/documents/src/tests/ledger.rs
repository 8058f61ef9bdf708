//! Ledgers, read back.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::package;
use crate::ledger::{Column, Ledger, Value, xlsx};

fn ledger() -> Ledger {
    let column = |group: &str, head: &str, is_summed| Column {
        group: group.to_owned(),
        head: head.to_owned(),
        width: 14,
        is_summed,
    };
    Ledger {
        title: "人民调解案件[统计]表".to_owned(),
        unit: "随县柳林镇人民调解委员会".to_owned(),
        filled_by: "吴记之".to_owned(),
        filled_on: Some(date(2026, 3, 31)),
        columns: vec![
            column("", "类型", false),
            column("案件", "件数", true),
            column("案件", "金额", true),
            column("", "履行率", false),
            column("", "日期", false),
        ],
        rows: vec![
            vec![
                Value::Text("=1+1\u{1}".to_owned()),
                Value::Count(12),
                Value::Fen(160_050),
                Value::Thousandths(917),
                Value::Day(date(2026, 3, 2)),
            ],
            vec![Value::Text("邻里".to_owned()), Value::Count(-2), Value::Fen(5), Value::Empty, Value::Empty],
        ],
    }
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

#[test]
fn a_ledger_has_title_line_header_rows_and_totals() {
    let parts = package::parts(&xlsx(&ledger()).unwrap());
    package::assert_well_formed(&parts);
    let strings = package::texts(&text(&parts, "xl/sharedStrings.xml"), "t");
    insta::assert_snapshot!("ledger", strings.join("\n"));
    let sheet = text(&parts, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane ySplit=\"4\" topLeftCell=\"A5\""), "title, line and header are frozen");
    assert!(sheet.contains("<f>SUM(B5:B6)</f><v>10</v>"), "{sheet}");
    assert!(sheet.contains("<f>SUM(C5:C6)</f><v>1600.55</v>"), "{sheet}");
    for merged in ["A1:E1", "A2:E2", "B3:C3", "A3:A4", "D3:D4"] {
        assert!(sheet.contains(&format!("<mergeCell ref=\"{merged}\"/>")), "{merged}");
    }
}

#[test]
fn what_somebody_typed_is_never_a_formula() {
    let parts = package::parts(&xlsx(&ledger()).unwrap());
    let sheet = text(&parts, "xl/worksheets/sheet1.xml");
    assert_eq!(package::texts(&sheet, "f"), ["SUM(B5:B6)", "SUM(C5:C6)"]);
    assert!(package::texts(&text(&parts, "xl/sharedStrings.xml"), "t").contains(&"=1+1".to_owned()));
}

#[test]
fn the_same_ledger_gives_the_same_bytes_and_an_empty_one_is_a_sheet() {
    assert!(xlsx(&ledger()).unwrap() == xlsx(&ledger()).unwrap());
    package::assert_well_formed(&package::parts(&xlsx(&Ledger::default()).unwrap()));
    let long = Ledger { title: "长/".repeat(300), ..ledger() };
    package::assert_well_formed(&package::parts(&xlsx(&long).unwrap()));
}
