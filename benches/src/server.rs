//! The real binary as a process of its own, on a site made for this run.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::process;

/// The name of the thread that commits on SQLite.
const WRITER: &str = "fengsi-writer";

/// Where the binary is: beside this program.
pub fn binary() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let binary = own.parent().context("this program has no folder")?.join("fengsi");
    ensure!(binary.exists(), "the server is not built: cargo build --release --bin fengsi");
    Ok(binary)
}

/// Size of the binary in MiB.
pub fn binary_size() -> Result<f64> {
    let bytes = u32::try_from(std::fs::metadata(binary()?)?.len()).unwrap_or(u32::MAX);
    Ok(f64::from(bytes) / 1024.0 / 1024.0)
}

/// An empty folder for a program's data, on the disk that holds the build.
pub fn fresh_folder(name: &str) -> Result<PathBuf> {
    let release = binary()?;
    let target = release.parent().and_then(Path::parent).context("the binary has no folder")?;
    let folder = target.join("bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Makes the demo's site, with or without its year.
pub fn make_site(folder: &Path, database: Option<&str>, with_year: bool) -> Result<()> {
    let mut demo = command("demo", folder, database)?;
    demo.arg("--load-only");
    if !with_year {
        demo.arg("--empty");
    }
    let status = demo.status()?;
    ensure!(status.success(), "the site could not be made");
    Ok(())
}

/// A server under way; ends when it is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Serves a site without limits on how often an address may ask.
    pub fn start(folder: &Path, database: Option<&str>) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let mut serve = command("serve", folder, database)?;
        serve.args(["--listen", &address.to_string(), "--no-limits", "--insecure-cookies"]);
        serve.env("FENGSI_LOG", "warn");
        let mut server = Self { child: serve.spawn()?, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(server.child.try_wait()?.is_none(), "the server ended at once");
            ensure!(begun.elapsed() < Duration::from_secs(30), "the server does not listen on {address}");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// What was used up to now.
    pub fn moment(&self) -> Result<Moment> {
        let id = self.child.id().to_string();
        Ok(Moment {
            at: Instant::now(),
            server: process::cpu_of(&id)?,
            writer: process::cpu_of_threads(&id, WRITER)?,
            generator: process::cpu_of("self")?,
            machine: process::cpu_of_machine()?,
        })
    }

    /// Most memory it held, in MiB.
    pub fn peak_memory(&self) -> Result<f64> {
        process::peak_memory(&self.child.id().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The data is thrown away with the run; nothing to end gently.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(role: &str, folder: &Path, database: Option<&str>) -> Result<Command> {
    let mut command = Command::new(binary()?);
    command.arg(role).arg("--data").arg(folder).stdin(Stdio::null()).stdout(Stdio::null());
    // Not as an argument: it holds a password, and arguments can be read by everybody.
    match database {
        Some(url) => command.env("FENGSI_DATABASE", url),
        None => command.env_remove("FENGSI_DATABASE"),
    };
    Ok(command)
}

/// CPU used up to a moment.
pub struct Moment {
    at: Instant,
    server: f64,
    writer: f64,
    generator: f64,
    machine: f64,
}

/// Cores that were busy between two moments.
#[derive(Clone, Copy)]
pub struct Busy {
    /// With the server.
    pub server: f64,
    /// With the server's writer thread, which is part of it.
    pub writer: f64,
    /// With the load.
    pub generator: f64,
    /// With all else: the database server where there is one, and other people's work.
    pub others: f64,
}

impl Busy {
    /// Between a moment and a later one.
    #[must_use]
    pub fn between(before: &Moment, after: &Moment) -> Self {
        let seconds = (after.at - before.at).as_secs_f64();
        let cores = |of: fn(&Moment) -> f64| (of(after) - of(before)) / seconds;
        let (server, generator) = (cores(|moment| moment.server), cores(|moment| moment.generator));
        let others = (cores(|moment| moment.machine) - server - generator).max(0.0);
        Self { server, writer: cores(|moment| moment.writer), generator, others }
    }

    /// What keeps the rate from being higher, judged from what was busy.
    #[must_use]
    pub fn limit(&self) -> String {
        let cores = process::cores();
        let all = self.server + self.generator + self.others;
        if all > cores * 0.9 {
            format!(
                "the processor: {all:.2} of {cores} cores busy (server {:.2}, load {:.2}, others {:.2})",
                self.server, self.generator, self.others
            )
        } else if self.writer > 0.85 {
            format!("the writer thread: {:.2} of its one core", self.writer)
        } else if self.generator > 0.85 {
            format!("the load generator: {:.2} of its one core; the server could take more", self.generator)
        } else {
            format!("waiting for the disk and for each other: {all:.2} of {cores} cores busy")
        }
    }
}
