//! A dispute among neighbours through its mediation, over HTTP, on both databases: two parties on their own phones, a committee of
//! two mediators, and everybody else, who must not learn what is none of theirs.

mod calendar;
mod codes;
mod endings;
mod method;
mod secrets;
mod walk;
