//! Who reads what of a mediation. One place decides; whatever is not said here to be readable does not exist for the reader.
//!
//! A private room belongs to its party and the mediator of the mediation. What was said in a session is for those who were its parties and
//! the mediator; who verifies reads none of it (product §3). An agreement is for its parties, the committee and the centre that answers.

use super::{Mediation, SessionForm};
use crate::{
    access::{Relation, relations},
    actor::{Grant, Role, Staff},
    matter::{Event, Matter},
    site::Site,
    text::TextKind,
};

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Whoever holds the matter's query code.
    Reporter,
    /// A party on its own page.
    Party(u8),
    /// A member of staff who may read the matter.
    Staff(&'a Staff),
}

/// What a reader gets of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    Whole,
    /// That it happened.
    WithoutWords,
    /// Nothing, not even that it happened.
    Hidden,
}

/// How near a reader stands to a mediation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    Mediator,
    Party(u8),
    Committee,
    Centre,
    Others,
}

fn nearness(matter: &Matter, mediation: &Mediation, reader: Reader<'_>, site: &Site) -> Nearness {
    match reader {
        Reader::Reporter => Nearness::Others,
        Reader::Party(no) if mediation.party(no).is_some() => Nearness::Party(no),
        Reader::Party(_) => Nearness::Others,
        Reader::Staff(staff) => {
            let is = |relation, roles: &[Role]| {
                staff.grants.iter().any(|grant| {
                    roles.contains(&grant.role)
                        && relations(matter, staff.account, grant, site).contains(&relation)
                })
            };
            let centre = &[Role::Intake, Role::Dispatcher, Role::Director, Role::VillageLead];
            if is(Relation::Mediator, &[Role::Mediator]) {
                Nearness::Mediator
            } else if is(Relation::LeadUnit, &[Role::Mediator]) {
                Nearness::Committee
            } else if is(Relation::OwningCentre, centre) {
                Nearness::Centre
            } else {
                Nearness::Others
            }
        }
    }
}

/// What a reader gets of an event of a matter that it may read.
#[must_use]
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "events that are not mediation's own hold nothing private of it"
)]
pub fn reading(matter: &Matter, event: &Event, reader: Reader<'_>, site: &Site) -> Reading {
    let Some(mediation) = matter.mediation.as_deref() else { return Reading::Whole };
    let near = nearness(matter, mediation, reader, site);
    match event {
        Event::CaucusNoted { party, .. } | Event::SpokenInPrivate { party, .. } => match near {
            Nearness::Mediator => Reading::Whole,
            // Whoever opens the page with this code may be a mediator who has gone.
            Nearness::Party(no) if mediation.code_is_known(no) => Reading::Hidden,
            Nearness::Party(no) if no == *party => Reading::Whole,
            Nearness::Party(_) | Nearness::Committee | Nearness::Centre | Nearness::Others => Reading::Hidden,
        },
        Event::SafetyAnswered { party, .. } | Event::TimesProposed { party, .. } => match near {
            Nearness::Mediator | Nearness::Committee => Reading::Whole,
            Nearness::Party(no) if no == *party => Reading::Whole,
            Nearness::Party(_) | Nearness::Centre | Nearness::Others => Reading::Hidden,
        },
        // Which paper somebody showed is in the file; other parties have no use for it.
        Event::IdentityNoted { party, .. } => match near {
            Nearness::Mediator | Nearness::Committee | Nearness::Centre => Reading::Whole,
            Nearness::Party(no) if no == *party => Reading::Whole,
            Nearness::Party(_) | Nearness::Others => Reading::Hidden,
        },
        Event::SessionHeld { form, with, .. } => match near {
            Nearness::Mediator => Reading::Whole,
            Nearness::Party(_) if *form == SessionForm::Together => Reading::Whole,
            Nearness::Party(no) if *with == Some(no) => Reading::Whole,
            Nearness::Party(_) => Reading::Hidden,
            Nearness::Committee | Nearness::Centre => Reading::WithoutWords,
            Nearness::Others => Reading::WithoutWords,
        },
        Event::PoliceTold { .. } | Event::ConflictDeclared { .. } | Event::OtherMediatorAsked { .. } => {
            match near {
                Nearness::Mediator | Nearness::Committee => Reading::Whole,
                Nearness::Party(_) | Nearness::Others => Reading::Hidden,
                Nearness::Centre => Reading::WithoutWords,
            }
        }
        Event::MethodChosen { .. } => match near {
            Nearness::Mediator | Nearness::Committee => Reading::Whole,
            Nearness::Party(_) | Nearness::Centre | Nearness::Others => Reading::Hidden,
        },
        // Receipts, and signatures on paper.
        Event::ClauseRecorded { .. } | Event::AgreementSigned { .. } if near == Nearness::Others => {
            Reading::WithoutWords
        }
        Event::MediatorChosen { party, .. } => match near {
            Nearness::Party(no) if no != *party => Reading::Hidden,
            Nearness::Others => Reading::Hidden,
            Nearness::Party(_) | Nearness::Mediator | Nearness::Committee | Nearness::Centre => {
                Reading::Whole
            }
        },
        Event::MediationConcluded { party: Some(_), .. } => match near {
            Nearness::Mediator | Nearness::Committee => Reading::Whole,
            Nearness::Party(_) | Nearness::Centre | Nearness::Others => Reading::WithoutWords,
        },
        _ => Reading::Whole,
    }
}

