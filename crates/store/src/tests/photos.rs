//! Photos: taken once by one matter, with the command that names them or not at all; what nobody took is removed.

use casework::{
    Refusal,
    id::PhotoId,
    matter::{Class, Report},
};
use jiff::ToSpan;

use super::{
    here::Here,
    sample::{command, intake, report},
};
use crate::{
    Error,
    photos::{PhotoError, PhotoSize},
};

super::on_both! {
    a_photo_comes_with_its_command,
    a_photo_is_used_once,
    one_unknown_photo_stops_the_whole_command,
    what_is_not_a_photo_leaves_nothing,
    old_uploads_are_removed_and_photos_stay,
}

/// Files of photos.
fn files(here: &Here) -> usize {
    let folders = std::fs::read_dir(here.location.folder().join("photos")).unwrap();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

async fn a_photo_comes_with_its_command(here: &Here) {
    let (first, second) = (here.photo().await, here.photo().await);
    let id = here.reported(Report { photos: vec![first], ..report(Class::Hazard) }).await.matter;
    here.does(intake(), id, command!(attach, "photos": [second])).await;
    let photos = here.store.photos(id).await.unwrap();
    assert_eq!(photos.iter().map(|row| (row.id, row.version)).collect::<Vec<_>>(), [(first, 1), (second, 2)]);
    assert_eq!(here.store.photo_matter(second).await.unwrap(), id);
    for size in [PhotoSize::Full, PhotoSize::Thumb] {
        let bytes = here.store.photo(id, first, size).await.unwrap();
        assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Jpeg);
    }
    let other = here.reported(report(Class::Hazard)).await.matter;
    assert!(matches!(here.store.photo(other, first, PhotoSize::Full).await, Err(Error::NotFound("photo"))));
    assert_eq!(here.number("select count(*) from uploads").await, 0);
}

async fn a_photo_is_used_once(here: &Here) {
    let photo = here.photo().await;
    let id = here.reported(Report { photos: vec![photo], ..report(Class::Hazard) }).await.matter;
    let before = here.dump().await;
    let again = [
        here.send(intake(), id, command!(attach, "photos": [photo])).await,
        here.store.report(here.new_report(Report { photos: vec![photo], ..report(Class::Hazard) })).await,
    ];
    for answer in again {
        assert!(matches!(answer, Err(Error::Refused(Refusal::UnknownPhoto))), "{answer:?}");
    }
    assert_eq!(here.dump().await, before);
    let fresh = here.photo().await;
    let before = here.dump().await;
    let twice = here.send(intake(), id, command!(attach, "photos": [fresh, fresh])).await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::UnknownPhoto))), "{twice:?}");
    assert_eq!(here.dump().await, before);
}

async fn one_unknown_photo_stops_the_whole_command(here: &Here) {
    let known = here.photo().await;
    let before = here.dump().await;
    let new = here.new_report(Report { photos: vec![known, PhotoId(here.id().0)], ..report(Class::Hazard) });
    let answer = here.store.report(new).await;
    assert!(matches!(answer, Err(Error::Refused(Refusal::UnknownPhoto))), "{answer:?}");
    assert_eq!(here.dump().await, before);
    here.reported(Report { photos: vec![known], ..report(Class::Hazard) }).await;
}

async fn what_is_not_a_photo_leaves_nothing(here: &Here) {
    let before = here.dump().await;
    let refused = here.store.add_photo(b"<svg onload=alert(1)>".to_vec(), here.now()).await;
    assert!(matches!(refused, Err(Error::Photo(PhotoError::NotAPhoto))), "{refused:?}");
    assert_eq!((here.dump().await, files(here)), (before, 0));
}

async fn old_uploads_are_removed_and_photos_stay(here: &Here) {
    let (taken, old) = (here.photo().await, here.photo().await);
    let shown_twice = PhotoId(here.id().0);
    here.store.same_pictures(&[(shown_twice, taken)], here.now()).await.unwrap();
    let id = here.reported(Report { photos: vec![shown_twice], ..report(Class::Hazard) }).await.matter;
    here.wait(24 * 60);
    let young = here.photo().await;
    let later = here.now().checked_add(25.hours()).unwrap();
    assert_eq!(files(here), 6);
    assert_eq!(here.store.remove_old_uploads(later).await.unwrap(), 1);
    assert_eq!(here.store.remove_old_uploads(later).await.unwrap(), 0);
    assert_eq!(files(here), 4);
    here.store.photo(id, shown_twice, PhotoSize::Thumb).await.unwrap();
    here.does(intake(), id, command!(attach, "photos": [young])).await;
    assert!(here.send(intake(), id, command!(attach, "photos": [old])).await.is_err());
}
