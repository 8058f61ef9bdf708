//! Browsers are told what to refuse, on every kind of answer.

use super::calls::{Answer, TestApp};

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// What a directive of the answer's policy allows; what has no directive of its own is under `default-src`.
fn allowed<'a>(answer: &'a Answer, directive: &str) -> Vec<&'a str> {
    let policy: Vec<Vec<&str>> = header(answer, "content-security-policy")
        .split(';')
        .map(|one| one.split_whitespace().collect())
        .collect();
    let named = |name: &str| policy.iter().find(|one| one.first() == Some(&name));
    let found = named(directive).or_else(|| named("default-src"));
    found.map(|one| one.iter().skip(1).copied().collect()).unwrap_or_default()
}

#[tokio::test]
async fn every_answer_says_what_browsers_must_refuse() {
    let app = TestApp::new().await;
    let paths = [
        "/",
        "/follow/x",
        "/field/",
        "/desk/queue",
        "/openapi/",
        "/openapi.json",
        "/api/v1/me",
        "/api/v1/none",
    ];
    for path in paths {
        let answer = app.get(path).await;
        assert_eq!(allowed(&answer, "script-src"), ["'self'"], "{path} may run foreign scripts");
        assert_eq!(allowed(&answer, "connect-src"), ["'self'"], "{path} may talk to others");
        assert_eq!(allowed(&answer, "object-src"), ["'none'"], "{path} may embed what it likes");
        assert_eq!(allowed(&answer, "frame-ancestors"), ["'none'"], "{path} may be framed");
        assert_eq!(
            header(&answer, "permissions-policy"),
            "camera=(), geolocation=(self), microphone=()",
            "{path}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header(&answer, "x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn only_the_description_of_the_interface_has_styles_inside() {
    let app = TestApp::new().await;
    for path in ["/", "/field/", "/desk/"] {
        assert_eq!(allowed(&app.get(path).await, "style-src"), ["'self'"], "{path}");
    }
    assert_eq!(allowed(&app.get("/openapi/").await, "style-src"), ["'self'", "'unsafe-inline'"]);
}
