//! What others made and we rely on: the tools of this run, and the policy over what we build in.

use anyhow::{Result, bail};

use super::{Run, Stage};
use crate::progress::Step;
use crate::{debian, pages, tools};

pub(crate) const TOOLS: Stage = Stage {
    name: "look for tools",
    advice: "install what is named above",
    run: |run, step| {
        tools::require_rust()?;
        tools::require_component("fmt")?;
        tools::require_component("clippy")?;
        step.say(&tools::require_node()?);
        debian::provide_all(&run.repository, step)
    },
};

pub(crate) const DEPENDENCIES: Stage = Stage {
    name: "dependencies",
    advice: "choose another crate or version, or add a reasoned exception to deny.toml",
    run: |run, step| {
        if tools::has("cargo-deny") {
            step.run(run.cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"]))?;
            look_for_advisories(run, step)?;
        } else {
            step.say("cargo-deny is not installed: its policy is left to those who have it");
        }
        audit_web(run, step)
    },
};

/// Known holes in what the binary carries. Their list comes over the network; without it there is no
/// answer, and that is no failure.
fn look_for_advisories(run: &Run, step: &Step<'_>) -> Result<()> {
    let (success, lines) = step.run_any(run.cargo(&["deny", "check", "advisories"]))?;
    let unreachable = lines.iter().any(|line| line.contains("failed to fetch"));
    match (success, unreachable) {
        (true, _) => Ok(()),
        (false, true) => {
            step.say("the list of advisories cannot be reached: crates not checked for known holes");
            Ok(())
        }
        (false, false) => bail!("cargo-deny knows of a hole in a crate; it is named above"),
    }
}

/// Known holes in what the pages carry, likewise.
fn audit_web(run: &Run, step: &Step<'_>) -> Result<()> {
    let mut command = pages::npm(&run.repository, &["audit", "--omit=dev", "--audit-level=high", "--json"]);
    command.args(["--fetch-retries=0", "--fetch-timeout=20000"]);
    let output = command.output()?;
    let answered = String::from_utf8_lossy(&output.stdout).contains("\"auditReportVersion\"");
    match (output.status.success(), answered) {
        (true, true) => Ok(()),
        (false, true) => bail!("npm audit knows of a serious hole; `npm audit` in web names it"),
        (_, false) => {
            step.say("the registry gives no audit: web packages not checked for known holes");
            Ok(())
        }
    }
}
