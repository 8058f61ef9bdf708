//! Who may do what: one table of stage × command × role × relation. What it does not allow is forbidden.
//!
//! Two relations exclude whatever else holds: the unit complained about touches nothing of the complaint, and who did the
//! work does not judge it.

pub mod lifecycle;
mod moves;
mod registers;
mod table;
pub mod talk_days;

use crate::{
    actor::{Actor, By, Grant, Role, Staff},
    area::{AreaCode, AreaLevel},
    id::AccountId,
    matter::{CommandKind, Matter, Source, Stage, Verification},
    mediation::{self, Mediation},
    refusal::Refusal,
    site::Site,
    unit::{UnitKind, Units},
    word::words,
};

pub use moves::{MOVES, Move, leads};
pub use registers::{may_keep_registers, may_read_registers};
pub use table::{Part, Rule};

words! {
    /// How an actor stands to a matter.
    Relation {
        /// Reported it, or holds its code.
        Reporter = "reporter",
        /// Its unit leads the work.
        LeadUnit = "lead_unit",
        /// Its unit helps.
        CoUnit = "co_unit",
        /// Its unit is the centre that answers for it.
        OwningCentre = "owning_centre",
        /// Its unit is a centre above that one.
        UpperCentre = "upper_centre",
        /// Its unit is the centre above that rules on an objection.
        RulingCentre = "ruling_centre",
        /// Its unit is the city centre that rules on an objection to itself, by its director.
        OwnRulingCentre = "own_ruling_centre",
        /// The matter is verified at the place, and the place lies in its area.
        Place = "place",
        /// The matter lies in its area.
        Area = "area",
        /// Is a party to the mediation.
        Party = "party",
        /// Mediates: named for this mediation, in the unit that leads it.
        Mediator = "mediator",
        /// Its unit is the body to which a mediation was handed over.
        OtherBody = "other_body",
        /// Did the work that is judged. Excludes judging.
        DidTheWork = "did_the_work",
        /// Its unit is the one complained about. Excludes everything.
        ComplainedAbout = "complained_about",
        /// Nothing binds it to the matter.
        Nothing = "nothing",
    }
}

/// Every row of the table: the matter's own and those of mediation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    table::TABLE.iter().chain(mediation::TABLE)
}

/// Whether the table lets a part in a relation do a command in a stage, nothing else considered.
#[must_use]
pub fn allows(stage: Stage, command: CommandKind, part: Part, relation: Relation) -> bool {
    rules().any(|rule| {
        rule.command == command && rule.stages.contains(&stage) && rule.who.contains(&(part, relation))
    })
}

/// Commands that judge work.
#[must_use]
pub fn judges(command: CommandKind) -> bool {
    matches!(
        command,
        CommandKind::Pass | CommandKind::Fail | CommandKind::CallBack | CommandKind::DecideRework
    )
}

/// Every relation of a grant to a matter.
#[must_use]
pub fn relations(matter: &Matter, account: AccountId, grant: &Grant, site: &Site) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut add = |holds: bool, relation| {
        if holds {
            relations.push(relation);
        }
    };
    let here = grant.reaches(matter.area);
    let owning = grant.unit == matter.centre;
    let ruling = matter.ruling.as_ref() == Some(&grant.unit);
    add(matter.reported_by.account() == Some(account), Relation::Reporter);
    let leads = matter.lead.as_ref() == Some(&grant.unit);
    let mediation = matter.mediation.as_deref();
    let stepped_back = mediation.is_some_and(|mediation| mediation.stepped_back.contains(&account));
    let mediates = mediation.is_some_and(|mediation| mediation.mediator == Some(account));
    let handed_over =
        mediation.and_then(Mediation::handed_over).and_then(|hand_over| hand_over.unit.as_ref());
    add(leads && !stepped_back, Relation::LeadUnit);
    add(leads && mediates, Relation::Mediator);
    add(handed_over == Some(&grant.unit), Relation::OtherBody);
    add(matter.co_handlers.iter().any(|co| co.unit == grant.unit), Relation::CoUnit);
    add(owning, Relation::OwningCentre);
    add(is_above(&site.units, grant, matter), Relation::UpperCentre);
    add(ruling && !owning, Relation::RulingCentre);
    add(ruling && owning, Relation::OwnRulingCentre);
    add(here && matter.class.verification() == Verification::AtThePlace, Relation::Place);
    add(here, Relation::Area);
    add(did_the_work(matter, account, grant), Relation::DidTheWork);
    add(matter.about_unit.as_ref() == Some(&grant.unit), Relation::ComplainedAbout);
    relations
}

fn is_above(units: &Units, grant: &Grant, matter: &Matter) -> bool {
    let centre = |id| units.get(id).filter(|unit| unit.kind == UnitKind::Centre);
    match (centre(&grant.unit), centre(&matter.centre)) {
        (Some(here), Some(owning)) => here.area != owning.area && here.area.contains(owning.area),
        _ => false,
    }
}

/// The account that did the work, or anybody of a department or committee that did.
fn did_the_work(matter: &Matter, account: AccountId, grant: &Grant) -> bool {
    matter.work.as_ref().is_some_and(|work| {
        let unit_did = matches!(work.stage, Stage::Handling | Stage::Mediating)
            && work.unit.as_ref() == Some(&grant.unit);
        work.account == Some(account) || unit_did
    })
}

