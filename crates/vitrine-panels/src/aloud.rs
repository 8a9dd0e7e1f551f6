//! An article read aloud by the device's own voices, block by block.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use gloo::{events::EventListener, timers::callback::Timeout};
use vitrine_dom::{Node, all, node, node_of, window};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{
    Element, HtmlElement, MutationObserver, MutationObserverInit, SpeechSynthesis,
    SpeechSynthesisUtterance,
};

use crate::{dialog::button, here::Here, strings::Strings};

/// Most bytes that are handed to the voice at once: some voices stop in the middle of more.
const MAX_PIECE: usize = 240;

/// The blocks of an article that are read, from the outermost inwards.
const BLOCKS: &str = ".article h1,.body :is(p,h2,h3,h4,h5,h6,li,figcaption)";

/// A part of a block.
#[derive(Debug)]
struct Piece {
    block: Element,
    lang: String,
    text: String,
}

/// A reading that goes on.
#[derive(Debug)]
pub(crate) struct Aloud {
    voice: SpeechSynthesis,
    pieces: Vec<Piece>,
    at: Cell<usize>,
    is_paused: Cell<bool>,
    bar: Node,
    pause: Node,
    status: Node,
    button: Option<HtmlElement>,
    strings: &'static Strings,
    /// What the voice reports of the piece that it speaks.
    reports: RefCell<Vec<EventListener>>,
    listeners: RefCell<Vec<EventListener>>,
    watching: RefCell<Option<Watch>>,
}

/// Sees when the article goes.
#[derive(Debug)]
struct Watch {
    observer: MutationObserver,
    _seen: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Aloud {
    /// Begins to read the article on the screen. `detail` is that of [`Here`]. None where the
    /// device cannot speak, or there is nothing to read.
    pub(crate) fn start(detail: &JsValue, strings: &'static Strings) -> Option<Rc<Self>> {
        let here = Here::new(detail);
        let voice = window().speech_synthesis().ok()?;
        let pieces = pieces_of(&here.root);
        let page = here.root.query_selector(".article-page").ok().flatten()?;
        if pieces.is_empty() {
            return None;
        }
        let (pause, stop) = (button(strings.pause()), button(strings.stop()));
        let status = node("span").attribute("role", "status");
        let bar = node_of("div", "aloud")
            .attribute("role", "group")
            .attribute("aria-label", strings.read_aloud())
            .child(&pause)
            .child(&stop)
            .child(&status);
        page.append_child(bar.raw()).ok();
        let from = vitrine_dom::field(detail, "from").dyn_into::<HtmlElement>().ok();
        let aloud = Rc::new(Self {
            voice,
            pieces,
            at: Cell::new(0),
            is_paused: Cell::new(false),
            bar,
            pause: pause.clone(),
            status,
            button: from,
            strings,
            reports: RefCell::default(),
            listeners: RefCell::default(),
            watching: RefCell::default(),
        });
        aloud.on(pause.raw(), "click", Self::pause);
        aloud.on(stop.raw(), "click", |aloud| {
            aloud.stop();
            if let Some(button) = &aloud.button {
                button.focus().ok();
            }
        });
        aloud.on(&window(), "pagehide", |aloud| aloud.stop());
        aloud.watch(&page);
        pause.raw().focus().ok();
        aloud.voice.cancel();
        aloud.speak();
        Some(aloud)
    }

    fn on(
        self: &Rc<Self>,
        target: &web_sys::EventTarget,
        name: &'static str,
        action: fn(&Rc<Self>),
    ) {
        let aloud = Rc::downgrade(self);
        let listener = EventListener::new(target, name, move |_| {
            if let Some(aloud) = aloud.upgrade() {
                action(&aloud);
            }
        });
        self.listeners.borrow_mut().push(listener);
    }

    /// Stops when the reader leaves the article.
    fn watch(self: &Rc<Self>, page: &Element) {
        let Some(parent) = page.parent_element() else { return };
        let aloud: Weak<Self> = Rc::downgrade(self);
        let seen = Closure::<dyn FnMut()>::new(move || {
            if let Some(aloud) = aloud.upgrade().filter(|aloud| !aloud.is_there()) {
                aloud.stop();
            }
        });
        let Ok(observer) = MutationObserver::new(seen.as_ref().unchecked_ref()) else {
            return;
        };
        let children = MutationObserverInit::new();
        children.set_child_list(true);
        observer.observe_with_options(&parent, &children).ok();
        self.watching.replace(Some(Watch { observer, _seen: seen }));
    }

    fn is_there(&self) -> bool {
        self.bar.raw().is_connected()
    }

    /// Speaks the piece that it is at, and then the next.
    fn speak(self: &Rc<Self>) {
        self.mark(false);
        let Some(piece) = self.pieces.get(self.at.get()) else { return self.stop() };
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&piece.text) else {
            return self.stop();
        };
        if piece.lang != "und" {
            utterance.set_lang(&piece.lang);
        }
        self.mark(true);
        let on = |name, action: fn(&Rc<Self>)| {
            let aloud = Rc::downgrade(self);
            EventListener::new(&utterance, name, move |_| {
                let aloud: Option<Rc<Self>> = aloud.upgrade();
                if let Some(aloud) = aloud.filter(|aloud| aloud.is_there()) {
                    action(&aloud);
                }
            })
        };
        let end = on("end", |aloud| {
            aloud.at.set(aloud.at.get() + 1);
            aloud.speak();
        });
        let error = on("error", |aloud| {
            aloud.status.set_text(aloud.strings.no_voice());
        });
        // Those of the piece before are still being told.
        let before = self.reports.replace(vec![end, error]);
        Timeout::new(0, move || drop(before)).forget();
        self.voice.speak(&utterance);
    }

