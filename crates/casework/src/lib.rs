//! The rules of casework: what may happen to a matter and what follows from it.
//!
//! Pure: no clock, no randomness, no input or output, no async. What a decision needs is passed in, what it means comes
//! out as events. Storage, HTTP, work later and the demo all call `Matter::decide` and know no rules of their own.
//! It holds no names of people and knows no database.

mod word;

pub mod id;

pub mod area;
pub mod shape;
pub mod unit;

pub mod actor;

pub mod calendar;
pub mod catalogue;
pub mod clock;
pub mod site;

pub mod record;

pub mod matter;
pub mod mediation;

pub mod talk_day;

pub mod access;
pub mod followup;
pub mod register;
pub mod text;

mod refusal;

pub use refusal::{FreeTime, Refusal};

#[cfg(test)]
mod tests;
