//! The whole file as one archive.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::{package, sample};
use crate::archive::{Archive, Attachment, Flaw, LIST, MANIFEST, archive, verify};

fn packed() -> Archive {
    let scan = Attachment { name: "../现场:照片.jpg".to_owned(), bytes: vec![0xff, 0xd8, 0, 1] };
    archive(&sample(), Some(b"%PDF-1.7".to_vec()), &[scan.clone(), scan]).unwrap()
}

fn repacked(change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let mut parts = package::parts(&packed().bytes);
    change(&mut parts);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn holds_every_document_and_proves_it() {
    let packed = packed();
    let (manifest, hash) = verify(&packed.bytes).unwrap();
    assert_eq!(hash, packed.manifest_sha256);
    assert_eq!(manifest.number, "（2026）柳林人调字第12号");
    assert_eq!(manifest.missing, Vec::<String>::new());
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    insta::assert_snapshot!("archive", names.join("\n"));
    assert!(names.is_sorted());
}

#[test]
fn the_same_parts_give_the_same_bytes() {
    assert!(packed() == packed());
}

#[test]
fn says_what_was_missing_when_it_was_packed() {
    let mut dossier = sample();
    dossier.retention.clear();
    let packed = archive(&dossier, None, &[]).unwrap();
    assert_eq!(verify(&packed.bytes).unwrap().0.missing, ["封面：缺少保管期限"]);
    let list = package::parts(&packed.bytes)[LIST].clone();
    assert!(String::from_utf8(list).unwrap().contains("# 缺：封面：缺少保管期限"));
}

#[test]
fn any_change_is_found() {
    assert!(matches!(verify(b"no archive"), Err(Flaw::NoArchive)));
    let flaw =
        |change: fn(&mut BTreeMap<String, Vec<u8>>)| verify(&repacked(change)).unwrap_err().to_string();
    assert!(verify(&repacked(|_| ())).is_ok());
    assert_eq!(flaw(|parts| parts.get_mut("卷宗.pdf").unwrap().push(0)), "卷宗.pdf is not what was packed");
    assert_eq!(flaw(|parts| drop(parts.remove("卷宗.docx"))), "卷宗.docx is missing in the archive");
    assert_eq!(
        flaw(|parts| drop(parts.insert("附件/99-x".to_owned(), Vec::new()))),
        "附件/99-x does not belong to the archive"
    );
    assert_eq!(flaw(|parts| parts.get_mut(LIST).unwrap().push(b'\n')), "文件清单.txt is not what was packed");
    assert_eq!(flaw(|parts| drop(parts.remove(MANIFEST))), "the archive holds no manifest that can be read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_archive_is_refused_or_holds_what_was_packed(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let Archive { mut bytes, manifest_sha256 } = packed();
        let at = at.index(bytes.len());
        bytes[at] = to;
        // Some bytes of an archive say nothing about its files.
        if let Ok((_, hash)) = verify(&bytes) {
            prop_assert_eq!(hash, manifest_sha256);
        }
    }
}
