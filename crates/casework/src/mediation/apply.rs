//! What an event makes of a mediation. Total: an event about a party, a session or a clause that is not there changes nothing.

use jiff::Timestamp;

use super::{
    About, Agreement, AgreementForm, Clause, ClauseResult, Confirmation, ConfirmationState, Consent,
    HandOver, HandOverState, IdentityPaper, Mediation, Party, Question, Session, SessionForm, SessionState,
    Signature, Venue, Way,
};
use crate::{
    clock::Clock,
    id::{AccountId, PhotoId, TextId, UnitId},
    matter::{ClauseRef, MediationResult, PartyRef, Stretch},
    text::TextRef,
};

impl Mediation {
    pub(crate) fn add_parties(&mut self, added: &[PartyRef]) {
        let known_to: Vec<_> = self.mediator.into_iter().collect();
        self.parties.extend(added.iter().map(|party| Party {
            no: party.no,
            side: party.side,
            organisation: party.organisation,
            words: party.words.id,
            consent: None,
            violence: None,
            identity: Vec::new(),
            chose: None,
            asked_other: 0,
            code_version: 0,
            known_to: known_to.clone(),
        }));
    }

    fn with_party(&mut self, no: u8, change: impl FnOnce(&mut Party)) {
        if let Some(party) = self.parties.iter_mut().find(|party| party.no == no) {
            change(party);
        }
    }

    fn with_session(&mut self, no: u8, change: impl FnOnce(&mut Session)) {
        if let Some(session) = self.sessions.iter_mut().find(|session| session.no == no) {
            change(session);
        }
    }

    pub(crate) fn with_clause(&mut self, no: u8, change: impl FnOnce(&mut Clause)) {
        let clauses = self.agreement.iter_mut().flat_map(|agreement| &mut agreement.clauses);
        if let Some(clause) = clauses.into_iter().find(|clause| clause.no == no) {
            change(clause);
        }
    }

    pub(crate) fn correct_party(&mut self, party: &PartyRef) {
        self.with_party(party.no, |it| {
            (it.side, it.organisation, it.words) = (party.side, party.organisation, party.words.id);
        });
    }

    pub(crate) fn replace_party_code(&mut self, no: u8) {
        let known_to = self.mediator.into_iter().collect();
        self.with_party(no, |party| {
            (party.code_version, party.known_to) = (party.code_version.saturating_add(1), known_to);
        });
    }

    /// Somebody mediates from now on, and may read the parties' access codes.
    pub(crate) fn named(&mut self, mediator: AccountId) {
        self.mediator = Some(mediator);
        for party in self.parties.iter_mut().filter(|party| !party.known_to.contains(&mediator)) {
            party.known_to.push(mediator);
        }
    }

    pub(crate) fn consented(&mut self, parties: &[u8], way: Way, at: Timestamp) {
        for no in parties {
            self.with_party(*no, |party| party.consent = Some(Consent { way, at }));
        }
    }

    pub(crate) fn answered_safety(&mut self, no: u8, violence: bool) {
        self.with_party(no, |party| party.violence = Some(violence));
    }

    pub(crate) fn identity_noted(&mut self, no: u8, paper: IdentityPaper) {
        self.with_party(no, |party| party.identity.push(paper));
    }

    pub(crate) fn chose(&mut self, no: u8, mediator: AccountId) {
        self.with_party(no, |party| party.chose = Some(mediator));
    }

    pub(crate) fn asked_other(&mut self, no: u8, mediator: AccountId) {
        self.with_party(no, |party| party.asked_other = party.asked_other.saturating_add(1));
        self.stepped_back(mediator);
    }

    /// A mediator is gone: nobody's choice any more.
    pub(crate) fn stepped_back(&mut self, mediator: AccountId) {
        if self.mediator == Some(mediator) {
            self.mediator = None;
        }
        if !self.stepped_back.contains(&mediator) {
            self.stepped_back.push(mediator);
        }
        for party in &mut self.parties {
            party.chose = party.chose.filter(|chosen| *chosen != mediator);
        }
    }

    pub(crate) fn asked(&mut self, no: u8, about: &About) {
        self.questions.push(Question { no, about: about.clone(), yes: Vec::new(), declined: false });
    }

