//! The line this system does not cross: no face recognition, no tracking, no scoring or ranking of persons,
//! no registers of "key persons", no check-ins. Names in the interface, the tables and the access table are
//! where such a thing would first appear.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Source, none_of, sources};

const REASON: &str = "Fengsi handles matters, not persons: no face recognition, no tracking, no scoring or ranking of \
    persons, no registers of key persons, no check-ins, no points. If the word means something else, use another word.";

/// Words that may not be part of a name.
const WORDS: [&str; 25] = [
    "face",
    "faces",
    "facial",
    "biometric",
    "biometrics",
    "fingerprint",
    "track",
    "tracks",
    "tracking",
    "tracker",
    "trail",
    "trails",
    "trajectory",
    "trajectories",
    "rank",
    "ranks",
    "ranking",
    "rankings",
    "leaderboard",
    "mileage",
    "checkin",
    "checkins",
    "points",
    "gamification",
    "whereabouts",
];
/// Words that may not stand together in a name.
const PAIRS: [(&str, &str); 14] = [
    ("check", "in"),
    ("check", "ins"),
    ("key", "person"),
    ("key", "persons"),
    ("key", "people"),
    ("person", "score"),
    ("person", "scores"),
    ("resident", "score"),
    ("worker", "score"),
    ("staff", "score"),
    ("account", "score"),
    ("user", "score"),
    ("person", "tag"),
    ("person", "tags"),
];

#[test]
fn nobody_is_recognised_tracked_or_scored() {
    let all = sources();
    let mut found = Vec::new();
    for source in &all {
        for name in names_of(source) {
            if is_over_the_line(&name) {
                found.push(format!("{}: {name}", source.path));
            }
        }
    }
    none_of(found, REASON);
}

fn names_of(source: &Source) -> BTreeSet<String> {
    let Some(text) = source.text() else { return BTreeSet::new() };
    if source.path == "openapi.json" {
        let mut names = BTreeSet::new();
        collect(&serde_json::from_str(text).unwrap(), &mut names);
        return names;
    }
    let is_table = source.path.starts_with("crates/store/migrations/") && source.has_ending(&["sql"]);
    let is_access = source.path.starts_with("crates/casework/src/access");
    if is_table || is_access { identifiers(text) } else { BTreeSet::new() }
}

/// Keys, and those values that are names. Descriptions may say what is not done.
fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                names.insert(key.clone());
                if matches!(key.as_str(), "enum" | "name" | "operationId" | "const" | "tags" | "required") {
                    collect_words(inner, names);
                }
                collect(inner, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn collect_words(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(word) => drop(names.insert(word.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect_words(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
    }
}

/// Names in SQL and Rust, without comments.
fn identifiers(text: &str) -> BTreeSet<String> {
    let code = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    let code = code.map(|line| line.split("//").next().unwrap_or_default());
    let names = code.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn is_over_the_line(name: &str) -> bool {
    let words = words_of(name);
    let alone = words.iter().any(|word| WORDS.contains(&word.as_str()));
    let together = words
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if PAIRS.contains(&(first.as_str(), second.as_str()))));
    alone || together
}

/// `CheckIn`, `check_in` and `/check-in` are the same words.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn knows_the_line() {
    for name in
        ["face_id", "CheckIn", "/api/v1/check-ins", "key_person", "worker_score", "gps_trail", "rankings"]
    {
        assert!(is_over_the_line(name), "{name}");
    }
    for name in
        ["surface", "interface", "check_integrity", "key_file", "scorecard", "Point", "in_check", "frank"]
    {
        assert!(!is_over_the_line(name), "{name}");
    }
}
