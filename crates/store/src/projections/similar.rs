//! Matters that may be the same: of the same class, nearby and recent, on the very spot or with words in common. A person
//! decides.

use casework::{actor::Staff, matter::Stage};
use jiff::{Timestamp, ToSpan};

use super::matters::{Filter, Listed, MatterRow, Order};
use crate::{Store, error::Result, grams};

/// Most suggestions.
const MOST: usize = 8;
/// Candidates looked at.
const CANDIDATES: u32 = 100;
/// So near by, two matters may be the same whatever their words are.
const SPOT_METRES: f64 = 50.0;

/// A matter that may be the same.
#[derive(Debug, Clone)]
pub struct Similar {
    /// The matter.
    pub listed: Listed,
    /// How far away.
    pub metres: Option<f64>,
    /// What both say, longest first.
    pub common: Vec<String>,
}

impl Store {
    /// Open matters that may be the same as this one, likeliest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn similar(&self, reader: &Staff, of: &MatterRow, now: Timestamp) -> Result<Vec<Similar>> {
        let matter = &of.matter;
        let site = self.site();
        let bounds = site.pinned(&matter.catalogue).bounds.clone();
        let span = (i64::from(bounds.similar_days) * 24).hours();
        let metres = f64::from(bounds.similar_metres);
        let degrees = metres / 111_195.0;
        let bbox = matter
            .place
            .map(|at| (at.lon - degrees * 1.3, at.lat - degrees, at.lon + degrees * 1.3, at.lat + degrees));
        let filter = Filter {
            area: if bbox.is_none() {
                matter.area.at_level(casework::area::AreaLevel::Village).or(Some(matter.area))
            } else {
                None
            },
            bbox,
            classes: vec![matter.class],
            stages: Stage::ALL.iter().copied().filter(|stage| *stage != Stage::Closed).collect(),
            from: matter.reported_at.checked_sub(span).ok(),
            until: matter.reported_at.checked_add(span).ok(),
            order: Order::Newest,
            limit: CANDIDATES,
            ..Filter::default()
        };
        let words = self.reported_words(of).await?;
        let mut list = Vec::new();
        for listed in self.matters(reader, &filter, now).await?.rows {
            if listed.row.matter.id == matter.id {
                continue;
            }
            let metres = matter.place.zip(listed.row.matter.place).map(|(here, there)| here.metres_to(there));
            let common = common_words(&words, &self.reported_words(&listed.row).await?);
            if may_be_same(metres, &common) {
                list.push(Similar { listed, metres, common });
            }
        }
        list.sort_by_key(|similar| {
            let alike: usize = similar.common.iter().map(|word| word.chars().count()).sum();
            (std::cmp::Reverse(alike), similar.metres.map_or(i64::MAX, whole_metres))
        });
        list.truncate(MOST);
        Ok(list)
    }

    async fn reported_words(&self, row: &MatterRow) -> Result<String> {
        let Some(first) = row.matter.words.first() else { return Ok(String::new()) };
        Ok(self
            .text(row.matter.id, &row.data_key, *first)
            .await?
            .map(|words| grams::normalised(&words))
            .unwrap_or_default())
    }
}

/// Of the same class and in the same village is much; it takes the same spot or the same words besides.
fn may_be_same(metres: Option<f64>, common: &[String]) -> bool {
    !common.is_empty() || metres.is_some_and(|metres| metres <= SPOT_METRES)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "whole metres are meant, and no distance on earth overflows"
)]
fn whole_metres(metres: f64) -> i64 {
    metres as i64
}

/// The longest stretches of at least two Chinese characters that both texts have, at most three.
fn common_words(one: &str, other: &str) -> Vec<String> {
    let chars: Vec<char> = one.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut length = 0;
        while let Some(stretch) = chars.get(start..=start + length) {
            let word: String = stretch.iter().collect();
            if stretch.iter().all(|c| c.is_alphanumeric()) && other.contains(&word) {
                length += 1;
            } else {
                break;
            }
        }
        if length >= 2 {
            found.push(chars.iter().skip(start).take(length).collect());
        }
        start += length.max(1);
    }
    found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    found.dedup();
    found.truncate(3);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_say_is_named() {
        assert_eq!(common_words("古城畈路口积水很深", "门前积水，古城畈那边"), ["古城畈", "积水"]);
        assert!(common_words("路灯不亮", "邻居吵架").is_empty());
    }

    #[test]
    fn only_the_same_spot_or_the_same_words_are_suggested() {
        let alike = common_words("路灯不亮", "村口路灯坏了");
        assert!(may_be_same(Some(400.0), &alike) && may_be_same(None, &alike));
        assert!(may_be_same(Some(50.0), &[]));
        assert!(!may_be_same(Some(50.1), &[]));
        assert!(!may_be_same(None, &[]));
    }
}
