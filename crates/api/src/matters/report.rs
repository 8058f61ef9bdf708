//! Recording a matter for a visitor or caller, at a talk day, or on a round.

use axum::{Json, extract::State, http::StatusCode};
use casework::{
    Refusal,
    actor::Actor,
    id::{CommandId, MatterId, PhotoId},
    matter::{Class, Contact, Report, Source, Urgency},
    talk_day::{TalkCommand, TalkItem, command::RecordMatter},
};
use serde::Deserialize;
use store::{Error, NewReport, NewTalkCommand};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    public::reports::{Place, Receipt, receipt},
    session::Session,
    talk_days,
};

/// A report with the way it came in. Its fields stand here once more: a flattened one could not refuse unknown fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedReport {
    /// The client's id (UUIDv7): a repeat is answered, not recorded again.
    id: CommandId,
    /// The way it came in; the role decides which ways there are.
    source: Source,
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
    /// The thing that was raised at a talk day and becomes this matter.
    talk_day: Option<TalkItem>,
}

impl RecordedReport {
    fn report(self) -> Result<Report> {
        Ok(Report {
            source: self.source,
            place: self.place.given()?,
            words: self.words,
            class: self.class,
            category: self.category,
            urgency: self.urgency,
            address: self.address,
            photos: self.photos,
            contact: self.contact,
            parent: None,
            talk_day: self.talk_day,
        })
    }
}

/// Records a matter.
#[utoipa::path(post, path = "/api/v1/matters", tag = "matters", operation_id = "record_matter", request_body = RecordedReport,
    responses((status = 201, body = Receipt), (status = 200, description = "The same id again: the first answer", body = Receipt), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn report(
    State(app): State<App>,
    session: Session,
    Json(recorded): Json<RecordedReport>,
) -> Result<(StatusCode, Json<Receipt>)> {
    if matches!(recorded.source, Source::Resident | Source::Import) {
        return Err(Problem::not_allowed());
    }
    let (id, of) = (recorded.id, recorded.talk_day);
    if let Some(of) = of {
        may_become_a_matter(&app, &session, of, id).await?;
    }
    let new = NewReport { id, actor: session.actor(), now: app.clock.now(), report: recorded.report()? };
    let answer = app.store.report(new).await?;
    if let Some(of) = of {
        tell_talk_day(&app, of, answer.matter).await;
    }
    receipt(&app, answer).await
}

/// A talk day that one may not read cannot be named, and each thing becomes one matter. A repeat names the same.
async fn may_become_a_matter(app: &App, session: &Session, of: TalkItem, id: CommandId) -> Result<()> {
    let row = talk_days::readable(app, session, &of.day.to_string()).await?;
    let item = row.day.item(of.item).ok_or(Refusal::UnknownItem)?;
    match item.matter {
        Some(matter) if matter.uuid != id.0 => Err(Refusal::ItemIsAMatter.into()),
        Some(_) | None => Ok(()),
    }
}

/// The talk day hears of it at once; should that fail, the report's follow-up tells it later.
async fn tell_talk_day(app: &App, of: TalkItem, matter: MatterId) {
    let new = NewTalkCommand {
        id: app.store.talk_link_id(matter),
        actor: Actor::System,
        now: app.clock.now(),
        day: of.day,
        base_version: None,
        command: TalkCommand::RecordMatter(RecordMatter { item: of.item, matter }),
    };
    match app.store.talk(new).await {
        Ok(_) | Err(Error::Refused(Refusal::NothingToChange)) => {}
        Err(error) => tracing::warn!(%error, %matter, "a talk day is told later of its matter"),
    }
}
