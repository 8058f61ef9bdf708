//! The catalogue of new matters: categories, lists of reasons, limits.

use axum::{Json, extract::State};
use casework::{
    catalogue::{Bounds, Category, Choice, LimitRule, MediationRules, Warning},
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

/// How much a mediation takes, so that pages can say so before they send.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MediationBounds {
    parties: u8,
    questions: u8,
    sessions: u8,
    clauses: u8,
    hand_overs: u8,
    /// Times that a party may propose at once.
    times: u8,
    /// The longest session.
    session_minutes: u32,
    /// How far ahead a session may be set.
    session_days_ahead: u32,
    /// How many days the parties may add at once.
    extension_days: u32,
    /// From this hour on free times are offered.
    day_from_hour: i8,
    /// Until this hour.
    day_until_hour: i8,
}

impl MediationBounds {
    pub(crate) fn of(rules: &MediationRules) -> Self {
        Self {
            parties: rules.parties,
            questions: rules.questions,
            sessions: rules.sessions,
            clauses: rules.clauses,
            hand_overs: rules.hand_overs,
            times: rules.times,
            session_minutes: rules.session_minutes,
            session_days_ahead: rules.session_days_ahead,
            extension_days: rules.extension_days,
            day_from_hour: rules.day_from_hour,
            day_until_hour: rules.day_until_hour,
        }
    }
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
    mediation_bounds: MediationBounds,
    /// The roads by which disputes are settled.
    channels: Vec<Channel>,
    /// What an agreement's words may call for a second look at.
    agreement_warnings: Vec<Warning>,
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
        mediation_bounds: MediationBounds::of(&catalogue.mediation),
        channels: catalogue.mediation.channels.clone(),
        agreement_warnings: catalogue.mediation.warnings.clone(),
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
