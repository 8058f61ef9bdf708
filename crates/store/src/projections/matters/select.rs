//! The statements of lists: scope, filter, order and place in the list, in the SQL that both databases share.

use casework::{
    access,
    actor::{Role, Staff},
    clock::Light,
    id::UnitId,
};
use jiff::Timestamp;

use super::{Filter, Order, cells};
use crate::{Store, grams, value::Statement};

/// The first code that does not begin with this one, for ranges in an index.
pub(crate) fn end_of_prefix(code: &str) -> String {
    format!("{code}:")
}

/// The statement of a page: what the reader may read, what is asked for, from where, in which order.
pub(super) fn list(
    store: &Store,
    reader: &Staff,
    filter: &Filter,
    limit: usize,
    now: Timestamp,
    grams: Option<&[Vec<i64>]>,
) -> Statement {
    let queued = !filter.owed_by.is_empty() || filter.owed_by_unit.is_some();
    let key = match (filter.order, queued, filter.acted || filter.reported) {
        (Order::Due, true, _) => "q.due_at",
        (_, _, true) => "a.at",
        _ => "m.reported_at",
    };
    let ascending = matches!((filter.order, queued), (Order::Due, true)) || filter.order == Order::Oldest;
    let mut s = Statement::new(format!("select m.state, m.data_key, {key}, m.id from "));
    let acted = filter.acted || filter.reported;
    if queued {
        s.push("queue q join matters m on m.region = q.region and m.id = q.matter");
        if acted {
            s.push(" join acted a on a.region = m.region and a.matter = m.id");
        }
        s.push(" where ");
        if filter.owed_by.is_empty() {
            s.push("q.unit = ");
            s.push_value(filter.owed_by_unit.as_ref().map_or("", |unit| unit.0.as_str()));
        } else {
            push_queue(&mut s, "q.", &filter.owed_by);
        }
    } else if acted {
        s.push("acted a join matters m on m.region = a.region and m.id = a.matter where 1 = 1");
    } else {
        s.push("matters m where 1 = 1");
    }
    if acted {
        s.push(" and a.account = ");
        s.push_value(reader.account.0);
    }
    push_scope(&mut s, reader, acted);
    push_filter(&mut s, filter, now);
    for term in grams.unwrap_or_default() {
        push_grams(&mut s, store, term);
    }
    if let Some(after) = filter.after {
        s.push(&format!(" and ({key}, m.id) {} (", if ascending { ">" } else { "<" }));
        s.push_value(after.key);
        s.push(", ");
        s.push_value(after.id);
        s.push(")");
    }
    let direction = if ascending { "asc" } else { "desc" };
    s.push(&format!(" order by {key} {direction}, m.id {direction} limit "));
    s.push_value(i64::try_from(limit).unwrap_or(i64::MAX));
    s
}

pub(super) fn push_queue(s: &mut Statement, table: &str, owed_by: &[(UnitId, Role)]) {
    s.push(&format!("({table}unit, {table}role) in (values "));
    for (index, (unit, role)) in owed_by.iter().enumerate() {
        s.push(if index == 0 { "(" } else { ", (" });
        s.push_value(unit.0.as_str());
        s.push(", ");
        s.push_value(role.index());
        s.push(")");
    }
    if owed_by.is_empty() {
        s.push("('', -1)");
    }
    s.push(")");
}

/// What the reader may read at all: its areas, and what its units lead or help with; never what is about its units. Of what
/// it acted on itself only the last is asked here: a unit that has answered as a helper still reads, but owes nothing more.
fn push_scope(s: &mut Statement, reader: &Staff, acted: bool) {
    let units: Vec<&str> = reader
        .grants
        .iter()
        .filter(|grant| grant.role.reads_matters())
        .map(|grant| grant.unit.0.as_str())
        .collect();
    if !acted {
        push_reach(s, reader, &units);
    }
    s.push(" and (m.about_unit is null or m.about_unit not in ");
    s.push_list(units);
    s.push(")");
}

