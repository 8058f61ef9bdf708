//! A guess at what kind of matter some words are about; a person decides. Nothing is stored.

use axum::{Json, extract::State};
use casework::matter::Class;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{App, views::area::CategoryRef};

/// Characters that are looked at.
const LOOKED_AT: usize = 2_000;

/// Words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guess {
    words: String,
}

/// A guess.
#[derive(Serialize, ToSchema)]
pub(crate) struct Guessed {
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Class>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<CategoryRef>,
    /// The words say that a life is in danger: the page shows 110, 119 and 120 first.
    emergency: bool,
    /// The words accuse officials: the page shows where to go, and nothing is stored.
    accusation: bool,
}

/// Guesses class and category from words.
#[utoipa::path(post, path = "/api/v1/public/guess", tag = "residents", operation_id = "guess_class", request_body = Guess, responses((status = 200, body = Guessed)))]
pub(crate) async fn guess(State(app): State<App>, Json(guess): Json<Guess>) -> Json<Guessed> {
    let site = app.store.site();
    let words: String = guess.words.chars().take(LOOKED_AT).collect();
    let category = site.catalogue.guess(&words);
    Json(Guessed {
        class: category.map(|category| category.class),
        category: category.and_then(|category| {
            CategoryRef::at(category.class, &category.code, &site.catalogue.version, &site)
        }),
        emergency: site.catalogue.sounds_like_an_emergency(&words),
        accusation: category.is_some_and(|category| category.accusation),
    })
}
