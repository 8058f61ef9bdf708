//! Nothing half done and nothing switched off.

use super::{Source, none_of, sources};

const CODE: [&str; 11] = ["rs", "ts", "vue", "js", "mjs", "css", "html", "sql", "toml", "typ", "yml"];
const NOTES: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];
const UNFINISHED: [&str; 2] = ["todo!(", "unimplemented!("];
const SWITCHED_OFF: [&str; 9] = [
    "#[ignore",
    "test.skip(",
    "it.skip(",
    "describe.skip(",
    ".only(",
    "test.fixme(",
    "test.todo(",
    "it.todo(",
    "describe.todo(",
];
/// Where people keep their checkouts: a path below them holds on one machine only.
const MACHINE_PATHS: [&str; 2] = ["/root/", "/home/"];

#[test]
fn nothing_is_left_half_done() {
    none_of(
        lines_with(&CODE, |line| NOTES.iter().any(|note| has_word(line, note)) || has_any(line, &UNFINISHED)),
        "Do it now, or write an issue: a note in the code is read by nobody who could act on it.",
    );
}

#[test]
fn no_test_is_switched_off() {
    none_of(
        lines_with(&["rs", "ts", "vue", "mjs"], |line| has_any(line, &SWITCHED_OFF)),
        "A test that does not run proves nothing: mend it or delete it.",
    );
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    let everything =
        ["rs", "ts", "vue", "js", "mjs", "json", "toml", "md", "sql", "snap", "html", "css", "typ", "run"];
    none_of(
        lines_with(&everything, |line| MACHINE_PATHS.iter().any(|path| has_path(line, path))),
        "That folder exists on one machine only: write it relative to the repository, or take it from a variable.",
    );
}

fn lines_with(endings: &[&str], is_found: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.has_ending(endings) && !source.is_tidy()) {
        found.extend(lines_in(source, &is_found));
    }
    found
}

fn lines_in(source: &Source, is_found: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = source.text().unwrap_or_default().lines().enumerate();
    let found = lines.filter(|(_, line)| is_found(line));
    found.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect()
}

fn has_any(line: &str, needles: &[&str]) -> bool {
    needles.iter().any(|needle| line.contains(needle))
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric()).any(|own| own == word)
}

/// The path as an absolute one: `apps/home/` is not `/home/`.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|start| start.chars().next_back());
        before.is_none_or(|letter| {
            !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '_' | '}' | ')' | '~')
        })
    })
}

#[test]
fn knows_a_path_from_a_part_of_one() {
    assert!(has_path("see /home/somebody/fengsi", "/home/"));
    assert!(!has_path("src/home/lamp.rs", "/home/"));
    assert!(has_word("// TODO: later", "TODO"));
    assert!(!has_word("XXXX-XXXX", "XXX"));
}
