//! A resident's report: at most what, where, and how to be reached.

use axum::{Json, extract::State, http::StatusCode};
use casework::{
    actor::Actor,
    area::{AreaCode, Point},
    id::{CommandId, MatterId, Number, PhotoId},
    matter::{Class, Contact, PlaceGiven, Report, Source, Urgency},
};
use serde::{Deserialize, Serialize};
use store::{Answer, NewReport};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    views::now::Now,
};

/// A place: a point, or an area.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    lon: Option<f64>,
    lat: Option<f64>,
    area: Option<AreaCode>,
}

impl Place {
    pub(crate) fn given(self) -> Result<PlaceGiven> {
        match (self.lon, self.lat, self.area) {
            (Some(lon), Some(lat), _) => Ok(PlaceGiven::Point(Point { lon, lat })),
            (None, None, Some(area)) => Ok(PlaceGiven::Area { area }),
            _ => Err(Problem::invalid("place", "a place is lon and lat, or an area")),
        }
    }
}

/// What a resident reports.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reported {
    /// The client's id (UUIDv7): a repeat is answered, not recorded again.
    id: CommandId,
    place: Place,
    /// What happened.
    words: String,
    /// Guessed when left out.
    class: Option<Class>,
    category: Option<String>,
    urgency: Option<Urgency>,
    /// Where, in words.
    address: Option<String>,
    #[serde(default)]
    photos: Vec<PhotoId>,
    contact: Option<Contact>,
}

impl Reported {
    fn report(self) -> Result<Report> {
        Ok(Report {
            source: Source::Resident,
            place: self.place.given()?,
            words: self.words,
            class: self.class,
            category: self.category,
            urgency: self.urgency,
            address: self.address,
            photos: self.photos,
            contact: self.contact,
            parent: None,
            talk_day: None,
        })
    }
}

/// What a reporter gets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    matter_id: MatterId,
    /// The query code, twelve characters. Whoever has it follows the matter.
    code: String,
    /// The number people see.
    number: Number,
    now: Now,
}

/// Reports a matter.
#[utoipa::path(post, path = "/api/v1/public/reports", tag = "residents", operation_id = "send_report", request_body = Reported,
    responses((status = 201, body = Receipt), (status = 200, description = "The same id again: the first answer", body = Receipt), (status = 422, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn report(
    State(app): State<App>,
    Json(reported): Json<Reported>,
) -> Result<(StatusCode, Json<Receipt>)> {
    let id = reported.id;
    let new = NewReport { id, actor: Actor::Reporter, now: app.clock.now(), report: reported.report()? };
    receipt(&app, app.store.report(new).await?).await
}

pub(crate) async fn receipt(app: &App, answer: Answer) -> Result<(StatusCode, Json<Receipt>)> {
    let row = app.store.matter(answer.matter).await?;
    let status = if answer.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let receipt = Receipt {
        matter_id: answer.matter,
        code: app.store.query_code(answer.matter, answer.code_version),
        number: answer.number,
        now: Now::of(&row.matter, &app.store.site(), app.clock.now()),
    };
    Ok((status, Json(receipt)))
}
