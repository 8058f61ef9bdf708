//! Everything that can be asked of a talk day that is planned. Planning one is `Plan`.

use serde::{Deserialize, Serialize};

use super::decide::TalkTurn;
pub use super::{
    answer_item::AnswerItem, cancel::CancelDay, hold::HoldDay, move_day::MoveDay, note_item::NoteItem,
    promise_item::PromiseItem, publish::PublishDay, record_matter::RecordMatter,
    settle_promise::SettlePromise, tell_more::TellMore,
};
use crate::{refusal::Refusal, word::words};

/// Declares the commands, the list of their names, and where each is decided.
macro_rules! commands {
    ($($name:ident = $word:literal),+ $(,)?) => {
        /// One thing asked of a talk day.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(tag = "type")]
        #[allow(missing_docs, reason = "each command is documented in the file of its name")]
        pub enum TalkCommand { $(#[serde(rename = $word)] #[schema(rename = $word)] $name($name)),+ }

        words! {
            /// The names of a talk day's commands.
            TalkCommandKind { $($name = $word),+ }
        }

        impl TalkCommand {
            /// The command's name.
            #[must_use]
            pub fn kind(&self) -> TalkCommandKind {
                match self { $(Self::$name(_) => TalkCommandKind::$name),+ }
            }

            pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
                match self { $(Self::$name(command) => command.decide(turn)),+ }
            }
        }
    };
}

commands! {
    MoveDay = "move", CancelDay = "cancel", HoldDay = "hold",
    NoteItem = "note_item", AnswerItem = "answer", PromiseItem = "promise", SettlePromise = "settle_promise",
    RecordMatter = "record_matter", PublishDay = "publish", TellMore = "tell_more",
}

impl TalkCommandKind {
    /// Whether only the system sends it.
    #[must_use]
    pub fn is_of_the_system(self) -> bool {
        matches!(self, Self::RecordMatter)
    }

    /// Whether it holds whatever happened since its sender last looked: what concerns one item is decided by that item alone,
    /// so that several people can note and answer at once, or hours later without a network.
    #[must_use]
    pub fn is_additive(self) -> bool {
        !matches!(self, Self::MoveDay | Self::CancelDay | Self::PublishDay)
    }
}
