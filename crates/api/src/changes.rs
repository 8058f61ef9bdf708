//! Live updates: only that something changed that the listener may read, never what.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    response::sse::{Event, KeepAlive, Sse},
};
use casework::{access, actor::Staff};
use futures_util::{Stream, stream};
use serde::Deserialize;
use store::Changed;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use utoipa::IntoParams;

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// How often a quiet connection shows that it lives.
const ALIVE: Duration = Duration::from_secs(20);
/// Changes within this time are told as one.
const GATHER: Duration = Duration::from_millis(500);

/// Since when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// The last number that was heard.
    after: Option<i64>,
}

struct Listener {
    app: App,
    staff: Staff,
    changes: Receiver<Changed>,
    heard: i64,
    begun: bool,
}

/// Tells that something changed, with the number of events so far.
#[utoipa::path(get, path = "/api/v1/changes", tag = "matters", operation_id = "follow_changes", params(ChangesQuery), responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = Problem)))]
pub(crate) async fn listen(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ChangesQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    session.reading_grant()?;
    let changes = app.store.changes();
    let heard = query.after.unwrap_or(app.store.head().await?);
    let listener = Listener { app, staff: session.who.staff, changes, heard, begun: false };
    Ok(Sse::new(stream::unfold(listener, next)).keep_alive(KeepAlive::new().interval(ALIVE)))
}

async fn next(mut listener: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    loop {
        let head = listener.app.store.head().await.ok()?;
        let missed = !listener.begun && head > listener.heard;
        listener.begun = true;
        if missed || relevant(&mut listener).await? {
            tokio::time::sleep(GATHER).await;
            while listener.changes.try_recv().is_ok() {}
            let head = listener.app.store.head().await.ok()?;
            listener.heard = head;
            return Some((Ok(Event::default().data(format!("{{\"changed\":{head}}}"))), listener));
        }
    }
}

/// Waits for a change; whether the listener may read of it. Nothing when the store is closing.
async fn relevant(listener: &mut Listener) -> Option<bool> {
    match listener.changes.recv().await {
        Ok(changed) => Some(may_hear(&listener.staff, &changed)),
        // Missed some: better told once too often.
        Err(RecvError::Lagged(_)) => Some(true),
        Err(RecvError::Closed) => None,
    }
}

pub(crate) fn may_hear(staff: &Staff, changed: &Changed) -> bool {
    let hidden = staff.grants.iter().any(|grant| changed.hidden_from.as_ref() == Some(&grant.unit));
    let reaches = |grant: &casework::actor::Grant| {
        (access::reads_its_area(grant.role) && grant.area.contains(changed.area))
            || changed.units.contains(&grant.unit)
    };
    !hidden && staff.grants.iter().filter(|grant| grant.role.reads_matters()).any(reaches)
}
