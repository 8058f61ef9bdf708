//! `verify` beside a service that goes on writing: it sees one moment, leaves nothing behind, and tells how far it is.

use casework::matter::{Class, Report};

use super::{
    here::Here,
    sample::{FAR_VILLAGE, VILLAGE, command, dispatcher, intake, report_from},
};

super::on_both! {
    what_is_written_meanwhile_is_no_damage,
    nothing_is_left_behind,
    progress_rises_to_the_number_of_events,
}

/// One more matter, with a photo and a few events.
async fn one_more(here: &Here, village: &str) {
    let report =
        Report { photos: vec![here.photo().await], ..report_from(village, Class::Service, "路灯不亮") };
    let id = here.reported(report).await.matter;
    if village == VILLAGE {
        here.does(intake(), id, command!(admit)).await;
        here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await;
    }
}

async fn what_is_written_meanwhile_is_no_damage(here: &Here) {
    one_more(here, VILLAGE).await;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let write = async move {
        while tell.send(()).is_ok() {
            one_more(here, VILLAGE).await;
            one_more(here, FAR_VILLAGE).await;
        }
    };
    let verify = async move {
        let mut matters = 0;
        for round in 0..8 {
            let report = here.verify().await;
            assert_eq!(report.findings, [], "round {round}");
            assert!(report.matters >= matters);
            matters = report.matters;
            // Something was written since.
            while told.try_recv().is_ok() {}
            told.recv().await.unwrap();
        }
        matters
    };
    // Each on a thread of its own: on SQLite neither lets go of its thread while it reads.
    let runtime = tokio::runtime::Handle::current();
    let matters = std::thread::scope(|scope| {
        scope.spawn(|| runtime.block_on(write));
        scope.spawn(|| runtime.block_on(verify)).join().unwrap()
    });
    assert!(matters > 1);
    here.is_sound().await;
}

async fn nothing_is_left_behind(here: &Here) {
    one_more(here, VILLAGE).await;
    let before = here.dump().await;
    here.is_sound().await;
    assert_eq!(here.dump().await, before);
    if here.store.database.is_sqlite() {
        assert_eq!(here.number("select count(*) from sqlite_master where name like '%terms%'").await, 0);
    }
}

async fn progress_rises_to_the_number_of_events(here: &Here) {
    for _ in 0..5 {
        one_more(here, VILLAGE).await;
    }
    let mut heard = Vec::new();
    here.store.verify(|events| heard.push(events)).await.unwrap();
    assert!(heard.is_sorted(), "{heard:?}");
    assert!(heard.len() >= 30 && heard.contains(&1) && heard.contains(&14), "{heard:?}");
    assert_eq!(heard.last(), Some(&15));
}
