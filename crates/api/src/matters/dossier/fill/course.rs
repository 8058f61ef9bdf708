//! What the parties were told, the sessions, and how it ended without an agreement.

use casework::{
    matter::{Event, MediationResult, Recorded},
    mediation::{About, Venue, Way},
};
use documents::dossier::{Ending, How, RightsNotice, Session, Signature, Signer};

use super::{Record, is_together};

impl Record<'_> {
    /// The notice of rights, once a party was told. A signature stands on it only where it was given on paper.
    pub(super) fn rights(self) -> Option<RightsNotice> {
        let (mut told_at, mut signatures) = (None, Vec::new());
        for recorded in self.events {
            let Event::ConsentRecorded { parties, rights, .. } = &recorded.event else { continue };
            let at = self.local(recorded.at);
            told_at = Some(at);
            let signed = parties.iter().filter(|_| *rights == Way::Paper);
            signatures.extend(signed.map(|no| Signature {
                signer: Signer::Party { no: (*no).into() },
                name: self.party_name(*no),
                how: How::OnPaper,
                at,
            }));
        }
        let told_on = told_at.filter(|_| self.seen.mediation.all_consent()).map(|at| at.date());
        told_at.map(|_| RightsNotice { told_on, signatures, ..RightsNotice::of_the_act() })
    }

    /// The sessions of all parties together that the reader may read.
    pub(super) fn sessions(self) -> Vec<Session> {
        let held = self.events.iter().enumerate();
        held.filter(|(_, recorded)| is_together(&recorded.event) && self.seen.whole(&recorded.event))
            .filter_map(|(at, recorded)| self.session(at, &recorded.event))
            .collect()
    }

    fn session(self, at: usize, event: &Event) -> Option<Session> {
        let Event::SessionHeld { no, time, venue, participants, words, .. } = event else { return None };
        let place = self.seen.mediation.session(*no).and_then(|session| session.place);
        let place = place.and_then(|text| self.seen.text(text)).unwrap_or_else(|| name_of(*venue).to_owned());
        let joined = participants.iter().filter_map(|no| self.seen.mediation.question(*no));
        let names = joined.filter_map(|question| match &question.about {
            About::Participant { name, .. } => self.seen.text(name.id),
            About::OpenSessions | About::Extension { .. } | About::Confirmation { .. } => None,
        });
        Some(Session {
            at: Some(self.local(time.starts_at)),
            place,
            present: names.collect(),
            process: self.seen.text(words.id).unwrap_or_default(),
            result: self.result_of(at).to_owned(),
            signatures: Vec::new(),
        })
    }

    /// What came of the session at a place in the story; nothing while it is not clear.
    fn result_of(self, at: usize) -> &'static str {
        let later = || self.events.iter().enumerate().skip(at + 1);
        let next = later().find(|(_, recorded)| is_together(&recorded.event)).map(|(at, _)| at);
        let proposed = |recorded: &Recorded| matches!(recorded.event, Event::AgreementProposed { .. });
        let last_proposed = self.events.iter().rposition(proposed);
        let agreed_here = last_proposed.is_some_and(|it| it > at && next.is_none_or(|next| it < next));
        if agreed_here && self.seen.mediation.in_effect().is_some() {
            "经调解，当事人达成调解协议。"
        } else if next.is_some() || (self.seen.mediation.result.is_some() && !agreed_here) {
            "本次调解未达成协议。"
        } else {
            ""
        }
    }

    /// How it ended; an agreement that waits to be signed is printed for that.
    pub(super) fn ending(self) -> Ending {
        if let Some(ending) = self.declined() {
            return ending;
        }
        match self.seen.mediation.result {
            Some(MediationResult::Refused | MediationResult::Stopped | MediationResult::Failed) => {
                self.concluded().unwrap_or_default()
            }
            Some(MediationResult::Agreement) | None => {
                self.agreement().map_or(Ending::Open, |agreement| Ending::Agreed { agreement })
            }
        }
    }

    fn declined(self) -> Option<Ending> {
        let recorded = self.last(|event| matches!(event, Event::MediationDeclined { .. }))?;
        let Event::MediationDeclined { words, .. } = &recorded.event else { return None };
        Some(Ending::NotAccepted {
            on: Some(self.local(recorded.at).date()),
            reason: self.seen.text(words.id).unwrap_or_default(),
            roads: Vec::new(),
        })
    }

    fn concluded(self) -> Option<Ending> {
        let recorded = self.last(|event| matches!(event, Event::MediationConcluded { .. }))?;
        let Event::MediationConcluded { result, words, party, roads, .. } = &recorded.event else {
            return None;
        };
        let on = Some(self.local(recorded.at).date());
        let routes = &self.seen.site.pinned(&self.seen.matter.catalogue).guide_routes;
        let named = roads.iter().filter_map(|code| routes.iter().find(|route| route.code == *code));
        let roads = named.map(|route| route.name.clone()).collect();
        Some(match result {
            MediationResult::Refused | MediationResult::Stopped => {
                Ending::Refused { on, party: party.unwrap_or_default().into(), roads }
            }
            MediationResult::Failed | MediationResult::Agreement => {
                let reason = words.as_ref().and_then(|words| self.seen.text(words.id));
                Ending::Failed { on, reason: reason.unwrap_or_default(), roads }
            }
        })
    }
}

fn name_of(venue: Venue) -> &'static str {
    match venue {
        Venue::Committee => "调解室",
        Venue::TalkRoom => "逢四说事室",
        Venue::Doorstep => "当事人住处附近（板凳会）",
        Venue::Place => "纠纷现场",
        Venue::Remote => "电话或者视频",
        Venue::Elsewhere => "",
    }
}
