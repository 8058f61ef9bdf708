//! Values, rows and statements as both databases understand them.

use casework::id::MatterId;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    append::RecordId,
    error::{Error, Result},
};

/// A value with its type, so that a missing one has a type too.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Blob(Option<Vec<u8>>),
}

impl Value {
    /// Whether it is missing; which type it would have does not matter then.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Int(None) | Self::Real(None) | Self::Text(None) | Self::Blob(None))
    }
}

macro_rules! value_from {
    ($($type:ty => $arm:ident($convert:expr)),+ $(,)?) => { $(
        impl From<$type> for Value { fn from(value: $type) -> Self { Self::$arm(Some($convert(value))) } }
        impl From<Option<$type>> for Value { fn from(value: Option<$type>) -> Self { Self::$arm(value.map($convert)) } }
    )+ };
}
value_from! {
    i64 => Int(|v| v),
    u32 => Int(i64::from),
    bool => Int(i64::from),
    Timestamp => Int(|at: Timestamp| at.as_microsecond()),
    f64 => Real(|v| v),
    String => Text(|v| v),
    &str => Text(|v: &str| v.to_owned()),
    Vec<u8> => Blob(|v| v),
    &[u8] => Blob(|v: &[u8]| v.to_vec()),
    Uuid => Blob(|id: Uuid| id.as_bytes().to_vec()),
}

impl Value {
    /// The value is not of the type that its column should have. Its content is not repeated: it may be personal.
    fn not(&self, column: usize, wanted: &str) -> Error {
        let found = match self {
            Self::Int(_) => "a number",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        };
        Error::Damaged(format!("column {column} holds {found}, not {wanted}"))
    }
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    fn at(&self, index: usize) -> Result<&Value> {
        self.0.get(index).ok_or_else(|| Error::Damaged(format!("column {index} is missing")))
    }

    pub(crate) fn maybe_int(&self, index: usize) -> Result<Option<i64>> {
        match self.at(index)? {
            Value::Int(value) => Ok(*value),
            Value::Text(None) | Value::Blob(None) | Value::Real(None) => Ok(None),
            other @ (Value::Real(_) | Value::Text(_) | Value::Blob(_)) => Err(other.not(index, "a number")),
        }
    }

    pub(crate) fn int(&self, index: usize) -> Result<i64> {
        self.maybe_int(index)?.ok_or_else(|| Error::Damaged(format!("column {index} is null")))
    }

    pub(crate) fn u32(&self, index: usize) -> Result<u32> {
        u32::try_from(self.int(index)?).map_err(Error::damaged)
    }

    pub(crate) fn u64(&self, index: usize) -> Result<u64> {
        u64::try_from(self.int(index)?).map_err(Error::damaged)
    }

    pub(crate) fn moment(&self, index: usize) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.int(index)?).map_err(Error::damaged)
    }

    pub(crate) fn maybe_real(&self, index: usize) -> Result<Option<f64>> {
        match self.at(index)? {
            Value::Real(value) => Ok(*value),
            Value::Int(None) | Value::Text(None) | Value::Blob(None) => Ok(None),
            other @ (Value::Int(_) | Value::Text(_) | Value::Blob(_)) => {
                Err(other.not(index, "a real number"))
            }
        }
    }

    pub(crate) fn maybe_text(&self, index: usize) -> Result<Option<&str>> {
        match self.at(index)? {
            Value::Text(value) => Ok(value.as_deref()),
            Value::Int(None) | Value::Blob(None) | Value::Real(None) => Ok(None),
            other @ (Value::Int(_) | Value::Real(_) | Value::Blob(_)) => Err(other.not(index, "text")),
        }
    }

    pub(crate) fn text(&self, index: usize) -> Result<&str> {
        self.maybe_text(index)?.ok_or_else(|| Error::Damaged(format!("column {index} is null")))
    }

    pub(crate) fn blob(&self, index: usize) -> Result<&[u8]> {
        match self.at(index)? {
            Value::Blob(Some(value)) => Ok(value),
            other @ (Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Blob(None)) => {
                Err(other.not(index, "bytes"))
            }
        }
    }

    pub(crate) fn uuid(&self, index: usize) -> Result<Uuid> {
        Uuid::from_slice(self.blob(index)?).map_err(Error::damaged)
    }

    /// A record's id from its region and UUID columns.
    pub(crate) fn record(&self, region: usize, uuid: usize) -> Result<RecordId> {
        let region = casework::id::Region(self.u32(region)?);
        Ok(RecordId { region, uuid: self.uuid(uuid)? })
    }

    /// A matter's id from its region and UUID columns.
    pub(crate) fn matter(&self, region: usize, uuid: usize) -> Result<MatterId> {
        self.record(region, uuid).map(RecordId::matter)
    }
}

/// One statement in the SQL that both databases share: `$1` and so on, in the order of their first use.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
    }

    /// Binds the next value that the text already names.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends text.
    pub(crate) fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Appends a placeholder for a value.
    pub(crate) fn push_value(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql.push_str(&format!("${}", self.values.len()));
    }

    /// Appends `(a, b, …)` placeholders for values; an empty list matches nothing.
    pub(crate) fn push_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) {
        self.sql.push('(');
        let mut first = true;
        for value in values {
            if !first {
                self.sql.push_str(", ");
            }
            first = false;
            self.push_value(value);
        }
        if first {
            self.sql.push_str("null");
        }
        self.sql.push(')');
    }
}
