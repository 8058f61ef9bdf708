//! Search in Chinese without a dictionary: character bigrams find candidates, the decrypted words decide.

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

/// A bigram as a token of the index.
#[must_use]
pub(crate) fn token(gram: i64) -> String {
    format!("{:x}", gram.cast_unsigned())
}
