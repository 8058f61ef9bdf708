//! 人民调解协议书, and 人民调解口头协议登记表 in its place

use super::{Form, parties};
use crate::{
    dossier::{Agreement, Clause, Dossier, Signer},
    money,
    page::{Document, Place, label, long, row, short, tall_row, words},
    wording::{count, day, day_or_nothing, list, seal, signature, signatures_of},
};

/// A written agreement (article 29).
pub fn agreement(dossier: &Dossier, agreed: &Agreement) -> Document {
    let mut page = Document::new(Form::Agreement);
    page.line(Place::Right, vec![words(format!("编号：{}", number_of(dossier, agreed)))]);
    parties::table(&mut page, dossier);
    page.heading("一、纠纷的主要事实、争议事项");
    page.prose(&agreed.facts, 4);
    page.heading("二、经调解，自愿达成如下协议");
    for (at, clause) in agreed.clauses.iter().enumerate() {
        page.prose(&format!("（{}）{}", count(at + 1), clause_words(clause)), 0);
    }
    if agreed.clauses.is_empty() {
        page.prose("", 6);
    }
    page.heading("三、履行方式、时限");
    page.prose(&manner_of(agreed), 2);
    page.paragraph(vec![words(format!(
        "本协议一式{}份，当事人、人民调解委员会各持一份。本协议自各方当事人签名、盖章或者按指印，\
         人民调解员签名并加盖人民调解委员会印章之日起生效。",
        count(copies_of(dossier, agreed))
    ))]);
    let mut lines = parties::to_sign(dossier, &agreed.signatures, "当事人（签名、盖章或者按指印）");
    lines.extend(signatures_of(
        "人民调解员（签名）",
        &agreed.signatures,
        Signer::Mediator,
        &dossier.mediators,
    ));
    lines.push(signature("记录人（签名）", &agreed.signatures, Signer::Recorder, &dossier.recorder));
    page.sign(lines);
    seal(&mut page, &dossier.committee, agreed.on);
    page
}

/// A spoken agreement, registered by the mediator (articles 28, 30).
pub fn oral_agreement(dossier: &Dossier, agreed: &Agreement) -> Document {
    let mut page = Document::new(Form::OralAgreement);
    page.line(Place::Right, vec![words(format!("编号：{}", number_of(dossier, agreed)))]);
    parties::table(&mut page, dossier);
    let clauses: Vec<String> = agreed
        .clauses
        .iter()
        .enumerate()
        .map(|(at, clause)| format!("{}．{}", at + 1, clause_words(clause)))
        .collect();
    page.table(
        &[26, 130],
        0,
        vec![
            tall_row(22, vec![label("纠纷的主要事实、争议事项"), long(&agreed.facts)]),
            tall_row(22, vec![label("口头协议内容"), long(clauses.join("\n"))]),
            tall_row(14, vec![label("履行方式、时限"), long(manner_of(agreed))]),
            row(vec![label("人民调解员"), long(list(&dossier.mediators))]),
            row(vec![label("达成时间"), short(day_or_nothing(agreed.on))]),
            row(vec![
                label("备注"),
                long("此表由人民调解委员会填写；口头调解协议自各方当事人达成协议之日起生效。"),
            ]),
        ],
    );
    page.sign(signatures_of("人民调解员（签名）", &agreed.signatures, Signer::Mediator, &dossier.mediators));
    seal(&mut page, &dossier.committee, agreed.on);
    page
}

/// Who does what, how much, by when.
pub(super) fn clause_words(clause: &Clause) -> String {
    let mut text = format!("{}{}", clause.who.trim(), clause.what.trim());
    if let Some(fen) = clause.amount_fen {
        text = format!("{}，金额为{}", text.trim_end_matches(STOPS), money::in_full(fen));
    }
    if let Some(due) = clause.due_on {
        text = format!("{}，于{}前履行完毕", text.trim_end_matches(STOPS), day(due));
    }
    if text.ends_with(STOPS) { text } else { format!("{text}。") }
}

/// The agreement's number: its own, or the file's.
pub(super) fn number_of<'a>(dossier: &'a Dossier, agreed: &'a Agreement) -> &'a str {
    if agreed.number.trim().is_empty() { &dossier.number } else { &agreed.number }
}

const STOPS: [char; 4] = ['。', '；', '.', ';'];

fn manner_of(agreed: &Agreement) -> String {
    let is_dated = agreed.clauses.iter().any(|clause| clause.due_on.is_some());
    match agreed.manner.trim() {
        "" if is_dated => "按照上列各项约定的方式和时限履行。".to_owned(),
        manner => manner.to_owned(),
    }
}

/// One for each party and one for the committee, unless they say otherwise.
fn copies_of(dossier: &Dossier, agreed: &Agreement) -> usize {
    agreed.copies.map_or_else(|| dossier.parties.len().max(2) + 1, usize::from)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_clause_reads_as_one_sentence() {
        let clause = Clause {
            who: "彭某".to_owned(),
            what: "一次性支付修缮费用。".to_owned(),
            due_on: Some(date(2026, 4, 1)),
            amount_fen: Some(80_000),
        };
        assert_eq!(
            clause_words(&clause),
            "彭某一次性支付修缮费用，金额为人民币800.00元（大写：捌佰元整），于2026年4月1日前履行完毕。"
        );
        assert_eq!(
            clause_words(&Clause { what: "互不追究；".to_owned(), ..Clause::default() }),
            "互不追究；"
        );
    }
}
