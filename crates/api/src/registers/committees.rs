//! The register of committees.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::{
    area::AreaCode,
    id::UnitId,
    register::{Committee, CommitteeKind},
};
use serde::{Deserialize, Serialize};
use store::{CommitteesQuery, Entry, Keeping, Stretch};
use utoipa::{IntoParams, ToSchema};

use super::{keeper, may_keep, reads, rows};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::register::{ChangeView, CommitteeView},
};

/// Which committees.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Within this area.
    area: Option<AreaCode>,
    #[param(inline)]
    kind: Option<CommitteeKind>,
    /// Only those in which something is to be mended.
    #[serde(default)]
    to_mend: bool,
    /// The cursor of the page before.
    #[param(value_type = Option<String>)]
    after: Option<UnitId>,
    /// Entries, at most 200.
    limit: Option<usize>,
}

impl ListQuery {
    pub(super) fn filter(&self) -> CommitteesQuery {
        CommitteesQuery { area: self.area, kind: self.kind }
    }
}

/// A page of committees: those whose term ends first come first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommitteeList {
    items: Vec<CommitteeView>,
    /// The cursor of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<UnitId>,
    /// How many there are, whether or not something is to be mended.
    count: i64,
    /// How many of them have something to mend.
    to_mend: i64,
}

/// Lists committees.
#[utoipa::path(get, path = "/api/v1/committees", tag = "registers", operation_id = "list_committees", params(ListQuery), responses((status = 200, body = CommitteeList), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ListQuery>,
) -> Result<Json<CommitteeList>> {
    reads(&session)?;
    let (filter, limit) = (query.filter(), rows(query.limit));
    let today = app.store.site().day(app.clock.now());
    let stretch =
        Stretch { to_mend: query.to_mend, today, after: query.after, limit: limit.saturating_add(1) };
    let mut entries = app.store.committees(&filter, &stretch).await?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    let counts = app.store.count_committees(&filter, today).await?;
    let items = views(&app, &session, &entries).await?;
    let next = items.last().filter(|_| more).map(|last| last.unit.id.clone());
    Ok(Json(CommitteeList { items, next, count: counts.all, to_mend: counts.to_mend }))
}

async fn views(app: &App, session: &Session, entries: &[Entry<Committee>]) -> Result<Vec<CommitteeView>> {
    let (site, today) = (app.store.site(), app.store.site().day(app.clock.now()));
    let units: Vec<UnitId> = entries.iter().map(|entry| entry.kept.unit.clone()).collect();
    let open = app.store.open_mediations(&units).await?;
    let view = |entry: &Entry<Committee>| {
        let unit = &entry.kept.unit;
        let open = open.get(unit).copied().unwrap_or(0);
        CommitteeView::of(entry, open, may_keep(session, unit, &site), &site, today)
    };
    Ok(entries.iter().map(view).collect())
}

async fn view(app: &App, session: &Session, entry: Entry<Committee>) -> Result<CommitteeView> {
    views(app, session, &[entry]).await?.pop().ok_or_else(|| Problem::not_found("committee"))
}

/// A committee with the changes of the entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommitteePage {
    #[serde(flatten)]
    committee: CommitteeView,
    /// Newest first. What the site was set up with is no change.
    changes: Vec<ChangeView>,
}

/// One committee.
#[utoipa::path(get, path = "/api/v1/committees/{unit}", tag = "registers", operation_id = "read_committee", params(("unit" = String, Path)), responses((status = 200, body = CommitteePage), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(unit): Path<UnitId>,
) -> Result<Json<CommitteePage>> {
    reads(&session)?;
    let entry = app.store.committee(&unit).await?.ok_or_else(|| Problem::not_found("committee"))?;
    let changes = ChangeView::all(&app.store.changes_of_committee(&unit).await?, &app.store.site());
    Ok(Json(CommitteePage { committee: view(&app, &session, entry).await?, changes }))
}

/// A committee with the version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommitteeKept {
    /// 0 for a new entry.
    base_version: u32,
    committee: Committee,
}

/// Adds or changes a committee. The same entry again is harmless.
///
/// A composition that the law does not allow is kept and
/// found: the register says what is.
#[utoipa::path(put, path = "/api/v1/committees/{unit}", tag = "registers", operation_id = "keep_committee", params(("unit" = String, Path)), request_body = CommitteeKept,
    responses((status = 200, body = CommitteeView), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn put(
    State(app): State<App>,
    session: Session,
    Path(unit): Path<UnitId>,
    Json(sent): Json<CommitteeKept>,
) -> Result<Json<CommitteeView>> {
    let site = app.store.site();
    let by = keeper(&session, &unit, &site)?;
    if sent.committee.unit != unit {
        return Err(Problem::invalid("unit", "the unit of the address"));
    }
    let committee = sent.committee.checked(&site)?;
    let keeping = Keeping { by: &by, base_version: sent.base_version, now: app.clock.now() };
    let entry = app.store.keep_committee(&committee, &keeping).await?;
    Ok(Json(view(&app, &session, entry).await?))
}
