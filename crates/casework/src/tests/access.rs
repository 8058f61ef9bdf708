//! Every cell of stage × command × part × relation, tried by an actor that stands in exactly that relation.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    place::{OTHER_TOWN, area, unit},
    sample::{OTHER, sample},
    scenario::{Case, fresh},
};
use crate::{
    access::{Part, Relation, allows, capacity, judges, may_read, relations},
    actor::{Actor, By, Grant, Role, Staff},
    id::AccountId,
    matter::{Class, CommandKind, Matter, Stage, Work},
    mediation::{HandOver, HandOverState, Mediation},
    refusal::Refusal,
};

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(99));

/// A matter of which the actor's unit, account and area know nothing.
fn matter_at(stage: Stage, class: Class) -> Case {
    let mut case = Case::at(class, stage);
    case.matter.class = class;
    case.matter.ruling = None;
    case.matter.work = None;
    case
}

/// An actor in a role and the matter, arranged so that the relation holds and as little else as can be.
fn arranged(stage: Stage, role: Role, relation: Relation) -> (Case, Staff) {
    let class = if relation == Relation::Place { Class::Hazard } else { Class::Service };
    let mut case = matter_at(stage, class);
    let matter = &mut case.matter;
    let mut grant = Grant { role, unit: unit("421321118.elsewhere"), area: area(OTHER_TOWN) };
    match relation {
        Relation::Reporter => {
            matter.reported_by = By::Staff { account: ACCOUNT, unit: grant.unit.clone(), role };
        }
        Relation::LeadUnit => matter.lead = Some(grant.unit.clone()),
        Relation::CoUnit => matter.co_handlers.push(crate::matter::CoHandler {
            unit: grant.unit.clone(),
            due_at: case.now,
            answered: false,
        }),
        Relation::OwningCentre => grant.unit = matter.centre.clone(),
        Relation::UpperCentre => grant.unit = unit("421321.centre"),
        Relation::RulingCentre => matter.ruling = Some(grant.unit.clone()),
        Relation::OwnRulingCentre => {
            grant.unit = matter.centre.clone();
            matter.ruling = Some(matter.centre.clone());
        }
        Relation::Place | Relation::Area => grant.area = matter.area,
        Relation::DidTheWork => {
            matter.work = Some(Work { stage: Stage::Screening, account: Some(ACCOUNT), unit: None });
        }
        Relation::ComplainedAbout => matter.about_unit = Some(grant.unit.clone()),
        Relation::Mediator => {
            matter.lead = Some(grant.unit.clone());
            mediation_of(matter).mediator = Some(ACCOUNT);
        }
        Relation::OtherBody => mediation_of(matter).hand_overs.push(HandOver {
            no: 1,
            channel: "court".into(),
            unit: Some(grant.unit.clone()),
            state: HandOverState::Sent,
            stood: None,
            since: case.now,
        }),
        Relation::Party | Relation::Nothing => {}
    }
    (case, Staff { account: ACCOUNT, grants: vec![grant] })
}

fn mediation_of(matter: &mut Matter) -> &mut Mediation {
    matter.mediation.get_or_insert_with(|| Box::new(Mediation::opened("people".into(), None)))
}

/// Some relations cannot stand alone.
fn with_what_it_implies(relation: Relation) -> Vec<Relation> {
    match relation {
        Relation::Place => vec![Relation::Place, Relation::Area],
        Relation::OwnRulingCentre => vec![Relation::OwningCentre, Relation::OwnRulingCentre],
        Relation::Mediator => vec![Relation::LeadUnit, Relation::Mediator],
        // Staff are no parties: a party acts with its access code.
        Relation::Party | Relation::Nothing => Vec::new(),
        Relation::OtherBody
        | Relation::Reporter
        | Relation::LeadUnit
        | Relation::CoUnit
        | Relation::OwningCentre
        | Relation::UpperCentre
        | Relation::RulingCentre
        | Relation::Area
        | Relation::DidTheWork
        | Relation::ComplainedAbout => vec![relation],
    }
}

fn other() -> Matter {
    let mut other = Case::reported(Class::Service).matter;
    other.id = fresh(OTHER).id;
    other
}

/// Asks capacity and decision; both must say what the table says.
fn check(case: &Case, command: CommandKind, actor: &Actor, may: &dyn Fn(Stage) -> bool, cell: &str) {
    let stage = case.matter.stage;
    let asked = capacity(&case.matter, command, actor, &case.site);
    let decided = case.tries(actor, &sample(command, 0)).map(|decision| decision.events.len());
    if may(stage) {
        assert!(asked.is_ok(), "{cell} is allowed, and refused with {asked:?}");
        let by_rights = decided.as_ref().err().is_some_and(Refusal::is_about_rights);
        assert!(!by_rights, "{cell} is allowed, and refused with {decided:?}");
    } else {
        let elsewhere = Stage::ALL.iter().any(|stage| may(*stage));
        let expected = if elsewhere { Refusal::NotInThisStage { stage } } else { Refusal::NotAllowed };
        assert_eq!(asked, Err(expected.clone()), "{cell}");
        assert_eq!(decided, Err(expected), "{cell}");
    }
}

