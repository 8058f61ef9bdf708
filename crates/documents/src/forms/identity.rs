//! 当事人身份证明

use super::Form;
use crate::{
    dossier::{Dossier, IdentityProof},
    page::{Document, Place, Row, label, row, short, words},
    wording::day_or_nothing,
};

/// Rows to fill by hand where no party is known.
const EMPTY_ROWS: usize = 6;

/// Which proofs of identity were seen, by kind; a party without one stands with an empty line.
pub fn identity(dossier: &Dossier) -> Document {
    let mut page = Document::new(Form::Identity);
    page.number(&dossier.number);
    let mut rows = vec![row(vec![
        label("序号"),
        label("当事人"),
        label("证件种类"),
        label("查验日期"),
        label("查验人"),
    ])];
    for party in &dossier.parties {
        let seen: Vec<&IdentityProof> =
            dossier.identity.iter().filter(|proof| proof.party == party.no).collect();
        for proof in &seen {
            rows.push(line(&rows.len().to_string(), &party.name, Some(proof)));
        }
        if seen.is_empty() {
            rows.push(line(&rows.len().to_string(), &party.name, None));
        }
    }
    if dossier.parties.is_empty() {
        rows.extend((0..EMPTY_ROWS).map(|_| line("", "", None)));
    }
    page.table(&[16, 40, 40, 36, 24], 1, rows);
    page.line(Place::Flush, vec![words("本表只记载查验过的证件种类，不记载证件号码，不留存证件复印件。")]);
    page
}

fn line(number: &str, name: &str, proof: Option<&IdentityProof>) -> Row {
    let (kind, on, by) = match proof {
        Some(proof) => (proof.kind.as_str(), day_or_nothing(proof.seen_on), proof.seen_by.as_str()),
        None => ("", String::new(), ""),
    };
    row(vec![short(number), short(name), short(kind), short(on), short(by)])
}
