//! Search: words of two characters and more, found where they stand as they stand, newest first, by whoever may read them.

use casework::{
    actor::Actor,
    matter::{Class, Report},
};

use super::{
    here::Here,
    sample::{
        FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, administrator, command, county_overseer, dispatcher, handler,
        intake, reader, report_from, water_handler,
    },
};
use crate::Filter;

super::on_both! {
    words_are_found_as_they_stand,
    pages_of_a_search_are_stable,
    nobody_finds_what_he_may_not_read,
    why_it_was_reopened_is_found,
    matters_that_may_be_the_same_are_suggested,
}

/// The first words of what is found, with the number of the page's rows at most.
async fn found(here: &Here, who: Actor, words: &str) -> Vec<String> {
    let filter = Filter { words: Some(words.into()), limit: 50, ..Filter::default() };
    let page = here.store.matters(reader(&who), &filter, here.now()).await.unwrap();
    page.rows.into_iter().map(|listed| listed.preview).collect()
}

async fn words_are_found_as_they_stand(here: &Here) {
    let words = [
        "古城畈路口积水很深，孩子过不去",
        "门前水积了一地",
        "积 水\n没过膝盖",
        "WiFi 盒子掉了，Wi-Fi 也断了",
        "水积水积",
        "𠮷野家门前有坑",
    ];
    for words in words {
        here.reported(Report {
            address: Some("东头第三户".into()),
            ..report_from(VILLAGE, Class::Service, words)
        })
        .await;
    }
    for (query, expected) in [
        ("积水", vec![4, 2, 0]),
        ("水积", vec![4, 1]),
        ("积水很", vec![0]),
        (" 积水 \u{3000}孩子 ", vec![0]),
        ("积水 东头", vec![4, 2, 0]),
        ("东头第三户", vec![5, 4, 3, 2, 1, 0]),
        ("膝盖没过", vec![]),
        ("水积水积水", vec![]),
        ("wifi", vec![3]),
        ("WI-FI", vec![3]),
        ("fi盒", vec![3]),
        ("𠮷野", vec![5]),
        ("野家", vec![5]),
        ("水", vec![]),
        ("水 积", vec![]),
        ("没有的词", vec![]),
    ] {
        let expected: Vec<&str> = expected.iter().map(|nth| words[*nth]).collect();
        assert_eq!(found(here, intake(), query).await, expected, "{query}");
    }
    let number = here.number("select count(*) from matters").await;
    assert_eq!(found(here, intake(), &format!("sz-421321117-20240304-{number:04}")).await, [words[5]]);
    let narrowed =
        Filter { words: Some("积水".into()), classes: vec![Class::Hazard], limit: 5, ..Filter::default() };
    assert!(here.store.matters(reader(&intake()), &narrowed, here.now()).await.unwrap().rows.is_empty());
}

async fn pages_of_a_search_are_stable(here: &Here) {
    for nth in 0..23 {
        let words =
            if nth % 2 == 0 { format!("第 {nth} 处积水") } else { format!("第 {nth} 处水积了") };
        here.reported(report_from(VILLAGE, Class::Service, &words)).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let filter = Filter { words: Some("积水".into()), limit: 5, after, ..Filter::default() };
        let page = here.store.matters(reader(&intake()), &filter, here.now()).await.unwrap();
        seen.extend(page.rows.into_iter().map(|listed| listed.preview));
        // What is reported meanwhile is newer than every page that is still to come.
        here.reported(report_from(VILLAGE, Class::Service, "又一处积水")).await;
        match page.next {
            Some(next) => after = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    let expected: Vec<String> =
        (0..23).rev().filter(|nth| nth % 2 == 0).map(|nth| format!("第 {nth} 处积水")).collect();
    assert_eq!(seen, expected);
}

async fn nobody_finds_what_he_may_not_read(here: &Here) {
    let about_water = here.reported(report_from(VILLAGE, Class::Petition, "水务站不管积水")).await.matter;
    here.does(intake(), about_water, command!(admit, "about_unit": "421321.water")).await;
    let led = here.reported(report_from(VILLAGE, Class::Service, "桥下积水")).await.matter;
    here.does(intake(), led, command!(admit)).await;
    here.does(dispatcher(), led, command!(dispatch, "unit": "421321117.construction")).await;
    here.reported(report_from(OTHER_VILLAGE, Class::Service, "均川积水")).await;
    here.reported(report_from(FAR_VILLAGE, Class::Service, "万店积水")).await;
    assert_eq!(found(here, county_overseer(), "积水").await, ["均川积水", "桥下积水", "水务站不管积水"]);
    assert_eq!(found(here, intake(), "积水").await, ["桥下积水", "水务站不管积水"]);
    assert_eq!(found(here, handler(), "积水").await, ["桥下积水"]);
    assert!(found(here, water_handler(), "积水").await.is_empty());
    assert!(found(here, administrator(), "积水").await.is_empty());
    let overseer_there =
        super::sample::staff(95, &[(casework::actor::Role::Overseer, "421321.water", "421321")]);
    assert_eq!(found(here, overseer_there.clone(), "积水").await, ["均川积水", "桥下积水"]);
    let number = here.matter(about_water).await.number.0;
    assert!(found(here, overseer_there, &number).await.is_empty());
}

async fn why_it_was_reopened_is_found(here: &Here) {
    let id = here.reported(report_from(VILLAGE, Class::Service, "路灯不亮")).await.matter;
    here.does(intake(), id, command!(guide, "route": "court", "words": "请找供电所")).await;
    here.does(Actor::Reporter, id, command!(reopen, "reason": "供电所说归村里管")).await;
    assert_eq!(found(here, intake(), "归村里管").await, ["路灯不亮"]);
    assert_eq!(found(here, intake(), "路灯 归村里管").await, ["路灯不亮"]);
    // What was answered is not what is searched.
    assert!(found(here, intake(), "请找供电所").await.is_empty());
}

async fn matters_that_may_be_the_same_are_suggested(here: &Here) {
    let first = here.reported(report_from(VILLAGE, Class::Service, "古城畈路口积水很深")).await.matter;
    let alike = here.reported(report_from(VILLAGE, Class::Service, "古城畈那边积水，过不去")).await.matter;
    here.reported(report_from(VILLAGE, Class::Hazard, "古城畈路口积水很深")).await;
    here.reported(report_from(OTHER_VILLAGE, Class::Service, "古城畈路口积水很深")).await;
    // Of the same village and class, but nothing else in common.
    here.reported(report_from(VILLAGE, Class::Service, "路灯不亮")).await;
    let row = here.store.matter(first).await.unwrap();
    let similar = here.store.similar(reader(&intake()), &row, here.now()).await.unwrap();
    let seen: Vec<_> =
        similar.iter().map(|similar| (similar.listed.row.matter.id, similar.common.join(" "))).collect();
    assert_eq!(seen, [(alike, "古城畈 积水".to_owned())]);
}
