//! Starts the program and waits for its end, as the contract in `documents::request` says.

use std::io::Write;
use std::process::{Command, Stdio};

use documents::request::{Exit, Request};

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) exit: Exit,
    pub(crate) said: String,
    pub(crate) pdf: Vec<u8>,
}

pub(crate) fn run(arguments: &[&str], request: &Request) -> Answer {
    run_bytes(arguments, &request.to_json().unwrap())
}

pub(crate) fn run_bytes(arguments: &[&str], bytes: &[u8]) -> Answer {
    let mut child = start(arguments).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // Who refuses early closes the pipe early.
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    Answer { exit: Exit::of_code(output.status.code()), said: said.trim_end().to_owned(), pdf: output.stdout }
}

pub(crate) fn print(arguments: &[&str]) -> String {
    String::from_utf8(start(arguments).output().unwrap().stdout).unwrap()
}

/// The page tree's own count.
pub(crate) fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let count = text.split("/Type/Pages/Count ").nth(1).and_then(|rest| rest.split('/').next());
    count.and_then(|number| number.parse().ok()).expect("a PDF counts its pages")
}

fn start(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fengsi-paper"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
