//! A local method: its mediator goes by it in the version that was chosen, and nobody else hears of it.

use serde_json::{Value, json};

use crate::tests::{
    database::{Database, on_both},
    dispute::Dispute,
    place::OTHER_TOWN,
    registers::{METHOD, at_method, method, with},
};

async fn a_mediation_keeps_the_method_as_it_was(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0202").await else { return };
    let director = dispute.app.sign_in("director").await;
    dispute.app.put_as(&director, &at_method(), &method(0)).await.ok();
    dispute.mediates(json!({ "type": "choose_method", "method": METHOD })).await;
    let longer = with(method(1), "name", json!("看了再谈"));
    dispute.app.put_as(&director, &at_method(), &longer).await.ok();
    let chosen = json!({ "id": METHOD, "version": 1 });
    assert_eq!(dispute.desk(&dispute.mediator).await["matter"]["mediation"]["method"], chosen);
    // Its own help: the centre and the parties see nothing of it.
    assert_eq!(dispute.desk(&director).await["matter"]["mediation"]["method"], Value::Null);
    assert_eq!(dispute.page(1).await["mediation"]["method"], Value::Null);
    let read = async |query: &str| {
        dispute.app.get_as(&dispute.mediator, &format!("{}{query}", at_method())).await.ok()
    };
    assert_eq!(read("?version=1").await["name"], "先看后谈");
    assert_eq!(read("").await["name"], "看了再谈");
    let gone = format!("{}?version=9", at_method());
    dispute.app.get_as(&dispute.mediator, &gone).await.is_problem(404, "not_found");
    for (field, value, code) in [
        ("name", json!(" "), "words_missing"),
        ("area", json!("421321117299"), "place_unknown"),
        ("categories", json!(["8888"]), "unknown_category"),
        ("steps", json!([]), "words_missing"),
        ("steps", json!([{ "name": "派出去", "forms": ["dispatch"] }]), "unknown_choice"),
        ("steps", json!([{ "name": "打分", "score": 5 }]), "invalid"),
    ] {
        let sent = with(method(2), field, value);
        dispute.app.put_as(&director, &at_method(), &sent).await.is_problem(422, code);
    }
    dispute.app.put_as(&director, &at_method(), &method(1)).await.is_problem(409, "entry_changed");
    let elsewhere = with(method(2), "area", json!(OTHER_TOWN));
    dispute.app.put_as(&director, &at_method(), &elsewhere).await.is_problem(403, "not_allowed");
    dispute.app.put_as(&dispute.mediator, &at_method(), &method(2)).await.is_problem(403, "not_allowed");
    dispute.is_sound().await;
}

on_both!(a_mediation_keeps_the_method_as_it_was);
