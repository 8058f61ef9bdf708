//! The parties as every form names them. Sex, people, age and occupation are blank: they are never asked for here.

use crate::{
    dossier::{Dossier, Party, Side, Signature, Signer},
    page::{Document, Row, SignatureLine, label, long, row, short},
    wording::signature,
};

const WIDTHS: [u16; 8] = [26, 36, 14, 14, 14, 14, 14, 24];

/// A table of all parties, with room for one of each of the first two sides when none is known.
pub(super) fn table(document: &mut Document, dossier: &Dossier) {
    let mut rows = Vec::new();
    for side in Side::ALL {
        let parties: Vec<&Party> = dossier.side(side).collect();
        for (at, party) in parties.iter().enumerate() {
            rows.extend(rows_of(&title_of(side, at, parties.len()), party));
        }
        if parties.is_empty() && side != Side::Third {
            rows.extend(rows_of(side.words(), &nobody(side)));
        }
    }
    document.table(&WIDTHS, 0, rows);
}

/// 甲与乙
pub(super) fn between(dossier: &Dossier) -> String {
    let names = |side| {
        let names: Vec<&str> = dossier.side(side).map(|party| party.name.as_str()).collect();
        crate::wording::list(&names)
    };
    let sides = [names(Side::Applicant), names(Side::Respondent)];
    let named: Vec<&str> = sides.iter().map(String::as_str).filter(|names| !names.is_empty()).collect();
    named.join("与")
}

/// A line for each party to sign.
pub(super) fn to_sign(dossier: &Dossier, signatures: &[Signature], label: &str) -> Vec<SignatureLine> {
    to_sign_of(dossier.parties.iter(), signatures, label)
}

/// A line for each of some parties to sign; one when there are none.
pub(super) fn to_sign_of<'a>(
    parties: impl Iterator<Item = &'a Party>,
    signatures: &[Signature],
    label: &str,
) -> Vec<SignatureLine> {
    let lines: Vec<_> =
        parties.map(|party| signature(label, signatures, Signer::Party { no: party.no }, "")).collect();
    if lines.is_empty() { vec![signature(label, &[], Signer::Recorder, "")] } else { lines }
}

fn rows_of(title: &str, party: &Party) -> Vec<Row> {
    let mut rows = vec![
        row(vec![
            label(title),
            short(&party.name),
            label("性别"),
            short(""),
            label("民族"),
            short(""),
            label("年龄"),
            short(""),
        ]),
        row(vec![
            label("职业或职务"),
            long("").over(3),
            label("联系方式").over(2),
            short(&party.contact).over(2),
        ]),
        row(vec![label("单位或住址"), long(&party.address).over(7)]),
    ];
    if !party.agent.trim().is_empty() {
        rows.push(row(vec![label("委托代理人"), long(&party.agent).over(7)]));
    }
    rows
}

fn title_of(side: Side, at: usize, of: usize) -> String {
    if of > 1 { format!("{}（{}）", side.words(), at + 1) } else { side.words().to_owned() }
}

fn nobody(side: Side) -> Party {
    Party {
        side,
        no: 0,
        name: String::new(),
        contact: String::new(),
        address: String::new(),
        agent: String::new(),
    }
}
