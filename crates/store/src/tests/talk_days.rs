//! Talk days share the write path with matters: the same log, the same answers to repeats, the same `verify`.

use casework::{
    actor::Actor,
    area::AreaCode,
    id::{AccountId, TalkDayId, TalkPlaceId},
    matter::Class,
    talk_day::{Plan, TalkCommand, TalkDay, TalkPlace, TalkPlaceKind, TalkRule, TalkState},
    text::TextKind,
};
use jiff::civil::Date;
use uuid::Uuid;

use super::{
    here::Here,
    sample::{NEXT_VILLAGE, OTHER_VILLAGE, TOWN, VILLAGE, area, command, intake, report, staff},
};
use crate::{
    Answered, Error, KeptPlace, Many, NewCommand, NewTalkCommand, NewTalkDay, Result, TalkAnswer, TalkDayRow,
    TalkFilter, value::Statement,
};

super::on_both! {
    a_talk_day_is_what_its_events_make_it,
    matters_and_talk_days_share_one_log,
    two_who_plan_the_same_day_meet,
    a_repeat_is_answered_again_and_an_id_is_used_once,
    a_stale_base_is_told_and_notes_hold_all_the_same,
    lists_show_days_and_what_is_owed,
    what_is_open_stays_on_the_list_until_it_has_its_answer,
    a_place_of_the_register_is_named_or_refused,
    rules_and_places_are_kept,
    what_was_said_is_sealed_and_never_among_the_public_words,
    tampering_is_found,
}

/// A command about a talk day as it is written in JSON.
macro_rules! talk {
    ($name:ident $(, $($field:tt)+)?) => {
        serde_json::from_value::<TalkCommand>(serde_json::json!({ "type": stringify!($name), $($($field)+)? })).unwrap()
    };
}

fn lead(village: &str) -> Actor {
    let unit = format!("{village}.centre");
    staff(40, &[(casework::actor::Role::VillageLead, &unit, village)])
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn plan(village: &str, slot: &str) -> Plan {
    let plan =
        serde_json::json!({ "area": village, "slot": slot, "begins": "09:00", "place_words": "老槐树下" });
    serde_json::from_value(plan).unwrap()
}

fn new_day(here: &Here, village: &str, slot: &str) -> NewTalkDay {
    here.wait(1);
    NewTalkDay { id: here.id(), actor: lead(village), now: here.now(), plan: plan(village, slot) }
}

async fn planned(here: &Here, village: &str, slot: &str) -> TalkDayId {
    here.store.plan_talk_day(new_day(here, village, slot)).await.unwrap().day
}

fn new_talk(here: &Here, day: TalkDayId, actor: Actor, command: TalkCommand) -> NewTalkCommand {
    here.wait(1);
    NewTalkCommand { id: here.id(), actor, now: here.now(), day, base_version: None, command }
}

async fn says(here: &Here, day: TalkDayId, command: TalkCommand) -> TalkAnswer {
    here.store.talk(new_talk(here, day, lead(VILLAGE), command)).await.unwrap()
}

async fn kept(here: &Here, day: TalkDayId) -> TalkDayRow {
    here.store.talk_day(day).await.unwrap().unwrap()
}

/// A talk day that was held and published: an answer and a promise.
pub(super) async fn published(here: &Here) -> TalkDayId {
    let day = planned(here, VILLAGE, "2024-03-04").await;
    says(here, day, talk!(note_item, "topic": "request", "words": "张家门前的路灯坏了")).await;
    says(here, day, talk!(hold, "people": 17)).await;
    says(here, day, talk!(note_item, "topic": "village_accounts", "words": "修渠的钱怎么用的")).await;
    says(here, day, talk!(promise, "item": 1, "due": "2024-03-13", "words": "换灯")).await;
    says(here, day, talk!(answer, "item": 2, "words": "账已当场念了")).await;
    let answers = talk!(publish, "answers": [{"item": 1, "words": "路灯十天内修好"}, {"item": 2, "words": "修渠账目已公开"}]);
    says(here, day, answers).await;
    day
}

async fn a_talk_day_is_what_its_events_make_it(here: &Here) {
    let id = published(here).await;
    let row = kept(here, id).await;
    let mut events = here.store.talk_events(id).await.unwrap().into_iter();
    let mut replayed = TalkDay::begin(id, &events.next().unwrap()).unwrap();
    events.for_each(|recorded| replayed.apply(&recorded));
    assert_eq!(replayed, row.day);
    assert_eq!((row.day.state, row.day.people, row.day.version), (TalkState::Published, Some(17), 7));
    let report = here.verify().await;
    assert_eq!((report.findings, report.talk_days, report.matters), (vec![], 1, 0));
}

async fn matters_and_talk_days_share_one_log(here: &Here) {
    let day = planned(here, VILLAGE, "2024-03-04").await;
    let matter = here.reported(report(Class::Service)).await.matter;
    let works = vec![
        Many::Talk(new_talk(here, day, lead(VILLAGE), talk!(hold, "people": 3))),
        Many::Command(here.new_command(intake(), matter, command!(admit))),
        Many::Plan(new_day(here, NEXT_VILLAGE, "2024-03-14")),
        Many::Talk(new_talk(
            here,
            day,
            lead(VILLAGE),
            talk!(note_item, "topic": "morals", "words": "邻里互助"),
        )),
    ];
    let kinds: Vec<bool> = here
        .store
        .many(works)
        .await
        .into_iter()
        .map(|answer| matches!(answer.unwrap(), Answered::TalkDay(_)))
        .collect();
    assert_eq!(kinds, [true, false, true, true]);
    let seqs = here.rows("select seq, kind from events where region = 421321 order by seq").await;
    let seqs: Vec<_> = seqs.iter().map(|row| row.int(0).unwrap()).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5, 6]);
    here.is_sound().await;
}

