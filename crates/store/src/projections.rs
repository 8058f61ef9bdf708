//! Read models, one file each: its columns, what a change does to it, and its queries.

pub(crate) mod cases;
pub(crate) mod cells;
pub(crate) mod figures;
pub(crate) mod map;
pub(crate) mod matters;
pub(crate) mod mediations;
pub(crate) mod similar;
pub(crate) mod talk_days;
pub(crate) mod totals;
