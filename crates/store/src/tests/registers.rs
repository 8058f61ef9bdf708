//! The registers: of two who write one wins, a repeat is harmless, a change is written down without names, lists begin with
//! what ends first.

use casework::{
    actor::{Actor, By, Grant, Role},
    id::{AccountId, MediatorId, MethodId, StudioId},
    matter::Class,
    register::{
        Committee, CommitteeKind, Mediator, MediatorKind, Method, MethodStep, Minority, PartiesAdmitted,
        Studio, Term,
    },
};
use jiff::civil::{Date, date};
use serde_json::json;
use uuid::Uuid;

use super::{
    here::Here,
    sample::{TOWN, VILLAGE, area, command, director, dispatcher, intake, report, unit},
};
use crate::{CommitteesQuery, Counts, Error, Keeping, MediatorsQuery, NewAccount, Registers, Stretch};

super::on_both! {
    an_entry_is_written_once_for_each_version,
    of_two_desks_one_wins,
    a_change_tells_who_and_what_but_no_name,
    lists_begin_with_what_ends_first,
    lists_are_cut_by_what_is_asked,
    committees_and_studios_are_kept,
    every_version_of_a_method_stays,
    open_mediations_are_counted_by_committee,
}

const TODAY: Date = date(2024, 3, 4);
const COMMITTEE: &str = "421321117.mediation";

fn mediator(no: u128) -> Mediator {
    Mediator {
        id: MediatorId(Uuid::from_u128(no)),
        account: None,
        unit: unit(COMMITTEE),
        name: format!("刘调解{no}"),
        kind: MediatorKind::PartTime,
        specialties: vec!["02".into(), "0701".into()],
        area: area(TOWN),
        term: Term { from: date(2022, 1, 1), until: date(2024, 12, 31) },
        studio: None,
        active: true,
    }
}

fn committee() -> Committee {
    Committee {
        unit: unit(COMMITTEE),
        kind: CommitteeKind::Town,
        approved_by: "柳林镇人民政府".into(),
        phone: Some("0722-0000117".into()),
        address: Some("镇政府一楼".into()),
        director: Some("陈主任".into()),
        members: 5,
        includes_a_woman: true,
        minority_represented: Minority::NotRelevant,
        term: Term { from: date(2022, 5, 1), until: date(2025, 4, 30) },
        admits: Vec::new(),
        areas: Vec::new(),
        parties: PartiesAdmitted::Any,
    }
}

/// A local method that random commands name.
pub(super) const METHOD: &str = "00000000-0000-7000-8000-000000000003";

fn method() -> Method {
    let step = |name: &str| MethodStep { name: name.into(), advice: String::new(), forms: Vec::new() };
    Method {
        id: MethodId(METHOD.parse().unwrap()),
        name: "先看后谈".into(),
        area: area(TOWN),
        categories: Vec::new(),
        steps: vec![step("看现场"), step("写清楚")],
        active: true,
    }
}

fn by() -> By {
    let Actor::Staff(staff) = director() else { panic!("the director is staff") };
    By::Staff { account: staff.account, unit: unit("421321117.centre"), role: Role::Director }
}

fn first(limit: usize) -> Stretch<MediatorId> {
    Stretch { to_mend: false, today: TODAY, after: None, limit }
}

fn keeping<'a>(here: &Here, by: &'a By, base_version: u32) -> Keeping<'a> {
    Keeping { by, base_version, now: here.now() }
}

