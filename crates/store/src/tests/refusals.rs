//! What is refused leaves no trace, and what was decided on an older version is told what changed.

use casework::{
    Refusal,
    actor::Actor,
    id::{MatterId, PhotoId, Region},
    matter::{Class, EventKind},
};
use uuid::Uuid;

use super::{
    here::Here,
    sample::{FAR_VILLAGE, command, dispatcher, far_dispatcher, handler, intake, report, report_from},
};
use crate::{Error, Many, NewCommand};

super::on_both! {
    a_refusal_leaves_no_trace,
    a_refusal_harms_nobody_in_its_batch,
    a_stale_command_is_told_what_changed,
    what_only_adds_is_never_stale,
}

async fn a_refusal_leaves_no_trace(here: &Here) {
    let id = here.reported(report(Class::Hazard)).await.matter;
    let before = here.dump().await;
    let missing = PhotoId(Uuid::from_u128(9));
    let unknown = MatterId { region: Region(421_321), uuid: Uuid::from_u128(9) };
    let mut with_photo = report(Class::Hazard);
    with_photo.photos = vec![missing];
    let refused = [
        (here.send(handler(), id, command!(admit)).await, "Refused(NotAllowed)"),
        (
            here.send(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await,
            "Refused(NotInThisStage { stage: Reported })",
        ),
        (
            here.send(intake(), id, command!(ask, "words": "")).await,
            "Refused(WordsMissing { field: \"words\" })",
        ),
        (here.send(intake(), id, command!(merge, "into": unknown)).await, "Refused(UnknownMatter)"),
        (here.send(intake(), id, command!(attach, "photos": [missing])).await, "Refused(UnknownPhoto)"),
        (here.send(Actor::System, id, command!(remind)).await, "Refused(NotTimeYet)"),
        (here.send(intake(), unknown, command!(admit)).await, &format!("NoMatter({unknown:?})")),
        (here.store.report(here.new_report(with_photo)).await, "Refused(UnknownPhoto)"),
        (
            here.store.report(here.new_report(report_from(FAR_VILLAGE, Class::Hazard, ""))).await,
            "Refused(WordsMissing { field: \"words\" })",
        ),
        (
            here.store.report(here.new_report(report_from("421321117999", Class::Hazard, "路"))).await,
            "Refused(PlaceUnknown)",
        ),
    ];
    for (answer, expected) in refused {
        assert_eq!(format!("{:?}", answer.unwrap_err()), expected);
    }
    assert_eq!(here.dump().await, before);
}

async fn a_refusal_harms_nobody_in_its_batch(here: &Here) {
    let works = (0..30_u32).map(|n| {
        let words = if n.is_multiple_of(3) { "" } else { "路不平" };
        let village = if n.is_multiple_of(2) { FAR_VILLAGE } else { "421321117204" };
        Many::Report(here.new_report(report_from(village, Class::Service, words)))
    });
    let answers = here.store.many(works.collect()).await;
    let mut numbers: Vec<String> =
        answers.iter().flatten().map(|answer| answer.clone().matter().unwrap().number.0).collect();
    assert_eq!((numbers.len(), answers.iter().filter(|answer| answer.is_err()).count()), (20, 10));
    numbers.sort();
    let expected =
        |town: &str| (1..=10).map(|nth| format!("SZ-{town}-20240304-{nth:04}")).collect::<Vec<_>>();
    assert_eq!(numbers, [expected("421303101"), expected("421321117")].concat());
    here.is_sound().await;
}

async fn a_stale_command_is_told_what_changed(here: &Here) {
    let id = here.reported(report(Class::Hazard)).await.matter;
    here.does(intake(), id, command!(admit)).await;
    here.does(intake(), id, command!(note, "words": "备注")).await;
    let before = here.dump().await;
    let based_on = |version| NewCommand {
        base_version: Some(version),
        ..here.new_command(dispatcher(), id, command!(escalate, "reason": "跨镇"))
    };
    match here.store.command(based_on(1)).await {
        Err(Error::Stale { current: 3, changed }) => {
            let kinds: Vec<_> =
                changed.iter().map(|recorded| (recorded.version, recorded.event.kind())).collect();
            assert_eq!(kinds, [(2, EventKind::Admitted), (3, EventKind::Noted)]);
        }
        other => panic!("{other:?}"),
    }
    assert!(
        matches!(here.store.command(based_on(4)).await, Err(Error::Stale { current: 3, changed }) if changed.is_empty())
    );
    assert_eq!(here.dump().await, before);
    here.store.command(based_on(3)).await.unwrap();
}

async fn what_only_adds_is_never_stale(here: &Here) {
    let id = here.reported(report(Class::Hazard)).await.matter;
    let other = here.reported(report_from(FAR_VILLAGE, Class::Hazard, "路不平")).await.matter;
    here.does(intake(), id, command!(admit)).await;
    for (actor, command) in [
        (intake(), command!(note, "words": "备注")),
        (intake(), command!(attach, "photos": [here.photo().await])),
        (Actor::Reporter, command!(urge)),
        (Actor::Reporter, command!(supply, "words": "补充")),
        (dispatcher(), command!(link, "to": other)),
    ] {
        let new = NewCommand { base_version: Some(1), ..here.new_command(actor, id, command) };
        here.store.command(new).await.unwrap();
    }
    let far = here.send(far_dispatcher(), id, command!(note, "words": "不是我的")).await;
    assert!(matches!(far, Err(Error::Refused(Refusal::NotAllowed))), "{far:?}");
    here.is_sound().await;
}
