//! A picture of an article, as large as the window, or as it is.

use vitrine_dom::{Node, field, node_of};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use crate::{
    dialog::{Dialog, button},
    strings::Strings,
};

/// Makes the panel of the picture in `from` of `detail`, the button that it is in.
pub(crate) fn figure(dialog: Dialog, detail: &JsValue, strings: &Strings) -> Dialog {
    let mut dialog = dialog.titled(strings.picture());
    dialog.element().set_class_name("panel panel-figure");
    let from = field(detail, "from").dyn_into::<Element>().ok();
    let Some(figure) = from.and_then(|from| from.closest("figure").ok().flatten()) else {
        return dialog;
    };
    let Some(picture) = figure.query_selector("img").ok().flatten() else {
        return dialog;
    };
    let frame = node_of("div", "panel-picture")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", strings.picture());
    append_copy(&frame, &picture);
    let scale = button(strings.actual_size()).attribute("aria-pressed", "false");
    let (switch, shown) = (scale.clone(), frame.clone());
    dialog.on_click(&scale, move || {
        let is_actual =
            switch.raw().get_attribute("aria-pressed").as_deref() != Some("true");
        switch.set("aria-pressed", if is_actual { "true" } else { "false" });
        shown.toggle("data-actual", is_actual);
    });
    let caption = figure.query_selector("figcaption").ok().flatten();
    let caption = caption.map(|caption| {
        let text = node_of("p", "panel-caption");
        if let Ok(Some(place)) = caption.closest("[lang]") {
            let attribute = |name| place.get_attribute(name).unwrap_or_default();
            text.set("lang", &attribute("lang"));
            text.set("dir", &attribute("dir"));
        }
        text.text(caption.text_content().unwrap_or_default().trim())
    });
    let dialog = dialog.child(&frame);
    let dialog = match caption {
        Some(caption) => dialog.child(&caption),
        None => dialog,
    };
    dialog.child(&scale)
}

/// Appends a copy of an element.
fn append_copy(parent: &Node, element: &Element) {
    if let Ok(copy) = element.clone_node() {
        if let Some(copy) = copy.dyn_ref::<Element>() {
            copy.remove_attribute("loading").ok();
        }
        parent.raw().append_child(&copy).ok();
    }
}
