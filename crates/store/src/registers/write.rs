//! Writing an entry: the one path for all three registers.

use casework::{
    actor::By,
    register::{Committee, Mediator, Method, Studio},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use super::{Entry, Keeping, Registers};
use crate::{
    Store,
    error::{Error, Result},
    projections::figures::day_number,
    value::{Statement, Value},
};

/// An entry of a register: its table, its key, and the columns that lists are cut by.
pub(super) trait Registered: Serialize + DeserializeOwned + PartialEq + Clone {
    const TABLE: &'static str;
    const KEY: &'static str;
    /// Where each version stays, for entries that are kept in all of them.
    const VERSIONS: Option<&'static str> = None;

    fn key(&self) -> Value;
    /// The key as changes name it.
    fn name(&self) -> String;
    fn columns(&self, store: &Store) -> Vec<(&'static str, Value)>;
}

impl Registered for Mediator {
    const TABLE: &'static str = "mediators";
    const KEY: &'static str = "id";

    fn key(&self) -> Value {
        self.id.0.into()
    }

    fn name(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self, _store: &Store) -> Vec<(&'static str, Value)> {
        vec![
            ("unit", self.unit.0.clone().into()),
            ("area", self.area.to_string().into()),
            ("kind", self.kind.as_str().into()),
            ("specialties", listed(&self.specialties).into()),
            ("studio", self.studio.map(|studio| studio.0).into()),
            ("gone", (!self.active).into()),
            ("last_day", day_number(self.term.until).into()),
        ]
    }
}

impl Registered for Committee {
    const TABLE: &'static str = "committees";
    const KEY: &'static str = "unit";

    fn key(&self) -> Value {
        self.unit.0.clone().into()
    }

    fn name(&self) -> String {
        self.unit.to_string()
    }

    fn columns(&self, store: &Store) -> Vec<(&'static str, Value)> {
        vec![
            ("area", area_of(store, &self.unit).into()),
            ("kind", self.kind.as_str().into()),
            ("to_mend", (!self.composition().is_empty()).into()),
            ("last_day", day_number(self.term.until).into()),
        ]
    }
}

impl Registered for Studio {
    const TABLE: &'static str = "studios";
    const KEY: &'static str = "id";

    fn key(&self) -> Value {
        self.id.0.into()
    }

    fn name(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self, store: &Store) -> Vec<(&'static str, Value)> {
        vec![("area", area_of(store, &self.unit).into())]
    }
}

impl Registered for Method {
    const TABLE: &'static str = "methods";
    const KEY: &'static str = "id";
    const VERSIONS: Option<&'static str> = Some("method_versions");

    fn key(&self) -> Value {
        self.id.0.into()
    }

    fn name(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self, _store: &Store) -> Vec<(&'static str, Value)> {
        vec![("area", self.area.to_string().into())]
    }
}

fn area_of(store: &Store, unit: &casework::id::UnitId) -> String {
    store.site().units.get(unit).map(|unit| unit.area.to_string()).unwrap_or_default()
}

/// `,02,0701,`: a code is found with the comma before it.
fn listed(codes: &[String]) -> String {
    codes.iter().fold(",".to_owned(), |list, code| list + code + ",")
}

impl Store {
    /// Keeps a mediator.
    ///
    /// # Errors
    /// [`Error::EntryChanged`] when somebody else changed the entry since the version that was seen; those of the database.
    pub async fn keep_mediator(&self, entry: &Mediator, how: &Keeping<'_>) -> Result<Entry<Mediator>> {
        self.keep(entry, how).await
    }

    /// Keeps a committee.
    ///
    /// # Errors
    /// As for a mediator.
    pub async fn keep_committee(&self, entry: &Committee, how: &Keeping<'_>) -> Result<Entry<Committee>> {
        self.keep(entry, how).await
    }

    /// Keeps a studio.
    ///
    /// # Errors
    /// As for a mediator.
    pub async fn keep_studio(&self, entry: &Studio, how: &Keeping<'_>) -> Result<Entry<Studio>> {
        self.keep(entry, how).await
    }

    /// Keeps a local method; the version before stays for those that began with it.
    ///
    /// # Errors
    /// As for a mediator.
    pub async fn keep_method(&self, entry: &Method, how: &Keeping<'_>) -> Result<Entry<Method>> {
        self.keep(entry, how).await
    }

    /// Fills the registers of a site that is being set up; entries that stand already are left as they are.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fill_registers(&self, registers: &Registers) -> Result<()> {
        let mut statements = Vec::new();
        for mediator in &registers.mediators {
            statements.push(insert(self, mediator)?);
        }
        for committee in &registers.committees {
            statements.push(insert(self, committee)?);
        }
        for studio in &registers.studios {
            statements.push(insert(self, studio)?);
        }
        for method in &registers.methods {
            statements.push(insert(self, method)?);
            statements.extend(version(method, 1)?);
        }
        self.database.execute(statements).await.map(drop)
    }

    /// Writes an entry and what changed. The same entry again is answered with what is kept: a repeat is harmless.
    async fn keep<T: Registered>(&self, entry: &T, how: &Keeping<'_>) -> Result<Entry<T>> {
        let current = self.entry::<T>(entry.key()).await?;
        if let Some(current) = current.as_ref().filter(|current| current.kept == *entry) {
            return Ok(current.clone());
        }
        let version = current.as_ref().map_or(0, |current| current.version);
        if version != how.base_version {
            return Err(Error::EntryChanged { current: version });
        }
        let next = version.saturating_add(1);
        let fields = changed(current.as_ref().map(|current| &current.kept), entry)?;
        let write = match current {
            None => insert(self, entry)?,
            Some(_) => update(self, entry, version)?,
        };
        let beside = [Some(change(entry, &fields, how)?), self::version(entry, next)?];
        let statements = std::iter::once(write).chain(beside.into_iter().flatten()).collect();
        let written = self.database.execute(statements).await?;
        // Of two who write at once from the same version the database lets one through.
        if written.first() == Some(&0) {
            let current = self.entry::<T>(entry.key()).await?.map_or(0, |current| current.version);
            return Err(Error::EntryChanged { current });
        }
        Ok(Entry { version: next, kept: entry.clone() })
    }

    /// The entry of a key.
    pub(super) async fn entry<T: Registered>(&self, key: Value) -> Result<Option<Entry<T>>> {
        let mut statement =
            Statement::new(format!("select version, body from {} where {} = ", T::TABLE, T::KEY));
        statement.push_value(key);
        let rows = self.database.fetch(statement).await?;
        rows.first().map(super::read::entry_of).transpose()
    }
}

fn body(entry: &impl Registered) -> Result<String> {
    serde_json::to_string(entry).map_err(Error::damaged)
}

fn insert<T: Registered>(store: &Store, entry: &T) -> Result<Statement> {
    let columns = entry.columns(store);
    let names: String = columns.iter().map(|(name, _)| format!(", {name}")).collect();
    let mut statement =
        Statement::new(format!("insert into {} ({}, version, body{names}) values (", T::TABLE, T::KEY));
    statement.push_value(entry.key());
    for value in
        [1_u32.into(), body(entry)?.into()].into_iter().chain(columns.into_iter().map(|(_, value)| value))
    {
        statement.push(", ");
        statement.push_value(value);
    }
    statement.push(") on conflict do nothing");
    Ok(statement)
}

/// The version of an entry that stays, for entries that are kept in all of them.
fn version<T: Registered>(entry: &T, version: u32) -> Result<Option<Statement>> {
    let Some(table) = T::VERSIONS else { return Ok(None) };
    let mut statement = Statement::new(format!("insert into {table} ({}, version, body) values (", T::KEY));
    statement.push_value(entry.key());
    statement.push(", ");
    statement.push_value(version);
    statement.push(", ");
    statement.push_value(body(entry)?);
    statement.push(") on conflict do nothing");
    Ok(Some(statement))
}

fn update<T: Registered>(store: &Store, entry: &T, version: u32) -> Result<Statement> {
    let mut statement = Statement::new(format!("update {} set version = ", T::TABLE));
    statement.push_value(version.saturating_add(1));
    statement.push(", body = ");
    statement.push_value(body(entry)?);
    for (name, value) in entry.columns(store) {
        statement.push(&format!(", {name} = "));
        statement.push_value(value);
    }
    statement.push(&format!(" where {} = ", T::KEY));
    statement.push_value(entry.key());
    statement.push(" and version = ");
    statement.push_value(version);
    Ok(statement)
}

/// A second change to the same version is not written: its entry is not either.
fn change<T: Registered>(entry: &T, fields: &Map<String, Json>, how: &Keeping<'_>) -> Result<Statement> {
    let By::Staff { account, unit, role } = how.by else {
        return Err(Error::damaged("a register is kept by staff"));
    };
    let statement = Statement::new(
        "insert into register_changes (register, entry, version, at, account, unit, role, fields) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
    );
    Ok(statement
        .bind(T::TABLE)
        .bind(entry.name())
        .bind(how.base_version.saturating_add(1))
        .bind(how.now)
        .bind(account.0)
        .bind(unit.0.clone())
        .bind(role.index())
        .bind(serde_json::to_string(fields).map_err(Error::damaged)?))
}

/// Fields that name a person: that they changed is kept, not what they were. Who left may ask for the name to go.
const NAMES: [&str; 2] = ["name", "director"];

/// The fields that differ, each with what was before and after.
fn changed<T: Registered>(before: Option<&T>, after: &T) -> Result<Map<String, Json>> {
    let object = |entry: &T| match serde_json::to_value(entry) {
        Ok(Json::Object(fields)) => Ok(fields),
        Ok(_) | Err(_) => Err(Error::damaged("an entry is an object")),
    };
    let (old, new) = (before.map(object).transpose()?.unwrap_or_default(), object(after)?);
    let mut fields = Map::new();
    for key in old.keys().chain(new.keys()) {
        let (was, is) = (old.get(key), new.get(key));
        if was != is {
            let values =
                if NAMES.contains(&key.as_str()) { Json::Null } else { serde_json::json!([was, is]) };
            fields.insert(key.clone(), values);
        }
    }
    Ok(fields)
}
