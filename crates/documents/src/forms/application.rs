//! 人民调解申请书

use super::{Form, parties};
use crate::{
    dossier::{Dossier, Side},
    page::{Document, Place, Run, words},
    wording::day_runs,
};

/// A party asks for mediation.
pub fn application(dossier: &Dossier) -> Document {
    let mut page = Document::new(Form::Application);
    page.number(&dossier.number);
    parties::table(&mut page, dossier);
    page.heading("一、纠纷简要情况");
    page.prose(&dossier.brief, 4);
    page.heading("二、当事人申请事项");
    requests(&mut page, &dossier.requests);
    page.paragraph(vec![words("人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解。")]);
    let (signatures, on) = match &dossier.application {
        Some(application) => (application.signatures.as_slice(), application.on),
        None => (&[][..], None),
    };
    page.sign(parties::to_sign_of(
        dossier.side(Side::Applicant),
        signatures,
        "申请人（签名、盖章或者按指印）",
    ));
    page.line(Place::Right, day_runs(on));
    page
}

pub(super) fn requests(page: &mut Document, requests: &[String]) {
    let asked = requests.iter().filter(|request| !request.trim().is_empty());
    let mut any = false;
    for (at, request) in asked.enumerate() {
        page.prose(&format!("{}．{}", at + 1, request.trim()), 0);
        any = true;
    }
    if !any {
        for number in 1..=3 {
            page.line(Place::Indented, vec![words(format!("{number}．")), Run::Blank { wide: 24 }]);
        }
    }
}
