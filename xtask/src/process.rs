//! Starts other programs: a clean environment, one stream of lines, an end even when a grandchild stays behind.

use std::io::{BufRead, BufReader, PipeReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// After the child is gone, how long to wait for more lines from what it left running.
const GRACE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(250);

/// A command in `folder`. What cargo told xtask about itself is taken out: build scripts watch some of
/// these variables, and half the tree would be built anew for nothing.
pub(crate) fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if own.iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// What one look at a running child gives.
pub(crate) enum Sign<'a> {
    /// It wrote a line.
    Line(&'a str),
    /// Nothing came for a moment.
    Quiet,
}

/// Runs a command to its end and hands over each line of both its streams as it comes.
pub(crate) fn follow(mut command: Command, mut on_sign: impl FnMut(Sign<'_>)) -> Result<ExitStatus> {
    let program = command.get_program().to_string_lossy().into_owned();
    let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
    command.stdout(writer.try_clone().context("cannot share a pipe")?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    drop(command); // holds the writing ends; the reader would never see the end
    let lines = read_lines(reader);
    let mut gone: Option<(ExitStatus, Instant)> = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => on_sign(Sign::Line(&line)),
            Err(RecvTimeoutError::Timeout) => on_sign(Sign::Quiet),
            Err(RecvTimeoutError::Disconnected) => {
                return child.wait().with_context(|| format!("lost sight of {program}"));
            }
        }
        if gone.is_none() {
            gone = child.try_wait()?.map(|status| (status, Instant::now()));
        }
        if let Some((status, since)) = gone
            && since.elapsed() > GRACE
        {
            return Ok(status);
        }
    }
}

/// What a command prints on its standard output; fails when it fails.
pub(crate) fn output_of(mut command: Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {program}"))?;
    anyhow::ensure!(
        output.status.success(),
        "{program} failed ({}):\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed something that is not text"))
}

/// Text without colours and without what a progress bar has already overwritten.
pub(crate) fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' => {
                // An escape sequence ends with its first letter.
                for inner in characters.by_ref() {
                    if inner.is_ascii_alphabetic() {
                        break;
                    }
                }
            }
            '\r' => text.clear(),
            other => text.push(other),
        }
    }
    text
}

fn read_lines(reader: PipeReader) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(1..)) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send(line).is_err() {
                break;
            }
            bytes.clear();
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = command("sh", Path::new("."));
        command.args(["-c", script]);
        command
    }

    fn lines_of(script: &str) -> (ExitStatus, Vec<String>) {
        let mut lines = Vec::new();
        let status = follow(shell(script), |sign| {
            if let Sign::Line(line) = sign {
                lines.push(line.to_owned());
            }
        });
        (status.unwrap(), lines)
    }

    #[test]
    fn hands_over_both_streams_in_order() {
        let (status, lines) = lines_of("echo one; echo two >&2; printf three; exit 3");
        assert_eq!(lines, ["one", "two", "three"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn ends_although_a_grandchild_keeps_the_stream() {
        let started = Instant::now();
        let (status, lines) = lines_of("sleep 20 & echo gone");
        assert!(status.success());
        assert_eq!(lines, ["gone"]);
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn plain_drops_colours_and_what_was_overwritten() {
        assert_eq!(plain("\u{1b}[32;1mok\u{1b}[0m done"), "ok done");
        assert_eq!(plain("10 %\r100 %"), "100 %");
    }
}
