//! When villages talk. A rule for a town is one for each of its villages.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    Refusal,
    access::talk_days::{TalkDeed, may},
    area::{AreaCode, AreaLevel},
    talk_day::TalkRule,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::ahead::{Habits, villages};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{
        area::AreaView,
        talk_day::{HabitsView, TalkPlaceView},
    },
};

/// When and where villages talk.
#[derive(Serialize, ToSchema)]
pub(crate) struct HabitsList {
    items: Vec<HabitsView>,
}

/// When and where the villages of a town, or one village, talk: rule and register of places. Open to everybody.
#[utoipa::path(get, path = "/api/v1/public/areas/{code}/talk-rules", tag = "talk days", operation_id = "read_talk_rules", params(("code" = String, Path)), responses((status = 200, body = HabitsList), (status = 404, body = Problem)))]
pub(crate) async fn get(State(app): State<App>, Path(code): Path<AreaCode>) -> Result<Json<HabitsList>> {
    town_or_village(&app, code)?;
    let (site, habits) = (app.store.site(), Habits::of(&app, code).await?);
    let places = app.store.talk_places(code).await?;
    let items = villages(&site, code).into_iter().map(|village| HabitsView {
        village: AreaView::at(village, &site),
        rule: habits.rule(village),
        places: places
            .iter()
            .filter(|kept| kept.area == village && !kept.place.closed)
            .map(|kept| TalkPlaceView::of(kept, &site))
            .collect(),
    });
    Ok(Json(HabitsList { items: items.collect() }))
}

/// Sets the rule of a village, or of all villages of a town.
#[utoipa::path(put, path = "/api/v1/areas/{code}/talk-rule", tag = "talk days", operation_id = "set_talk_rule", params(("code" = String, Path)), request_body = TalkRule,
    responses((status = 200, body = HabitsList), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    session: Session,
    Path(code): Path<AreaCode>,
    Json(rule): Json<TalkRule>,
) -> Result<Json<HabitsList>> {
    town_or_village(&app, code)?;
    may(TalkDeed::SetRule, code, &session.actor())?;
    rule.check()?;
    let places = app.store.talk_places(code).await?;
    let of = |village: AreaCode| {
        let is_there = |place: &casework::id::TalkPlaceId| {
            places.iter().any(|kept| kept.id == *place && kept.area == village && !kept.place.closed)
        };
        match rule.place {
            Some(place) if !is_there(&place) => Err(Refusal::UnknownChoice { field: "place" }),
            Some(_) | None => Ok((village, rule.clone())),
        }
    };
    let rules = villages(&app.store.site(), code).into_iter().map(of).collect::<Result<Vec<_>, _>>()?;
    app.store.set_talk_rules(&rules, session.who.account.id, app.clock.now()).await?;
    get(State(app), Path(code)).await
}

fn town_or_village(app: &App, code: AreaCode) -> Result<()> {
    let known = app.store.site().areas.get(code).is_some();
    let level = code.level();
    if known && matches!(level, AreaLevel::Town | AreaLevel::Village) {
        Ok(())
    } else {
        Err(Problem::not_found("town or village"))
    }
}
