//! A database of its own for each test: SQLite in a folder, or PostgreSQL when `TEST_POSTGRES_URL` names a server.

use std::process::Command;

use store::{Location, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Database {
    Sqlite,
    Postgres,
}

/// An empty site and the folder that ends with the test; nothing when no PostgreSQL server is named.
pub(super) async fn empty(database: Database) -> Option<(Store, TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let location = match database {
        Database::Sqlite => Location::Folder(folder.path().to_owned()),
        Database::Postgres => {
            let url = new_database(&std::env::var("TEST_POSTGRES_URL").ok()?);
            Location::Postgres { url, folder: folder.path().to_owned() }
        }
    };
    Some((Store::open(&location).await.unwrap(), folder))
}

/// Makes a database with PostgreSQL's own program, because only the store may name a driver.
fn new_database(server: &str) -> String {
    let name = format!("api_{}", Uuid::now_v7().simple());
    let made = Command::new("psql")
        .args([server, "--quiet", "--command", &format!("create database {name}")])
        .output()
        .expect("psql makes the test's database: install postgresql-client, or run `cargo xtask test`");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (address, _) = server.rsplit_once('/').expect("TEST_POSTGRES_URL names a database after a slash");
    format!("{address}/{name}")
}

/// Declares tests of both databases from functions that take one.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::tests::database::Database::Sqlite).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::tests::database::Database::Postgres).await;
            })+
        }
    };
}
pub(super) use on_both;
