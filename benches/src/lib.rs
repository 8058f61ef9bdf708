//! What the load programs in `src/bin` are made of: the server as a process, load over HTTP, the bare sides, and results.
//!
//! Every figure is a ratio taken in one run: both sides on the same machine, with the same rows and the same durability,
//! in turns. Nothing here fails a build.

pub mod disk;
pub mod load;
pub mod postgres;
pub mod process;
pub mod record;
pub mod reports;
pub mod server;
pub mod sqlite;
pub mod statistics;
