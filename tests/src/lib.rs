//! What the tests in `it/` and `web/` share: how often what is long is tried, the figures
//! that `cargo xtask trust` collects, programs that unzip, and, also with `bench/`, articles that
//! are made up.

pub mod made_up;
mod unzippers;

use std::{env, fs::OpenOptions, io::Write as _};

pub use unzippers::unzip_with_each;

/// Returns how often something is tried: `usual` times, or what `VITRINE_TRUST_ROUNDS` says.
///
/// # Panics
///
/// When that is no number.
#[expect(clippy::expect_used, reason = "a test that cannot begin says why and ends")]
pub fn rounds(usual: u32) -> u32 {
    let wanted = env::var("VITRINE_TRUST_ROUNDS").ok();
    wanted.map_or(usual, |rounds| {
        rounds.parse().expect("VITRINE_TRUST_ROUNDS is a number of rounds")
    })
}

/// Returns whether everything is tried, which takes long, and not a part of it.
pub fn is_whole() -> bool {
    env::var_os("VITRINE_TRUST_ROUNDS").is_some()
}

/// Says how much of something was tried or seen. The line is also added to the file that
/// `VITRINE_TRUST_FIGURES` names.
///
/// # Panics
///
/// When that file can't be written.
#[expect(clippy::expect_used, clippy::print_stdout, reason = "it is for a person")]
pub fn figure(what: &str, count: usize) {
    println!("{what}: {count}");
    if let Some(path) = env::var_os("VITRINE_TRUST_FIGURES") {
        let file = OpenOptions::new().append(true).create(true).open(path);
        // One write: tests run beside each other.
        file.and_then(|mut file| file.write_all(format!("{count}\t{what}\n").as_bytes()))
            .expect("the file of VITRINE_TRUST_FIGURES can be written");
    }
}