/// Within its areas, or in the hands of its units.
fn push_reach(s: &mut Statement, reader: &Staff, units: &[&str]) {
    s.push(" and (m.lead in ");
    s.push_list(units.iter().copied());
    s.push(" or m.centre in ");
    s.push_list(units.iter().copied());
    s.push(" or exists (select 1 from queue x where x.region = m.region and x.matter = m.id and x.unit in ");
    s.push_list(units.iter().copied());
    s.push(")");
    for grant in reader.grants.iter().filter(|grant| access::reads_its_area(grant.role)) {
        let area = grant.area.to_string();
        s.push(" or (m.area >= ");
        s.push_value(area.as_str());
        s.push(" and m.area < ");
        s.push_value(end_of_prefix(&area));
        s.push(")");
        if let Some(village) = grant.village_around() {
            s.push(" or m.area = ");
            s.push_value(village.to_string());
        }
    }
    s.push(")");
}

fn push_filter(s: &mut Statement, filter: &Filter, now: Timestamp) {
    if let Some(area) = filter.area {
        let area = area.to_string();
        s.push(" and m.area >= ");
        s.push_value(area.as_str());
        s.push(" and m.area < ");
        s.push_value(end_of_prefix(&area));
    }
    if !filter.stages.is_empty() {
        s.push(" and m.stage in ");
        s.push_list(filter.stages.iter().map(|stage| stage.index()));
    }
    if !filter.classes.is_empty() {
        s.push(" and m.class in ");
        s.push_list(filter.classes.iter().map(|class| class.index()));
    }
    if let Some(category) = &filter.category {
        s.push(" and m.category >= ");
        s.push_value(category.as_str());
        s.push(" and m.category < ");
        s.push_value(end_of_prefix(category));
    }
    if let Some(unit) = &filter.unit {
        s.push(" and m.lead = ");
        s.push_value(unit.0.as_str());
    }
    for (value, comparison) in [(filter.from, ">="), (filter.until, "<")] {
        if let Some(at) = value {
            s.push(&format!(" and m.reported_at {comparison} "));
            s.push_value(at);
        }
    }
    if filter.reported {
        s.push(" and a.reported = 1");
    }
    push_lights(s, &filter.lights, now);
    push_box(s, filter.bbox);
}

fn push_lights(s: &mut Statement, lights: &[Light], now: Timestamp) {
    if lights.is_empty() {
        return;
    }
    s.push(" and (1 = 0");
    for light in lights {
        match light {
            Light::Grey => s.push(" or m.paused = 1"),
            Light::Red => {
                s.push(" or (m.paused = 0 and m.due_at < ");
                s.push_value(now);
                s.push(")");
            }
            Light::Yellow => {
                s.push(" or (m.paused = 0 and m.warn_at <= ");
                s.push_value(now);
                s.push(" and m.due_at >= ");
                s.push_value(now);
                s.push(")");
            }
            Light::Green => {
                s.push(" or (m.paused = 0 and m.warn_at > ");
                s.push_value(now);
                s.push(")");
            }
        }
    }
    s.push(")");
}

fn push_box(s: &mut Statement, bbox: Option<(f64, f64, f64, f64)>) {
    let Some((west, south, east, north)) = bbox else { return };
    s.push(" and (1 = 0");
    for (from, to) in cells::cover(west, south, east, north) {
        s.push(" or m.cell between ");
        s.push_value(from);
        s.push(" and ");
        s.push_value(to);
    }
    s.push(")");
    for (column, low, high) in [("m.lon", west, east), ("m.lat", south, north)] {
        s.push(&format!(" and {column} between "));
        s.push_value(low);
        s.push(" and ");
        s.push_value(high);
    }
}

/// Matters one of whose texts has all the bigrams of a term; another term may stand in another text.
fn push_grams(s: &mut Statement, store: &Store, wanted: &[i64]) {
    if store.database.is_sqlite() {
        s.push(" and (m.region, m.id) in (select t.region, t.record from texts t where t.doc in (select g.rowid from grams g where g.grams match ");
        s.push_value(grams::tokens(wanted));
        s.push(" union all select w.doc from grams_waiting w where 1 = 1");
        for gram in wanted {
            s.push(" and instr(w.tokens, ");
            s.push_value(grams::tokens(&[*gram]));
            s.push(") > 0");
        }
        s.push(")");
    } else {
        s.push(" and (m.region, m.id) in (select t.region, t.record from texts t where t.grams @> cast(");
        s.push_value(format!("{{{}}}", wanted.iter().map(i64::to_string).collect::<Vec<_>>().join(",")));
        s.push(" as bigint[])");
    }
    s.push(")");
}
