//! What whoever put the file together says of it, and which papers people showed.

use casework::{
    matter::{Event, Recorded},
    mediation::{IdentityPaper, Retention, SignedPaper},
};
use documents::{Form, dossier::IdentityProof};

use super::Record;

/// The last time that the file was put together.
pub(super) struct Filing {
    pub(super) papers: Vec<SignedPaper>,
    pub(super) by: String,
    pub(super) on: jiff::civil::Date,
    pub(super) remarks: String,
    retention: Option<Retention>,
}

impl Record<'_> {
    pub(super) fn filing(self) -> Option<Filing> {
        let recorded = self.last(|event| matches!(event, Event::DossierFiled { .. }))?;
        let Event::DossierFiled { papers, retention, words } = &recorded.event else { return None };
        Some(Filing {
            papers: papers.clone(),
            by: self.name_of_actor(&recorded.by),
            on: self.local(recorded.at).date(),
            remarks: words.as_ref().and_then(|words| self.seen.text(words.id)).unwrap_or_default(),
            retention: *retention,
        })
    }

    /// How long it is kept: as whoever filed it chose, else as the site says for this kind; nothing where nobody said.
    pub(super) fn retention(self, filing: Option<&Filing>) -> String {
        let chosen = filing.and_then(|filing| filing.retention).map(|retention| match retention {
            Retention::Short => "短期",
            Retention::Long => "长期",
            Retention::Permanent => "永久",
        });
        let matter = self.seen.matter;
        let catalogue = self.seen.site.pinned(&matter.catalogue);
        let of_its_kind = || matter.category.as_deref().and_then(|code| catalogue.retention(code));
        chosen.or_else(of_its_kind).unwrap_or_default().to_owned()
    }

    pub(super) fn identity(self) -> Vec<IdentityProof> {
        let proof = |recorded: &Recorded| match &recorded.event {
            Event::IdentityNoted { party, paper } => Some(IdentityProof {
                party: (*party).into(),
                kind: name_of(*paper).to_owned(),
                seen_on: Some(self.local(recorded.at).date()),
                seen_by: self.name_of_actor(&recorded.by),
            }),
            _ => None,
        };
        self.events.iter().filter_map(proof).collect()
    }
}

impl Filing {
    /// The forms of which the paper lies in the folder.
    pub(super) fn originals(&self) -> Vec<Form> {
        self.papers.iter().copied().flat_map(forms_of).copied().collect()
    }

    /// A sentence on the papers in the folder, when there are any.
    pub(super) fn sentence(&self) -> Option<String> {
        let names: Vec<_> = self.papers.iter().filter_map(|paper| forms_of(*paper).first()).collect();
        let names: Vec<_> = names.into_iter().map(|form| form.title()).collect();
        let listed = names.join("、");
        (!names.is_empty()).then(|| format!("下列文书有签名的纸质原件随卷保存：{listed}。"))
    }
}

fn forms_of(paper: SignedPaper) -> &'static [Form] {
    match paper {
        SignedPaper::Registration => &[Form::Registration],
        SignedPaper::Rights => &[Form::Rights],
        SignedPaper::Authorisation => &[Form::Authorisation],
        SignedPaper::Investigation => &[Form::Investigation],
        SignedPaper::Evidence => &[Form::Evidence],
        SignedPaper::Session => &[Form::Session],
        SignedPaper::Agreement => &[Form::Agreement, Form::OralAgreement],
        SignedPaper::Performance => &[Form::Performance],
        SignedPaper::Visit => &[Form::Visit],
        SignedPaper::ConfirmationApplication => &[Form::ConfirmationApplication],
    }
}

fn name_of(paper: IdentityPaper) -> &'static str {
    match paper {
        IdentityPaper::ResidentCard => "居民身份证",
        IdentityPaper::HouseholdRegister => "户口簿",
        IdentityPaper::Passport => "护照",
        IdentityPaper::BusinessLicence => "营业执照",
        IdentityPaper::Other => "其他证明",
    }
}
