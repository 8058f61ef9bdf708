//! Backups, restoring them elsewhere, and moving to the other database.

use std::{fs, path::Path};

use casework::{id::MatterId, matter::Class};
use jiff::{Timestamp, ToSpan};

use super::{
    here::{Here, with_empty_database, with_sqlite},
    sample::{VILLAGE, command, dispatcher, full_report, intake, reader, report, report_from},
    talk_days::published,
};
use crate::{
    BackupName, Doing, Error, Filter, Location, Progress, Store, backups, grow, photos::PhotoSize, restore,
};

super::on_both! {
    a_site_is_restored_elsewhere_as_it_was,
    what_is_there_is_not_copied_again,
    a_backup_is_of_one_moment_whoever_writes_meanwhile,
    a_restoration_that_was_stopped_goes_on,
    nothing_is_restored_over_a_site_or_with_another_key,
    a_backup_that_was_changed_is_refused,
}

/// A few matters in motion, with words, a photo and a talk day.
async fn lived_in(here: &Here) -> MatterId {
    let photo = here.photo().await;
    let id = here.reported(casework::matter::Report { photos: vec![photo], ..full_report() }).await.matter;
    here.does(intake(), id, command!(admit)).await;
    for nth in 0..20 {
        here.reported(report_from(VILLAGE, Class::Service, &format!("第 {nth} 处积水"))).await;
    }
    published(here).await;
    here.photo().await;
    id
}

/// A folder for another place, with the key file brought over.
fn elsewhere(here: &Here) -> (tempfile::TempDir, Location) {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(here.location.folder().join("site.key"), folder.path().join("site.key")).unwrap();
    let location = Location::Folder(folder.path().to_owned());
    (folder, location)
}

async fn backed_up(here: &Here, to: &Path) -> BackupName {
    here.wait(1);
    here.store.back_up(to, here.now(), |_| {}).await.unwrap().name
}

async fn restored(from: &Path, to: &Location, now: Timestamp) -> Store {
    let restored = restore(from, None, to, now, |_| {}).await.unwrap();
    assert_eq!(restored.report.findings, []);
    Store::open(to).await.unwrap()
}

async fn a_site_is_restored_elsewhere_as_it_was(here: &Here) {
    let id = lived_in(here).await;
    let (backup, (_folder, there)) = (tempfile::tempdir().unwrap(), elsewhere(here));
    let mut told = Vec::new();
    let made = here.store.back_up(backup.path(), here.now(), |at| told.push(at)).await.unwrap();
    assert!(told.iter().any(|at| at.doing == Doing::Rows && at.done == at.of), "{told:?}");
    assert_eq!((made.pictures, made.lost_pictures), (2, 0));
    assert_eq!(backups(backup.path()).unwrap(), std::slice::from_ref(&made.name));

    let store = restored(backup.path(), &there, here.now() + 1.hour()).await;
    let (old, new) = (here.verify().await, store.verify(|_| {}).await.unwrap());
    assert_eq!(new.findings, []);
    assert_eq!(new.regions, old.regions);
    assert_eq!(made.regions, old.regions);
    assert_eq!((new.matters, new.talk_days, new.texts), (old.matters, old.talk_days, old.texts));
    assert_eq!(store.matter(id).await.unwrap().matter, here.matter(id).await);
    assert_eq!(store.settings(), here.store.settings());
    assert_eq!(store.query_code(id, 0), here.store.query_code(id, 0));
    let photo = store.photos(id).await.unwrap()[0].id;
    assert_eq!(
        store.photo(id, photo, PhotoSize::Full).await.unwrap(),
        here.store.photo(id, photo, PhotoSize::Full).await.unwrap()
    );
    let filter = Filter { words: Some("积水".into()), limit: 50, ..Filter::default() };
    assert_eq!(store.matters(reader(&dispatcher()), &filter, here.now()).await.unwrap().rows.len(), 20);
    // Numbers that the place that is gone may have given since are left out; the site knows that it was restored.
    let last = here.reported(report(Class::Service)).await.number;
    let first = store.report(here.new_report(report(Class::Service))).await.unwrap().number;
    assert!(first.0.split('-').nth(3).unwrap().parse::<u32>().unwrap() > 1_000, "{first}");
    assert_ne!(first, last);
    let restorations = store.restorations().await.unwrap();
    assert_eq!(restorations.len(), 1);
    assert!(restorations[0].state_of < restorations[0].at);
}

