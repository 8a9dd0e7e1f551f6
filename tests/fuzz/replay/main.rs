//! Runs every fuzz target on its seeds, and on changed copies of them.
//!
//! With `UPDATE_EXPECT=1` the seeds that follow from the format's fixture are written anew.

use std::{fs, io, path::Path};

use libtest_mimic::{Arguments, Failed, Trial};
use vitrine_fuzz::{TARGETS, Target, target};

/// Changed copies of a seed that are tried; a fuzzer tries millions.
const CHANGED: usize = 40;

fn main() -> io::Result<()> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        write_fixture(&seeds)?;
    }
    let mut trials = Vec::new();
    for target in TARGETS {
        let mut names: Vec<_> = fs::read_dir(seeds.join(target.name))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        names.sort();
        for path in names {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{}::{name}", target.name);
            trials.push(Trial::test(name, move || replay(target, &path)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn replay(target: &Target, path: &Path) -> Result<(), Failed> {
    let seed = fs::read(path)?;
    (target.run)(&seed);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..CHANGED {
        let changed = random.change(&seed);
        std::panic::catch_unwind(|| (target.run)(&changed)).map_err(|_panic| {
            let input = changed.escape_ascii();
            format!("fails on this changed copy; add it to the seeds: {input}")
        })?;
    }
    Ok(())
}

/// Writes the seeds that follow from the fixture, in the place of those of before.
fn write_fixture(seeds: &Path) -> io::Result<()> {
    for target in TARGETS {
        let folder = seeds.join(target.name);
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("fixture-") {
                fs::remove_file(entry.path())?;
            }
        }
    }
    for (number, (name, bytes)) in vitrine_fuzz::fixture().into_iter().enumerate() {
        let folder = seeds.join(target(name).name);
        fs::write(folder.join(format!("fixture-{number:02}")), bytes)?;
    }
    Ok(())
}

/// Numbers by xorshift64* (Vigna, 2016): the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }

    /// Returns a copy with a few bytes changed, cut, doubled or put in.
    fn change(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.below(256) as u8),
                2 => drop(bytes.drain(at..end)),
                3 => bytes.extend_from_within(at..end),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = self.below(256) as u8;
                    }
                }
            }
        }
        bytes
    }
}
