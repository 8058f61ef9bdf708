//! A matter's whole life through the store: every read model after every step, numbers and query codes.

use casework::{
    actor::Actor,
    id::MatterId,
    matter::{Class, Command},
};

use super::{
    here::Here,
    sample::{
        FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, area, command, director, dispatcher, full_report, grid_worker,
        handler, intake, other_grid_worker, reader, report, report_from, urban_handler,
    },
};
use crate::{CellQuery, Filter, Order, TotalsQuery, value::Statement};

super::on_both! {
    every_step_is_seen_in_every_read_model,
    a_queue_holds_what_a_unit_owes_by_light,
    what_somebody_did_is_found_again,
    numbers_are_dense_for_each_town_and_day,
    a_query_code_finds_its_matter_until_it_is_replaced,
    a_report_whose_code_is_taken_gets_the_next_one,
}

/// A matter on its way.
struct Life<'a> {
    here: &'a Here,
    id: MatterId,
    events: usize,
}

impl Life<'_> {
    /// Sends a command and checks everything after it: `stage | who owes | totals of the village | on the map, open`.
    async fn does(&mut self, actor: Actor, command: Command, expected: &str) {
        let answer = self.here.does(actor, self.id, command).await;
        assert!(!answer.repeated);
        assert_eq!(self.is(expected).await, answer.version, "the answer's version is not the last event's");
    }

    async fn is(&mut self, expected: &str) -> u32 {
        let matter = self.here.matter(self.id).await;
        assert_eq!(matter, self.here.replayed(self.id).await, "the row is not what the events make");
        let events = self.here.store.events(self.id, 0).await.unwrap();
        assert!(events.len() > self.events, "nothing happened");
        assert!(
            events.iter().zip(1..).all(|(event, version)| event.version == version),
            "versions are not dense"
        );
        assert_eq!(self.here.store.events(self.id, 1).await.unwrap(), events[1..]);
        for text in events[self.events..].iter().flat_map(|event| event.event.texts()) {
            assert!(!self.here.words(self.id, text.id).await.is_empty());
        }
        self.events = events.len();
        let seen = format!(
            "{} | {} | {} | {}",
            matter.stage,
            self.owed().await,
            totals(self.here).await,
            squares(self.here).await
        );
        assert_eq!(seen, expected);
        matter.version
    }

    async fn owed(&self) -> String {
        let owed = self.here.matter(self.id).await.owed(&self.here.store.site());
        let rows = self.here.rows("select unit, role, due_at, paused from queue order by unit, role").await;
        assert_eq!(rows.len(), owed.len());
        for (row, owed) in rows.iter().zip(&owed) {
            assert_eq!(
                (row.text(0).unwrap(), row.int(1).unwrap()),
                (owed.unit.0.as_str(), owed.role.index())
            );
            let filter = Filter {
                owed_by: vec![(owed.unit.clone(), owed.role)],
                order: Order::Due,
                limit: 10,
                ..Filter::default()
            };
            let page = self.here.store.matters(reader(&director()), &filter, self.here.now()).await.unwrap();
            assert_eq!(page.rows.iter().map(|row| row.row.matter.id).collect::<Vec<_>>(), [self.id]);
        }
        owed.iter().map(|owed| format!("{} {}", owed.unit, owed.role)).collect::<Vec<_>>().join(", ")
    }
}

