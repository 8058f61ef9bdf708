//! A function one can see at once. Formatting is checked before, so a body ends where its first line begins.

use super::{none_of, sources};

const LINES: usize = 70;

#[test]
fn no_function_is_too_long() {
    let all = sources();
    let rust = all.iter().filter(|source| source.has_ending(&["rs"]));
    let found = rust.flat_map(|source| {
        let long = long_functions(source.text().unwrap_or_default());
        long.into_iter().map(|(line, length)| format!("{}:{line} has {length} lines", source.path))
    });
    none_of(
        found.collect(),
        "A function has at most 70 lines: keep the decisions in it and move the leaves into functions of their own. \
         Where it is one flat table, #[allow(clippy::too_many_lines, reason = \"..\")] excuses it.",
    );
}

/// First line and length of each function that is too long.
fn long_functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if !begins_function(line.trim_start()) || is_excused(&lines, start) {
            continue;
        }
        let end = lines.iter().skip(start).position(|line| ends_function(line, indent));
        let length = end.map_or(1, |end| end + 1);
        if length > LINES {
            found.push((start + 1, length));
        }
    }
    found
}

/// `#[allow(clippy::too_many_lines, reason = "..")]` just above: a total match over the events, say.
fn is_excused(lines: &[&str], start: usize) -> bool {
    let above = lines.iter().take(start).rev().map(|line| line.trim_start());
    let mut attributes =
        above.take_while(|line| line.starts_with(['#', '/', ')']) || line.contains("reason ="));
    attributes.any(|line| line.contains("clippy::too_many_lines"))
}

fn begins_function(line: &str) -> bool {
    let before = line.split('(').next().unwrap_or_default();
    let mut words = before.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match word {
            "fn" => return words.peek().is_some(),
            "pub" | "const" | "async" => {}
            _ => break,
        }
    }
    // `pub(crate) fn name(..)`: the first bracket belongs to the visibility.
    line.starts_with("pub(") && line.split_once(") ").is_some_and(|(_, rest)| begins_function(rest))
}

/// The closing brace, or the semicolon of a function without a body, on the level of the first line.
fn ends_function(line: &str, indent: usize) -> bool {
    let here = line.len() - line.trim_start().len();
    here == indent && line.trim_end().ends_with(['}', ';'])
}

#[test]
fn measures_functions() {
    let body = "    x();\n".repeat(69);
    let text = format!("pub(crate) async fn long(\n    a: u8,\n) -> u8 {{\n{body}}}\n\nfn short() {{}}\n");
    assert_eq!(long_functions(&text), [(1, 73)]);
    assert!(long_functions(&format!("fn a() {{\n{}}}\n", "    x();\n".repeat(68))).is_empty());
    let excused = format!("#[allow(clippy::too_many_lines, reason = \"a table\")]\n{text}");
    assert!(long_functions(&excused).is_empty());
    assert!(long_functions("trait T {\n    fn a(\n        &self,\n    );\n}\n").is_empty());
}
