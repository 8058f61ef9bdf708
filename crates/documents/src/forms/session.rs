//! 人民调解记录

use super::{Form, parties};
use crate::{
    dossier::{Dossier, Session, Signer},
    page::{Document, words},
    wording::{list, moment, seal, signature, signatures_of},
};

/// The record of one session.
pub fn session(dossier: &Dossier, held: &Session) -> Document {
    let mut page = Document::new(Form::Session);
    page.number(&dossier.number);
    page.field("时间", &held.at.map(moment).unwrap_or_default());
    page.field("地点", &held.place);
    page.field("当事人", &dossier.names());
    page.field("参加人", &list(&held.present));
    page.field("人民调解员", &list(&dossier.mediators));
    page.paragraph(vec![words("人民调解委员会已将人民调解的相关规定告知各方当事人。")]);
    page.heading("一、调解记录");
    page.prose(&held.process, 16);
    page.heading("二、调解结果");
    page.prose(&held.result, 2);
    let mut lines = parties::to_sign(dossier, &held.signatures, "当事人（签名、盖章或者按指印）");
    lines.extend(signatures_of("人民调解员（签名）", &held.signatures, Signer::Mediator, &dossier.mediators));
    lines.push(signature("记录人（签名）", &held.signatures, Signer::Recorder, &dossier.recorder));
    page.sign(lines);
    seal(&mut page, &dossier.committee, held.at.map(|at| at.date()));
    page
}
