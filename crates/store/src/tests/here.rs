//! The place where a test happens: a store of its own on one of the databases, a clock that goes a minute with each command.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
};

use casework::{
    actor::Actor,
    id::{CommandId, MatterId, PhotoId},
    matter::{Command, Matter, Report},
};
use jiff::{Timestamp, ToSpan};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::sample::{at, site_data};
use crate::{
    Answer, Location, NewCommand, NewReport, Result, Store, VerifyReport,
    value::{Row, Statement},
};

/// What to do when there is no server.
pub(crate) const NO_SERVER: &str = "TEST_POSTGRES_URL is not set, so that nothing was tested on PostgreSQL: run `cargo xtask postgres -- cargo test -p store`";

/// A site on a database of its own.
pub(crate) struct Here {
    pub(crate) store: Store,
    pub(crate) location: Location,
    minutes: AtomicI64,
    ids: AtomicU64,
}

/// Runs a test on SQLite.
pub(crate) fn on_sqlite(test: impl AsyncFnOnce(&Here)) {
    with_sqlite(|runtime, here| runtime.block_on(test(here)));
}

/// Runs a test on PostgreSQL, where there is one.
pub(crate) fn on_postgres(test: impl AsyncFnOnce(&Here)) {
    with_postgres(|runtime, here| runtime.block_on(test(here)));
}

/// Runs a test that blocks on SQLite.
pub(crate) fn with_sqlite(test: impl FnOnce(&Runtime, &Here)) {
    let folder = tempfile::tempdir().unwrap();
    run(&runtime(), Location::Folder(folder.path().to_owned()), test);
}

/// Runs a test that blocks on a database of its own, which is gone after it when all went well.
pub(crate) fn with_postgres(test: impl FnOnce(&Runtime, &Here)) {
    with_empty_database(|runtime, url| {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Postgres { url: url.to_owned(), folder: folder.path().to_owned() };
        run(runtime, location, test);
    });
}

/// Runs a test with the address of a database in which nothing is yet, where there is a server.
pub(crate) fn with_empty_database(test: impl FnOnce(&Runtime, &str)) {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var_os("CI").is_none(), "{NO_SERVER}");
        eprintln!("{NO_SERVER}");
        return;
    };
    let runtime = runtime();
    let name = format!("store_{}", Uuid::from_bytes(crate::keys::random().unwrap()).simple());
    let ask = |sql: String| {
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            connection.execute(AssertSqlSafe(sql)).await.unwrap();
        });
    };
    ask(format!("create database {name}"));
    test(&runtime, &format!("{}/{name}", server.rsplit_once('/').unwrap().0));
    ask(format!("drop database {name} with (force)"));
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn run(runtime: &Runtime, location: Location, test: impl FnOnce(&Runtime, &Here)) {
    let here = runtime.block_on(async {
        let store = Store::open(&location).await.unwrap();
        store.set_up(&site_data(), at("2024-01-01T00:00")).await.unwrap();
        Here { store, location, minutes: AtomicI64::new(0), ids: AtomicU64::new(1) }
    });
    test(runtime, &here);
    runtime.block_on(async { drop(here) });
}

impl Here {
    /// The moment, first Monday 4 March 2024 at nine.
    pub(crate) fn now(&self) -> Timestamp {
        at("2024-03-04T09:00").checked_add(self.minutes.load(Ordering::SeqCst).minutes()).unwrap()
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::SeqCst);
    }

    /// Lets time pass until a moment.
    pub(crate) fn wait_until(&self, moment: Timestamp) {
        let minutes = (moment.as_second() - self.now().as_second()).div_euclid(60) + 1;
        self.wait(minutes.max(0));
    }

    /// An id that nothing has yet.
    pub(crate) fn id(&self) -> CommandId {
        CommandId(Uuid::from_u128(u128::from(self.ids.fetch_add(1, Ordering::SeqCst)) << 32))
    }

    /// A report that is about to be sent.
    pub(crate) fn new_report(&self, report: Report) -> NewReport {
        self.wait(1);
        NewReport { id: self.id(), actor: Actor::Reporter, now: self.now(), report }
    }

    /// A command that is about to be sent, on whatever stands.
    pub(crate) fn new_command(&self, actor: Actor, matter: MatterId, command: Command) -> NewCommand {
        self.wait(1);
        NewCommand { id: self.id(), actor, now: self.now(), matter, base_version: None, command }
    }

    /// Reports something that nobody refuses.
    pub(crate) async fn reported(&self, report: Report) -> Answer {
        self.store.report(self.new_report(report)).await.unwrap()
    }

    /// Sends a command.
    pub(crate) async fn send(&self, actor: Actor, matter: MatterId, command: Command) -> Result<Answer> {
        self.store.command(self.new_command(actor, matter, command)).await
    }

    /// Sends a command that nobody refuses.
    pub(crate) async fn does(&self, actor: Actor, matter: MatterId, command: Command) -> Answer {
        self.send(actor, matter, command).await.unwrap()
    }

    /// The matter as its row keeps it.
    pub(crate) async fn matter(&self, id: MatterId) -> Matter {
        self.store.matter(id).await.unwrap().matter
    }

    /// The matter as its events make it.
    pub(crate) async fn replayed(&self, id: MatterId) -> Matter {
        let mut events = self.store.events(id, 0).await.unwrap().into_iter();
        let mut matter = Matter::begin(id, &events.next().unwrap()).unwrap();
        events.for_each(|recorded| matter.apply(&recorded));
        matter
    }

    /// A text, readable.
    pub(crate) async fn words(&self, id: MatterId, text: casework::id::TextId) -> String {
        let row = self.store.matter(id).await.unwrap();
        self.store.text(id, &row.data_key, text).await.unwrap().unwrap()
    }

    /// An upload that a command may name.
    pub(crate) async fn photo(&self) -> PhotoId {
        let mut png = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(8, 8).write_to(&mut png, image::ImageFormat::Png).unwrap();
        self.store.add_photo(png.into_inner(), self.now()).await.unwrap().id
    }

    /// Changes the database behind the store's back.
    pub(crate) async fn sql(&self, statement: Statement) -> u64 {
        self.store.database.execute(vec![statement]).await.unwrap().iter().sum()
    }

    /// Reads the database as it is.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Row> {
        self.store.database.fetch_list(Statement::new(sql)).await.unwrap()
    }

    /// One number.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].int(0).unwrap()
    }

    /// Every row of every table as text, to tell whether anything at all has changed.
    pub(crate) async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let sqlite = self.store.database.is_sqlite();
        let names = if sqlite {
            "select name from sqlite_master where type = 'table' and name <> 'grams'"
        } else {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public'"
        };
        let mut dump = BTreeMap::new();
        for name in self.rows(names).await {
            let name = name.text(0).unwrap().to_owned();
            let columns = if sqlite { "*" } else { "cast(t as text)" };
            let rows = self.rows(&format!("select {columns} from {name} t")).await;
            let mut lines: Vec<String> = rows.iter().map(|row| format!("{:?}", row.0)).collect();
            lines.sort();
            dump.insert(name, lines);
        }
        dump
    }

    /// Verifies the record.
    pub(crate) async fn verify(&self) -> VerifyReport {
        self.store.verify(|_| {}).await.unwrap()
    }

    /// Verifies the record, in which nothing is wrong.
    pub(crate) async fn is_sound(&self) {
        let report = self.verify().await;
        assert_eq!(report.findings, [], "{} findings", report.wrong);
    }
}
