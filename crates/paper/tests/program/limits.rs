//! What the program refuses, and how it says so.

use documents::{
    page::Block,
    request::{Exit, PIECES, REQUEST_BYTES, Request},
};

use crate::{
    program::{Answer, run, run_bytes},
    sample,
};

#[track_caller]
fn refused(answer: &Answer, exit: Exit, sentence: &str) {
    assert_eq!((answer.exit, answer.said.as_str()), (exit, sentence));
    assert!(answer.pdf.is_empty(), "nothing is written where there is no PDF");
    assert_eq!(answer.said.lines().count(), 1);
}

fn with(change: impl FnOnce(&mut Request)) -> Request {
    let mut request = sample();
    change(&mut request);
    request
}

#[test]
fn what_is_no_request_is_not_understood_and_not_quoted() {
    let answer = run_bytes(&[], b"{\"version\":1,\"title\":\"secret\",\"documents\":7}");
    refused(&answer, Exit::NotUnderstood, "the request could not be read: line 1, column 43");
    refused(&run_bytes(&[], b""), Exit::NotUnderstood, "the request could not be read: line 1, column 0");
    let other = with(|request| request.version = 9);
    let sentence = "the request could not be read: version 9 was asked for, this is version 1";
    refused(&run(&[], &other), Exit::NotUnderstood, sentence);
    let empty = with(|request| request.documents.clear());
    refused(
        &run(&[], &empty),
        Exit::NotUnderstood,
        "the request could not be read: there is no document in it",
    );
}

#[test]
fn pages_that_cannot_be_drawn_are_not_understood() {
    let crooked = with(|request| {
        for block in request.documents.iter_mut().flat_map(|document| &mut document.blocks) {
            if let Block::Table { widths, .. } = block {
                widths.pop();
            }
        }
    });
    let sentence = "the request could not be read: the cells of a row do not fill its columns";
    refused(&run(&[], &crooked), Exit::NotUnderstood, sentence);
    let anchored = with(|request| request.documents[0].anchor = "<cover>".to_owned());
    let sentence = "the request could not be read: an anchor is one to 64 of a-z, 0-9 and _";
    refused(&run(&[], &anchored), Exit::NotUnderstood, sentence);
}

#[test]
fn too_much_is_too_large() {
    let sentence = format!("the request is too large: at most {REQUEST_BYTES} bytes are read");
    refused(&run_bytes(&[], &vec![b' '; REQUEST_BYTES + 1]), Exit::TooLarge, &sentence);
    let long =
        with(|request| request.documents[0].blocks = vec![Block::Space { lines: 255 }; PIECES / 255 + 1]);
    let sentence = format!("the request is too large: at most {PIECES} blocks, rows and lines");
    refused(&run(&[], &long), Exit::TooLarge, &sentence);
}

#[test]
fn a_folder_without_chinese_is_no_folder_of_fonts() {
    let folder = std::env::temp_dir().join(format!("fengsi-paper-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("broken.ttf"), b"no font").unwrap();
    let named = with(|request| request.fonts = Some(folder.display().to_string()));
    let answer = run(&[], &named);
    std::fs::remove_dir_all(&folder).unwrap();
    refused(&answer, Exit::NoFont, &format!("{}: {}", Exit::NoFont, folder.display()));
}

#[test]
fn time_and_memory_end() {
    refused(&run(&["--seconds", "0"], &sample()), Exit::TooSlow, "laying out took too long");
    let answer = run(&["--memory-mib", "16"], &sample());
    refused(&answer, Exit::TooMuchMemory, "laying out needed too much memory");
}

#[test]
fn limits_can_only_be_narrowed() {
    assert_eq!(run(&["--seconds", "99999999", "--memory-mib", "99999999"], &sample()).exit, Exit::Done);
    let sentence = "the request could not be read: --seconds needs a number after it";
    refused(&run(&["--seconds", "soon"], &sample()), Exit::NotUnderstood, sentence);
    let sentence = "the request could not be read: '--fast' is not understood here; --help shows what is";
    refused(&run(&["--fast"], &sample()), Exit::NotUnderstood, sentence);
}
