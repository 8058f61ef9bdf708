//! A matter as one line of a list.

use casework::{
    area::Point,
    id::{AccountId, MatterId, Number},
    matter::{Class, Outcome, Source, Stage, SupervisionLevel, Urgency},
    mediation::{Mediation, SessionForm, SessionState, Step, Venue},
    site::Site,
};
use jiff::Timestamp;
use serde::Serialize;
use store::Listed;
use utoipa::ToSchema;

use super::{
    area::{AreaView, CategoryRef},
    now::Now,
};

/// One line of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RowView {
    pub(crate) id: MatterId,
    pub(crate) number: Number,
    pub(crate) version: u32,
    class: Class,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<CategoryRef>,
    urgency: Urgency,
    stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    source: Source,
    area: AreaView,
    /// The names from the county down.
    area_path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Point>,
    /// The beginning of what was reported.
    preview: String,
    photos: u32,
    now: Now,
    #[schema(value_type = String, format = DateTime)]
    reported_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    urged: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    supervision: Option<SupervisionLevel>,
    rework: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    mediating: Option<MediationLine>,
}

/// What a line says of a mediation; it names no party.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MediationLine {
    step: Step,
    #[serde(skip_serializing_if = "Option::is_none")]
    mediator: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<NextSession>,
}

/// The first of the sessions that are set, while it is under way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NextSession {
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    form: SessionForm,
    venue: Venue,
}

impl MediationLine {
    fn of(mediation: &Mediation) -> Self {
        let under_way = mediation.result.is_none();
        let set = mediation.sessions.iter().filter(|session| under_way && session.state == SessionState::Set);
        let next = set.min_by_key(|session| session.starts_at).map(|session| NextSession {
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            form: session.form,
            venue: session.venue,
        });
        Self { step: mediation.step(), mediator: mediation.mediator, next }
    }
}

impl RowView {
    pub(crate) fn of(listed: &Listed, site: &Site, now: Timestamp) -> Self {
        let matter = &listed.row.matter;
        Self {
            id: matter.id,
            number: matter.number.clone(),
            version: matter.version,
            class: matter.class,
            category: CategoryRef::of(matter, site),
            urgency: matter.urgency,
            stage: matter.stage,
            outcome: matter.outcome,
            source: matter.source,
            area: AreaView::at(matter.area, site),
            area_path: site.areas.path(matter.area),
            place: matter.place,
            preview: listed.preview.clone(),
            photos: matter.photos,
            now: Now::of(matter, site, now),
            reported_at: matter.reported_at,
            changed_at: matter.changed_at,
            urged: matter.urged,
            supervision: matter.supervision,
            rework: matter.rework,
            mediating: matter.mediation.as_deref().map(MediationLine::of),
        }
    }
}
