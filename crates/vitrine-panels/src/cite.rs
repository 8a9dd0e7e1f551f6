//! How to cite an article: the entry of a reference list, and files for reference managers.

use vitrine_article::Inline;
use vitrine_cite::{CslItem, Reference, Style, bibtex, cite as entry_of, ris};
use vitrine_dom::{Node, field, node, node_of, recall, remember};
use vitrine_words::fill;
use wasm_bindgen::JsValue;

use crate::{
    delivery::{copy, download},
    dialog::{Dialog, button, choice, chosen},
    here::Here,
    reference::reference,
    strings::Strings,
};

/// Under which the style is remembered.
pub(crate) const STYLE: &str = "style";

/// Makes the panel of the `article` in `detail`, whose fields are those of a reference.
pub(crate) fn cite(
    dialog: Dialog,
    detail: &JsValue,
    strings: &'static Strings,
) -> Dialog {
    let reference = reference(&field(detail, "article"));
    let may_remember = Here::new(detail).may_remember();
    let mut dialog = dialog.titled(strings.cite());
    dialog = in_style(dialog, &reference, may_remember, strings);
    let managers = node("h3").text(strings.managers());
    let mut list = node_of("ul", "panel-formats").attribute("role", "list");
    for format in formats(&reference) {
        list = list.child(&format_item(&mut dialog, format, strings));
    }
    dialog.child(&managers).child(&list)
}

/// Adds the entry of a reference list in a style that can be chosen.
fn in_style(
    mut dialog: Dialog,
    reference: &Reference,
    may_remember: bool,
    strings: &'static Strings,
) -> Dialog {
    let style = usual_style(reference, may_remember);
    let options = Style::ALL.map(|style| (style.name(), style.name()));
    let (label, select) = choice(strings.style(), &options, &style);
    let entry = node_of("p", "panel-entry").language(&reference.lang);
    let write = {
        let (select, entry, reference) =
            (select.clone(), entry.clone(), reference.clone());
        move || {
            let inlines = entry_of(&reference, style_of(&chosen(&select)));
            entry.show(&written(node("span"), &inlines));
        }
    };
    write();
    dialog.on(&select.clone(), "change", move |_| {
        write();
        if may_remember {
            remember(STYLE, &chosen(&select));
        }
    });
    let copier = button(strings.copy());
    let (text, status) = (entry.clone(), dialog.status.clone());
    dialog.on_click(&copier, move || {
        copy(text.raw().text_content().unwrap_or_default(), &status, strings);
    });
    dialog.child(&label).child(&entry).child(&copier)
}

/// Returns the name of the style that was chosen last, or else that of the article's language.
fn usual_style(reference: &Reference, may_remember: bool) -> String {
    let is_chinese = reference.lang == "zh" || reference.lang.starts_with("zh-");
    let usual = if is_chinese { Style::Gbt7714 } else { Style::Apa };
    let last = recall(STYLE).filter(|_| may_remember);
    last.unwrap_or_else(|| usual.name().to_owned())
}

/// Returns the entry of the `article` in `detail` in its usual style, as plain text.
pub(crate) fn usual_entry(detail: &JsValue) -> String {
    let reference = reference(&field(detail, "article"));
    let may_remember = Here::new(detail).may_remember();
    let style = style_of(&usual_style(&reference, may_remember));
    written(node("span"), &entry_of(&reference, style))
        .raw()
        .text_content()
        .unwrap_or_default()
}

fn style_of(name: &str) -> Style {
    Style::ALL.into_iter().find(|style| style.name() == name).unwrap_or(Style::Apa)
}

/// Appends the text of an entry; what is emphasized is in italics.
fn written(parent: Node, inlines: &[Inline]) -> Node {
    inlines.iter().fold(parent, |parent, inline| match inline {
        Inline::Text { text } => parent.text(text),
        Inline::Emphasis { inlines } => parent.child(&written(node("i"), inlines)),
        _ => parent,
    })
}

/// A reference in the format of programs.
struct Format {
    name: &'static str,
    extension: &'static str,
    kind: &'static str,
    text: String,
}

fn formats(reference: &Reference) -> [Format; 3] {
    let item = serde_json::to_string_pretty(&[CslItem::from(reference)]);
    [
        Format {
            name: "BibTeX",
            extension: ".bib",
            kind: "application/x-bibtex",
            text: bibtex(reference),
        },
        Format {
            name: "RIS",
            extension: ".ris",
            kind: "application/x-research-info-systems",
            text: ris(reference),
        },
        Format {
            name: "CSL-JSON",
            extension: ".json",
            kind: "application/vnd.citationstyles.csl+json",
            text: item.unwrap_or_default(),
        },
    ]
}

fn format_item(dialog: &mut Dialog, format: Format, strings: &'static Strings) -> Node {
    let Format { name, extension, kind, text } = format;
    let labelled = |label: &str, whole: &str| {
        button(label).attribute("aria-label", &fill(whole, name))
    };
    let copier = labelled(strings.copy(), strings.copy_format());
    let saver = labelled(strings.download(), strings.download_format());
    let (content, status) = (text.clone(), dialog.status.clone());
    dialog.on_click(&copier, move || copy(content.clone(), &status, strings));
    dialog.on_click(&saver, move || {
        download(&text, &["citation", extension].concat(), kind);
    });
    node("li").child(&node("span").text(name)).child(&copier).child(&saver)
}
