//! Buttons that open a panel.

use vitrine_dom::{Node, node_of};

/// Returns the button of a panel.
pub(super) fn panel_button(name: &str, label: &str) -> Node {
    node_of("button", "panel-button")
        .attribute("type", "button")
        .attribute("data-panel", name)
        .attribute("part", name)
        .attribute("aria-haspopup", "dialog")
        .text(label)
}

/// Returns the button of a panel that shows a sign.
pub(super) fn sign_button(name: &str, sign: &str, label: &str) -> Node {
    panel_button(name, sign)
        .attribute("class", "sign-button")
        .attribute("aria-label", label)
        .attribute("title", label)
}
