//! What every answer tells the browser to refuse: foreign scripts, frames around our pages, camera and microphone.
//! Strict transport is the proxy's word, which knows whether there is HTTPS.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

/// The pages load nothing from elsewhere and hold no script or style of their own text. Photos that are being chosen are
/// `blob:` pictures; maps and charts draw small `data:` ones.
const PAGES: &str = "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The description of the interface comes from a package whose page has styles inside.
const DESCRIPTION: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A resident may show where something is; nothing else of the device is ever asked for.
const DEVICE: &str = "camera=(), geolocation=(self), microphone=()";

/// Adds the headers to every answer that does not bring its own.
pub(crate) fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .layer(absent(header::CONTENT_SECURITY_POLICY, PAGES))
        .layer(absent(HeaderName::from_static("permissions-policy"), DEVICE))
        .layer(absent(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(absent(header::REFERRER_POLICY, "no-referrer"))
        .layer(absent(header::X_FRAME_OPTIONS, "DENY"))
}

/// The page that describes the interface, with the policy it needs.
pub(crate) fn description<S: Clone + Send + Sync + 'static>(page: Router<S>) -> Router<S> {
    page.layer(absent(header::CONTENT_SECURITY_POLICY, DESCRIPTION))
}

fn absent(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
