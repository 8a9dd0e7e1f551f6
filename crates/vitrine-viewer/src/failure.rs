//! What went wrong, in the words of the person who reads.

use std::error::Error;

use vitrine_loader::message;
use vitrine_reader::{OpenError, ReadError, SourceError};

use crate::strings::Strings;

/// A failure as it is shown and announced.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    kind: FailureKind,
    /// What the host page is told.
    pub(crate) report: FailureReport,
}

/// The detail of a `vitrine-error` event.
#[derive(Debug, Clone)]
pub(crate) struct FailureReport {
    /// Stable name of the failed operation.
    pub(crate) name: &'static str,
    /// The error and its causes, in English.
    pub(crate) message: String,
}

/// The kinds of failure for which people can do different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FailureKind {
    Missing,
    Damaged,
    Version,
    Failed,
}

impl Failure {
    /// Returns what happened and what the reader can do about it.
    pub(crate) fn words(&self, strings: &Strings) -> (&'static str, &'static str) {
        match self.kind {
            FailureKind::Missing => (strings.missing(), strings.missing_advice()),
            FailureKind::Damaged => (strings.damaged(), strings.damaged_advice()),
            FailureKind::Version => (strings.version(), strings.version_advice()),
            FailureKind::Failed => (strings.failed(), strings.failed_advice()),
        }
    }

    /// Returns whether a file is not where it should be.
    pub(crate) fn is_missing_file(&self) -> bool {
        self.kind == FailureKind::Missing
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let kind = match &error {
            OpenError::Root(cause) => kind(cause),
            OpenError::Version { .. } => FailureKind::Version,
            _ => FailureKind::Damaged,
        };
        Self { kind, report: report("OpenError", &error) }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self { kind: kind(&error), report: report("ReadError", &error) }
    }
}

fn kind(error: &ReadError) -> FailureKind {
    match error {
        ReadError::Load(error) if matches!(**error, SourceError::Missing { .. }) => {
            FailureKind::Missing
        }
        ReadError::Load(_) => FailureKind::Failed,
        _ => FailureKind::Damaged,
    }
}

fn report(name: &'static str, error: &dyn Error) -> FailureReport {
    FailureReport { name, message: message(error) }
}
