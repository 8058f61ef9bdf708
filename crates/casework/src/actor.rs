//! Who acts: a reporter by code, a member of staff with grants, or the system itself.

use serde::{Deserialize, Serialize};

use crate::{
    area::{AreaCode, AreaLevel},
    id::{AccountId, UnitId},
    word::words,
};

words! {
    /// What an account may be in a unit and an area.
    Role {
        /// 网格员
        GridWorker = "grid_worker",
        /// 网格长
        VillageLead = "village_lead",
        /// 受理员
        Intake = "intake",
        /// 分派员
        Dispatcher = "dispatcher",
        /// 督办员
        Supervisor = "supervisor",
        /// 中心主任
        Director = "director",
        /// 办理人
        Handler = "handler",
        /// 调解员
        Mediator = "mediator",
        /// 监督: reads what is allowed, changes nothing
        Overseer = "overseer",
        /// 系统管理员
        SystemAdmin = "system_admin",
        /// 安全管理员
        SecurityAdmin = "security_admin",
        /// 审计管理员
        AuditAdmin = "audit_admin",
    }
}

impl Role {
    /// Whether the role may read matters at all. Administrators read none (三员分立).
    #[must_use]
    pub fn reads_matters(self) -> bool {
        !matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }
}

/// A role held in a unit for an area.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The unit in which it is held.
    pub unit: UnitId,
    /// The area it reaches.
    pub area: AreaCode,
}

impl Grant {
    /// Whether what lies in an area lies within reach: in the grant's own area, or in the village around a worker's grid
    /// when nobody said in which grid.
    #[must_use]
    pub fn reaches(&self, area: AreaCode) -> bool {
        self.area.contains(area) || self.village_around() == Some(area)
    }

    /// The village around a worker's grid.
    #[must_use]
    pub fn village_around(&self) -> Option<AreaCode> {
        let is_of_a_grid = self.role == Role::GridWorker && self.area.level() == AreaLevel::Grid;
        if is_of_a_grid { self.area.parent() } else { None }
    }
}

/// A signed-in member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub account: AccountId,
    /// Everything it may be; a command is done in the first capacity that allows it.
    pub grants: Vec<Grant>,
}

/// Who sends a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the matter's query code.
    Reporter,
    /// A party to the matter's mediation, on its own page.
    Party {
        /// Its number.
        no: u8,
    },
    /// A member of staff.
    Staff(Staff),
    /// The system, when a clock or a follow-up says so.
    System,
}

/// In which capacity something was done, as events keep it. No name: the account's row may be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum By {
    /// The reporter.
    Reporter,
    /// A party to the mediation.
    Party {
        /// Its number.
        no: u8,
    },
    /// A member of staff.
    Staff {
        /// The account.
        account: AccountId,
        /// The unit for which it acted.
        unit: UnitId,
        /// The role in which it acted.
        role: Role,
    },
    /// The system.
    System,
}

impl By {
    /// The account, when a member of staff acted.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Staff { account, .. } => Some(*account),
            Self::Reporter | Self::Party { .. } | Self::System => None,
        }
    }

    /// The unit, when a member of staff acted.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Staff { unit, .. } => Some(unit),
            Self::Reporter | Self::Party { .. } | Self::System => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::place::{VILLAGE, area, unit};

    fn grant(role: Role, code: &str) -> Grant {
        Grant { role, unit: unit("421321117204.centre"), area: area(code) }
    }

    #[test]
    fn a_report_that_names_the_village_alone_reaches_each_worker_of_it() {
        let worker = grant(Role::GridWorker, "421321117204001");
        assert!(worker.reaches(area("421321117204001")));
        assert!(worker.reaches(area(VILLAGE)));
        assert!(!worker.reaches(area("421321117204002")));
        assert!(!worker.reaches(area("421321117205")));
        assert!(!worker.reaches(area("421321117")));
    }

    #[test]
    fn other_roles_reach_what_lies_in_their_area() {
        assert!(grant(Role::VillageLead, VILLAGE).reaches(area("421321117204001")));
        assert!(!grant(Role::VillageLead, VILLAGE).reaches(area("421321117")));
        assert!(!grant(Role::Overseer, "421321117204001").reaches(area(VILLAGE)));
    }
}
