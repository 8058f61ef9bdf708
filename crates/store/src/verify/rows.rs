//! The rows that matters make: their own, what they owe, who acted on them.

use std::collections::{BTreeMap, BTreeSet};

use casework::{
    id::AccountId,
    matter::{Matter, Outcome},
    site::Site,
};
use jiff::Timestamp;

use super::{
    Check,
    stories::{Stories, Stretch},
};
use crate::{
    append::RecordId,
    database::Snapshot,
    error::Result,
    projections::cells::{FINE_ZOOM, cell},
    value::{Row, Value},
};

/// The columns that a matter's row takes from its events, in the order of [`columns`].
const COLUMNS: &str = "version, number, code_key, class, category, urgency, stage, outcome, source, area, centre, lead, about_unit,
    lon, lat, cell, due_at, warn_at, paused, reported_at, changed_at, wake_at";

/// A unit, a role, when it is due and soon due, and whether the clock stands still.
type Entry = (String, i64, i64, i64, i64);

impl Check<'_> {
    pub(super) async fn compare_matters(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &mut Stories,
    ) -> Result<()> {
        let statement =
            stretch.of(&format!("select region, id, state, {COLUMNS} from matters"), "region, id");
        snapshot
            .each(statement, |row| {
                let Ok(id) = row.record(0, 1) else {
                    self.find(None, "a matter's row has no id that can be read");
                    return Ok(());
                };
                let story = stories.get_mut(&id);
                match story.and_then(|story| {
                    story.has_row = true;
                    story.matter.as_ref()
                }) {
                    Some(matter) if self.row_is_of(&row, matter) => {}
                    Some(_) => self.find(Some(id), "the matter's row is not what its events make it"),
                    None => self.find(Some(id), format!("matter {id} has no events")),
                }
                Ok(())
            })
            .await?;
        for (id, _) in stories.iter().filter(|(_, story)| story.matter.is_some() && !story.has_row) {
            self.find(Some(*id), "the matter has events but no row");
        }
        Ok(())
    }

    fn row_is_of(&self, row: &Row, matter: &Matter) -> bool {
        let state = row.text(2).ok().and_then(|state| serde_json::from_str::<Matter>(state).ok());
        let keys = &self.store.keys;
        let code_key = keys.code_key(&keys.query_code(matter.id, matter.code_version));
        let kept = row.0.get(3..).unwrap_or_default();
        let wanted = columns(matter, code_key, &self.site);
        let same = |(kept, wanted): (&Value, &Value)| kept == wanted || (kept.is_null() && wanted.is_null());
        state.as_ref() == Some(matter) && kept.len() == wanted.len() && kept.iter().zip(&wanted).all(same)
    }

    pub(super) async fn compare_queue(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &Stories,
    ) -> Result<()> {
        let mut kept: BTreeMap<RecordId, BTreeSet<Entry>> = BTreeMap::new();
        let sql = "select region, matter, unit, role, due_at, warn_at, paused from queue";
        snapshot
            .each(stretch.of(sql, "region, matter"), |row| {
                let entry = || -> Result<Entry> {
                    Ok((row.text(2)?.to_owned(), row.int(3)?, row.int(4)?, row.int(5)?, row.int(6)?))
                };
                match (row.record(0, 1), entry()) {
                    (Ok(id), Ok(entry)) => drop(kept.entry(id).or_default().insert(entry)),
                    (Ok(id), Err(error)) => self.find(Some(id), format!("an entry of the queue: {error}")),
                    (Err(error), _) => self.find(None, format!("an entry of the queue: {error}")),
                }
                Ok(())
            })
            .await?;
        for (id, story) in stories {
            let Some(matter) = &story.matter else { continue };
            if kept.remove(id).unwrap_or_default() != owed(matter, &self.site) {
                self.find(Some(*id), "the queue does not hold what the matter owes");
            }
        }
        for id in kept.keys() {
            self.find(Some(*id), format!("the queue holds matter {id}, which has no events"));
        }
        Ok(())
    }

    pub(super) async fn compare_acted(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &mut Stories,
    ) -> Result<()> {
        let sql = "select region, matter, account, at, reported from acted";
        snapshot
            .each(stretch.of(sql, "region, matter"), |row| {
                let id = row.record(0, 1).ok();
                let story = id.and_then(|id| stories.get_mut(&id));
                let wanted = story.and_then(|story| story.acted.remove(&AccountId(row.uuid(2).ok()?)));
                if wanted.is_none_or(|wanted| Some(wanted) != acted(&row).ok()) {
                    self.find(id, "who acted on the matter is not who its events name");
                }
                Ok(())
            })
            .await?;
        for (id, story) in stories {
            for _ in &story.acted {
                self.find(Some(*id), "somebody who acted on the matter is not noted");
            }
        }
        Ok(())
    }
}

/// When an account last acted, and whether it reported the matter.
fn acted(row: &Row) -> Result<(i64, bool)> {
    Ok((row.int(3)?, row.int(4)? == 1))
}

fn owed(matter: &Matter, site: &Site) -> BTreeSet<Entry> {
    let at = |moment: Option<Timestamp>| moment.map_or(i64::MAX, Timestamp::as_microsecond);
    let entries = matter.owed(site).into_iter();
    entries
        .map(|owed| {
            (owed.unit.0, owed.role.index(), at(owed.due_at), at(owed.warn_at), i64::from(owed.paused))
        })
        .collect()
}

/// What a matter's columns must hold.
fn columns(matter: &Matter, code_key: i64, site: &Site) -> Vec<Value> {
    let clock = matter.clock.as_ref();
    vec![
        matter.version.into(),
        matter.number.0.clone().into(),
        code_key.into(),
        matter.class.index().into(),
        matter.category.clone().into(),
        matter.urgency.index().into(),
        matter.stage.index().into(),
        matter.outcome.map(Outcome::index).into(),
        matter.source.index().into(),
        matter.area.to_string().into(),
        matter.centre.0.clone().into(),
        matter.lead.as_ref().map(|unit| unit.0.clone()).into(),
        matter.about_unit.as_ref().map(|unit| unit.0.clone()).into(),
        matter.place.map(|place| place.lon).into(),
        matter.place.map(|place| place.lat).into(),
        matter.place.map(|place| cell(place, FINE_ZOOM)).into(),
        clock.map(|clock| clock.due_at).into(),
        clock.map(|clock| clock.warn_at).into(),
        matter.pause.is_some().into(),
        matter.reported_at.into(),
        matter.changed_at.into(),
        matter.wake(site).map(|wake| wake.at).into(),
    ]
}
