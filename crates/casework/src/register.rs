//! The registers of mediation: mediators, committees, named studios; what is to be mended in them, and who is suggested for
//! a dispute.
//!
//! Entries are public offices, not lives: a name, an office, a term. Facts of a committee (a woman among its members) are
//! declared by the committee and never attributes of a person. Nobody is scored or compared with others.

mod admission;
mod committee;
mod finding;
mod mediator;
mod method;
mod studio;
mod suggest;
mod term;

pub use admission::{NotAdmitted, PartiesAdmitted, Taker};
pub(crate) use admission::{admitted, with_organisation};
pub use committee::{Committee, CommitteeKind, Minority};
pub use finding::Finding;
pub use mediator::{Mediator, MediatorKind};
pub use method::{KeptMethod, Method, MethodStep, STEP_FORMS};
pub use studio::Studio;
pub use suggest::{Dispute, Reason, Suggestion, suggest};
pub use term::{REMIND_DAYS, Term};

use crate::{catalogue::Catalogue, matter::Class, refusal::Refusal};

/// Most characters of a name.
const NAME: usize = 60;
/// Most characters of a line of words.
const LINE: usize = 120;
/// Most kinds of dispute that an entry may name.
const MOST_CODES: u32 = 20;

/// One line of words that must be there.
fn line(field: &'static str, most: usize, words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Refusal::WordsMissing { field });
    }
    if words.chars().count() > most {
        return Err(Refusal::WordsTooLong { field, most });
    }
    if words.chars().any(char::is_control) {
        return Err(Refusal::WordsUnreadable { field });
    }
    Ok(words.to_owned())
}

/// Kinds of dispute by their codes, each once, in the order of their codes.
fn dispute_codes(
    field: &'static str,
    codes: &[String],
    catalogue: &Catalogue,
) -> Result<Vec<String>, Refusal> {
    if codes.iter().any(|code| catalogue.category(Class::Dispute, code).is_none()) {
        return Err(Refusal::UnknownCategory);
    }
    let mut codes = codes.to_vec();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() > MOST_CODES as usize {
        return Err(Refusal::TooMany { field, most: MOST_CODES });
    }
    Ok(codes)
}

/// Whether a list of codes holds a dispute's category: `05` holds all of `0502`, `0502` only itself.
fn holds(codes: &[String], category: Option<&str>) -> bool {
    category.is_some_and(|category| codes.iter().any(|code| category.starts_with(code.as_str())))
}
