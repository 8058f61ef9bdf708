//! 受理通知书

use super::{Form, cover::name_of};
use crate::{
    dossier::Dossier,
    page::{Document, Place, filled, known, words},
    wording::{list, seal},
};

/// The parties are told that their dispute is accepted, and who mediates.
pub fn acceptance(dossier: &Dossier) -> Document {
    let mut page = Document::new(Form::Acceptance);
    page.number(&dossier.number);
    page.line(Place::Flush, vec![filled(&dossier.names(), 16), words("：")]);
    page.paragraph(vec![
        words("关于"),
        known(&name_of(dossier), 14),
        words("，本人民调解委员会经审查，决定予以受理，编号"),
        known(&dossier.number, 12),
        words("。"),
    ]);
    let mediators = list(&dossier.mediators);
    if mediators.is_empty() {
        page.prose("你们可以共同选择人民调解员，也可以接受本人民调解委员会指定的人民调解员。", 0);
    } else {
        page.prose(
            &format!("本次调解由人民调解员{mediators}主持。你们可以接受，也可以另行选择人民调解员。"),
            0,
        );
    }
    page.prose("调解自愿、免费。在调解过程中，你们可以随时拒绝调解或者要求终止调解，也可以随时依法通过仲裁、行政、司法等途径维护自己的权利。", 0);
    page.space(1);
    seal(&mut page, &dossier.committee, dossier.accepted_on);
    page
}
