//! `serve`: pages, interface and the work that comes later, in one process.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context, Result};
use api::{App, Clock, Options};
use clap::Args;
use jobs::{Jobs, Outbound, outbound::Smtp};
use store::Store;
use tokio::{net::TcpListener, signal, sync::watch};

use crate::location::Place;

/// How long open requests may take to end after the stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves a site until it is stopped (Ctrl-C or SIGTERM); open requests are answered first.
///
/// Behind a reverse proxy that speaks HTTPS, listen on the loopback address. Cookies are sent over HTTPS only, unless
/// `--insecure-cookies` says otherwise.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    how: How,
}

/// How a site is served.
#[derive(Args, Clone)]
pub(crate) struct How {
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", env = "FENGSI_LISTEN", default_value = "127.0.0.1:41424")]
    pub(crate) listen: SocketAddr,
    /// Send cookies without HTTPS too: for a site on this machine alone.
    #[arg(long)]
    pub(crate) insecure_cookies: bool,
    /// Switch off limits on how often an address may ask: for measurements.
    #[arg(long)]
    pub(crate) no_limits: bool,
    /// Send mail to reporters through this server, as in `smtps://user:password@mail.example.org`.
    #[arg(
        long,
        value_name = "URL",
        env = "FENGSI_MAIL_SERVER",
        hide_env_values = true,
        requires = "mail_from"
    )]
    mail_server: Option<String>,
    /// The sender of such mail.
    #[arg(long, value_name = "ADDRESS", env = "FENGSI_MAIL_FROM")]
    mail_from: Option<String>,
    /// Write mail into this folder instead of sending it.
    #[arg(long, value_name = "DIR", conflicts_with = "mail_server")]
    pub(crate) mail_folder: Option<PathBuf>,
    /// The program that makes PDF; `fengsi-paper` beside this one when left out.
    #[arg(long, value_name = "FILE", env = "FENGSI_PAPER")]
    paper: Option<PathBuf>,
    /// The folder with the fonts of such PDF; that of the package fonts-noto-cjk when left out.
    #[arg(long, value_name = "DIR", env = "FENGSI_FONTS")]
    fonts: Option<String>,
}

impl How {
    /// How the demo is served: on this machine alone, with its mail in a folder.
    pub(crate) fn demo(listen: SocketAddr, no_limits: bool, mail_folder: PathBuf) -> Self {
        Self {
            listen,
            insecure_cookies: true,
            no_limits,
            mail_server: None,
            mail_from: None,
            mail_folder: Some(mail_folder),
            paper: None,
            fonts: None,
        }
    }

    fn outbound(&self) -> Result<Outbound> {
        Ok(match (&self.mail_server, &self.mail_from, &self.mail_folder) {
            (Some(server), Some(from), _) => Outbound::Smtp(Smtp::new(server, from)?),
            (_, _, Some(folder)) => Outbound::Folder(folder.clone()),
            _ => Outbound::None,
        })
    }
}

/// Carries out `serve`.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.place.open_existing().await?;
    let clock = match store.settings().clock_starts_at {
        Some(start) => Clock::starting_at(store.moment(start).await?),
        None => Clock::real(),
    };
    serve(store, clock, &arguments.how, |address| tracing::info!(%address, "serving")).await
}

/// Serves a store until the process is told to stop; `ready` hears the address.
pub(crate) async fn serve(
    store: Store,
    clock: Clock,
    how: &How,
    ready: impl FnOnce(SocketAddr),
) -> Result<ExitCode> {
    let listener = TcpListener::bind(how.listen).await.with_context(|| {
        format!(
            "{} cannot be listened on: is another program there? choose another with --listen",
            how.listen
        )
    })?;
    let address = listener.local_addr()?;
    let (stopping, stop) = watch::channel(false);
    let work = tokio::spawn(Jobs::new(store.clone(), move || clock.now(), how.outbound()?).run(stop.clone()));
    let options = Options {
        limits: !how.no_limits,
        secure_cookies: !how.insecure_cookies,
        paper: how.paper.clone(),
        fonts: how.fonts.clone(),
        ..Options::default()
    };
    let router =
        api::router(App::new(store, clock, options)).into_make_service_with_connect_info::<SocketAddr>();
    ready(address);
    let mut stopped = stop.clone();
    let server = tokio::spawn(async move {
        axum::serve(listener, router)
            .with_graceful_shutdown(async move {
                // An error means that the sender is gone: stop as well.
                let _ = stopped.wait_for(|stop| *stop).await;
            })
            .await
    });
    told_to_stop().await?;
    tracing::info!("stopping");
    stopping.send_replace(true);
    // Live updates never end by themselves; what is still open after a while is cut.
    if let Ok(result) = tokio::time::timeout(LAST_REQUESTS, server).await {
        result??;
    }
    work.await?;
    Ok(ExitCode::SUCCESS)
}

async fn told_to_stop() -> Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            result = signal::ctrl_c() => result?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await?;
    Ok(())
}
