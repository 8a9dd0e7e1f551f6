//! When something is made.

use std::{
    env,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use jiff::Timestamp;

/// Returns the time as RFC 3339 in UTC, whole seconds: now, or that of the environment's
/// `SOURCE_DATE_EPOCH`, with which the same archive gives the same bytes.
pub(crate) fn now() -> anyhow::Result<String> {
    let seconds = match env::var("SOURCE_DATE_EPOCH") {
        Ok(given) => given.trim().parse().with_context(|| {
            format!("SOURCE_DATE_EPOCH must be a number of seconds, not {given:?}")
        })?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().cast_signed(),
    };
    let now = Timestamp::from_second(seconds)
        .ok()
        .with_context(|| format!("SOURCE_DATE_EPOCH is no time: {seconds}"))?;
    Ok(now.to_string())
}
