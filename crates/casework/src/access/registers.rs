//! Who reads the registers of mediators, committees and studios, and who keeps them.

use crate::{
    actor::{By, Role, Staff},
    area::AreaCode,
    refusal::Refusal,
    site::Site,
    unit::UnitKind,
};

/// Whether a member of staff reads the registers: whoever works on matters or watches over them. Administrators do not.
#[must_use]
pub fn may_read_registers(staff: &Staff) -> bool {
    staff.grants.iter().any(|grant| grant.role.reads_matters())
}

/// In which capacity somebody keeps what stands in the registers for a unit of this area: the director of a centre whose
/// area contains it, and nobody else.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may_keep_registers(staff: &Staff, area: AreaCode, site: &Site) -> Result<By, Refusal> {
    let keeps = staff.grants.iter().find(|grant| {
        grant.role == Role::Director
            && grant.area.contains(area)
            && site.units.get(&grant.unit).is_some_and(|unit| unit.kind == UnitKind::Centre)
    });
    keeps
        .map(|grant| By::Staff { account: staff.account, unit: grant.unit.clone(), role: grant.role })
        .ok_or(Refusal::NotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::Grant,
        id::AccountId,
        tests::place::{OTHER_TOWN, TOWN, VILLAGE, area, site, unit},
    };

    fn staff(role: Role, of: &str, code: &str) -> Staff {
        let grant = Grant { role, unit: unit(of), area: area(code) };
        Staff { account: AccountId(uuid::Uuid::from_u128(1)), grants: vec![grant] }
    }

    #[test]
    fn the_director_of_a_centre_keeps_what_lies_in_its_area() {
        let town = staff(Role::Director, "421321117.centre", TOWN);
        for code in [TOWN, VILLAGE] {
            assert!(may_keep_registers(&town, area(code), site()).is_ok(), "{code}");
        }
        for code in ["421321", OTHER_TOWN, "4213"] {
            assert_eq!(may_keep_registers(&town, area(code), site()), Err(Refusal::NotAllowed), "{code}");
        }
        let office = staff(Role::Director, "421321117.construction", TOWN);
        assert_eq!(may_keep_registers(&office, area(TOWN), site()), Err(Refusal::NotAllowed));
    }

    #[test]
    fn every_other_role_is_denied() {
        for role in Role::ALL.iter().filter(|role| **role != Role::Director) {
            let of_the_city = staff(*role, "4213.centre", "4213");
            assert_eq!(
                may_keep_registers(&of_the_city, area(TOWN), site()),
                Err(Refusal::NotAllowed),
                "{role}"
            );
            assert_eq!(may_read_registers(&of_the_city), role.reads_matters(), "{role}");
        }
    }
}
