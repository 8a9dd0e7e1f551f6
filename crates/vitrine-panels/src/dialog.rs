//! The frame of a panel: a heading, a way out, and a line that says what was done.

use gloo::events::EventListener;
use vitrine_dom::{Node, node, node_of};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

use crate::strings::Strings;

/// A panel in the making, and its listeners.
#[derive(Debug)]
pub(crate) struct Dialog {
    element: HtmlDialogElement,
    heading: Node,
    /// Holds what the panel shows.
    pub(crate) body: Node,
    /// Says what was done.
    pub(crate) status: Node,
    listeners: Vec<EventListener>,
}

impl Dialog {
    /// Returns an empty panel.
    pub(crate) fn new(element: HtmlDialogElement, strings: &Strings) -> Self {
        let heading =
            node("h2").attribute("id", "panel-heading").attribute("tabindex", "-1");
        let close = node_of("button", "panel-close")
            .attribute("type", "button")
            .attribute("aria-label", strings.close())
            .text("×");
        let head = node_of("div", "panel-head").child(&heading).child(&close);
        let body = node_of("div", "panel-body");
        let status = node_of("p", "panel-status").attribute("role", "status");
        element.set_class_name("panel");
        element.set_text_content(None);
        for part in [&head, &body, &status] {
            element.append_child(part.raw()).ok();
        }
        let mut dialog = Self {
            element: element.clone(),
            heading,
            body,
            status,
            listeners: Vec::new(),
        };
        dialog.on_click(&close, move || element.close());
        dialog
    }

    /// Sets the heading.
    pub(crate) fn titled(self, title: &str) -> Self {
        self.heading.set_text(title);
        self
    }

    /// Appends an element.
    pub(crate) fn child(self, child: &Node) -> Self {
        self.body.append(child);
        self
    }

    /// Does something when an element is clicked, for as long as the panel is there.
    pub(crate) fn on_click(
        &mut self,
        element: &Node,
        mut action: impl FnMut() + 'static,
    ) {
        self.on(element, "click", move |_| action());
    }

    /// Does something at an event, for as long as the panel is there.
    pub(crate) fn on(
        &mut self,
        element: &Node,
        name: &'static str,
        action: impl FnMut(&Event) + 'static,
    ) {
        self.listeners.push(EventListener::new(element.raw(), name, action));
    }

    /// Returns the element of the panel.
    pub(crate) fn element(&self) -> &HtmlDialogElement {
        &self.element
    }

    /// Shows the panel before everything else; Escape closes it.
    pub(crate) fn show(&self) {
        if !self.element.open() {
            self.element.show_modal().ok();
        }
        self.heading.raw().focus().ok();
    }
}

/// Returns a button.
pub(crate) fn button(label: &str) -> Node {
    node("button").attribute("type", "button").text(label)
}

/// Returns a labelled choice among values with their labels.
pub(crate) fn choice(
    label: &str,
    options: &[(&str, &str)],
    chosen: &str,
) -> (Node, Node) {
    let select = node("select").children(options.iter().map(|(value, label)| {
        let option = node("option").attribute("value", value).text(label);
        option.toggle("selected", *value == chosen);
        option
    }));
    let whole =
        node_of("label", "panel-choice").child(&node("span").text(label)).child(&select);
    (whole, select)
}

/// Returns the chosen value of what [`choice`] made.
pub(crate) fn chosen(select: &Node) -> String {
    let select: &web_sys::HtmlSelectElement = select.raw().unchecked_ref();
    select.value()
}
