//! A party's page.

use casework::{
    catalogue::Choice,
    id::{Number, TextId},
    matter::{CommandKind, Event, Outcome, Stage},
    mediation::{Bar, Channel, is_to_the_parties},
    register::Committee,
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
use crate::catalogue::MediationBounds;

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
    /// Where the committee is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// What was said when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    closing: Option<ClosingView>,
    bounds: MediationBounds,
    /// In the answer to `replace_party_code`: the new access code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
}

/// How a mediation ended, in words to the parties.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClosingView {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What the committee says. What a party said to its mediator when it stopped is not here.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// Why it was not taken on.
    #[serde(skip_serializing_if = "Option::is_none")]
    bar: Option<Bar>,
    /// The other roads that were told in writing (RMTJF art. 26).
    roads: Vec<Choice>,
}

/// Who is there for the parties.
pub(crate) struct Staffed {
    pub(crate) committee: Option<Committee>,
    /// Whom they may choose.
    pub(crate) mediators: Vec<MediatorNamed>,
}

impl PartyPage {
    pub(crate) fn of(
        seen: Seen<'_>,
        me: u8,
        staff: Staffed,
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
            mediation: MediationView::of(seen),
            mediators: staff.mediators,
            roads: catalogue.mediation.channels.iter().filter(takes).cloned().collect(),
            can,
            cannot,
            readers: reads.into_iter().map(|read| Reader::of(read, site)).collect(),
            phone: staff.committee.as_ref().and_then(|committee| committee.phone.clone()),
            address: staff.committee.and_then(|committee| committee.address),
            closing: closing(seen),
            bounds: MediationBounds::of(&catalogue.mediation),
            code: None,
        }
    }
}

/// The last end, once the matter is not mediated any more.
#[allow(clippy::wildcard_enum_match_arm, reason = "two events end a mediation with words")]
fn closing(seen: Seen<'_>) -> Option<ClosingView> {
    let Seen { matter, site, texts, .. } = seen;
    let catalogue = site.pinned(&matter.catalogue);
    let road = |code: &String| catalogue.guide_routes.iter().find(|route| route.code == *code).cloned();
    let said = |id: TextId| {
        let words = texts.kind(id).filter(|kind| is_to_the_parties(*kind)).and_then(|_| texts.get(id));
        words.map(str::to_owned)
    };
    let (at, bar, words, roads) = seen.newest().find_map(|recorded| match &recorded.event {
        Event::MediationConcluded { words, roads, .. } => {
            Some((recorded.at, None, words.map(|words| words.id), roads.as_slice()))
        }
        Event::MediationDeclined { bar, words } => {
            Some((recorded.at, Some(*bar), Some(words.id), [].as_slice()))
        }
        _ => None,
    })?;
    let roads = roads.iter().filter_map(road).collect();
    let ended = matter.stage != Stage::Mediating;
    ended.then(|| ClosingView { at, words: words.and_then(said), bar, roads })
}
