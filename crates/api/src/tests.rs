//! Tests of the interface, in process.