async fn two_who_plan_the_same_day_meet(here: &Here) {
    let works = (0..8).map(|_| Many::Plan(new_day(here, VILLAGE, "2024-03-14"))).collect();
    let answers: Vec<Result<Answered>> = here.store.many(works).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(matches!(answer, Error::Refused(casework::Refusal::AlreadyPlanned)), "{answer}");
    }
    assert_eq!(here.number("select count(*) from talk_days").await, 1);
    here.is_sound().await;
}

async fn a_repeat_is_answered_again_and_an_id_is_used_once(here: &Here) {
    let new = new_day(here, VILLAGE, "2024-03-04");
    let first = here.store.plan_talk_day(new.clone()).await.unwrap();
    let note =
        new_talk(here, first.day, lead(VILLAGE), talk!(note_item, "topic": "dispute", "words": "地界"));
    let noted = here.store.talk(note.clone()).await.unwrap();
    says(here, first.day, talk!(hold, "people": 5)).await;
    let before = here.dump().await;
    assert_eq!(here.store.plan_talk_day(new).await.unwrap(), TalkAnswer { repeated: true, ..first.clone() });
    assert_eq!(here.store.talk(note.clone()).await.unwrap(), TalkAnswer { repeated: true, ..noted });
    let other = NewTalkCommand { command: talk!(hold, "people": 6), ..note.clone() };
    assert!(matches!(here.store.talk(other).await, Err(Error::CommandIdReused)));
    // The id of a talk day's command is none for a matter, nor the other way round.
    let report = crate::NewReport { id: note.id, ..here.new_report(report(Class::Service)) };
    assert!(matches!(here.store.report(report).await, Err(Error::CommandIdReused)));
    assert_eq!(here.dump().await, before);
    let matter = here.reported(super::sample::report(Class::Service)).await.matter;
    let admit: NewCommand = here.new_command(intake(), matter, command!(admit));
    here.store.command(admit.clone()).await.unwrap();
    let reused = NewTalkCommand { id: admit.id, ..note };
    assert!(matches!(here.store.talk(reused).await, Err(Error::CommandIdReused)));
    let nobody = TalkDayId { region: first.day.region, uuid: Uuid::from_u128(9) };
    let lost = here.store.talk(new_talk(here, nobody, lead(VILLAGE), talk!(hold, "people": 1))).await;
    assert!(matches!(lost, Err(Error::NotFound(_))));
    here.is_sound().await;
}

async fn a_stale_base_is_told_and_notes_hold_all_the_same(here: &Here) {
    let day = planned(here, VILLAGE, "2024-03-04").await;
    says(here, day, talk!(note_item, "topic": "request", "words": "修路")).await;
    let based =
        |command| NewTalkCommand { base_version: Some(1), ..new_talk(here, day, lead(VILLAGE), command) };
    let stale = here.store.talk(based(talk!(cancel, "reason": "下雨"))).await;
    assert!(matches!(stale, Err(Error::Stale { current: 2, .. })), "{stale:?}");
    here.store.talk(based(talk!(note_item, "topic": "request", "words": "修桥"))).await.unwrap();
    here.store.talk(based(talk!(hold, "people": 8))).await.unwrap();
    assert_eq!(kept(here, day).await.day.items.len(), 2);
}

async fn listed(here: &Here, filter: TalkFilter) -> Vec<String> {
    let rows = here.store.talk_days(&TalkFilter { limit: 10, ..filter }).await.unwrap();
    rows.iter().map(|row| format!("{} {}", row.day.area, row.day.date)).collect()
}

fn of(code: &str) -> TalkFilter {
    TalkFilter { areas: vec![area(code)], ..TalkFilter::default() }
}

