//! 上报: a matter begins with at most three things, what, where, and, if the reporter wants, how to be reached.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Fresh, Source, Stage, Urgency, decide::Context};
use crate::{
    access,
    actor::{Actor, By},
    area::{Area, AreaCode, AreaLevel, Areas, Point},
    catalogue::Catalogue,
    id::{MatterId, PhotoId},
    refusal::Refusal,
    talk_day::TalkItem,
    text::{NewText, TextKind, Texts},
};

/// A place as people give it: a point, or an area chosen from the lists.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum PlaceGiven {
    /// A point on the map.
    Point(Point),
    /// A town or village.
    Area {
        /// Its code.
        area: AreaCode,
    },
}

impl PlaceGiven {
    /// The smallest area that holds the place.
    ///
    /// # Errors
    /// [`Refusal::PlaceUnknown`] when it lies outside every outline, or no such area exists.
    pub fn resolve(self, areas: &Areas) -> Result<(AreaCode, Option<Point>), Refusal> {
        let known = |area: &Area| area.code.level() >= AreaLevel::City;
        match self {
            Self::Point(point) if point.is_on_earth() => areas
                .at(point)
                .filter(|area| known(area))
                .map(|area| (area.code, Some(point)))
                .ok_or(Refusal::PlaceUnknown),
            Self::Point(_) => Err(Refusal::PlaceUnknown),
            Self::Area { area } => areas
                .get(area)
                .filter(|area| known(area))
                .map(|area| (area.code, None))
                .ok_or(Refusal::PlaceUnknown),
        }
    }
}

/// How a reporter may be reached. Stored encrypted, shown only with a recorded purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// A name, as the reporter wants to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A phone number; spaces and dashes do not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Contact {
    pub(crate) fn tidied(&self) -> Result<Option<Self>, Refusal> {
        let part = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let (name, email) = (part(&self.name), part(&self.email));
        let phone = part(&self.phone).map(|text| {
            text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '\u{3000}')).collect::<String>()
        });
        if name.as_ref().is_some_and(|name| name.chars().count() > 60) {
            return Err(Refusal::BadContact { field: "contact.name" });
        }
        if phone.as_ref().is_some_and(|p| {
            !(5..=20).contains(&p.len()) || !p.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit())
        }) {
            return Err(Refusal::BadContact { field: "contact.phone" });
        }
        if email.as_ref().is_some_and(|mail| {
            mail.len() > 200
                || !mail.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
                || mail.contains(char::is_whitespace)
        }) {
            return Err(Refusal::BadContact { field: "contact.email" });
        }
        let contact = Self { name, phone, email };
        Ok((contact != Self::default()).then_some(contact))
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The way it came in; the door it came through decides it, not the sender.
    pub source: Source,
    /// Where.
    pub place: PlaceGiven,
    /// What.
    pub words: String,
    /// Its class; guessed from the words when left out.
    #[serde(default)]
    pub class: Option<Class>,
    /// Its category.
    #[serde(default)]
    pub category: Option<String>,
    /// Its urgency; from the words when left out.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// Where, in words.
    #[serde(default)]
    pub address: Option<String>,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
    /// How the reporter may be reached.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// The matter that it was split from.
    #[serde(default)]
    pub parent: Option<MatterId>,
    /// What was said at a talk day, when it comes from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk_day: Option<TalkItem>,
}

