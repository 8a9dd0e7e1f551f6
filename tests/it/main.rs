//! Integration tests; one binary, one module a subject.

mod support;

mod archive;
mod command;
mod damage;
