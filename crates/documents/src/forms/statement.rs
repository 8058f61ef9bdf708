//! 卷宗情况说明

use super::Form;
use crate::{
    dossier::Dossier,
    page::{Document, Place},
    wording::{count, day_runs},
};

/// What whoever opens the file should know.
pub fn statement(dossier: &Dossier) -> Document {
    let mut page = Document::new(Form::Statement);
    page.number(&dossier.number);
    for (at, note) in dossier.notes.iter().enumerate() {
        page.prose(&format!("{}、{}", count(at + 1), note.trim()), 0);
    }
    if dossier.notes.is_empty() {
        page.prose("", 6);
    }
    page.space(1);
    page.field("立卷人", &dossier.filed_by);
    page.line(Place::Right, day_runs(dossier.filed_on));
    page
}
