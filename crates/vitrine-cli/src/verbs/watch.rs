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

use ignore::WalkBuilder;

use super::{pack, serve};
use crate::{args::WatchArgs, config::Config, output};

/// How often it is looked whether something changed.
const INTERVAL: Duration = Duration::from_millis(400);

/// Runs the verb; it ends with the process.
pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(args.pack.input.config.as_deref())?;
    let out = config.folder(args.pack.out.as_deref())?;
    let state = Arc::new(AtomicU64::new(0));
    let mut seen = changes(args);
    pack_once(args, &state);
    let server = serve::listen(args.port)?;
    output::print(&format!("watching; look at http://{}/", server.server_addr()))?;
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

/// Packs, and says so to the pages that wait; what goes wrong is told and mended by the next
/// change.
fn pack_once(args: &WatchArgs, state: &AtomicU64) {
    match pack::run(&args.pack) {
        Ok(_) => {
            state.fetch_add(1, Ordering::Release);
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
    if let Ok(inputs) = config.and_then(|config| config.inputs(&input.inputs)) {
        roots.extend(inputs);
    }
    let mut found: Vec<_> = roots.iter().flat_map(|root| files(root)).collect();
    found.sort();
    found
}

fn files(root: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let walk = WalkBuilder::new(root).standard_filters(false).follow_links(true).build();
    walk.flatten()
        .filter_map(|entry| {
            let metadata = fs::metadata(entry.path()).ok()?;
            let is_file = metadata.is_file();
            is_file.then(|| (entry.into_path(), metadata.len(), metadata.modified().ok()))
        })
        .collect()
}
