//! 授权委托书

use super::Form;
use crate::{
    dossier::{Authorisation, Dossier, Signer},
    page::{Document, Place, filled, words},
    wording::{day_runs, signature},
};

/// A party lets somebody speak for them.
pub fn authorisation(dossier: &Dossier, given: &Authorisation) -> Document {
    let mut page = Document::new(Form::Authorisation);
    page.number(&dossier.number);
    page.field("委托人", dossier.name_of(given.party));
    page.field("受委托人", &given.agent);
    page.field("受委托人联系方式", &given.contact);
    page.paragraph(vec![
        words("委托人因与"),
        filled(&others(dossier, given.party), 8),
        words("发生"),
        filled(&dossier.kind, 6),
        words("一事，现委托上列受委托人作为委托人参加人民调解的代理人。"),
    ]);
    page.heading("代理权限");
    page.prose(&given.powers, 3);
    let who = Signer::Party { no: given.party };
    page.sign(vec![
        signature("委托人（签名、盖章或者按指印）", &given.signatures, who, ""),
        signature("受委托人（签名）", &given.signatures, Signer::Agent, &given.agent),
    ]);
    page.line(Place::Right, day_runs(given.on));
    page
}

fn others(dossier: &Dossier, no: u16) -> String {
    let own = dossier.parties.iter().find(|party| party.no == no).map(|party| party.side);
    let names = dossier.parties.iter().filter(|party| Some(party.side) != own && own.is_some());
    crate::wording::list(&names.map(|party| party.name.as_str()).collect::<Vec<_>>())
}
