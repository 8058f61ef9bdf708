//! Local methods: what is kept is its last version, and a mediation that goes by one finds the version it began with.

use std::collections::HashMap;

use casework::{mediation::MethodRef, register::Method};
use uuid::Uuid;

use super::{Check, stories::Stories};
use crate::{
    database::Snapshot,
    error::{Error, Result},
    value::{Row, Statement},
};

/// Versions by method and number.
pub(super) type Versions = HashMap<(Uuid, u32), Method>;

impl Check<'_> {
    pub(super) async fn read_methods(&mut self, snapshot: &mut Snapshot) -> Result<()> {
        let sql = "select id, version, body from method_versions";
        for row in snapshot.fetch(Statement::new(sql)).await? {
            match read(&row) {
                Ok((id, version, method)) if method.id.0 == id => {
                    self.methods.insert((id, version), method);
                }
                Ok(_) => self.find(None, "a version of a method is another method's"),
                Err(error) => self.find(None, format!("a version of a method: {error}")),
            }
        }
        let sql = "select id, version, body from methods";
        for row in snapshot.fetch(Statement::new(sql)).await? {
            let kept = read(&row)?;
            if self.methods.get(&(kept.0, kept.1)) != Some(&kept.2) {
                self.find(None, format!("method {} is not its version {}", kept.0, kept.1));
            }
        }
        Ok(())
    }

    pub(super) fn compare_methods(&mut self, stories: &Stories) {
        for (id, story) in stories {
            let mediation = story.matter.as_ref().and_then(|matter| matter.mediation.as_deref());
            let Some(MethodRef { id: method, version }) = mediation.and_then(|mediation| mediation.method)
            else {
                continue;
            };
            if !self.methods.contains_key(&(method.0, version)) {
                self.find(Some(*id), "the method that it goes by is not kept in its version");
            }
        }
    }
}

fn read(row: &Row) -> Result<(Uuid, u32, Method)> {
    Ok((row.uuid(0)?, row.u32(1)?, serde_json::from_str(row.text(2)?).map_err(Error::damaged)?))
}