#[test]
fn staff_may_do_what_the_table_says_and_nothing_else() {
    let mut allowed = 0;
    for stage in Stage::ALL {
        for role in Role::ALL {
            for relation in Relation::ALL {
                let (case, staff) = arranged(*stage, *role, *relation);
                let case = case.beside(other());
                let held = relations(&case.matter, ACCOUNT, &staff.grants[0], &case.site);
                assert_eq!(held, with_what_it_implies(*relation), "{stage} {role} {relation}");
                let actor = Actor::Staff(staff);
                for command in CommandKind::ALL {
                    let cell = format!("{stage} × {command} × {role} × {relation}");
                    if *relation == Relation::ComplainedAbout {
                        let refused = capacity(&case.matter, *command, &actor, &case.site);
                        assert_eq!(refused, Err(Refusal::ComplainedAbout), "{cell}");
                        continue;
                    }
                    let may = |stage| held.iter().any(|of| allows(stage, *command, Part::Staff(*role), *of));
                    allowed += usize::from(may(*stage));
                    check(&case, *command, &actor, &may, &cell);
                }
            }
        }
    }
    assert!(allowed > 200, "only {allowed} cells are allowed: the test arranges too little");
}

#[test]
fn the_reporter_and_the_system_may_do_what_the_table_says_and_nothing_else() {
    for stage in Stage::ALL {
        let mut case = matter_at(*stage, Class::Service).beside(other());
        with_a_party(&mut case.matter);
        for (actor, part, relation) in [
            (Actor::Reporter, Part::Reporter, Relation::Reporter),
            (Actor::System, Part::System, Relation::Nothing),
            (Actor::Party { no: 1 }, Part::Party, Relation::Party),
        ] {
            for command in CommandKind::ALL {
                let cell = format!("{stage} × {command} × {}", part.as_str());
                check(&case, *command, &actor, &|stage| allows(stage, *command, part, relation), &cell);
            }
        }
    }
}

fn with_a_party(matter: &mut Matter) {
    let party = crate::mediation::Party {
        no: 1,
        side: crate::mediation::PartySide::Applicant,
        organisation: false,
        words: crate::id::TextId(Uuid::nil()),
        consent: None,
        violence: None,
        identity: Vec::new(),
        chose: None,
        asked_other: 0,
        code_version: 0,
        known_to: Vec::new(),
    };
    mediation_of(matter).parties.push(party);
}

#[test]
fn nobody_is_a_party_by_saying_so() {
    for stage in Stage::ALL {
        let mut case = matter_at(*stage, Class::Service);
        with_a_party(&mut case.matter);
        for command in CommandKind::ALL {
            let asked = capacity(&case.matter, *command, &Actor::Party { no: 2 }, &case.site);
            assert_eq!(asked, Err(Refusal::NotAllowed), "{stage} × {command}");
        }
    }
}

#[test]
fn who_did_the_work_judges_it_in_no_capacity() {
    for stage in [Stage::Verifying, Stage::FollowUp] {
        for role in Role::ALL {
            for relation in Relation::ALL.iter().filter(|relation| **relation != Relation::ComplainedAbout) {
                let (mut case, staff) = arranged(stage, *role, *relation);
                case.matter.work = Some(Work { stage: Stage::Screening, account: Some(ACCOUNT), unit: None });
                let actor = Actor::Staff(staff);
                for command in CommandKind::ALL.iter().filter(|command| judges(**command)) {
                    let asked = capacity(&case.matter, *command, &actor, &case.site);
                    assert!(asked.is_err(), "{stage} × {command} × {role} × {relation}: {asked:?}");
                }
            }
        }
    }
}

#[test]
fn the_unit_complained_about_does_and_reads_nothing_whatever_else_it_is() {
    for stage in Stage::ALL {
        for role in Role::ALL {
            for relation in Relation::ALL {
                let (mut case, mut staff) = arranged(*stage, *role, *relation);
                let second = Grant { role: Role::Overseer, unit: unit("421321.water"), area: area("421321") };
                case.matter.about_unit = Some(second.unit.clone());
                staff.grants.push(second);
                assert!(!may_read(&case.matter, &staff, &case.site), "{stage} {role} {relation}");
                let actor = Actor::Staff(staff);
                for command in CommandKind::ALL {
                    let asked = capacity(&case.matter, *command, &actor, &case.site);
                    assert_eq!(
                        asked,
                        Err(Refusal::ComplainedAbout),
                        "{stage} × {command} × {role} × {relation}"
                    );
                }
            }
        }
    }
}

#[test]
fn reading_needs_a_relation_and_administrators_read_nothing() {
    let readers: BTreeSet<_> = Role::ALL
        .iter()
        .flat_map(|role| Relation::ALL.iter().map(move |relation| (*relation, *role)))
        .filter(|(relation, role)| {
            let (case, staff) = arranged(Stage::Handling, *role, *relation);
            may_read(&case.matter, &staff, &case.site)
        })
        .collect();
    let reads = |relation| {
        let roles: Vec<_> =
            readers.iter().filter(|(of, _)| *of == relation).map(|(_, role)| role.as_str()).collect();
        roles.join(" ")
    };
    let everybody =
        "grid_worker village_lead intake dispatcher supervisor director handler mediator overseer";
    for relation in [
        Relation::Reporter,
        Relation::LeadUnit,
        Relation::Mediator,
        Relation::OtherBody,
        Relation::OwningCentre,
        Relation::UpperCentre,
    ] {
        assert_eq!(reads(relation), everybody, "{relation}");
    }
    assert_eq!(reads(Relation::Area), everybody.replace(" handler mediator", ""));
    for relation in [Relation::Party, Relation::DidTheWork, Relation::ComplainedAbout, Relation::Nothing] {
        assert_eq!(reads(relation), "", "{relation}");
    }
}
