//! A matter as its reporter follows it: true at each step, in plain words, without names of staff.

use casework::{
    actor::{Actor, Role},
    area::Point,
    id::Number,
    matter::{
        Answer, Class, CommandKind, Context, Event, EventKind, Matter, MediationResult, Recorded, Stage,
    },
    site::Site,
    text::TextKind,
};
use jiff::Timestamp;
use serde::Serialize;
use store::{MatterRow, Read, Texts, WhatRead};
use utoipa::ToSchema;

use super::{
    area::{AreaView, CategoryRef, UnitRef},
    detail::RefusedCommand,
    now::Now,
    timeline::{self, Audience, EntryView, PhotoView, Telling},
};
use crate::{App, problem::Result};

/// What a reporter may do.
const REPORTERS: [CommandKind; 5] =
    [CommandKind::Supply, CommandKind::Urge, CommandKind::Rate, CommandKind::Reopen, CommandKind::Withdraw];

/// A step of the line that residents see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Step {
    /// `received`, `dispatched`, `handling`, `verifying`, `rating`.
    step: &'static str,
    /// `done`, `current`, `todo`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// What the unit answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Reply {
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// The reporter's judgement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RatingView {
    answer: Answer,
}

/// The matter that this one was merged into.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MergedInto {
    number: Number,
    now: Now,
}

/// Who read the contact: office and purpose, not the reader's name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Reader {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    unit: UnitRef,
    role: Role,
    purpose: String,
}

/// A matter as its reporter follows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Follow {
    number: Number,
    version: u32,
    class: Class,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<CategoryRef>,
    stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<casework::matter::Outcome>,
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Point>,
    area: AreaView,
    area_path: String,
    #[schema(value_type = String, format = DateTime)]
    reported_at: Timestamp,
    photos: Vec<PhotoView>,
    now: Now,
    steps: Vec<Step>,
    timeline: Vec<EntryView>,
    can: Vec<CommandKind>,
    cannot: Vec<RefusedCommand>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<MergedInto>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    reopen_until: Option<Timestamp>,
    contact_given: bool,
    readers: Vec<Reader>,
}

/// Makes the reporter's view of a matter.
pub(crate) async fn follow(app: &App, row: MatterRow) -> Result<Follow> {
    let (site, now) = (app.store.site(), app.clock.now());
    let matter = &row.matter;
    let events = app.store.events(matter.id, 0).await?;
    let texts = app.store.texts(matter.id, &row.data_key).await?;
    let reads = app.store.reads_of(matter.id, WhatRead::Contact).await?;
    let merged_into = match matter.merged_into {
        Some(target) => Some(app.store.matter(target).await?.matter),
        None => None,
    };
    let merged_into = merged_into
        .map(|target| MergedInto { number: target.number.clone(), now: Now::of(&target, &site, now) });
    let (can, cannot) = possible(matter, &site, now);
    let words: Vec<&str> = matter.words.iter().filter_map(|text| texts.get(*text)).collect();
    Ok(Follow {
        number: matter.number.clone(),
        version: matter.version,
        class: matter.class,
        category: CategoryRef::of(matter, &site),
        stage: matter.stage,
        outcome: matter.outcome,
        words: words.first().copied().unwrap_or_default().to_owned(),
        address: matter.address.and_then(|text| texts.get(text)).map(str::to_owned),
        place: matter.place,
        area: AreaView::at(matter.area, &site),
        area_path: site.areas.path(matter.area),
        reported_at: matter.reported_at,
        photos: events
            .iter()
            .filter(|r| matches!(r.event.kind(), EventKind::Reported | EventKind::Supplied))
            .flat_map(timeline::photos)
            .collect(),
        now: Now::of(matter, &site, now),
        steps: steps(matter, &events),
        timeline: timeline::entries(
            &events,
            Telling { matter, texts: &texts, site: &site, audience: Audience::Reporter },
        ),
        can,
        cannot,
        reply: reply(&events, &texts, &site),
        rating: matter.rating.map(|answer| RatingView { answer }),
        merged_into,
        reopen_until: matter.reopen_until(&site).filter(|until| *until >= now),
        contact_given: matter.contact.is_some(),
        readers: reads.into_iter().map(|read| Reader::of(read, &site)).collect(),
    })
}

