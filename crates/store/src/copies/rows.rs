//! Rows as bytes: the same bytes for the same values, whichever database they come from.

use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use siphasher::sip::SipHasher24;

use super::tables::Column;
use crate::{
    error::{Error, Result},
    log::{HASH_BYTES, hex},
    value::{Row, Value},
};

/// Rows of a piece, about: a row whose hash is a multiple of this ends it. Pieces are cut by what stands in them, so that rows
/// which came since change the pieces they are in and no others.
const ROWS: u64 = 1_024;
/// A piece ends here at the latest.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A value without its type.
#[derive(Serialize, Deserialize)]
enum Cell {
    Missing,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Rows that are kept, sealed and named together.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: u64,
}

/// A table's rows as one number: equal when every value is.
#[derive(Default)]
pub(super) struct RowsDigest {
    hash: Sha256,
    pub(super) rows: u64,
}

impl RowsDigest {
    pub(super) fn add(&mut self, row: &[u8]) {
        self.hash.update(row);
        self.rows += 1;
    }

    pub(super) fn done(self) -> (u64, String) {
        let hash: [u8; HASH_BYTES] = self.hash.finalize().into();
        (self.rows, hex(&hash))
    }
}

impl Piece {
    /// Adds a row; whether the piece ends with it.
    pub(super) fn add(&mut self, row: &[u8]) -> bool {
        self.bytes.extend_from_slice(row);
        self.rows += 1;
        let mut hasher = SipHasher24::new();
        hasher.write(row);
        hasher.finish().is_multiple_of(ROWS) || self.bytes.len() >= MOST_BYTES
    }
}

/// The bytes of a row.
pub(super) fn write(row: Row) -> Result<Vec<u8>> {
    let cells: Vec<Cell> = row
        .0
        .into_iter()
        .map(|value| match value {
            Value::Int(Some(value)) => Cell::Int(value),
            Value::Real(Some(value)) => Cell::Real(value),
            Value::Text(Some(value)) => Cell::Text(value),
            Value::Blob(Some(value)) => Cell::Bytes(value),
            Value::Int(None) | Value::Real(None) | Value::Text(None) | Value::Blob(None) => Cell::Missing,
        })
        .collect();
    postcard::to_allocvec(&cells).map_err(Error::damaged)
}

/// The rows of a piece.
pub(super) fn read(mut bytes: &[u8], columns: &[Column]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    while !bytes.is_empty() {
        let (cells, rest) = postcard::take_from_bytes::<Vec<Cell>>(bytes).map_err(Error::damaged)?;
        if cells.len() != columns.len() {
            return Err(Error::damaged("a row has another number of columns than its table"));
        }
        let value = |(cell, column): (Cell, &Column)| match cell {
            Cell::Missing => column.kind.missing(),
            Cell::Int(value) => Value::Int(Some(value)),
            Cell::Real(value) => Value::Real(Some(value)),
            Cell::Text(value) => Value::Text(Some(value)),
            Cell::Bytes(value) => Value::Blob(Some(value)),
        };
        rows.push(Row(cells.into_iter().zip(columns).map(value).collect()));
        bytes = rest;
    }
    Ok(rows)
}
