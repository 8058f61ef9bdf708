//! Two committees of the register: a town's, and a county's for medical disputes.

use jiff::civil::date;

use super::place::unit;
use crate::register::{Committee, CommitteeKind, Minority, PartiesAdmitted, Term};

/// A town's committee in which nothing is to be mended.
pub(crate) fn general() -> Committee {
    Committee {
        unit: unit("421321117.mediation"),
        kind: CommitteeKind::Town,
        approved_by: "柳林镇人民政府".into(),
        phone: None,
        address: None,
        director: Some("王主任".into()),
        members: 5,
        includes_a_woman: true,
        minority_represented: Minority::NotRelevant,
        term: Term { from: date(2022, 5, 1), until: date(2025, 4, 30) },
        admits: Vec::new(),
        areas: Vec::new(),
        parties: PartiesAdmitted::Any,
    }
}

/// A county's committee for disputes with hospitals.
pub(crate) fn medical() -> Committee {
    Committee {
        unit: unit("421321.mediation"),
        kind: CommitteeKind::Medical,
        approved_by: "随县司法局".into(),
        phone: None,
        address: None,
        admits: vec!["0502".into()],
        parties: PartiesAdmitted::WithOrganisation,
        ..general()
    }
}
