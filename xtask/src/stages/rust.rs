//! Stages over the Rust crates.

use anyhow::bail;

use super::Stage;
use crate::counts::Counts;
use crate::postgres::Cluster;
use crate::{debian, tools};

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
