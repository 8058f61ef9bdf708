//! 履行凭证

use super::{Form, agreement::number_of};
use crate::{
    dossier::{Dossier, Performance, Signer},
    money,
    page::{Document, Place, filled, words},
    wording::{count, day_runs, signature},
};

/// A receipt for what was done of an agreement.
pub fn performance(dossier: &Dossier, done: &Performance) -> Document {
    let mut page = Document::new(Form::Performance);
    let number = dossier.agreement().map_or(dossier.number.as_str(), |agreed| number_of(dossier, agreed));
    page.number(number);
    let of = done.clause.map(|clause| format!("第（{}）项", count(usize::from(clause)))).unwrap_or_default();
    page.paragraph(vec![
        words("今收到"),
        filled(&done.giver, 8),
        words(format!("依照{number}人民调解协议{of}履行的下列内容：")),
    ]);
    page.prose(&done.what, 3);
    if let Some(fen) = done.amount_fen {
        page.prose(&format!("金额：{}。", money::in_full(fen)), 0);
    }
    page.sign(vec![signature(
        "收到人（签名、盖章或者按指印）",
        &done.signatures,
        Signer::Receiver,
        &done.receiver,
    )]);
    page.line(Place::Right, day_runs(done.on));
    page
}
