//! Text as it may stand on paper: whatever was typed, without what no paper shows and no XML may hold.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Readable text; a line feed is the only control character in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text(String);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its lines, without empty ones at the end; an empty text has none.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.trim_end().lines()
    }

    /// Whether nothing would be seen of it.
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(|letter| letter.is_whitespace() || letter == '\u{200b}')
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        if !raw.contains(is_changed) {
            return Self(raw);
        }
        let joined =
            raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        Self(joined.chars().filter(|letter| !is_dropped(*letter)).collect())
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::from(raw.to_owned())
    }
}

impl From<&String> for Text {
    fn from(raw: &String) -> Self {
        Self::from(raw.clone())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_changed(letter: char) -> bool {
    matches!(letter, '\r' | '\t' | '\u{2028}' | '\u{2029}') || is_dropped(letter)
}

/// Control characters, those that turn the order of others around (what is signed must be what is read), and what is no
/// character at all.
fn is_dropped(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(letter, '\u{fdd0}'..='\u{fdef}') || (letter as u32) & 0xfffe == 0xfffe;
    (letter.is_control() && letter != '\n') || turns || is_none || letter == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_can_be_read_and_drops_the_rest() {
        let text = Text::from("张䶮\u{0}骉\u{202e}\r\n第二行\t完\u{ffff}\u{feff}\u{1f600}");
        assert_eq!(text.as_str(), "张䶮骉\n第二行 完\u{1f600}");
        assert_eq!(text.lines().collect::<Vec<_>>(), ["张䶮骉", "第二行 完\u{1f600}"]);
        assert!(Text::from(" \u{3000}\n").is_blank());
        assert_eq!(Text::from("").lines().count(), 0);
    }

    #[test]
    fn is_cleaned_when_it_comes_as_json_too() {
        let text: Text = serde_json::from_str(r#""a\u0001b""#).unwrap();
        assert_eq!(text.as_str(), "ab");
    }
}
