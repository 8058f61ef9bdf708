//! pgbench beside the server on PostgreSQL: the statements that the store runs for one report, one transaction for each,
//! with the rows that the server made. They wait in tables of their own, so that neither side pays for making them.
//!
//! One report at a time means that all reports of a county take turns at its head and its totals. The second script leaves
//! out what reports share, to see what is left of the ratio without that.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use benches::postgres::Cluster;
use store::SUM_COLUMNS;

/// What a report writes rows into, with how its waiting rows are found by the report `t`.
const OWN: [(&str, &str); 5] = [
    ("events", "s.region = t.region and s.record = t.matter"),
    ("commands", "s.region = t.region and s.id = t.matter"),
    ("matters", "s.region = t.region and s.id = t.matter"),
    ("texts", "s.region = t.region and s.record = t.matter"),
    ("queue", "s.region = t.region and s.matter = t.matter"),
];
/// Tables that the copies of the schema hold.
const COPIED: [&str; 9] =
    ["events", "commands", "matters", "texts", "queue", "numbers", "regions", "figures", "cells"];

/// Most transactions of a run: one at a time is slow, and a rate needs no more.
const MOST: usize = 4_000;

/// The other side.
pub(crate) struct Pgbench {
    cluster: Cluster,
    scripts: [PathBuf; 2],
    /// Reports whose rows wait.
    waiting: usize,
    /// Reports whose rows were written, by each script.
    written: usize,
}

impl Pgbench {
    /// Makes copies of a site's schema and writes the scripts.
    pub(crate) fn beside(cluster: Cluster, folder: &Path) -> Result<Self> {
        let mut sql = String::from("create schema waiting;\n");
        sql.push_str("create table waiting.reports (n bigint primary key, region bigint, matter bytea, unique (region, matter));\n");
        sql.push_str(
            "insert into waiting.reports select -row_number() over (), region, id from public.matters;\n",
        );
        for (table, _) in OWN {
            sql.push_str(&format!(
                "create table waiting.{table} as select 0::bigint as n, s.* from public.{table} s limit 0;\n"
            ));
        }
        sql.push_str("create table waiting.numbers (n bigint, region bigint, town text, day bigint);\n");
        sql.push_str(
            "create table waiting.figures as select 0::bigint as n, s.* from public.figures s limit 0;\n",
        );
        sql.push_str(
            "create table waiting.cells as select 0::bigint as n, s.* from public.cells s limit 0;\n",
        );
        for table in OWN.iter().map(|(table, _)| *table).chain(["numbers", "figures", "cells"]) {
            sql.push_str(&format!("create index on waiting.{table} (n);\n"));
        }
        for schema in ["whole", "unshared"] {
            sql.push_str(&format!("create schema {schema};\n"));
            for table in COPIED {
                sql.push_str(&format!(
                    "create table {schema}.{table} (like public.{table} including all);\n"
                ));
                sql.push_str(&format!("insert into {schema}.{table} select * from public.{table};\n"));
            }
            // The first report of a region makes its head; that is over long before a measurement.
            sql.push_str(&format!(
                "insert into {schema}.regions select code::bigint, 0 from public.areas where length(code) = 6 on conflict do nothing;\n"
            ));
        }
        cluster.run(&sql)?;
        let scripts = [folder.join("whole.sql"), folder.join("unshared.sql")];
        let [whole, unshared] = &scripts;
        std::fs::write(whole, script(&cluster, "whole", true)?)?;
        std::fs::write(unshared, script(&cluster, "unshared", false)?)?;
        Ok(Self { cluster, scripts, waiting: 0, written: 0 })
    }

    /// Lets pgbench write rows of the server's last round; transactions in a second of both scripts.
    pub(crate) fn round(&mut self, reports: usize, clients: usize) -> Result<Vec<f64>> {
        self.collect()?;
        self.waiting += reports;
        let each = (reports.min(MOST) / clients).max(1);
        let variables = [("i", 0), ("first", self.written), ("clients", clients)];
        let rates = self
            .scripts
            .iter()
            .map(|script| self.cluster.pgbench(script, clients, each, &variables))
            .collect::<Result<_>>()?;
        self.written += each * clients;
        Ok(rates)
    }

