//! What opens a party's page and what does not: the access code with the phone's digits, a code for signing that holds for minutes,
//! five wrong tries of either. And each of the commands, tried by who must not send it.

use casework::matter::CommandKind;
use serde_json::{Value, json};

use crate::tests::dispute::{DIGITS, Dispute, parties};
use crate::tests::{
    access::samples::sample,
    calls::command_id,
    database::{Database, on_both},
};

async fn five_wrong_tries_close_the_page_until_there_is_a_new_code(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let (code, [digits, other]) = (dispute.code(1).await, DIGITS);
    for wrong in ["0000", other, "357", "001357", ""] {
        let problem = if wrong.is_empty() { "phone_needed" } else { "wrong_phone" };
        dispute.opens(&code, wrong).await.is_problem(403, problem);
    }
    // A right try forgets the four; asking without digits was none.
    dispute.opens(&code, digits).await.ok();
    for _ in 0..5 {
        dispute.opens(&code, "0000").await.is_problem(403, "wrong_phone");
    }
    dispute.opens(&code, digits).await.is_problem(403, "party_locked");
    let refuse = json!({ "type": "refuse" });
    dispute.sends(&code, digits, refuse, None).await.is_problem(403, "party_locked");
    // Neither the other party's page nor a new code for it has to do with it.
    dispute.page(2).await;
    dispute.mediates(json!({ "type": "replace_party_code", "party": 2, "reason": "当面核对" })).await;
    dispute.mediates(json!({ "type": "add_party", "party": { "side": "third", "name": "丙某某" } })).await;
    dispute.opens(&code, digits).await.is_problem(403, "party_locked");
    let again = code;
    let given =
        dispute.mediates(json!({ "type": "replace_party_code", "party": 1, "reason": "当面核对" })).await;
    // The old one says no more than that it was tried too often.
    dispute.opens(&again, digits).await.is_problem(403, "party_locked");
    assert_eq!(given["code"], json!(dispute.code(1).await), "who gives it out has it at once");
    assert_eq!(dispute.page(1).await["me"], 1);
    // With or without dashes, in either case.
    let code = dispute.code(1).await;
    let plain: String = code.chars().filter(|c| *c != '-').collect();
    for code in [plain.to_lowercase(), plain] {
        dispute.opens(&code, digits).await.ok();
    }
    dispute.is_sound().await;
}

async fn without_a_phone_nothing_opens(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    dispute.mediates(json!({ "type": "add_party", "party": { "side": "third", "name": "丙某某" } })).await;
    dispute.opens(&dispute.code(3).await, "0000").await.is_problem(403, "wrong_phone");
    // A phone that was noted wrongly is corrected; the code stays.
    let code = dispute.code(1).await;
    let correct = json!({ "type": "correct_party", "no": 1, "party": { "side": "applicant", "name": "甲某某", "phone": "13872229999" } });
    dispute.mediates(correct).await;
    dispute.opens(&code, DIGITS[0]).await.is_problem(403, "wrong_phone");
    dispute.opens(&code, "9999").await.ok();
}

async fn a_party_signs_with_a_code_that_holds_for_minutes(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    let none = dispute.one_time_code(&dispute.mediator, 1).await;
    none.is_problem(422, "agreement_missing");
    let clauses = json!([{ "by": 1, "words": "挪围栏", "due_on": "2024-03-20" }]);
    dispute.mediates(json!({ "type": "propose_agreement", "facts": "经过", "clauses": clauses })).await;
    // Only who mediates gives it out.
    for who in [&dispute.colleague, &dispute.hands.intake] {
        dispute.one_time_code(who, 1).await.is_problem(403, "not_allowed");
    }
    let once = dispute.one_time_code(&dispute.mediator, 1).await.ok()["code"].as_str().unwrap().to_owned();
    let others = dispute.one_time_code(&dispute.mediator, 2).await.ok()["code"].as_str().unwrap().to_owned();
    let dispute = dispute.later("2024-03-04T09:21").await;
    let (code, sign) = (dispute.code(1).await, json!({ "type": "sign", "version": 1 }));
    let is_wrong = async |once: Option<&str>| {
        dispute.sends(&code, DIGITS[0], sign.clone(), once).await.is_problem(403, "wrong_one_time_code");
    };
    is_wrong(None).await;
    is_wrong(Some("")).await;
    is_wrong(Some(&others)).await;
    is_wrong(Some(&once)).await;
    // Opening the page with the right digits between two tries does not make more of them.
    dispute.opens(&code, DIGITS[0]).await.ok();
    is_wrong(Some("000000")).await;
    dispute.opens(&code, DIGITS[0]).await.is_problem(403, "party_locked");
    assert!(
        dispute.app.matter(&dispute.of).await.mediation.unwrap().agreement.unwrap().signatures.is_empty()
    );
    dispute.mediates(json!({ "type": "replace_party_code", "party": 1, "reason": "当面核对" })).await;
    dispute.signs(&dispute.mediator, 1, 1).await.ok();
    dispute.is_sound().await;
}

