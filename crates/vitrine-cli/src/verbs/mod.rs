//! The verbs of the command, a file each.

pub(crate) mod clean;
pub(crate) mod export;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod pack;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod verify;
