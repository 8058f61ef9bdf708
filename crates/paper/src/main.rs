//! `fengsi-paper`: one request as JSON on standard input, one PDF on standard output.
//!
//! A program of its own: the layout engine costs more to build than all the rest, and one that is fed with strangers' text is
//! better kept behind a wall. It reads fonts and nothing else, opens no connection, and ends by itself: with a PDF, or with an
//! exit code of `documents::request::Exit` and one sentence on standard error. It knows no matter and judges nothing.

mod arguments;
mod fonts;
mod layout;
mod reading;
mod wall;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use documents::request::{Exit, FONTS};

use arguments::Arguments;
use fonts::Fonts;

/// Why there is no PDF: the way to end, and what a reader should know besides.
struct Failure {
    exit: Exit,
    detail: String,
}

impl Failure {
    fn new(exit: Exit, detail: impl ToString) -> Self {
        Self { exit, detail: detail.to_string() }
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(detail) => return fail(&Failure::new(Exit::NotUnderstood, detail)),
    };
    if let Some(text) = arguments.answer() {
        print!("{text}");
        return ExitCode::SUCCESS;
    }
    wall::build(&arguments);
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn work() -> Result<(), Failure> {
    let request = reading::request(std::io::stdin().lock())?;
    let folder = request.fonts.clone().unwrap_or_else(|| FONTS.to_owned());
    let fonts = Fonts::look_into(Path::new(&folder))?;
    let pdf = layout::pdf(&request, fonts)?;
    let mut output = std::io::stdout().lock();
    let written = output.write_all(&pdf).and_then(|()| output.flush());
    written.map_err(|error| Failure::new(Exit::NotWritten, error))
}

fn fail(failure: &Failure) -> ExitCode {
    say(failure.exit, &failure.detail);
    ExitCode::from(failure.exit.code())
}

/// One sentence on one line.
fn say(exit: Exit, detail: &str) {
    let detail = detail.replace(['\n', '\r'], " ");
    let sentence = if detail.is_empty() { exit.to_string() } else { format!("{exit}: {detail}") };
    // Nobody may be listening any more; the exit code says it too.
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
