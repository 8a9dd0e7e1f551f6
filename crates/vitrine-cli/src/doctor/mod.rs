//! Looks at an archive where it is: a folder, or an address on the web.

mod examine;
mod headers;
mod place;
mod state;

use serde::Serialize;

pub(crate) use examine::examine;
pub(crate) use place::{Folder, Web};

/// What was found.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Examination {
    /// Files that were looked at.
    pub(crate) files: usize,
    /// The worst first.
    pub(crate) findings: Vec<Finding>,
}

/// Something that is wrong, or could be better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    pub(crate) level: Level,
    /// Path below the folder of the archive.
    pub(crate) path: String,
    pub(crate) what: String,
    /// How to mend it.
    pub(crate) remedy: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// Somebody can't read the archive, or a part of it.
    Error,
    /// It works, and costs more than it should, or may go wrong.
    Warning,
    /// Something that one may want to know.
    Note,
}

impl Examination {
    /// Returns the number of findings of a level.
    pub(crate) fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    fn add(&mut self, level: Level, path: &str, what: &str, remedy: &str) {
        self.findings.push(Finding {
            level,
            path: path.to_owned(),
            what: what.to_owned(),
            remedy: remedy.to_owned(),
        });
    }
}
