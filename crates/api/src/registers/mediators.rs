//! The register of mediators.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::{
    Refusal,
    actor::Role,
    area::AreaCode,
    id::{AccountId, MediatorId, StudioId, UnitId},
    register::{Mediator, MediatorKind, Term},
    site::Site,
};
use serde::{Deserialize, Serialize};
use store::{Entry, Keeping, MediatorsQuery, Stretch};
use utoipa::{IntoParams, ToSchema};

use super::{keeper, may_keep, reads, rows, specialty, studio_names};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::register::{Beside, ChangeView, MediatorView},
};

/// Which mediators.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Within this area.
    area: Option<AreaCode>,
    /// Of this committee.
    #[param(value_type = Option<String>)]
    unit: Option<UnitId>,
    #[param(inline)]
    kind: Option<MediatorKind>,
    /// Who know this kind of dispute, or one below it.
    specialty: Option<String>,
    /// Of this studio.
    #[param(value_type = Option<String>, format = Uuid)]
    studio: Option<StudioId>,
    /// Only those whose term has ended or ends before long.
    #[serde(default)]
    to_mend: bool,
    /// The cursor of the page before.
    #[param(value_type = Option<String>, format = Uuid)]
    after: Option<MediatorId>,
    /// Entries, at most 200.
    limit: Option<usize>,
}

impl ListQuery {
    pub(super) fn filter(&self, site: &Site) -> Result<MediatorsQuery> {
        Ok(MediatorsQuery {
            area: self.area,
            unit: self.unit.clone(),
            kind: self.kind,
            specialty: specialty(self.specialty.as_deref(), site)?,
            studio: self.studio,
        })
    }
}

/// A page of mediators: those whose term ends first come first, those who have left last.
#[derive(Serialize, ToSchema)]
pub(crate) struct MediatorList {
    items: Vec<MediatorView>,
    /// The cursor of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<MediatorId>,
    /// How many there are, whether or not something is to be mended.
    count: i64,
    /// How many of them have something to mend.
    to_mend: i64,
}

/// Lists mediators.
#[utoipa::path(get, path = "/api/v1/mediators", tag = "registers", operation_id = "list_mediators", params(ListQuery), responses((status = 200, body = MediatorList), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ListQuery>,
) -> Result<Json<MediatorList>> {
    reads(&session)?;
    let (site, limit) = (app.store.site(), rows(query.limit));
    let (filter, today) = (query.filter(&site)?, site.day(app.clock.now()));
    let stretch =
        Stretch { to_mend: query.to_mend, today, after: query.after, limit: limit.saturating_add(1) };
    let mut entries = app.store.mediators(&filter, &stretch).await?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    let counts = app.store.count_mediators(&filter, today).await?;
    let items = views(&app, &session, &entries).await?;
    let next = items.last().filter(|_| more).map(|last| last.id);
    Ok(Json(MediatorList { items, next, count: counts.all, to_mend: counts.to_mend }))
}

async fn views(app: &App, session: &Session, entries: &[Entry<Mediator>]) -> Result<Vec<MediatorView>> {
    let (site, today) = (app.store.site(), app.store.site().day(app.clock.now()));
    let accounts: Vec<AccountId> = entries.iter().filter_map(|entry| entry.kept.account).collect();
    let signs_in: HashMap<AccountId, String> = app.store.sign_in_names(&accounts).await?;
    let studios = studio_names(app, entries.iter().filter_map(|entry| entry.kept.studio)).await?;
    let mut units: Vec<UnitId> = entries.iter().map(|entry| entry.kept.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    let open = app.store.open_mediations(&units).await?;
    let view = |entry: &Entry<Mediator>| {
        let Mediator { unit, studio, account, .. } = &entry.kept;
        let beside = Beside {
            studio: studio.and_then(|id| studios.get(&id).cloned()),
            account: account.and_then(|id| signs_in.get(&id).cloned()),
            open: open.get(unit).copied().unwrap_or(0),
            may_change: may_keep(session, unit, &site),
        };
        MediatorView::of(entry, beside, &site, today)
    };
    Ok(entries.iter().map(view).collect())
}

async fn view(app: &App, session: &Session, entry: Entry<Mediator>) -> Result<MediatorView> {
    views(app, session, &[entry]).await?.pop().ok_or_else(|| Problem::not_found("mediator"))
}

/// A mediator with the changes of the entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct MediatorPage {
    #[serde(flatten)]
    mediator: MediatorView,
    /// Newest first. What the site was set up with is no change.
    changes: Vec<ChangeView>,
}

