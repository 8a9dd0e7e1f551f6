//! What JavaScript sees.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use js_sys::{Error, Function};
use vitrine_dom::{node_of, spawn, window};
use vitrine_loader::{LoaderSource, Turns};
use vitrine_reader::Archive;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{
    app::{App, Arrival},
    failure::Failure,
    history::History,
    host::Host,
    language::Language,
    route::Route,
    strings::{Strings, strings},
    styles::STYLES,
    views::{Context, error_view},
};

/// Returns the style sheet that the element adopts.
#[wasm_bindgen]
#[must_use]
pub fn styles() -> String {
    STYLES.to_owned()
}

/// An archive in an element of a page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Viewer {
    inner: Rc<Inner>,
}

#[derive(Debug)]
struct Inner {
    host: Host,
    address: String,
    load: Function,
    turns: Turns,
    open_panel: Function,
    visits: Function,
    language: Language,
    strings: &'static Strings,
    running: RefCell<Running>,
}

/// What an element shows once something came of opening the archive.
#[derive(Debug)]
enum Running {
    /// Not open yet, or closed.
    Nothing,
    /// The archive.
    App(Rc<App>),
    /// Why it does not open; the listener is that of the button to try again.
    Failure { _retry: EventListener },
}

#[wasm_bindgen]
impl Viewer {
    /// Returns a viewer for a custom element with an open shadow root.
    ///
    /// `address` is that of the archive's folder, with a slash at its end. `load` takes a
    /// path below it and returns a promise of the bytes in that file. `pause` returns a promise
    /// when the browser should have its turn, nothing otherwise; it takes whether a frame is
    /// due. `open_panel` takes the name of a panel, the dialog that shows it and an object with
    /// what it needs, and returns a promise. `visits` keeps the places that were visited, as
    /// `History` says. `language` is the BCP 47 tag of the interface's
    /// language, `words` its words, one a line; empty for English.
    ///
    /// A panic traps: nothing may be called after that.
    ///
    /// # Errors
    ///
    /// Returns an `Error` if the element has no open shadow root.
    #[wasm_bindgen(constructor)]
    #[expect(
        clippy::too_many_arguments,
        reason = "an object of JavaScript with these fields takes more code"
    )]
    pub fn new(
        element: HtmlElement,
        address: String,
        load: Function,
        pause: Function,
        open_panel: Function,
        visits: Function,
        language: String,
        words: String,
    ) -> Result<Viewer, JsValue> {
        let host = Host::new(element).ok_or_else(|| {
            JsValue::from(Error::new("the element has no open shadow root"))
        })?;
        let (language, strings) = (Language::new(language), strings(words));
        let running = RefCell::new(Running::Nothing);
        let turns = Turns::new(pause);
        let inner = Inner {
            host,
            address,
            load,
            turns,
            open_panel,
            visits,
            language,
            strings,
            running,
        };
        Ok(Self { inner: Rc::new(inner) })
    }

    /// Opens the archive and shows it, or why it does not open.
    pub fn open(&self) {
        let inner = Rc::clone(&self.inner);
        spawn(async move { inner.open().await });
    }

    /// Goes to a place, written as in an address.
    pub fn go(&self, place: &str) {
        if let Running::App(app) = &*self.inner.running.borrow() {
            app.go_to(Route::parse(place), Arrival::Start);
        }
    }

    /// Lets go of the page: no listener and no timer stays behind.
    pub fn close(&self) {
        if let Running::App(app) = self.inner.running.replace(Running::Nothing) {
            app.close();
        }
    }
}

impl Inner {
    async fn open(self: Rc<Self>) {
        let root = self.host.attribute("root");
        let source = LoaderSource::new(self.load.clone(), self.turns.clone());
        let progress = source.progress();
        match Archive::open(source, root.as_deref()).await {
            Ok(mut archive) => {
                let filter = self.host.attribute("filter").unwrap_or_default();
                if let Err(error) = archive.restrict(&filter).await {
                    return self.show_failure(&error.into());
                }
                let words = (self.language.clone(), self.strings);
                let history = History::new(self.visits.clone());
                let page = (self.turns.clone(), self.open_panel.clone(), history);
                let archive = (archive, progress);
                let app =
                    App::new(self.host.clone(), archive, &self.address, words, page);
                self.running.replace(Running::App(Rc::clone(&app)));
                app.start().await;
            }
            Err(error) => self.show_failure(&error.into()),
        }
    }

    fn show_failure(self: &Rc<Self>, failure: &Failure) {
        let context =
            Context::new(self.language.clone(), self.strings, String::new(), "");
        let is_from_file = self.address.starts_with("file:");
        let view = error_view(failure, is_from_file, &context);
        let root = node_of("div", "root")
            .language(context.language.tag())
            .child(&node_of("div", "frame").child(&view));
        self.host.shadow.replace_children_with_node_1(root.raw());
        if let Some(button) = view.find("button") {
            let inner = Rc::clone(self);
            let retry = EventListener::once(button.raw(), "click", move |_| {
                // The page of an archive is reloaded whole: its own address may name the
                // root that no longer fits.
                if inner.host.is_whole_page() {
                    window().location().reload().ok();
                } else {
                    inner.host.set_state("loading");
                    spawn(async move { inner.open().await });
                }
            });
            self.running.replace(Running::Failure { _retry: retry });
        }
        self.host.fail(&failure.report);
    }
}
