//! A matter as its page shows it to staff.

use casework::{
    Refusal,
    area::AreaLevel,
    calendar::Limit,
    id::{MatterId, Number},
    matter::{Answer, CommandKind, Matter, Stage},
    site::Site,
    talk_day::TalkItem,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    area::UnitRef,
    mediation::MediationView,
    row::RowView,
    timeline::{EntryView, PhotoView},
};
use crate::problem::Problem;

/// A matter's id and number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MatterRef {
    pub(crate) id: MatterId,
    pub(crate) number: Number,
}

/// Whether and how the reporter may be reached, without the contact itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContactGiven {
    given: bool,
}

/// A unit that helps.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CoHandlerView {
    unit: UnitRef,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
    answered: bool,
}

/// A pause.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PauseView {
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    reason: String,
}

/// The running clock with where its limit comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClockView {
    stage: Stage,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
    /// The law, or `本站设定`.
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    provisional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<PauseView>,
}

impl ClockView {
    fn of(matter: &Matter, site: &Site) -> Option<Self> {
        let stopped = matter.pause.as_ref().and_then(|pause| pause.clock.as_ref());
        let clock = matter.clock.as_ref().or(stopped)?;
        let rule = site.pinned(&matter.catalogue).limit_by_code(&clock.rule);
        Some(Self {
            stage: matter.stage,
            started_at: clock.started_at,
            due_at: clock.due_at,
            limit: rule.map(|rule| rule.limit),
            citation: rule.map(|rule| rule.citation.clone()),
            provisional: clock.provisional,
            paused: matter.pause.as_ref().map(|pause| PauseView {
                since: pause.since,
                until: pause.until,
                reason: pause.because.clone(),
            }),
        })
    }
}

/// Everything about a matter but its contact.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[allow(clippy::struct_excessive_bools, reason = "four facts that pages show side by side")]
pub(crate) struct Detail {
    #[serde(flatten)]
    pub(crate) row: RowView,
    pub(crate) words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    contact: ContactGiven,
    pub(crate) photo_list: Vec<PhotoView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<UnitRef>,
    co_handlers: Vec<CoHandlerView>,
    centre: UnitRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    about_unit: Option<UnitRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<ClockView>,
    returned: bool,
    extended: bool,
    ruled: bool,
    archived: bool,
    /// Days asked for and not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension_asked: Option<u32>,
    /// Unhappy a second time: the centre decides.
    rework_asked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<Answer>,
    /// What was said at a talk day and became this matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    talk_day: Option<TalkItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<MatterRef>,
    pub(crate) children: Vec<MatterRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) merged_into: Option<MatterRef>,
    pub(crate) merged_from: Vec<MatterRef>,
    pub(crate) links: Vec<MatterRef>,
    /// Its mediation, for those near to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mediation: Option<MediationView>,
}

impl Detail {
    pub(crate) fn of(matter: &Matter, row: RowView, site: &Site) -> Self {
        Self {
            row,
            words: String::new(),
            address: None,
            contact: ContactGiven { given: matter.contact.is_some() },
            photo_list: Vec::new(),
            lead: matter.lead.as_ref().map(|unit| UnitRef::at(unit, site)),
            co_handlers: matter
                .co_handlers
                .iter()
                .map(|co| CoHandlerView {
                    unit: UnitRef::at(&co.unit, site),
                    due_at: co.due_at,
                    answered: co.answered,
                })
                .collect(),
            centre: UnitRef::at(&matter.centre, site),
            about_unit: matter.about_unit.as_ref().map(|unit| UnitRef::at(unit, site)),
            clock: ClockView::of(matter, site),
            returned: matter.returned,
            extended: matter.extended,
            ruled: matter.ruled,
            archived: matter.archived,
            extension_asked: matter.extension_asked,
            rework_asked: matter.rework_asked,
            rating: matter.rating,
            talk_day: matter.talk_day,
            parent: None,
            children: Vec::new(),
            merged_into: None,
            merged_from: Vec::new(),
            links: Vec::new(),
            mediation: None,
        }
    }
}

/// A command that is not possible now, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RefusedCommand {
    pub(crate) command: CommandKind,
    pub(crate) code: String,
    #[schema(value_type = Object)]
    pub(crate) params: Value,
}

impl RefusedCommand {
    pub(crate) fn of(command: CommandKind, refusal: Refusal) -> Self {
        let problem = Problem::from(refusal);
        Self { command, code: problem.code().to_owned(), params: problem.params() }
    }
}

/// The unit that the catalogue holds responsible, with its reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Suggestion {
    unit: UnitRef,
    /// The item of the responsibility list.
    reason: String,
    limit: Limit,
    citation: String,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
}

impl Suggestion {
    /// The suggestion where a matter's centre works, or the nearest level above that has one.
    pub(crate) fn of(matter: &Matter, site: &Site, now: Timestamp) -> Option<Self> {
        let catalogue = site.pinned(&matter.catalogue);
        let centre = site.units.get(&matter.centre)?;
        let near = centre.area.up().filter(|area| area.level() <= AreaLevel::Town);
        let responsible = near
            .filter_map(|area| {
                catalogue.responsible(
                    &site.units,
                    matter.class,
                    matter.category.as_deref(),
                    area,
                    site.day(now),
                )
            })
            .find(|responsible| matter.about_unit.as_ref() != Some(&responsible.unit.id))?;
        let rule = catalogue.limit(Stage::Handling, matter.class, matter.urgency)?;
        Some(Self {
            unit: UnitRef::at(&responsible.unit.id, site),
            reason: responsible.duty.basis.clone(),
            limit: rule.limit,
            citation: rule.citation.clone(),
            due_at: site.calendar.due(now, rule.limit, &site.zone).at,
        })
    }
}

/// A matter's page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MatterPage {
    pub(crate) matter: Detail,
    pub(crate) timeline: Vec<EntryView>,
    /// What the reader may do now.
    pub(crate) allowed_commands: Vec<CommandKind>,
    /// What the reader's roles do, but not now.
    pub(crate) refused_commands: Vec<RefusedCommand>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) suggestion: Option<Suggestion>,
    /// How many people have it open, the reader counted.
    pub(crate) others_here: usize,
}
