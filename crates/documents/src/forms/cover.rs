//! 封面

use crate::{
    dossier::Dossier,
    forms::{Form, parties::between},
    page::Document,
    wording::{day, day_or_nothing, list},
};

/// The cover.
pub fn cover(dossier: &Dossier) -> Document {
    let mut page = Document::cover(Form::Cover);
    page.space(2);
    page.big(dossier.committee.as_str());
    page.big("人民调解卷宗");
    page.space(3);
    page.field("卷名", &name_of(dossier));
    page.field("卷号", &dossier.number);
    page.field("人民调解员", &list(&dossier.mediators));
    page.field("调解日期", &span(dossier));
    page.field("立卷人", &dossier.filed_by);
    page.field("立卷日期", &day_or_nothing(dossier.filed_on));
    page.field("保管期限", &dossier.retention);
    page.field("备注", &dossier.remarks);
    page
}

/// The file's name: given, or 甲与乙邻里纠纷; empty when nothing is known.
pub(crate) fn name_of(dossier: &Dossier) -> String {
    if !dossier.title.trim().is_empty() {
        return dossier.title.clone();
    }
    if dossier.kind.trim().is_empty() && dossier.parties.is_empty() {
        return String::new();
    }
    let kind = if dossier.kind.trim().is_empty() { "纠纷" } else { dossier.kind.trim() };
    let ending = if kind.ends_with("纠纷") { "" } else { "纠纷" };
    format!("{}{kind}{ending}", between(dossier))
}

fn span(dossier: &Dossier) -> String {
    match (dossier.began_on(), dossier.ended_on()) {
        (Some(began), Some(ended)) => format!("{}至{}", day(began), day(ended)),
        (Some(began), None) => format!("{}至", day(began)),
        (None, ended) => ended.map(|ended| format!("至{}", day(ended))).unwrap_or_default(),
    }
}
