//! Who could mediate a matter, and why.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    id::UnitId,
    matter::{Class, Matter, Stage},
    register::{Dispute, MediatorKind, Reason, suggest},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::readable;
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{
        area::{AreaView, UnitRef},
        register::MediatorRef,
    },
};

/// Most who are suggested.
const MOST: usize = 20;

/// A mediator who could be given the dispute.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestedMediator {
    mediator: MediatorRef,
    kind: MediatorKind,
    unit: UnitRef,
    /// The area that the mediator serves.
    area: AreaView,
    /// Why, the strongest first.
    reasons: Vec<Reason>,
}

/// Those who could be given the dispute: near ones first, then those who know such disputes, then those with fewer open.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestedMediators {
    items: Vec<SuggestedMediator>,
}

/// Who could mediate a dispute that is being screened or mediated; a person decides. Of any other matter: nobody.
#[utoipa::path(get, path = "/api/v1/matters/{id}/mediators", tag = "matters", operation_id = "suggest_mediators", params(("id" = String, Path)), responses((status = 200, body = SuggestedMediators), (status = 404, body = Problem)))]
pub(crate) async fn mediators(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<SuggestedMediators>> {
    let matter = readable(&app, &session, &id).await?.matter;
    if !is_for_mediators(&matter) {
        return Ok(Json(SuggestedMediators { items: Vec::new() }));
    }
    let (site, today) = (app.store.site(), app.store.site().day(app.clock.now()));
    let serving = app.store.mediators_at(matter.area).await?;
    let mut units: Vec<UnitId> = serving.iter().map(|mediator| mediator.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    let committees = app.store.committees_of(&units).await?;
    let open = app.store.open_mediations(&units).await?;
    let found = suggest(Dispute::of(&matter), &serving, &committees, &open, &site, today);
    let view = |suggestion: casework::register::Suggestion| {
        let mediator = serving.iter().find(|mediator| mediator.id == suggestion.mediator)?;
        Some(SuggestedMediator {
            mediator: MediatorRef { id: mediator.id, name: mediator.name.clone() },
            kind: mediator.kind,
            unit: UnitRef::at(&suggestion.unit, &site),
            area: AreaView::at(mediator.area, &site),
            reasons: suggestion.reasons,
        })
    };
    Ok(Json(SuggestedMediators { items: found.into_iter().take(MOST).filter_map(view).collect() }))
}

fn is_for_mediators(matter: &Matter) -> bool {
    matter.class == Class::Dispute && matches!(matter.stage, Stage::Screening | Stage::Mediating)
}
