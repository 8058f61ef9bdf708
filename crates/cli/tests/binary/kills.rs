//! The program is killed at random moments under load and started again: what was acknowledged is there, once, as it was
//! acknowledged; what was not may be sent again; the record verifies (target R1).
//!
//! `FENGSI_KILLS` says how often it is killed, for longer runs by hand.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{program::Run, served::Server};

/// Kills of the usual run.
const KILLS: u32 = 20;
/// Connections that report.
const RESIDENTS: usize = 48;
/// Connections that work on what was reported.
const DESKS: usize = 16;
/// The longest time under load before a kill, in milliseconds.
const LONGEST: u64 = 600;
const VILLAGE: &str = "421321117204";

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    kills(&Place::new(None));
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(server) => kills(&Place::new(Some(&server))),
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL is not set: run `cargo xtask test`")
        }
    }
}

/// A demo without its year, in a folder, its records there too or in a database of its own.
struct Place {
    folder: TempDir,
    database: Option<String>,
}

impl Place {
    fn new(server: Option<&str>) -> Self {
        let database = server.map(|server| {
            let name = format!("kills_{}", Uuid::now_v7().simple());
            let sql = format!("create database {name}");
            let made = Command::new("psql").args([server, "--quiet", "--command", &sql]).status().unwrap();
            assert!(made.success());
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        });
        let place = Self { folder: tempfile::tempdir().unwrap(), database };
        Run::of(&[&["demo", "--empty", "--load-only"], place.arguments().as_slice()].concat()).succeeds();
        place
    }

    fn arguments(&self) -> Vec<&str> {
        let mut arguments = vec!["--data", self.folder.path().to_str().unwrap()];
        arguments.extend(self.database.iter().flat_map(|url| ["--database", url.as_str()]));
        arguments
    }

    fn serve(&self) -> Server {
        Server::with(&[self.arguments().as_slice(), &["--no-limits"]].concat())
    }
}

/// Something that was sent, and what was answered, if anything.
#[derive(Clone)]
struct Sent {
    path: String,
    body: String,
    /// Number and code of a report, version of a command.
    acknowledged: Option<Value>,
}

/// A member of staff's stay, which outlives the server.
#[derive(Clone)]
struct Stay(String);

fn kills(place: &Place) {
    let rounds = std::env::var("FENGSI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut server = place.serve();
    let stay = Stay::of(server.address(), "intake");
    let (mut numbers, mut acknowledged, mut resent) = (BTreeSet::new(), 0, 0);
    for _ in 0..rounds {
        let sent = load(server, &stay);
        server = place.serve();
        for one in sent {
            let (status, answer) =
                ask(server.address(), &stay, &one.path, &one.body).expect("it answers again");
            let answer = essence(&answer);
            match &one.acknowledged {
                Some(first) => {
                    assert_eq!(status, 200, "{} was acknowledged and is gone: {}", one.path, one.body);
                    assert_eq!(answer, *first, "{} is answered otherwise than before", one.body);
                    acknowledged += 1;
                }
                None => {
                    // A command that came after another one's commit may be too late now; a report never is.
                    assert!(matches!(status, 200 | 201 | 409), "{status}: {answer}");
                    resent += 1;
                }
            }
            if let Some(number) = answer["number"].as_str().filter(|_| one.path.ends_with("/reports")) {
                assert!(numbers.insert(number.to_owned()), "{number} was given twice");
            }
        }
    }
    server.stop();
    let verified = Run::of(&[&["verify"], place.arguments().as_slice()].concat()).succeeds();
    assert!(verified.contains("✓ everything holds"), "{verified}");
    assert!(
        verified.contains(&format!("{} matters", numbers.len())),
        "{} numbers: {verified}",
        numbers.len()
    );
    assert!(acknowledged > rounds, "hardly anything was acknowledged");
    eprintln!("{rounds} kills: {acknowledged} acknowledged, {resent} sent again, {} matters", numbers.len());
}

/// Reports and desk work from many connections until the server is killed.
fn load(server: Server, stay: &Stay) -> Vec<Sent> {
    let (sent, reported, over) =
        (Mutex::new(Vec::new()), Mutex::new(Vec::<String>::new()), AtomicBool::new(false));
    let address = server.address().to_owned();
    thread::scope(|scope| {
        for nth in 0..RESIDENTS + DESKS {
            let (sent, reported, over, address) = (&sent, &reported, &over, &address);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let one = if nth < RESIDENTS { a_report() } else { desk_work(reported) };
                    let Some(mut one) = one else {
                        thread::sleep(Duration::from_millis(2));
                        continue;
                    };
                    let answer = ask(address, stay, &one.path, &one.body);
                    let broken = answer.is_none();
                    if let Some((status, answer)) = answer {
                        // Two desks on one matter: one of them is told to look anew, which is no promise.
                        if status == 409 {
                            continue;
                        }
                        assert!(matches!(status, 200 | 201), "{status}: {answer}");
                        let answer = essence(&answer);
                        if let Some(matter) = answer["matter_id"].as_str().filter(|_| nth < RESIDENTS) {
                            reported.lock().unwrap().push(matter.to_owned());
                        }
                        one.acknowledged = Some(answer);
                    }
                    sent.lock().unwrap().push(one);
                    if broken {
                        break;
                    }
                }
            });
        }
        let random = u64::from(u32::from_be_bytes(*Uuid::now_v7().as_bytes().last_chunk().unwrap()));
        thread::sleep(Duration::from_millis(20 + random % LONGEST));
        server.kill();
        over.store(true, Ordering::Relaxed);
    });
    sent.into_inner().unwrap()
}

fn a_report() -> Option<Sent> {
    let body = json!({ "id": Uuid::now_v7(), "place": { "area": VILLAGE }, "words": "村口路灯不亮", "class": "service" });
    Some(Sent { path: "/api/v1/public/reports".into(), body: body.to_string(), acknowledged: None })
}

/// A note on something that was reported: it only adds, so it is never too late.
fn desk_work(reported: &Mutex<Vec<String>>) -> Option<Sent> {
    let matter = reported.lock().unwrap().pop()?;
    let command = json!({ "type": "note", "words": "已电话核实" });
    let body = json!({ "id": Uuid::now_v7(), "base_version": 1, "command": command });
    Some(Sent {
        path: format!("/api/v1/matters/{matter}/commands"),
        body: body.to_string(),
        acknowledged: None,
    })
}

/// What of an answer must be the same when it is given again.
fn essence(answer: &str) -> Value {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    json!({ "matter_id": answer["matter_id"], "number": answer["number"], "code": answer["code"], "version": answer["version"] })
}

impl Stay {
    fn of(address: &str, name: &str) -> Self {
        let body = json!({ "name": name, "password": "pingan-2023" }).to_string();
        let answer = exchange(address, "/api/v1/sign-in", "", &body).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        let me: Value = serde_json::from_str(body).unwrap();
        let (cookie, csrf) = (cookie.split(';').next().unwrap(), me["csrf"].as_str().unwrap());
        Self(format!("cookie: {cookie}\r\nx-csrf-token: {csrf}\r\n"))
    }
}

/// Status and body, when a whole answer comes.
fn ask(address: &str, stay: &Stay, path: &str, body: &str) -> Option<(u16, String)> {
    let headers = if path.contains("/public/") { "" } else { &stay.0 };
    let answer = exchange(address, path, headers, body)?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    (length == Some(body.len())).then_some(())?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

fn exchange(address: &str, path: &str, headers: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