    /// Both scripts wrote every row that waited for them: otherwise the comparison would not be fair.
    pub(crate) fn check(&self) -> Result<()> {
        let written = self.written;
        for schema in ["whole", "unshared"] {
            for (table, _) in OWN {
                let missing = self.cluster.run(&format!(
                    "select (select count(*) from waiting.{table} where n between 1 and {written})
                     - (select count(*) from {schema}.{table}) + (select count(*) from waiting.{table} where n < 0)"
                ))?;
                ensure!(
                    missing == "0",
                    "pgbench did not write the same rows: {missing} are missing in {schema}.{table}"
                );
            }
        }
        Ok(())
    }

    /// Lays the rows of new reports ready, under running numbers.
    fn collect(&self) -> Result<()> {
        let already = self.waiting;
        let mut sql = format!(
            "insert into waiting.reports select {already} + row_number() over (order by m.reported_at, m.id), m.region, m.id from public.matters m
             where not exists (select from waiting.reports t where t.region = m.region and t.matter = m.id);\n"
        );
        for (table, found) in OWN {
            sql.push_str(&format!(
                "insert into waiting.{table} select t.n, s.* from waiting.reports t join public.{table} s on {found} where t.n > {already};\n"
            ));
        }
        sql.push_str(&totals(already));
        sql.push_str("analyze;\n");
        self.cluster.run(&sql).map(drop)
    }
}

/// What a report adds to the totals.
fn totals(already: usize) -> String {
    format!(
        "insert into waiting.numbers select n, region, split_part(number, '-', 2), split_part(number, '-', 3)::bigint from waiting.matters where n > {already};
         insert into waiting.figures select n, region, left(area, digits), split_part(number, '-', 3)::bigint, class, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
         from waiting.matters cross join unnest(array[6, 9, 12]) digits where n > {already} and length(area) >= digits;
         insert into waiting.cells select n, region, zoom, cell >> (2 * (18 - zoom)), class, 1, 1
         from waiting.matters cross join unnest(array[8, 10, 12, 14]) zoom where n > {already} and cell is not null;\n"
    )
}

/// The statements of one report in the order in which the store runs them.
fn script(cluster: &Cluster, schema: &str, with_shared: bool) -> Result<String> {
    let insert = |table: &str, beyond: &str| -> Result<String> {
        let columns = cluster.columns(table)?;
        Ok(format!(
            "insert into {schema}.{table} as x ({columns}) select {columns} from waiting.{table} where n = :n {beyond};\n"
        ))
    };
    let shared = |statement: String| if with_shared { statement } else { String::new() };
    let mut script =
        String::from("\\set n :first + :i * :clients + :client_id + 1\n\\set i :i + 1\nbegin;\n");
    script.push_str(&shared(format!(
        "select region, events from {schema}.regions where region = (select region from waiting.reports where n = :n) for update;\n"
    )));
    script.push_str(&format!(
        "select c.* from waiting.commands w join {schema}.commands c on c.region = w.region and c.id = w.id join {schema}.matters m on m.region = c.region and m.id = c.record where w.n = :n;\n"
    ));
    script.push_str(&shared(format!(
        "insert into {schema}.numbers as x select region, town, day, 1 from waiting.numbers where n = :n on conflict (region, town, day) do update set last = x.last + excluded.last returning last;\n"
    )));
    script.push_str(&insert("events", "")?);
    script.push_str(&insert("commands", "")?);
    script.push_str(&insert(
        "matters",
        "on conflict (region, id) do update set version = excluded.version, state = excluded.state",
    )?);
    script.push_str(&insert("texts", "")?);
    script.push_str(&format!(
        "delete from {schema}.queue q using waiting.reports w where w.n = :n and q.region = w.region and q.matter = w.matter;\n"
    ));
    script.push_str(&insert("queue", "")?);
    script.push_str(&shared(format!(
        "update {schema}.regions r set events = r.events + 1 from waiting.reports w where w.n = :n and r.region = w.region;\n"
    )));
    script.push_str(&shared(insert("figures", &adding("region, area, day, class", &SUM_COLUMNS))?));
    script.push_str(&shared(insert("cells", &adding("region, zoom, cell, class", &["matters", "open"]))?));
    script.push_str("commit;\n");
    Ok(script)
}

fn adding(key: &str, columns: &[&str]) -> String {
    let sums: Vec<String> =
        columns.iter().map(|column| format!("{column} = x.{column} + excluded.{column}")).collect();
    format!("on conflict ({key}) do update set {}", sums.join(", "))
}
