//! Commands for other matters: what was merged, split and opened again.

use casework::{
    actor::Actor,
    matter::{Class, EventKind, Stage},
};

use super::{
    Here,
    sample::{FAR_VILLAGE, NEXT_VILLAGE, command, director, dispatcher, intake, report, report_from},
};

#[tokio::test]
async fn a_merged_matter_is_absorbed_once() {
    let here = Here::begin().await;
    let target = here.reported(report(Class::Service)).await;
    let merged = here.reported(report(Class::Service)).await;
    here.does(intake(), merged, command!(merge, "into": target)).await;
    here.die_after_work().await;
    here.work().await;
    assert_eq!(here.matter(target).await.merged_from, [merged]);
    assert_eq!(here.events(target, 0).await, [EventKind::Reported, EventKind::Absorbed]);
    here.is_done().await;
}

#[tokio::test]
async fn a_matter_of_another_county_is_told_too() {
    let here = Here::begin().await;
    let target = here.reported(report_from(FAR_VILLAGE, Class::Service, "路不平")).await;
    let merged = here.reported(report(Class::Service)).await;
    here.does(intake(), merged, command!(merge, "into": target)).await;
    here.work().await;
    assert_eq!(here.matter(target).await.merged_from, [merged]);
    here.is_done().await;
}

#[tokio::test]
async fn a_merged_matter_that_is_opened_again_opens_its_target() {
    let here = Here::begin().await;
    let target = here.reported(report(Class::Service)).await;
    let merged = here.reported(report(Class::Service)).await;
    here.does(intake(), merged, command!(merge, "into": target)).await;
    here.does(intake(), target, command!(guide, "route": "court")).await;
    here.work().await;
    assert_eq!(here.matter(target).await.stage, Stage::Closed);
    let before = here.matter(target).await.version;
    here.does(Actor::Reporter, merged, command!(reopen, "reason": "还没有解决")).await;
    here.die_after_work().await;
    here.work().await;
    assert_eq!(here.events(target, before).await, [EventKind::Reopened]);
    let row = here.store.matter(target).await.unwrap();
    assert_eq!(row.matter.stage, Stage::Screening);
    let opened = here.store.events(target, before).await.unwrap();
    let reason = here.store.text(target, &row.data_key, opened[0].event.texts()[0].id).await.unwrap();
    assert_eq!(reason.as_deref(), Some("还没有解决"));
    // A target that is still open is left alone.
    here.does(director(), merged, command!(merge, "into": target)).await;
    here.does(Actor::Reporter, merged, command!(reopen, "reason": "还是没有")).await;
    let before = here.matter(target).await.version;
    here.work().await;
    assert_eq!(here.events(target, before).await, []);
    here.is_done().await;
}

#[tokio::test]
async fn the_parts_of_a_split_matter_are_reported_once_with_their_words() {
    let here = Here::begin().await;
    let parent = here.reported(report(Class::Hazard)).await;
    here.does(intake(), parent, command!(admit)).await;
    let parts = serde_json::json!([{"words": "电线裸露", "category": "0501"}, {"words": "垃圾没人清", "class": "environment"}]);
    let parts = parts.as_array().unwrap().clone();
    here.does(dispatcher(), parent, command!(split, "parts": parts)).await;
    here.die_after_work().await;
    // The parent changes before the work is done again.
    here.does(
        dispatcher(),
        parent,
        command!(reclassify, "class": "A", "urgency": "urgent", "reason": "更正"),
    )
    .await;
    here.does(
        dispatcher(),
        parent,
        command!(correct_place, "place": {"area": NEXT_VILLAGE}, "reason": "更正"),
    )
    .await;
    here.work().await;
    let children = here.matter(parent).await.children;
    assert_eq!(children.len(), 2);
    for (id, (words, class)) in
        children.iter().zip([("电线裸露", Class::Hazard), ("垃圾没人清", Class::Environment)])
    {
        let row = here.store.matter(*id).await.unwrap();
        assert_eq!((row.matter.class, row.matter.parent), (class, Some(parent)));
        let text = here.store.text(*id, &row.data_key, row.matter.words[0]).await.unwrap();
        assert_eq!(text.as_deref(), Some(words));
        assert!(!row.matter.counts());
        assert_eq!(here.events(*id, 0).await, [EventKind::Reported]);
    }
    assert_eq!(here.store.verify(|_| {}).await.unwrap().matters, 3);
    here.is_done().await;
}

#[tokio::test]
async fn one_that_died_between_two_parts_is_carried_on() {
    let here = Here::begin().await;
    let parent = here.reported(report(Class::Hazard)).await;
    here.does(intake(), parent, command!(admit)).await;
    here.does(dispatcher(), parent, command!(split, "parts": [{"words": "一处"}, {"words": "又一处"}])).await;
    let job = here.store.claim_jobs(here.now(), 10).await.unwrap().pop().unwrap();
    let casework::followup::FollowUp::Children { parts } = &job.job.follow_up else { panic!("not split") };
    here.jobs.child(parent, &parts[0], here.now()).await.unwrap();
    here.does(
        dispatcher(),
        parent,
        command!(correct_place, "place": {"area": NEXT_VILLAGE}, "reason": "更正"),
    )
    .await;
    here.wait(11);
    here.work().await;
    for part in parts {
        assert_eq!(here.matter(part.child).await.parent, Some(parent));
    }
    here.is_done().await;
}