/// Whether a reader may read a text of a kind that stands in an event which [`reading`] shows whole.
#[must_use]
pub fn may_read_text(matter: &Matter, kind: TextKind, reader: Reader<'_>, site: &Site) -> bool {
    let Some(mediation) = matter.mediation.as_deref() else { return true };
    let near = nearness(matter, mediation, reader, site);
    match kind {
        // Each occurrence is judged with its event; nobody further off reads any.
        TextKind::Caucus | TextKind::Session => {
            matches!(near, Nearness::Mediator | Nearness::Committee | Nearness::Party(_))
        }
        TextKind::Agreement => !matches!(near, Nearness::Others),
        TextKind::Party => matches!(near, Nearness::Mediator | Nearness::Committee | Nearness::Centre),
        TextKind::Place => !matches!(near, Nearness::Others),
        TextKind::Report
        | TextKind::Address
        | TextKind::Contact
        | TextKind::Reply
        | TextKind::Reason
        | TextKind::Note => true,
        // Words of talk days stand in no matter.
        TextKind::Item | TextKind::Public => false,
    }
}

/// Whether the parties may read the words with which a mediation ended: those that the committee wrote to them. What a party said to
/// its mediator when it stopped is of another kind.
#[must_use]
pub const fn is_to_the_parties(kind: TextKind) -> bool {
    matches!(kind, TextKind::Reply)
}

