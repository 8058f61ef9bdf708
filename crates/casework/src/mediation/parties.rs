//! The parties: added, corrected, and given a new access code. Their names are one erasable text each; nothing else of them is kept.

use serde::{Deserialize, Serialize};

use super::{Mediation, PartySide};
use crate::{
    matter::{Contact, Event, PartyRef, turn::Turn},
    refusal::Refusal,
    register::{Dispute, with_organisation},
    text::TextKind,
};

/// A party as the committee notes it. What the forms ask beyond need (民族 and the like) is printed blank and has no field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyGiven {
    /// Its side.
    pub side: PartySide,
    /// Whether it is an organisation: a hospital, an employer, a company.
    #[serde(default)]
    pub organisation: bool,
    /// Its name; that of an organisation as it is registered.
    pub name: String,
    /// A phone number: its last four digits open the party's own page, with the access code.
    #[serde(default)]
    pub phone: Option<String>,
    /// Where papers reach it.
    #[serde(default)]
    pub address: Option<String>,
    /// Who speaks for it, with its written authority.
    #[serde(default)]
    pub agent: Option<String>,
}

/// What is kept of a party, in one erasable text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PartyWords {
    /// Its name.
    pub name: String,
    /// Its phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

const MOST_CHARACTERS: usize = 100;

impl PartyGiven {
    fn words(&self) -> Result<String, Refusal> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::WordsMissing { field: "name" });
        }
        let part = |field, text: &Option<String>| match text.as_deref().map(str::trim) {
            Some(text) if text.chars().count() > MOST_CHARACTERS => {
                Err(Refusal::WordsTooLong { field, most: MOST_CHARACTERS })
            }
            Some(text) if !text.is_empty() => Ok(Some(text.to_owned())),
            Some(_) | None => Ok(None),
        };
        if name.chars().count() > MOST_CHARACTERS {
            return Err(Refusal::WordsTooLong { field: "name", most: MOST_CHARACTERS });
        }
        let contact = Contact { phone: self.phone.clone(), ..Contact::default() }.tidied()?;
        let words = PartyWords {
            name: name.to_owned(),
            phone: contact.and_then(|contact| contact.phone),
            address: part("address", &self.address)?,
            agent: part("agent", &self.agent)?,
        };
        serde_json::to_string(&words).map_err(|_| Refusal::WordsUnreadable { field: "name" })
    }
}

/// Whether the committee takes the dispute between these parties; asked once both sides are known.
pub(super) fn admitted(turn: &Turn<'_>, mediation: &Mediation, given: &[PartyGiven]) -> Result<(), Refusal> {
    let Some(unit) = turn.matter.lead.as_ref() else { return Ok(()) };
    let known = mediation.parties.iter().map(|party| (party.side, party.organisation));
    let all: Vec<_> = known.chain(given.iter().map(|party| (party.side, party.organisation))).collect();
    let dispute = Dispute { with_organisation: with_organisation(&all), ..Dispute::of(turn.matter) };
    turn.admitted(unit, turn.catalogue.channel(&mediation.channel), dispute)
}

/// Writes parties down under their numbers.
pub(super) fn written(
    turn: &mut Turn<'_>,
    mediation: &Mediation,
    given: &[PartyGiven],
) -> Result<Vec<PartyRef>, Refusal> {
    let most = turn.catalogue.mediation.parties;
    if mediation.parties.len().saturating_add(given.len()) > usize::from(most) {
        return Err(Refusal::TooMany { field: "parties", most: most.into() });
    }
    let last = mediation.parties.iter().map(|party| party.no).max().unwrap_or(0);
    (last.saturating_add(1)..)
        .zip(given)
        .map(|(no, party)| {
            let words = turn.write("name", TextKind::Party, &party.words()?)?;
            Ok(PartyRef { no, side: party.side, organisation: party.organisation, words })
        })
        .collect()
}

/// Adds a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddParty {
    /// The party.
    pub party: PartyGiven,
}

impl AddParty {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        // A signature holds for an agreement among those who were there.
        if mediation.agreement.is_some() {
            return Err(Refusal::AgreementInEffect);
        }
        if !mediation.has_two_sides() {
            admitted(turn, mediation, std::slice::from_ref(&self.party))?;
        }
        for party in written(turn, mediation, std::slice::from_ref(&self.party))? {
            turn.record(Event::PartyAdded { party });
        }
        Ok(())
    }
}

/// Corrects how a party is noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectParty {
    /// Its number.
    pub no: u8,
    /// As it is.
    pub party: PartyGiven,
}

impl CorrectParty {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        of_parties(turn)?.party(self.no).ok_or(Refusal::UnknownParty)?;
        let words = turn.write("name", TextKind::Party, &self.party.words()?)?;
        let (side, organisation) = (self.party.side, self.party.organisation);
        turn.record(Event::PartyCorrected { party: PartyRef { no: self.no, side, organisation, words } });
        Ok(())
    }
}

/// A mediation that has parties.
fn of_parties<'a>(turn: &Turn<'a>) -> Result<&'a Mediation, Refusal> {
    Some(turn.mediation()?).filter(|mediation| !mediation.parties.is_empty()).ok_or(Refusal::NotAccepted)
}

