//! The registers of mediators, committees, studios and local methods: read by all who work on matters, kept by directors for their areas.
//!
//! An entry is sent whole with the version that was seen. The same bytes again are harmless; of two desks the second is told
//! that the entry has changed.

pub(crate) mod committees;
pub(crate) mod export;
pub(crate) mod mediators;
pub(crate) mod methods;
pub(crate) mod studios;

use std::collections::HashMap;

use casework::{
    access,
    actor::By,
    id::{MediatorId, StudioId, UnitId},
    matter::Class,
    site::Site,
};

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::register::{MediatorRef, StudioRef},
};

/// Entries of a page when nobody says.
const ROWS: usize = 50;
/// Most entries of a page.
const MOST_ROWS: usize = 200;

fn rows(limit: Option<usize>) -> usize {
    limit.unwrap_or(ROWS).clamp(1, MOST_ROWS)
}

/// Who reads registers.
fn reads(session: &Session) -> Result<()> {
    if access::may_read_registers(&session.who.staff) { Ok(()) } else { Err(Problem::not_allowed()) }
}

/// In which capacity somebody keeps entries of a unit. What is written down for a unit that is not known is refused by the
/// rules, to those who keep anything at all.
fn keeper(session: &Session, unit: &UnitId, site: &Site) -> Result<By> {
    let staff = &session.who.staff;
    let area = site.units.get(unit).map(|unit| unit.area);
    let area = area.or_else(|| staff.grants.first().map(|grant| grant.area));
    let area = area.ok_or_else(Problem::not_allowed)?;
    Ok(access::may_keep_registers(staff, area, site)?)
}

fn may_keep(session: &Session, unit: &UnitId, site: &Site) -> bool {
    site.units
        .get(unit)
        .is_some_and(|unit| access::may_keep_registers(&session.who.staff, unit.area, site).is_ok())
}

/// A kind of dispute that the catalogue has.
fn specialty(code: Option<&str>, site: &Site) -> Result<Option<String>> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    match site.catalogue.category(Class::Dispute, code) {
        Some(category) => Ok(Some(category.code.clone())),
        None => Err(Problem::invalid("specialty", "the code of a kind of dispute")),
    }
}

/// The names of studios that entries name.
pub(crate) async fn studio_names(
    app: &App,
    ids: impl Iterator<Item = StudioId>,
) -> Result<HashMap<StudioId, StudioRef>> {
    let mut names = HashMap::new();
    for id in ids {
        if !names.contains_key(&id)
            && let Some(studio) = app.store.studio(id).await?
        {
            names.insert(id, StudioRef { id, name: studio.kept.name });
        }
    }
    Ok(names)
}

/// A mediator that an entry names.
async fn mediator_ref(app: &App, id: MediatorId) -> Result<MediatorRef> {
    let name = app.store.mediator(id).await?.map(|entry| entry.kept.name).unwrap_or_default();
    Ok(MediatorRef { id, name })
}
