//! 人民调解受理登记表

use super::{
    Form,
    parties::{self, between},
};
use crate::{
    dossier::{Dossier, Signer, Source},
    page::{Document, label, long, row, short, tall_row},
    wording::{day_or_nothing, seal, signature},
};

/// The committee registers a dispute that it mediates.
pub fn registration(dossier: &Dossier) -> Document {
    let registration = dossier.registration.clone().unwrap_or_default();
    let mut page = Document::new(Form::Registration);
    page.number(&dossier.number);
    parties::table(&mut page, dossier);
    page.table(
        &[26, 50, 26, 54],
        0,
        vec![
            row(vec![
                label("登记时间"),
                short(day_or_nothing(registration.on)),
                label("纠纷类型"),
                short(&dossier.kind),
            ]),
            row(vec![label("案件来源"), long(source_of(dossier.source.as_ref())).over(3)]),
            tall_row(30, vec![label("纠纷简要情况"), long(&dossier.brief).over(3)]),
            tall_row(16, vec![label("当事人申请事项"), long(numbered(&dossier.requests)).over(3)]),
            row(vec![label("同意调解"), long(consent(dossier)).over(3)]),
            row(vec![label("备注"), long("此表由人民调解委员会填写。").over(3)]),
        ],
    );
    let mut lines = parties::to_sign(dossier, &registration.signatures, "当事人（签名、盖章或者按指印）");
    lines.push(signature(
        "登记人（签名）",
        &registration.signatures,
        Signer::Registrar,
        &registration.registrar,
    ));
    page.sign(lines);
    seal(&mut page, &dossier.committee, registration.on);
    page
}

fn source_of(source: Option<&Source>) -> String {
    let mark = |chosen: bool| if chosen { "■" } else { "□" };
    let (handed_over, by) = match source {
        Some(Source::HandedOver { by }) => (true, format!("（{by}）")),
        Some(Source::Application | Source::OwnInitiative) | None => (false, String::new()),
    };
    format!(
        "{}当事人申请　{}人民调解委员会主动调解　{}移交、委托{by}",
        mark(source == Some(&Source::Application)),
        mark(source == Some(&Source::OwnInitiative)),
        mark(handed_over),
    )
}

fn consent(dossier: &Dossier) -> String {
    let between = between(dossier);
    let names = if between.is_empty() { "当事人".to_owned() } else { between };
    format!("已告知人民调解的相关规定，经同意，调解{names}之间的纠纷。")
}

fn numbered(requests: &[String]) -> String {
    let asked = requests.iter().filter(|request| !request.trim().is_empty()).enumerate();
    asked.map(|(at, request)| format!("{}．{}", at + 1, request.trim())).collect::<Vec<_>>().join("\n")
}
