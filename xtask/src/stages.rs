//! The stages of `cargo xtask test` and `check`: each does one thing, knows its advice, and adds to the counts.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::counts::Counts;
use crate::postgres::Cluster;
use crate::progress::{Progress, Step};
use crate::repository::Repository;
use crate::{debian, pages, process, tools};

/// What the stages of one run share.
pub(crate) struct Run {
    /// The checkout.
    pub(crate) repository: Repository,
    /// Tests so far.
    pub(crate) counts: Counts,
    /// Only Rust tests whose name contains this.
    pub(crate) filter: Option<String>,
    /// The private PostgreSQL, once started; it ends with the run.
    pub(crate) cluster: Option<Cluster>,
}

/// One stage.
pub(crate) struct Stage {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What to do when it fails.
    pub(crate) advice: &'static str,
    /// What it does.
    pub(crate) run: fn(&mut Run, &Step<'_>) -> Result<()>,
}

impl Run {
    pub(crate) fn new(repository: Repository, filter: Option<String>) -> Self {
        Self { repository, counts: Counts::default(), filter, cluster: None }
    }

    /// Goes through the stages and stops at the first that fails.
    pub(crate) fn go(&mut self, stages: &[Stage]) -> Result<()> {
        let progress = Progress::new(&self.repository, stages.len());
        for stage in stages {
            progress.step(stage.name, |step| (stage.run)(self, step)).map_err(|error| {
                anyhow::anyhow!("{}: {error:#}\n\nwhat to do: {}", stage.name, stage.advice)
            })?;
        }
        println!("\nAll of it took {}.", progress.elapsed());
        Ok(())
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut command = process::command("cargo", &self.repository.root);
        command.args(words);
        self.tell_about_postgres(&mut command);
        command
    }

    fn tell_about_postgres(&self, command: &mut Command) {
        if let Some(cluster) = &self.cluster {
            cluster.tell(command);
        }
    }

    /// Runs a command of tests: adds up what it says, then judges whether it succeeded.
    fn run_tests(&mut self, step: &Step<'_>, command: Command, read: fn(&[String]) -> Counts) -> Result<()> {
        let (success, lines) = step.run_any(command)?;
        let counts = read(&lines);
        self.counts.add(counts);
        match (success, counts.ran()) {
            (true, true) => Ok(()),
            (true, false) => bail!("it ended well, but no test ran, or none that could be counted"),
            (false, true) if counts.failed > 0 => bail!("{} of the tests failed", counts.failed),
            (false, true) => bail!("all tests passed, but the command failed: read its last lines above"),
            (false, false) => bail!("the tests did not get as far as running: read what stands above"),
        }
    }
}

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

pub(crate) const FORMAT: Stage = Stage {
    name: "formatting",
    advice: "run `cargo fmt --all`",
    run: |run, step| step.run(run.cargo(&["fmt", "--all", "--check"])).map(drop),
};

pub(crate) const CLIPPY: Stage = Stage {
    name: "clippy",
    advice: "mend what it names; where it is wrong, #[expect(lint, reason = \"...\")] on that one item",
    run: |run, step| {
        step.run(run.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])).map(drop)
    },
};

pub(crate) const WEB_PACKAGES: Stage = Stage {
    name: "web packages",
    advice: "when package.json and the lock disagree, run `npm install` in web and commit the lock",
    run: |run, step| pages::install_packages(&run.repository, step),
};

pub(crate) const WEB_TYPES: Stage = Stage {
    name: "web types",
    advice: "mend the types; `npm run typecheck` in web repeats it (stale schema.ts? run `cargo xtask gen`)",
    run: |run, step| step.run(pages::npm(&run.repository, &["run", "typecheck"])).map(drop),
};

pub(crate) const WEB_TESTS: Stage = Stage {
    name: "web tests",
    advice: "`npm test` in web repeats them; `npm test -- NAME` runs one",
    run: |run, step| {
        let command = pages::npm(&run.repository, &["test"]);
        run.run_tests(step, command, Counts::of_web)
    },
};

