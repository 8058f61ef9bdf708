//! The calendar feed, read back by the parser of the crate that wrote it and by another that has nothing to do with it. (The
//! pages' tests read it with a third, in another language.)

use std::collections::BTreeMap;

use calcard::{Entry, Parser};
use icalendar::Component;
use serde_json::json;

use super::{
    calls::TestApp,
    place::{TOWN, VILLAGE},
    talk_days::{planned, says},
};

async fn feed(app: &TestApp, area: &str) -> String {
    let answer = app.get(&format!("/api/v1/public/areas/{area}/talk-days.ics")).await;
    assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.bytes.to_vec()).unwrap()
}

/// The events by UID, as the crate that wrote them reads them.
pub(in crate::tests) fn events(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let unfolded = icalendar::parser::unfold(text);
    let calendar = icalendar::parser::read_calendar(&unfolded).unwrap();
    let calendar: icalendar::Calendar = calendar.into();
    let properties = |event: &icalendar::Event| {
        event
            .properties()
            .iter()
            .map(|(name, property)| (name.clone(), property.value().to_owned()))
            .collect()
    };
    calendar.events().map(|event| (event.get_uid().unwrap().to_owned(), properties(event))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_planned_moved_and_cancelled_is_read_by_two_readers() {
    let app = TestApp::new().await;
    let lead = app.sign_in("village_lead").await;
    let (first, second, third) = (
        planned(&app, "2024-03-04").await,
        planned(&app, "2024-03-14").await,
        planned(&app, "2024-03-24").await,
    );
    let place = "村东头老槐树下的长板凳，靠近通往水库的机耕路与新修的水渠交叉口，下雨时改到对面的打谷棚";
    let moved = json!({ "type": "move", "date": "2024-03-15", "begins": "19:30", "place_words": place, "reason": "白天农忙，改到晚上; 带凳子" });
    says(&app, &lead, &second, moved).await.ok();
    says(&app, &lead, &third, json!({ "type": "cancel", "reason": "大雪封路" })).await.ok();
    says(
        &app,
        &lead,
        &first,
        json!({ "type": "note_item", "topic": "dispute", "words": "张家与李家争地界" }),
    )
    .await
    .ok();

    let text = feed(&app, VILLAGE).await;
    assert!(text.lines().all(|line| line.len() <= 75), "RFC 5545 folds lines at 75 bytes");
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    assert!(!text.contains("张家"), "what was said is in no calendar");
    let events = events(&text);
    // The last month and half a year ahead, each once.
    assert_eq!(events.len(), 3 + 19);
    let of = |slot: &str| &events[&format!("{VILLAGE}-{slot}@talk-days.fengsi")];
    assert_eq!(of("20240304")["DTSTART"], "20240304T010000Z", "nine at the site is one in UTC");
    assert_eq!(of("20240304")["DTEND"], "20240304T030000Z");
    assert_eq!((&*of("20240314")["DTSTART"], &*of("20240314")["SEQUENCE"]), ("20240315T113000Z", "2"));
    assert_eq!(of("20240314")["LOCATION"], place);
    assert_eq!(of("20240314")["DESCRIPTION"], "白天农忙，改到晚上; 带凳子");
    assert_eq!(of("20240324")["STATUS"], "CANCELLED");
    assert_eq!((&*of("20240404")["DTSTART"], &*of("20240404")["DTEND"]), ("20240404", "20240405"));
    assert_eq!(feed(&app, VILLAGE).await, text, "a feed that says nothing new is the same");

    let Entry::ICalendar(other) = Parser::new(&text).entry() else { panic!("another reader cannot read it") };
    let read = format!("{other:?}");
    assert!(read.contains(place) && read.contains("白天农忙，改到晚上; 带凳子"), "{read}");
    assert_eq!(other.components.len(), events.len() + 1);
    assert!(other.to_string().contains("STATUS:CANCELLED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_town_has_those_of_its_villages_and_a_grid_has_none() {
    let app = TestApp::new().await;
    let villages: std::collections::BTreeSet<String> =
        events(&feed(&app, TOWN).await).keys().map(|uid| uid[..12].to_owned()).collect();
    assert!(villages.contains(VILLAGE) && villages.len() > 1, "{villages:?}");
    assert!(villages.iter().all(|village| village.starts_with(TOWN)));
    app.get(&format!("/api/v1/public/areas/{VILLAGE}001/talk-days.ics")).await.is_problem(404, "not_found");
}