async fn lists_show_days_and_what_is_owed(here: &Here) {
    for (village, slot) in [(VILLAGE, "2024-03-14"), (NEXT_VILLAGE, "2024-03-04"), (VILLAGE, "2024-03-04")] {
        planned(here, village, slot).await;
    }
    let both = ["421321117204 2024-03-04", "421321117205 2024-03-04", "421321117204 2024-03-14"];
    assert_eq!(listed(here, of(TOWN)).await, both);
    assert_eq!(listed(here, TalkFilter { newest_first: true, ..of(VILLAGE) }).await, [both[2], both[0]]);
    assert_eq!(listed(here, TalkFilter { from: Some(date("2024-03-05")), ..of(TOWN) }).await, [both[2]]);
    assert_eq!(
        listed(here, TalkFilter { to: Some(date("2024-03-05")), ..of(NEXT_VILLAGE) }).await,
        [both[1]]
    );
    assert!(listed(here, of(OTHER_VILLAGE)).await.is_empty());
    assert!(listed(here, TalkFilter::default()).await.is_empty());
    // An area whose code only begins alike is another.
    assert!(listed(here, of("421321118")).await.is_empty());
    let held = TalkFilter { states: vec![TalkState::Held, TalkState::Published], ..of(TOWN) };
    assert!(listed(here, held.clone()).await.is_empty());
    says(here, here.store.talk_day_id(area(VILLAGE), date("2024-03-04")), talk!(hold, "people": 2)).await;
    assert_eq!(listed(here, held).await, [both[0]]);
}

async fn what_is_open_stays_on_the_list_until_it_has_its_answer(here: &Here) {
    let open = TalkFilter { open: true, ..of(VILLAGE) };
    let first = published(here).await;
    let next = planned(here, VILLAGE, "2024-03-14").await;
    says(here, next, talk!(note_item, "topic": "request", "words": "修桥")).await;
    // The promise is due a day before the next talk day: it comes first.
    assert_eq!(listed(here, open.clone()).await, ["421321117204 2024-03-04", "421321117204 2024-03-14"]);
    says(here, first, talk!(settle_promise, "item": 1, "kept": true, "words": "灯已换")).await;
    assert_eq!(listed(here, open.clone()).await, ["421321117204 2024-03-14"]);
    says(here, next, talk!(answer, "item": 1, "words": "桥不归村里")).await;
    assert!(listed(here, open).await.is_empty());
    here.is_sound().await;
}

fn room(village: &str, id: u128) -> KeptPlace {
    KeptPlace {
        id: TalkPlaceId(Uuid::from_u128(id)),
        area: area(village),
        place: TalkPlace {
            kind: TalkPlaceKind::Room,
            name: "逢四说事室".into(),
            address: "村委会一楼".into(),
            hours: "每月四日、十四日、二十四日上午".into(),
            point: Some(casework::area::Point { lon: 113.1, lat: 31.5 }),
            closed: false,
        },
    }
}

fn director() -> AccountId {
    AccountId(Uuid::from_u128(4))
}

async fn a_place_of_the_register_is_named_or_refused(here: &Here) {
    let (ours, theirs) = (room(VILLAGE, 1), room(NEXT_VILLAGE, 2));
    let closed = KeptPlace { place: TalkPlace { closed: true, ..ours.place.clone() }, ..room(VILLAGE, 3) };
    here.store
        .set_talk_places(&[ours.clone(), theirs.clone(), closed.clone()], director(), here.now())
        .await
        .unwrap();
    let at = |place: TalkPlaceId| {
        let mut new = new_day(here, VILLAGE, "2024-03-04");
        (new.plan.place, new.plan.place_words) = (Some(place), None);
        new
    };
    for place in [theirs.id, closed.id, TalkPlaceId(Uuid::from_u128(99))] {
        let refused = here.store.plan_talk_day(at(place)).await;
        assert!(matches!(refused, Err(Error::Refused(casework::Refusal::UnknownChoice { field: "place" }))));
    }
    let day = here.store.plan_talk_day(at(ours.id)).await.unwrap().day;
    let moved = |place: TalkPlaceId| talk!(move, "date": "2024-03-05", "place": place, "reason": "下雨");
    let refused = here.store.talk(new_talk(here, day, lead(VILLAGE), moved(theirs.id))).await;
    assert!(matches!(refused, Err(Error::Refused(casework::Refusal::UnknownChoice { field: "place" }))));
    says(here, day, moved(ours.id)).await;
    here.is_sound().await;
}

