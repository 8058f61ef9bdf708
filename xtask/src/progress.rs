//! Shows what is being done and how long it took: a moving last line on a terminal, plain lines elsewhere.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{self, Sign};
use crate::repository::Repository;

/// Without a terminal, say that a silent step still lives.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// How much of a failed command's output is shown on a terminal, where it was not shown before.
const TAIL: usize = 80;

/// The numbered steps of one run.
pub(crate) struct Progress {
    repository: Repository,
    total: usize,
    begun: AtomicUsize,
    terminal: bool,
    screen: Mutex<()>,
    started: Instant,
}

impl Progress {
    pub(crate) fn new(repository: &Repository, total: usize) -> Self {
        Self {
            repository: repository.clone(),
            total,
            begun: AtomicUsize::new(0),
            terminal: std::io::stdout().is_terminal(),
            screen: Mutex::new(()),
            started: Instant::now(),
        }
    }

    /// Does one named piece of work and says how long it took.
    pub(crate) fn step<T>(&self, name: &str, work: impl FnOnce(&Step<'_>) -> Result<T>) -> Result<T> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
        let label = format!("[{number:>2}/{}] {name}", self.total);
        let step = Step { progress: self, name: name.to_owned(), label, started: Instant::now() };
        let _ = std::fs::remove_file(self.repository.own_folder("logs")?.join(step.file_name()));
        if self.terminal {
            step.moving("");
        } else {
            self.print(&format!("{} ...", step.label));
        }
        let result = work(&step);
        let end = if result.is_ok() { "done in" } else { "FAILED after" };
        self.print(&format!("{:<40} {end} {}", step.label, spell(step.started.elapsed())));
        result
    }

    /// Time since the run began, in words.
    pub(crate) fn elapsed(&self) -> String {
        spell(self.started.elapsed())
    }

    fn print(&self, line: &str) {
        let _guard = self.screen.lock();
        let clear = if self.terminal { "\r\u{1b}[2K" } else { "" };
        println!("{clear}{line}");
    }
}

/// One step under way.
pub(crate) struct Step<'a> {
    progress: &'a Progress,
    name: String,
    label: String,
    started: Instant,
}

impl Step<'_> {
    /// A line that stays.
    pub(crate) fn say(&self, line: &str) {
        self.progress.print(&format!("        {line}"));
    }

    /// Runs a command, shows its lines, and fails when it fails. Returns the lines, without colours.
    pub(crate) fn run(&self, command: Command) -> Result<Vec<String>> {
        let shown = show(&command);
        let (success, lines) = self.run_any(command)?;
        if success {
            return Ok(lines);
        }
        bail!("this command failed: {shown}")
    }

    /// Like `run`, but a failing command is the caller's to judge: whether it succeeded, and its lines.
    pub(crate) fn run_any(&self, command: Command) -> Result<(bool, Vec<String>)> {
        let shown = show(&command);
        let path = self.progress.repository.own_folder("logs")?.join(self.file_name());
        let mut log = File::options().create(true).append(true).open(&path)?;
        writeln!(log, "$ {shown}")?;
        let mut lines = Vec::new();
        let mut last_sign = Instant::now();
        let status = process::follow(command, |sign| match sign {
            Sign::Line(line) => {
                let line = process::plain(line);
                let _ = writeln!(log, "{line}");
                self.moving_or_plain(&line);
                lines.push(line);
                last_sign = Instant::now();
            }
            Sign::Quiet if self.progress.terminal => self.moving(lines.last().map_or("", String::as_str)),
            Sign::Quiet if last_sign.elapsed() > HEARTBEAT => {
                self.say(&format!("still at it after {}", spell(self.started.elapsed())));
                last_sign = Instant::now();
            }
            Sign::Quiet => {}
        })
        .with_context(|| format!("while running: {shown}"))?;
        if !status.success() && self.progress.terminal {
            self.show_end_of(&lines, &path.display().to_string());
        }
        Ok((status.success(), lines))
    }

    fn show_end_of(&self, lines: &[String], path: &str) {
        for line in lines.iter().skip(lines.len().saturating_sub(TAIL)) {
            self.progress.print(line);
        }
        self.say(&format!("the whole output is in {path}"));
    }

    fn moving_or_plain(&self, line: &str) {
        if self.progress.terminal {
            self.moving(line);
        } else {
            self.progress.print(line);
        }
    }

    fn moving(&self, line: &str) {
        let _guard = self.progress.screen.lock();
        let elapsed = spell(self.started.elapsed());
        // Wrapping is off while the line is written, so that a long one is cut instead of scrolling.
        print!("\r\u{1b}[2K\u{1b}[?7l{} {elapsed}  {}\u{1b}[?7h", self.label, line.trim());
        let _ = std::io::stdout().flush();
    }

    fn file_name(&self) -> String {
        let letters = self.name.chars();
        let name: String =
            letters.map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        format!("{}.log", name.to_ascii_lowercase())
    }
}

/// A command as one would type it.
fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A duration for people.
fn spell(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..120 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_durations_for_people() {
        assert_eq!(spell(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(spell(Duration::from_secs(61)), "61 s");
        assert_eq!(spell(Duration::from_secs(605)), "10 min 05 s");
    }

    #[test]
    fn a_failing_command_is_named() {
        let repository = Repository::find().unwrap();
        let progress = Progress::new(&repository, 1);
        let result = progress.step("a test of failing", |step| {
            let mut command = process::command("sh", &repository.root);
            command.args(["-c", "exit 7"]);
            step.run(command)
        });
        assert!(result.unwrap_err().to_string().contains("sh -c exit 7"));
    }
}
