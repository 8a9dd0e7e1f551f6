//! A span of years, chosen with the two handles of a slider, which type it.

use gloo::events::EventListener;
use vitrine_dom::{Node, all, node, node_of};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

use super::{closest, on};

/// Gives each form of years a slider once the filters are touched, and follows the sliders.
pub(super) fn listen(root: &Element, listeners: &mut Vec<EventListener>) {
    for name in ["pointerover", "focusin"] {
        on(listeners, root, name, |event| {
            if let Some(filters) = closest(event, ".filters") {
                touched(&filters);
            }
        });
    }
    on(listeners, root, "input", |event| {
        let slider = closest(event, ".slider");
        if let Some(form) = slider.and_then(|slider| slider.parent_element()) {
            slid(&form);
        }
    });
}

/// Puts a slider below the typed years where there is none yet.
pub(super) fn touched(filters: &Element) {
    for form in all(filters, ".years:not(:has(.slider))") {
        let year = |name| form.get_attribute(name).filter(|year| !year.is_empty());
        let Some((first, last)) = year("data-first").zip(year("data-last")) else {
            continue;
        };
        let handle = |typed: &str, name: &'static str, end: &str| {
            let field = input(&form, typed)?;
            let year = field.value();
            let is_year = year.trim().parse::<u16>().is_ok();
            let label = field.get_attribute("aria-label").unwrap_or_default();
            let handle = node("input")
                .attribute("type", "range")
                .attribute("name", name)
                .attribute("aria-label", &label)
                .attribute("min", &first)
                .attribute("max", &last)
                .attribute("value", if is_year { &year } else { end });
            Some(handle)
        };
        let slider: Node = node_of("div", "slider")
            .maybe(handle("[name=from]", "first", &first))
            .maybe(handle("[name=to]", "last", &last));
        form.append_child(slider.raw()).ok();
    }
}

/// Types the years that a slider is at, in their order.
fn slid(form: &Element) {
    let year =
        |handle| input(form, handle).and_then(|handle| handle.value().parse().ok());
    let Some((one, other)) = year("[name=first]").zip(year("[name=last]")) else {
        return;
    };
    let (one, other): (u16, u16) = (one, other);
    for (typed, year) in [("[name=from]", one.min(other)), ("[name=to]", one.max(other))]
    {
        if let Some(field) = input(form, typed) {
            field.set_value(&year.to_string());
        }
    }
}

fn input(form: &Element, selector: &str) -> Option<HtmlInputElement> {
    form.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
