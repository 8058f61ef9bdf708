//! Lets a line break inside a word that is longer than any line, which the engine alone would let run off the page.

use serde_json::Value;

/// So many letters stay together: a telephone number does.
const MOST: usize = 12;
/// Where a line may break though nothing is seen there.
const BREAK: char = '\u{200b}';
/// The fields that hold text.
const TEXTS: [&str; 6] = ["text", "title", "label", "value", "name", "note"];

/// Goes through all text of a request.
pub(super) fn allow(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if let Value::String(text) = inner {
                    if TEXTS.contains(&name.as_str()) {
                        *text = broken(text);
                    }
                } else {
                    allow(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(allow),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn broken(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| letter.is_whitespace() || breaks_by_itself(letter)) {
        if word.chars().count() <= MOST {
            result.push_str(word);
            continue;
        }
        for letter in word.chars() {
            if !joins(letter) {
                result.push(BREAK);
            }
            result.push(letter);
        }
    }
    result
}

/// Chinese characters, between which a line may break.
fn breaks_by_itself(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that belong to the letter before them.
fn joins(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
