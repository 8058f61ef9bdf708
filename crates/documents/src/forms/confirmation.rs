//! 司法确认: what the court asks for, and what it answered

use super::{
    Form,
    agreement::{clause_words, number_of},
    cover::name_of,
    parties,
};
use crate::{
    dossier::{Agreement, Confirmation, Dossier},
    page::{Document, Place, Row, filled, known, label, row, short, words},
    wording::{count, day_or_nothing, day_runs, list, seal},
};

/// Both parties ask the court to confirm the agreement (article 33).
pub fn confirmation_application(dossier: &Dossier, agreed: &Agreement, asked: &Confirmation) -> Document {
    let mut page = Document::new(Form::ConfirmationApplication);
    parties::table(&mut page, dossier);
    page.heading("一、请求事项");
    page.paragraph(vec![
        words("请求依法确认"),
        known(number_of(dossier, agreed), 10),
        words("人民调解协议有效。"),
    ]);
    page.heading("二、事实和理由");
    page.paragraph(vec![
        words("申请人因"),
        known(&name_of(dossier), 14),
        words("，于"),
        filled(&day_or_nothing(agreed.on), 8),
        words("经"),
        filled(&dossier.committee, 10),
        words("主持调解，达成如下调解协议："),
    ]);
    for (at, clause) in agreed.clauses.iter().enumerate() {
        page.prose(&format!("（{}）{}", count(at + 1), clause_words(clause)), 0);
    }
    page.paragraph(vec![
        words("该协议自"),
        filled(&day_or_nothing(agreed.effective_on), 8),
        words("起生效。"),
    ]);
    page.heading("三、申请人承诺");
    page.prose(
        "申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，\
         愿意承担相应的民事责任和其他法律责任。",
        0,
    );
    page.line(Place::Indented, vec![words("此致")]);
    page.line(Place::Flush, vec![filled(&asked.court, 12)]);
    page.sign(parties::to_sign(dossier, &asked.signatures, "申请人（签名、盖章或者按指印）"));
    page.line(Place::Right, day_runs(asked.applied_on));
    page.line(Place::Flush, vec![words("附：1．人民调解协议；")]);
    page.prose("2．调解组织主持调解的证明；", 0);
    page.prose("3．与调解协议相关的财产权利证明等材料；", 0);
    page.prose("4．双方当事人的身份、住所、联系方式等基本信息。", 0);
    page
}

/// The committee says that it conducted the mediation: the court asks for this.
pub fn mediation_proof(dossier: &Dossier, agreed: &Agreement) -> Document {
    let mut page = Document::new(Form::MediationProof);
    page.line(Place::Flush, vec![filled(&court_of(dossier), 12), words("：")]);
    page.paragraph(vec![
        words("兹证明"),
        known(&name_of(dossier), 14),
        words("，由本人民调解委员会人民调解员"),
        known(&list(&dossier.mediators), 8),
        words("主持调解，当事人自愿达成人民调解协议，编号"),
        known(number_of(dossier, agreed), 12),
        words("。"),
    ]);
    page.prose("特此证明。", 0);
    page.space(1);
    seal(&mut page, &dossier.committee, dossier.confirmation.as_ref().and_then(|asked| asked.applied_on));
    page
}

/// What was asked of the court and what it answered.
pub fn confirmation_record(dossier: &Dossier, agreed: &Agreement, asked: &Confirmation) -> Document {
    let mut page = Document::new(Form::ConfirmationRecord);
    page.number(&dossier.number);
    let (ruling, ruled_on, result) = match &asked.ruling {
        Some(ruling) if ruling.confirmed => (ruling.number.as_str(), ruling.on, "裁定调解协议有效"),
        Some(ruling) => (ruling.number.as_str(), ruling.on, "裁定驳回申请"),
        None => ("", None, ""),
    };
    page.table(
        &[44, 112],
        0,
        vec![
            line("调解协议编号", number_of(dossier, agreed)),
            line("调解协议生效日期", &day_or_nothing(agreed.effective_on)),
            line("共同申请日期", &day_or_nothing(asked.applied_on)),
            line("人民法院", &asked.court),
            line("收件编号", &asked.receipt_number),
            line("收件日期", &day_or_nothing(asked.received_on)),
            line("裁定书编号", ruling),
            line("裁定日期", &day_or_nothing(ruled_on)),
            line("裁定结果", result),
        ],
    );
    page.line(
        Place::Flush,
        vec![words("备注：申请期限为自调解协议生效之日起三十日内，由双方当事人共同提出。")],
    );
    page
}

fn line(name: &str, value: &str) -> Row {
    row(vec![label(name), short(value)])
}

fn court_of(dossier: &Dossier) -> String {
    dossier.confirmation.as_ref().map(|asked| asked.court.clone()).unwrap_or_default()
}
