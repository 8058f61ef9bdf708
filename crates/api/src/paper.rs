//! PDF by `fengsi-paper`, a process for each (ADR 11). At most two at once, each within a limit of time; who goes away ends it.
//! Where the program is missing, Word files are made all the same.

use std::{io::ErrorKind, path::PathBuf, process::Stdio, time::Duration};

use documents::{
    page::Document,
    request::{Exit, PROGRAM, Request},
};
use tokio::{io::AsyncWriteExt, process::Command, sync::Semaphore, time};

use crate::problem::{Problem, Result};

/// Each takes a processor while it works.
const AT_ONCE: usize = 2;
/// How long one may take, waiting for its turn included: less than a request may.
const LONGEST: Duration = Duration::from_secs(25);

/// The program and its turns.
pub(crate) struct Paper {
    program: PathBuf,
    fonts: Option<String>,
    turns: Semaphore,
}

impl Paper {
    /// The program at a path, or the one beside this program.
    pub(crate) fn new(program: Option<PathBuf>, fonts: Option<String>) -> Self {
        let beside = || std::env::current_exe().unwrap_or_default().with_file_name(PROGRAM);
        Self { program: program.unwrap_or_else(beside), fonts, turns: Semaphore::new(AT_ONCE) }
    }

    /// The documents as one PDF.
    pub(crate) async fn pdf(&self, title: &str, documents: Vec<Document>) -> Result<Vec<u8>> {
        let mut request = Request::new(title, documents);
        request.fonts.clone_from(&self.fonts);
        let request = request.to_json().map_err(|error| failed(&error))?;
        match time::timeout(LONGEST, self.run(&request)).await {
            Ok(made) => made,
            Err(late) => Err(failed(&late)),
        }
    }

    async fn run(&self, request: &[u8]) -> Result<Vec<u8>> {
        let _turn = self.turns.acquire().await.map_err(|error| failed(&error))?;
        let mut command = Command::new(&self.program);
        command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = match command.kill_on_drop(true).spawn() {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Problem::paper_missing()),
            Err(error) => return Err(failed(&error)),
        };
        if let Some(mut input) = child.stdin.take() {
            // Who refuses early closes the pipe early; the exit code says why.
            let _ = input.write_all(request).await;
        }
        let output = child.wait_with_output().await.map_err(|error| failed(&error))?;
        match Exit::of_code(output.status.code()) {
            Exit::Done => Ok(output.stdout),
            exit @ Exit::NoFont => {
                tracing::warn!(%exit, "PDF is not made");
                Err(Problem::paper_missing())
            }
            exit @ (Exit::NotUnderstood
            | Exit::TooLarge
            | Exit::NotLaidOut
            | Exit::TooSlow
            | Exit::TooMuchMemory
            | Exit::NotWritten) => {
                // One sentence of the program's own, which quotes nothing of what was to be laid out.
                tracing::warn!(sentence = %String::from_utf8_lossy(&output.stderr).trim(), "fengsi-paper said why");
                Err(failed(&exit))
            }
        }
    }
}

fn failed(error: &(dyn std::error::Error + 'static)) -> Problem {
    tracing::error!(error, "a PDF could not be made");
    Problem::paper_failed()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use documents::{Dossier, volume::volume};

    use super::*;

    /// What comes of a program that reads its request and does this.
    async fn with(script: &str) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join(PROGRAM);
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let paper = Paper::new(Some(program), Some("/fonts".to_owned()));
        paper.pdf("卷", volume(&Dossier::default())).await
    }

    #[tokio::test]
    async fn the_program_gets_the_request_and_no_environment() {
        let request = with("test -z \"$HOME\" || exit 5; exec /bin/cat").await.unwrap();
        let request: Request = serde_json::from_slice(&request).unwrap();
        assert_eq!((request.title.as_str(), request.fonts.as_deref()), ("卷", Some("/fonts")));
        assert_eq!(request.documents, volume(&Dossier::default()));
    }

    #[tokio::test]
    async fn each_way_to_end_has_its_answer() {
        let codes = [(2, "paper_failed"), (3, "paper_failed"), (4, "paper_missing"), (6, "paper_failed")];
        for (code, expected) in codes {
            let problem = with(&format!("/bin/cat > /dev/null; exit {code}")).await.unwrap_err();
            assert_eq!(problem.code(), expected, "{code}");
        }
        // It refuses before it has read anything.
        assert_eq!(with("exit 3").await.unwrap_err().code(), "paper_failed");
        let nowhere = Paper::new(Some("/nowhere/fengsi-paper".into()), None);
        let problem = nowhere.pdf("卷", Vec::new()).await.unwrap_err();
        assert_eq!(problem.code(), "paper_missing");
    }
}
