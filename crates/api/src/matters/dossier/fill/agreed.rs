//! The agreement and what became of it.

use casework::{
    actor::By,
    id::PhotoId,
    matter::Event,
    mediation::{self, About, ClauseResult, ConfirmationState, Way},
};
use documents::dossier::{
    Agreement, AgreementForm, Clause, Confirmation, How, Performance, Ruling, Signature, Signer, Visit,
};

use super::Record;
use crate::views::mediation::Seen;

/// Signed pages and receipts that the reader may see, with what each is called.
pub(crate) fn scans(seen: Seen<'_>) -> Vec<(String, PhotoId)> {
    let record = Record::of(seen);
    let version = seen.mediation.agreement.as_ref().map(|agreement| agreement.version);
    let mut scans = Vec::new();
    for recorded in record.events.iter().filter(|recorded| seen.whole(&recorded.event)) {
        let (name, photos) = match &recorded.event {
            Event::AgreementSigned { version: signed, party, photos, .. } if Some(*signed) == version => {
                (format!("协议签名页-{}", record.party_name(*party)), photos)
            }
            Event::ClauseRecorded { clause, result: ClauseResult::Performed, photos, .. } => {
                (format!("履行凭证-第{clause}项"), photos)
            }
            _ => continue,
        };
        scans.extend(photos.iter().map(|photo| (format!("{name}.jpg"), *photo)));
    }
    scans
}

impl Record<'_> {
    /// The agreement, signed as far as it is; its day is the one on which it took effect.
    pub(super) fn agreement(self) -> Option<Agreement> {
        let agreed = self.seen.mediation.agreement.as_ref()?;
        let facts = self.seen.text(agreed.facts)?;
        let effective_on = agreed.effective_at.map(|at| self.local(at).date());
        Some(Agreement {
            form: match agreed.form {
                mediation::AgreementForm::Written => AgreementForm::Written,
                mediation::AgreementForm::Oral => AgreementForm::Oral,
            },
            facts,
            clauses: agreed.clauses.iter().map(|clause| self.clause(clause)).collect(),
            on: effective_on,
            effective_on,
            signatures: self.signatures(agreed),
            ..Agreement::default()
        })
    }

    fn clause(self, clause: &mediation::Clause) -> Clause {
        let (who, what) = (self.party_name(clause.by), self.seen.text(clause.words).unwrap_or_default());
        Clause {
            // Some write the name into the clause.
            who: if what.starts_with(&who) { String::new() } else { who },
            what,
            due_on: Some(clause.due_on),
            amount_fen: clause.fen.and_then(|fen| i64::try_from(fen).ok()),
        }
    }

    /// Each party's, and the mediator's who put the seal on it.
    fn signatures(self, agreed: &mediation::Agreement) -> Vec<Signature> {
        let mut signatures: Vec<_> = agreed
            .signatures
            .iter()
            .map(|signature| Signature {
                signer: Signer::Party { no: signature.party.into() },
                name: self.party_name(signature.party),
                how: if signature.way == Way::Page { How::ByCode } else { How::OnPaper },
                at: self.local(signature.at),
            })
            .collect();
        let is_seal =
            |event: &Event| matches!(event, Event::AgreementSealed { version } if *version == agreed.version);
        let sealed = self.last(is_seal).filter(|_| agreed.sealed);
        signatures.extend(sealed.map(|recorded| Signature {
            signer: Signer::Mediator,
            name: self.name_of_actor(&recorded.by),
            how: How::OnPaper,
            at: self.local(recorded.at),
        }));
        signatures
    }

    pub(super) fn performances(self) -> Vec<Performance> {
        let agreed = self.seen.mediation.in_effect();
        let done = self.events.iter().filter_map(|recorded| match &recorded.event {
            Event::ClauseRecorded { clause, result: ClauseResult::Performed, on, words, .. } => {
                let clause = agreed?.clause(*clause)?;
                let words = words.as_ref().and_then(|words| self.seen.text(words.id));
                Some(Performance {
                    clause: Some(clause.no.into()),
                    on: *on,
                    what: words.or_else(|| self.seen.text(clause.words)).unwrap_or_default(),
                    amount_fen: clause.fen.and_then(|fen| i64::try_from(fen).ok()),
                    giver: self.party_name(clause.by),
                    receiver: self.receiver(&recorded.by, clause.by),
                    signatures: Vec::new(),
                })
            }
            _ => None,
        });
        done.collect()
    }

    /// Who says that it was received; where the mediator noted it, the only other party.
    fn receiver(self, by: &By, giver: u8) -> String {
        let mut others = self.seen.mediation.parties.iter().filter(|party| party.no != giver);
        match (by, others.next(), others.next()) {
            (By::Party { no }, _, _) => self.party_name(*no),
            (By::Staff { .. } | By::Reporter | By::System, Some(only), None) => self.party_name(only.no),
            (By::Staff { .. } | By::Reporter | By::System, _, _) => String::new(),
        }
    }

    pub(super) fn visits(self) -> Vec<Visit> {
        let made = self.events.iter().filter_map(|recorded| match &recorded.event {
            Event::Visited { words } => Some(Visit {
                on: Some(self.local(recorded.at).date()),
                found: self.seen.text(words.id).unwrap_or_default(),
                visitor: self.name_of_actor(&recorded.by),
                ..Visit::default()
            }),
            _ => None,
        });
        made.collect()
    }

    /// The joint application to the court, once both have applied, and what the court said.
    pub(super) fn confirmation(self) -> Option<Confirmation> {
        let state = self.seen.mediation.confirmation.as_ref()?.state;
        let applied = self.last(|event| matches!(event, Event::ConfirmationApplied {}))?;
        let ruling = match state {
            ConfirmationState::Open | ConfirmationState::Lapsed => return None,
            ConfirmationState::Applied | ConfirmationState::Inadmissible => None,
            ConfirmationState::Confirmed | ConfirmationState::Dismissed => self.courts_words(),
        };
        let ruling = ruling.map(|(on, number)| Ruling {
            number,
            on: Some(on),
            confirmed: state == ConfirmationState::Confirmed,
        });
        let applied_on = Some(self.local(applied.at).date());
        Some(Confirmation {
            court: self.court().unwrap_or_default(),
            applied_on,
            ruling,
            ..Confirmation::default()
        })
    }

    /// The court that both agreed to apply to.
    fn court(self) -> Option<String> {
        let court =
            self.seen.mediation.questions.iter().rev().find_map(|question| match &question.about {
                About::Confirmation { court } if !question.declined => court.as_ref(),
                _ => None,
            })?;
        self.seen.text(court.id)
    }

    /// When it was noted what the court said, and its words.
    pub(super) fn courts_words(self) -> Option<(jiff::civil::Date, String)> {
        let recorded = self.last(|event| matches!(event, Event::ConfirmationRecorded { .. }))?;
        let Event::ConfirmationRecorded { words, .. } = &recorded.event else { return None };
        Some((self.local(recorded.at).date(), self.seen.text(words.id)?))
    }
}
