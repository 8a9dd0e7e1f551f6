//! A link at each heading of an article, to be copied.

use gloo::events::EventListener;
use vitrine_dom::{all, node_of};
use web_sys::Element;

use super::{closest, on};
use crate::{here::Here, strings::Strings};

/// Gives headings their links when one of them is touched, or the keyboard comes to their article.
pub(super) fn listen(
    here: &Here,
    strings: &'static Strings,
    listeners: &mut Vec<EventListener>,
) {
    for (name, selector) in
        [("pointerover", ".body>[data-block]"), ("focusin", ".article")]
    {
        let place = here.clone();
        on(listeners, &here.root, name, move |event| {
            if let Some(element) = closest(event, selector) {
                touched(&element, &place, strings);
            }
        });
    }
}

/// Gives all headings of the article that an element is in their links. Their sign is the style
/// sheet's, so that it is in no text that is copied.
pub(super) fn touched(element: &Element, here: &Here, strings: &Strings) {
    let article = element.closest(".article").ok().flatten();
    let body =
        article.and_then(|article| article.query_selector("[data-article]").ok()?);
    let Some(body) = body else { return };
    let article = body.get_attribute("data-article").unwrap_or_default();
    let lang = here.root.get_attribute("lang").unwrap_or_default();
    for heading in all(&body, "[data-block]:not(:has(>.anchor))") {
        let block = heading.get_attribute("data-block").unwrap_or_default();
        let place = [&article, "?block=", &block].concat();
        let link = node_of("a", "anchor")
            .attribute("href", &here.href(&place))
            .attribute("data-place", &place)
            .attribute("aria-label", strings.anchor())
            .language(&lang);
        heading.append_child(link.raw()).ok();
    }
}
