//! Talk days in people's own calendars (RFC 5545). Each day is an event of its own, so that what was moved or cancelled is
//! simply so; its UID is its village and its day of the rule, whatever becomes of it. Times are UTC and need no zone.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::{
    area::{AreaCode, AreaLevel},
    site::Site,
    talk_day::TalkState,
};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    App,
    problem::{Problem, Result},
    talk_days::{
        ahead::{Ahead, ahead},
        list::public_words,
    },
    views::talk_day::TalkTimeView,
};

/// Days back that a calendar keeps.
const DAYS_BACK: i32 = 31;

/// In which language.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedQuery {
    /// `zh`, or `en`.
    lang: Option<String>,
}

/// Days ahead: a calendar of many villages looks less far.
fn days_ahead(level: AreaLevel) -> i32 {
    match level {
        AreaLevel::Village | AreaLevel::Grid => 186,
        AreaLevel::Town => 93,
        AreaLevel::County | AreaLevel::City | AreaLevel::Province => 31,
    }
}

/// The talk days of an area as a calendar feed: those of the last month, and those ahead.
#[utoipa::path(get, path = "/api/v1/public/areas/{code}/talk-days.ics", tag = "residents", operation_id = "read_talk_feed", params(("code" = String, Path), FeedQuery), responses((status = 200, content_type = "text/calendar", body = String), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Path(code): Path<AreaCode>,
    Query(query): Query<FeedQuery>,
) -> Result<Response> {
    let site = app.store.site();
    let area = site
        .areas
        .get(code)
        .filter(|area| area.code.level() <= AreaLevel::Village)
        .ok_or_else(|| Problem::not_found("area"))?;
    let today = site.day(app.clock.now());
    let last = today.saturating_add(days_ahead(code.level()).days());
    let english = query.lang.as_deref() == Some("en");
    let title = if english { "Talk days" } else { "逢四说事" };
    let mut calendar = Calendar::new();
    calendar.name(&format!("{title} {}", area.name));
    calendar.append_property(Property::new("PRODID", "-//Fengsi//Talk days//ZH").done());
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", "PT12H").add_parameter("VALUE", "DURATION").done(),
    );
    for day in ahead(&app, &[code], today.saturating_sub(DAYS_BACK.days()), last).await? {
        let view = TalkTimeView::of(&day, &public_words(&app, &day).await?, &site);
        calendar.push(event(&day, &view, title, &site));
    }
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], calendar.to_string()).into_response())
}

fn event(day: &Ahead, view: &TalkTimeView, title: &str, site: &Site) -> Event {
    let record = day.row.as_ref().map(|row| &row.day);
    let cancelled = record.is_some_and(|record| record.state == TalkState::Cancelled);
    let mut event = Event::new();
    event.uid(&format!("{}-{}@talk-days.fengsi", day.area, day.slot.strftime("%Y%m%d")));
    event.summary(&format!("{title} · {}", view.village_name()));
    event.status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    // When nobody planned it, it is as old as its rule: a feed that says nothing new is the same byte for byte.
    let changed =
        record.map_or_else(|| moment(day.slot, Time::midnight(), site), |record| Some(record.changed_at));
    if let Some(at) = changed {
        event.add_property("DTSTAMP", utc(at));
    }
    event.add_property("SEQUENCE", record.map_or(0, |record| record.version).to_string());
    when(&mut event, day, site);
    if let Some(place) = view.place_name() {
        event.location(&place);
    }
    if let Some(reason) = view.reason() {
        event.description(reason);
    }
    event.done()
}

fn when(event: &mut Event, day: &Ahead, site: &Site) {
    match day.begins.and_then(|begins| moment(day.date, begins, site)) {
        Some(begins) => {
            event.add_property("DTSTART", utc(begins));
            if let Some(ends) = day.ends.and_then(|ends| moment(day.date, ends, site)) {
                event.add_property("DTEND", utc(ends));
            }
        }
        // Without hours it is a whole day; its end is the day after, not counted.
        None => {
            for (name, date) in [("DTSTART", day.date), ("DTEND", day.date.saturating_add(1.day()))] {
                let mut value = Property::new(name, date.strftime("%Y%m%d").to_string());
                event.append_property(value.add_parameter("VALUE", "DATE").done());
            }
        }
    }
}

fn moment(date: Date, time: Time, site: &Site) -> Option<Timestamp> {
    date.to_datetime(time).to_zoned(site.zone.clone()).ok().map(|zoned| zoned.timestamp())
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