async fn an_entry_is_written_once_for_each_version(here: &Here) {
    let by = by();
    let new = here.store.keep_mediator(&mediator(1), &keeping(here, &by, 0)).await.unwrap();
    assert_eq!((new.version, new.kept), (1, mediator(1)));
    let again = here.store.keep_mediator(&mediator(1), &keeping(here, &by, 0)).await.unwrap();
    assert_eq!(again.version, 1, "a repeat is answered with what is kept");
    let left = Mediator { active: false, ..mediator(1) };
    let changed = here.store.keep_mediator(&left, &keeping(here, &by, 1)).await.unwrap();
    assert_eq!((changed.version, changed.kept.active), (2, false));
    let before = here.dump().await;
    let again = here.store.keep_mediator(&left, &keeping(here, &by, 1)).await.unwrap();
    assert_eq!(again.version, 2);
    for base in [0, 1, 3, 99] {
        let stale = here.store.keep_mediator(&mediator(1), &keeping(here, &by, base)).await;
        assert!(matches!(stale, Err(Error::EntryChanged { current: 2 })), "{base}: {stale:?}");
    }
    let gone = here.store.keep_mediator(&mediator(2), &keeping(here, &by, 1)).await;
    assert!(matches!(gone, Err(Error::EntryChanged { current: 0 })), "{gone:?}");
    assert_eq!(here.dump().await, before);
    assert_eq!(here.store.mediator(mediator(1).id).await.unwrap(), Some(changed));
}

async fn of_two_desks_one_wins(here: &Here) {
    let by = by();
    here.store.keep_mediator(&mediator(1), &keeping(here, &by, 0)).await.unwrap();
    let of_kind = |kind| Mediator { kind, ..mediator(1) };
    let kinds = [MediatorKind::FullTime, MediatorKind::Volunteer, MediatorKind::Invited];
    let entries = kinds.map(of_kind);
    let keeping = keeping(here, &by, 1);
    let [one, two, three] = &entries;
    let (one, two, three) = tokio::join!(
        here.store.keep_mediator(one, &keeping),
        here.store.keep_mediator(two, &keeping),
        here.store.keep_mediator(three, &keeping),
    );
    let answers = [one, two, three];
    let won: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    assert!(
        answers.iter().filter(|answer| matches!(answer, Err(Error::EntryChanged { current: 2 }))).count()
            == 2
    );
    assert_eq!(here.store.mediator(mediator(1).id).await.unwrap().as_ref(), Some(won[0]));
    assert_eq!(here.number("select count(*) from register_changes").await, 2);
}

async fn a_change_tells_who_and_what_but_no_name(here: &Here) {
    let Actor::Staff(staff) = director() else { panic!("the director is staff") };
    let account = NewAccount {
        id: staff.account,
        name: "director".into(),
        display_name: "柳林镇主任".into(),
        password: String::new(),
        grants: vec![Grant { role: Role::Director, unit: unit("421321117.centre"), area: area(TOWN) }],
    };
    here.store.add_accounts(&[account], here.now()).await.unwrap();
    let by = by();
    here.store.keep_mediator(&mediator(1), &keeping(here, &by, 0)).await.unwrap();
    here.wait(60);
    let renamed = Mediator { name: "周调解".into(), kind: MediatorKind::FullTime, ..mediator(1) };
    here.store.keep_mediator(&renamed, &keeping(here, &by, 1)).await.unwrap();
    let changes = here.store.changes_of_mediator(mediator(1).id).await.unwrap();
    assert_eq!(changes.iter().map(|change| change.version).collect::<Vec<_>>(), [2, 1]);
    let newest = &changes[0];
    assert_eq!(
        (newest.name.as_str(), newest.at, &newest.unit),
        ("柳林镇主任", here.now(), &unit("421321117.centre"))
    );
    assert_eq!(json!(newest.fields), json!({ "name": null, "kind": ["part_time", "full_time"] }));
    let kept = here.dump().await;
    assert!(!format!("{:?}", kept["register_changes"]).contains("调解1"), "a change repeats a name");
    assert!(here.store.changes_of_mediator(mediator(2).id).await.unwrap().is_empty());
}

/// Five mediators: one whose term has ended, one whose term ends soon, two with years to go, one who has left.
async fn fill(here: &Here) {
    let until = |no, last| Mediator { term: Term { from: date(2022, 1, 1), until: last }, ..mediator(no) };
    let mediators = vec![
        until(1, date(2024, 12, 31)),
        Mediator { area: area(VILLAGE), ..until(2, date(2024, 5, 3)) },
        Mediator { specialties: vec!["0502".into()], ..until(3, date(2024, 5, 4)) },
        until(4, date(2024, 1, 1)),
        Mediator { active: false, ..until(5, date(2023, 1, 1)) },
    ];
    here.store.fill_registers(&Registers { mediators, ..Registers::default() }).await.unwrap();
}

