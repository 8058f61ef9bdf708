//! The log of each region: every leaf, in order and without a gap, and the root over them.

use std::collections::BTreeMap;

use casework::{id::Region, record::RecordKind};

use super::{Check, Steps};
use crate::{
    append::RecordId,
    database::Snapshot,
    error::{Error, Result},
    log::{HASH_BYTES, LeafOf, leaf_hash},
    value::{Row, Statement},
};

impl Check<'_> {
    pub(super) async fn log(&mut self, snapshot: &mut Snapshot, steps: &mut Steps<'_>) -> Result<()> {
        let statement = Statement::new(
            "select region, seq, record, version, at, command, body, leaf, kind from events order by region, seq",
        );
        let mut done = 0;
        snapshot
            .each(statement, |row| {
                done += 1;
                steps.at(done);
                if let Err(error) = self.check_leaf(&row) {
                    let seq = row.int(1).unwrap_or_default();
                    self.find(row.record(0, 2).ok(), format!("event {seq} cannot be read: {error}"));
                }
                Ok(())
            })
            .await?;
        self.compare_heads(snapshot).await
    }

    fn check_leaf(&mut self, row: &Row) -> Result<()> {
        let id = row.record(0, 2)?;
        let seq = row.int(1)?;
        let leaf = leaf_of(row, id, seq);
        let (last, root) = self.heads.entry(id.region).or_default();
        let before = std::mem::replace(last, seq);
        root.push(*leaf.as_ref().unwrap_or(&[0; HASH_BYTES]));
        if seq != before + 1 {
            self.find(
                None,
                format!("the log of region {} has a gap: {before} is followed by {seq}", id.region),
            );
        }
        if leaf.ok().as_ref().map(<[u8; HASH_BYTES]>::as_slice) != row.blob(7).ok() {
            let changed = format!("event {seq} of region {} was changed after it was recorded", id.region);
            self.find(Some(id), changed);
        }
        Ok(())
    }

    async fn compare_heads(&mut self, snapshot: &mut Snapshot) -> Result<()> {
        let statement = Statement::new("select region, events from regions order by region");
        let mut counted: BTreeMap<Region, i64> = self.heads.keys().map(|region| (*region, 0)).collect();
        for row in snapshot.fetch(statement).await? {
            counted.insert(Region(row.u32(0)?), row.int(1)?);
        }
        for (region, events) in counted {
            let found = self.heads.get(&region).map_or(0, |(seq, _)| *seq);
            if found != events {
                self.find(
                    None,
                    format!("region {region} counts {events} events but its log ends at {found}"),
                );
            }
        }
        Ok(())
    }
}

fn leaf_of(row: &Row, id: RecordId, seq: i64) -> Result<[u8; HASH_BYTES]> {
    Ok(leaf_hash(LeafOf {
        region: id.region.0,
        seq,
        kind: RecordKind::at_index(row.int(8)?).ok_or_else(|| Error::damaged("no known kind of record"))?,
        record: id.uuid,
        version: row.u32(3)?,
        at: row.int(4)?,
        command: row.uuid(5)?,
        body: row.text(6)?,
    }))
}
