//! Reads what was packed: parts of an Office file, their text, and whether their XML is XML.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::{Reader, escape::unescape, events::Event};

pub(super) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert!(parts.insert(name.clone(), content).is_none(), "{name} is packed twice");
    }
    parts
}

/// Every part that calls itself XML is well-formed and holds no character that XML forbids.
pub(super) fn assert_well_formed(parts: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let forbidden = |letter: &char| {
            (letter.is_control() && !matches!(letter, '\n' | '\t' | '\r' | '\u{7f}'..='\u{9f}'))
                || matches!(letter, '\u{fffe}' | '\u{ffff}')
        };
        assert_eq!(text.chars().find(forbidden), None, "{name}");
        assert!(!text.contains("&#x0"), "{name} spells a forbidden character");
        texts(text, "");
    }
}

/// The texts of all elements with this name; fails where the XML is not well-formed.
pub(super) fn texts(xml: &str, element: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut found) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.buffer_position())) {
            Event::Start(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                if name == element {
                    found.push(String::new());
                }
                open.push(name);
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if open.last().is_some_and(|name| name == element) => {
                found.last_mut().unwrap().push_str(std::str::from_utf8(&text).unwrap());
            }
            Event::GeneralRef(name) if open.last().is_some_and(|name| name == element) => {
                let entity = format!("&{};", std::str::from_utf8(&name).unwrap());
                found.last_mut().unwrap().push_str(&unescape(&entity).unwrap());
            }
            Event::Eof => break,
            Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is left open");
    found
}