/// The village's totals that are not zero, by name; the town's and the county's are the same.
async fn totals(here: &Here) -> String {
    let day = "2024-03-04".parse().unwrap();
    let mut seen = Vec::new();
    for code in [VILLAGE, "421321117", "421321", "4213"] {
        let query = TotalsQuery { area: area(code), from: day, to: "2024-03-31".parse().unwrap() };
        let totals = here.store.totals(&query).await.unwrap();
        assert_eq!(totals.class(Class::Hazard), totals.all());
        assert_eq!(
            crate::total(&std::iter::once((Class::Hazard, totals.months["2024-03"])).collect()),
            totals.all()
        );
        seen.push(totals.all());
    }
    assert!(seen.iter().all(|sums| *sums == seen[0]), "{seen:?}");
    let names = crate::projections::figures::SUM_COLUMNS.iter().zip(seen[0].to_array());
    names.filter(|(_, sum)| *sum == 1).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

async fn squares(here: &Here) -> String {
    let mut seen = Vec::new();
    for zoom in [5, 7, 9, 11, 18] {
        let query =
            CellQuery { bbox: (113.0, 31.0, 113.2, 32.0), zoom, classes: vec![Class::Hazard], open: false };
        let cells = here.store.cells(&query).await.unwrap();
        seen.push(format!("{} {}", cells[0].matters, cells[0].open));
        let open = here.store.cells(&CellQuery { open: true, ..query }).await.unwrap();
        assert_eq!(open.len(), usize::from(cells[0].open == 1));
    }
    seen.dedup();
    seen.join(", ")
}

async fn every_step_is_seen_in_every_read_model(here: &Here) {
    let mut first = full_report();
    first.photos = vec![here.photo().await];
    let id = here.reported(first).await.matter;
    let mut life = Life { here, id, events: 0 };
    let department = "421321117.construction handler";
    life.is("reported | 421321117.centre intake | reported open | 1 1").await;
    life.does(intake(), command!(ask, "words": "在哪一户？"), "awaiting_reporter |  | reported open | 1 1")
        .await;
    life.does(
        Actor::Reporter,
        command!(supply, "words": "东头"),
        "reported | 421321117.centre intake | reported open | 1 1",
    )
    .await;
    life.does(intake(), command!(admit), "screening | 421321117.centre dispatcher | reported open | 1 1")
        .await;
    let dispatch = || command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}]);
    life.does(dispatcher(), dispatch(), &format!("dispatched | {department} | reported open | 1 1")).await;
    life.does(
        handler(),
        command!(return, "basis": "not_our_duty", "reason": "清单"),
        "screening | 421321117.centre dispatcher | reported open | 1 1",
    )
    .await;
    life.does(dispatcher(), dispatch(), &format!("dispatched | {department} | reported open | 1 1")).await;
    life.does(
        handler(),
        command!(sign_for),
        &format!("handling | {department}, 421321117.urban handler | reported open | 1 1"),
    )
    .await;
    life.does(
        urban_handler(),
        command!(co_answer, "words": "已配合"),
        &format!("handling | {department} | reported open | 1 1"),
    )
    .await;
    let asked = format!("handling | 421321117.centre dispatcher, {department} | reported open | 1 1");
    life.does(handler(), command!(ask_extension, "days": 2, "reason": "等配件"), &asked).await;
    life.does(
        dispatcher(),
        command!(decide_extension, "approve": true, "reason": "同意"),
        &format!("handling | {department} | reported open | 1 1"),
    )
    .await;
    let complete = |photo| command!(complete, "result": "done", "words": "已扶正", "photos": [photo]);
    let verify = "verifying | 421321117204.centre grid_worker | reported";
    life.does(handler(), complete(here.photo().await), &format!("{verify} open | 1 1")).await;
    let again = format!("handling | {department} | reported reworked open | 1 1");
    life.does(grid_worker(), command!(fail, "reason": "还是歪的", "photos": [here.photo().await]), &again)
        .await;
    life.does(handler(), complete(here.photo().await), &format!("{verify} reworked open | 1 1")).await;
    let after = "follow_up | 421321117.centre intake | reported handled struck_off asked reworked open | 1 1";
    let after = after.replace("struck_off ", "");
    life.does(other_grid_worker(), command!(pass, "photos": [here.photo().await]), &after).await;
    let closed = "closed |  | reported handled struck_off asked answered satisfied reworked | 1 0";
    life.does(intake(), command!(call_back, "answer": "satisfied"), closed).await;
    let reopened =
        "screening | 421321117.centre dispatcher | reported asked answered satisfied reworked open | 1 1";
    life.does(Actor::Reporter, command!(reopen, "reason": "又歪了"), reopened).await;
    assert_eq!(here.store.photos(id).await.unwrap().len(), 5);
    assert_eq!(here.matter(id).await.photos, 5);
    here.is_sound().await;
}

async fn a_queue_holds_what_a_unit_owes_by_light(here: &Here) {
    let ids = [
        here.reported(report(Class::Service)).await.matter,
        here.reported(report(Class::Service)).await.matter,
    ];
    let mine = vec![(super::sample::unit("421321117.centre"), casework::actor::Role::Intake)];
    let lights = async |here: &Here| {
        let count = here.store.queue_count(&mine, here.now()).await.unwrap();
        (count.green, count.yellow, count.red, count.grey)
    };
    assert_eq!(lights(here).await, (2, 0, 0, 0));
    here.wait_until(here.matter(ids[0]).await.clock.unwrap().warn_at);
    assert_eq!(lights(here).await, (0, 2, 0, 0));
    here.wait_until(here.matter(ids[0]).await.clock.unwrap().due_at);
    assert_eq!(lights(here).await, (0, 0, 2, 0));
    here.does(intake(), ids[1], command!(admit)).await;
    assert_eq!(lights(here).await, (0, 0, 1, 0));
    let page = Filter { owed_by: mine.clone(), order: Order::Due, limit: 10, ..Filter::default() };
    let page = here.store.matters(reader(&intake()), &page, here.now()).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.row.matter.id).collect::<Vec<_>>(), [ids[0]]);
}