async fn rules_and_places_are_kept(here: &Here) {
    let thursday = TalkRule { recurrence: Some("FREQ=WEEKLY;BYDAY=TH".into()), ..TalkRule::default() };
    let set: [(AreaCode, TalkRule); 2] =
        [(area(VILLAGE), TalkRule::default()), (area(NEXT_VILLAGE), thursday.clone())];
    here.store.set_talk_rules(&set, director(), here.now()).await.unwrap();
    here.store.set_talk_rules(&[(area(VILLAGE), thursday.clone())], director(), here.now()).await.unwrap();
    let rules = here.store.talk_rules(area(TOWN)).await.unwrap();
    assert_eq!(rules.into_values().collect::<Vec<_>>(), [thursday.clone(), thursday]);
    assert!(here.store.talk_rules(area(OTHER_VILLAGE)).await.unwrap().is_empty());

    let first = room(VILLAGE, 1);
    here.store.set_talk_places(std::slice::from_ref(&first), director(), here.now()).await.unwrap();
    let renamed =
        KeptPlace { place: TalkPlace { name: "家常点".into(), point: None, ..first.place }, ..first };
    here.store.set_talk_places(std::slice::from_ref(&renamed), director(), here.now()).await.unwrap();
    assert_eq!(here.store.talk_places(area(TOWN)).await.unwrap(), std::slice::from_ref(&renamed));
    // A place stays where it is: under its id another village changes nothing.
    let elsewhere = KeptPlace { area: area(NEXT_VILLAGE), ..renamed.clone() };
    here.store.set_talk_places(&[elsewhere], director(), here.now()).await.unwrap();
    assert_eq!(here.store.talk_places(area(TOWN)).await.unwrap(), [renamed]);
}

async fn what_was_said_is_sealed_and_never_among_the_public_words(here: &Here) {
    let id = published(here).await;
    let row = kept(here, id).await;
    let all = here.store.talk_words(&row).await.unwrap();
    let public = here.store.public_talk_words(&row).await.unwrap();
    let [first, second] = row.day.items.as_slice() else { panic!("{:?}", row.day.items) };
    assert_eq!(all.get(first.words), Some("张家门前的路灯坏了"));
    assert_eq!(public.get(first.words), None);
    assert_eq!(public.get(first.promise.as_ref().unwrap().words), None);
    assert_eq!(public.get(second.answer.unwrap()), None);
    assert_eq!(public.get(first.public[0]), Some("路灯十天内修好"));
    assert_eq!(public.get(row.day.place_words.unwrap()), Some("老槐树下"));
    let dump = format!("{:?}", here.dump().await);
    for words in ["张家门前", "修渠", "路灯十天内修好", "老槐树"] {
        assert!(!dump.contains(words), "{words} stands in a table for everybody who steals it");
    }
}

async fn tampering_is_found(here: &Here) {
    let id = published(here).await;
    let key = if here.store.database.is_sqlite() {
        format!("x'{}'", id.uuid.simple())
    } else {
        format!("'\\x{}'::bytea", id.uuid.simple())
    };
    for table in ["talk_days", "events", "texts", "commands"] {
        here.sql(Statement::new(format!("create table saved_{table} as select * from {table}"))).await;
    }
    let (item, public) = (TextKind::Item.index(), TextKind::Public.index());
    let day = |change: &str| format!("update talk_days set {change} where id = {key}");
    for change in [
        day("version = version - 1"),
        day("standing = 0"),
        day("area = '421321117205'"),
        day("slot = slot + 1"),
        day("date = date + 1"),
        day("open_items = 3"),
        day("open_promises = 0"),
        day("promise_due = null"),
        day("changed_at = 0"),
        day("data_key = id"),
        day("state = replace(state, 'published', 'held')"),
        format!("delete from talk_days where id = {key}"),
        format!("update events set kind = 0 where record = {key} and version = 3"),
        format!("update events set kind = 0 where record = {key} and version = 1"),
        format!("update events set body = replace(body, '17', '71') where record = {key} and version = 3"),
        format!("delete from events where record = {key} and version = 7"),
        format!("update commands set standing = 0 where record = {key} and version = 7"),
        format!("update texts set kind = {public} where record = {key} and kind = {item}"),
        format!("update texts set record = id where record = {key} and kind = {item}"),
    ] {
        here.sql(Statement::new(change.clone())).await;
        let report = here.verify().await;
        assert!(report.wrong > 0, "nobody saw: {change}");
        let named = report.findings.iter().any(|finding| finding.what.contains(&id.to_string()));
        let moved_away = change.contains("record = id") || change.contains("delete from events");
        assert!(named || moved_away, "{change}: {:?}", report.findings);
        for table in ["talk_days", "events", "texts", "commands"] {
            here.sql(Statement::new(format!("delete from {table}"))).await;
            here.sql(Statement::new(format!("insert into {table} select * from saved_{table}"))).await;
        }
    }
    here.is_sound().await;
    // Erased words are no damage.
    here.sql(Statement::new(format!("delete from texts where record = {key} and kind = {item}"))).await;
    let report = here.verify().await;
    assert_eq!((report.findings.len(), report.erased), (0, 2));
}