fn numbers(found: &[crate::Entry<Mediator>]) -> Vec<u128> {
    found.iter().map(|entry| entry.kept.id.0.as_u128()).collect()
}

async fn lists_begin_with_what_ends_first(here: &Here) {
    fill(here).await;
    let all = MediatorsQuery::default();
    let list = async |stretch| numbers(&here.store.mediators(&all, &stretch).await.unwrap());
    assert_eq!(list(first(50)).await, [4, 2, 3, 1, 5]);
    assert_eq!(list(first(2)).await, [4, 2]);
    let after = |no| Some(MediatorId(Uuid::from_u128(no)));
    assert_eq!(list(Stretch { after: after(2), ..first(2) }).await, [3, 1]);
    assert_eq!(list(Stretch { after: after(1), ..first(2) }).await, [5]);
    // Sixty days from 4 March are 3 May.
    assert_eq!(list(Stretch { to_mend: true, ..first(50) }).await, [4, 2]);
    let counts = here.store.count_mediators(&all, TODAY).await.unwrap();
    assert_eq!(counts, Counts { all: 5, to_mend: 2 });
    here.store
        .fill_registers(&Registers { mediators: vec![mediator(4)], ..Registers::default() })
        .await
        .unwrap();
    assert_eq!(list(first(1)).await, [4], "what stands already is left as it is");
}

