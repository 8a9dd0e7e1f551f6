//! Panels, which are loaded when they are opened; what they need is made here.

use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array};
use vitrine_article::Article;
use vitrine_dom::{object, spawn};
use vitrine_reader::all_read;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::App;
use crate::{
    context_object::context_object, history::address, route::Route,
    views::provenance_facts,
};

/// Articles that an export takes at once.
const PART: u32 = 50;

/// Answers an open panel: takes a position, and a function that is called with what is there,
/// or with nothing where it does not load.
pub(super) type Answer = Closure<dyn FnMut(u32, Function)>;

/// What an open panel may ask.
enum Question {
    /// For the references of a list, from a position on.
    References {
        /// The list.
        list: Route,
        /// Whether its query was still being typed.
        is_typing: bool,
    },
    /// For the page that an article was cleaned from.
    Original {
        /// The article.
        id: String,
    },
}

impl App {
    /// Opens a panel; `from` is what the reader has touched.
    pub(super) fn show_panel(self: &Rc<Self>, name: &str, from: &Element) {
        let detail = match name {
            "export" => self.exported(),
            "provenance" => self.provenance(),
            _ => Some(self.here(from)),
        };
        let Some(detail) = detail else { return };
        let dialog = self.frame.dialog.raw();
        let opening =
            self.open_panel.call3(&JsValue::NULL, &name.into(), dialog, &detail);
        let opening = opening.and_then(JsCast::dyn_into::<Promise>);
        let (app, is_help) = (Rc::clone(self), name == "assist");
        spawn(async move {
            let is_open = match opening {
                Ok(opening) => JsFuture::from(opening).await.is_ok(),
                Err(_) => false,
            };
            // What only helps is missed by nobody.
            if !is_open && !is_help {
                app.frame.say(app.context.strings.failed());
            }
        });
    }

    /// Returns what most panels need: what was touched, under which name something may be
    /// remembered, where the reader is, and what is read.
    fn here(&self, from: &Element) -> JsValue {
        let state = self.state.borrow();
        let article = state.article.as_ref().map(|view| self.reference(&view.article));
        let place = Route { block: None, ..self.history.current().route };
        object(&[
            ("root", self.frame.root.raw().into()),
            ("from", from.into()),
            ("folder", self.context.may_remember.then(|| self.context.kept("")).into()),
            ("page", self.context.page().into()),
            ("place", place.fragment().into()),
            ("article", article.into()),
        ])
    }

    /// Returns what an export of the list on the screen needs.
    fn exported(self: &Rc<Self>) -> Option<JsValue> {
        let state = self.state.borrow();
        let list = state.list.as_ref()?;
        let question = Question::References {
            list: list.route().clone(),
            is_typing: state.is_typing,
        };
        Some(object(&[
            ("total", list.total().into()),
            ("next", self.answering(question)),
        ]))
    }

    /// Returns where the article that is read comes from, and what gives its original page.
    fn provenance(self: &Rc<Self>) -> Option<JsValue> {
        let state = self.state.borrow();
        let article = &state.article.as_ref()?.article;
        let original = self.context.has_originals.then(|| {
            let id = article.id.clone();
            self.answering(Question::Original { id })
        });
        Some(object(&[
            ("facts", provenance_facts(article).into()),
            ("encoding", article.provenance.encoding.as_str().into()),
            ("sha256", article.provenance.sha256.as_str().into()),
            ("original", original.into()),
        ]))
    }

    /// Returns the function by which the panel that opens asks.
    fn answering(self: &Rc<Self>, question: Question) -> JsValue {
        let (app, question) = (Rc::downgrade(self), Rc::new(question));
        let answer = Answer::new(move |position, done: Function| {
            let Some(app) = app.upgrade() else { return };
            let question = Rc::clone(&question);
            spawn(async move {
                let answer = app.answer_panel(&question, position).await;
                done.call1(&JsValue::NULL, &answer.into()).ok();
            });
        });
        let function = answer.as_ref().clone();
        self.panel_answer.replace(Some(answer));
        function
    }

    async fn answer_panel(&self, question: &Question, position: u32) -> Option<JsValue> {
        let (list, is_typing) = match question {
            Question::References { list, is_typing } => (list, *is_typing),
            Question::Original { id } => {
                let page = self.archive.original(id).await.ok()??;
                return Some(Uint8Array::from(page.as_slice()).into());
            }
        };
        let results = self.results(list, is_typing, position, PART).await.ok()?;
        let references = Array::new();
        // A list of references that lacks one is not the list.
        for hit in all_read(results.hits).ok()? {
            if let Some(view) = self.archive.article(&hit.id, "").await.ok()? {
                references.push(&self.reference(&view.article));
            }
        }
        Some(references.into())
    }

    /// Returns what a reference of an article says.
    fn reference(&self, article: &Article) -> JsValue {
        let metadata = &article.metadata;
        let authors: Array = metadata.authors.iter().map(JsValue::from).collect();
        let archive = &self.archive.info().title;
        let url = metadata.url.clone().or_else(|| self.public_address(&article.id));
        object(&[
            ("id", article.id.as_str().into()),
            ("title", metadata.title.as_str().into()),
            ("authors", authors.into()),
            ("container", metadata.source.as_deref().unwrap_or(archive).into()),
            ("date", metadata.date.map(|date| date.to_string()).into()),
            ("url", url.into()),
            ("type", metadata.r#type.clone().into()),
            ("abstract", metadata.r#abstract.clone().into()),
            ("lang", metadata.lang.as_str().into()),
        ])
    }

    /// Returns what reference managers find of the article that is read.
    pub(super) fn context_object(&self, article: &Article) -> String {
        let address = self.public_address(&article.id).unwrap_or_default();
        context_object(&article.metadata, &self.archive.info().title, &address)
    }

    /// Returns where others find an article in this archive: nowhere, if it is a folder on this
    /// computer.
    pub(super) fn public_address(&self, id: &str) -> Option<String> {
        let page = self.context.file("index.html");
        (!self.is_from_file)
            .then(|| [page, address(&Route::default().article(id))].concat())
    }
}
