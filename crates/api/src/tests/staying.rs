//! Signing in, staying, signing out; and how often one may try.

use std::net::SocketAddr;

use axum::{
    extract::ConnectInfo,
    http::{Method, header},
};
use casework::matter::Class;
use serde_json::{Value, json};

use super::{
    calls::{Answer, TestApp, unlimited},
    place::{self, PASSWORD, STAFF_NAME},
};
use crate::Options;

async fn tries(app: &TestApp, name: &str, password: &str) -> Answer {
    app.post("/api/v1/sign-in", &json!({ "name": name, "password": password })).await
}

/// Limits on.
fn limited() -> Options {
    Options { limits: true, ..unlimited() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_begins_with_the_password_and_ends_with_signing_out() {
    let app = TestApp::new().await;
    for (name, password) in [
        ("intake", "wrong-password"),
        ("nobody", PASSWORD),
        ("", ""),
        ("intake", ""),
        ("INTAKE\u{0}", PASSWORD),
    ] {
        tries(&app, name, password).await.is_problem(401, "wrong_name_or_password");
    }
    tries(&app, &"名".repeat(400), PASSWORD).await.is_problem(401, "wrong_name_or_password");
    tries(&app, "intake", &"p".repeat(4_000)).await.is_problem(401, "wrong_name_or_password");
    let stay = app.sign_in("intake").await;
    let me = app.get_as(&stay, "/api/v1/me").await.ok();
    assert_eq!(me["csrf"], stay.csrf);
    assert_eq!(me["account"]["display_name"], format!("{STAFF_NAME}intake"));
    assert_eq!(
        (&me["grants"][0]["role"], &me["grants"][0]["unit"]["kind"], &me["grants"][0]["area"]["level"]),
        (&json!("intake"), &json!("centre"), &json!("town"))
    );
    let out = app.send(TestApp::request(Method::DELETE, "/api/v1/sign-in", Some(&stay), None)).await;
    assert_eq!(out.status, 204);
    app.get_as(&stay, "/api/v1/me").await.is_problem(401, "not_signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_as_the_program_hashes_it_opens() {
    let app = TestApp::new().await;
    let mut account = place::account(0xCCCC, "newcomer", Vec::new());
    account.password = store::hash_password("another-password").unwrap();
    assert!(account.password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", account.password);
    app.store.add_accounts(&[account], place::at("2024-03-04T09:00")).await.unwrap();
    tries(&app, "newcomer", PASSWORD).await.is_problem(401, "wrong_name_or_password");
    assert_eq!(tries(&app, "newcomer", "another-password").await.ok()["grants"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_kept_from_scripts_and_from_other_sites() {
    let cookie = |answer: &Answer| answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    let app = TestApp::new().await;
    let open = cookie(&tries(&app, "intake", PASSWORD).await);
    assert!(
        open.contains("HttpOnly") && open.contains("SameSite=Strict") && !open.contains("Secure"),
        "{open}"
    );
    let app = app.with(Options { secure_cookies: true, ..unlimited() });
    let secure = cookie(&tries(&app, "intake", PASSWORD).await);
    assert!(secure.contains("Secure"), "{secure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_takes_five_wrong_passwords_and_then_waits() {
    let app = TestApp::new().await.with_shared_limits();
    for _ in 0..5 {
        tries(&app, "intake", "wrong-password").await.is_problem(401, "wrong_name_or_password");
    }
    // The right one is not looked at either: a guesser learns nothing.
    let refused = tries(&app, "intake", PASSWORD).await;
    refused.is_problem(429, "slow_down");
    assert!(refused.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert!(refused.json["params"]["seconds"].as_u64().unwrap() > 0);
    tries(&app, "dispatcher", PASSWORD).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_at_the_same_time_are_counted_too() {
    let app = TestApp::new().await.with_shared_limits();
    let all = (0..24).map(|_| tries(&app, "intake", "wrong-password"));
    let answers: Vec<Answer> = futures_util::future::join_all(all).await;
    let looked_at = answers.iter().filter(|answer| answer.status == 401).count();
    assert!(looked_at <= 5, "{looked_at} passwords were tried before the limit held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_clears_the_wrong_ones() {
    let app = TestApp::new().await.with_shared_limits();
    for _ in 0..3 {
        for _ in 0..4 {
            tries(&app, "intake", "wrong-password").await.is_problem(401, "wrong_name_or_password");
        }
        tries(&app, "intake", PASSWORD).await.ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_are_limited_over_the_whole_site() {
    let app = TestApp::new().await;
    let of = app.reported(Class::Service, "停水").await;
    let app = app.with_shared_limits();
    let mut wrong: Vec<Value> = Vec::new();
    for n in 0..200 {
        let answer = app.get(&format!("/api/v1/public/reports/{}", wrong_code(&of.code, n))).await;
        if answer.status == 429 {
            answer.is_problem(429, "slow_down");
            break;
        }
        answer.is_problem(404, "not_found");
        wrong.push(answer.json);
    }
    assert_eq!(wrong.len(), 120);
    // While it holds, a right code is not told from a wrong one, at whichever door.
    app.get(&format!("/api/v1/public/reports/{}", of.code)).await.is_problem(429, "slow_down");
    app.says(&of, "urge", json!({})).await.is_problem(429, "slow_down");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_limited_and_a_town_behind_a_proxy_is_not_one_address() {
    let app = TestApp::new().await.with_shared_limits();
    let from = |peer: [u8; 4], forwarded: Option<String>| {
        let mut request = TestApp::request(Method::GET, "/health", None, None);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 40_000))));
        if let Some(forwarded) = forwarded {
            request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        app.send(request)
    };
    let mut last = 200;
    for n in 0..200 {
        // Who is no proxy of this machine cannot name another address.
        last = from([203, 0, 113, 7], Some(format!("198.51.100.{n}"))).await.status;
    }
    assert_eq!(last, 429);
    for n in 0..200 {
        assert_eq!(from([127, 0, 0, 1], Some(format!("1.1.1.1, 198.51.100.{n}"))).await.status, 200);
    }
    for n in 0..200 {
        last = from([127, 0, 0, 1], Some(format!("198.51.100.{n}, 192.0.2.1"))).await.status;
    }
    assert_eq!(last, 429);
    from([127, 0, 0, 1], Some("192.0.2.1".to_owned())).await.is_problem(429, "slow_down");
}

/// A code of the same region that no matter has.
fn wrong_code(right: &str, n: usize) -> String {
    let letters = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let tail: String = [n / 32, n % 32].iter().map(|digit| char::from(letters[digit % 32])).collect();
    let wrong = format!("{}{tail}", &right[..right.len() - 2]);
    if wrong == right { right.replace(&tail, "ZZ") } else { wrong }
}

impl TestApp {
    /// The same site with limits.
    fn with_shared_limits(self) -> Self {
        self.with(limited())
    }
}