    fn pause(self: &Rc<Self>) {
        let is_paused = !self.is_paused.get();
        self.is_paused.set(is_paused);
        if is_paused {
            self.voice.pause();
        } else {
            self.voice.resume();
        }
        let label = if is_paused { self.strings.resume() } else { self.strings.pause() };
        self.pause.set_text(label);
    }

    /// Ends the reading.
    pub(crate) fn stop(&self) {
        self.mark(false);
        self.bar.raw().remove();
        self.voice.cancel();
        if self.is_paused.replace(false) {
            self.voice.resume();
        }
    }

    /// Shows which block is read, and keeps it in sight.
    fn mark(&self, is_read: bool) {
        if !is_read {
            for Piece { block, .. } in &self.pieces {
                block.remove_attribute("data-read").ok();
            }
            return;
        }
        let Some(Piece { block, .. }) = self.pieces.get(self.at.get()) else { return };
        block.set_attribute("data-read", "").ok();
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        block.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Returns what is read of the article on the screen.
fn pieces_of(root: &Element) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in all(root, BLOCKS) {
        // What has blocks inside is read block by block.
        if block.query_selector("p,li").is_ok_and(|inner| inner.is_some()) {
            continue;
        }
        let place = block.closest("[lang]").ok().flatten();
        let lang =
            place.and_then(|place| place.get_attribute("lang")).unwrap_or_default();
        for text in pieces_of_text(&spoken(&block)) {
            pieces.push(Piece { block: block.clone(), lang: lang.clone(), text });
        }
    }
    pieces
}

/// Returns the text of a block without the numbers of its notes.
fn spoken(block: &Element) -> String {
    let Ok(copy) = block.clone_node_with_deep(true) else { return String::new() };
    let copy: Element = copy.unchecked_into();
    for note in all(&copy, ".note-reference,.note-mark") {
        note.remove();
    }
    copy.text_content().unwrap_or_default().trim().to_owned()
}

/// Cuts a text at ends of sentences into pieces that a voice takes; a longer sentence stays whole.
fn pieces_of_text(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let sentences = text.split_inclusive(['.', '!', '?', '。', '！', '？', '؟', '।']);
    for sentence in sentences {
        match pieces.last_mut() {
            Some(last) if last.len() + sentence.len() <= MAX_PIECE => {
                last.push_str(sentence);
            }
            _ => pieces.push(sentence.to_owned()),
        }
    }
    pieces.retain(|piece| piece.chars().any(char::is_alphanumeric));
    pieces
}

#[cfg(test)]
mod tests {
    use super::{MAX_PIECE, pieces_of_text};

    #[test]
    fn a_long_text_is_cut_between_its_sentences() {
        let text = "The tide rose. ".repeat(40);
        let pieces = pieces_of_text(&text);
        assert_eq!(pieces.concat(), text);
        assert!(pieces.len() > 1);
        for piece in &pieces {
            assert!(piece.len() <= MAX_PIECE, "{piece:?}");
        }
        assert_eq!(pieces_of_text("潮水上涨。 — "), ["潮水上涨。 — "]);
        assert!(pieces_of_text("— * —").is_empty());
    }
}
