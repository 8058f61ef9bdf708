//! When and where villages talk: the rule of each, and the register of places. Data of the site, changed by the centres.

use std::collections::BTreeMap;

use casework::{
    area::{AreaCode, Point},
    id::{AccountId, TalkPlaceId},
    talk_day::{TalkPlace, TalkRule},
};
use jiff::Timestamp;

use crate::{
    Store,
    error::{Error, Result},
    value::{Row, Statement},
};

/// A place of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptPlace {
    /// Its id.
    pub id: TalkPlaceId,
    /// Its village.
    pub area: AreaCode,
    /// What it is.
    pub place: TalkPlace,
}

/// A condition on the column `area`: it lies in an area.
pub(crate) fn push_within(s: &mut Statement, area: AreaCode) {
    s.push("(area >= ");
    s.push_value(area.to_string());
    s.push(" and area < ");
    // After every code that begins with this one: a colon follows the nine.
    s.push_value(format!("{area}:"));
    s.push(")");
}

impl Store {
    /// The rules that were set for villages in an area; all others hold theirs by custom.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn talk_rules(&self, area: AreaCode) -> Result<BTreeMap<AreaCode, TalkRule>> {
        let mut s = Statement::new("select area, body from talk_rules where ");
        push_within(&mut s, area);
        let rows = self.database.fetch_list(s).await?;
        rows.iter()
            .map(|row| {
                let area = row.text(0)?.parse().map_err(Error::damaged)?;
                Ok((area, serde_json::from_str(row.text(1)?).map_err(Error::damaged)?))
            })
            .collect()
    }

    /// Sets villages' rules.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_talk_rules(
        &self,
        rules: &[(AreaCode, TalkRule)],
        by: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        let set = |(area, rule): &(AreaCode, TalkRule)| {
            Ok(Statement::new(
                "insert into talk_rules (area, body, changed_at, changed_by) values ($1, $2, $3, $4)
                 on conflict (area) do update set body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            )
            .bind(area.to_string())
            .bind(serde_json::to_string(rule).map_err(Error::damaged)?)
            .bind(now)
            .bind(by.0))
        };
        self.database.execute(rules.iter().map(set).collect::<Result<_>>()?).await.map(drop)
    }

    /// The places of villages in an area, closed ones too: talk days were held there.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn talk_places(&self, area: AreaCode) -> Result<Vec<KeptPlace>> {
        let mut s = Statement::new(
            "select id, area, kind, name, address, hours, lon, lat, closed from talk_places where ",
        );
        push_within(&mut s, area);
        s.push(" order by area, name, id");
        self.database.fetch_list(s).await?.iter().map(read).collect()
    }

    /// Writes places of the register, new ones and changed ones.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_talk_places(&self, places: &[KeptPlace], by: AccountId, now: Timestamp) -> Result<()> {
        let set = |KeptPlace { id, area, place }: &KeptPlace| {
            Statement::new(
                "insert into talk_places (id, area, kind, name, address, hours, lon, lat, closed, changed_at, changed_by)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 on conflict (id) do update set kind = excluded.kind, name = excluded.name, address = excluded.address, hours = excluded.hours,
                 lon = excluded.lon, lat = excluded.lat, closed = excluded.closed, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                 where talk_places.area = excluded.area",
            )
            .bind(id.0)
            .bind(area.to_string())
            .bind(place.kind.as_str())
            .bind(place.name.clone())
            .bind(place.address.clone())
            .bind(place.hours.clone())
            .bind(place.point.map(|point| point.lon))
            .bind(place.point.map(|point| point.lat))
            .bind(place.closed)
            .bind(now)
            .bind(by.0)
        };
        self.database.execute(places.iter().map(set).collect()).await.map(drop)
    }
}

fn read(row: &Row) -> Result<KeptPlace> {
    let point = row.maybe_real(6)?.zip(row.maybe_real(7)?).map(|(lon, lat)| Point { lon, lat });
    Ok(KeptPlace {
        id: TalkPlaceId(row.uuid(0)?),
        area: row.text(1)?.parse().map_err(Error::damaged)?,
        place: TalkPlace {
            kind: row.text(2)?.parse().map_err(Error::damaged)?,
            name: row.text(3)?.to_owned(),
            address: row.text(4)?.to_owned(),
            hours: row.text(5)?.to_owned(),
            point,
            closed: row.int(8)? == 1,
        },
    })
}
