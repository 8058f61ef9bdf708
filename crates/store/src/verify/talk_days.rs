//! The rows that talk days make.

use casework::talk_day::TalkDay;

use super::{
    Check,
    stories::{Stories, Stretch},
};
use crate::{
    database::Snapshot,
    error::Result,
    projections::talk_days::{COLUMNS, columns},
    value::{Row, Value},
};

impl Check<'_> {
    pub(super) async fn compare_talk_days(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &mut Stories,
    ) -> Result<()> {
        let statement =
            stretch.of(&format!("select region, id, state, {COLUMNS} from talk_days"), "region, id");
        snapshot
            .each(statement, |row| {
                let Ok(id) = row.record(0, 1) else {
                    self.find(None, "a talk day's row has no id that can be read");
                    return Ok(());
                };
                match stories.get_mut(&id).and_then(|story| story.talk_day.take()) {
                    Some(day) => {
                        self.report.talk_days += 1;
                        if !row_is_of(&row, &day) {
                            self.find(Some(id), "the talk day's row is not what its events make it");
                        } else if self.store.talk_day_id(day.area, day.slot) != day.id {
                            self.find(Some(id), "the talk day is not that of its village and day");
                        }
                    }
                    None => self.find(Some(id), format!("talk day {id} has no events")),
                }
                Ok(())
            })
            .await?;
        for (id, _) in stories.iter().filter(|(_, story)| story.talk_day.is_some()) {
            self.find(Some(*id), "the talk day has events but no row");
        }
        Ok(())
    }
}

fn row_is_of(row: &Row, day: &TalkDay) -> bool {
    let state = row.text(2).ok().and_then(|state| serde_json::from_str::<TalkDay>(state).ok());
    let kept = row.0.get(3..).unwrap_or_default();
    let wanted = columns(day);
    let same = |(kept, wanted): (&Value, &Value)| kept == wanted || (kept.is_null() && wanted.is_null());
    state.as_ref() == Some(day) && kept.len() == wanted.len() && kept.iter().zip(&wanted).all(same)
}
