//! Where a site lives, as every subcommand asks for it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use store::{Location, Store};

/// Where the site lives.
#[derive(Args, Clone)]
pub(crate) struct Place {
    /// The site's folder: database, photos and key (with `--database`: photos and key).
    #[arg(long, value_name = "DIR", env = "FENGSI_DATA", default_value = "site")]
    pub(crate) data: PathBuf,
    /// Keep the records in PostgreSQL, as in `postgres://fengsi@db.example.org/fengsi`.
    #[arg(long, value_name = "URL", env = "FENGSI_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

impl Place {
    /// Where that is.
    pub(crate) fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Postgres { url: url.clone(), folder: self.data.clone() },
            None => Location::Folder(self.data.clone()),
        }
    }

    /// Opens the site; makes an empty one where none is.
    pub(crate) async fn open(&self) -> Result<Store> {
        Store::open(&self.location())
            .await
            .with_context(|| format!("the site in {} cannot be opened", self.data.display()))
    }

    /// Opens a site that must be there.
    pub(crate) async fn open_existing(&self) -> Result<Store> {
        anyhow::ensure!(
            self.data.join("site.key").exists()
                || self.data.join("fengsi.db").exists()
                || self.database.is_some(),
            "there is no site in {}: make one with `fengsi setup --data {}`",
            self.data.display(),
            self.data.display()
        );
        self.open().await
    }
}
