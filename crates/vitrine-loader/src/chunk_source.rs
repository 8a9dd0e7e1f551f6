//! The archive's files, fetched by the page's loader.

use std::{cell::Cell, rc::Rc};

use js_sys::{Function, Promise, Uint8Array};
use vitrine_dom::field;
use vitrine_reader::{ChunkFile, ChunkSource, Section, SourceError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::Turns;

/// Asks the loader, a function from a path below the archive's folder to a promise of
/// the bytes in that file.
#[derive(Debug)]
pub struct LoaderSource {
    load: Function,
    turns: Turns,
    progress: Progress,
}

/// What a source reads and how much it has read; clones tell of the same source.
#[derive(Debug, Clone, Default)]
pub struct Progress(Rc<Cell<(Option<Section>, u32)>>);

impl Progress {
    /// Counts from 0 again.
    pub fn restart(&self) {
        self.0.take();
    }

    /// Returns the section of the file that was asked for last, `None` where none was, and the
    /// bytes that have come; more than 4 GB are counted as these.
    pub fn get(&self) -> (Option<Section>, u32) {
        self.0.get()
    }
}

impl LoaderSource {
    /// Returns the source that `load` answers for.
    pub fn new(load: Function, turns: Turns) -> Self {
        Self { load, turns, progress: Progress::default() }
    }

    /// Returns what can be asked how far this source is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

impl ChunkSource for LoaderSource {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let Progress(progress) = &self.progress;
        progress.set((Some(file.section()), progress.get().1));
        match request(&self.load, &path).await {
            Ok(bytes) => {
                let (section, before) = progress.get();
                progress.set((section, before.saturating_add(bytes.length())));
                Ok(bytes.to_vec())
            }
            Err(error) => Err(source_error(&error, path)),
        }
    }

    async fn pause(&self) {
        self.turns.pause().await;
    }
}

async fn request(load: &Function, path: &str) -> Result<Uint8Array, JsValue> {
    let promise = load.call1(&JsValue::NULL, &JsValue::from_str(path))?;
    JsFuture::from(promise.dyn_into::<Promise>()?).await?.dyn_into()
}

fn source_error(error: &JsValue, path: String) -> SourceError {
    let text = |name| field(error, name).as_string();
    if text("kind").as_deref() == Some("missing") {
        SourceError::Missing { path }
    } else {
        let reason = text("message").unwrap_or_else(|| "no reason given".to_owned());
        SourceError::Failed { path, reason }
    }
}
