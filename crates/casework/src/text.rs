//! Erasable text: an event names a row by id and salted hash, the words and the salt live in the row alone.
//!
//! When retention erases the row, the event still stands and its hash reveals nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{id::TextId, refusal::Refusal, word::words};

words! {
    /// What a text is for; decides who may read it and whether it can be searched.
    TextKind {
        /// What the reporter said happened.
        Report = "report",
        /// Where it is, in words.
        Address = "address",
        /// Name, phone and mail of the reporter.
        Contact = "contact",
        /// Words meant for the reporter.
        Reply = "reply",
        /// A reason that a step owes.
        Reason = "reason",
        /// A note between those who work on it.
        Note = "note",
        /// Name, phone and address of a party to a mediation, or the name of somebody who joins.
        Party = "party",
        /// Where a session is held, and why it was moved.
        Place = "place",
        /// What was said in a session, or to the committee about the mediation.
        Session = "session",
        /// What a party said to the mediator alone.
        Caucus = "caucus",
        /// What was agreed, and what became of it.
        Agreement = "agreement",
        /// What was said at a talk day. Nobody's name belongs to it.
        Item = "item",
        /// Written for everybody: what a talk day publishes. Nothing of another kind ever is.
        Public = "public",
    }
}

impl TextKind {
    /// Whether the words may be found by search. Names and contacts never are.
    #[must_use]
    pub fn is_searchable(self) -> bool {
        matches!(self, Self::Report | Self::Address)
    }

    /// The longest text of this kind, in characters.
    #[must_use]
    pub const fn most_characters(self) -> usize {
        match self {
            Self::Session => 10_000,
            Self::Caucus | Self::Agreement => 4_000,
            Self::Report | Self::Reply | Self::Note | Self::Item | Self::Public => 2_000,
            Self::Reason => 1_000,
            Self::Party => 800,
            Self::Contact => 400,
            Self::Address | Self::Place => 200,
        }
    }
}

/// What an event keeps of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef {
    /// The row.
    pub id: TextId,
    /// SHA-256 over the row's salt and words.
    #[serde(with = "hex32")]
    pub hash: [u8; 32],
}

/// A text to be stored beside the events that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewText {
    /// The row's id.
    pub id: TextId,
    /// What it is for.
    pub kind: TextKind,
    /// Random, never stored elsewhere.
    pub salt: [u8; 16],
    /// The words.
    pub words: String,
}

/// The hash that an event keeps of a text.
#[must_use]
pub fn text_hash(salt: &[u8; 16], words: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(words.as_bytes()).finalize().into()
}

/// Collects the texts of one decision; ids and salts come from the randomness that was passed in.
#[derive(Debug)]
pub(crate) struct Texts {
    entropy: [u8; 32],
    written: Vec<NewText>,
}

impl Texts {
    pub(crate) fn new(entropy: [u8; 32]) -> Self {
        Self { entropy, written: Vec::new() }
    }

    /// Writes words that must be there.
    pub(crate) fn write(
        &mut self,
        field: &'static str,
        kind: TextKind,
        words: &str,
    ) -> Result<TextRef, Refusal> {
        let words = words.trim();
        if words.is_empty() {
            return Err(Refusal::WordsMissing { field });
        }
        let most = kind.most_characters();
        if words.chars().count() > most {
            return Err(Refusal::WordsTooLong { field, most });
        }
        if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
            return Err(Refusal::WordsUnreadable { field });
        }
        let block: [u8; 32] = Sha256::new()
            .chain_update(self.entropy)
            .chain_update(self.written.len().to_be_bytes())
            .finalize()
            .into();
        let (id, salt) = block.split_at(16);
        let id = TextId(uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid());
        let salt = salt.try_into().unwrap_or_default();
        let hash = text_hash(&salt, words);
        self.written.push(NewText { id, kind, salt, words: words.to_owned() });
        Ok(TextRef { id, hash })
    }

    /// Writes words that may be left out; blank counts as left out.
    pub(crate) fn write_if_any(
        &mut self,
        field: &'static str,
        kind: TextKind,
        words: Option<&str>,
    ) -> Result<Option<TextRef>, Refusal> {
        words.filter(|words| !words.trim().is_empty()).map(|words| self.write(field, kind, words)).transpose()
    }

    pub(crate) fn derived_uuid(&self, label: &str) -> Uuid {
        let block: [u8; 32] =
            Sha256::new().chain_update(self.entropy).chain_update(label.as_bytes()).finalize().into();
        let (id, _) = block.split_at(16);
        uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
    }

    pub(crate) fn into_written(self) -> Vec<NewText> {
        self.written
    }
}

/// Thirty-two bytes as hexadecimal text.
pub mod hex32 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the bytes.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = [0_u8; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
            if let [high, low] = pair {
                *high = digit(byte >> 4);
                *low = digit(byte & 15);
            }
        }
        serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }

    /// Reads the bytes.
    ///
    /// # Errors
    /// When the text is not 64 hexadecimal digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let mut bytes = [0_u8; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(D::Error::custom("a hash has 64 hexadecimal digits"));
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let pair = text.get(index * 2..index * 2 + 2).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16).map_err(D::Error::custom)?;
        }
        Ok(bytes)
    }

    fn digit(value: u8) -> u8 {
        if value < 10 { b'0' + value } else { b'a' + value - 10 }
    }
}
