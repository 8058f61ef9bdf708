//! Closed lists of words: each word is written one way in JSON, in the database, in addresses and in logs.

/// Declares a closed list of words with their spelling.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$item_meta:meta])* $item:ident = $text:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[allow(missing_docs, reason = "a word that needs more than itself has a line of its own")]
        pub enum $name { $($(#[$item_meta])* #[serde(rename = $text $(, alias = $alias)*)] #[schema(rename = $text)] $item),+ }

        impl $name {
            /// Every word of the list, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$item),+];

            /// The word as it is written everywhere.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text),+ }
            }

            /// The word's place in the list: a short form for storage keys.
            #[must_use]
            pub const fn index(self) -> i64 { self as i64 }

            /// The word at a place of the list.
            #[must_use]
            pub fn at_index(index: i64) -> Option<Self> {
                usize::try_from(index).ok().and_then(|index| Self::ALL.get(index).copied())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text $(| $alias)* => Ok(Self::$item),)+
                    _ => Err($crate::word::UnknownWord { list: stringify!($name), word: text.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use words;

/// A word that is not in its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not one of the words of {list}")]
pub struct UnknownWord {
    /// The list's name.
    pub list: &'static str,
    /// What was given.
    pub word: String,
}
