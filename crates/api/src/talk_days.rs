//! Talk days for staff: lists, pages, planning, commands, and when and where villages talk.

pub(crate) mod ahead;
pub(crate) mod command;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod places;
pub(crate) mod plan;
pub(crate) mod rule;

use casework::{
    access::talk_days::{TalkDeed, may, read_areas},
    actor::{By, Grant},
    area::AreaCode,
    id::TalkDayId,
};
use jiff::Timestamp;
use store::{ReadOf, TalkDayRow, WhatRead};

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// A talk day that the reader may read; any other does not exist.
pub(crate) async fn readable(app: &App, session: &Session, id: &str) -> Result<TalkDayRow> {
    let not_found = || Problem::not_found("talk day");
    let id: TalkDayId = id.parse().map_err(|_| not_found())?;
    let row = app.store.talk_day(id).await?.ok_or_else(not_found)?;
    may(TalkDeed::Read, row.day.area, &session.actor()).map_err(|_| not_found())?;
    Ok(row)
}

/// What the reader may read of an area: all of it, or the parts that are its own.
pub(crate) fn readable_areas(session: &Session, area: Option<AreaCode>) -> Result<Vec<AreaCode>> {
    let own = read_areas(&session.actor());
    let Some(area) = area else {
        return if own.is_empty() { Err(Problem::not_allowed()) } else { Ok(own) };
    };
    let parts: Vec<_> = own
        .into_iter()
        .filter_map(|own| if own.contains(area) { Some(area) } else { area.contains(own).then_some(own) })
        .collect();
    if parts.is_empty() { Err(Problem::not_allowed()) } else { Ok(parts) }
}

/// Writes down that the words of talk days are about to be read. When this fails nothing may leave.
pub(crate) async fn record_reads(
    app: &App,
    session: &Session,
    rows: &[TalkDayRow],
    now: Timestamp,
) -> Result<()> {
    for row in rows {
        let read = ReadOf {
            reader: &session.who.staff,
            grant: reading_grant(session, row.day.area)?,
            what: WhatRead::TalkDay,
            purpose: "talk_day",
            now,
        };
        app.store.record_talk_read(&read, row.day.id).await?;
    }
    Ok(())
}

/// The capacity in which a talk day is read.
fn reading_grant(session: &Session, area: AreaCode) -> Result<&Grant> {
    let by = may(TalkDeed::Read, area, &session.actor())?;
    let By::Staff { unit, role, .. } = by else { return Err(Problem::not_allowed()) };
    let held = |grant: &&Grant| grant.unit == unit && grant.role == role;
    session.who.staff.grants.iter().find(held).ok_or_else(Problem::not_allowed)
}
