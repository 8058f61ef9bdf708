//! Signing in and out, and who one is.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{actor::Role, id::AccountId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::SignedIn;
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    session::{COOKIE, Session, secret},
    views::area::{AreaView, UnitView},
};

/// Longest password that is looked at.
const LONGEST: usize = 256;

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    name: String,
    password: String,
}

/// An account.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountView {
    id: AccountId,
    name: String,
    display_name: String,
}

/// A role in a unit for an area.
#[derive(Serialize, ToSchema)]
pub(crate) struct GrantView {
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitView>,
    area: AreaView,
}

/// Who one is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    account: AccountView,
    grants: Vec<GrantView>,
    /// Goes into the header `x-csrf-token` of every changing request.
    csrf: String,
    /// The site's clock.
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
}

impl Me {
    fn of(app: &App, who: store::StaffRow, csrf: String) -> Self {
        let site = app.store.site();
        let grants = who.staff.grants.iter().map(|grant| GrantView {
            role: grant.role,
            unit: UnitView::at(&grant.unit, &site),
            area: AreaView::at(grant.area, &site),
        });
        Self {
            grants: grants.collect(),
            account: AccountView {
                id: who.account.id,
                name: who.account.name,
                display_name: who.account.display_name,
            },
            csrf,
            now: app.clock.now(),
        }
    }
}

/// Begins a stay.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "sign-in", operation_id = "sign_in", request_body = SignIn,
    responses((status = 200, body = Me), (status = 401, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn sign_in(State(app): State<App>, Json(asked): Json<SignIn>) -> Result<Response> {
    let name = asked.name.trim();
    let usable = asked.password.len() <= LONGEST && name.len() <= LONGEST && !name.contains(char::is_control);
    if usable {
        app.limits.try_to_sign_in(name)?;
    }
    let stay = if usable { app.store.sign_in(name, &asked.password, Timestamp::now()).await? } else { None };
    let Some((secret, SignedIn { who, csrf })) = stay else {
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "wrong_name_or_password",
            "name or password is wrong",
        ));
    };
    app.limits.signed_in(name);
    let mut response = Json(Me::of(&app, who, csrf)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, &secret, "")?);
    Ok(response)
}

/// Ends the stay.
#[utoipa::path(delete, path = "/api/v1/sign-in", tag = "sign-in", operation_id = "sign_out", responses((status = 204)))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    _session: Session,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(secret) = secret(&headers) {
        app.store.sign_out(secret).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, "", "; Max-Age=0")?);
    Ok(response)
}

/// Who one is.
#[utoipa::path(get, path = "/api/v1/me", tag = "sign-in", operation_id = "read_me", responses((status = 200, body = Me), (status = 401, body = Problem)))]
pub(crate) async fn me(State(app): State<App>, session: Session) -> Json<Me> {
    Json(Me::of(&app, session.who, session.csrf))
}

fn cookie(app: &App, secret: &str, more: &str) -> Result<HeaderValue> {
    let secure = if app.options.secure_cookies { "; Secure" } else { "" };
    let text = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
    HeaderValue::from_str(&text).map_err(|_| {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the cookie cannot be written")
    })
}
