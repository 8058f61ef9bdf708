//! The whole file as one archive: documents, scans and photos, and a manifest that tells whether any of it was changed.
//!
//! The same parts give the same bytes: names are sorted, times are fixed. Attachments are taken as they are; nothing is decoded.

mod name;
mod verify;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{docx, dossier::Dossier, missing::missing, page::Document, volume::volume};

pub use verify::{Flaw, verify};

/// The list for machines.
pub const MANIFEST: &str = "manifest.json";
/// The list for people, who can check it with `sha256sum -c`.
pub const LIST: &str = "文件清单.txt";
const DOCUMENTS: &str = "文书";
const ATTACHMENTS: &str = "附件";

/// Something that is not made here: a scan, a photo, the PDF of the volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called; anything that no file name may hold is replaced.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What lies in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this list.
    pub version: u32,
    /// The dossier's number.
    pub number: String,
    /// What the dossier still lacked when it was packed.
    pub missing: Vec<String>,
    /// Every other file, by name.
    pub files: Vec<Entry>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name in the archive.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// An archive and the hash of its manifest: whoever keeps the hash can tell later whether it is still the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The archive.
    pub bytes: Vec<u8>,
    /// The SHA-256 of `manifest.json`, in hexadecimal.
    pub manifest_sha256: String,
}

/// The archive could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A document could not be written.
    #[error(transparent)]
    Docx(#[from] docx::Fault),
    /// Packing failed.
    #[error("the archive could not be packed")]
    Zip(#[from] zip::result::ZipError),
    /// Writing failed.
    #[error("the archive could not be written")]
    Write(#[from] std::io::Error),
    /// The manifest could not be written.
    #[error("the manifest could not be written")]
    Manifest(#[from] serde_json::Error),
}

/// Packs a dossier: each document, the volume as one Word file and, where it was made, as PDF, and the attachments.
pub fn archive(
    dossier: &Dossier,
    pdf: Option<Vec<u8>>,
    attachments: &[Attachment],
) -> Result<Archive, Fault> {
    let documents = volume(dossier);
    let mut files = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        let title = name::safe(document.title.as_str());
        files.insert(format!("{DOCUMENTS}/{:02}-{title}.docx", at + 1), docx::render(one(document))?);
    }
    files.insert("卷宗.docx".to_owned(), docx::render(&documents)?);
    if let Some(pdf) = pdf {
        files.insert("卷宗.pdf".to_owned(), pdf);
    }
    for (at, attachment) in attachments.iter().enumerate() {
        let name = name::safe(&attachment.name);
        files.insert(format!("{ATTACHMENTS}/{:02}-{name}", at + 1), attachment.bytes.clone());
    }
    let manifest = Manifest {
        version: 1,
        number: dossier.number.clone(),
        missing: missing(dossier).iter().map(|missing| missing.words()).collect(),
        files: files.iter().map(|(name, bytes)| entry(name, bytes)).collect(),
    };
    files.insert(LIST.to_owned(), list(&manifest).into_bytes());
    let manifest = serde_json::to_vec_pretty(&manifest)?;
    let manifest_sha256 = hexadecimal(&Sha256::digest(&manifest));
    files.insert(MANIFEST.to_owned(), manifest);
    Ok(Archive { bytes: pack(&files)?, manifest_sha256 })
}

fn one(document: &Document) -> &[Document] {
    std::slice::from_ref(document)
}

fn entry(name: &str, bytes: &[u8]) -> Entry {
    Entry { name: name.to_owned(), bytes: bytes.len() as u64, sha256: hexadecimal(&Sha256::digest(bytes)) }
}

/// Hash, two blanks, name: what `sha256sum -c` reads. Lines that begin with # are for people.
fn list(manifest: &Manifest) -> String {
    let mut text = format!("# {}\n# 共{}个文件\n", manifest.number.replace('\n', " "), manifest.files.len());
    for missing in &manifest.missing {
        text.push_str(&format!("# 缺：{}\n", missing.replace('\n', " ")));
    }
    for file in &manifest.files {
        text.push_str(&format!("{}  {}\n", file.sha256, file.name));
    }
    text
}

fn pack(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Fault> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
