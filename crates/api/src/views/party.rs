//! A party's page.

use casework::{
    id::Number,
    matter::{CommandKind, Outcome, Stage},
    mediation::Channel,
};
use jiff::Timestamp;
use serde::Serialize;
use store::Read;
use utoipa::ToSchema;

use super::{
    area::{AreaView, CategoryRef, UnitRef},
    detail::RefusedCommand,
    follow::Reader,
    mediation::{MediationView, MediatorNamed, Seen},
};

/// What a party sees of its mediation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PartyPage {
    number: Number,
    version: u32,
    /// The reader's own number.
    me: u8,
    stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<CategoryRef>,
    area: AreaView,
    /// The committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    /// Until when the mediation runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// The law that the limit comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    mediation: MediationView,
    /// Whom it may choose.
    mediators: Vec<MediatorNamed>,
    /// The other roads, open at any time (RMTJF art. 3, 26).
    roads: Vec<Channel>,
    can: Vec<CommandKind>,
    cannot: Vec<RefusedCommand>,
    /// Which offices read how parties are reached, and what for.
    readers: Vec<Reader>,
}

impl PartyPage {
    pub(crate) fn of(
        seen: Seen<'_>,
        me: u8,
        mediation: MediationView,
        mediators: Vec<MediatorNamed>,
        can: Vec<CommandKind>,
        cannot: Vec<RefusedCommand>,
        reads: Vec<Read>,
    ) -> Self {
        let Seen { matter, site, .. } = seen;
        let catalogue = site.pinned(&matter.catalogue);
        let clock = matter.clock.as_ref();
        let takes = |channel: &&Channel| !channel.mediates && channel.takes(matter.category.as_deref());
        Self {
            number: matter.number.clone(),
            version: matter.version,
            me,
            stage: matter.stage,
            outcome: matter.outcome,
            category: CategoryRef::of(matter, site),
            area: AreaView::at(matter.area, site),
            unit: matter.lead.as_ref().map(|unit| UnitRef::at(unit, site)),
            due_at: clock.map(|clock| clock.due_at),
            citation: clock
                .and_then(|clock| catalogue.limit_by_code(&clock.rule))
                .map(|rule| rule.citation.clone()),
            mediation,
            mediators,
            roads: catalogue.mediation.channels.iter().filter(takes).cloned().collect(),
            can,
            cannot,
            readers: reads.into_iter().map(|read| Reader::of(read, site)).collect(),
        }
    }
}
