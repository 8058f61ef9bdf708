//! The days ahead of villages: those that the rules give, each as somebody planned, moved or cancelled it, and those beside
//! the rules.

use std::collections::{BTreeMap, HashMap};

use casework::{
    area::{AreaCode, AreaLevel},
    site::Site,
    talk_day::{RestDays, Slot, TalkRule},
    unit::CENTRE_SERVICE,
};
use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use store::{KeptPlace, TalkDayRow, TalkFilter};

use crate::{App, problem::Result};

/// Most talk days that are read for one answer.
const MOST: u32 = 4_000;
/// Days by which a rest day may move a talk day out of the span in which its own day lies.
const MOVED_BY: i32 = 14;

/// A talk day, planned or not.
pub(crate) struct Ahead {
    pub(crate) area: AreaCode,
    pub(crate) slot: Date,
    pub(crate) date: Date,
    pub(crate) begins: Option<Time>,
    pub(crate) ends: Option<Time>,
    pub(crate) place: Option<KeptPlace>,
    pub(crate) row: Option<TalkDayRow>,
}

/// Rules and places of an area.
pub(crate) struct Habits {
    rules: BTreeMap<AreaCode, TalkRule>,
    places: Vec<KeptPlace>,
}

impl Habits {
    pub(crate) async fn of(app: &App, area: AreaCode) -> Result<Self> {
        let (rules, places) = (app.store.talk_rules(area).await?, app.store.talk_places(area).await?);
        Ok(Self { rules, places })
    }

    /// A village's rule: the one that was set, otherwise the custom, at its first room when it has one.
    pub(crate) fn rule(&self, village: AreaCode) -> TalkRule {
        self.rules.get(&village).cloned().unwrap_or_else(|| TalkRule {
            place: self.open_places(village).next().map(|place| place.id),
            ..TalkRule::default()
        })
    }

    fn open_places(&self, village: AreaCode) -> impl Iterator<Item = &KeptPlace> {
        self.places.iter().filter(move |kept| kept.area == village && !kept.place.closed)
    }

    pub(crate) fn place(&self, id: casework::id::TalkPlaceId) -> Option<&KeptPlace> {
        self.places.iter().find(|kept| kept.id == id)
    }
}

/// The villages of an area that hold talk days: those with a centre of their own.
pub(crate) fn villages(site: &Site, area: AreaCode) -> Vec<AreaCode> {
    let holds = |code: AreaCode| {
        code.level() == AreaLevel::Village && site.units.serving(code, CENTRE_SERVICE).is_some()
    };
    let mut found = Vec::new();
    let mut waiting = vec![area];
    while let Some(code) = waiting.pop() {
        if code.level() < AreaLevel::Village {
            waiting.extend(site.areas.children(code).map(|area| area.code));
        } else if holds(code) {
            found.push(code);
        }
    }
    found.sort_unstable();
    found
}

/// The talk days of areas from one day to another, both counted, in the order of their dates.
pub(crate) async fn ahead(app: &App, areas: &[AreaCode], from: Date, to: Date) -> Result<Vec<Ahead>> {
    let site = app.store.site();
    let span = |areas: Vec<AreaCode>| TalkFilter {
        areas,
        from: Some(from.saturating_sub(MOVED_BY.days())),
        to: Some(to.saturating_add(366.days())),
        limit: MOST,
        ..TalkFilter::default()
    };
    let mut days = Vec::new();
    for area in areas {
        let habits = Habits::of(app, *area).await?;
        let rows = app.store.talk_days(&span(vec![*area])).await?;
        let mut planned: HashMap<(AreaCode, Date), TalkDayRow> =
            rows.into_iter().map(|row| ((row.day.area, row.day.slot), row)).collect();
        let mut given: HashMap<(Option<String>, RestDays), Vec<Slot>> = HashMap::new();
        for village in villages(&site, *area) {
            let rule = habits.rule(village);
            // Nearly all villages have the same rule: its days are worked out once.
            let slots = given
                .entry((rule.recurrence.clone(), rule.rest_days))
                .or_insert_with(|| rule.days(from.saturating_sub(MOVED_BY.days()), to, &site.calendar));
            for slot in slots.iter() {
                let row = planned.remove(&(village, slot.slot));
                days.push(
                    row.map_or_else(|| by_rule(village, *slot, &rule, &habits), |row| of(row, &habits)),
                );
            }
        }
        days.extend(planned.into_values().map(|row| of(row, &habits)));
    }
    days.retain(|day| (from..=to).contains(&day.date));
    days.sort_by_key(|day| (day.date, day.area, day.slot));
    Ok(days)
}

fn by_rule(area: AreaCode, slot: Slot, rule: &TalkRule, habits: &Habits) -> Ahead {
    let place = rule.place.and_then(|id| habits.place(id)).filter(|kept| !kept.place.closed).cloned();
    Ahead { area, slot: slot.slot, date: slot.date, begins: rule.begins, ends: rule.ends, place, row: None }
}

/// A talk day that somebody planned.
pub(crate) fn of(row: TalkDayRow, habits: &Habits) -> Ahead {
    let day = &row.day;
    Ahead {
        area: day.area,
        slot: day.slot,
        date: day.date,
        begins: day.begins,
        ends: day.ends,
        place: day.place.and_then(|id| habits.place(id)).cloned(),
        row: Some(row),
    }
}