/// Whether a member of staff may read the dossier of a mediation: the committee that mediates, and once an agreement holds, who takes
/// matters in at the centre that answers, and its director. Records and rooms in it are judged by [`reading`] all the same.
#[must_use]
pub fn may_read_dossier(matter: &Matter, staff: &Staff, site: &Site) -> bool {
    let Some(mediation) = matter.mediation.as_deref() else { return false };
    let verifies = |grant: &Grant| {
        matches!(grant.role, Role::Intake | Role::Director)
            && relations(matter, staff.account, grant, site).contains(&Relation::OwningCentre)
    };
    match nearness(matter, mediation, Reader::Staff(staff), site) {
        Nearness::Mediator | Nearness::Committee => true,
        Nearness::Centre => mediation.in_effect().is_some() && staff.grants.iter().any(verifies),
        Nearness::Party(_) | Nearness::Others => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::Actor,
        tests::{
            cast::{self, mediator, party},
            mediating::{accepted, agreed, apart_with, sat_together},
            scenario::{Case, command},
        },
    };

    fn staff(actor: Actor) -> Staff {
        match actor {
            Actor::Staff(staff) => staff,
            Actor::Reporter | Actor::Party { .. } | Actor::System => panic!("not staff"),
        }
    }

    fn last(case: &Case, reader: Reader<'_>) -> Reading {
        reading(&case.matter, &case.events.last().unwrap().event, reader, &case.site)
    }

    /// Product §4: a private room per party, readable by the mediator and that party only.
    #[test]
    fn a_private_room_does_not_exist_for_anybody_else() {
        let noted = accepted().does(mediator(), command!(note_caucus, "party": 1, "words": "最多让到三千"));
        let spoken = accepted().does(party(1), command!(speak_in_private, "words": "其实可以再让一点"));
        for case in [noted, spoken] {
            assert_eq!(last(&case, Reader::Party(1)), Reading::Whole);
            assert_eq!(last(&case, Reader::Party(2)), Reading::Hidden);
            assert_eq!(last(&case, Reader::Reporter), Reading::Hidden);
            let reading_it: Vec<_> = cast::everybody()
                .into_iter()
                .filter(|actor| matches!(actor, Actor::Staff(_)))
                .filter(|actor| last(&case, Reader::Staff(&staff(actor.clone()))) != Reading::Hidden)
                .collect();
            assert_eq!(reading_it, [mediator()]);
        }
    }

    #[test]
    fn a_mediator_who_stepped_back_reads_no_room() {
        let case = accepted()
            .does(mediator(), command!(note_caucus, "party": 1, "words": "最多让到三千"))
            .does(mediator(), command!(declare_conflict, "reason": "当事人是我表弟"));
        let room = &case.events[case.events.len() - 2].event;
        assert_eq!(
            reading(&case.matter, room, Reader::Staff(&staff(mediator())), &case.site),
            Reading::Hidden
        );
    }

    /// A code that a mediator knew who has gone opens the page, and no room until the party has a new one.
    #[test]
    fn a_room_stays_shut_to_a_code_that_another_knew() {
        let noted = accepted().does(mediator(), command!(note_caucus, "party": 1, "words": "最多让到三千"));
        let room = noted.events.last().unwrap().event.clone();
        let reads =
            |case: &Case| reading(&case.matter, &room, Reader::Party(1), &case.site) == Reading::Whole;
        let gone = noted.does(mediator(), command!(declare_conflict, "reason": "当事人是我表弟"));
        assert!(!reads(&gone));
        let renewed = gone.does(party(1), command!(replace_party_code, "party": 1, "reason": "调解员换了"));
        assert!(reads(&renewed));
    }

    /// Product §3: who verifies reads no content of sessions.
    #[test]
    fn what_was_said_in_a_session_is_its_parties() {
        let together = sat_together();
        assert_eq!(last(&together, Reader::Party(1)), Reading::Whole);
        assert_eq!(last(&together, Reader::Party(2)), Reading::Whole);
        let apart = apart_with(1);
        assert_eq!(last(&apart, Reader::Party(1)), Reading::Whole);
        assert_eq!(last(&apart, Reader::Party(2)), Reading::Hidden);
        for case in [together, apart] {
            assert_eq!(last(&case, Reader::Staff(&staff(mediator()))), Reading::Whole);
            for verifier in [cast::intake(), cast::director(), cast::supervisor(), cast::overseer()] {
                assert_eq!(last(&case, Reader::Staff(&staff(verifier))), Reading::WithoutWords);
            }
        }
    }

    #[test]
    fn an_answer_about_violence_is_the_partys_and_the_committees() {
        let case = accepted().does(party(2), command!(answer_safety, "violence": true));
        assert_eq!(last(&case, Reader::Party(2)), Reading::Whole);
        for other in [Reader::Party(1), Reader::Reporter, Reader::Staff(&staff(cast::overseer()))] {
            assert_eq!(last(&case, other), Reading::Hidden);
        }
    }

    #[test]
    fn names_and_agreements_stay_near() {
        let case = sat_together();
        let may =
            |kind, actor: Actor| may_read_text(&case.matter, kind, Reader::Staff(&staff(actor)), &case.site);
        for kind in [TextKind::Party, TextKind::Agreement] {
            assert!(may(kind, mediator()) && may(kind, cast::other_mediator()) && may(kind, cast::intake()));
            assert!(!may(kind, cast::overseer()) && !may(kind, cast::grid_worker()));
            assert!(!may_read_text(&case.matter, kind, Reader::Reporter, &case.site));
        }
        assert!(may_read_text(&case.matter, TextKind::Agreement, Reader::Party(1), &case.site));
        assert!(!may_read_text(&case.matter, TextKind::Party, Reader::Party(1), &case.site));
    }

    #[test]
    fn a_dossier_is_the_committees_and_after_an_agreement_the_centres() {
        let readers = |case: &Case| -> Vec<Actor> {
            let reads = |actor: &Actor| match actor {
                Actor::Staff(staff) => may_read_dossier(&case.matter, staff, &case.site),
                Actor::Reporter | Actor::Party { .. } | Actor::System => false,
            };
            cast::everybody().into_iter().filter(reads).collect()
        };
        assert_eq!(readers(&sat_together()), [mediator(), cast::other_mediator()]);
        let now = readers(&agreed());
        // Two of them wear two hats.
        assert_eq!(now.len(), 6, "{now:?}");
        for reader in [mediator(), cast::other_mediator(), cast::intake(), cast::director()] {
            assert!(now.contains(&reader), "{reader:?}");
        }
        let stepped_back =
            sat_together().does(mediator(), command!(declare_conflict, "reason": "当事人是我表弟"));
        assert_eq!(readers(&stepped_back), [cast::other_mediator()]);
    }
}
