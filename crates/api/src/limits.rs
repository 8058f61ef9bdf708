//! How often: wrong codes over the whole site, failed sign-ins for each name. Requests per address are limited in `routes`.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{extract::ConnectInfo, http::Request};
use tower_governor::{GovernorError, key_extractor::KeyExtractor};

use crate::problem::{Problem, Result};

/// Wrong codes that the whole site takes in a window: a guesser gains nothing from many addresses.
const WRONG_CODES: u32 = 120;
/// Failed sign-ins that a name takes in a window.
const FAILED_SIGN_INS: u32 = 5;
/// The window of wrong codes.
const CODE_WINDOW: Duration = Duration::from_mins(1);
/// The window of failed sign-ins.
const SIGN_IN_WINDOW: Duration = Duration::from_mins(15);
/// Names remembered at most.
const NAMES: usize = 10_000;

/// Largest body of an ordinary request.
pub(crate) const MOST_BODY: usize = 256 * 1024;
/// Largest body of an upload: a photo and the form around it.
pub(crate) const MOST_UPLOAD: usize = store::photos::MOST_BYTES + 64 * 1024;

/// The address that is limited: the caller's own. A proxy on this machine names it; without that the whole town behind the
/// proxy would share one limit. Other callers may write into the header what they like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallersAddress;

impl KeyExtractor for CallersAddress {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let ConnectInfo(peer) = peer.ok_or(GovernorError::UnableToExtractKey)?;
        if !peer.ip().is_loopback() {
            return Ok(network(peer.ip()));
        }
        // The proxy adds what it saw at the end; whatever stands before came with the request.
        let named = request.headers().get_all("x-forwarded-for").iter().next_back();
        let last = named.and_then(|named| named.to_str().ok()).and_then(|named| named.rsplit(',').next());
        Ok(last.and_then(|last| last.trim().parse().ok()).map_or(peer.ip(), network))
    }
}

/// In version six a household has a network of addresses, not one.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since: Instant,
    count: u32,
}

/// Counters of what must not happen often.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    codes: Mutex<Window>,
    names: Mutex<HashMap<String, Window>>,
}

impl Limits {
    pub(crate) fn new(on: bool) -> Self {
        Self { on, codes: Mutex::new(Window { since: Instant::now(), count: 0 }), names: Mutex::default() }
    }

    /// Whether another code may be tried.
    pub(crate) fn may_try_code(&self) -> Result<()> {
        let window = *self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        check(self.on, window, WRONG_CODES, CODE_WINDOW)
    }

    pub(crate) fn wrong_code(&self) {
        step(&mut self.codes.lock().unwrap_or_else(PoisonError::into_inner), CODE_WINDOW);
    }

    /// Whether a name may try to sign in. The try counts at once, so that many at the same time are counted too; it is
    /// forgotten when it succeeds.
    pub(crate) fn try_to_sign_in(&self, name: &str) -> Result<()> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES && !names.contains_key(name) {
            make_room(&mut names);
        }
        let window = names.entry(name.to_owned()).or_insert(Window { since: Instant::now(), count: 0 });
        check(self.on, *window, FAILED_SIGN_INS, SIGN_IN_WINDOW)?;
        step(window, SIGN_IN_WINDOW);
        Ok(())
    }

    pub(crate) fn signed_in(&self, name: &str) {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Forgets names whose time is over; when none is, the one tried longest ago.
fn make_room(names: &mut HashMap<String, Window>) {
    names.retain(|_, window| window.since.elapsed() < SIGN_IN_WINDOW);
    if names.len() >= NAMES {
        let oldest = names.iter().min_by_key(|(_, window)| window.since).map(|(name, _)| name.clone());
        oldest.map(|name| names.remove(&name));
    }
}

fn step(window: &mut Window, length: Duration) {
    if window.since.elapsed() >= length {
        *window = Window { since: Instant::now(), count: 0 };
    }
    window.count = window.count.saturating_add(1);
}

fn check(on: bool, window: Window, most: u32, length: Duration) -> Result<()> {
    let since = window.since.elapsed();
    if on && since < length && window.count >= most {
        return Err(Problem::slow_down(length.saturating_sub(since).as_secs().max(1)));
    }
    Ok(())
}
