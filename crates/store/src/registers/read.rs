//! Reading the registers: lists with what is to be mended first, who serves a place, what changed.

use std::collections::HashMap;

use casework::{
    area::AreaCode,
    id::{MediatorId, MethodId, StudioId, UnitId},
    matter::Stage,
    register::{Committee, Mediator, Method, REMIND_DAYS, Studio},
};
use jiff::{ToSpan, civil::Date};

use super::{CommitteesQuery, Counts, Entry, MediatorsQuery, RegisterChange, Stretch, write::Registered};
use crate::{
    Store,
    error::{Error, Result},
    projections::{figures::day_number, matters::end_of_prefix},
    value::{Row, Statement},
};

/// Most studios of an answer.
const MOST_STUDIOS: usize = 200;
/// Most methods of an answer.
const MOST_METHODS: usize = 200;

impl Store {
    /// A mediator.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mediator(&self, id: MediatorId) -> Result<Option<Entry<Mediator>>> {
        self.entry(id.0.into()).await
    }

    /// A committee.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn committee(&self, unit: &UnitId) -> Result<Option<Entry<Committee>>> {
        self.entry(unit.0.clone().into()).await
    }

    /// A studio.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn studio(&self, id: StudioId) -> Result<Option<Entry<Studio>>> {
        self.entry(id.0.into()).await
    }

    /// A page of mediators.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mediators(
        &self,
        query: &MediatorsQuery,
        asked: &Stretch<MediatorId>,
    ) -> Result<Vec<Entry<Mediator>>> {
        let mut s = Statement::new("select version, body from mediators where 1 = 1");
        query.push_to(&mut s);
        if asked.to_mend {
            push_mediators_to_mend(&mut s, " and ", asked.today);
        }
        if let Some(after) = asked.after {
            s.push(" and (gone, last_day, id) > (select gone, last_day, id from mediators where id = ");
            s.push_value(after.0);
            s.push(")");
        }
        s.push(&format!(" order by gone, last_day, id limit {}", asked.limit));
        entries(self.database.fetch_list(s).await?)
    }

    /// How many mediators there are.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_mediators(&self, query: &MediatorsQuery, today: Date) -> Result<Counts> {
        let mut s = Statement::new("select count(*), cast(coalesce(sum(case when ");
        push_mediators_to_mend(&mut s, "", today);
        s.push(" then 1 else 0 end), 0) as bigint) from mediators where 1 = 1");
        query.push_to(&mut s);
        self.counts(s).await
    }

    /// A page of committees.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn committees(
        &self,
        query: &CommitteesQuery,
        asked: &Stretch<UnitId>,
    ) -> Result<Vec<Entry<Committee>>> {
        let mut s = Statement::new("select version, body from committees where 1 = 1");
        query.push_to(&mut s);
        if asked.to_mend {
            push_committees_to_mend(&mut s, " and ", asked.today);
        }
        if let Some(after) = &asked.after {
            s.push(" and (last_day, unit) > (select last_day, unit from committees where unit = ");
            s.push_value(after.0.clone());
            s.push(")");
        }
        s.push(&format!(" order by last_day, unit limit {}", asked.limit));
        entries(self.database.fetch_list(s).await?)
    }

    /// How many committees there are.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_committees(&self, query: &CommitteesQuery, today: Date) -> Result<Counts> {
        let mut s = Statement::new("select count(*), cast(coalesce(sum(case when ");
        push_committees_to_mend(&mut s, "", today);
        s.push(" then 1 else 0 end), 0) as bigint) from committees where 1 = 1");
        query.push_to(&mut s);
        self.counts(s).await
    }

    async fn counts(&self, statement: Statement) -> Result<Counts> {
        let rows = self.database.fetch_list(statement).await?;
        let row = rows.first().ok_or_else(|| Error::damaged("a count is missing"))?;
        Ok(Counts { all: row.int(0)?, to_mend: row.int(1)? })
    }

    /// The studios of an area, at most 200.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn studios(&self, area: Option<AreaCode>) -> Result<Vec<Entry<Studio>>> {
        let mut s = Statement::new("select version, body from studios where 1 = 1");
        push_within(&mut s, area);
        s.push(&format!(" order by area, id limit {MOST_STUDIOS}"));
        entries(self.database.fetch_list(s).await?)
    }

    /// A local method as it is kept now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn method(&self, id: MethodId) -> Result<Option<Entry<Method>>> {
        self.entry(id.0.into()).await
    }

    /// A local method in the version with which a mediation began.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn method_version(&self, id: MethodId, version: u32) -> Result<Option<Entry<Method>>> {
        let statement =
            Statement::new("select version, body from method_versions where id = $1 and version = $2");
        let rows = self.database.fetch(statement.bind(id.0).bind(version)).await?;
        rows.first().map(entry_of).transpose()
    }

    /// The local methods of an area and of those around it and within it, at most 200.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn methods(&self, area: AreaCode) -> Result<Vec<Entry<Method>>> {
        let mut s = Statement::new("select version, body from methods where (area in ");
        s.push_list(area.up().map(|code| code.to_string()));
        s.push(" or (1 = 1");
        push_within(&mut s, Some(area));
        s.push(&format!(")) order by area, id limit {MOST_METHODS}"));
        entries(self.database.fetch_list(s).await?)
    }

    /// What changed in a method, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes_of_method(&self, id: MethodId) -> Result<Vec<RegisterChange>> {
        self.register_changes(Method::TABLE, id.to_string()).await
    }

    /// Those mediators whose area contains a place, and who have not left.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mediators_at(&self, area: AreaCode) -> Result<Vec<Mediator>> {
        let mut s = Statement::new("select version, body from mediators where gone = 0 and area in ");
        s.push_list(area.up().map(|code| code.to_string()));
        let found: Vec<Entry<Mediator>> = entries(self.database.fetch_list(s).await?)?;
        Ok(found.into_iter().map(|entry| entry.kept).collect())
    }

    /// The committees that some units are, as far as they stand in the register.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn committees_of(&self, units: &[UnitId]) -> Result<Vec<Committee>> {
        let mut s = Statement::new("select version, body from committees where unit in ");
        s.push_list(units.iter().map(|unit| unit.0.clone()));
        let found: Vec<Entry<Committee>> = entries(self.database.fetch_list(s).await?)?;
        Ok(found.into_iter().map(|entry| entry.kept).collect())
    }

    /// How many mediations each of some committees has open.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open_mediations(&self, units: &[UnitId]) -> Result<HashMap<UnitId, u32>> {
        let mut s = Statement::new("select lead, count(*) from matters where stage = $1 and lead in ");
        s.values.push(Stage::Mediating.index().into());
        s.push_list(units.iter().map(|unit| unit.0.clone()));
        s.push(" group by lead");
        let rows = self.database.fetch_list(s).await?;
        rows.iter().map(|row| Ok((UnitId(row.text(0)?.to_owned()), row.u32(1)?))).collect()
    }

    /// What changed in a mediator's entry, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes_of_mediator(&self, id: MediatorId) -> Result<Vec<RegisterChange>> {
        self.register_changes(Mediator::TABLE, id.to_string()).await
    }

    /// What changed in a committee's entry, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes_of_committee(&self, unit: &UnitId) -> Result<Vec<RegisterChange>> {
        self.register_changes(Committee::TABLE, unit.to_string()).await
    }

    /// What changed in a studio's entry, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes_of_studio(&self, id: StudioId) -> Result<Vec<RegisterChange>> {
        self.register_changes(Studio::TABLE, id.to_string()).await
    }

    async fn register_changes(&self, register: &str, entry: String) -> Result<Vec<RegisterChange>> {
        let statement = Statement::new(
            "select c.version, c.at, coalesce(a.display_name, ''), c.unit, c.fields from register_changes c left join accounts a on a.id = c.account
             where c.register = $1 and c.entry = $2 order by c.version desc limit 100",
        );
        let rows = self.database.fetch(statement.bind(register).bind(entry)).await?;
        rows.iter()
            .map(|row| {
                Ok(RegisterChange {
                    version: row.u32(0)?,
                    at: row.moment(1)?,
                    name: row.text(2)?.to_owned(),
                    unit: UnitId(row.text(3)?.to_owned()),
                    fields: serde_json::from_str(row.text(4)?).map_err(Error::damaged)?,
                })
            })
            .collect()
    }
}

