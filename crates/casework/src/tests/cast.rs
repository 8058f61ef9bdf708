//! The people of the scenarios. Each has one capacity unless the name says more.

use uuid::Uuid;

use super::place::{TOWN, VILLAGE, area, unit};
use crate::{
    actor::{Actor, Grant, Role, Staff},
    id::AccountId,
};

/// An account with one grant.
pub(crate) fn staff(account: u128, role: Role, unit_id: &str, area_code: &str) -> Actor {
    staff_with(account, &[(role, unit_id, area_code)])
}

/// An account with several grants.
pub(crate) fn staff_with(account: u128, grants: &[(Role, &str, &str)]) -> Actor {
    let grants =
        grants.iter().map(|(role, id, code)| Grant { role: *role, unit: unit(id), area: area(code) });
    Actor::Staff(Staff { account: AccountId(Uuid::from_u128(account)), grants: grants.collect() })
}

/// Declares people: name, account, role, unit, area.
macro_rules! people {
    ($($name:ident = $account:literal, $role:ident, $unit:expr, $area:expr;)+) => {
        $(pub(crate) fn $name() -> Actor { staff($account, Role::$role, $unit, $area) })+

        /// Everybody, with the reporter, the parties and the system, and two people who wear two hats.
        pub(crate) fn everybody() -> Vec<Actor> {
            vec![
                Actor::Reporter, Actor::System, party(1), party(2), $($name(),)+ handler_and_director(), handler_and_intake(),
            ]
        }
    };
}

people! {
    intake = 1, Intake, "421321117.centre", TOWN;
    dispatcher = 2, Dispatcher, "421321117.centre", TOWN;
    supervisor = 3, Supervisor, "421321117.centre", TOWN;
    director = 4, Director, "421321117.centre", TOWN;
    county_intake = 5, Intake, "421321.centre", "421321";
    county_dispatcher = 6, Dispatcher, "421321.centre", "421321";
    county_director = 7, Director, "421321.centre", "421321";
    city_dispatcher = 8, Dispatcher, "4213.centre", "4213";
    city_director = 9, Director, "4213.centre", "4213";
    handler = 10, Handler, "421321117.construction", TOWN;
    colleague = 11, Handler, "421321117.construction", TOWN;
    co_handler = 12, Handler, "421321117.urban", TOWN;
    county_handler = 13, Handler, "421321.construction", "421321";
    mediator = 14, Mediator, "421321117.mediation", TOWN;
    grid_worker = 15, GridWorker, "421321117204.centre", VILLAGE;
    other_grid_worker = 16, GridWorker, "421321117204.centre", VILLAGE;
    village_lead = 17, VillageLead, "421321117204.centre", VILLAGE;
    neighbour_grid_worker = 18, GridWorker, "421321117205.centre", "421321117205";
    overseer = 19, Overseer, "421321.centre", "421321";
    administrator = 20, SystemAdmin, "4213.centre", "4213";
    other_mediator = 23, Mediator, "421321117.mediation", TOWN;
}

/// A party to the mediation.
pub(crate) fn party(no: u8) -> Actor {
    Actor::Party { no }
}

pub(crate) fn handler_and_director() -> Actor {
    staff_with(
        21,
        &[(Role::Director, "421321117.centre", TOWN), (Role::Handler, "421321117.construction", TOWN)],
    )
}

pub(crate) fn handler_and_intake() -> Actor {
    staff_with(22, &[(Role::Intake, "421321117.centre", TOWN), (Role::Handler, "421321117.urban", TOWN)])
}
