//! Live updates tell those who may read of a matter, nobody else, and never what it was.

use axum::{body::Body, http::Method};
use casework::{
    access,
    actor::Staff,
    matter::{Class, Stage},
};
use http_body_util::BodyExt;
use serde_json::json;
use store::Changed;
use tokio::sync::broadcast::Receiver;

use super::{
    calls::{TestApp, command_id},
    deeds::Hands,
    place::{POSTS, area},
};
use crate::changes::may_hear;

/// Everybody with an account.
async fn everybody(app: &TestApp) -> Vec<(&'static str, Staff)> {
    let mut all = Vec::new();
    for (name, _, _, _) in POSTS {
        all.push((name, app.store.account_named(name).await.unwrap().unwrap().staff));
    }
    all
}

/// The last change before one in another county, which is made here.
async fn last_before_the_end(app: &TestApp, changes: &mut Receiver<Changed>) -> Changed {
    let end = json!({ "id": command_id(), "place": { "area": "421303001" }, "words": "停水" });
    app.post("/api/v1/public/reports", &end).await.ok();
    let mut last = None;
    loop {
        let changed = changes.recv().await.unwrap();
        if changed.area == area("421303001") {
            return last.unwrap();
        }
        last = Some(changed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_read_of_it_hears_of_a_change_and_nobody_else() {
    let app = TestApp::new().await;
    let hands = Hands::at(&app).await;
    let people = everybody(&app).await;
    let site = app.store.site();
    for stage in Stage::ALL {
        for about in [None, Some("421321.water"), Some("421321117.justice")] {
            let class = if *stage == Stage::Mediating { Class::Dispute } else { Class::Petition };
            let of = app.reported(class, "长期不修渠").await;
            if let Some(unit) = about {
                let admit =
                    json!({ "type": "reclassify", "class": class, "about_unit": unit, "reason": "投诉" });
                app.does(&hands.intake, &of, admit).await;
            }
            let mut changes = app.store.changes();
            hands.bring(&app, &of, *stage).await;
            app.does(&hands.intake, &of, json!({ "type": "note", "words": "备注" })).await;
            let changed = last_before_the_end(&app, &mut changes).await;
            let matter = app.matter(&of).await;
            for (name, staff) in &people {
                let (hears, reads) = (may_hear(staff, &changed), access::may_read(&matter, staff, &site));
                assert_eq!(hears, reads, "{name} of {stage} about {about:?}: hears {hears}, reads {reads}");
            }
        }
    }
}

/// The next message.
async fn heard(body: &mut Body) -> String {
    let frame = body.frame().await.unwrap().unwrap();
    String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_hears_a_number_and_nothing_else() {
    let app = TestApp::new().await;
    let intake = app.sign_in("intake").await;
    let of = app.reported(Class::Service, "停水三天").await;
    let request = TestApp::request(Method::GET, "/api/v1/changes?after=0", Some(&intake), None);
    let response = app.open(request).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"text/event-stream".parse().unwrap())
    );
    let mut body = response.into_body();
    assert_eq!(heard(&mut body).await, "data: {\"changed\":1}\n\n", "what was missed is told at once");
    app.does(&intake, &of, json!({ "type": "admit" })).await;
    assert_eq!(heard(&mut body).await, "data: {\"changed\":2}\n\n");
}
