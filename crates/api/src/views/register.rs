//! Entries of the registers as answers show them.

use casework::{
    id::{MediatorId, MethodId, StudioId},
    matter::Class,
    register::{
        Committee, CommitteeKind, Finding, Mediator, MediatorKind, Method, MethodStep, Minority,
        PartiesAdmitted, Studio, Term,
    },
    site::Site,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use store::{Entry, RegisterChange};
use utoipa::ToSchema;

use super::area::{AreaView, CategoryRef, UnitRef};

/// Something to mend.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    #[serde(flatten)]
    finding: Finding,
    /// The article of the People's Mediation Law that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<u32>,
}

fn findings(found: Vec<Finding>) -> Vec<FindingView> {
    found.into_iter().map(|finding| FindingView { article: finding.article(), finding }).collect()
}

/// Kinds of dispute with their names; one that is no longer in the catalogue is left out.
pub(crate) fn disputes(codes: &[String], site: &Site) -> Vec<CategoryRef> {
    let named = |code: &String| CategoryRef::at(Class::Dispute, code, &site.catalogue.version, site);
    codes.iter().filter_map(named).collect()
}

/// A studio's id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StudioRef {
    pub(crate) id: StudioId,
    pub(crate) name: String,
}

/// A mediator's id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MediatorRef {
    pub(crate) id: MediatorId,
    pub(crate) name: String,
}

/// A mediator of the register.
#[derive(Serialize, ToSchema)]
pub(crate) struct MediatorView {
    pub(crate) id: MediatorId,
    version: u32,
    name: String,
    kind: MediatorKind,
    unit: UnitRef,
    area: AreaView,
    specialties: Vec<CategoryRef>,
    term: Term,
    #[serde(skip_serializing_if = "Option::is_none")]
    studio: Option<StudioRef>,
    /// The name with which the mediator signs in; volunteers may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    /// Takes new mediations.
    active: bool,
    /// Mediations that the committee has open.
    open: u32,
    /// What is to be mended.
    findings: Vec<FindingView>,
    /// The reader may change the entry.
    may_change: bool,
}

/// What stands beside a mediator's entry.
pub(crate) struct Beside {
    pub(crate) studio: Option<StudioRef>,
    pub(crate) account: Option<String>,
    pub(crate) open: u32,
    pub(crate) may_change: bool,
}

impl MediatorView {
    pub(crate) fn of(entry: &Entry<Mediator>, beside: Beside, site: &Site, today: Date) -> Self {
        let Mediator { id, unit, name, kind, specialties, area, term, active, .. } = &entry.kept;
        Self {
            id: *id,
            version: entry.version,
            name: name.clone(),
            kind: *kind,
            unit: UnitRef::at(unit, site),
            area: AreaView::at(*area, site),
            specialties: disputes(specialties, site),
            term: *term,
            studio: beside.studio,
            account: beside.account,
            active: *active,
            open: beside.open,
            findings: findings(entry.kept.findings(today)),
            may_change: beside.may_change,
        }
    }
}

/// A committee of the register.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommitteeView {
    pub(crate) unit: UnitRef,
    version: u32,
    /// The area that it serves; a unit that is gone has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<AreaView>,
    kind: CommitteeKind,
    approved_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    director: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    members: u32,
    includes_a_woman: bool,
    minority_represented: Minority,
    term: Term,
    /// The disputes that it takes; none: any dispute of its area.
    admits: Vec<CategoryRef>,
    /// The places from which it takes them; none: all of its area.
    areas: Vec<AreaView>,
    /// Between whom it mediates.
    parties: PartiesAdmitted,
    /// Mediations that it has open.
    open: u32,
    /// What is to be mended.
    findings: Vec<FindingView>,
    /// The reader may change the entry.
    may_change: bool,
}

impl CommitteeView {
    pub(crate) fn of(
        entry: &Entry<Committee>,
        open: u32,
        may_change: bool,
        site: &Site,
        today: Date,
    ) -> Self {
        let kept = &entry.kept;
        Self {
            unit: UnitRef::at(&kept.unit, site),
            version: entry.version,
            area: site.units.get(&kept.unit).map(|unit| AreaView::at(unit.area, site)),
            kind: kept.kind,
            approved_by: kept.approved_by.clone(),
            director: kept.director.clone(),
            phone: kept.phone.clone(),
            address: kept.address.clone(),
            members: kept.members,
            includes_a_woman: kept.includes_a_woman,
            minority_represented: kept.minority_represented,
            term: kept.term,
            admits: disputes(&kept.admits, site),
            areas: kept.areas.iter().map(|area| AreaView::at(*area, site)).collect(),
            parties: kept.parties,
            open,
            findings: findings(kept.findings(today)),
            may_change,
        }
    }
}

/// A named studio of the register.
#[derive(Serialize, ToSchema)]
pub(crate) struct StudioView {
    pub(crate) id: StudioId,
    version: u32,
    name: String,
    unit: UnitRef,
    lead: MediatorRef,
    /// The mediators who name it, the lead among them when it does.
    members: Vec<MediatorRef>,
    specialties: Vec<CategoryRef>,
    approved_by: String,
    hours: String,
    /// The reader may change the entry.
    may_change: bool,
}

impl StudioView {
    pub(crate) fn of(
        entry: &Entry<Studio>,
        lead: MediatorRef,
        members: Vec<MediatorRef>,
        may_change: bool,
        site: &Site,
    ) -> Self {
        let kept = &entry.kept;
        Self {
            id: kept.id,
            version: entry.version,
            name: kept.name.clone(),
            unit: UnitRef::at(&kept.unit, site),
            lead,
            members,
            specialties: disputes(&kept.specialties, site),
            approved_by: kept.approved_by.clone(),
            hours: kept.hours.clone(),
            may_change,
        }
    }
}

/// A local method of the register.
#[derive(Serialize, ToSchema)]
pub(crate) struct MethodView {
    id: MethodId,
    version: u32,
    name: String,
    /// Where it is used.
    area: AreaView,
    /// For which disputes; none: for any.
    categories: Vec<CategoryRef>,
    steps: Vec<MethodStep>,
    /// Offered for new mediations.
    active: bool,
    /// The reader may change the entry.
    may_change: bool,
}

impl MethodView {
    pub(crate) fn of(entry: &Entry<Method>, may_change: bool, site: &Site) -> Self {
        let Method { id, name, area, categories, steps, active } = entry.kept.clone();
        Self {
            id,
            version: entry.version,
            name,
            area: AreaView::at(area, site),
            categories: disputes(&categories, site),
            steps,
            active,
            may_change,
        }
    }
}

/// A change of an entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeView {
    version: u32,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who, as colleagues see the name.
    name: String,
    unit: UnitRef,
    /// The fields that changed, in the order of their names.
    fields: Vec<String>,
}

impl ChangeView {
    pub(crate) fn all(changes: &[RegisterChange], site: &Site) -> Vec<Self> {
        let view = |change: &RegisterChange| Self {
            version: change.version,
            at: change.at,
            name: change.name.clone(),
            unit: UnitRef::at(&change.unit, site),
            fields: change.fields.keys().cloned().collect(),
        };
        changes.iter().map(view).collect()
    }
}