pub(crate) const WEB_BUILD: Stage = Stage {
    name: "web build",
    advice: "`npm run build` in web repeats it",
    run: |run, step| pages::build(&run.repository, step),
};

pub(crate) const POSTGRES: Stage = Stage {
    name: "PostgreSQL",
    advice: "`cargo xtask postgres -- psql` tries it alone; its log lies in target/pg",
    run: |run, step| {
        debian::provide_postgres(&run.repository, step)?;
        run.cluster = Some(Cluster::start(&run.repository)?);
        Ok(())
    },
};

pub(crate) const RUST_TESTS: Stage = Stage {
    name: "Rust tests",
    advice: "`cargo xtask test NAME` repeats one, with PostgreSQL beside it",
    run: |run, step| {
        let runner: &[&str] = if tools::has("cargo-nextest") {
            &["nextest", "run", "--workspace", "--no-fail-fast"]
        } else {
            &["test", "--workspace", "--all-targets", "--no-fail-fast"]
        };
        let mut command = run.cargo(runner);
        command.args(&run.filter);
        run.run_tests(step, command, Counts::of_rust)
    },
};

pub(crate) const PURE_TESTS: Stage = Stage {
    name: "pure tests",
    advice: "`cargo test --package casework NAME` repeats one",
    run: |run, step| {
        let command = run.cargo(&["test", "--package", "casework", "--package", "xtask", "--no-fail-fast"]);
        run.run_tests(step, command, Counts::of_rust)
    },
};

pub(crate) const DOCUMENTATION: Stage = Stage {
    name: "documentation",
    advice: "mend the comment it names; `cargo doc --no-deps` repeats it",
    run: |run, step| {
        let mut command = run.cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
        command.env("RUSTDOCFLAGS", "-D warnings");
        step.run(command)?;
        let examples = run.cargo(&["test", "--workspace", "--doc"]);
        let (success, lines) = step.run_any(examples)?;
        run.counts.add(Counts::of_rust(&lines));
        if success { Ok(()) } else { bail!("an example in a comment does not hold") }
    },
};

pub(crate) const GENERATED: Stage = Stage {
    name: "generated files",
    advice: "run `cargo xtask gen` and commit the result with your change",
    run: |run, step| {
        step.run(run.cargo(&["build", "--bin", "fengsi"]))?;
        crate::tasks::check_generated_files(&run.repository, step)
    },
};

pub(crate) const WALKS: Stage = Stage {
    name: "walks through the pages",
    advice: "`npm run e2e` in web repeats them (FENGSI_BIN names the binary); pictures are in web/e2e/results",
    run: |run, step| {
        let browser = debian::chromium().context("no Chromium was found")?;
        let mut command = pages::npm(&run.repository, &["run", "e2e"]);
        command.env("FENGSI_BIN", run.repository.fengsi("debug")).env("CHROMIUM_BIN", browser);
        run.tell_about_postgres(&mut command);
        run.run_tests(step, command, Counts::of_web)
    },
};

pub(crate) const DEPENDENCIES: Stage = Stage {
    name: "dependencies",
    advice: "choose another crate or version, or add a reasoned exception to deny.toml",
    run: |run, step| {
        if tools::has("cargo-deny") {
            step.run(run.cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"]))?;
        } else {
            step.say("cargo-deny is not installed: licences and bans are left to those who have it");
        }
        audit_web(run, step)
    },
};

/// Known holes in what the pages carry. Without a connection there is no answer, and that is no failure.
fn audit_web(run: &Run, step: &Step<'_>) -> Result<()> {
    let mut command = pages::npm(&run.repository, &["audit", "--omit=dev", "--audit-level=high", "--json"]);
    command.args(["--fetch-retries=0", "--fetch-timeout=20000"]);
    let (success, lines) = step.run_any(command)?;
    let answered = lines.iter().any(|line| line.contains("\"auditReportVersion\""));
    match (success, answered) {
        (true, true) => Ok(()),
        (false, true) => bail!("npm audit knows of a serious hole; `npm audit` in web names it"),
        (_, false) => {
            step.say("the registry gave no audit (offline?): not checked");
            Ok(())
        }
    }
}
