//! PostgreSQL from outside: psql and pgbench as Debian installs them, at the server that `PGHOST` and its like name.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

/// A database of our own on a server.
pub struct Cluster {
    programs: PathBuf,
    name: String,
    /// The address of the database.
    pub url: String,
}

impl Cluster {
    /// Makes an empty database, in place of one that an earlier run left.
    pub fn with_fresh_database(server_url: &str, name: &str) -> Result<Self> {
        let (server, _) = server_url.rsplit_once('/').context("the address names no database")?;
        ensure!(
            std::env::var_os("PGHOST").is_some(),
            "PGHOST, PGPORT, PGUSER and PGPASSWORD are not set: run it with `cargo xtask bench`"
        );
        let cluster =
            Self { programs: programs()?, name: "postgres".to_owned(), url: format!("{server}/{name}") };
        cluster.run(&format!("drop database if exists {name}"))?;
        cluster.run(&format!("create database {name}"))?;
        Ok(Self { name: name.to_owned(), ..cluster })
    }

    /// Runs statements, each in a transaction of its own; what the last ones print, without frills.
    pub fn run(&self, statements: &str) -> Result<String> {
        let mut psql = self.command("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
        let mut child =
            psql.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("psql cannot be started")?;
        child.stdin.take().context("psql takes no input")?.write_all(statements.as_bytes())?;
        let output = child.wait_with_output()?;
        ensure!(
            output.status.success(),
            "psql refused: {}",
            statements.chars().take(400).collect::<String>()
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Runs a script with prepared statements; transactions in a second.
    pub fn pgbench(
        &self,
        script: &Path,
        clients: usize,
        transactions_each: usize,
        variables: &[(&str, usize)],
    ) -> Result<f64> {
        let mut pgbench = self.command("pgbench");
        pgbench.args(["--no-vacuum", "--protocol", "prepared", "--client", &clients.to_string()]);
        pgbench.args(["--transactions", &transactions_each.to_string()]).arg("--file").arg(script);
        for (name, value) in variables {
            pgbench.args(["--define", &format!("{name}={value}")]);
        }
        let output = pgbench
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .context("pgbench cannot be started")?;
        let said = String::from_utf8_lossy(&output.stdout);
        let whole = format!("{}/{}", clients * transactions_each, clients * transactions_each);
        if !output.status.success() || !said.contains(&whole) {
            bail!("pgbench failed: {said}{}", String::from_utf8_lossy(&output.stderr));
        }
        let line = said.lines().find(|line| line.starts_with("tps = ")).context("pgbench names no rate")?;
        Ok(line.split_whitespace().nth(2).context("pgbench names no rate")?.parse()?)
    }

    /// The columns of a table, as a list for a statement.
    pub fn columns(&self, table: &str) -> Result<String> {
        self.run(&format!(
            "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns where table_schema = 'public' and table_name = '{table}'"
        ))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PGDATABASE", &self.name).env("PGOPTIONS", "-c client_min_messages=warning");
        command
    }
}

/// The folder with psql and pgbench: Debian keeps pgbench off the path, one folder per version.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let own = versions.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = own
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("pgbench").exists() && folder.join("psql").exists());
    found.context("pgbench is missing; on Debian: apt-get install postgresql")
}
