//! A mediator's sessions as a calendar: on the desk, and as a feed for the mediator's own programs (RFC 5545). It names no people:
//! number, kind of session and where. What was held or called off stays in it.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{
    FreeTime,
    id::{AccountId, MatterId, Number},
    matter::{Busy, Matter, Stretch},
    mediation::{Session as Sitting, SessionForm, SessionState, Venue, free_times},
    site::Site,
};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::area::AreaView,
};

/// The longest stretch that is shown at once.
const MOST_DAYS: u32 = 93;
/// Days ahead that a feed holds.
const FEED_DAYS: u32 = 180;
/// What is shorter is not called free.
const SHORTEST_FREE: SignedDuration = SignedDuration::from_mins(30);

/// Which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DaysQuery {
    /// The first day; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// How many, at most 93; seven when left out.
    days: Option<u32>,
}

/// A session in a mediator's calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SittingView {
    matter: MatterId,
    number: Number,
    area: AreaView,
    session: u8,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    form: SessionForm,
    venue: Venue,
    state: SessionState,
    /// How often it was moved.
    moves: u8,
}

/// A day of the calendar with what is still free of its hours; nothing of days that are past.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FreeDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    free: Vec<FreeTime>,
}

/// A mediator's calendar.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarView {
    sessions: Vec<SittingView>,
    days: Vec<FreeDay>,
    /// Since when there is a feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    feed_since: Option<Timestamp>,
}

/// The address of a feed. It is shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedAddress {
    /// Below the site's address.
    path: String,
}

impl SittingView {
    fn of(matter: &Matter, sitting: &Sitting, site: &Site) -> Self {
        Self {
            matter: matter.id,
            number: matter.number.clone(),
            area: AreaView::at(matter.area, site),
            session: sitting.no,
            starts_at: sitting.starts_at,
            ends_at: sitting.ends_at,
            form: sitting.form,
            venue: sitting.venue,
            state: sitting.state,
            moves: sitting.moves,
        }
    }
}

/// The sessions of a mediator from a day on, in order.
async fn sittings(app: &App, mediator: AccountId, from: Date, days: u32) -> Result<Vec<SittingView>> {
    let site = app.store.site();
    let start = |day| casework::calendar::end_of(day, &site.zone);
    let (before, last) = (from.saturating_sub(1.day()), from.saturating_add((i64::from(days) - 1).days()));
    let mut views = Vec::new();
    for Busy { matter, session, .. } in app.store.calendar_of(mediator, start(before), start(last)).await? {
        let row = app.store.matter(matter).await?;
        let sitting = row.matter.mediation.as_deref().and_then(|mediation| mediation.session(session));
        views.extend(sitting.map(|sitting| SittingView::of(&row.matter, sitting, &site)));
    }
    Ok(views)
}

/// What is free of each day.
fn free_days(sessions: &[SittingView], from: Date, days: u32, now: Timestamp, site: &Site) -> Vec<FreeDay> {
    let set = sessions.iter().filter(|sitting| sitting.state == SessionState::Set);
    let busy: Vec<_> =
        set.map(|sitting| Stretch { starts_at: sitting.starts_at, ends_at: sitting.ends_at }).collect();
    let dates = (0..i64::from(days)).map(|nth| from.saturating_add(nth.days()));
    dates.map(|date| FreeDay { date, free: free_times(site, date, now, SHORTEST_FREE, &busy) }).collect()
}

/// My sessions.
#[utoipa::path(get, path = "/api/v1/calendar", tag = "matters", operation_id = "read_calendar", params(DaysQuery),
    responses((status = 200, body = CalendarView), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<DaysQuery>,
) -> Result<Json<CalendarView>> {
    session.reading_grant()?;
    let days = query.days.unwrap_or(7);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Problem::invalid("days", format!("from 1 to {MOST_DAYS} days")));
    }
    let (site, now) = (app.store.site(), app.clock.now());
    let from = query.from.unwrap_or_else(|| site.day(now));
    let account = session.who.account.id;
    let sessions = sittings(&app, account, from, days).await?;
    let days = free_days(&sessions, from, days, now, &site);
    Ok(Json(CalendarView { sessions, days, feed_since: app.store.feed_since(account).await? }))
}

/// Makes a feed of my sessions; one made before opens nothing any more.
#[utoipa::path(post, path = "/api/v1/calendar/feed", tag = "matters", operation_id = "make_calendar_feed",
    responses((status = 201, body = FeedAddress), (status = 403, body = Problem)))]
pub(crate) async fn make_feed(
    State(app): State<App>,
    session: Session,
) -> Result<(StatusCode, Json<FeedAddress>)> {
    session.reading_grant()?;
    let secret = app.store.make_feed(session.who.account.id, app.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(FeedAddress { path: format!("/api/v1/public/calendars/{secret}") })))
}

/// Takes my feed back.
#[utoipa::path(delete, path = "/api/v1/calendar/feed", tag = "matters", operation_id = "remove_calendar_feed",
    responses((status = 204), (status = 403, body = Problem)))]
pub(crate) async fn remove_feed(State(app): State<App>, session: Session) -> Result<StatusCode> {
    session.reading_grant()?;
    app.store.remove_feed(session.who.account.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The sessions of a feed's owner, for calendar programs.
#[utoipa::path(get, path = "/api/v1/public/calendars/{secret}", tag = "residents", operation_id = "read_calendar_feed", params(("secret" = String, Path)),
    responses((status = 200, content_type = "text/calendar", body = String), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn feed(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    app.limits.may_try_code()?;
    let Some(owner) = app.store.feed_owner(&secret).await? else {
        app.limits.wrong_code();
        return Err(Problem::not_found("feed"));
    };
    let today = app.store.site().day(app.clock.now());
    let mut calendar = Calendar::new();
    calendar.name("调解 Mediation");
    calendar.append_property(Property::new("PRODID", "-//Fengsi//Sessions//ZH").done());
    calendar
        .append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    for sitting in sittings(&app, owner, today.saturating_sub(31.days()), FEED_DAYS).await? {
        calendar.push(event(&sitting));
    }
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], calendar.to_string()).into_response())
}

fn event(sitting: &SittingView) -> Event {
    let utc = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let (form, venue) = (form_name(sitting.form), venue_name(sitting.venue));
    let mut event = Event::new();
    event.uid(&format!("{}-{}@sessions.fengsi", sitting.matter, sitting.session));
    event.summary(&format!("{form} · {}", sitting.number));
    event.location(&format!("{venue}，{}", sitting.area.name));
    let cancelled = sitting.state == SessionState::Cancelled;
    event.status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    // A calendar program takes a change only under a higher number.
    let sequence = sitting.moves.saturating_add(u8::from(sitting.state != SessionState::Set));
    event.add_property("SEQUENCE", sequence.to_string());
    event.add_property("DTSTAMP", utc(sitting.starts_at));
    event.add_property("DTSTART", utc(sitting.starts_at));
    event.add_property("DTEND", utc(sitting.ends_at));
    event.done()
}

fn form_name(form: SessionForm) -> &'static str {
    match form {
        SessionForm::Together => "调解",
        SessionForm::Apart => "单独谈话",
    }
}

fn venue_name(venue: Venue) -> &'static str {
    match venue {
        Venue::Committee => "调解室",
        Venue::TalkRoom => "逢四说事室",
        Venue::Doorstep => "板凳会",
        Venue::Place => "现场",
        Venue::Remote => "电话或视频",
        Venue::Elsewhere => "另约",
    }
}
