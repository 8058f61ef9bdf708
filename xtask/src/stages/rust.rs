//! Stages over the Rust crates.

use anyhow::bail;

use super::Stage;
use crate::counts::Counts;
use crate::postgres::Cluster;
use crate::{debian, paper, tools};

pub(crate) const FORMAT: Stage = Stage {
    name: "formatting",
    advice: "run `cargo fmt --all`",
    run: |run, step| step.run(run.cargo(&["fmt", "--all", "--check"])).map(drop),
};

pub(crate) const CLIPPY: Stage = Stage {
    name: "clippy",
    advice: "mend what it names; where it is wrong, #[expect(lint, reason = \"...\")] on that one item",
    run: |run, step| {
        step.run(run.cargo(&[
            "clippy",
            "--workspace",
            "--exclude",
            "paper",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
        .map(drop)
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
            &["nextest", "run", "--workspace", "--exclude", "paper", "--no-fail-fast"]
        } else {
            &["test", "--workspace", "--exclude", "paper", "--all-targets", "--no-fail-fast"]
        };
        let mut command = run.cargo(runner);
        command.args(&run.filter);
        run.run_tests(step, command, Counts::of_rust)
    },
};

pub(crate) const PAPER: Stage = Stage {
    name: "paper",
    advice: "`cargo test --profile paper --package paper NAME` repeats one",
    run: |run, step| {
        let mut command = run.cargo(&["test", "--no-fail-fast"]);
        command.args(paper::CARGO);
        run.run_tests(step, command, Counts::of_rust)?;
        let mut clippy = run.cargo(&["clippy", "--all-targets"]);
        clippy.args(paper::CARGO).args(["--", "-D", "warnings"]);
        step.run(clippy)?;
        paper::build(&run.repository, step, false).map(drop)
    },
};

pub(crate) const PURE_TESTS: Stage = Stage {
    name: "pure tests",
    advice: "`cargo test --package casework NAME` repeats one",
    run: |run, step| {
        let command = run.cargo(&[
            "test",
            "--package",
            "casework",
            "--package",
            "documents",
            "--package",
            "xtask",
            "--no-fail-fast",
        ]);
        run.run_tests(step, command, Counts::of_rust)
    },
};

pub(crate) const DOCUMENTATION: Stage = Stage {
    name: "documentation",
    advice: "mend the comment it names; `cargo doc --no-deps` repeats it",
    run: |run, step| {
        let mut command =
            run.cargo(&["doc", "--workspace", "--exclude", "paper", "--no-deps", "--document-private-items"]);
        command.env("RUSTDOCFLAGS", "-D warnings");
        step.run(command)?;
        let examples = run.cargo(&["test", "--workspace", "--exclude", "paper", "--doc"]);
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
