//! Integration tests; one binary, one module a subject.

mod support;

mod archive;
mod clean;
mod command;
mod damage;
mod sample;
