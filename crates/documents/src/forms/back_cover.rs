//! 封底

use super::Form;
use crate::{
    dossier::Dossier,
    page::{Document, label, long, row, short, tall_row},
    wording::day_or_nothing,
};

/// The last sheet: who put the file together, how many sheets it has, who looked at it.
pub fn back_cover(dossier: &Dossier) -> Document {
    let mut page = Document::cover(Form::BackCover);
    page.space(8);
    page.table(
        &[36, 42, 36, 42],
        0,
        vec![
            row(vec![label("卷号"), long(&dossier.number).over(3)]),
            row(vec![label("本卷共计"), short("　　　页"), label("附件"), short("　　　件")]),
            row(vec![label("保管期限"), long(&dossier.retention).over(3)]),
            row(vec![
                label("立卷人"),
                short(&dossier.filed_by),
                label("立卷日期"),
                short(day_or_nothing(dossier.filed_on)),
            ]),
            row(vec![label("检查人"), short(""), label("检查日期"), short("")]),
            tall_row(40, vec![label("备考"), long("").over(3)]),
        ],
    );
    page
}
