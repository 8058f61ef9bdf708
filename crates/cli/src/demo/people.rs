//! The demo's people: one account for each post, all with the same password. Names of posts, not of persons.

use std::fmt::Write as _;

use anyhow::Result;
use casework::{
    actor::{Actor, Grant, Role, Staff},
    area::{Area, AreaCode, AreaLevel},
    id::{AccountId, UnitId},
    site::Site,
    unit::{Unit, UnitKind},
};
use sha2::{Digest, Sha256};
use store::{NewAccount, hash_password};

use super::{
    PASSWORD,
    site::{CITY, TOWN},
};
use crate::setup::centre_id;

/// Posts of a centre.
const DESK: [(Role, &str); 4] = [
    (Role::Intake, "受理员"),
    (Role::Dispatcher, "分派员"),
    (Role::Supervisor, "督办员"),
    (Role::Director, "主任"),
];

/// The sign-in word of a committee's second mediator.
const COLLEAGUE: &str = "mediation2";

/// The account of a post. The same post has the same id in every demo.
pub(super) fn account(post: &str) -> AccountId {
    let digest: [u8; 32] = Sha256::digest(format!("fengsi demo account {post}")).into();
    let (id, _) = digest.split_at(16);
    AccountId(uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid())
}

/// The sign-in name of a post: short for the town that the demo shows first, with the area's code for all others.
fn name(area: AreaCode, post: &str) -> String {
    if area.to_string() == TOWN { post.to_owned() } else { format!("{area}.{post}") }
}

/// A post as an actor of commands.
pub(super) fn actor(area: AreaCode, post: &str, role: Role, unit: UnitId) -> Actor {
    Actor::Staff(Staff { account: account(&name(area, post)), grants: vec![Grant { role, unit, area }] })
}

/// A post of a centre as an actor.
pub(super) fn desk(area: AreaCode, role: Role) -> Actor {
    actor(area, role.as_str(), role, centre_id(area))
}

/// A unit's handler or mediator as an actor.
pub(super) fn of_unit(area: AreaCode, service: &str, role: Role) -> Actor {
    actor(area, service, role, UnitId(format!("{area}.{service}")))
}

/// The account that signs in for a unit.
pub(super) fn account_of_unit(unit: &Unit) -> AccountId {
    account(&name(unit.area, &unit.service))
}

/// Of the committees in the town that the demo shows first, a colleague signs in too: a party may ask for another mediator.
pub(super) fn colleague_in(unit: &Unit) -> Option<AccountId> {
    has_colleague(unit).then(|| account(&name(unit.area, COLLEAGUE)))
}

fn has_colleague(unit: &Unit) -> bool {
    unit.kind == UnitKind::Committee
        && unit.area.at_level(AreaLevel::Town).is_some_and(|town| town.to_string() == TOWN)
}

/// The grid worker of a grid, or the lead of its village, as an actor.
pub(super) fn in_village(grid: AreaCode, role: Role) -> Option<Actor> {
    let village = grid.at_level(AreaLevel::Village)?;
    let area = if role == Role::GridWorker { grid } else { village };
    Some(actor(area, role.as_str(), role, centre_id(village)))
}

/// A post: where, its sign-in word, what it is called, its role and unit.
type Post = (AreaCode, String, String, Role, UnitId);

/// Every account.
pub(super) fn accounts(site: &Site) -> Result<Vec<NewAccount>> {
    let password = hash_password(PASSWORD)?;
    let mut posts: Vec<Post> = site.areas.iter().flat_map(|area| posts_of_area(area, site)).collect();
    posts.extend(site.units.iter().filter_map(post_of_unit));
    posts.extend(site.units.iter().filter(|unit| has_colleague(unit)).map(colleague));
    posts.extend(administrators(CITY.parse()?));
    let account = |(area, post, display_name, role, unit): Post| {
        let name = name(area, &post);
        let grants = vec![Grant { role, unit, area }];
        NewAccount { id: account(&name), name, display_name, password: password.clone(), grants }
    };
    let mut accounts: Vec<NewAccount> = posts.into_iter().map(account).collect();
    accounts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(accounts)
}

