//! Names of things that never change: regions, matters, talk days, commands, accounts, photos, texts, units.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is wrong with an id that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}")]
pub struct BadId {
    /// What the text should have been.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// The county (six digits, GB/T 2260) in whose log a matter's events stand. The city itself is `421300`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Region(pub u32);

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// Declares ids that are UUIDs, each a type of its own.
macro_rules! uuid_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.0) }
        }
    )+ };
}

uuid_ids! {
    /// A command's id, made by the client that sends it (UUIDv7), so that a repeat is recognised.
    CommandId,
    /// A person who signs in.
    AccountId,
    /// A stored photo.
    PhotoId,
    /// A row of erasable text that an event names.
    TextId,
    /// A mediator of the register.
    MediatorId,
    /// A named mediation studio of the register.
    StudioId,
    /// A local method of mediation.
    MethodId,
    /// A place where people talk things through.
    TalkPlaceId,
}

/// Declares ids of records: the region in whose log the record stands and a UUID, written `421321-<uuid>`.
macro_rules! record_ids {
    ($($(#[$meta:meta])* $name:ident = $kind:literal),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            /// The region of the record's log. It never changes, though the record's area may.
            pub region: Region,
            /// Unique within the region.
            pub uuid: Uuid,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}-{}", self.region, self.uuid)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let (region, uuid) = region_and_uuid(text)
                    .ok_or_else(|| BadId { kind: $kind, text: text.chars().take(64).collect() })?;
                Ok(Self { region, uuid })
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                String::schema()
            }
        }
        impl utoipa::ToSchema for $name {}
    )+ };
}

record_ids! {
    /// A matter's id for life.
    MatterId = "matter id",
    /// A talk day's id for life.
    TalkDayId = "talk day id",
}

fn region_and_uuid(text: &str) -> Option<(Region, Uuid)> {
    let (region, uuid) = text.split_once('-')?;
    let digits = region.len() == 6 && region.bytes().all(|b| b.is_ascii_digit());
    Some((Region(region.parse().ok().filter(|_| digits)?), uuid.parse().ok()?))
}

/// A unit's id: the division it serves and the service it does there, as in `421321117.construction`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number people see, `SZ-421321117-20261122-0007`: site prefix, town, day of report, running number of that day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Number(pub String);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ids that are written as text in JSON.
macro_rules! serde_as_text {
    ($($name:ty),+) => { $(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+ };
}
pub(crate) use serde_as_text;
serde_as_text!(MatterId, TalkDayId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_id_is_read_as_it_is_written() {
        let id = MatterId { region: Region(421_321), uuid: Uuid::from_u128(7) };
        assert_eq!(id.to_string(), "421321-00000000-0000-0000-0000-000000000007");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("42132-00000000-0000-0000-0000-000000000007".parse::<MatterId>().is_err());
        assert!("421321".parse::<MatterId>().is_err());
    }
}
