//! The map: every path once, path and description registered together.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_governor::{GovernorLayer, governor::GovernorConfigBuilder};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};
use utoipa::{OpenApi, openapi::OpenApi as Document};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    App, apps, areas, calendar, catalogue, changes, figures, headers, health,
    limits::{CallersAddress, MOST_BODY, MOST_UPLOAD},
    map, matters, mediation_statistics, photos,
    problem::Problem,
    public, registers, sign_in, talk_days, units,
};

/// Requests that an address may send at once.
const BURST: u32 = 120;
/// Milliseconds after which an address may send one more.
const REPLENISH: u64 = 100;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fengsi 逢四",
        description = "A community's troubles, settled where they arise. Problem answers follow RFC 9457; times are RFC 3339 in UTC; areas are division codes.",
        license(name = "Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Documented;

fn paths() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Documented::openapi())
        .routes(routes!(health::get))
        .routes(routes!(public::site::get))
        .routes(routes!(catalogue::get))
        .routes(routes!(areas::list))
        .routes(routes!(areas::at))
        .routes(routes!(areas::shapes))
        .routes(routes!(areas::get))
        .routes(routes!(public::guess::guess))
        .routes(routes!(public::reports::report))
        .routes(routes!(public::follow::get))
        .routes(routes!(public::follow::supply))
        .routes(routes!(public::follow::urge))
        .routes(routes!(public::follow::rate))
        .routes(routes!(public::follow::reopen))
        .routes(routes!(public::follow::withdraw))
        .routes(routes!(public::photos::get))
        .routes(routes!(public::mediations::get))
        .routes(routes!(public::mediations::command))
        .routes(routes!(public::agreement::get))
        .routes(routes!(mediation_statistics::get))
        .routes(routes!(mediation_statistics::sheet))
        .routes(routes!(calendar::get))
        .routes(routes!(calendar::make_feed, calendar::remove_feed))
        .routes(routes!(calendar::feed))
        .routes(routes!(public::numbers::get))
        .routes(routes!(public::mediators::list))
        .routes(routes!(public::talk_days::get))
        .routes(routes!(public::talk_feed::get))
        .routes(routes!(talk_days::rule::get))
        .routes(routes!(sign_in::sign_in, sign_in::sign_out))
        .routes(routes!(sign_in::me))
        .routes(routes!(matters::list::list, matters::report::report))
        .routes(routes!(matters::get::get))
        .routes(routes!(matters::command::command))
        .routes(routes!(matters::similar::similar))
        .routes(routes!(matters::contact::contact))
        .routes(routes!(matters::parties::get))
        .routes(routes!(matters::parties::one_time_code))
        .routes(routes!(matters::dossier::list))
        .routes(routes!(matters::dossier::form))
        .routes(routes!(matters::dossier::zip))
        .routes(routes!(matters::mediators::mediators))
        .routes(routes!(photos::get))
        .routes(routes!(units::list))
        .routes(routes!(registers::mediators::list))
        .routes(routes!(registers::export::mediators))
        .routes(routes!(registers::mediators::get, registers::mediators::put))
        .routes(routes!(registers::committees::list))
        .routes(routes!(registers::export::committees))
        .routes(routes!(registers::committees::get, registers::committees::put))
        .routes(routes!(registers::studios::list))
        .routes(routes!(registers::studios::get, registers::studios::put))
        .routes(routes!(registers::methods::list))
        .routes(routes!(registers::methods::get, registers::methods::put))
        .routes(routes!(figures::get))
        .routes(routes!(map::cells))
        .routes(routes!(talk_days::list::list, talk_days::plan::plan))
        .routes(routes!(talk_days::get::get))
        .routes(routes!(talk_days::command::command))
        .routes(routes!(talk_days::rule::set))
        .routes(routes!(talk_days::places::set))
}

fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(public::photos::add)).routes(routes!(photos::add))
}

/// Live updates stay open: outside time-outs and compression.
fn live() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(changes::listen))
}

/// The description of the interface.
#[must_use]
pub fn openapi() -> Document {
    let (_, document) = paths().merge(uploads()).merge(live()).split_for_parts();
    document
}

/// The whole interface and the pages.
pub fn router(app: App) -> Router {
    let (paths, _) = paths().split_for_parts();
    let (uploads, _) = uploads().split_for_parts();
    let (live, _) = live().split_for_parts();
    let timed = paths
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .merge(uploads.layer(DefaultBodyLimit::max(MOST_UPLOAD)))
        .layer(middleware::from_fn(plain_rejections))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, app.options.longest_request))
        .layer(CompressionLayer::new());
    let limited = if app.options.limits { limited(timed) } else { timed };
    let document = Router::new().route("/openapi.json", axum::routing::get(|| async { Json(openapi()) }));
    let description =
        SwaggerUi::new("/openapi").config(utoipa_swagger_ui::Config::from("/openapi.json")).into();
    let all = limited
        .merge(live.layer(middleware::from_fn(plain_rejections)))
        .merge(document)
        .merge(headers::description(description))
        .fallback(apps::serve)
        .layer(CatchPanicLayer::new());
    headers::guarded(all).with_state(app)
}

/// Limits requests for each address; the server must tell handlers the address.
fn limited(router: Router<App>) -> Router<App> {
    let config = GovernorConfigBuilder::default()
        .key_extractor(CallersAddress)
        .period(Duration::from_millis(REPLENISH))
        .burst_size(BURST)
        .finish();
    match config {
        Some(config) => router.layer(GovernorLayer::new(config).error_handler(|_| {
            let mut response = Problem::slow_down(1).into_response();
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response
        })),
        None => router,
    }
}

/// Requests that could not even be read get a problem answer too.
async fn plain_rejections(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !status.is_client_error() || !plain {
        return response;
    }
    let body = axum::body::to_bytes(response.into_body(), 4_096).await.unwrap_or_default();
    let detail = String::from_utf8_lossy(&body).into_owned();
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too_large", detail),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(status, "method_not_allowed", detail),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(status, "not_json", detail),
        StatusCode::NOT_FOUND => Problem::new(status, "not_found", detail),
        _ => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail),
    }
    .into_response()
}