impl MediatorsQuery {
    fn push_to(&self, s: &mut Statement) {
        push_within(s, self.area);
        if let Some(unit) = &self.unit {
            s.push(" and unit = ");
            s.push_value(unit.0.clone());
        }
        if let Some(kind) = self.kind {
            s.push(" and kind = ");
            s.push_value(kind.as_str());
        }
        if let Some(code) = &self.specialty {
            s.push(" and specialties like ");
            s.push_value(format!("%,{code}%"));
        }
        if let Some(studio) = self.studio {
            s.push(" and studio = ");
            s.push_value(studio.0);
        }
    }
}

impl CommitteesQuery {
    fn push_to(&self, s: &mut Statement) {
        push_within(s, self.area);
        if let Some(kind) = self.kind {
            s.push(" and kind = ");
            s.push_value(kind.as_str());
        }
    }
}

fn push_within(s: &mut Statement, area: Option<AreaCode>) {
    if let Some(area) = area.map(|area| area.to_string()) {
        s.push(" and area >= ");
        s.push_value(area.as_str());
        s.push(" and area < ");
        s.push_value(end_of_prefix(&area));
    }
}

/// The last day of the terms that are reminded of today.
fn last_reminded(today: Date) -> i64 {
    day_number(today.saturating_add(REMIND_DAYS.days()))
}

fn push_mediators_to_mend(s: &mut Statement, before: &str, today: Date) {
    s.push(before);
    s.push("gone = 0 and last_day <= ");
    s.push_value(last_reminded(today));
}

fn push_committees_to_mend(s: &mut Statement, before: &str, today: Date) {
    s.push(before);
    s.push("(to_mend = 1 or last_day <= ");
    s.push_value(last_reminded(today));
    s.push(")");
}

fn entries<T: Registered>(rows: Vec<Row>) -> Result<Vec<Entry<T>>> {
    rows.iter().map(entry_of).collect()
}

pub(super) fn entry_of<T: Registered>(row: &Row) -> Result<Entry<T>> {
    Ok(Entry { version: row.u32(0)?, kept: serde_json::from_str(row.text(1)?).map_err(Error::damaged)? })
}
