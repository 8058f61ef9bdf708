//! What holds for the rules as a whole, and the harness of the scenarios that stand in each command's file.

pub(crate) mod cast;
pub(crate) mod committees;
pub(crate) mod mediating;
pub(crate) mod methods;
pub(crate) mod place;
pub(crate) mod sample;
pub(crate) mod scenario;
pub(crate) mod talk;

mod access;
mod contract;
mod life;
mod notices;
mod suizhou;