impl Reader {
    pub(crate) fn of(read: Read, site: &Site) -> Self {
        Self { at: read.at, unit: UnitRef::at(&read.unit, site), role: read.role, purpose: read.purpose }
    }
}

fn possible(matter: &Matter, site: &Site, now: Timestamp) -> (Vec<CommandKind>, Vec<RefusedCommand>) {
    let context = Context::new(now, site, [0; 32]);
    let (mut can, mut cannot) = (Vec::new(), Vec::new());
    for command in REPORTERS {
        match matter.possible(command, &Actor::Reporter, &context) {
            Ok(()) => can.push(command),
            Err(refusal) => cannot.push(RefusedCommand::of(command, refusal)),
        }
    }
    (can, cannot)
}

/// The last words that a unit or the centre meant for the reporter.
fn reply(events: &[Recorded], texts: &Texts, site: &Site) -> Option<Reply> {
    let answers = |recorded: &&Recorded| {
        matches!(
            recorded.event,
            Event::Completed { .. }
                | Event::SettledOnTheSpot { .. }
                | Event::MediationConcluded { .. }
                | Event::Guided { .. }
                | Event::Asked { .. }
        )
    };
    let recorded = events.iter().rev().find(answers)?;
    // What a party said to the committee is no reply.
    let meant = |text: &casework::text::TextRef| texts.kind(text.id) == Some(TextKind::Reply);
    let words = recorded.event.texts().into_iter().find(meant).and_then(|text| texts.get(text.id))?;
    Some(Reply {
        words: words.to_owned(),
        unit: recorded.by.unit().map(|unit| UnitRef::at(unit, site)),
        at: recorded.at,
    })
}

/// Received, dispatched, handling, verifying, rating: what is done, what is current.
fn steps(matter: &Matter, events: &[Recorded]) -> Vec<Step> {
    let names = ["received", "dispatched", "handling", "verifying", "rating"];
    let current = match matter.stage {
        Stage::Reported | Stage::AwaitingReporter | Stage::Screening => 0,
        Stage::Dispatched | Stage::AwaitingRuling => 1,
        Stage::Handling | Stage::Mediating => 2,
        Stage::Verifying => 3,
        Stage::FollowUp => 4,
        Stage::Closed => names.len(),
    };
    let reached = |step: usize| {
        let happened = move |recorded: &&Recorded| match step {
            0 => matches!(recorded.event, Event::Reported { .. }),
            1 => matches!(recorded.event, Event::Dispatched { .. } | Event::MediationOpened { .. }),
            2 => matches!(
                recorded.event,
                Event::SignedFor { .. } | Event::MediationOpened { .. } | Event::SettledOnTheSpot { .. }
            ),
            3 => matches!(
                recorded.event,
                Event::Completed { .. }
                    | Event::SettledOnTheSpot { .. }
                    | Event::MediationConcluded { result: MediationResult::Agreement, .. }
                    | Event::HandOverReported { settled: true, .. }
            ),
            _ => matches!(
                recorded.event,
                Event::Passed { .. } | Event::Rated { .. } | Event::CalledBack { .. }
            ),
        };
        events.iter().rev().find(happened).map(|recorded| recorded.at)
    };
    names
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let state = match index.cmp(&current) {
                // A matter may end before it has gone through all steps.
                std::cmp::Ordering::Less if matter.stage == Stage::Closed && reached(index).is_none() => {
                    "todo"
                }
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "current",
                std::cmp::Ordering::Greater => "todo",
            };
            Step { step, state, at: if index <= current { reached(index) } else { None } }
        })
        .collect()
}
