//! The custom element in the page of someone else.

use vitrine_dom::{document, node_of, object};
use vitrine_reader::ArchiveInfo;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Event, HtmlElement, ShadowRoot};

use crate::failure::FailureReport;

/// The custom element.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    element: HtmlElement,
    /// Its shadow root.
    pub(crate) shadow: ShadowRoot,
}

impl Host {
    /// Returns the host, if it has an open shadow root.
    pub(crate) fn new(element: HtmlElement) -> Option<Self> {
        let shadow = element.shadow_root()?;
        Some(Self { element, shadow })
    }

    /// Returns the value of an attribute that is not empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.element.get_attribute(name).filter(|value| !value.is_empty())
    }

    /// Returns whether the page is the archive's own, and its address is ours.
    pub(crate) fn is_whole_page(&self) -> bool {
        self.attribute("route").as_deref() == Some("page")
    }

    /// Returns whether anything may be remembered in this browser: in the page of someone else
    /// only where that page asks for it.
    pub(crate) fn may_remember(&self) -> bool {
        self.is_whole_page() || self.element.has_attribute("remember")
    }

    /// Reflects the state, without an event.
    pub(crate) fn set_state(&self, state: &str) {
        self.element.set_attribute("data-state", state).ok();
    }

    /// Says that the archive is open.
    pub(crate) fn announce_ready(&self, info: &ArchiveInfo) {
        self.set_state("ready");
        let title = info.title.as_str().into();
        let count = info.article_count.into();
        self.fire("vitrine-ready", &[("title", title), ("articleCount", count)]);
    }

    /// Says that a list of articles is shown.
    pub(crate) fn announce_search(&self, query: &str, total: u32) {
        let detail = [("query", query.into()), ("total", total.into())];
        self.fire("vitrine-search", &detail);
    }

    /// Says that an article is shown.
    pub(crate) fn announce_article(&self, id: &str, title: &str) {
        let detail = [("id", id.into()), ("title", title.into())];
        self.fire("vitrine-article", &detail);
    }

    /// Says that the place can't be shown.
    pub(crate) fn fail(&self, report: &FailureReport) {
        self.set_state("error");
        self.announce_failure(report);
    }

    /// Says that something failed.
    pub(crate) fn announce_failure(&self, report: &FailureReport) {
        let message = report.message.as_str().into();
        self.fire("vitrine-error", &[("name", report.name.into()), ("message", message)]);
    }

    /// Puts an `OpenURL` context object where reference managers look for one: in a child of the
    /// element, since they see no shadow root. It is not shown. Empty takes it away.
    pub(crate) fn set_context_object(&self, object: &str) {
        let old = self.element.query_selector(":scope>.Z3988").ok().flatten();
        if let Some(old) = &old {
            old.remove();
        }
        if !object.is_empty() {
            let span = node_of("span", "Z3988").attribute("title", object);
            self.element.append_child(span.raw()).ok();
        }
        // The event by which Zotero looks again.
        if (old.is_some() || !object.is_empty())
            && let Ok(event) = Event::new("ZoteroItemUpdated")
        {
            document().dispatch_event(&event).ok();
        }
    }

    fn fire(&self, name: &str, detail: &[(&str, JsValue)]) {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&object(detail));
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            self.element.dispatch_event(&event).ok();
        }
    }
}
