//! Bookmarks in the panel: that of the article that is read, and all of them.

use std::{cell::RefCell, rc::Rc};

use vitrine_dom::{Node, node, node_of};
use vitrine_words::fill;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlTextAreaElement;

use super::{
    bookmark::{Bookmark, bookmark, bookmarks, forget_bookmark, json, markdown},
    forget_button,
    import::importer,
    link, nothing, on_forget,
};
use crate::{
    delivery::download,
    dialog::{Dialog, button},
    here::Here,
    strings::Strings,
};

/// Shows whether the article that is read is marked, and its note, as they are in the store.
pub(super) type Refresh = Rc<dyn Fn()>;

/// Marks the article that is read, and adds the field for its note and the way to take the mark
/// away again. `list` shows all bookmarks.
pub(super) fn this_article(
    dialog: Dialog,
    here: &Here,
    list: &Node,
    strings: &'static Strings,
) -> (Dialog, Refresh) {
    let article = Bookmark::new(&here.article);
    let known = bookmark(here, &article.id);
    let is_known = known.is_some();
    let article = Rc::new(RefCell::new(known.unwrap_or(article)));
    let note = node("textarea").attribute("rows", "3").attribute("maxlength", "10000");
    let area: HtmlTextAreaElement = note.raw().clone().unchecked_into();
    area.set_value(&article.borrow().note);
    let toggle = button("");
    let heading = node_of("p", "panel-title")
        .language(&article.borrow().lang)
        .text(&article.borrow().title);
    let field = node_of("label", "panel-note")
        .child(&node("span").text(strings.note()))
        .child(&note);
    let mut dialog = dialog.child(&heading).child(&field).child(&toggle);
    let status = dialog.status.clone();
    let keep = {
        let (here, list, toggle) = (here.clone(), list.clone(), toggle.clone());
        let (article, status) = (Rc::clone(&article), status.clone());
        move || {
            let is_kept = article.borrow().keep(&here);
            status.set_text(if is_kept {
                strings.kept_here()
            } else {
                strings.not_kept()
            });
            show_toggle(&here, &toggle, is_kept, strings);
            show_all(&list, &here, strings);
        }
    };
    if is_known {
        show_toggle(here, &toggle, true, strings);
    } else {
        keep();
    }
    let refresh = {
        let (here, toggle) = (here.clone(), toggle.clone());
        let (article, area) = (Rc::clone(&article), area.clone());
        Rc::new(move || {
            let known = bookmark(&here, &article.borrow().id);
            show_toggle(&here, &toggle, known.is_some(), strings);
            if let Some(known) = known {
                area.set_value(&known.note);
                article.replace(known);
            }
        })
    };
    {
        let keep = keep.clone();
        let article = Rc::clone(&article);
        dialog.on(&note, "input", move |_| {
            article.borrow_mut().note = area.value();
            keep();
        });
    }
    let (here, list, marked) = (here.clone(), list.clone(), toggle.clone());
    dialog.on_click(&toggle, move || {
        if marked.raw().has_attribute("data-marked") {
            forget_bookmark(&here, &article.borrow().id);
            status.set_text(strings.forgotten());
            show_toggle(&here, &marked, false, strings);
            show_all(&list, &here, strings);
        } else {
            keep();
        }
    });
    (dialog, refresh)
}

/// Says at the button in the panel, and at that of the article, whether the article is marked.
fn show_toggle(here: &Here, toggle: &Node, is_marked: bool, strings: &Strings) {
    toggle.toggle("data-marked", is_marked);
    toggle.set_text(if is_marked { strings.unmark() } else { strings.bookmark() });
    show_mark(here, is_marked, strings);
}

/// Says at the button of the article that is read, if there is one, whether it is marked.
pub(crate) fn show_mark(here: &Here, is_marked: bool, strings: &Strings) {
    let button = here.root.query_selector(".article-acts [data-panel=kept]");
    if let Ok(Some(button)) = button {
        let label = if is_marked { strings.bookmarked() } else { strings.bookmark() };
        button.set_text_content(Some(label));
    }
}

/// Adds the list of all bookmarks and the ways to take them along and to bring them back.
/// `this` is the article that is read.
pub(super) fn all_bookmarks(
    dialog: Dialog,
    here: &Here,
    list: &Node,
    this: Option<Refresh>,
    strings: &'static Strings,
) -> Dialog {
    let heading = node("h3").text(strings.bookmarks());
    show_all(list, here, strings);
    let savers = node_of("p", "panel-acts");
    let mut dialog = dialog.child(&heading).child(list).child(&savers);
    for (name, file, kind, write) in [
        ("JSON", "bookmarks.json", "application/json", json as fn(&[Bookmark]) -> String),
        ("Markdown", "bookmarks.md", "text/markdown", markdown),
    ] {
        let saver = button(&fill(strings.download_format(), name));
        savers.append(&saver);
        let here = here.clone();
        dialog.on_click(&saver, move || download(&write(&bookmarks(&here)), file, kind));
    }
    let show = {
        let (here, items) = (here.clone(), list.clone());
        move || {
            show_all(&items, &here, strings);
            if let Some(refresh) = &this {
                refresh();
            }
        }
    };
    importer(&mut dialog, &savers, here, show.clone(), strings);
    let (status, here) = (dialog.status.clone(), here.clone());
    on_forget(&mut dialog, list, &heading, move |id| {
        forget_bookmark(&here, id);
        status.set_text(strings.forgotten());
        show();
    });
    dialog
}

fn show_all(list: &Node, here: &Here, strings: &Strings) {
    list.raw().set_text_content(None);
    let all = bookmarks(here);
    if all.is_empty() {
        list.append(&nothing(strings.no_bookmarks()));
    }
    for marked in all {
        let title = if marked.title.is_empty() { &marked.id } else { &marked.title };
        let link = link(here, &marked.place(), title).language(&marked.lang);
        let label = fill(strings.forget(), title);
        let note = (!marked.note.is_empty()).then(|| {
            node_of("p", "panel-quiet").attribute("dir", "auto").text(&marked.note)
        });
        let text = node("div").child(&link).maybe(note);
        list.append(&node("li").child(&text).child(&forget_button(&marked.id, &label)));
    }
}
