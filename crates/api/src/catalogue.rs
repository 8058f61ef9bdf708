//! The catalogue of new matters: categories, lists of reasons, limits.

use axum::{Json, extract::State};
use casework::{
    catalogue::{Bounds, Category, Choice, LimitRule, Warning},
    matter::Class,
    mediation::Channel,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;

/// A category and those below it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CategoryView {
    code: String,
    name: String,
    name_en: String,
    /// Accusations against officials are guided elsewhere, nothing is stored.
    accusation: bool,
    #[schema(no_recursion)]
    children: Vec<CategoryView>,
}

/// A class with its categories.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClassView {
    class: Class,
    letter: char,
    categories: Vec<CategoryView>,
}

/// The catalogue.
#[derive(Serialize, ToSchema)]
pub(crate) struct CatalogueView {
    version: String,
    classes: Vec<ClassView>,
    guide_routes: Vec<Choice>,
    suspend_reasons: Vec<Choice>,
    return_bases: Vec<Choice>,
    /// Limits of the stages with where they come from.
    limits: Vec<LimitRule>,
    bounds: Bounds,
    /// The roads by which disputes are settled.
    channels: Vec<Channel>,
    /// What an agreement's words may call for a second look at.
    agreement_warnings: Vec<Warning>,
    /// The longest session.
    session_minutes: u32,
    /// Clauses that an agreement may have.
    clauses: u8,
}

/// The catalogue of new matters.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "site", operation_id = "read_catalogue", responses((status = 200, body = CatalogueView)))]
pub(crate) async fn get(State(app): State<App>) -> Json<CatalogueView> {
    let catalogue = app.store.site().catalogue.clone();
    let classes = Class::ALL
        .iter()
        .map(|class| {
            let all: Vec<&Category> =
                catalogue.categories.iter().filter(|category| category.class == *class).collect();
            ClassView { class: *class, letter: class.letter(), categories: below(None, &all) }
        })
        .collect();
    Json(CatalogueView {
        version: catalogue.version.clone(),
        classes,
        guide_routes: catalogue.guide_routes.clone(),
        suspend_reasons: catalogue.suspend_reasons.clone(),
        return_bases: catalogue.return_bases.clone(),
        limits: catalogue.every_limit().cloned().collect(),
        bounds: catalogue.bounds.clone(),
        channels: catalogue.mediation.channels.clone(),
        agreement_warnings: catalogue.mediation.warnings.clone(),
        session_minutes: catalogue.mediation.session_minutes,
        clauses: catalogue.mediation.clauses,
    })
}

fn below(parent: Option<&str>, all: &[&Category]) -> Vec<CategoryView> {
    all.iter()
        .filter(|category| category.parent.as_deref() == parent)
        .map(|category| CategoryView {
            code: category.code.clone(),
            name: category.name.clone(),
            name_en: category.name_en.clone(),
            accusation: category.accusation,
            children: below(Some(&category.code), all),
        })
        .collect()
}
