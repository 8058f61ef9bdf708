//! 调解终止告知书 and 不予受理告知书: the other roads, in writing

use jiff::civil::Date;

use super::{Form, cover::name_of, parties};
use crate::{
    dossier::{Dossier, Ending},
    page::{Document, Place, filled, known, words},
    wording::{count, seal},
};

/// The mediation ended without an agreement; the other roads are named (article 26).
pub fn other_roads(dossier: &Dossier) -> Document {
    let mut page = begin(dossier, Form::OtherRoads);
    let (why, on, roads) = match &dossier.ending {
        Ending::Refused { on, party, roads } => (
            format!(
                "因当事人{}明确表示不再接受调解，根据《中华人民共和国人民调解法》第十七条、第二十三条的规定，调解终止。",
                dossier.name_of(*party)
            ),
            *on,
            roads.as_slice(),
        ),
        Ending::Failed { on, reason, roads } => (failure(reason), *on, roads.as_slice()),
        Ending::Open | Ending::Agreed { .. } | Ending::NotAccepted { .. } => (failure(""), None, &[][..]),
    };
    about(&mut page, dossier, &why);
    page.prose("根据《中华人民共和国人民调解法》第二十六条的规定，现告知各方当事人，可以依法通过下列途径维护自己的权利：", 0);
    end(page, dossier, on, roads)
}

/// The committee may not take the dispute.
pub fn not_accepted(dossier: &Dossier) -> Document {
    let mut page = begin(dossier, Form::NotAccepted);
    let (reason, on, roads) = match &dossier.ending {
        Ending::NotAccepted { on, reason, roads } => (reason.as_str(), *on, roads.as_slice()),
        Ending::Open | Ending::Agreed { .. } | Ending::Failed { .. } | Ending::Refused { .. } => {
            ("", None, &[][..])
        }
    };
    about(&mut page, dossier, "本人民调解委员会经审查，不予受理。理由如下：");
    page.prose(reason, 3);
    page.prose("你可以依法通过下列途径维护自己的权利：", 0);
    end(page, dossier, on, roads)
}

fn about(page: &mut Document, dossier: &Dossier, what: &str) {
    page.paragraph(vec![words("关于"), known(&name_of(dossier), 14), words(format!("，{what}"))]);
}

fn failure(reason: &str) -> String {
    let reason = reason.trim().trim_end_matches(['。', '；', '.', ';']);
    let reason = if reason.is_empty() { String::new() } else { format!("{reason}，") };
    format!("经调解，{reason}当事人未能达成调解协议，调解终止。")
}

fn begin(dossier: &Dossier, form: Form) -> Document {
    let mut page = Document::new(form);
    page.number(&dossier.number);
    page.line(Place::Flush, vec![filled(&dossier.names(), 16), words("：")]);
    page
}

fn end(mut page: Document, dossier: &Dossier, on: Option<Date>, roads: &[String]) -> Document {
    let standing: Vec<String> =
        include_str!("../../texts/other-roads.txt").lines().map(str::to_owned).collect();
    let roads = if roads.is_empty() { &standing } else { roads };
    for (at, road) in roads.iter().enumerate() {
        page.prose(&format!("（{}）{}", count(at + 1), road.trim()), 0);
    }
    page.prose("申请仲裁、提起诉讼有期限的，请注意在法定期限内提出。", 0);
    page.space(1);
    seal(&mut page, &dossier.committee, on);
    page.sign(parties::to_sign(dossier, &[], "收到本告知书的当事人（签名）"));
    page
}