/// The capacity in which an actor may do a command.
///
/// # Errors
/// The refusal that says why no capacity allows it.
pub fn capacity(matter: &Matter, command: CommandKind, actor: &Actor, site: &Site) -> Result<By, Refusal> {
    match actor {
        Actor::System => by_part(matter, command, Part::System, By::System),
        Actor::Reporter => by_part(matter, command, Part::Reporter, By::Reporter),
        Actor::Party { no } => by_party(matter, command, *no),
        Actor::Staff(staff) => by_staff(matter, command, staff, site),
    }
}

fn by_part(matter: &Matter, command: CommandKind, part: Part, by: By) -> Result<By, Refusal> {
    let relation = match part {
        Part::Reporter => Relation::Reporter,
        Part::Party => Relation::Party,
        Part::System | Part::Staff(_) => Relation::Nothing,
    };
    if allows(matter.stage, command, part, relation) {
        return Ok(by);
    }
    Err(refused(matter, |stage| allows(stage, command, part, relation)))
}

/// A party acts for itself, as long as it is one.
fn by_party(matter: &Matter, command: CommandKind, no: u8) -> Result<By, Refusal> {
    if matter.mediation.as_deref().and_then(|mediation| mediation.party(no)).is_none() {
        return Err(Refusal::NotAllowed);
    }
    by_part(matter, command, Part::Party, By::Party { no })
}

fn by_staff(matter: &Matter, command: CommandKind, staff: &Staff, site: &Site) -> Result<By, Refusal> {
    let grants: Vec<_> =
        staff.grants.iter().map(|grant| (grant, relations(matter, staff.account, grant, site))).collect();
    let is = |excluding| grants.iter().any(|(_, relations)| relations.contains(&excluding));
    let may = |stage, (grant, relations): &(&Grant, Vec<Relation>)| {
        relations.iter().any(|relation| allows(stage, command, Part::Staff(grant.role), *relation))
    };
    if is(Relation::ComplainedAbout) {
        return Err(Refusal::ComplainedAbout);
    }
    let Some((grant, _)) = grants.iter().find(|held| may(matter.stage, held)) else {
        return Err(refused(matter, |stage| grants.iter().any(|held| may(stage, held))));
    };
    if judges(command) && is(Relation::DidTheWork) {
        return Err(Refusal::DidTheWork);
    }
    Ok(By::Staff { account: staff.account, unit: grant.unit.clone(), role: grant.role })
}

/// Not in this stage, when another stage would allow it; otherwise not allowed.
fn refused(matter: &Matter, may: impl Fn(Stage) -> bool) -> Refusal {
    if Stage::ALL.iter().any(|stage| may(*stage)) {
        Refusal::NotInThisStage { stage: matter.stage }
    } else {
        Refusal::NotAllowed
    }
}

/// Whether a member of staff may read a matter.
#[must_use]
pub fn may_read(matter: &Matter, staff: &Staff, site: &Site) -> bool {
    let mut reads = false;
    for grant in &staff.grants {
        let relations = relations(matter, staff.account, grant, site);
        if relations.contains(&Relation::ComplainedAbout) {
            return false;
        }
        reads |=
            grant.role.reads_matters() && relations.iter().any(|relation| reading(grant.role, *relation));
    }
    reads
}

fn reading(role: Role, relation: Relation) -> bool {
    match relation {
        Relation::Reporter
        | Relation::LeadUnit
        | Relation::CoUnit
        | Relation::OwningCentre
        | Relation::UpperCentre
        | Relation::RulingCentre
        | Relation::OwnRulingCentre => true,
        Relation::Area => reads_its_area(role),
        Relation::Mediator | Relation::OtherBody => true,
        Relation::Party
        | Relation::Place
        | Relation::DidTheWork
        | Relation::ComplainedAbout
        | Relation::Nothing => false,
    }
}

/// Whether a role reads every matter of its area; handlers and mediators read only what is theirs.
#[must_use]
pub fn reads_its_area(role: Role) -> bool {
    match role {
        Role::GridWorker
        | Role::VillageLead
        | Role::Intake
        | Role::Dispatcher
        | Role::Supervisor
        | Role::Director
        | Role::Overseer => true,
        Role::Handler | Role::Mediator | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => false,
    }
}

/// Whether an actor may record a report that came in a given way from an area.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may_report(source: Source, area: AreaCode, actor: &Actor) -> Result<By, Refusal> {
    match actor {
        Actor::System => Ok(By::System),
        Actor::Reporter if source == Source::Resident => Ok(By::Reporter),
        Actor::Reporter | Actor::Party { .. } => Err(Refusal::NotAllowed),
        Actor::Staff(staff) => staff
            .grants
            .iter()
            .find(|grant| {
                reports(grant.role).contains(&source)
                    && grant.area.contains(area.at_level(AreaLevel::Village).unwrap_or(area))
                    || (reports(grant.role).contains(&source) && area.contains(grant.area))
            })
            .map(|grant| By::Staff { account: staff.account, unit: grant.unit.clone(), role: grant.role })
            .ok_or(Refusal::NotAllowed),
    }
}

fn reports(role: Role) -> &'static [Source] {
    match role {
        Role::GridWorker => &[Source::GridWorker, Source::Inspection],
        Role::VillageLead => &[Source::GridWorker, Source::Inspection, Source::TalkDay, Source::Visit],
        Role::Intake | Role::Dispatcher | Role::Supervisor | Role::Director => &[Source::Visit, Source::Call],
        Role::Handler
        | Role::Mediator
        | Role::Overseer
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => &[],
    }
}
