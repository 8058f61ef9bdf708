//! A result: printed, and stored with the commit, the machine and the settings when `cargo xtask bench` says where.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// One line of the targets: what must be reached, and what was.
pub struct Criterion {
    what: &'static str,
    is: f64,
    must: f64,
    at_least: bool,
}

impl Criterion {
    /// Something that must not be less.
    #[must_use]
    pub fn at_least(what: &'static str, is: f64, must: f64) -> Self {
        Self { what, is, must, at_least: true }
    }

    /// Something that must not be more.
    #[must_use]
    pub fn at_most(what: &'static str, is: f64, must: f64) -> Self {
        Self { what, is, must, at_least: false }
    }

    fn is_met(&self) -> bool {
        if self.at_least { self.is >= self.must } else { self.is <= self.must }
    }

    fn sign(&self) -> &'static str {
        if self.at_least { "≥" } else { "≤" }
    }

    fn json(&self) -> Value {
        json!({ "what": self.what, "is": rounded(self.is), "must": format!("{} {}", self.sign(), self.must), "met": self.is_met() })
    }
}

/// Prints what was reached beside what must be.
pub fn print_criteria(criteria: &[Criterion]) {
    println!();
    for criterion in criteria {
        let verdict = if criterion.is_met() { "met" } else { "MISSED" };
        println!(
            "{:<66} {:>9.2}  must be {} {:<5} {verdict}",
            criterion.what,
            criterion.is,
            criterion.sign(),
            criterion.must
        );
    }
}

/// Stores a result as `<name>.json`; without a folder to store it in, says so.
pub fn store(name: &str, settings: Value, figures: Value, criteria: &[Criterion]) -> Result<()> {
    let Some(folder) =
        env::var_os("FENGSI_BENCH_RESULTS").filter(|folder| !folder.is_empty()).map(PathBuf::from)
    else {
        eprintln!("not stored: run it with `cargo xtask bench`");
        return Ok(());
    };
    let told = |name: &str| env::var(name).unwrap_or_else(|_| "unknown".to_owned());
    let criteria: Vec<Value> = criteria.iter().map(Criterion::json).collect();
    let result = json!({
        "bench": name,
        "commit": told("FENGSI_BENCH_COMMIT"),
        "machine": told("FENGSI_BENCH_MACHINE"),
        "settings": settings,
        "criteria": criteria,
        "figures": figures,
    });
    let path = folder.join(format!("{name}.json"));
    let text = format!("{}\n", serde_json::to_string_pretty(&result)?);
    std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    eprintln!("stored in {}", path.display());
    Ok(())
}

/// Three digits after the point: more would pretend.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
