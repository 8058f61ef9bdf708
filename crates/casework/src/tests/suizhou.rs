//! The catalogue that is delivered: it reads, it is complete, and its words guess what people mean.

use std::collections::HashSet;

use super::place::{at, local, site};
use crate::{
    area::AreaLevel,
    catalogue::{Catalogue, Category, Choice},
    clock::Clock,
    matter::{Class, Stage, Urgency},
};

fn catalogue() -> Catalogue {
    Catalogue::read(
        include_str!("../../../../catalogues/suizhou.toml"),
        include_str!("../../../../catalogues/dispute_types.csv"),
    )
    .unwrap()
}

#[test]
fn every_category_stands_once_with_its_parent_and_a_name_in_both_languages() {
    let catalogue = catalogue();
    let mut seen = HashSet::new();
    for category in &catalogue.categories {
        let Category { class, code, name, name_en, .. } = category;
        assert!(seen.insert((*class, code.clone())), "{class} {code} stands twice");
        assert!(!name.is_ascii(), "{class} {code} has no Chinese name");
        assert!(!name_en.is_empty() && name_en.is_ascii(), "{class} {code}: {name_en:?}");
        let parent = (code.len() == 4).then(|| code[..2].to_owned());
        assert!(code.len() == 2 || code.len() == 4, "{class} {code}: codes have two or four digits");
        assert_eq!(category.parent, parent, "{class} {code} has another parent");
        if let Some(parent) = &category.parent {
            assert!(
                catalogue.category(*class, parent).is_some(),
                "{class} {code}: its parent does not stand"
            );
        }
    }
    for class in Class::ALL {
        let top = catalogue.categories.iter().filter(|c| c.class == *class && c.parent.is_none()).count();
        assert!(top >= 4, "{class} has {top} categories at the top");
    }
}

#[test]
fn every_category_has_a_leading_service_at_town_county_and_city() {
    let catalogue = catalogue();
    for category in &catalogue.categories {
        for level in [AreaLevel::Town, AreaLevel::County, AreaLevel::City] {
            let duty = catalogue.duties.iter().find(|duty| {
                duty.class == category.class
                    && duty.level == level
                    && category.code.starts_with(&duty.category)
            });
            assert!(duty.is_some(), "{} {} has nobody at the {level}", category.class, category.code);
        }
    }
    for duty in &catalogue.duties {
        assert!(
            duty.category.is_empty() || catalogue.category(duty.class, &duty.category).is_some(),
            "a duty names {} {}, which does not stand",
            duty.class,
            duty.category
        );
        assert!(
            duty.basis.contains("示例"),
            "{}: the demonstration's list must say that it is one",
            duty.basis
        );
    }
}

#[test]
fn limits_cite_a_law_that_was_read_or_say_that_the_site_set_them() {
    let known = [
        "本站设定",
        "《人民调解工作若干规定》（2002）第36条",
        "《信访工作条例》第34条",
        "《人民调解法》第33条",
        "《医疗纠纷预防和处理条例》第38条",
        "《劳动争议调解仲裁法》第14条",
        "《劳动争议调解仲裁法》第43条",
        "《农村土地承包经营纠纷调解仲裁法》第47条",
    ];
    let catalogue = catalogue();
    let mut codes = HashSet::new();
    for rule in catalogue.every_limit() {
        assert!(known.contains(&rule.citation.as_str()), "{}: {} is not known", rule.code, rule.citation);
        assert!(codes.insert(&rule.code), "limit {} stands twice", rule.code);
    }
    let limit = |stage, class, urgency| catalogue.limit(stage, class, urgency).unwrap().code.as_str();
    assert_eq!(limit(Stage::Handling, Class::Petition, Urgency::Normal), "handle_petition");
    assert_eq!(limit(Stage::Handling, Class::Petition, Urgency::Life), "handle_life");
    assert_eq!(limit(Stage::Reported, Class::Hazard, Urgency::Urgent), "accept_urgent");
    assert_eq!(limit(Stage::Mediating, Class::Dispute, Urgency::Urgent), "take_mediation");
    assert_eq!(catalogue.bounds.petition_extension_days, 30);
}

#[test]
fn lists_of_choices_name_each_entry_once_in_both_languages() {
    let catalogue = catalogue();
    for list in [&catalogue.guide_routes, &catalogue.suspend_reasons, &catalogue.return_bases] {
        let codes: HashSet<_> = list.iter().map(|choice| &choice.code).collect();
        assert_eq!(codes.len(), list.len());
        assert!(list.iter().all(|Choice { name, name_en, .. }| !name.is_empty() && !name_en.is_empty()));
    }
}

