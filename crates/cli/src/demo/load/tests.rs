//! A loader that was stopped goes on and ends where one that was not stopped ends. On a part of the year; the whole one is
//! loaded by the demo itself.

use std::{collections::BTreeMap, sync::Arc};

use casework::matter::Class;
use store::{Location, Store, Sums, TotalsQuery};
use tempfile::TempDir;
use tokio::sync::Notify;

use super::*;

/// One matter of so many.
const PART: u64 = 60;

async fn empty() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::open(&Location::Folder(folder.path().to_owned())).await.unwrap(), folder)
}

async fn part(store: &Store) -> Year {
    Year::prepare(store).await.unwrap().every(PART)
}

/// What the year came to: totals by class, events, stages.
async fn outcome(store: &Store) -> (BTreeMap<Class, Sums>, i64, BTreeMap<String, usize>) {
    let (area, from, to) =
        (site::CITY.parse().unwrap(), "2023-01-01".parse().unwrap(), "2023-12-31".parse().unwrap());
    let totals = store.totals(&TotalsQuery { area, from, to }).await.unwrap();
    let classes = Class::ALL.iter().map(|class| (*class, totals.class(*class))).collect();
    let mut stages = BTreeMap::new();
    store
        .every_matter(None, |matter| *stages.entry(matter.stage.to_string()).or_default() += 1)
        .await
        .unwrap();
    (classes, store.head().await.unwrap(), stages)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loader_that_was_stopped_goes_on_to_the_same_totals() {
    let (whole, _whole_folder) = empty().await;
    let commands = part(&whole).await.load(&whole, |_, _| ()).await.unwrap();
    assert!(commands > 6 * CHUNK, "{commands} commands are too few to stop between");

    let (stopped, _stopped_folder) = empty().await;
    let mut times = 0;
    for chunks in [4, 3] {
        let enough = Arc::new(Notify::new());
        let (year, mut seen, told) = (part(&stopped).await, 0, enough.clone());
        let load = year.load(&stopped, move |_, _| {
            seen += 1;
            if seen > chunks {
                told.notify_one();
            }
        });
        tokio::select! {
            biased;
            () = enough.notified() => times += 1,
            done = load => panic!("it was not stopped: {done:?}"),
        }
    }
    assert_eq!(times, 2);
    let rest = part(&stopped).await.load(&stopped, |_, _| ()).await.unwrap();
    assert!(rest > 0 && rest < commands, "{rest} of {commands} were left");
    assert_eq!(part(&stopped).await.load(&stopped, |_, _| ()).await.unwrap(), 0, "it is loaded once");

    assert_eq!(outcome(&stopped).await, outcome(&whole).await);
    for store in [&whole, &stopped] {
        let report = store.verify(|_| ()).await.unwrap();
        assert_eq!(report.wrong, 0, "{:?}", report.findings);
    }
}
