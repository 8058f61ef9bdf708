//! Who acts: a reporter by code, a member of staff with grants, or the system itself.

use serde::{Deserialize, Serialize};

use crate::{
    area::AreaCode,
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
            Self::Reporter | Self::System => None,
        }
    }

    /// The unit, when a member of staff acted.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Staff { unit, .. } => Some(unit),
            Self::Reporter | Self::System => None,
        }
    }
}
