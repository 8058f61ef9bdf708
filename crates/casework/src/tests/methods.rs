//! A method for troubles between neighbours.

use super::place::{TOWN, area};
use crate::{
    id::MethodId,
    matter::CommandKind,
    register::{Method, MethodStep},
};

pub(crate) fn fence() -> Method {
    Method {
        id: MethodId(uuid::Uuid::from_u128(0x3E_7801)),
        name: "先看后谈".into(),
        area: area(TOWN),
        categories: vec!["02".into()],
        steps: vec![MethodStep {
            name: "一起看现场".into(),
            advice: "请双方指给您看。".into(),
            forms: vec![CommandKind::HoldSession],
        }],
        active: true,
    }
}
