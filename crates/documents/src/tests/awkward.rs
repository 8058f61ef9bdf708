//! Whatever people type: nothing panics, and what comes out can be opened.

use proptest::prelude::*;
use serde_json::Value;

use super::{SAMPLE, package};
use crate::{Dossier, archive, docx, missing::missing, request::Request, volume::volume};

/// Fields that are no free text.
const FIXED: [&str; 8] = ["type", "how", "form", "side", "at", "on", "seen_on", "signer"];

/// Text as it comes from phones, other systems and people with time on their hands.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just(String::new()),
        Just("张䶮骉𠮷㐂".to_owned()),
        Just("a".repeat(3000)),
        Just("很长的条款，".repeat(1700)),
        Just("]]>&lt;<w:t>\"'&amp;\u{0}\u{b}\u{fffe}\u{feff}\u{202e}gpj.exe".to_owned()),
        Just("行\r\n".repeat(200)),
        Just("e\u{301}\u{36f}".repeat(100)),
        "[\u{0}-\u{9f}\u{2000}-\u{206f}\u{fff0}-\u{ffff}]{0,40}",
    ]
}

/// The sample with other words everywhere.
fn filled(words: &[String]) -> Dossier {
    let mut value: Value = serde_json::from_str(SAMPLE).unwrap();
    let mut next = words.iter().cycle();
    fill(&mut value, &mut next);
    serde_json::from_value(value).unwrap()
}

fn fill<'a>(value: &mut Value, next: &mut impl Iterator<Item = &'a String>) {
    match value {
        Value::String(text) => text.clone_from(next.next().unwrap()),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, next)),
        Value::Object(fields) => {
            let free = fields
                .iter_mut()
                .filter(|(name, _)| !FIXED.contains(&name.as_str()) && !name.ends_with("_on"));
            free.for_each(|(_, inner)| fill(inner, next));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_words_make_documents_that_can_be_opened(words in prop::collection::vec(typed(), 1..40)) {
        let dossier = filled(&words);
        let documents = volume(&dossier);
        package::assert_well_formed(&package::parts(&docx::render(&documents).unwrap()));
        missing(&dossier);

        let request = Request::new("任何", documents);
        let read: Request = serde_json::from_slice(&request.to_json().unwrap()).unwrap();
        prop_assert_eq!(read, request);

        let attachment = archive::Attachment { name: words[0].clone(), bytes: Vec::new() };
        let packed = archive::archive(&dossier, None, &[attachment]).unwrap();
        prop_assert_eq!(archive::verify(&packed.bytes).unwrap().1, packed.manifest_sha256);
    }
}
