//! What answers look like: plain structs made from matters, areas and units; no decisions.

pub(crate) mod area;
pub(crate) mod detail;
pub(crate) mod follow;
pub(crate) mod mediation;
pub(crate) mod now;
pub(crate) mod party;
pub(crate) mod presence;
pub(crate) mod register;
pub(crate) mod row;
pub(crate) mod talk_day;
pub(crate) mod talk_timeline;
pub(crate) mod timeline;