/// Gives a party a new access code; the old one opens nothing any more. The committee does it after it has checked who asks; a party
/// does it for itself on its page.
///
/// When a mediator goes, nobody's code is replaced by itself. The party would lose its page at the moment when it has used its right to
/// another mediator, and could neither choose nor refuse until somebody reached it. So the code stays; what the one who has gone might
/// overhear, the private room, stays shut until the party has taken a new code, which its page offers first of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplacePartyCode {
    /// Its number.
    pub party: u8,
    /// Why.
    pub reason: String,
}

impl ReplacePartyCode {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        of_parties(turn)?;
        let party = turn.party_acting(Some(self.party))?;
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        turn.record(Event::PartyCodeReplaced { party, reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::Event,
        mediation::PartySide,
        tests::{
            cast::{intake, mediator, other_mediator, party},
            mediating::{accepted, agreed, opened, parties},
            scenario::command,
        },
        text::TextKind,
    };

    #[test]
    fn names_stand_in_a_text_of_their_own_and_nowhere_else() {
        let case = accepted();
        let names: Vec<_> = case.texts.iter().filter(|text| text.kind == TextKind::Party).collect();
        assert_eq!(names.len(), 2);
        assert_eq!(names[0].words, r#"{"name":"甲某","phone":"13800000001"}"#);
        assert!(!TextKind::Party.is_searchable());
        let Event::MediationAccepted { parties, .. } = &case.events.last().unwrap().event else { panic!() };
        assert_eq!(parties[1].side, PartySide::Respondent);
    }

    #[test]
    fn a_third_party_joins_until_there_is_an_agreement() {
        let third = || serde_json::json!({"side": "third", "name": "丙某", "address": "三组"});
        accepted()
            .when(intake(), command!(add_party, "party": third()))
            .refused("not_allowed")
            .when(mediator(), command!(add_party, "party": third()))
            .then("party_added")
            .and(|matter| matter.mediation.as_deref().unwrap().party(3).is_some())
            .when(mediator(), command!(correct_party, "no": 4, "party": third()))
            .refused("unknown_party")
            .when(
                mediator(),
                command!(correct_party, "no": 3, "party": {"side": "respondent", "name": "丙某"}),
            )
            .then("party_corrected")
            .and(|matter| {
                matter.mediation.as_deref().unwrap().party(3).unwrap().side == PartySide::Respondent
            })
            .when(mediator(), command!(replace_party_code, "party": 3, "reason": "当面核对身份"))
            .then("party_code_replaced")
            .and(|matter| matter.mediation.as_deref().unwrap().party(3).unwrap().code_version == 1);
        agreed().when(mediator(), command!(add_party, "party": third())).refused("not_in_this_stage");
    }

    /// RMTJF art. 23: the right to another mediator costs a party nothing, its page least of all.
    #[test]
    fn a_code_outlives_its_mediator_and_the_party_takes_a_new_one() {
        let replace = |no: u8| command!(replace_party_code, "party": no, "reason": "调解员换了");
        let says = || command!(speak_in_private, "words": "其实可以再让一点");
        let asked = accepted().does(party(1), command!(ask_other_mediator));
        let version = |matter: &crate::matter::Matter, no| {
            matter.mediation.as_deref().unwrap().party(no).unwrap().code_version
        };
        let renewed = asked
            .and(|matter| version(matter, 1) == 0 && version(matter, 2) == 0)
            .when(party(1), says())
            .refused("code_known")
            .when(party(1), replace(2))
            .refused("unknown_party")
            .when(party(1), replace(1))
            .then("party_code_replaced")
            .and(|matter| version(matter, 1) == 1 && version(matter, 2) == 0)
            .does(party(1), says());
        let named = renewed.naming(&other_mediator()).does(
            other_mediator(),
            command!(name_mediator, "mediator": "00000000-0000-0000-0000-000000000017"),
        );
        named
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                !mediation.code_is_known(1) && mediation.code_is_known(2)
            })
            .does(party(1), says())
            .when(party(2), says())
            .refused("code_known");
    }

    #[test]
    fn before_there_is_a_party_none_is_corrected() {
        let given = || serde_json::json!({"side": "third", "name": "丙某"});
        opened()
            .when(mediator(), command!(correct_party, "no": 1, "party": given()))
            .refused("not_accepted")
            .when(mediator(), command!(replace_party_code, "party": 1, "reason": "当面核对身份"))
            .refused("not_accepted");
    }

    #[test]
    fn what_is_noted_must_be_usable() {
        let with = |party: serde_json::Value| command!(add_party, "party": party);
        accepted()
            .when(mediator(), with(serde_json::json!({"side": "third", "name": " "})))
            .refused("words_missing")
            .when(mediator(), with(serde_json::json!({"side": "third", "name": "某".repeat(101)})))
            .refused("words_too_long")
            .when(mediator(), with(serde_json::json!({"side": "third", "name": "某", "phone": "12ab"})))
            .refused("bad_contact");
        let many: Vec<_> =
            std::iter::repeat_n(parties(), 11).flat_map(|two| two.as_array().unwrap().clone()).collect();
        crate::tests::mediating::opened()
            .when(mediator(), command!(accept_mediation, "origin": "application", "parties": many))
            .refused("too_many");
    }
}
