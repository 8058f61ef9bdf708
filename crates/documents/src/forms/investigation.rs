//! 调查记录

use super::Form;
use crate::{
    dossier::{Dossier, Investigation, Signer},
    page::Document,
    wording::{list, moment, signature, signatures_of},
};

/// Somebody was asked outside a session. Each sheet is signed.
pub fn investigation(dossier: &Dossier, done: &Investigation) -> Document {
    let mut page = Document::new(Form::Investigation);
    page.number(&dossier.number);
    page.field("时间", &done.at.map(moment).unwrap_or_default());
    page.field("地点", &done.place);
    page.field("参加人", &list(&done.present));
    page.field("被调查人", &done.asked);
    page.field("调查人", &list(&done.askers));
    page.heading("记录");
    page.prose(&done.record, 18);
    let mut lines =
        vec![signature("被调查人（签名或者按指印）", &done.signatures, Signer::Asked, &done.asked)];
    lines.extend(signatures_of("调查人（签名）", &done.signatures, Signer::Asker, &done.askers));
    lines.push(signature("记录人（签名）", &done.signatures, Signer::Recorder, ""));
    page.sign(lines);
    page
}
