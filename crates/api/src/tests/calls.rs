//! Requests and answers: the site with its router, people who stay, and photos.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, header},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use super::{
    database::{self, Database},
    place::{self, PASSWORD},
};
use crate::{
    App, Clock, Options, router,
    session::{COOKIE, CSRF_HEADER},
};

/// The smallest picture: one pixel, PNG.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\xdac\x10P0\x00\x00\x00\xa4\x00a\n\x9b\xae\xde\x00\x00\x00\x00IEND\xaeB`\x82";
/// What stands between the parts of a form.
const BOUNDARY: &str = "pieces-of-a-form";

/// A site and its interface.
pub(super) struct TestApp {
    pub(super) store: Store,
    router: Router,
    _folder: TempDir,
}

/// A member of staff who has signed in.
#[derive(Debug, Clone)]
pub(super) struct Stay {
    pub(super) cookie: String,
    pub(super) csrf: String,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Bytes,
    /// Null when the body is no JSON.
    pub(super) json: Value,
}

impl Answer {
    /// The body of a yes.
    #[track_caller]
    pub(super) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.json);
        self.json
    }

    /// Insists on a problem answer with a status and a stable code.
    #[track_caller]
    pub(super) fn is_problem(&self, status: u16, code: &str) {
        let kind = self.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap());
        assert_eq!(
            (self.status, self.json["code"].as_str(), kind),
            (status, Some(code), Some("application/problem+json")),
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        assert_eq!(self.json["status"], status);
        assert!(self.json["title"].is_string() && self.json["detail"].is_string(), "{}", self.json);
    }
}

/// The id of a command.
pub(super) fn command_id() -> String {
    Uuid::now_v7().to_string()
}

/// Another address for each request, so that only what a test is about is limited.
fn new_address() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0x0A00_0001);
    (Ipv4Addr::from(NEXT.fetch_add(1, Ordering::Relaxed)), 40_000).into()
}

/// Options of a test: no limits, cookies without HTTPS.
pub(super) fn unlimited() -> Options {
    Options { limits: false, secure_cookies: false, ..Options::default() }
}

/// Words as they stand in an address.
pub(super) fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl TestApp {
    /// On SQLite, Monday 4 March 2024 at nine.
    pub(super) async fn new() -> Self {
        Self::on(Database::Sqlite).await.unwrap()
    }

    /// On a database; nothing when it is not there.
    pub(super) async fn on(database: Database) -> Option<Self> {
        let (store, folder) = database::empty(database).await?;
        let now = place::at("2024-03-04T09:00");
        store.set_up(&place::site(), now).await.unwrap();
        store.add_accounts(&place::accounts(), now).await.unwrap();
        let router = router(App::new(store.clone(), Clock::starting_at(now), unlimited()));
        Some(Self { store, router, _folder: folder })
    }

    /// The same site with other options.
    pub(super) fn with(self, options: Options) -> Self {
        let clock = Clock::starting_at(place::at("2024-03-04T09:00"));
        Self { router: router(App::new(self.store.clone(), clock, options)), ..self }
    }

    /// The same site from another moment on.
    pub(super) fn later(self, local: &str) -> Self {
        let clock = Clock::starting_at(place::at(local));
        Self { router: router(App::new(self.store.clone(), clock, unlimited())), ..self }
    }

    /// Sends a request; the body is left to the caller.
    pub(super) async fn open(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a request and reads its answer. No answer may be a fault of the server.
    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        let answer = self.hear(request).await;
        assert!(answer.status < 500, "{asked} failed: {answer:?}");
        answer
    }

    async fn hear(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.open(request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes, json }
    }

    /// Whatever a reader is answered, a fault of the server included.
    pub(super) async fn answer_to(&self, who: &Stay, path: &str) -> Answer {
        self.hear(Self::request(Method::GET, path, Some(who), None)).await
    }

    /// A request of somebody with a body of some kind.
    pub(super) fn request(
        method: Method,
        path: &str,
        who: Option<&Stay>,
        body: Option<(&str, Body)>,
    ) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).extension(ConnectInfo(new_address()));
        if let Some(stay) = who {
            request = request.header(header::COOKIE, format!("{COOKIE}={}", stay.cookie));
            request = request.header(CSRF_HEADER, &stay.csrf);
        }
        match body {
            Some((kind, body)) => request.header(header::CONTENT_TYPE, kind).body(body).unwrap(),
            None => request.body(Body::empty()).unwrap(),
        }
    }

    /// Reads as somebody.
    pub(super) async fn get_as(&self, who: &Stay, path: &str) -> Answer {
        self.send(Self::request(Method::GET, path, Some(who), None)).await
    }

    /// Reads as anybody.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Self::request(Method::GET, path, None, None)).await
    }

    /// Sends JSON as somebody.
    pub(super) async fn post_as(&self, who: &Stay, path: &str, body: &Value) -> Answer {
        let body = ("application/json", Body::from(body.to_string()));
        self.send(Self::request(Method::POST, path, Some(who), Some(body))).await
    }

    /// Puts JSON as somebody.
    pub(super) async fn put_as(&self, who: &Stay, path: &str, body: &Value) -> Answer {
        let body = ("application/json", Body::from(body.to_string()));
        self.send(Self::request(Method::PUT, path, Some(who), Some(body))).await
    }

    /// Sends JSON as anybody.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        let body = ("application/json", Body::from(body.to_string()));
        self.send(Self::request(Method::POST, path, None, Some(body))).await
    }

    /// Signs in.
    pub(super) async fn sign_in(&self, name: &str) -> Stay {
        let answer = self.post("/api/v1/sign-in", &json!({ "name": name, "password": PASSWORD })).await;
        let cookie = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap().to_owned();
        let csrf = answer.ok()["csrf"].as_str().unwrap().to_owned();
        let (_, value) = cookie.split_once('=').unwrap();
        Stay { cookie: value.split(';').next().unwrap().to_owned(), csrf }
    }

    /// Uploads what may be a photo.
    pub(super) async fn upload(&self, who: Option<&Stay>, field: &str, bytes: &[u8]) -> Answer {
        let path = if who.is_some() { "/api/v1/photos" } else { "/api/v1/public/photos" };
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Self::request(Method::POST, path, who, Some((&kind, Body::from(body))))).await
    }

    /// A photo that was taken.
    pub(super) async fn photo(&self, who: Option<&Stay>) -> String {
        self.upload(who, "photo", PNG).await.ok()["photo_id"].as_str().unwrap().to_owned()
    }
}
