//! `vitrine watch`: packs whenever an input or a setting changes, and shows the result.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, SystemTime},
};

use serde::Serialize;

use super::{
    pack,
    serve::{self, Serving},
};
use crate::{args::WatchArgs, config::Config, input::Products, output};

/// How often it is looked whether something changed.
const INTERVAL: Duration = Duration::from_millis(400);

/// Runs the verb; it ends with the process.
pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(args.pack.input.config.as_deref())?;
    let out = config.folder(args.pack.out.as_deref())?;
    let state = Arc::new(AtomicU64::new(0));
    let mut seen = changes(args);
    // First: a port that is taken should not be told after long work.
    let server = serve::listen(args.port)?;
    pack_once(args, &state);
    let address = serve::address(&server);
    if args.pack.json {
        output::print_json(&Serving { archive: &out, address })?;
    } else {
        output::print(&format!("watching; look at {address}"))?;
    }
    {
        let (out, state) = (out, Arc::clone(&state));
        thread::spawn(move || {
            for request in server.incoming_requests() {
                // A browser that went away is no reason to stop.
                drop(serve::answer_watched(request, &out, state.load(Ordering::Acquire)));
            }
        });
    }
    loop {
        thread::sleep(INTERVAL);
        let now = changes(args);
        if now != seen {
            seen = now;
            pack_once(args, &state);
        }
    }
}

/// What `--json` prints when packing failed.
#[derive(Serialize)]
struct Failure {
    error: String,
}

/// Packs, and says so to the pages that wait; what goes wrong is told and mended by the next
/// change.
fn pack_once(args: &WatchArgs, state: &AtomicU64) {
    match pack::run(&args.pack) {
        Ok(_) => {
            state.fetch_add(1, Ordering::Release);
        }
        Err(error) if args.pack.json => {
            let failure = Failure { error: format!("{error:#}") };
            // Whoever read the lines may have gone; the pages still wait.
            drop(output::print_json(&failure));
        }
        Err(error) => output::complain(&error),
    }
}

/// Returns the settings, and all files of the inputs with their lengths and times.
fn changes(args: &WatchArgs) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let input = &args.pack.input;
    // Settings that are wrong right now are told when it is packed.
    let config = Config::load(input.config.as_deref());
    let mut roots: Vec<PathBuf> = vec![Config::path(input.config.as_deref())];
    let mut products = Products::default();
    if let Ok(config) = config {
        products = pack::products(&config.complete(&args.pack));
        roots.extend(config.inputs(&input.inputs).unwrap_or_default());
    }
    let mut found: Vec<_> =
        roots.iter().flat_map(|root| files(root, &products)).collect();
    found.sort();
    found
}

fn files(root: &Path, products: &Products) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    products
        .leave_out(root)
        .flatten()
        .filter_map(|entry| {
            let metadata = fs::metadata(entry.path()).ok()?;
            let is_file = metadata.is_file();
            is_file.then(|| (entry.into_path(), metadata.len(), metadata.modified().ok()))
        })
        .collect()
}