#[test]
fn a_report_in_plain_words_is_guessed() {
    let catalogue = catalogue();
    let wrong: Vec<_> = [
        ("村口的路灯不亮，晚上走路看不见", Some("environment 0101")),
        ("小区下水道堵塞，脏水流不走", Some("environment 0502")),
        ("雨后积水到膝盖，学生过不去", Some("environment 0501")),
        ("邻居砌院墙占了我家地界", Some("dispute 0202")),
        ("包工头拖欠工资三个月", Some("dispute 0701")),
        ("餐馆后厨燃气管道老化，有燃气味", Some("hazard 0101")),
        ("楼道里电瓶车充电，飞线充电很危险", Some("hazard 0203")),
        ("水库边没有防溺水警示牌，孩子常来玩", Some("hazard 0703")),
        ("铁路护栏缺了一段", Some("hazard 1001")),
        ("建议加装路灯", Some("suggestion 0102")),
        ("请问低保怎么申请", Some("enquiry 0103")),
        ("养老金没到账，养老认证怎么弄", Some("service 0202")),
        ("村干部贪污集体资金", Some("petition 0501")),
        ("村主任受贿、以权谋私", Some("petition 0502")),
        ("一二三四五", None),
    ]
    .into_iter()
    .filter_map(|(words, expected)| {
        let guessed = catalogue.guess(words).map(|c| format!("{} {}", c.class, c.code));
        (guessed.as_deref() != expected).then(|| format!("{words}: {guessed:?}, not {expected:?}"))
    })
    .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn danger_to_life_is_heard_and_nothing_else_is() {
    let catalogue = catalogue();
    assert!(catalogue.sounds_like_an_emergency("三楼着火了，有老人被困"));
    assert!(catalogue.sounds_like_an_emergency("燃气泄漏，闻到很浓的味道"));
    for calm in ["水库边没有防溺水警示牌", "井盖被埋住了", "灭火器过期", "超市跳楼价广告牌松动"]
    {
        assert!(!catalogue.sounds_like_an_emergency(calm), "{calm}");
    }
}

/// Each channel on its own clock, across the holidays of four years: MoJ 2002 art. 36; medical regulation art. 38 (working days);
/// labour act art. 14, 43; rural land act art. 47; RMTJF art. 33.
#[test]
fn channels_run_on_their_own_clocks() {
    let site = site();
    let due = |limit: &str, from: &str| {
        let rule = site.catalogue.limit_by_code(limit).unwrap();
        local(Clock::start(rule, at(&format!("{from}T10:00")), &site.calendar, &site.zone).due_at)
    };
    let vectors = [
        // The thirtieth day is 29 September 2023, the first day of the holiday: until 7 October, a day of work.
        ("mediate", "2023-08-30", "2023-10-07"),
        ("mediate", "2024-03-04", "2024-04-03"),
        // Qingming; 7 April 2024 is a Sunday with work.
        ("mediate", "2024-03-05", "2024-04-07"),
        ("mediate", "2025-01-02", "2025-02-05"),
        ("mediate", "2026-01-20", "2026-02-24"),
        ("mediate_medical", "2023-09-18", "2023-11-03"),
        ("mediate_medical", "2024-01-22", "2024-03-07"),
        ("mediate_medical", "2025-09-15", "2025-10-31"),
        ("mediate_medical", "2026-02-02", "2026-03-20"),
        ("mediate_labour", "2023-12-29", "2024-01-15"),
        ("mediate_labour", "2024-09-16", "2024-10-08"),
        ("mediate_labour", "2026-04-20", "2026-05-06"),
        ("labour_arbitration", "2023-08-15", "2023-10-07"),
        ("labour_arbitration", "2024-12-20", "2025-02-05"),
        ("land_arbitration", "2024-08-05", "2024-10-08"),
        ("land_arbitration", "2025-12-20", "2026-02-24"),
        ("confirmation", "2024-09-02", "2024-10-08"),
        ("confirmation", "2025-04-02", "2025-05-06"),
    ];
    let wrong: Vec<_> = vectors
        .into_iter()
        .filter(|(limit, from, until)| due(limit, from) != format!("{until} 23:59"))
        .map(|(limit, from, until)| format!("{limit} from {from}: {} and not {until}", due(limit, from)))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn channels_and_warnings_speak_both_languages() {
    let rules = &catalogue().mediation;
    let codes: HashSet<_> = rules.channels.iter().map(|channel| &channel.code).collect();
    assert_eq!(codes.len(), rules.channels.len());
    for channel in &rules.channels {
        assert!(
            [&channel.name, &channel.name_en, &channel.admission, &channel.admission_en]
                .iter()
                .all(|it| !it.is_empty())
        );
    }
    let found =
        |words: &'static str| rules.warnings_about(words).map(|it| it.code.as_str()).collect::<Vec<_>>();
    assert_eq!(found("双方离婚，房屋所有权归女方"), ["status", "title"]);
    assert_eq!(found("付款后不再报案"), ["crime"]);
    assert!(found("三日内把围栏往里移半米").is_empty());
}