/// A mediator goes: nobody loses its page, who has gone hears nothing new, and a party takes a new code by itself.
async fn a_code_outlives_its_mediator(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    let clauses = json!([{ "by": 1, "words": "挪围栏", "due_on": "2024-03-20" }]);
    for command in [
        json!({ "type": "note_caucus", "party": 1, "words": "甲让到三千" }),
        json!({ "type": "propose_agreement", "facts": "经过", "clauses": clauses }),
    ] {
        dispute.mediates(command).await;
    }
    let (code, other) = (dispute.code(1).await, dispute.code(2).await);
    let once = dispute.one_time_code(&dispute.mediator, 1).await.ok()["code"].as_str().unwrap().to_owned();
    let me = |page: &Value| page["mediation"]["parties"][0]["code_known"].clone();
    let page = dispute.opens(&code, DIGITS[0]).await.ok();
    assert_eq!((me(&page), page["mediation"]["said"].as_array().unwrap().len()), (json!(false), 1));
    // It asks for another mediator, and its page stays open.
    let page = dispute.sends(&code, DIGITS[0], json!({ "type": "ask_other_mediator" }), None).await.ok();
    assert_eq!((me(&page), &page["mediation"]["said"]), (json!(true), &json!([])));
    let name = json!({ "type": "name_mediator", "mediator": Dispute::colleague_account() });
    dispute.app.does(&dispute.colleague, &dispute.of, name).await;
    let room = json!({ "type": "speak_in_private", "words": "再让一点" });
    dispute.sends(&code, DIGITS[0], room.clone(), None).await.is_problem(422, "code_known");
    let sign = json!({ "type": "sign", "version": 1 });
    let signed = dispute.sends(&code, DIGITS[0], sign, Some(&once)).await;
    signed.is_problem(403, "wrong_one_time_code");
    dispute.party(&dispute.mediator, 1, "回电").await.is_problem(404, "not_found");
    // It takes a new one. The answer may be lost on the way; the old code brings it again, and nothing else.
    let body = json!({ "id": command_id(), "command": { "type": "replace_party_code", "party": 1, "reason": "调解员换了" } });
    let first = dispute.posts(&code, DIGITS[0], &body).await.ok();
    let new = first["code"].as_str().unwrap().to_owned();
    assert_eq!((me(&first), first["mediation"]["said"].as_array().unwrap().len()), (json!(false), 1));
    assert_eq!(dispute.posts(&code, DIGITS[0], &body).await.ok()["code"], json!(new));
    let another = json!({ "id": command_id(), "command": body["command"] });
    dispute.posts(&code, DIGITS[0], &another).await.is_problem(403, "code_replaced");
    dispute.opens(&code, DIGITS[0]).await.is_problem(403, "code_replaced");
    dispute.opens(&code, "0000").await.is_problem(403, "wrong_phone");
    assert_eq!(dispute.opens(&new, DIGITS[0]).await.ok()["code"], Value::Null);
    dispute.sends(&new, DIGITS[0], room, None).await.ok();
    // The other party's is its own affair.
    let for_the_other = json!({ "type": "replace_party_code", "party": 2, "reason": "调解员换了" });
    dispute.sends(&new, DIGITS[0], for_the_other, None).await.is_problem(422, "unknown_party");
    dispute.opens(&other, DIGITS[1]).await.ok();
    assert_eq!(dispute.code(1).await, new);
    dispute.is_sound().await;
}