pub(super) fn decide(
    fresh: Fresh,
    report: &Report,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<(By, Event, Vec<NewText>), Refusal> {
    let site = context.site;
    let catalogue = &site.catalogue;
    let (area, place) = report.place.resolve(&site.areas)?;
    let by = access::may_report(report.source, area, actor)?;
    if report.parent.is_some() && by != By::System {
        return Err(Refusal::NotAllowed);
    }
    if report.talk_day.is_some() && report.source != Source::TalkDay {
        return Err(Refusal::UnknownChoice { field: "talk_day" });
    }
    let (class, category) = kind(report, catalogue)?;
    let most = catalogue.bounds.photos;
    if report.photos.len() > most as usize {
        return Err(Refusal::TooManyPhotos { most });
    }
    let centre = site
        .units
        .centre(area, AreaLevel::Town)
        .ok_or(Refusal::NoCentre { level: AreaLevel::Town })?
        .id
        .clone();
    let contact = report.contact.as_ref().map(Contact::tidied).transpose()?.flatten();

    let mut texts = Texts::new(context.entropy);
    let words = texts.write("words", TextKind::Report, &report.words)?;
    let address = texts.write_if_any("address", TextKind::Address, report.address.as_deref())?;
    let mailable = contact.as_ref().is_some_and(|contact| contact.email.is_some());
    let contact = contact.and_then(|contact| serde_json::to_string(&contact).ok());
    let contact = texts.write_if_any("contact", TextKind::Contact, contact.as_deref())?;
    let emergency = catalogue.sounds_like_an_emergency(&report.words);
    let urgency = report.urgency.unwrap_or(if emergency { Urgency::Life } else { Urgency::Normal });
    let clock = site.clock(catalogue, Stage::Reported, class, urgency, context.now);
    let event = Event::Reported {
        number: fresh.number,
        class,
        category,
        catalogue: catalogue.version.clone(),
        urgency,
        source: report.source,
        area,
        place,
        centre,
        words,
        address,
        contact,
        mailable,
        photos: report.photos.clone(),
        about_unit: None,
        parent: report.parent,
        talk_day: report.talk_day,
        code_version: 0,
        clock,
    };
    Ok((by, event, texts.into_written()))
}

/// Class and category as given, or guessed; accusations against officials are not stored at all.
fn kind(report: &Report, catalogue: &Catalogue) -> Result<(Class, Option<String>), Refusal> {
    let given = match (report.class, report.category.as_deref()) {
        (Some(class), Some(code)) => Some(catalogue.category(class, code).ok_or(Refusal::UnknownCategory)?),
        (None, Some(_)) => return Err(Refusal::UnknownCategory),
        (_, None) => None,
    };
    let guess = || catalogue.guess(&report.words);
    let guessed = match (given, report.class) {
        (Some(category), _) => Some(category),
        // Who names the class has seen where accusations go, and says that this is none.
        (None, Some(class)) => guess().filter(|category| !category.accusation && category.class == class),
        (None, None) => guess(),
    };
    if let Some(category) = guessed {
        category.may_be_recorded()?;
    }
    let class = report.class.or_else(|| guessed.map(|category| category.class)).unwrap_or(Class::Service);
    Ok((class, guessed.map(|category| category.code.clone())))
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        area::Point,
        followup::{FollowUp, follow_ups},
        id::{Region, TalkDayId},
        matter::{Class, Contact, PlaceGiven, Report, Source, Stage},
        talk_day::TalkItem,
        tests::{
            cast::{dispatcher, grid_worker, handler, intake, neighbour_grid_worker, overseer, village_lead},
            place::{VILLAGE, area, site},
            scenario::{Case, fresh, photos, report},
        },
    };

    #[test]
    fn three_things_are_enough() {
        let case = Case::reporting(
            &serde_json::from_value(serde_json::json!({
                "source": "resident", "place": {"lon": 113.1, "lat": 31.5}, "words": "路灯不亮，晚上看不见"
            }))
            .unwrap(),
            &Actor::Reporter,
        )
        .unwrap();
        case.is(Stage::Reported)
            .owed(&["421321117.centre intake"])
            .and(|matter| matter.area == area(VILLAGE) && matter.class == Class::Environment)
            .and(|matter| matter.category.as_deref() == Some("0101") && matter.version == 1);
    }

    #[test]
    fn words_that_nobody_knows_are_a_request() {
        let mut unknown = report(Class::Service);
        (unknown.class, unknown.words) = (None, "一二三四五".into());
        Case::reporting(&unknown, &Actor::Reporter)
            .unwrap()
            .and(|matter| matter.class == Class::Service && matter.category.is_none());
    }

    fn refused(change: impl FnOnce(&mut super::Report), actor: &Actor) -> String {
        let mut changed = report(Class::Petition);
        change(&mut changed);
        Case::reporting(&changed, actor).map_or_else(|refusal| refusal.code(), |_| "taken".to_owned())
    }

    #[test]
    fn accusations_against_officials_are_guided_before_anything_is_stored() {
        let reporter = &Actor::Reporter;
        assert_eq!(refused(|r| r.category = Some("0501".into()), reporter), "accusation_elsewhere");
        assert_eq!(
            refused(|r| (r.class, r.words) = (None, "村干部贪污".into()), reporter),
            "accusation_elsewhere"
        );
        assert_eq!(refused(|r| r.words = "村干部贪污".into(), reporter), "taken");
    }

    #[test]
    fn places_and_kinds_must_exist() {
        let reporter = &Actor::Reporter;
        let point = |lon, lat| PlaceGiven::Point(Point { lon, lat });
        assert_eq!(refused(|r| r.place = point(120.0, 31.5), reporter), "place_unknown");
        assert_eq!(refused(|r| r.place = point(f64::NAN, 31.5), reporter), "place_unknown");
        assert_eq!(
            refused(|r| r.place = PlaceGiven::Area { area: area("421321117299") }, reporter),
            "place_unknown"
        );
        assert_eq!(refused(|r| r.category = Some("8888".into()), reporter), "unknown_category");
        assert_eq!(
            refused(|r| (r.class, r.category) = (None, Some("0101".into())), reporter),
            "unknown_category"
        );
        assert_eq!(refused(|r| r.words = "\u{3000}".into(), reporter), "words_missing");
        assert_eq!(refused(|r| r.words = "长".repeat(2_001), reporter), "words_too_long");
        assert_eq!(refused(|r| r.address = Some("长".repeat(201)), reporter), "words_too_long");
        assert_eq!(refused(|r| r.photos = photos(10), reporter), "too_many_photos");
    }

    #[test]
    fn a_way_of_contact_is_tidied_or_refused() {
        let with = |name: &str, phone: &str, email: &str| {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Some(Contact { name: given(name), phone: given(phone), email: given(email) })
        };
        let reporter = &Actor::Reporter;
        assert_eq!(refused(|r| r.contact = with(&"名".repeat(61), "", ""), reporter), "bad_contact");
        for phone in ["1234", "电话一三八", "138-0000-0000-0000-0000-0000"] {
            assert_eq!(refused(|r| r.contact = with("", phone, ""), reporter), "bad_contact", "{phone}");
        }
        for email in ["a", "@b.c", "a@b", "a b@c.d"] {
            assert_eq!(refused(|r| r.contact = with("", "", email), reporter), "bad_contact", "{email}");
        }
        let mut good = report(Class::Service);
        good.contact = with(" 老王 ", "138 0000-0000", "wang@example.org");
        let case = Case::reporting(&good, &Actor::Reporter).unwrap();
        let stored = case.texts.iter().find(|text| Some(text.id) == case.matter.contact).unwrap();
        insta::assert_snapshot!(stored.words, @r#"{"name":"老王","phone":"13800000000","email":"wang@example.org"}"#);
        good.contact = with(" ", "", "");
        assert!(Case::reporting(&good, &Actor::Reporter).unwrap().matter.contact.is_none());
    }

    #[test]
    fn each_way_in_has_its_people() {
        let tries = |source, actor: Actor| refused(|r| r.source = source, &actor);
        assert_eq!(tries(Source::Visit, Actor::Reporter), "not_allowed");
        assert_eq!(tries(Source::Visit, intake()), "taken");
        assert_eq!(tries(Source::Call, dispatcher()), "taken");
        assert_eq!(tries(Source::GridWorker, intake()), "not_allowed");
        assert_eq!(tries(Source::GridWorker, grid_worker()), "taken");
        assert_eq!(tries(Source::GridWorker, neighbour_grid_worker()), "not_allowed");
        assert_eq!(tries(Source::TalkDay, village_lead()), "taken");
        assert_eq!(tries(Source::Visit, handler()), "not_allowed");
        assert_eq!(tries(Source::Visit, overseer()), "not_allowed");
        assert_eq!(tries(Source::Import, Actor::System), "taken");
        let of_parent = |actor: Actor| refused(|r| r.parent = Some(fresh(2).id), &actor);
        assert_eq!(
            (of_parent(Actor::Reporter), of_parent(Actor::System)),
            ("not_allowed".into(), "taken".into())
        );
    }

    #[test]
    fn without_a_centre_nobody_answers_for_it() {
        let mut lonely = site().clone();
        lonely.units = crate::unit::Units::new(Vec::new());
        let tried =
            Case::reporting_at(lonely.into(), "2024-03-04T09:00", &report(Class::Service), &Actor::Reporter);
        assert_eq!(tried.err().map(|refusal| refusal.code()), Some("no_centre".to_owned()));
    }

    #[test]
    fn a_matter_from_a_talk_day_names_it_and_the_talk_day_is_told() {
        let of =
            TalkItem { day: TalkDayId { region: Region(421_321), uuid: uuid::Uuid::from_u128(4) }, item: 2 };
        let from = |source| Report { source, talk_day: Some(of), ..report(Class::Service) };
        let case = Case::reporting(&from(Source::TalkDay), &village_lead()).unwrap();
        assert_eq!(case.matter.talk_day, Some(of));
        let told = follow_ups(None, &case.events[0], &case.matter);
        assert_eq!(told, [FollowUp::TellTalkDay { of }]);
        let refused = |source, actor| Case::reporting(&from(source), &actor).map(drop).unwrap_err().code();
        assert_eq!(refused(Source::TalkDay, grid_worker()), "not_allowed");
        assert_eq!(refused(Source::GridWorker, grid_worker()), "unknown_choice");
    }
}
