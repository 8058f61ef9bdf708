//! Words to reporters: once each, to those who left a mail address, and nothing of the matter in them.

use casework::matter::Class;

use super::{
    Here,
    sample::{command, dispatcher, full_report, handler, intake, report},
};

/// Every message in the folder.
fn messages(here: &Here) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(here.folder.path().join("mail")) else { return Vec::new() };
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_reporter_with_an_address_is_told_once_of_each_step() {
    let here = Here::begin().await;
    let id = here.reported(full_report()).await;
    here.does(intake(), id, command!(ask, "words": "在哪一户？")).await;
    here.does(casework::actor::Actor::Reporter, id, command!(supply, "words": "东头")).await;
    here.does(intake(), id, command!(admit)).await;
    here.does(dispatcher(), id, command!(dispatch, "unit": "421321117.construction")).await;
    here.does(handler(), id, command!(sign_for)).await;
    here.die_after_work().await;
    here.work().await;
    let told = messages(&here);
    assert_eq!(told.len(), 2, "{told:?}");
    let number = here.matter(id).await.number.0;
    for message in &told {
        assert!(message.starts_with("To: xiulan@example.org\n") && message.contains(&number));
        for secret in ["王秀兰", "13871234567", "电线杆", "东头", &here.store.query_code(id, 0)] {
            assert!(!message.contains(secret), "{message} says {secret}");
        }
    }
    here.is_done().await;
}

#[tokio::test]
async fn who_left_no_address_is_not_written_to() {
    let here = Here::begin().await;
    let id = here.reported(report(Class::Service)).await;
    here.does(intake(), id, command!(guide, "route": "court")).await;
    here.work().await;
    assert_eq!(messages(&here), Vec::<String>::new());
    here.is_done().await;
}
