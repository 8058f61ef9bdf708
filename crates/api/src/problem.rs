//! Answers that are not a yes (RFC 9457): one table from errors to status, code and the values a page needs to say it well.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::Refusal;
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::{Error, photos::PhotoError};
use utoipa::ToSchema;

use crate::views::timeline::EntryView;

/// A problem answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    r#type: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// Stable; pages say it in the reader's language.
    code: String,
    /// What happened, for people who read logs.
    detail: String,
    /// Values for the page's sentence.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    params: Map<String, Value>,
    /// Fields that need mending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldProblem>,
    /// After `stale`: what happened since.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Vec<EntryView>>,
    /// After `stale`: the version to base the command on.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<u32>,
}

/// A field that needs mending.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    field: String,
    code: String,
    #[schema(value_type = Object)]
    params: Value,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.into(),
            params: Map::new(),
            fields: Vec::new(),
            changed: None,
            current_version: None,
        }
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", "sign in first")
    }

    pub(crate) fn not_allowed() -> Self {
        Self::new(StatusCode::FORBIDDEN, "not_allowed", "no grant allows this")
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("{what} is not known"))
    }

    pub(crate) fn slow_down(seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", "too many requests")
            .with("seconds", json!(seconds))
    }

    /// A party's page opens with the phone's last digits beside the code.
    pub(crate) fn phone_needed() -> Self {
        Self::new(StatusCode::FORBIDDEN, "phone_needed", "the last four digits of the phone are needed")
    }

    pub(crate) fn wrong_phone() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "wrong_phone",
            "the digits are not those of the phone that was noted",
        )
    }

    pub(crate) fn party_locked() -> Self {
        Self::new(StatusCode::FORBIDDEN, "party_locked", "tried too often: the committee gives a new code")
    }

    /// An access code that was replaced. Its party has, or is given, a newer one.
    pub(crate) fn code_replaced() -> Self {
        Self::new(StatusCode::FORBIDDEN, "code_replaced", "this access code was replaced by a newer one")
    }

    pub(crate) fn wrong_one_time_code() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "wrong_one_time_code",
            "ask the mediator for the code, it holds for minutes",
        )
    }

    /// PDF needs a program of its own; Word files do not.
    pub(crate) fn paper_missing() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "paper_missing",
            "fengsi-paper or its font is not installed: ask for format=docx",
        )
    }

    pub(crate) fn paper_failed() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "paper_failed",
            "the PDF could not be made: ask for format=docx",
        )
    }

    /// A field that cannot be used.
    pub(crate) fn invalid(field: &str, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail);
        problem.fields.push(FieldProblem {
            field: field.to_owned(),
            code: "invalid".to_owned(),
            params: json!({}),
        });
        problem
    }

    pub(crate) fn stale(current: u32, changed: Vec<EntryView>) -> Self {
        let mut problem = Self::new(StatusCode::CONFLICT, "stale", "the matter has changed since");
        problem.current_version = Some(current);
        problem.changed = Some(changed);
        problem
    }

    pub(crate) fn entry_changed(current: u32) -> Self {
        let mut problem = Self::new(StatusCode::CONFLICT, "entry_changed", "the entry has changed since");
        problem.current_version = Some(current);
        problem
    }

    fn with(mut self, key: &str, value: Value) -> Self {
        self.params.insert(key.to_owned(), value);
        self
    }

    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    pub(crate) fn params(&self) -> Value {
        Value::Object(self.params.clone())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status =
            if refusal.is_about_rights() { StatusCode::FORBIDDEN } else { StatusCode::UNPROCESSABLE_ENTITY };
        let mut problem = Self::new(status, &refusal.code(), refusal.to_string());
        if let Value::Object(mut params) = refusal.params() {
            params.remove("code");
            if let Some(field) = params.get("field").and_then(Value::as_str) {
                problem.fields.push(FieldProblem {
                    field: field.to_owned(),
                    code: problem.code.clone(),
                    params: Value::Object(params.clone()),
                });
            }
            problem.params = params;
        }
        problem
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal.into(),
            Error::Stale { current, .. } => Self::stale(current, Vec::new()),
            Error::EntryChanged { current } => Self::entry_changed(current),
            Error::CommandIdReused => Self::new(StatusCode::CONFLICT, "command_id_reused", error.to_string()),
            Error::NoMatter(_) | Error::NotFound(_) => {
                Self::new(StatusCode::NOT_FOUND, "not_found", error.to_string())
            }
            Error::Photo(PhotoError::TooLarge) => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", error.to_string())
                    .with("megabytes", json!(store::photos::MOST_BYTES / 1024 / 1024))
            }
            Error::Photo(PhotoError::NotAPhoto) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "not_a_photo", error.to_string())
            }
            Error::Photo(PhotoError::Unreadable) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "photo_unreadable", error.to_string())
            }
            Error::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "nothing was recorded: try again with the same id",
            ),
            Error::Setup(_) | Error::Damaged(_) | Error::Sqlite(_) | Error::Postgres(_) | Error::Io(_) => {
                // The chain is logged once, here; the caller learns that it was not the caller's doing.
                tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "failed",
                    "nothing was recorded: try again with the same id",
                )
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = self
            .params
            .get("seconds")
            .and_then(Value::as_u64)
            .filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
        let mut response = (status, Json(self)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A handler's answer.
pub(crate) type Result<T, E = Problem> = std::result::Result<T, E>;