/// Every command at the door of a party: what the table gives to parties may be refused, everything else must be.
async fn parties_send_no_commands_of_others(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let other = Dispute::before_the_committee(&dispute.app, &dispute.hands, "0201").await;
    let page = dispute.page(1).await;
    let own = |command: &CommandKind| {
        let named = |list: &Value| {
            let names = list.as_array().unwrap().iter();
            names.into_iter().any(|one| *one == json!(command) || one["command"] == json!(command))
        };
        named(&page["can"]) || named(&page["cannot"])
    };
    let before = dispute.app.matter(&dispute.of).await.version;
    let theirs: Vec<_> = CommandKind::ALL.iter().filter(|command| own(command)).copied().collect();
    assert_eq!(theirs.len(), 11, "{theirs:?}");
    for command in CommandKind::ALL.iter().filter(|command| !own(command)) {
        let answer = dispute.tries(1, sample(*command, other.id)).await;
        assert!(matches!(answer.status, 403 | 422), "{command}: {}", answer.json);
        let code = answer.json["code"].as_str().unwrap().to_owned();
        assert!(matches!(code.as_str(), "not_allowed" | "not_in_this_stage"), "{command}: {}", answer.json);
    }
    // And what is a party's is nobody's of the staff, nor the reporter's.
    let of_parties = [
        "consent",
        "refuse",
        "choose_mediator",
        "ask_other_mediator",
        "propose_times",
        "speak_in_private",
        "sign",
    ];
    for name in of_parties {
        let kind: CommandKind = serde_json::from_value(json!(name)).unwrap();
        for who in [&dispute.mediator, &dispute.colleague, &dispute.hands.intake] {
            let answer = dispute.app.tries(who, &dispute.of, sample(kind, other.id)).await;
            answer.is_problem(403, "not_allowed");
        }
        dispute.app.says(&dispute.of, name, json!({ "words": "说明" })).await.is_problem(404, "not_found");
    }
    assert_eq!(dispute.app.matter(&dispute.of).await.version, before, "a refusal left a trace");
}

/// A party of one matter is nobody in another; it speaks for itself alone in its own.
async fn a_party_acts_for_itself_in_its_own_matter(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let other = Dispute::before_the_committee(&dispute.app, &dispute.hands, "0201").await;
    let accept = json!({ "type": "accept_mediation", "origin": "application", "parties": parties() });
    dispute.app.does(&dispute.mediator, &other, accept).await;
    dispute.says(1, json!({ "type": "consent" })).await;
    let consents = async |of| {
        let mediation = dispute.app.matter(of).await.mediation.unwrap();
        mediation.parties.iter().map(|party| party.consent.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(
        (consents(&dispute.of).await, consents(&other).await),
        (vec![true, false], vec![false, false])
    );
    let for_the_other = json!({ "type": "answer_safety", "party": 2, "violence": false });
    dispute.tries(1, for_the_other).await.is_problem(422, "unknown_party");
    // The code of a matter is no code of a party, and the other way round.
    dispute.opens(&dispute.of.code, DIGITS[0]).await.is_problem(404, "not_found");
    let follow = format!("/api/v1/public/reports/{}", dispute.code(1).await);
    dispute.app.get(&follow).await.is_problem(404, "not_found");
}

/// The same command again, as a phone without a signal sends it.
async fn a_repeat_is_answered_and_not_carried_out_again(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let code = dispute.code(1).await;
    let body =
        json!({ "id": command_id(), "command": { "type": "speak_in_private", "words": "最多让到三千" } });
    let send = async |body: &Value| dispute.posts(&code, DIGITS[0], body).await;
    let (first, again) = (send(&body).await.ok(), send(&body).await.ok());
    assert_eq!(first, again);
    let mut otherwise = body.clone();
    otherwise["command"]["words"] = json!("别的话");
    send(&otherwise).await.is_problem(409, "command_id_reused");
    assert_eq!(dispute.page(1).await["mediation"]["said"].as_array().unwrap().len(), 1);
}

on_both!(
    five_wrong_tries_close_the_page_until_there_is_a_new_code,
    without_a_phone_nothing_opens,
    a_party_signs_with_a_code_that_holds_for_minutes,
    a_code_outlives_its_mediator,
    parties_send_no_commands_of_others,
    a_party_acts_for_itself_in_its_own_matter,
    a_repeat_is_answered_and_not_carried_out_again,
);
