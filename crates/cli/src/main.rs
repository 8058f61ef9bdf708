//! The binary `fengsi`: one program, its roles as subcommands.

mod copies;
mod demo;
mod doctor;
mod export;
mod import;
mod location;
mod serve;
mod setup;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 逢四 Fengsi: a community's troubles, settled where they arise.
///
/// A site lives in one folder (`--data`): database, photos and key. With `--database` the records live in PostgreSQL and
/// the folder keeps photos and key. The key file (`site.key`) must be kept safe and apart from backups: without it nothing
/// personal can be read, with it everything can.
#[derive(Parser)]
#[command(name = "fengsi", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a site: its areas, units, calendar and catalogue, and the first accounts.
    Setup(setup::Arguments),
    /// Serve a site: pages and interface, and the work that clocks and follow-ups bring.
    Serve(serve::Arguments),
    /// Make the Suizhou 2023 demonstration and serve it. Stopped half-way, it goes on where it was.
    Demo(demo::Arguments),
    /// Check the whole record: the log, every event replayed, every projection compared, totals recounted.
    Verify(verify::Arguments),
    /// Read a table into a site: areas' outlines (GeoJSON), units (CSV), accounts (CSV), matters (CSV), calendar days (CSV).
    Import(import::Arguments),
    /// Write a site's matters as a table (CSV), without personal text.
    Export(export::Arguments),
    /// Make a backup, while the site is served or not.
    Backup(copies::BackupArguments),
    /// Restore a backup where there is no site yet, and compare.
    Restore(copies::RestoreArguments),
    /// Try out whether the site could be restored: a backup, restored elsewhere, compared, taken away.
    Drill(copies::DrillArguments),
    /// Move a site from its folder to PostgreSQL, and prove that nothing changed.
    Grow(copies::GrowArguments),
    /// Say what is wrong with a site's configuration and how to mend it.
    Doctor(doctor::Arguments),
    /// Print the description of the interface (OpenAPI, JSON).
    Openapi,
    /// Print the life of a matter: the table of who may do what, when (Markdown).
    Lifecycle,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("FENGSI_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .compact()
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the program cannot start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(arguments.command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("出错 Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Setup(arguments) => setup::run(arguments).await,
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Verify(arguments) => verify::run(arguments).await,
        Command::Import(arguments) => import::run(arguments).await,
        Command::Export(arguments) => export::run(arguments).await,
        Command::Backup(arguments) => copies::backup(arguments).await,
        Command::Restore(arguments) => copies::restore(arguments).await,
        Command::Drill(arguments) => copies::drill(arguments).await,
        Command::Grow(arguments) => copies::grow(arguments).await,
        Command::Doctor(arguments) => doctor::run(arguments).await,
        Command::Openapi => {
            println!("{}", api::openapi().to_pretty_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Lifecycle => {
            print!("{}", casework::access::lifecycle::lifecycle_markdown());
            Ok(ExitCode::SUCCESS)
        }
    }
}
