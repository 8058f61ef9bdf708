//! Search in Chinese without a dictionary: character bigrams find candidates, the decrypted words decide.

use std::fmt::Write as _;

/// Words as search sees them: lower case, without white space.
#[must_use]
pub(crate) fn normalised(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The terms of a query: at least two characters each, at most eight of them.
#[must_use]
pub(crate) fn terms(query: &str) -> Vec<String> {
    query.split_whitespace().map(normalised).filter(|term| term.chars().count() >= 2).take(8).collect()
}

/// Bigrams as tokens of the index, each between spaces.
#[must_use]
pub(crate) fn tokens(grams: &[i64]) -> String {
    let mut tokens = String::with_capacity(1 + grams.len() * 17);
    tokens.push(' ');
    for gram in grams {
        // Writing into a text cannot fail.
        let _ = write!(tokens, "{:x} ", gram.cast_unsigned());
    }
    tokens
}
