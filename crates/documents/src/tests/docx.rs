//! Word files, read back.

use super::{outline::words, package, sample};
use crate::{
    docx::render,
    forms::Form,
    page::{Block, Document, Level, Place, Run},
    volume::volume,
};

#[test]
fn a_word_file_says_every_word_of_its_pages() {
    for document in volume(&sample()) {
        let parts = package::parts(&render(std::slice::from_ref(&document)).unwrap());
        package::assert_well_formed(&parts);
        let written = package::texts(std::str::from_utf8(&parts["word/document.xml"]).unwrap(), "w:t");
        let mut rest = written.iter();
        for line in words(&document) {
            assert!(rest.any(|text| *text == line), "{}: {line} is missing or out of order", document.title);
        }
    }
}

#[test]
fn covers_carry_no_numbers_and_the_rest_begins_with_one() {
    let parts = package::parts(&render(&volume(&sample())).unwrap());
    package::assert_well_formed(&parts);
    let body = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    let sections: Vec<&str> = body.split("<w:sectPr").skip(1).collect();
    assert_eq!(sections.len(), 3, "covers and index, documents, back cover");
    let starts: Vec<bool> =
        sections.iter().map(|section| section.contains("w:pgNumType w:start=\"1\"")).collect();
    assert_eq!(starts, [false, true, false]);
    let has_number = |number: usize| {
        let footer = std::str::from_utf8(&parts[&format!("word/footer{number}.xml")]).unwrap();
        footer.contains("<w:instrText>PAGE</w:instrText>")
    };
    assert_eq!([1, 2, 3].map(has_number), [false, true, false]);
    assert!(body.contains("w:top=\"2097\"") && body.contains("w:left=\"1587\""), "37 and 28 millimetres");
}

#[test]
fn the_index_refers_to_places_that_exist() {
    let parts = package::parts(&render(&volume(&sample())).unwrap());
    let body = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    let references: Vec<&str> =
        body.split("PAGEREF ").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(references.len(), 17);
    for name in references {
        assert_eq!(body.matches(&format!("w:name=\"{name}\"")).count(), 1, "{name}");
    }
}

#[test]
fn the_official_fonts_are_named() {
    let parts = package::parts(&render(&volume(&sample())).unwrap());
    let styles = std::str::from_utf8(&parts["word/styles.xml"]).unwrap();
    for font in ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"] {
        assert!(styles.contains(font), "{font}");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert!(render(&volume(&sample())).unwrap() == render(&volume(&sample())).unwrap());
}

#[test]
fn every_kind_of_block_is_written() {
    let text = |words: &str| Run::Words { text: words.into() };
    let document = Document {
        form: Form::Statement,
        title: "样".into(),
        anchor: "all".to_owned(),
        numbered: true,
        blocks: vec![
            Block::Heading { level: Level::Second, text: "（一）二级标题".into() },
            Block::Paragraph {
                place: Place::Centred,
                runs: vec![text("居中\n换行"), Run::Blank { wide: 3 }],
            },
            Block::Space { lines: 2 },
            Block::PageBreak,
            Block::Paragraph {
                place: Place::Flush,
                runs: vec![Run::PageOf { anchor: "nowhere".to_owned() }],
            },
        ],
    };
    let parts = package::parts(&render(&[document]).unwrap());
    package::assert_well_formed(&parts);
    let body = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    assert_eq!(package::texts(body, "w:t")[..3], ["（一）二级标题", "居中", "换行"]);
    assert!(body.contains("w:br w:type=\"page\"") && !body.contains("PAGEREF"));
}
