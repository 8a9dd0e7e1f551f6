//! A list of articles as a file for reference managers and spreadsheets.

use js_sys::{Array, Function, Promise};
use vitrine_cite::{CSV_HEADER, Reference, bibtex, csv_row, ris};
use vitrine_dom::{Node, field, node, node_of, spawn};
use vitrine_words::fill;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlDialogElement;

use crate::{
    delivery::download,
    dialog::{Dialog, button, choice, chosen},
    reference::reference,
    strings::Strings,
};

/// Most articles in a file: what a reference manager takes, and a browser reads in a moment.
const MOST: u32 = 1000;

/// Makes the panel of a list.
///
/// `detail` has its length as `total`, and as `next` a function that takes how many articles
/// are known and a function, which it calls with an array of the references that follow, or
/// with nothing where they do not load.
pub(crate) fn export(
    dialog: Dialog,
    detail: JsValue,
    strings: &'static Strings,
) -> Dialog {
    let total = field(&detail, "total").as_f64().unwrap_or_default() as u32;
    let count = total.min(MOST);
    let number = count.to_string();
    let what = if total > MOST { strings.export_first() } else { strings.export_all() };
    let options = FORMATS.map(|format| (format.name, format.name));
    let (label, select) = choice(strings.format(), &options, "");
    let saver = button(strings.download());
    let mut dialog = dialog.titled(strings.export());
    let (status, element) = (dialog.status.clone(), dialog.element().clone());
    let button = saver.clone();
    dialog.on_click(&saver, move || {
        let Some(&format) = FORMATS.iter().find(|format| format.name == chosen(&select))
        else {
            return;
        };
        let run = Run {
            next: field(&detail, "next").unchecked_into(),
            count,
            status: status.clone(),
            dialog: element.clone(),
            button: button.clone(),
            strings,
        };
        spawn(async move { run.save(format).await });
    });
    let count = node("p").text(&fill(what, &number));
    let acts = node_of("p", "panel-acts").child(&saver);
    dialog.child(&count).child(&label).child(&acts)
}

/// A format of files with any number of references.
#[derive(Clone, Copy)]
struct Format {
    name: &'static str,
    file: &'static str,
    kind: &'static str,
    /// What stands before the first.
    start: &'static str,
    write: fn(&Reference) -> String,
}

const FORMATS: [Format; 3] = [
    Format {
        name: "RIS",
        file: "articles.ris",
        kind: "application/x-research-info-systems",
        start: "",
        write: ris,
    },
    Format {
        name: "BibTeX",
        file: "articles.bib",
        kind: "application/x-bibtex",
        start: "",
        write: bibtex,
    },
    Format {
        name: "CSV",
        file: "articles.csv",
        kind: "text/csv",
        start: CSV_HEADER,
        write: csv_row,
    },
];

/// One export.
struct Run {
    next: Function,
    count: u32,
    status: Node,
    dialog: HtmlDialogElement,
    button: Node,
    strings: &'static Strings,
}

impl Run {
    /// Collects the articles and offers the file, unless the panel is closed before.
    async fn save(self, format: Format) {
        self.button.toggle("disabled", true);
        let text = self.collect(format).await;
        self.button.toggle("disabled", false);
        match text {
            Some(text) if self.dialog.open() => {
                download(&text, format.file, format.kind);
                self.status.set_text(self.strings.saved());
            }
            Some(_) => {}
            None => self.status.set_text(self.strings.failed()),
        }
    }

    async fn collect(&self, format: Format) -> Option<String> {
        let mut text = format.start.to_owned();
        let mut done = 0;
        while done < self.count && self.dialog.open() {
            let (at, all) = (done.to_string(), self.count.to_string());
            self.status.set_text(&fill(&fill(self.strings.progress(), &at), &all));
            let promise = Promise::new(&mut |resolve, _| {
                self.next.call2(&JsValue::NULL, &done.into(), &resolve).ok();
            });
            let part: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
            if part.length() == 0 {
                break;
            }
            for value in part.iter().take((self.count - done) as usize) {
                text.push_str(&(format.write)(&reference(&value)));
            }
            done = done.saturating_add(part.length());
        }
        Some(text)
    }
}
