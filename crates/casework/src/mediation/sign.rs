//! Signing a written agreement: each party on its own page or on paper, the mediator with the committee's seal. The last signature makes
//! it hold (RMTJF art. 29).

use serde::{Deserialize, Serialize};

use super::{Agreement, AgreementForm, Mediation, Signature, Way};
use crate::{
    id::PhotoId,
    matter::{Event, turn::Turn},
    refusal::Refusal,
};

/// A party signs the agreement that it has before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The version it has read.
    pub version: u8,
}

impl Sign {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let party = turn.party_acting(None)?;
        signed(turn, self.version, party, Way::Page, &[])
    }
}

/// A party signed, sealed or put its finger on paper; the scan shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOnPaper {
    /// The version that was signed.
    pub version: u8,
    /// Who.
    pub party: u8,
    /// The scan.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl SignOnPaper {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        signed(turn, self.version, self.party, Way::Paper, &self.photos)
    }
}

/// The mediator signs and puts the committee's seal on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SealAgreement {
    /// The version.
    pub version: u8,
}

impl SealAgreement {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let (mediation, agreement) = proposed(turn)?;
        if agreement.sealed {
            return Err(Refusal::SignedAlready);
        }
        is_this(agreement, self.version)?;
        turn.record(Event::AgreementSealed { version: agreement.version });
        let sealed = Agreement { sealed: true, ..agreement.clone() };
        complete(turn, mediation, &sealed);
        Ok(())
    }
}

fn signed(turn: &mut Turn<'_>, version: u8, party: u8, way: Way, scans: &[PhotoId]) -> Result<(), Refusal> {
    let (mediation, agreement) = proposed(turn)?;
    let has = |no: u8| agreement.signatures.iter().any(|signature| signature.party == no);
    if mediation.parties.iter().all(|party| has(party.no)) {
        return Err(Refusal::SignedAlready);
    }
    is_this(agreement, version)?;
    mediation.party(party).ok_or(Refusal::UnknownParty)?;
    if has(party) {
        return Err(Refusal::SignedAlready);
    }
    if way == Way::Paper && scans.is_empty() {
        return Err(Refusal::ScanMissing);
    }
    let photos = turn.photos(scans)?;
    turn.record(Event::AgreementSigned { version, party, way, photos });
    let mut with_it = agreement.clone();
    with_it.signatures.push(Signature { party, way, at: turn.now(), scans: Vec::new() });
    complete(turn, mediation, &with_it);
    Ok(())
}

/// The written agreement that waits to be signed.
fn proposed<'a>(turn: &Turn<'a>) -> Result<(&'a Mediation, &'a Agreement), Refusal> {
    let mediation = turn.mediation_under_way()?;
    let waits =
        |agreement: &&Agreement| agreement.form == AgreementForm::Written && agreement.effective_at.is_none();
    let agreement = mediation.agreement.as_ref().filter(waits).ok_or(Refusal::AgreementMissing)?;
    Ok((mediation, agreement))
}

/// Nobody signs what has changed since it was read.
fn is_this(agreement: &Agreement, version: u8) -> Result<(), Refusal> {
    if agreement.version == version {
        Ok(())
    } else {
        Err(Refusal::AgreementChanged { version: agreement.version })
    }
}

fn complete(turn: &mut Turn<'_>, mediation: &Mediation, agreement: &Agreement) {
    if agreement.is_complete(&mediation.parties) {
        turn.agreement_takes_effect(agreement.version);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::Stage,
        tests::{
            cast::{mediator, other_mediator, party},
            mediating::{clauses, proposed, sat_together},
            scenario::{command, photos},
        },
    };

    /// RMTJF art. 29: the parties' signatures, the mediator's and the seal; it holds when the last of them stands.
    #[test]
    fn it_holds_when_the_last_signature_stands() {
        proposed()
            .when(party(1), command!(sign, "version": 1))
            .then("agreement_signed")
            .when(party(1), command!(sign, "version": 1))
            .refused("signed_already")
            .when(mediator(), command!(sign_on_paper, "version": 1, "party": 2))
            .refused("scan_missing")
            .when(mediator(), command!(sign_on_paper, "version": 1, "party": 2, "photos": photos(1)))
            .then("agreement_signed")
            .is(Stage::Mediating)
            .when(other_mediator(), command!(seal_agreement, "version": 1))
            .refused("not_allowed")
            .when(mediator(), command!(seal_agreement, "version": 1))
            .then("agreement_sealed agreement_effective mediation_concluded")
            .is(Stage::Verifying);
    }

    #[test]
    fn the_seal_may_come_first() {
        proposed()
            .does(mediator(), command!(seal_agreement, "version": 1))
            .when(mediator(), command!(seal_agreement, "version": 1))
            .refused("signed_already")
            .does(party(2), command!(sign, "version": 1))
            .when(party(1), command!(sign, "version": 1))
            .then("agreement_signed agreement_effective mediation_concluded");
    }

    #[test]
    fn what_changed_is_read_and_signed_anew() {
        proposed()
            .does(party(1), command!(sign, "version": 1))
            .does(mediator(), command!(propose_agreement, "facts": "经过", "clauses": clauses()))
            .when(party(2), command!(sign, "version": 1))
            .refused("agreement_changed")
            .when(mediator(), command!(seal_agreement, "version": 1))
            .refused("agreement_changed")
            .does(party(2), command!(sign, "version": 2))
            .and(|matter| {
                matter.mediation.as_deref().unwrap().agreement.as_ref().unwrap().signatures.len() == 1
            });
        sat_together().when(party(1), command!(sign, "version": 1)).refused("agreement_missing");
    }
}
