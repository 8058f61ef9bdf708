//! What residents use: no account, a query code instead.

pub(crate) mod agreement;
pub(crate) mod follow;
pub(crate) mod guess;
pub(crate) mod mediations;
pub(crate) mod mediators;
pub(crate) mod numbers;
pub(crate) mod photos;
pub(crate) mod reports;
pub(crate) mod site;
pub(crate) mod talk_days;
pub(crate) mod talk_feed;
