//! Who steals the database, the photos and every log beside them, but not the key file, reads no name, contact or word.

use std::path::{Path, PathBuf};

use casework::matter::{Class, Contact, Report};

use super::{
    here::Here,
    sample::{VILLAGE, command, dispatcher, handler, intake, report_from},
};
use crate::Location;

super::on_both! { nothing_personal_can_be_read_without_the_key }

const NAME: &str = "欧阳建国";
const PHONE: &str = "13987654321";
const MAIL: &str = "jianguo.ouyang@example.org";
const WORDS: &str = "隔壁油坊半夜排放刺鼻废气 Quxiong Oilmill stinks";
const ADDRESS: &str = "油坊巷九号二单元";
const NOTE: &str = "报案人患有哮喘";
const PLACE_OF_PHOTO: &str = "GPSLatitude 31.6912";

/// What must not be there: each text, its numbers and words, each pair of its characters, in UTF-8 and UTF-16, and as hexadecimal.
fn forbidden() -> Vec<(String, Vec<u8>)> {
    let mut texts: Vec<String> =
        [NAME, PHONE, MAIL, WORDS, ADDRESS, NOTE, PLACE_OF_PHOTO].map(str::to_owned).into();
    texts.extend(["Quxiong", "oilmill", "ouyang", "Exif", "刺鼻废气", "13987", "54321"].map(str::to_owned));
    // Two Chinese characters are six bytes, which do not come together by chance; two letters are two.
    let pairs = [NAME, WORDS, ADDRESS, NOTE].into_iter().flat_map(|text| {
        let chars: Vec<char> = text.chars().collect();
        chars
            .windows(2)
            .filter(|pair| pair.iter().all(|c| !c.is_ascii()))
            .map(String::from_iter)
            .collect::<Vec<_>>()
    });
    // What stands in the catalogue or names an area is public wherever it stands.
    let public =
        format!("{:?}{}", super::sample::site_data(), include_str!("../../../../catalogues/suizhou.toml"));
    texts.extend(pairs.filter(|pair| !public.contains(pair.as_str())));
    let hex = |bytes: &[u8]| crate::log::hex(bytes).into_bytes();
    let utf_16 =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    texts
        .iter()
        .flat_map(|text| {
            let plain = text.clone().into_bytes();
            let mut forms = vec![hex(&plain), plain];
            if text.chars().count() > 3 {
                forms.extend([utf_16(text, u16::to_le_bytes), utf_16(text, u16::to_be_bytes)]);
            }
            forms.into_iter().map(|form| (text.clone(), form)).collect::<Vec<_>>()
        })
        .collect()
}

/// A photo as a camera writes it: with the place and time of taking.
fn photo_with_place() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    let exif = [b"II*\0\x08\0\0\0\0\0\0\0\0\0".as_slice(), PLACE_OF_PHOTO.as_bytes()].concat();
    image::ImageEncoder::set_exif_metadata(&mut encoder, exif).unwrap();
    image::DynamicImage::new_rgb8(64, 64).to_rgb8().write_with_encoder(encoder).unwrap();
    assert!(find(&bytes, PLACE_OF_PHOTO.as_bytes()) && find(&bytes, b"Exif"));
    bytes
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Everything a thief gets, by name.
async fn stolen(here: &Here) -> Vec<(String, Vec<u8>)> {
    let mut loot: Vec<_> = files(here.location.folder())
        .into_iter()
        .filter(|path| !path.ends_with("site.key"))
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    match &here.location {
        Location::Folder(folder) => {
            assert!(folder.join("fengsi.db").is_file() && folder.join("fengsi.db-wal").is_file())
        }
        Location::Postgres { .. } => {
            loot.extend(
                here.dump().await.into_iter().map(|(table, rows)| (table, rows.join("\n").into_bytes())),
            );
        }
    }
    loot
}

async fn nothing_personal_can_be_read_without_the_key(here: &Here) {
    let contact = Contact { name: Some(NAME.into()), phone: Some(PHONE.into()), email: Some(MAIL.into()) };
    let photo = here.store.add_photo(photo_with_place(), here.now()).await.unwrap().id;
    let mut new = here.new_report(Report {
        address: Some(ADDRESS.into()),
        contact: Some(contact),
        photos: vec![photo],
        ..report_from(VILLAGE, Class::Environment, WORDS)
    });
    let id = here.store.report(new.clone()).await.unwrap().matter;
    new.report.words = format!("{WORDS}。");
    here.store.report(new).await.unwrap_err();
    here.does(intake(), id, command!(note, "words": NOTE)).await;
    here.does(intake(), id, command!(ask, "words": format!("{NAME}您好，是{ADDRESS}吗？"))).await;
    here.does(casework::actor::Actor::Reporter, id, command!(supply, "words": WORDS)).await;
    here.does(intake(), id, command!(admit)).await;
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction", "words": NOTE)).await;
    here.send(handler(), id, command!(return, "basis": "nowhere", "reason": NOTE)).await.unwrap_err();
    let found = crate::Filter { words: Some("刺鼻废气".into()), limit: 5, ..crate::Filter::default() };
    assert_eq!(
        here.store.matters(super::sample::reader(&intake()), &found, here.now()).await.unwrap().rows.len(),
        1
    );
    let loot = stolen(here).await;
    assert!(loot.iter().any(|(name, bytes)| name.contains("photos") && bytes.len() > 100));
    for (name, bytes) in &loot {
        for (text, form) in forbidden() {
            assert!(!find(bytes, &form), "{name} holds {text} as {form:?}");
        }
    }
    // The search itself works: what is public is found the same way.
    assert!(loot.iter().any(|(_, bytes)| find(bytes, "SZ-421321117-20240304-0001".as_bytes())));
    assert!(loot.iter().any(|(_, bytes)| find(bytes, "雁子河村".as_bytes())));
    here.is_sound().await;
}
