//! Reads how many tests passed and failed out of what the test runners print.

use std::fmt;

/// A sum of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
    /// Tests that were left out.
    pub(crate) skipped: u64,
}

impl Counts {
    /// Adds another sum.
    pub(crate) fn add(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Whether any test ran.
    pub(crate) fn ran(self) -> bool {
        self.passed + self.failed > 0
    }

    /// From `cargo nextest run` ("Summary [..] 9 tests run: 8 passed, 1 failed, 2 skipped") and
    /// `cargo test` ("test result: ok. 8 passed; 0 failed; ..", once per binary).
    pub(crate) fn of_rust(lines: &[String]) -> Counts {
        // nextest repeats what a failed test printed, and that looks like the other runner.
        let is_nextest = lines.iter().any(|line| line.trim_start().starts_with("Summary ["));
        let start = if is_nextest { "Summary [" } else { "test result:" };
        let mut counts = Counts::default();
        for line in lines.iter().filter(|line| line.trim_start().starts_with(start)) {
            counts.add(Counts::of_words(line));
        }
        counts
    }

    /// From Vitest ("Tests  1 failed | 8 passed (9)", once per project), Playwright ("8 passed (3.2s)", one
    /// line per outcome) and Node's own runner ("# pass 8").
    pub(crate) fn of_web(lines: &[String]) -> Counts {
        let mut counts = Counts::default();
        for line in lines.iter().map(|line| line.trim_start()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["Tests", ..] => counts.add(Counts::of_words(line)),
                [number, "passed" | "failed" | "skipped" | "flaky" | "interrupted", ..]
                    if is_number(number) =>
                {
                    counts.add(Counts::of_words(line));
                }
                ["#" | "ℹ", outcome @ ("pass" | "fail" | "skipped"), number] => {
                    counts.count(outcome, number.parse().unwrap_or(0));
                }
                _ => {}
            }
        }
        counts
    }

    fn of_words(line: &str) -> Counts {
        let mut counts = Counts::default();
        let words: Vec<&str> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            if let [number, outcome] = pair
                && let Ok(number) = number.parse()
            {
                counts.count(outcome, number);
            }
        }
        counts
    }

    fn count(&mut self, outcome: &str, number: u64) {
        match outcome {
            "passed" | "pass" => self.passed += number,
            // A test that passes only on the second try has failed.
            "failed" | "fail" | "flaky" | "interrupted" | "exec" | "timed" => self.failed += number,
            "skipped" | "ignored" => self.skipped += number,
            _ => {}
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|character| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn reads_nextest() {
        let text = "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n     \
                    Summary [   0.512s] 12 tests run: 11 passed (1 slow), 1 failed, 3 skipped";
        assert_eq!(Counts::of_rust(&lines(text)), counts(11, 1, 3));
        let text = "     Summary [   0.512s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(Counts::of_rust(&lines(text)), counts(1, 0, 0));
    }

    #[test]
    fn sums_cargo_test_over_binaries() {
        let text = "test result: ok. 8 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Counts::of_rust(&lines(text)), counts(9, 2, 1));
    }

    #[test]
    fn reads_vitest_playwright_and_node() {
        let vitest = " Test Files  2 passed (2)\n      Tests  1 failed | 8 passed | 1 skipped (10)";
        assert_eq!(Counts::of_web(&lines(vitest)), counts(8, 1, 1));
        let playwright =
            "Running 4 tests using 1 worker\n  1 failed\n    [desk] › a.spec.ts\n  3 passed (4.1s)";
        assert_eq!(Counts::of_web(&lines(playwright)), counts(3, 1, 0));
        assert_eq!(Counts::of_web(&lines("# tests 3\n# pass 3\n# fail 0\n# skipped 0")), counts(3, 0, 0));
    }

    #[test]
    fn prints_the_plain_line() {
        assert_eq!(counts(12, 0, 0).to_string(), "12 passed, 0 failed");
        assert_eq!(counts(12, 1, 2).to_string(), "12 passed, 1 failed, 2 skipped");
    }
}
