//! Who is asking: the cookie's stay, and on changing requests the token that a foreign page cannot know.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use casework::{
    access,
    actor::{Actor, Grant, Role, Staff},
    id::UnitId,
    matter::Matter,
    site::Site,
};
use jiff::Timestamp;
use store::{SignedIn, StaffRow};

use crate::{
    App,
    problem::{Problem, Result},
};

/// The cookie's name.
pub(crate) const COOKIE: &str = "fengsi_session";
/// The header that changing requests carry.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";

/// A signed-in member of staff.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) who: StaffRow,
    pub(crate) csrf: String,
}

impl Session {
    pub(crate) fn actor(&self) -> Actor {
        Actor::Staff(self.who.staff.clone())
    }

    /// The capacity in which it reads a matter: the first grant that lets it.
    pub(crate) fn grant_for(&self, matter: &Matter, site: &Site) -> Result<&Grant> {
        let staff = &self.who.staff;
        let lets = |grant: &&Grant| {
            let alone = Staff { account: staff.account, grants: vec![(*grant).clone()] };
            access::may_read(matter, &alone, site)
        };
        staff.grants.iter().find(lets).ok_or_else(Problem::not_allowed)
    }

    /// The capacity in which it reads lists: the first grant that reads matters.
    pub(crate) fn reading_grant(&self) -> Result<&Grant> {
        self.who.staff.grants.iter().find(|grant| grant.role.reads_matters()).ok_or_else(Problem::not_allowed)
    }

    /// The queues it works on.
    pub(crate) fn queues(&self) -> Vec<(UnitId, Role)> {
        let mut queues: Vec<_> = self
            .who
            .staff
            .grants
            .iter()
            .flat_map(|grant| stands_in_for(grant.role).iter().map(|role| (grant.unit.clone(), *role)))
            .collect();
        queues.sort_unstable();
        queues.dedup();
        queues
    }
}

/// The roles whose queue a role works on.
fn stands_in_for(role: Role) -> &'static [Role] {
    match role {
        Role::Director => &[Role::Director, Role::Intake, Role::Dispatcher, Role::Supervisor],
        Role::VillageLead => &[Role::VillageLead, Role::GridWorker, Role::Intake, Role::Dispatcher],
        Role::GridWorker => &[Role::GridWorker],
        Role::Intake => &[Role::Intake],
        Role::Dispatcher => &[Role::Dispatcher],
        Role::Supervisor => &[Role::Supervisor],
        Role::Handler => &[Role::Handler],
        Role::Mediator => &[Role::Mediator],
        Role::Overseer | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => &[],
    }
}

/// The secret that a request's cookie holds.
pub(crate) fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}

async fn session(parts: &Parts, app: &App) -> Result<Option<Session>> {
    let Some(secret) = secret(&parts.headers) else { return Ok(None) };
    let stay: Option<SignedIn> = app.store.signed_in(secret, Timestamp::now()).await?;
    let Some(SignedIn { who, csrf }) = stay else { return Ok(None) };
    let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && parts.headers.get(CSRF_HEADER).is_none_or(|token| token.as_bytes() != csrf.as_bytes()) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "csrf",
            "the token of this stay is missing: reload the page",
        ));
    }
    Ok(Some(Session { who, csrf }))
}

impl FromRequestParts<App> for Session {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        session(parts, app).await?.ok_or_else(Problem::not_signed_in)
    }
}

impl OptionalFromRequestParts<App> for Session {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>> {
        session(parts, app).await
    }
}