async fn lists_are_cut_by_what_is_asked(here: &Here) {
    fill(here).await;
    let list =
        async |query: MediatorsQuery| numbers(&here.store.mediators(&query, &first(50)).await.unwrap());
    let all = MediatorsQuery::default;
    assert_eq!(list(MediatorsQuery { area: Some(area(VILLAGE)), ..all() }).await, [2]);
    assert_eq!(list(MediatorsQuery { area: Some(area("421303")), ..all() }).await, [0_u128; 0]);
    assert_eq!(list(MediatorsQuery { specialty: Some("05".into()), ..all() }).await, [3]);
    assert_eq!(list(MediatorsQuery { specialty: Some("07".into()), ..all() }).await, [4, 2, 1, 5]);
    assert_eq!(list(MediatorsQuery { specialty: Some("01".into()), ..all() }).await, [0_u128; 0]);
    assert_eq!(list(MediatorsQuery { kind: Some(MediatorKind::Invited), ..all() }).await, [0_u128; 0]);
    assert_eq!(list(MediatorsQuery { unit: Some(unit(COMMITTEE)), ..all() }).await.len(), 5);
    let at = async |code| {
        let mut found: Vec<_> = here.store.mediators_at(area(code)).await.unwrap();
        found.sort_by_key(|mediator| mediator.id);
        found.iter().map(|mediator| mediator.id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(at(VILLAGE).await, [1, 2, 3, 4]);
    assert_eq!(at("421321117205").await, [1, 3, 4]);
    assert_eq!(at("421321").await, [0_u128; 0]);
}

async fn every_version_of_a_method_stays(here: &Here) {
    let by = by();
    let store = &here.store;
    store.fill_registers(&Registers { methods: vec![method()], ..Registers::default() }).await.unwrap();
    let longer = Method { name: "先看后谈再写".into(), ..method() };
    assert_eq!(store.keep_method(&longer, &keeping(here, &by, 1)).await.unwrap().version, 2);
    let again = Method { active: false, ..method() };
    let late = store.keep_method(&again, &keeping(here, &by, 1)).await;
    assert!(matches!(late, Err(Error::EntryChanged { current: 2 })), "{late:?}");
    // The same entry once more is harmless, and filling leaves what stands.
    assert_eq!(store.keep_method(&longer, &keeping(here, &by, 1)).await.unwrap().version, 2);
    store.fill_registers(&Registers { methods: vec![method()], ..Registers::default() }).await.unwrap();
    assert_eq!(store.method(method().id).await.unwrap().unwrap().kept, longer);
    let kept = async |no| store.method_version(method().id, no).await.unwrap().map(|entry| entry.kept);
    assert_eq!(kept(1).await, Some(method()));
    assert_eq!(kept(2).await, Some(longer));
    assert_eq!(kept(3).await, None);
    for (code, many) in [(VILLAGE, 1), (TOWN, 1), ("421321", 1), ("421303", 0)] {
        assert_eq!(store.methods(area(code)).await.unwrap().len(), many, "{code}");
    }
    assert_eq!(store.changes_of_method(method().id).await.unwrap().len(), 1);
    assert_eq!(store.verify(|_| {}).await.unwrap().findings, []);
}

async fn committees_and_studios_are_kept(here: &Here) {
    let by = by();
    let lacking = Committee { members: 2, ..committee() };
    here.store.keep_committee(&lacking, &keeping(here, &by, 0)).await.unwrap();
    let all = CommitteesQuery::default();
    let counts = async || here.store.count_committees(&all, TODAY).await.unwrap();
    assert_eq!(counts().await, Counts { all: 1, to_mend: 1 });
    let mended = here.store.keep_committee(&committee(), &keeping(here, &by, 1)).await.unwrap();
    assert_eq!(counts().await, Counts { all: 1, to_mend: 0 });
    assert_eq!(
        here.store.count_committees(&all, date(2025, 3, 1)).await.unwrap().to_mend,
        1,
        "the term ends"
    );
    let stretch = Stretch { to_mend: false, today: TODAY, after: None, limit: 50 };
    let town = CommitteesQuery { area: Some(area(TOWN)), kind: Some(CommitteeKind::Town) };
    assert_eq!(here.store.committees(&town, &stretch).await.unwrap(), std::slice::from_ref(&mended));
    let after = Stretch { after: Some(unit(COMMITTEE)), ..stretch };
    assert!(here.store.committees(&town, &after).await.unwrap().is_empty());
    assert_eq!(here.store.committee(&unit(COMMITTEE)).await.unwrap(), Some(mended.clone()));
    assert_eq!(
        here.store.committees_of(&[unit(COMMITTEE), unit("421321.mediation")]).await.unwrap(),
        [mended.kept]
    );
    assert_eq!(here.store.changes_of_committee(&unit(COMMITTEE)).await.unwrap().len(), 2);

    let studio = Studio {
        id: StudioId(Uuid::from_u128(7)),
        name: "老杨调解工作室".into(),
        unit: unit(COMMITTEE),
        lead: mediator(1).id,
        specialties: vec!["01".into()],
        approved_by: "随县司法局".into(),
        hours: "周一、周四上午".into(),
    };
    let kept = here.store.keep_studio(&studio, &keeping(here, &by, 0)).await.unwrap();
    assert_eq!(here.store.studios(Some(area(TOWN))).await.unwrap(), std::slice::from_ref(&kept));
    assert!(here.store.studios(Some(area("421303"))).await.unwrap().is_empty());
    assert_eq!(here.store.studio(studio.id).await.unwrap(), Some(kept));
    let member =
        Mediator { studio: Some(studio.id), account: Some(AccountId(Uuid::from_u128(14))), ..mediator(1) };
    here.store.keep_mediator(&member, &keeping(here, &by, 0)).await.unwrap();
    let of_the_studio = MediatorsQuery { studio: Some(studio.id), ..MediatorsQuery::default() };
    assert_eq!(numbers(&here.store.mediators(&of_the_studio, &first(50)).await.unwrap()), [1]);
    assert_eq!(here.store.changes_of_studio(studio.id).await.unwrap().len(), 1);
}

async fn open_mediations_are_counted_by_committee(here: &Here) {
    let units = [unit(COMMITTEE), unit("421321.mediation")];
    assert!(here.store.open_mediations(&units).await.unwrap().is_empty());
    for _ in 0..2 {
        let id = here.reported(report(Class::Dispute)).await.matter;
        here.does(intake(), id, command!(admit)).await;
        here.does(dispatcher(), id, command!(open_mediation, "unit": COMMITTEE)).await;
    }
    here.reported(report(Class::Dispute)).await;
    let open = here.store.open_mediations(&units).await.unwrap();
    assert_eq!(open.into_iter().collect::<Vec<_>>(), [(unit(COMMITTEE), 2)]);
}
