//! 当事人权利义务告知书

use super::{Form, parties};
use crate::{
    dossier::{Dossier, RightsNotice},
    page::{Document, words},
    wording::seal,
};

/// What the parties were told, in the version that they were told; the Act's own words where nobody was told yet.
pub fn rights(dossier: &Dossier) -> Document {
    let notice = dossier.rights.clone().unwrap_or_else(RightsNotice::of_the_act);
    let mut page = Document::new(Form::Rights);
    page.number(&dossier.number);
    for paragraph in &notice.paragraphs {
        page.prose(paragraph, 0);
    }
    let version = notice.version.trim();
    let which =
        if version.is_empty() { String::new() } else { format!("（告知书文本版本：{version}）") };
    page.paragraph(vec![words(format!(
        "以上内容{which}我已阅读或者已听人民调解员宣读，对上述权利和义务已经知悉。"
    ))]);
    page.sign(parties::to_sign(dossier, &notice.signatures, "当事人（签名、盖章或者按指印）"));
    seal(&mut page, &dossier.committee, notice.told_on);
    page
}
