//! Opening a site: a new one, one that is there, by two at once, with the wrong key.

use casework::matter::Class;

use super::{
    here::{Here, with_postgres},
    sample::{VILLAGE, area, command, intake, report, site_data, unit},
};
use crate::{Answer, Error, Location, NewCommand, Store};

super::on_both! {
    a_site_is_opened_again_as_it_was,
    a_key_of_another_site_opens_nothing,
    two_processes_work_on_one_site,
}

async fn a_site_is_opened_again_as_it_was(here: &Here) {
    let id = here.reported(report(Class::Service)).await.matter;
    here.store.set_site_note("loaded until", "2024-03-04").await.unwrap();
    let before = here.dump().await;
    let again = Store::open(&here.location).await.unwrap();
    assert_eq!(here.dump().await, before);
    assert_eq!(again.matter(id).await.unwrap().matter, here.matter(id).await);
    assert_eq!(again.settings(), here.store.settings());
    let (site, anew) = (here.store.site(), again.site());
    assert_eq!(format!("{:?}", anew.catalogue), format!("{:?}", site.catalogue));
    assert_eq!(anew.areas.get(area(VILLAGE)), site.areas.get(area(VILLAGE)));
    assert_eq!(anew.units.get(&unit("421321117.urban")), site.units.get(&unit("421321117.urban")));
    assert_eq!(again.query_code(id, 0), here.store.query_code(id, 0));
    assert_eq!(again.site_note("loaded until").await.unwrap().as_deref(), Some("2024-03-04"));
    assert_eq!(again.site_note("nothing").await.unwrap(), None);
    assert_eq!(here.number("select count(*) from migrations").await, 1);
    // The same again adds nothing.
    here.store.set_up(&site_data(), here.now()).await.unwrap();
    assert_eq!(here.dump().await, before);
}

async fn a_key_of_another_site_opens_nothing(here: &Here) {
    let id = here.reported(report(Class::Service)).await.matter;
    let key = here.location.folder().join("site.key");
    let right = std::fs::read_to_string(&key).unwrap();
    assert_eq!(right.trim().len(), 64);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).unwrap().permissions()) & 0o777,
        0o600
    );
    std::fs::write(&key, "not a key\n").unwrap();
    assert!(matches!(Store::open(&here.location).await, Err(Error::Setup(_))));
    std::fs::write(&key, "0".repeat(64)).unwrap();
    assert!(matches!(Store::open(&here.location).await, Err(Error::Setup(_))));
    std::fs::remove_file(&key).unwrap();
    assert!(matches!(Store::open(&here.location).await, Err(Error::Setup(_))));
    assert!(!key.exists(), "a new key was made for a site that has one");
    std::fs::write(&key, right).unwrap();
    let row = Store::open(&here.location).await.unwrap().matter(id).await.unwrap();
    assert!(here.store.text(id, &row.data_key, row.matter.words[0]).await.unwrap().is_some());
}

async fn two_processes_work_on_one_site(here: &Here) {
    let id = here.reported(report(Class::Service)).await.matter;
    let other = Store::open(&here.location).await.unwrap();
    for nth in 0..6 {
        let store = if nth % 2 == 0 { &other } else { &here.store };
        let note = here.new_command(intake(), id, command!(note, "words": format!("第 {nth} 条备注")));
        store.command(NewCommand { base_version: Some(1 + nth), ..note }).await.unwrap();
    }
    let admit = here.new_command(intake(), id, command!(admit));
    let first = other.command(admit.clone()).await.unwrap();
    assert_eq!(here.store.command(admit).await.unwrap(), Answer { repeated: true, ..first });
    here.is_sound().await;
}

#[test]
fn two_open_a_new_site_at_once_on_postgres() {
    with_postgres(|runtime, here| {
        runtime.block_on(async {
            let Location::Postgres { url, .. } = &here.location else { panic!("not PostgreSQL") };
            here.sql(crate::value::Statement::new("drop schema public cascade")).await;
            here.sql(crate::value::Statement::new("create schema public")).await;
            let folder = tempfile::tempdir().unwrap();
            let location = Location::Postgres { url: url.clone(), folder: folder.path().to_owned() };
            let tasks: Vec<_> = (0..4)
                .map(|_| {
                    tokio::spawn({
                        let location = location.clone();
                        async move { Store::open(&location).await }
                    })
                })
                .collect();
            let mut stores = Vec::new();
            for task in tasks {
                stores.push(task.await.unwrap().unwrap());
            }
            let id = casework::id::MatterId {
                region: casework::id::Region(421_321),
                uuid: uuid::Uuid::from_u128(7),
            };
            let codes: std::collections::BTreeSet<_> =
                stores.iter().map(|store| store.query_code(id, 0)).collect();
            assert_eq!(codes.len(), 1, "two keys were made for one site");
        });
    });
}

#[test]
fn two_open_a_new_site_at_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Folder(folder.path().to_owned());
    let open = || {
        let location = location.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                Store::open(&location).await.map(|store| {
                    store.query_code(
                        casework::id::MatterId { region: casework::id::Region(1), uuid: uuid::Uuid::nil() },
                        0,
                    )
                })
            })
        })
    };
    let threads: Vec<_> = (0..4).map(|_| open()).collect();
    let codes: std::collections::BTreeSet<_> =
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect();
    assert_eq!(codes.len(), 1, "two keys were made for one site");
}
