//! Signing in: the right name and password, for a while, and nothing of them in the database.

use casework::{
    actor::{Grant, Role},
    id::AccountId,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::{
    here::Here,
    sample::{TOWN, area, unit},
};
use crate::{NewAccount, hash_password, value::Statement};

super::on_both! {
    a_name_and_its_password_begin_a_stay,
    a_stay_ends,
    a_disabled_account_is_nobody,
    an_account_that_is_made_again_is_replaced,
}

const NAME: &str = "dispatch.liulin";
const PASSWORD: &str = "liulin-2024-spring";

async fn account(here: &Here, roles: &[Role], password: &str) {
    let grants =
        roles.iter().map(|role| Grant { role: *role, unit: unit("421321117.centre"), area: area(TOWN) });
    let new = NewAccount {
        id: AccountId(Uuid::from_u128(2)),
        name: NAME.into(),
        display_name: "李调度".into(),
        password: hash_password(password).unwrap(),
        grants: grants.collect(),
    };
    here.store.add_accounts(&[new], here.now()).await.unwrap();
}

async fn a_name_and_its_password_begin_a_stay(here: &Here) {
    assert!(hash_password("too short").is_err());
    account(here, &[Role::Dispatcher, Role::Intake], PASSWORD).await;
    for (name, password) in
        [(NAME, "liulin-2024-sprinG"), ("dispatch.junchuan", PASSWORD), (NAME, ""), ("", "")]
    {
        assert!(here.store.sign_in(name, password, here.now()).await.unwrap().is_none(), "{name} {password}");
    }
    assert_eq!(here.number("select count(*) from sign_ins").await, 0);
    let (secret, begun) = here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().unwrap();
    let stays = here.store.signed_in(&secret, here.now()).await.unwrap().unwrap();
    assert_eq!((stays.who.clone(), stays.csrf.clone()), (begun.who, begun.csrf));
    assert_eq!(stays.who.account.display_name, "李调度");
    assert_eq!(
        stays.who.staff.grants.iter().map(|grant| grant.role).collect::<Vec<_>>(),
        [Role::Dispatcher, Role::Intake]
    );
    assert!(secret.len() >= 64 && stays.csrf.len() >= 32 && !secret.contains(&stays.csrf));
    let (another, other) = here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().unwrap();
    assert!(another != secret && other.csrf != stays.csrf);
    let kept = here.dump().await;
    assert!(!format!("{kept:?}").contains(&secret) && !format!("{kept:?}").contains(PASSWORD));
    assert!(here.store.signed_in(&secret[1..], here.now()).await.unwrap().is_none());
}

async fn a_stay_ends(here: &Here) {
    account(here, &[Role::Dispatcher], PASSWORD).await;
    let begin = async || here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().unwrap().0;
    let stays = async |secret: &str, at: Timestamp| here.store.signed_in(secret, at).await.unwrap().is_some();
    let after = |hours: i64| here.now().checked_add(hours.hours()).unwrap();
    let (idle, busy, left) = (begin().await, begin().await, begin().await);
    here.store.sign_out(&left).await.unwrap();
    assert!(!stays(&left, after(0)).await);
    assert!(stays(&idle, after(12)).await);
    assert!(!stays(&idle, after(25)).await);
    assert!(!stays(&idle, after(0)).await, "a stay that was over began again");
    for hour in (0..=168).step_by(11) {
        assert!(stays(&busy, after(hour)).await, "after {hour} hours");
    }
    assert!(!stays(&busy, after(169)).await);
}

async fn a_disabled_account_is_nobody(here: &Here) {
    account(here, &[Role::Dispatcher], PASSWORD).await;
    let (secret, _) = here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().unwrap();
    here.sql(Statement::new("update accounts set disabled = 1")).await;
    assert!(here.store.signed_in(&secret, here.now()).await.unwrap().is_none());
    assert!(here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().is_none());
    assert!(here.store.account_named(NAME).await.unwrap().is_none());
}

async fn an_account_that_is_made_again_is_replaced(here: &Here) {
    account(here, &[Role::Dispatcher, Role::Intake], PASSWORD).await;
    account(here, &[Role::Overseer], "another-password").await;
    assert!(here.store.sign_in(NAME, PASSWORD, here.now()).await.unwrap().is_none());
    let (_, stay) = here.store.sign_in(NAME, "another-password", here.now()).await.unwrap().unwrap();
    assert_eq!(stay.who.staff.grants.iter().map(|grant| grant.role).collect::<Vec<_>>(), [Role::Overseer]);
    let taken = NewAccount {
        id: AccountId(Uuid::from_u128(3)),
        name: NAME.into(),
        display_name: String::new(),
        password: String::new(),
        grants: Vec::new(),
    };
    assert!(here.store.add_accounts(&[taken], here.now()).await.is_err());
}