async fn what_somebody_did_is_found_again(here: &Here) {
    let id = here.reported(report(Class::Hazard)).await.matter;
    here.does(intake(), id, command!(admit)).await;
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}])).await;
    here.does(handler(), id, command!(sign_for)).await;
    here.does(urban_handler(), id, command!(co_answer, "words": "已配合")).await;
    for (actor, expected) in [(intake(), 1), (handler(), 1), (urban_handler(), 1), (grid_worker(), 0)] {
        for queued in [false, true] {
            let owed_by = if queued {
                vec![(super::sample::unit("421321117.construction"), casework::actor::Role::Handler)]
            } else {
                Vec::new()
            };
            let done = Filter { acted: true, owed_by, limit: 10, ..Filter::default() };
            let page = here.store.matters(reader(&actor), &done, here.now()).await.unwrap();
            assert_eq!(page.rows.len(), expected, "{actor:?}, queued: {queued}");
            assert_eq!(
                here.store.count(reader(&actor), &done, here.now()).await.unwrap(),
                i64::try_from(expected).unwrap()
            );
        }
    }
}

async fn numbers_are_dense_for_each_town_and_day(here: &Here) {
    let mut numbers = Vec::new();
    for _ in 0..3 {
        for village in [VILLAGE, OTHER_VILLAGE, FAR_VILLAGE] {
            // What is refused takes no number.
            here.store.report(here.new_report(report_from(village, Class::Service, " "))).await.unwrap_err();
            numbers.push(here.reported(report_from(village, Class::Service, "路不平")).await.number.0);
        }
    }
    here.wait(24 * 60);
    numbers.push(here.reported(report(Class::Service)).await.number.0);
    let expected = [
        "SZ-421321117-20240304-0001",
        "SZ-421321118-20240304-0001",
        "SZ-421303101-20240304-0001",
        "SZ-421321117-20240304-0002",
        "SZ-421321118-20240304-0002",
        "SZ-421303101-20240304-0002",
        "SZ-421321117-20240304-0003",
        "SZ-421321118-20240304-0003",
        "SZ-421303101-20240304-0003",
        "SZ-421321117-20240305-0001",
    ];
    assert_eq!(numbers, expected);
    let mut whole_city = report(Class::Suggestion);
    whole_city.place = casework::matter::PlaceGiven::Area { area: area("4213") };
    let answer = here.reported(whole_city).await;
    assert_eq!((answer.number.0.as_str(), answer.matter.region.0), ("SZ-421300000-20240305-0001", 421_300));
    let found = here.store.matter_by_number(" SZ-421321118-20240304-0002 ").await.unwrap().unwrap();
    assert_eq!(found.matter.number.0, expected[4]);
    here.is_sound().await;
}

async fn a_query_code_finds_its_matter_until_it_is_replaced(here: &Here) {
    let (first, second) =
        (here.reported(report(Class::Service)).await, here.reported(report(Class::Service)).await);
    let code = here.store.query_code(first.matter, first.code_version);
    let written = format!("{} {}-{}", &code[..4], &code[4..8], &code[8..]).to_lowercase();
    let found = async |code: &str| here.store.matter_by_code(code).await.unwrap().map(|row| row.matter.id);
    assert_eq!(found(&written).await, Some(first.matter));
    let other = here.store.query_code(second.matter, second.code_version);
    assert_eq!(found(&other).await, Some(second.matter));
    assert_eq!(found(&format!("{}{}", &code[..11], if code.ends_with('0') { '1' } else { '0' })).await, None);
    let replaced = here.does(intake(), first.matter, command!(replace_code, "reason": "当面核对")).await;
    assert_eq!(found(&code).await, None);
    assert_eq!(found(&here.store.query_code(first.matter, replaced.code_version)).await, Some(first.matter));
    here.is_sound().await;
}

async fn a_report_whose_code_is_taken_gets_the_next_one(here: &Here) {
    let first = here.reported(report(Class::Service)).await;
    let new = here.new_report(report(Class::Service));
    let matter = MatterId { region: first.matter.region, uuid: new.id.0 };
    let taken = here.store.keys.code_key(&here.store.query_code(matter, 0));
    here.sql(Statement::new("update matters set code_key = $1").bind(taken)).await;
    for repeated in [false, true] {
        let answer = here.store.report(new.clone()).await.unwrap();
        assert_eq!((answer.matter, answer.code_version, answer.repeated), (matter, 1, repeated));
        let code = here.store.query_code(matter, answer.code_version);
        assert_eq!(here.store.matter_by_code(&code).await.unwrap().unwrap().matter.id, matter);
    }
    let own = here.store.keys.code_key(&here.store.query_code(first.matter, 0));
    let first =
        Statement::new("update matters set code_key = $1 where id = $2").bind(own).bind(first.matter.uuid);
    here.sql(first).await;
    here.is_sound().await;
}