async fn what_is_there_is_not_copied_again(here: &Here) {
    lived_in(here).await;
    let backup = tempfile::tempdir().unwrap();
    let first = here.store.back_up(backup.path(), here.now(), |_| {}).await.unwrap();
    let again = here.store.back_up(backup.path(), here.now() + 1.minute(), |_| {}).await.unwrap();
    assert!(first.written > 0);
    assert_eq!(again.written, 0);
    here.reported(report(Class::Service)).await;
    let next = here.store.back_up(backup.path(), here.now() + 2.minutes(), |_| {}).await.unwrap();
    assert!(next.written > 0);
    assert!(next.rows > first.rows);
    assert_eq!(backups(backup.path()).unwrap(), [first.name, again.name, next.name]);
}

async fn a_backup_is_of_one_moment_whoever_writes_meanwhile(here: &Here) {
    lived_in(here).await;
    let (backup, (_folder, there)) = (tempfile::tempdir().unwrap(), elsewhere(here));
    let now = here.now();
    let writing = async {
        for _ in 0..40 {
            here.reported(full_report()).await;
        }
    };
    let (made, ()) = tokio::join!(here.store.back_up(backup.path(), now, |_| {}), writing);
    let made = made.unwrap();
    let store = restored(backup.path(), &there, now).await;
    assert_eq!(store.verify(|_| {}).await.unwrap().regions, made.regions);
    here.is_sound().await;
}

async fn a_restoration_that_was_stopped_goes_on(here: &Here) {
    lived_in(here).await;
    let (backup, (_folder, there)) = (tempfile::tempdir().unwrap(), elsewhere(here));
    backed_up(here, backup.path()).await;
    // The words come last; without them the restoration stops there.
    let texts = last_piece(backup.path());
    let aside = backup.path().join("aside");
    fs::rename(&texts, &aside).unwrap();
    let stopped = restore(backup.path(), None, &there, here.now(), |_| {}).await;
    assert!(matches!(stopped, Err(Error::Setup(_))), "{stopped:?}");
    // What is half there does not open as a site.
    assert!(matches!(Store::open(&there).await, Err(Error::Setup(_))));
    fs::rename(&aside, &texts).unwrap();
    let store = restored(backup.path(), &there, here.now()).await;
    assert_eq!(store.verify(|_| {}).await.unwrap().regions, here.verify().await.regions);

    // One that gives way to another backup leaves nothing behind.
    let (_other, other) = elsewhere(here);
    fs::rename(&texts, &aside).unwrap();
    restore(backup.path(), None, &other, here.now(), |_| {}).await.unwrap_err();
    fs::rename(&aside, &texts).unwrap();
    here.reported(report(Class::Service)).await;
    backed_up(here, backup.path()).await;
    let store = restored(backup.path(), &other, here.now()).await;
    assert_eq!(store.verify(|_| {}).await.unwrap().regions, here.verify().await.regions);
}

/// The file of the last piece of the newest backup.
fn last_piece(folder: &Path) -> std::path::PathBuf {
    let newest = backups(folder).unwrap().pop().unwrap();
    let list = fs::read_to_string(folder.join("backups").join(format!("{newest}.json"))).unwrap();
    let list: serde_json::Value = serde_json::from_str(list.lines().next().unwrap()).unwrap();
    let table = list["tables"].as_array().unwrap().last().unwrap();
    assert_eq!(table["name"], "texts");
    let name = table["pieces"].as_array().unwrap().last().unwrap()[0].as_str().unwrap();
    folder.join("pieces").join(&name[..2]).join(name)
}