    pub(crate) fn answered(&mut self, no: u8, party: u8, yes: bool) {
        if let Some(question) = self.questions.iter_mut().find(|question| question.no == no) {
            if yes {
                question.yes.push(party);
            } else {
                question.declined = true;
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of a session as the event has them")]
    pub(crate) fn session_set(
        &mut self,
        no: u8,
        time: Stretch,
        form: SessionForm,
        with: Option<u8>,
        open: bool,
        venue: Venue,
        place: Option<TextId>,
        state: SessionState,
    ) {
        let before = self.session(no);
        let place = place.or_else(|| before.and_then(|session| session.place));
        let moves = before.map_or(0, |session| session.moves);
        let mediator = self.mediator.filter(|_| state != SessionState::Set);
        self.sessions.retain(|session| session.no != no);
        let Stretch { starts_at, ends_at } = time;
        let session =
            Session { no, starts_at, ends_at, form, with, open, venue, place, state, mediator, moves };
        self.sessions.push(session);
    }

    pub(crate) fn session_moved(&mut self, no: u8, time: Stretch) {
        self.with_session(no, |session| {
            (session.starts_at, session.ends_at) = (time.starts_at, time.ends_at);
            session.moves = session.moves.saturating_add(1);
        });
    }

    pub(crate) fn session_cancelled(&mut self, no: u8) {
        let mediator = self.mediator;
        self.with_session(no, |session| {
            (session.state, session.mediator) = (SessionState::Cancelled, mediator);
        });
    }

    pub(crate) fn proposed(
        &mut self,
        version: u8,
        form: AgreementForm,
        facts: TextRef,
        clauses: &[ClauseRef],
    ) {
        let clauses = clauses.iter().map(|clause| Clause {
            no: clause.no,
            by: clause.by,
            words: clause.words.id,
            due_on: clause.due_on,
            fen: clause.fen,
            result: None,
            performed_on: None,
            reminded: false,
            overdue: false,
        });
        self.agreement = Some(Agreement {
            version,
            form,
            facts: facts.id,
            clauses: clauses.collect(),
            signatures: Vec::new(),
            sealed: false,
            effective_at: None,
        });
        self.confirmation = None;
        (self.result, self.concluded_at) = (None, None);
    }

    pub(crate) fn signed(&mut self, party: u8, way: Way, at: Timestamp, scans: &[PhotoId]) {
        if let Some(agreement) = &mut self.agreement {
            agreement.signatures.push(Signature { party, way, at, scans: scans.to_vec() });
        }
    }

    pub(crate) fn sealed(&mut self) {
        if let Some(agreement) = &mut self.agreement {
            agreement.sealed = true;
        }
    }

    /// It ended. Nobody comes any more to what was set.
    pub(crate) fn concluded(&mut self, result: MediationResult, at: Timestamp) {
        (self.result, self.concluded_at) = (Some(result), Some(at));
        let set = self.sessions.iter_mut().filter(|session| session.state == SessionState::Set);
        set.for_each(|session| session.state = SessionState::Cancelled);
    }

    /// The agreement does not hold any more: it was verified otherwise, or the trouble is back.
    pub(crate) fn is_contested(&mut self) {
        if let Some(agreement) = &mut self.agreement {
            agreement.effective_at = None;
            agreement.signatures.clear();
            agreement.sealed = false;
        }
        self.confirmation = None;
        (self.result, self.concluded_at) = (None, None);
    }

    pub(crate) fn took_effect(&mut self, at: Timestamp, until: Option<Timestamp>) {
        if let Some(agreement) = &mut self.agreement {
            agreement.effective_at = Some(at);
        }
        self.confirmation = until.map(|until| Confirmation { state: ConfirmationState::Open, until });
    }

    pub(crate) fn performed(&mut self, no: u8, result: ClauseResult, on: Option<jiff::civil::Date>) {
        self.with_clause(no, |clause| (clause.result, clause.performed_on) = (Some(result), on));
    }

    pub(crate) fn confirmation_is(&mut self, state: ConfirmationState) {
        if let Some(confirmation) = &mut self.confirmation {
            confirmation.state = state;
        }
    }

    pub(crate) fn handed(
        &mut self,
        no: u8,
        channel: &str,
        unit: Option<&UnitId>,
        stood: Option<Clock>,
        since: Timestamp,
    ) {
        let (channel, unit, state) = (channel.to_owned(), unit.cloned(), HandOverState::Sent);
        self.hand_overs.push(HandOver { no, channel, unit, state, stood, since });
    }

    pub(crate) fn hand_over_is(&mut self, no: u8, state: HandOverState) {
        if let Some(hand_over) = self.hand_overs.iter_mut().find(|hand_over| hand_over.no == no) {
            hand_over.state = state;
        }
    }
}
