//! A dossier from the record, as far as its reader may read it.
//!
//! What was never recorded stays a part that is missing: nothing is made up to make a file look whole. Private rooms and talks
//! apart are part of no dossier, whoever reads it.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a dossier looks for a few of the events; the others say nothing to it"
)]

mod agreed;
mod course;
mod filed;
mod notes;

use casework::{
    actor::By,
    id::AccountId,
    matter::{Class, Event, Recorded},
    mediation::{self, Origin, PartySide, Reader, SessionForm},
};
use documents::dossier::{Dossier, Party, Registration, Side, Source};
use jiff::{Timestamp, civil::DateTime};

pub(crate) use self::agreed::scans;
use self::filed::Filing;
use crate::views::mediation::Seen;

/// The dossier of a mediation for a reader.
pub(crate) fn dossier(seen: Seen<'_>) -> Dossier {
    let record = Record::of(seen);
    let accepted = record.first(|event| matches!(event, Event::MediationAccepted { .. }));
    let accepted_on = accepted.map(|recorded| record.local(recorded.at).date());
    let filing = record.filing();
    Dossier {
        committee: record.committee(),
        number: seen.matter.number.to_string(),
        mediators: seen.mediation.mediator.map(|account| record.name_of(account)).into_iter().collect(),
        kind: record.kind(),
        source: seen.mediation.origin.map(source),
        parties: seen.mediation.parties.iter().map(|party| record.party(party)).collect(),
        brief: record.brief(),
        registration: accepted.map(|recorded| Registration {
            on: accepted_on,
            registrar: record.name_of_actor(&recorded.by),
            signatures: Vec::new(),
        }),
        accepted_on,
        rights: record.rights(),
        identity: record.identity(),
        sessions: record.sessions(),
        ending: record.ending(),
        performances: record.performances(),
        visits: record.visits(),
        confirmation: record.confirmation(),
        notes: record.notes(filing.as_ref()),
        originals: filing.as_ref().map(Filing::originals).unwrap_or_default(),
        retention: record.retention(filing.as_ref()),
        filed_on: filing.as_ref().map(|filing| filing.on),
        filed_by: filing.as_ref().map(|filing| filing.by.clone()).unwrap_or_default(),
        remarks: filing.map(|filing| filing.remarks).unwrap_or_default(),
        ..Dossier::default()
    }
}

/// Whether there are records of sessions that belong into the file and are not this reader's to read.
pub(crate) fn withholds_sessions(seen: Seen<'_>) -> bool {
    let record = Record::of(seen);
    record.events.iter().any(|recorded| is_together(&recorded.event) && !seen.whole(&recorded.event))
}

/// What happened in this mediation, for a reader.
#[derive(Clone, Copy)]
struct Record<'a> {
    seen: Seen<'a>,
    /// Since it was opened the last time; what came before belongs to an earlier one.
    events: &'a [Recorded],
}

impl<'a> Record<'a> {
    fn of(seen: Seen<'a>) -> Self {
        let opened = |recorded: &Recorded| matches!(recorded.event, Event::MediationOpened { .. });
        let from = seen.events.iter().rposition(opened).unwrap_or(0);
        Self { seen, events: seen.events.get(from..).unwrap_or_default() }
    }

    fn first(self, is_it: impl Fn(&Event) -> bool) -> Option<&'a Recorded> {
        self.events.iter().find(|recorded| is_it(&recorded.event))
    }

    fn last(self, is_it: impl Fn(&Event) -> bool) -> Option<&'a Recorded> {
        self.events.iter().rev().find(|recorded| is_it(&recorded.event))
    }

    fn local(self, at: Timestamp) -> DateTime {
        at.to_zoned(self.seen.site.zone.clone()).datetime()
    }

    fn name_of(self, account: AccountId) -> String {
        self.seen.mediator(account).name
    }

    fn name_of_actor(self, by: &By) -> String {
        by.account().map(|account| self.name_of(account)).unwrap_or_default()
    }

    fn party_name(self, no: u8) -> String {
        let party = self.seen.mediation.party(no);
        party.and_then(|party| self.seen.party(party.words)).map(|words| words.name).unwrap_or_default()
    }

    fn committee(self) -> String {
        let unit = self.seen.matter.lead.as_ref().and_then(|unit| self.seen.site.units.get(unit));
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    }

    fn kind(self) -> String {
        let matter = self.seen.matter;
        let catalogue = self.seen.site.pinned(&matter.catalogue);
        let is_its = |code: &str| Some(code) == matter.category.as_deref();
        let mut categories = catalogue.categories.iter();
        let found = categories.find(|category| category.class == Class::Dispute && is_its(&category.code));
        found.map(|category| category.name.clone()).unwrap_or_default()
    }

    fn brief(self) -> String {
        let words: Vec<_> = self.seen.matter.words.iter().filter_map(|text| self.seen.text(*text)).collect();
        words.join("\n")
    }

    /// A party. How it is reached is for itself and for those who work on it, not for the other side.
    fn party(self, party: &mediation::Party) -> Party {
        let words = self.seen.party(party.words).unwrap_or_default();
        let may_reach = match self.seen.reader {
            Reader::Party(no) => no == party.no,
            Reader::Staff(_) => true,
            Reader::Reporter => false,
        };
        let reached = |text: Option<String>| text.filter(|_| may_reach).unwrap_or_default();
        Party {
            side: match party.side {
                PartySide::Applicant => Side::Applicant,
                PartySide::Respondent => Side::Respondent,
                PartySide::Third => Side::Third,
            },
            no: party.no.into(),
            name: words.name,
            contact: reached(words.phone),
            address: reached(words.address),
            agent: words.agent.unwrap_or_default(),
        }
    }
}

fn is_together(event: &Event) -> bool {
    matches!(event, Event::SessionHeld { form: SessionForm::Together, .. })
}

fn source(origin: Origin) -> Source {
    let by = match origin {
        Origin::Application => return Source::Application,
        Origin::OwnInitiative => return Source::OwnInitiative,
        Origin::Court => "人民法院",
        Origin::Procuratorate => "人民检察院",
        Origin::Police => "公安机关",
        Origin::PetitionOffice => "信访工作机构",
        Origin::Other => "其他单位",
    };
    Source::HandedOver { by: by.to_owned() }
}
