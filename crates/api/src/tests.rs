//! Tests of the interface: through the router, in the test's own process, without sockets.

mod calls;
mod database;
mod deeds;
mod dispute;
mod place;

mod access;
mod bad_input;
mod dossier;
mod figures;
mod headers;
mod live;
mod mediation;
mod mediation_statistics;
mod operations;
mod registers;
mod secrecy;
mod staying;
mod talk_days;
mod talk_feed;
mod two_desks;
mod walk;
