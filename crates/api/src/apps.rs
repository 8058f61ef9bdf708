//! The three apps, carried inside the binary: resident at `/`, field at `/field/`, desk at `/desk/`.
//!
//! A binary built without them says so on its pages; the interface works all the same.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../web/apps/resident/dist"]
#[allow_missing = true]
struct Resident;

#[derive(RustEmbed)]
#[folder = "../../web/apps/field/dist"]
#[allow_missing = true]
struct Field;

#[derive(RustEmbed)]
#[folder = "../../web/apps/desk/dist"]
#[allow_missing = true]
struct Desk;

const ABSENT: &str = "<!doctype html><html lang=zh><meta charset=utf-8><title>逢四</title><p>这个程序没有带上页面：先在 web 目录构建页面，再构建程序。接口可用：<a href=/openapi>/openapi</a></p>\
<p lang=en>This binary was built without its pages: build them in web, then build the binary. The interface works: <a href=/openapi>/openapi</a></p></html>";

/// Answers whatever is no path of the interface.
pub(crate) async fn serve(uri: Uri) -> Response {
    let path = uri.path();
    if path.starts_with("/api/") {
        return Problem::not_found("path").into_response();
    }
    match path.strip_prefix('/').unwrap_or(path) {
        "field" => redirect("/field/"),
        "desk" => redirect("/desk/"),
        path => match (path.strip_prefix("field/"), path.strip_prefix("desk/")) {
            (Some(file), _) => file_or_page(file, Field::get),
            (_, Some(file)) => file_or_page(file, Desk::get),
            _ => file_or_page(path, Resident::get),
        },
    }
}

fn redirect(to: &'static str) -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, HeaderValue::from_static(to))]).into_response()
}

/// A file of the app; for any other path its page, whose own router knows it.
fn file_or_page(path: &str, get: fn(&str) -> Option<EmbeddedFile>) -> Response {
    if let Some(file) = get(path).filter(|_| !path.is_empty()) {
        // Names below assets/ hold their content's hash.
        let kept =
            if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return answer(file, path, kept);
    }
    if path.starts_with("assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    match get("index.html") {
        Some(page) => answer(page, "index.html", "no-cache"),
        None => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], ABSENT).into_response(),
    }
}

fn answer(file: EmbeddedFile, path: &str, kept: &'static str) -> Response {
    let kind = match path.rsplit_once('.') {
        Some((_, "mjs" | "js")) => "text/javascript; charset=utf-8".to_owned(),
        Some((_, "webmanifest")) => "application/manifest+json".to_owned(),
        _ => mime_guess::from_path(path).first_or_octet_stream().to_string(),
    };
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}
