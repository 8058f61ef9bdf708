//! Stages over the pages.

use anyhow::Context;

use super::Stage;
use crate::counts::Counts;
use crate::{debian, pages};

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
