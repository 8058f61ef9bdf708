//! The program as whoever calls it meets it: bytes in, bytes out, a code and a sentence.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it goes wrong")]

mod awkward;
mod limits;
mod program;

use documents::{
    Dossier, Form,
    request::{Exit, Request},
    volume::{documents, volume},
};

use program::{Answer, pages, run};

const SAMPLE: &str = include_str!("../../../documents/examples/dossier/sample.json");

fn sample() -> Request {
    let dossier: Dossier = serde_json::from_str(SAMPLE).unwrap();
    Request::new(dossier.number.as_str(), volume(&dossier))
}

#[test]
fn a_volume_becomes_a_pdf() {
    let answer = run(&[], &sample());
    assert_eq!(answer, Answer { exit: Exit::Done, said: String::new(), ..answer.clone() });
    assert!(answer.pdf.starts_with(b"%PDF-") && answer.pdf.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!(pages(&answer.pdf), 25);
}

#[test]
fn each_form_can_be_printed_empty() {
    for form in Form::ALL {
        let answer = run(&[], &Request::new("空白", documents(&Dossier::default(), form)));
        assert_eq!((answer.exit, answer.said.as_str()), (Exit::Done, ""), "{form:?}");
        assert!((1..=2).contains(&pages(&answer.pdf)), "{form:?} takes {} pages", pages(&answer.pdf));
    }
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    assert!(run(&[], &sample()).pdf == run(&[], &sample()).pdf);
}

#[test]
fn says_how_it_is_used() {
    let help = program::print(&["--help"]);
    for exit in Exit::ALL {
        assert!(help.contains(&format!("{} ", exit.code())), "the help names exit code {}", exit.code());
    }
    assert!(program::print(&["--version"]).starts_with("fengsi-paper "));
}
