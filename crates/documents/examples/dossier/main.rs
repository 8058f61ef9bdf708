//! Writes the sample dossier, so that a person can look at it: `cargo run -p documents --example dossier -- out/`.
//!
//! Beside the Word files and the archive lies `request.json`, which `fengsi-paper` turns into the PDF of the volume, and one
//! request for the forms that this dossier does not need, empty.

#![expect(
    clippy::disallowed_methods,
    reason = "an example shows what the crate made; the crate itself knows no files"
)]

use std::error::Error;
use std::path::PathBuf;

use documents::{
    Dossier, Form,
    archive::{Attachment, archive},
    docx,
    ledger::{Column, Ledger, Value, xlsx},
    missing::missing,
    request::Request,
    volume::{documents, volume},
};

const SAMPLE: &str = include_str!("sample.json");

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    std::fs::create_dir_all(&folder)?;
    let dossier: Dossier = serde_json::from_str(SAMPLE)?;
    let bound = volume(&dossier);
    std::fs::write(folder.join("volume.docx"), docx::render(&bound)?)?;
    std::fs::write(folder.join("request.json"), Request::new(dossier.number.as_str(), bound).to_json()?)?;

    let empty = Dossier { committee: dossier.committee.clone(), ..Dossier::default() };
    let forms: Vec<_> = Form::ALL.into_iter().flat_map(|form| documents(&empty, form)).collect();
    std::fs::write(folder.join("empty.docx"), docx::render(&forms)?)?;
    std::fs::write(folder.join("request-empty.json"), Request::new("空白文书", forms).to_json()?)?;

    let photo = Attachment { name: "院墙裂缝.txt".to_owned(), bytes: "照片".into() };
    let packed = archive(&dossier, None, &[photo])?;
    std::fs::write(folder.join("dossier.zip"), &packed.bytes)?;
    std::fs::write(folder.join("ledger.xlsx"), xlsx(&ledger())?)?;
    println!("manifest {}", packed.manifest_sha256);
    for missing in missing(&dossier) {
        println!("{}", missing.words());
    }
    Ok(())
}

fn ledger() -> Ledger {
    let column = |group: &str, head: &str, width, is_summed| Column {
        group: group.to_owned(),
        head: head.to_owned(),
        width,
        is_summed,
    };
    let row = |name: &str, count, fen, share| {
        vec![Value::Text(name.to_owned()), Value::Count(count), Value::Fen(fen), Value::Thousandths(share)]
    };
    Ledger {
        title: "人民调解案件情况统计表".to_owned(),
        unit: "随县柳林镇人民调解委员会".to_owned(),
        filled_by: "吴记之".to_owned(),
        filled_on: Some(jiff::civil::date(2026, 3, 31)),
        columns: vec![
            column("", "纠纷类型", 20, false),
            column("案件", "调解案件数", 12, true),
            column("案件", "协议金额（元）", 16, true),
            column("", "履行率", 10, false),
        ],
        rows: vec![row("邻里纠纷", 12, 160_000, 917), row("婚姻家庭纠纷", 5, 0, 1000)],
    }
}
