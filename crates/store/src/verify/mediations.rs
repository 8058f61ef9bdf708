//! The rows that mediations make beside their matter's: sessions that are set, and the parties' access codes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check,
    stories::{Stories, Stretch},
};
use crate::{
    append::RecordId,
    database::Snapshot,
    error::Result,
    projections::mediations::{party_codes, sessions},
    value::Row,
};

/// The numbers and bytes of a row.
type Entry = (i64, i64, i64, Vec<u8>);

impl Check<'_> {
    pub(super) async fn compare_mediations(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &Stories,
    ) -> Result<()> {
        let sql = "select region, matter, no, starts_at, ends_at, mediator, state from sessions";
        let session = |row: &Row| {
            let whose = [row.blob(5)?, &row.int(6)?.to_be_bytes()].concat();
            Ok((row.int(2)?, row.int(3)?, row.int(4)?, whose))
        };
        let mut kept = self.kept(snapshot, stretch, sql, session).await?;
        for (id, story) in stories {
            let wanted = story.matter.iter().flat_map(sessions).map(|(no, mediator, time, state)| {
                let (from, until) = (time.starts_at.as_microsecond(), time.ends_at.as_microsecond());
                let whose = [mediator.0.as_bytes().as_slice(), &state.index().to_be_bytes()].concat();
                (i64::from(no), from, until, whose)
            });
            if kept.remove(id).unwrap_or_default() != wanted.collect() {
                self.find(Some(*id), "the calendar does not hold the sessions as they are");
            }
        }
        for id in kept.keys() {
            self.find(Some(*id), format!("the calendar holds matter {id}, which has no events"));
        }
        let sql = "select region, matter, no, code_key from party_codes";
        let code = |row: &Row| Ok((row.int(2)?, row.int(3)?, 0, Vec::new()));
        let mut kept = self.kept(snapshot, stretch, sql, code).await?;
        for (id, story) in stories {
            let keys = &self.store.keys;
            let codes = story.matter.iter().flat_map(|matter| party_codes(keys, matter));
            let wanted = codes.map(|(key, no)| (i64::from(no), key, 0, Vec::new())).collect();
            if kept.remove(id).unwrap_or_default() != wanted {
                self.find(Some(*id), "the access codes are not those of the parties");
            }
        }
        for id in kept.keys() {
            self.find(Some(*id), format!("there are access codes of matter {id}, which has no events"));
        }
        Ok(())
    }

    async fn kept(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        sql: &str,
        read: impl Fn(&Row) -> Result<Entry> + Send + Sync,
    ) -> Result<BTreeMap<RecordId, BTreeSet<Entry>>> {
        let mut kept: BTreeMap<RecordId, BTreeSet<Entry>> = BTreeMap::new();
        snapshot
            .each(stretch.of(sql, "region, matter"), |row| {
                match (row.record(0, 1), read(&row)) {
                    (Ok(id), Ok(entry)) => drop(kept.entry(id).or_default().insert(entry)),
                    (Ok(id), Err(error)) => self.find(Some(id), format!("a row of its mediation: {error}")),
                    (Err(error), _) => self.find(None, format!("a row of a mediation: {error}")),
                }
                Ok(())
            })
            .await?;
        Ok(kept)
    }
}
