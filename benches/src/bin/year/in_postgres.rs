//! The same on PostgreSQL: the rows wait in tables beside, and one procedure inserts them into a copy of the schema, without
//! a client in between. Nothing could be barer.

use std::{fmt::Write as _, time::Instant};

use anyhow::{Context, Result, ensure};
use benches::postgres::Cluster;

use crate::COMMANDS;

/// Inserts all rows of the site into a copy; the seconds that took, how many rows and how many of them events.
pub(crate) fn insert(cluster: &Cluster) -> Result<(f64, usize, usize)> {
    cluster.run(&order())?;
    let tables: Vec<String> = cluster
        .run("select table_name from information_schema.tables where table_schema = 'public' order by table_name")?
        .lines()
        .map(str::to_owned)
        .collect();
    let mut prepare = String::from("create schema bare;\n");
    let mut inserts = String::new();
    for table in &tables {
        let columns = cluster.columns(table)?;
        let all: Vec<&str> = columns.split(", ").collect();
        let _ = writeln!(prepare, "create table bare.{table} (like public.{table} including all);");
        let _ = writeln!(prepare, "create table waiting.{table} as {};", waiting(table, &all));
        let _ = writeln!(prepare, "create index on waiting.{table} (k);");
        let _ = writeln!(
            inserts,
            "insert into bare.{table} ({columns}) select {columns} from waiting.{table} where k = i;"
        );
    }
    prepare.push_str("analyze;\ncheckpoint;\n");
    cluster.run(&prepare)?;
    let begun = Instant::now();
    cluster.run(&format!(
        "do $$ declare last_k bigint; begin
         select max(k) into last_k from waiting.command_order;
         for i in 0..last_k loop\n{inserts}commit;\nend loop; end $$;"
    ))?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut rows = 0;
    for table in &tables {
        let count = |schema: &str| -> Result<usize> {
            Ok(cluster.run(&format!("select count(*) from {schema}.{table}"))?.parse()?)
        };
        let (theirs, ours) = (count("public")?, count("bare")?);
        ensure!(theirs == ours, "the bare inserts left something out of {table}: {ours} of {theirs} rows");
        rows += ours;
    }
    let events = cluster.run("select count(*) from bare.events")?.parse().context("no count of events")?;
    Ok((seconds, rows, events))
}

/// In which transaction `k` a command and a matter came.
fn order() -> String {
    format!(
        "create schema waiting;
         create table waiting.command_order as
         select region, command, (row_number() over (order by min(at), region, min(seq)) - 1) / {COMMANDS} as k from public.events group by region, command;
         create unique index on waiting.command_order (region, command);
         create table waiting.matter_order as
         select e.region, e.matter, min(o.k) as k from public.events e join waiting.command_order o using (region, command) group by e.region, e.matter;
         create unique index on waiting.matter_order (region, matter);
         analyze;"
    )
}

/// The rows of a table with the transaction in which each belongs: what a site is set up with first, totals last.
fn waiting(table: &str, columns: &[&str]) -> String {
    let by_command = |column: &str| {
        format!(
            "select o.k, s.* from public.{table} s join waiting.command_order o on o.region = s.region and o.command = s.{column}"
        )
    };
    let by_matter = |column: &str| {
        format!(
            "select o.k, s.* from public.{table} s join waiting.matter_order o on o.region = s.region and o.matter = s.{column}"
        )
    };
    match table {
        "events" => format!("{} order by s.at, s.region, s.seq", by_command("command")),
        "commands" => by_command("id"),
        "matters" => by_matter("id"),
        _ if columns.contains(&"region") && columns.contains(&"matter") => by_matter("matter"),
        _ if columns.contains(&"region") => {
            format!("select (select max(k) from waiting.command_order) as k, s.* from public.{table} s")
        }
        _ => format!("select 0::bigint as k, s.* from public.{table} s"),
    }
}
