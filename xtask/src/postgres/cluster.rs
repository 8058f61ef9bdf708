//! Starts the server, tells where it is, and makes sure that it ends with us.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::account::Account;
use super::place::Place;
use crate::process;
use crate::repository::Repository;

/// The database user of the cluster.
const USER: &str = "fengsi";

/// Reads until we let go of its input or die, then ends the server and clears up. A process of its own
/// group: Ctrl-C ends us, not this.
const WATCHDOG: &str = r#"cat > /dev/null
"$1/pg_ctl" stop --silent --mode immediate --pgdata "$2/data"
rm -rf "$2/data" "$2/password""#;

/// A running server.
pub(crate) struct Cluster {
    port: u16,
    password: String,
    watchdog: Child,
    place: Place,
}

impl Cluster {
    /// Makes a new cluster and starts it.
    pub(crate) fn start(repository: &Repository) -> Result<Self> {
        let programs =
            super::programs().context("PostgreSQL is missing; on Debian: apt-get install postgresql")?;
        let account = Account::choose()?;
        let place = Place::take(repository, account)?;
        let data = place.folder.join("data");
        end_what_a_killed_run_left(&programs, account, &data)?;
        let password = random_hex(16)?;
        make(&programs, account, &place.folder, &password)?;
        let watchdog = watch(&programs, account, &place.folder)?;
        // From here on the watchdog clears up, also when starting fails.
        let mut cluster = Self { port: 0, password, watchdog, place };
        cluster.port = serve(&programs, account, &cluster.place.folder)?;
        Ok(cluster)
    }

    /// The address of a database that the tests may do with as they like.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{USER}:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    /// Tells a command where the server is: for our tests, and for psql, pgbench and the like.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("TEST_POSTGRES_URL", self.url());
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string());
        command.env("PGUSER", USER).env("PGPASSWORD", &self.password).env("PGDATABASE", "postgres");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
        if self.place.is_temporary {
            let _ = std::fs::remove_dir_all(&self.place.folder);
        }
    }
}

/// Random bytes from the operating system, spelled in hex.
pub(super) fn random_hex(bytes: usize) -> Result<String> {
    let mut random = vec![0_u8; bytes];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn end_what_a_killed_run_left(programs: &Path, account: Account, data: &Path) -> Result<()> {
    let note = std::fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let pid = note.lines().next().unwrap_or_default().trim().to_owned();
    // After a restart of the machine the number may belong to another program: look before stopping it.
    let running = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    if !pid.is_empty() && running.contains(&data.display().to_string()) {
        let mut stop = account.command(programs.join("pg_ctl"), Path::new("/"));
        stop.args(["stop", "--silent", "--mode", "immediate", "--pgdata"]).arg(data);
        // It may just be ending by itself; what counts is that the folder can be cleared.
        let _ = process::output_of(stop);
    }
    match std::fs::remove_dir_all(data) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot clear {}", data.display()))
        }
        _ => Ok(()),
    }
}

fn make(programs: &Path, account: Account, folder: &Path, password: &str) -> Result<()> {
    let secret = folder.join("password");
    let mut options = File::options();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(&secret).and_then(|mut file| file.write_all(password.as_bytes()))?;
    account.own(&secret)?;
    let mut initdb = account.command(programs.join("initdb"), Path::new("/"));
    initdb.args(["--username", USER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"]);
    // Only the making is not synced: if the machine dies here, the next run begins anew.
    initdb.arg("--no-sync").arg("--pwfile").arg(&secret).arg("--pgdata").arg(folder.join("data"));
    process::output_of(initdb).map(drop)
}

fn serve(programs: &Path, account: Account, folder: &Path) -> Result<u16> {
    let log = folder.join("log");
    let _ = std::fs::remove_file(&log);
    for _ in 0..5 {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let settings = format!(
            "-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
             -c max_connections=200 -c cluster_name=fengsi"
        );
        let mut start = account.command(programs.join("pg_ctl"), Path::new("/"));
        start.args(["start", "--silent", "--wait", "--timeout", "60", "--options", &settings]);
        start.arg("--pgdata").arg(folder.join("data")).arg("--log").arg(&log);
        start.stdout(Stdio::null()).stderr(Stdio::null());
        if start.status().context("cannot start pg_ctl")?.success() {
            return Ok(port);
        }
        // Somebody may have taken the port between our look and its start: try another one.
    }
    let said = std::fs::read_to_string(&log).unwrap_or_default();
    bail!("PostgreSQL did not start; it said:\n{}", said.trim_end())
}

fn watch(programs: &Path, account: Account, folder: &Path) -> Result<Child> {
    let mut watchdog = account.command(PathBuf::from("/bin/sh"), Path::new("/"));
    watchdog.args(["-c", WATCHDOG, "watchdog"]).arg(programs).arg(folder);
    watchdog.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    watchdog.spawn().context("cannot start the process that ends PostgreSQL")
}
