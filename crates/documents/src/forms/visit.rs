//! 回访记录

use super::{Form, agreement::number_of};
use crate::{
    dossier::{Dossier, Signer, Visit},
    page::{Document, Place},
    wording::{day_runs, signature},
};

/// How it went on after the agreement.
pub fn visit(dossier: &Dossier, made: &Visit) -> Document {
    let mut page = Document::new(Form::Visit);
    page.number(&dossier.number);
    page.field("当事人", &dossier.names());
    page.field("调解协议编号", dossier.agreement().map_or("", |agreed| number_of(dossier, agreed)));
    page.heading("一、回访事由");
    page.prose(&made.reason, 2);
    page.heading("二、回访情况");
    page.prose(&made.found, 8);
    page.sign(vec![signature("回访人（签名）", &made.signatures, Signer::Visitor, &made.visitor)]);
    page.line(Place::Right, day_runs(made.on));
    page
}
