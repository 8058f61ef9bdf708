//! A talk day's page: what was raised, what came of it, what earlier days left open.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    access::talk_days::capacity,
    site::Site,
    talk_day::{Item, TalkCommandKind, TalkDay},
};
use store::{TalkDayRow, TalkFilter, Texts};

use super::{
    ahead::{Habits, of},
    readable, record_reads,
};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{
        talk_day::{CarriedView, ItemMatter, ItemView, TalkDayPage, TalkDayRowView},
        talk_timeline::{self, TalkTelling},
    },
};

/// Earlier days whose open things a page shows.
const MOST_CARRIED: u32 = 20;

/// A talk day with what was said and what the reader may do. The reading is recorded.
#[utoipa::path(get, path = "/api/v1/talk-days/{id}", tag = "talk days", operation_id = "read_talk_day", params(("id" = String, Path)), responses((status = 200, body = TalkDayPage), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<TalkDayPage>> {
    let row = readable(&app, &session, &id).await?;
    let day = row.day.clone();
    let earlier = earlier(&app, &day).await?;
    let now = app.clock.now();
    record_reads(&app, &session, std::slice::from_ref(&row), now).await?;
    record_reads(&app, &session, &earlier, now).await?;
    let site = app.store.site();
    let texts = app.store.talk_words(&row).await?;
    let mut carried = Vec::with_capacity(earlier.len());
    for row in &earlier {
        let texts = app.store.talk_words(row).await?;
        let waits = |item: &&Item| item.is_open() || item.owes().is_some();
        carried.push(CarriedView {
            id: row.day.id,
            version: row.day.version,
            date: row.day.date,
            state: row.day.state,
            items: items(&app, row.day.items.iter().filter(waits), &texts, &site).await?,
        });
    }
    let item_list = items(&app, day.items.iter(), &texts, &site).await?;
    let habits = Habits::of(&app, day.area).await?;
    let events = app.store.talk_events(day.id).await?;
    let names = app.store.display_names(&talk_timeline::accounts(&events)).await?;
    let telling = TalkTelling { texts: &texts, site: &site, staff: &session.who.staff, names: &names };
    Ok(Json(TalkDayPage {
        row: TalkDayRowView::of(day.id, &of(row, &habits), &texts, &site),
        item_list,
        carried,
        timeline: talk_timeline::entries(&events, telling),
        allowed_commands: allowed(&day, &session),
    }))
}

/// Earlier days of the village on which something waits or is owed, oldest first.
async fn earlier(app: &App, day: &TalkDay) -> Result<Vec<TalkDayRow>> {
    let filter = TalkFilter {
        areas: vec![day.area],
        to: Some(day.date),
        open: true,
        limit: MOST_CARRIED,
        ..TalkFilter::default()
    };
    let mut rows = app.store.talk_days(&filter).await?;
    rows.retain(|row| row.day.id != day.id);
    rows.sort_by_key(|row| row.day.date);
    Ok(rows)
}

async fn items(
    app: &App,
    list: impl Iterator<Item = &Item>,
    texts: &Texts,
    site: &Site,
) -> Result<Vec<ItemView>> {
    let mut views = Vec::new();
    for item in list {
        let matter = match item.matter {
            Some(id) => {
                let matter = app.store.matter(id).await?.matter;
                Some(ItemMatter { id, number: matter.number, stage: matter.stage })
            }
            None => None,
        };
        views.push(ItemView::of(item, texts, matter, site));
    }
    Ok(views)
}

fn allowed(day: &TalkDay, session: &Session) -> Vec<TalkCommandKind> {
    let actor = session.actor();
    let offered = TalkCommandKind::ALL.iter().copied().filter(|kind| !kind.is_of_the_system());
    offered.filter(|kind| capacity(day, *kind, &actor).is_ok()).collect()
}