/// One mediator.
#[utoipa::path(get, path = "/api/v1/mediators/{mediator}", tag = "registers", operation_id = "read_mediator", params(("mediator" = String, Path, format = Uuid)), responses((status = 200, body = MediatorPage), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<MediatorId>,
) -> Result<Json<MediatorPage>> {
    reads(&session)?;
    let entry = app.store.mediator(id).await?.ok_or_else(|| Problem::not_found("mediator"))?;
    let changes = ChangeView::all(&app.store.changes_of_mediator(id).await?, &app.store.site());
    Ok(Json(MediatorPage { mediator: view(&app, &session, entry).await?, changes }))
}

/// A mediator as a desk writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MediatorWritten {
    /// The committee.
    unit: UnitId,
    /// The name that parties see.
    name: String,
    kind: MediatorKind,
    /// Kinds of dispute, by their codes.
    #[serde(default)]
    specialties: Vec<String>,
    /// The committee's area or a part of it.
    area: AreaCode,
    term: Term,
    #[serde(default)]
    studio: Option<StudioId>,
    /// The name with which the mediator signs in.
    #[serde(default)]
    account: Option<String>,
    /// Takes new mediations.
    active: bool,
}

/// A mediator with the version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MediatorKept {
    /// 0 for a new entry.
    base_version: u32,
    mediator: MediatorWritten,
}

/// Adds or changes a mediator. The id is the sender's (UUIDv7); the same entry again is harmless.
#[utoipa::path(put, path = "/api/v1/mediators/{mediator}", tag = "registers", operation_id = "keep_mediator", params(("mediator" = String, Path, format = Uuid)), request_body = MediatorKept,
    responses((status = 200, body = MediatorView), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn put(
    State(app): State<App>,
    session: Session,
    Path(id): Path<MediatorId>,
    Json(sent): Json<MediatorKept>,
) -> Result<Json<MediatorView>> {
    let site = app.store.site();
    let by = keeper(&session, &sent.mediator.unit, &site)?;
    if let Some(current) = app.store.mediator(id).await? {
        keeper(&session, &current.kept.unit, &site)?;
    }
    let mediator = meant(&app, id, sent.mediator).await?;
    let keeping = Keeping { by: &by, base_version: sent.base_version, now: app.clock.now() };
    let entry = app.store.keep_mediator(&mediator, &keeping).await?;
    Ok(Json(view(&app, &session, entry).await?))
}

/// The entry that is meant; its studio and its account must be there.
async fn meant(app: &App, id: MediatorId, sent: MediatorWritten) -> Result<Mediator> {
    let MediatorWritten { unit, name, kind, specialties, area, term, studio, account, active } = sent;
    let mediator = Mediator { id, account: None, unit, name, kind, specialties, area, term, studio, active };
    let mediator = mediator.checked(&app.store.site())?;
    if let Some(studio) = studio
        && app.store.studio(studio).await?.is_none()
    {
        return Err(Refusal::UnknownChoice { field: "studio" }.into());
    }
    let account = match account.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => Some(account_of(app, name, &mediator.unit).await?),
        None => None,
    };
    Ok(Mediator { account, ..mediator })
}

/// The account of a mediator of the committee. Of any other name the answer is the same.
async fn account_of(app: &App, name: &str, unit: &UnitId) -> Result<AccountId> {
    let found = app.store.account_named(name).await?.filter(|row| {
        row.staff.grants.iter().any(|grant| grant.role == Role::Mediator && grant.unit == *unit)
    });
    found.map(|row| row.account.id).ok_or_else(|| Refusal::UnknownChoice { field: "account" }.into())
}
