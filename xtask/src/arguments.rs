//! Reads the words after a task's name. Small on purpose: a parser crate would triple the first build.

use anyhow::{Result, bail};

/// The words not yet understood.
pub(crate) struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    pub(crate) fn new(words: Vec<String>) -> Self {
        Self { words }
    }

    /// Whether `--help` or `-h` stands before any `--`.
    pub(crate) fn asks_for_help(&self) -> bool {
        self.words.iter().take_while(|word| *word != "--").any(|word| word == "--help" || word == "-h")
    }

    /// Takes a flag such as `--quick`; true when it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let end = self.end_of_options();
        let found = self.words.iter().take(end).position(|word| word == name);
        found.map(|at| self.words.remove(at)).is_some()
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let end = self.end_of_options();
        let with_equals = format!("{name}=");
        if let Some(at) = self.words.iter().take(end).position(|word| word.starts_with(&with_equals)) {
            return Ok(self.words.remove(at).strip_prefix(&with_equals).map(str::to_owned));
        }
        let Some(at) = self.words.iter().take(end).position(|word| word == name) else { return Ok(None) };
        if at + 1 >= end {
            bail!("{name} needs a value after it");
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    /// Takes the next plain word.
    pub(crate) fn positional(&mut self) -> Option<String> {
        let end = self.end_of_options();
        let at = self.words.iter().take(end).position(|word| !word.starts_with('-'))?;
        Some(self.words.remove(at))
    }

    /// Takes everything after `--`.
    pub(crate) fn after_dashes(&mut self) -> Vec<String> {
        let end = self.end_of_options();
        self.words.split_off(end).into_iter().skip(1).collect()
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self) -> Result<()> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => bail!("'{word}' is not understood here; add --help to see what is"),
        }
    }

    fn end_of_options(&self) -> usize {
        self.words.iter().position(|word| word == "--").unwrap_or(self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn takes_flags_values_and_words_in_any_order() {
        let mut given = arguments("name --listen=:1 --quick --data here");
        assert_eq!(given.value("--data").unwrap().as_deref(), Some("here"));
        assert_eq!(given.value("--listen").unwrap().as_deref(), Some(":1"));
        assert!(given.flag("--quick"));
        assert_eq!(given.positional().as_deref(), Some("name"));
        given.finish().unwrap();
    }

    #[test]
    fn leaves_what_follows_the_dashes_alone() {
        let mut given = arguments("--quick -- psql --help --quick");
        assert!(!given.asks_for_help());
        assert_eq!(given.after_dashes(), ["psql", "--help", "--quick"]);
        assert!(given.flag("--quick"));
        given.finish().unwrap();
    }

    #[test]
    fn refuses_what_nobody_took() {
        assert!(arguments("--quik").finish().is_err());
        assert!(arguments("--data").value("--data").is_err());
    }
}
