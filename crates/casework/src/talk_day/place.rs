//! The register of places where people talk things through: rooms, benches before a door, 家常点. Open to everybody.

use serde::{Deserialize, Serialize};

use crate::{area::Point, refusal::Refusal, word::words};

words! {
    /// What a talk place is.
    TalkPlaceKind {
        /// 逢四说事室
        Room = "room",
        /// 板凳会
        Doorstep = "doorstep",
        /// 家常点
        Informal = "informal",
    }
}

/// A talk place of a village.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TalkPlace {
    /// What it is.
    pub kind: TalkPlaceKind,
    /// Its name.
    pub name: String,
    /// Where it is, in words.
    #[serde(default)]
    pub address: String,
    /// When it is open, in words.
    #[serde(default)]
    pub hours: String,
    /// The exact place.
    #[serde(default)]
    pub point: Option<Point>,
    /// No longer used; talk days that were held there still name it.
    #[serde(default)]
    pub closed: bool,
}

impl TalkPlace {
    /// Checks a place that somebody wrote, without the blanks around its words.
    ///
    /// # Errors
    /// Names the field.
    pub fn checked(&self) -> Result<Self, Refusal> {
        let words = |field, text: &str, most: usize| {
            let text = text.trim();
            if text.chars().count() > most {
                return Err(Refusal::WordsTooLong { field, most });
            }
            if text.chars().any(char::is_control) {
                return Err(Refusal::WordsUnreadable { field });
            }
            Ok(text.to_owned())
        };
        let name = words("name", &self.name, 60)?;
        if name.is_empty() {
            return Err(Refusal::WordsMissing { field: "name" });
        }
        if self.point.is_some_and(|point| !point.is_on_earth()) {
            return Err(Refusal::PlaceUnknown);
        }
        let (address, hours) = (words("address", &self.address, 200)?, words("hours", &self.hours, 100)?);
        Ok(Self { name, address, hours, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_name_that_can_be_read() {
        let place = TalkPlace {
            kind: TalkPlaceKind::Room,
            name: " 逢四说事室 ".into(),
            address: "村委会一楼".into(),
            hours: String::new(),
            point: None,
            closed: false,
        };
        assert_eq!(place.checked().unwrap().name, "逢四说事室");
        let code = |place: TalkPlace| place.checked().unwrap_err().code();
        assert_eq!(code(TalkPlace { name: " ".into(), ..place.clone() }), "words_missing");
        assert_eq!(code(TalkPlace { name: "一".repeat(61), ..place.clone() }), "words_too_long");
        assert_eq!(code(TalkPlace { hours: "九点\n".repeat(2), ..place.clone() }), "words_unreadable");
        let point = Some(Point { lon: 999.0, lat: 31.0 });
        assert_eq!(code(TalkPlace { point, ..place }), "place_unknown");
    }
}
