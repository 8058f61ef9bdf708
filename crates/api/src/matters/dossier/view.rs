//! A dossier as a list: its forms, which of them are owed, and what is missing in each.

use documents::{
    Dossier, Form,
    missing::{Missing, is_mandatory, missing},
    volume::volume,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The dossier of a mediation.
#[derive(Serialize, ToSchema)]
pub(crate) struct DossierView {
    /// The file's number.
    number: String,
    /// Nothing is missing, and nothing was withheld.
    complete: bool,
    /// In the order in which they are bound.
    forms: Vec<FormView>,
}

/// A form.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormView {
    /// Its code.
    form: &'static str,
    name: &'static str,
    name_en: &'static str,
    /// Which of the Ministry's thirteen documents it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    of_thirteen: Option<u8>,
    /// The dossier cannot be complete without it.
    mandatory: bool,
    state: FormState,
    /// How many of it there are.
    documents: usize,
    /// What is missing in it.
    missing: Vec<LackView>,
}

/// How it stands with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FormState {
    /// It is there, and nothing is missing in it.
    Whole,
    /// It is there; something is missing in it.
    Incomplete,
    /// It is owed and not there.
    Missing,
    /// It is not this reader's to read.
    Withheld,
    /// It is not there and need not be.
    Absent,
}

/// Something that is missing.
#[derive(Serialize, ToSchema)]
pub(crate) struct LackView {
    /// Its code.
    lack: &'static str,
    /// In which of several, counted from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    /// Whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// As the file itself says it.
    words: String,
}

impl DossierView {
    pub(super) fn of(dossier: &Dossier, withholds_sessions: bool) -> Self {
        let (missing, bound) = (missing(dossier), volume(dossier));
        let is_withheld = |form| form == Form::Session && withholds_sessions;
        let forms = Form::ALL.into_iter().map(|form| {
            let documents = bound.iter().filter(|document| document.form == form).count();
            let lacks = missing.iter().filter(|lack| lack.form == form && !is_withheld(form));
            let missing: Vec<_> = lacks.map(LackView::of).collect();
            let mandatory = is_mandatory(dossier, form);
            let state = match (documents, missing.is_empty()) {
                _ if is_withheld(form) => FormState::Withheld,
                (1.., true) => FormState::Whole,
                (1.., false) => FormState::Incomplete,
                (0, true) if !mandatory => FormState::Absent,
                (0, _) => FormState::Missing,
            };
            FormView {
                form: form.code(),
                name: form.title(),
                name_en: form.name_en(),
                of_thirteen: form.of_thirteen(),
                mandatory,
                state,
                documents,
                missing,
            }
        });
        let forms: Vec<_> = forms.collect();
        let complete = missing.is_empty() && !withholds_sessions;
        Self { number: dossier.number.clone(), complete, forms }
    }
}

impl LackView {
    fn of(missing: &Missing) -> Self {
        Self {
            lack: missing.lack.code(),
            number: missing.number,
            name: missing.lack.name().map(str::to_owned),
            words: missing.words(),
        }
    }
}
