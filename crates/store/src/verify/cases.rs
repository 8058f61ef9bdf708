//! The rows by which concluded mediations are counted.

use std::collections::BTreeSet;

use super::{
    Check,
    stories::{Stories, Stretch},
};
use crate::{
    append::RecordId,
    database::Snapshot,
    error::Result,
    projections::cases::{COLUMNS, row},
    value::Value,
};

impl Check<'_> {
    pub(super) async fn compare_cases(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &Stories,
    ) -> Result<()> {
        let mut counted: BTreeSet<RecordId> = BTreeSet::new();
        let sql = format!("select region, matter, {COLUMNS} from mediation_cases");
        snapshot
            .each(stretch.of(&sql, "region, matter"), |kept| {
                let Ok(id) = kept.record(0, 1) else {
                    self.find(None, "a row of the mediations has no id that can be read");
                    return Ok(());
                };
                counted.insert(id);
                let matter = stories.get(&id).and_then(|story| story.matter.as_ref());
                let wanted = matter.and_then(|matter| row(matter, &self.site)).unwrap_or_default();
                let kept = kept.0.get(2..).unwrap_or_default();
                let same =
                    |(kept, wanted): (&Value, &Value)| kept == wanted || (kept.is_null() && wanted.is_null());
                if kept.len() != wanted.len() || !kept.iter().zip(&wanted).all(same) {
                    self.find(Some(id), "the mediation is not counted as its events say");
                }
                Ok(())
            })
            .await?;
        for (id, story) in stories.iter().filter(|(id, _)| !counted.contains(id)) {
            if story.matter.as_ref().is_some_and(|matter| row(matter, &self.site).is_some()) {
                self.find(Some(*id), "the mediation is concluded and not counted");
            }
        }
        Ok(())
    }
}
