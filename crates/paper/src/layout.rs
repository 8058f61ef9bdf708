//! From a request to PDF. Text goes into the engine as values: no letter of it is ever read as markup.

mod breaks;

use documents::request::{Exit, Request};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration, Smart, Value},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{Failure, fonts::Fonts};

/// How each block looks. It reads the request as `sys.inputs.request`.
const TEMPLATE: &str = include_str!("../templates/page.typ");

/// Lays a request out.
pub(crate) fn pdf(request: &Request, fonts: Fonts) -> Result<Vec<u8>, Failure> {
    let mut inputs = Dict::new();
    inputs.insert("request".into(), value_of(request)?);
    let world = Room {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        template: Source::detached(TEMPLATE),
        fonts,
    };
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|errors| fault(&errors))?;
    // No moment goes in: the same request gives the same bytes.
    let options = PdfOptions { creator: Smart::Custom(Some("Fengsi".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|errors| fault(&errors))
}

fn value_of(request: &Request) -> Result<Value, Failure> {
    let wrong = |error: serde_json::Error| Failure::new(Exit::NotLaidOut, error);
    let mut json = serde_json::to_value(request).map_err(wrong)?;
    breaks::allow(&mut json);
    serde_json::from_value(json).map_err(wrong)
}

/// What the engine objects to is a fault of the template; its words are about code, not about people.
fn fault(errors: &[typst::diag::SourceDiagnostic]) -> Failure {
    let first = errors.first().map(|error| error.message.to_string());
    Failure::new(Exit::NotLaidOut, first.unwrap_or_default())
}

/// All that the template can see: itself and the fonts. No files, no packages, no clock.
struct Room {
    library: LazyHash<Library>,
    template: Source,
    fonts: Fonts,
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, number: usize) -> Option<Font> {
        self.fonts.face(number)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