/// Desk and overseer of a centre, the lead of a village, the worker of a grid.
fn posts_of_area(area: &Area, site: &Site) -> Vec<Post> {
    let post = |role: Role, display: String, unit: UnitId| {
        (area.code, role.as_str().to_owned(), display, role, unit)
    };
    match area.code.level() {
        AreaLevel::City | AreaLevel::County | AreaLevel::Town => DESK
            .iter()
            .chain(&[(Role::Overseer, "监督")])
            .map(|(role, title)| post(*role, format!("{}{title}", area.name), centre_id(area.code)))
            .collect(),
        AreaLevel::Village => {
            vec![post(Role::VillageLead, format!("{}网格长", area.name), centre_id(area.code))]
        }
        AreaLevel::Grid => {
            let display = format!("{}网格员", site.areas.path(area.code));
            area.code
                .parent()
                .map(|village| post(Role::GridWorker, display, centre_id(village)))
                .into_iter()
                .collect()
        }
        AreaLevel::Province => Vec::new(),
    }
}

/// The handler of a department, the mediator of a committee.
fn post_of_unit(unit: &Unit) -> Option<Post> {
    let (role, title) = match unit.kind {
        UnitKind::Department => (Role::Handler, "办理人"),
        UnitKind::Committee => (Role::Mediator, "调解员"),
        UnitKind::Centre => return None,
    };
    Some((unit.area, unit.service.clone(), format!("{}{title}", unit.name), role, unit.id.clone()))
}

/// The second mediator of a committee.
fn colleague(unit: &Unit) -> Post {
    let title = format!("{}第二位调解员", unit.name);
    (unit.area, COLLEAGUE.to_owned(), title, Role::Mediator, unit.id.clone())
}

/// The three administrators, who read no matter.
fn administrators(city: AreaCode) -> impl Iterator<Item = Post> {
    [(Role::SystemAdmin, "系统管理员"), (Role::SecurityAdmin, "安全管理员"), (Role::AuditAdmin, "审计管理员")]
        .into_iter()
        .map(move |(role, title)| {
            (city, role.as_str().to_owned(), format!("随州市{title}"), role, centre_id(city))
        })
}

/// What the program prints when the demo is being served.
pub(super) fn sign_ins(address: &str) -> String {
    let mut text = String::new();
    let rows = [
        ("受理员 intake", "intake", "desk"),
        ("分派员 dispatcher", "dispatcher", "desk"),
        ("督办员 supervisor", "supervisor", "desk"),
        ("中心主任 director", "director", "desk"),
        ("监督 overseer", "overseer", "desk"),
        ("村镇建设办办理人 handler", "construction", "desk"),
        ("司法所办理人 handler", "justice", "desk"),
        ("调解员 mediator", "mediation", "desk"),
        ("雁子河村调解员 mediator", "421321117204.mediation", "desk"),
        ("雁子河村第二位调解员 mediator", "421321117204.mediation2", "desk"),
        ("县综治中心分派员 county dispatcher", "421321.dispatcher", "desk"),
        ("市综治中心主任 city director", "4213.director", "desk"),
        ("雁子河村网格长 village lead", "421321117204.village_lead", "field"),
        ("雁子河村网格员 grid worker", "421321117204001.grid_worker", "field"),
        ("古城畈网格员 grid worker", "421321117001001.grid_worker", "field"),
    ];
    // Writing into a text cannot fail.
    let _ = writeln!(
        text,
        "\n逢四 · 随州 2023（演示） Fengsi, the Suizhou 2023 demo\n\n  居民 residents  {address}/\n  工作台 desk     {address}/desk/\n  网格端 field    {address}/field/\n  接口 interface  {address}/openapi\n"
    );
    let _ = writeln!(text, "  随县柳林镇的人 people of Liulin; password of all: {PASSWORD}");
    for (who, name, app) in rows {
        let _ = writeln!(text, "    {name:<30} {app:<6} {who}");
    }
    let _ = writeln!(
        text,
        "\n  时钟从 2024年1月2日 9:00 走起。 The clock starts at 9:00 on 2 January 2024. Ctrl-C stops.\n"
    );
    text
}
