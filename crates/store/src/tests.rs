//! Tests of the store. Each is written once and runs on both databases; what needs PostgreSQL says so in its name.

/// The tests of `jobs` share the sample, and call this crate by its name.
use crate as store;

mod here;
pub(crate) mod sample;

mod beside;
mod cases;
mod copies;
mod later;
mod life;
mod mediations;
mod opening;
mod photos;
mod races;
mod random;
mod refusals;
mod registers;
mod repeats;
mod roots;
mod search;
mod secrecy;
mod sign_in;
mod talk_days;
mod tampering;

/// Makes a test of each function, once on SQLite and once on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite { $( #[test] fn $name() { crate::tests::here::on_sqlite(super::$name); } )+ }
        mod postgres { $( #[test] fn $name() { crate::tests::here::on_postgres(super::$name); } )+ }
    };
}
use on_both;

/// In the full run the server is there; a run without it must not look complete.
#[test]
fn postgres_is_there() {
    let missing = std::env::var_os("TEST_POSTGRES_URL").is_none();
    assert!(!missing || std::env::var_os("CI").is_none(), "{}", here::NO_SERVER);
}