async fn nothing_is_restored_over_a_site_or_with_another_key(here: &Here) {
    lived_in(here).await;
    let backup = tempfile::tempdir().unwrap();
    let empty = restore(backup.path(), None, &here.location, here.now(), |_| {}).await;
    assert!(matches!(empty, Err(Error::Setup(_))), "{empty:?}");
    let name = backed_up(here, backup.path()).await;
    let before = here.dump().await;
    let over = restore(backup.path(), Some(name.clone()), &here.location, here.now(), |_| {}).await;
    assert!(matches!(over, Err(Error::Setup(_))), "{over:?}");
    assert_eq!(here.dump().await, before);

    let without = tempfile::tempdir().unwrap();
    let there = Location::Folder(without.path().to_owned());
    let missing = restore(backup.path(), None, &there, here.now(), |_| {}).await;
    assert!(matches!(missing, Err(Error::Setup(_))), "{missing:?}");
    fs::write(without.path().join("site.key"), "0".repeat(64)).unwrap();
    let another = restore(backup.path(), Some(name), &there, here.now(), |_| {}).await;
    assert!(matches!(another, Err(Error::Setup(_))), "{another:?}");
    assert!(!without.path().join("fengsi.db").exists());
}

async fn a_backup_that_was_changed_is_refused(here: &Here) {
    lived_in(here).await;
    let backup = tempfile::tempdir().unwrap();
    let name = backed_up(here, backup.path()).await;
    let piece = last_piece(backup.path());
    let whole = fs::read(&piece).unwrap();
    // Nothing that people wrote can be read in it.
    for file in [&piece, &backup.path().join("backups").join(format!("{name}.json"))] {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(6).any(|bytes| bytes == "积水".as_bytes()));
    }
    let mut changed = whole.clone();
    changed[40] ^= 1;
    fs::write(&piece, &changed).unwrap();
    let (_folder, there) = elsewhere(here);
    let refused = restore(backup.path(), None, &there, here.now(), |_| {}).await;
    assert!(matches!(refused, Err(Error::Damaged(_))), "{refused:?}");
    fs::write(&piece, whole).unwrap();

    let list = backup.path().join("backups").join(format!("{name}.json"));
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replacen("\"rows\":", "\"rows\":1", 1)).unwrap();
    let refused = restore(backup.path(), None, &there, here.now(), |_| {}).await;
    assert!(matches!(refused, Err(Error::Setup(_))), "{refused:?}");
    fs::write(&list, text).unwrap();
    restored(backup.path(), &there, here.now()).await;
}

#[test]
fn a_site_grows_into_postgres() {
    with_empty_database(|_, url| {
        with_sqlite(|runtime, here| runtime.block_on(grows(here, url)));
    });
}

async fn grows(here: &Here, url: &str) {
    let id = lived_in(here).await;
    let folder = here.location.folder();
    let (before, matter) = (here.verify().await, here.matter(id).await);
    // Whoever has it open keeps it where it is.
    let open = grow(folder, url, |_| {}).await;
    assert!(matches!(open, Err(Error::Setup(_))), "{open:?}");

    let place = tempfile::tempdir().unwrap();
    let moved = place.path().join("site");
    copy_all(folder, &moved);
    let mut told = Vec::new();
    let grown = grow(&moved, url, |at: Progress| told.push(at.doing)).await.unwrap();
    assert_eq!(grown.report.findings, []);
    assert_eq!(grown.regions, before.regions);
    assert!(told.contains(&Doing::Rows));
    assert!(matches!(Store::open(&Location::Folder(moved.clone())).await, Err(Error::Setup(_))));
    let store =
        Store::open(&Location::Postgres { url: url.to_owned(), folder: moved.clone() }).await.unwrap();
    assert_eq!(store.matter(id).await.unwrap().matter, matter);
    let filter = Filter { words: Some("积水".into()), limit: 50, ..Filter::default() };
    assert_eq!(store.matters(reader(&dispatcher()), &filter, here.now()).await.unwrap().rows.len(), 20);
    store.report(here.new_report(report(Class::Service))).await.unwrap();
    assert_eq!(store.verify(|_| {}).await.unwrap().findings, []);
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
