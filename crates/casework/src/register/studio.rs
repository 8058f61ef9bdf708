//! A named mediation studio (个人调解工作室): led by a mediator, approved by a justice bureau, open at its hours.

use serde::{Deserialize, Serialize};

use super::{LINE, NAME, dispute_codes, line};
use crate::{
    id::{MediatorId, StudioId, UnitId},
    refusal::Refusal,
    site::Site,
};

/// A studio as the register has it. Its members are the mediators who name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Studio {
    /// Its id.
    pub id: StudioId,
    /// Its name.
    pub name: String,
    /// The unit that it belongs to.
    pub unit: UnitId,
    /// The mediator who leads it.
    pub lead: MediatorId,
    /// Kinds of dispute, by their codes.
    #[serde(default)]
    pub specialties: Vec<String>,
    /// The justice bureau that approved it.
    pub approved_by: String,
    /// When it is open, in words.
    pub hours: String,
}

impl Studio {
    /// The entry as it is kept. Whether the lead stands in the register is asked of the register.
    ///
    /// # Errors
    /// The refusal that says what must be mended.
    pub fn checked(self, site: &Site) -> Result<Self, Refusal> {
        site.units.get(&self.unit).ok_or(Refusal::UnknownUnit)?;
        Ok(Self {
            name: line("name", NAME, &self.name)?,
            specialties: dispute_codes("specialties", &self.specialties, &site.catalogue)?,
            approved_by: line("approved_by", LINE, &self.approved_by)?,
            hours: line("hours", LINE, &self.hours)?,
            ..self
        })
    }
}
