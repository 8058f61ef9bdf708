//! What is to be mended in an entry. A code with values: pages say it in the reader's language, with the article.

use jiff::civil::Date;
use serde::Serialize;

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// The committee has too few members.
    FewMembers {
        /// How many it has.
        members: u32,
        /// How many it needs.
        least: u32,
    },
    /// The committee has too many members.
    ManyMembers {
        /// How many it has.
        members: u32,
        /// How many it may have.
        most: u32,
    },
    /// It has no director.
    NoDirector,
    /// No woman is among its members.
    NoWoman,
    /// Where several nationalities live, none of the smaller ones is among its members.
    NoMinority,
    /// Its term is longer than the law lets it be.
    TermTooLong {
        /// How many years it may have.
        years: i32,
    },
    /// A specialised committee does not say which disputes it takes.
    NoAdmission,
    /// The term has ended.
    TermEnded {
        /// On which day.
        #[schema(value_type = String, format = Date)]
        on: Date,
    },
    /// The term ends before long.
    TermEnds {
        /// On which day.
        #[schema(value_type = String, format = Date)]
        on: Date,
        /// In how many days.
        days: i32,
    },
}

impl Finding {
    /// The article of the People's Mediation Law (人民调解法) that asks for it, where it is one of a committee. The reminder of
    /// a term and the site's own rules have none.
    #[must_use]
    pub fn article(&self) -> Option<u32> {
        match self {
            Self::FewMembers { .. }
            | Self::ManyMembers { .. }
            | Self::NoDirector
            | Self::NoWoman
            | Self::NoMinority => Some(8),
            Self::TermTooLong { .. } => Some(9),
            Self::NoAdmission | Self::TermEnded { .. } | Self::TermEnds { .. } => None,
        }
    }
}
