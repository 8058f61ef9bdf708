//! Concluded mediations as the Ministry counts them: one row each, kept with the events and counted by the day on which it was
//! concluded. An agreement that is contested takes its row away until the mediation is concluded again.

use casework::{
    area::AreaCode,
    id::UnitId,
    matter::{Matter, MediationResult},
    mediation::{AgreementForm, ClauseResult, ConfirmationState, Mediation, Origin},
    site::Site,
};
use jiff::civil::Date;

use super::{figures::day_number, matters::end_of_prefix};
use crate::{
    Store,
    error::{Error, Result},
    value::{Row, Statement, Value},
};

/// What is counted of a group of mediations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseSums {
    /// Mediations.
    pub cases: i64,
    /// Parties to them.
    pub parties: i64,
    /// What their agreements are about, in fen.
    pub fen: i64,
    /// Clauses whose performance is known or whose day has passed.
    pub due: i64,
    /// Of those, performed.
    pub performed: i64,
    /// Agreements that a court confirmed.
    pub confirmed: i64,
}

/// Mediations that have everything in common that the Ministry asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseGroup {
    /// The committee.
    pub unit: UnitId,
    /// Its kind, as the register of committees has it.
    pub host: Option<String>,
    /// Where they came from.
    pub origin: Option<Origin>,
    /// The category.
    pub category: Option<String>,
    /// Oral or written.
    pub form: Option<AgreementForm>,
    /// How they ended.
    pub result: MediationResult,
    /// The counts.
    pub sums: CaseSums,
}

/// Which mediations are counted.
#[derive(Debug, Clone, Copy)]
pub struct CasesQuery {
    /// Where the matters lie.
    pub area: AreaCode,
    /// The first day on which they were concluded.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// The columns after the matter's, in the order of [`row`].
pub(crate) const COLUMNS: &str =
    "area, day, unit, origin, category, form, result, parties, fen, due, performed, confirmed";

/// The row of a matter; nothing while its mediation is not concluded.
pub(crate) fn row(matter: &Matter, site: &Site) -> Option<Vec<Value>> {
    let mediation = matter.mediation.as_deref()?;
    let (result, at) = (mediation.result?, mediation.concluded_at?);
    let agreement = mediation.in_effect();
    let confirmed =
        mediation.confirmation.as_ref().is_some_and(|it| it.state == ConfirmationState::Confirmed);
    let (due, performed) = performance(mediation);
    Some(vec![
        matter.area.to_string().into(),
        day_number(site.day(at)).into(),
        matter.lead.as_ref().map(|unit| unit.0.clone()).unwrap_or_default().into(),
        mediation.origin.map(Origin::index).into(),
        matter.category.clone().into(),
        agreement.map(|agreement| agreement.form.index()).into(),
        result.index().into(),
        i64::try_from(mediation.parties.len()).unwrap_or(i64::MAX).into(),
        i64::try_from(agreement.map_or(0, |agreement| agreement.fen())).unwrap_or(i64::MAX).into(),
        due.into(),
        performed.into(),
        i64::from(confirmed).into(),
    ])
}

fn performance(mediation: &Mediation) -> (i64, i64) {
    let clauses = mediation.in_effect().map(|agreement| agreement.clauses.as_slice()).unwrap_or_default();
    let count = |is: fn(&casework::mediation::Clause) -> bool| {
        i64::try_from(clauses.iter().filter(|clause| is(clause)).count()).unwrap_or(i64::MAX)
    };
    let due = count(|clause| clause.result.is_some() || clause.overdue);
    (due, count(|clause| clause.result == Some(ClauseResult::Performed)))
}

/// The writes of one change.
pub(crate) fn writes(site: &Site, before: Option<&Matter>, after: &Matter) -> Vec<Statement> {
    let (had, has) = (before.and_then(|matter| row(matter, site)), row(after, site));
    if had == has {
        return Vec::new();
    }
    let gone = Statement::new("delete from mediation_cases where region = $1 and matter = $2");
    let mut writes = vec![gone.bind(after.id.region.0).bind(after.id.uuid)];
    if let Some(values) = has {
        let mut new =
            Statement::new(format!("insert into mediation_cases (region, matter, {COLUMNS}) values ("));
        new.push_value(after.id.region.0);
        new.push(", ");
        new.push_value(after.id.uuid);
        for value in values {
            new.push(", ");
            new.push_value(value);
        }
        new.push(")");
        writes.push(new);
    }
    writes
}

impl Store {
    /// The concluded mediations of an area and time, in groups.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn concluded_cases(&self, query: &CasesQuery) -> Result<Vec<CaseGroup>> {
        let area = query.area.to_string();
        let mut s = Statement::new(
            "select m.unit, c.kind, m.origin, m.category, m.form, m.result, count(*), cast(sum(m.parties) as bigint),
             cast(sum(m.fen) as bigint), cast(sum(m.due) as bigint), cast(sum(m.performed) as bigint), cast(sum(m.confirmed) as bigint)
             from mediation_cases m left join committees c on c.unit = m.unit where m.day >= ",
        );
        s.push_value(day_number(query.from));
        s.push(" and m.day <= ");
        s.push_value(day_number(query.to));
        s.push(" and m.area >= ");
        s.push_value(area.as_str());
        s.push(" and m.area < ");
        s.push_value(end_of_prefix(&area));
        s.push(" group by m.unit, c.kind, m.origin, m.category, m.form, m.result order by m.unit");
        self.database.fetch_list(s).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<CaseGroup> {
    let unknown = || Error::damaged("a mediation's row holds a word that nobody knows");
    Ok(CaseGroup {
        unit: UnitId(row.text(0)?.to_owned()),
        host: row.maybe_text(1)?.map(str::to_owned),
        origin: row.maybe_int(2)?.map(|index| Origin::at_index(index).ok_or_else(unknown)).transpose()?,
        category: row.maybe_text(3)?.map(str::to_owned),
        form: row
            .maybe_int(4)?
            .map(|index| AgreementForm::at_index(index).ok_or_else(unknown))
            .transpose()?,
        result: MediationResult::at_index(row.int(5)?).ok_or_else(unknown)?,
        sums: CaseSums {
            cases: row.int(6)?,
            parties: row.int(7)?,
            fen: row.int(8)?,
            due: row.int(9)?,
            performed: row.int(10)?,
            confirmed: row.int(11)?,
        },
    })
}
