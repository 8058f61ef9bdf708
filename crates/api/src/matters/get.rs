//! A matter's page: its state, its story, what the reader may do.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    actor::Actor,
    id::MatterId,
    matter::{CommandKind, Context, Matter, Recorded},
    mediation::{Reader, Reading},
    site::Site,
};
use jiff::Timestamp;
use store::{Listed, MatterRow, ReadOf, WhatRead};

use super::{parties::is_of_the_committee, readable};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{
        detail::{Detail, MatterPage, MatterRef, RefusedCommand, Suggestion},
        mediation::{MediationView, Seen, mediators},
        row::RowView,
        timeline::{self, Audience, Telling},
    },
};

/// A matter with its timeline and what the reader may do. The reading is recorded.
#[utoipa::path(get, path = "/api/v1/matters/{id}", tag = "matters", operation_id = "read_matter", params(("id" = String, Path)), responses((status = 200, body = MatterPage), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<MatterPage>> {
    let row = readable(&app, &session, &id).await?;
    let now = app.clock.now();
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.grant_for(&row.matter, &app.store.site())?,
        what: WhatRead::Matter,
        purpose: "matter",
        now,
    };
    app.store.record_reads(&read, &[row.matter.id]).await?;
    Ok(Json(page(&app, &session, row, now).await?))
}

async fn page(app: &App, session: &Session, row: MatterRow, now: Timestamp) -> Result<MatterPage> {
    let site = app.store.site();
    let matter = row.matter.clone();
    let events = app.store.events(matter.id, 0).await?;
    let texts = app.store.texts(matter.id, &row.data_key).await?;
    let names = app.store.display_names(&timeline::accounts(&events)).await?;
    let words: Vec<&str> = matter.words.iter().filter_map(|text| texts.get(*text)).collect();
    let preview = words.first().map(|words| words.chars().take(60).collect()).unwrap_or_default();
    let mut detail = Detail::of(&matter, RowView::of(&Listed { row, preview }, &site, now), &site);
    detail.words = words.join("\n");
    detail.address = matter.address.and_then(|text| texts.get(text)).map(str::to_owned);
    let audience = Audience::Staff(&session.who.staff, &names);
    let seen = |recorded: &&Recorded| timeline::reading(recorded, &matter, &site, audience) == Reading::Whole;
    detail.photo_list = events.iter().filter(seen).flat_map(timeline::photos).collect();
    detail.parent = one(app, matter.parent).await?;
    detail.merged_into = one(app, matter.merged_into).await?;
    detail.children = several(app, &matter.children).await?;
    detail.merged_from = several(app, &matter.merged_from).await?;
    detail.links = several(app, &matter.links).await?;
    detail.mediation = matter.mediation.as_deref().map(|mediation| {
        let reader = Reader::Staff(&session.who.staff);
        MediationView::of(Seen {
            matter: &matter,
            mediation,
            events: &events,
            texts: &texts,
            names: &names,
            site: &site,
            reader,
        })
    });
    if let (Some(mediation), Some(view)) = (matter.mediation.as_deref(), &mut detail.mediation)
        && is_of_the_committee(session, &matter, &site)
    {
        view.colleagues = mediators(app, &matter, mediation).await?;
    }
    let (allowed_commands, refused_commands) = possible(&matter, &session.actor(), &site, now);
    Ok(MatterPage {
        timeline: timeline::entries(
            &events,
            Telling {
                matter: &matter,
                texts: &texts,
                site: &site,
                audience: Audience::Staff(&session.who.staff, &names),
            },
        ),
        suggestion: Suggestion::of(&matter, &site, now),
        others_here: app.presence.look(matter.id, session.who.account.id),
        matter: detail,
        allowed_commands,
        refused_commands,
    })
}

fn possible(
    matter: &Matter,
    actor: &Actor,
    site: &Site,
    now: Timestamp,
) -> (Vec<CommandKind>, Vec<RefusedCommand>) {
    let context = Context::new(now, site, [0; 32]);
    let (mut allowed, mut refused) = (Vec::new(), Vec::new());
    for command in CommandKind::ALL.iter().copied().filter(|command| !command.is_of_the_system()) {
        match matter.possible(command, actor, &context) {
            Ok(()) => allowed.push(command),
            Err(casework::Refusal::NotAllowed) => {}
            Err(refusal) => refused.push(RefusedCommand::of(command, refusal)),
        }
    }
    (allowed, refused)
}

async fn one(app: &App, id: Option<MatterId>) -> Result<Option<MatterRef>> {
    match id {
        Some(id) => Ok(several(app, &[id]).await?.pop()),
        None => Ok(None),
    }
}

/// Ids and numbers; one whose follow-up has not been carried out yet is left out until it has.
async fn several(app: &App, ids: &[MatterId]) -> Result<Vec<MatterRef>> {
    let mut list = Vec::with_capacity(ids.len());
    for id in ids {
        match app.store.matter(*id).await {
            Ok(row) => list.push(MatterRef { id: *id, number: row.matter.number }),
            Err(store::Error::NoMatter(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(list)
}
