//! Migrations, the same names for both databases, each carried out once and for ever as it is.

/// For SQLite.
pub(crate) const SQLITE: &[(&str, &str)] =
    &[("0001_start", include_str!("../migrations/sqlite/0001_start.sql"))];

/// For PostgreSQL.
pub(crate) const POSTGRES: &[(&str, &str)] =
    &[("0001_start", include_str!("../migrations/postgres/0001_start.sql"))];
