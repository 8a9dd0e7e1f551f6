//! The state of an open archive, and how it changes.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::JsString;
use vitrine_reader::{Archive, ArticleView, HitView, ReadError, SearchRequest, Typing};
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollRestoration, TextDecoder};

use crate::{
    chunk_source::LoaderSource,
    dom::{document, focus, window},
    failure::Failure,
    history::{Entry, History, Visit},
    host::Host,
    route::Route,
    strings::count_text,
    views::{
        Context, Frame, ResultList, View, article_page, error_view, facts,
        missing_article,
    },
};

mod listeners;

/// Articles that the home page shows at first.
const NEWEST: u32 = 10;
/// Results that a list shows at first, and how many more each time.
const PAGE: u32 = 10;
/// Most articles that are listed again at once, when a long list is restored.
const MAX_RESTORED: u32 = 500;
/// Most bytes of an original page that are shown: a longer text would stop the browser.
const MAX_ORIGINAL: usize = 2 << 20;
/// Pause after a key before the query is answered, in milliseconds.
const TYPING_PAUSE: u32 = 120;
/// Pause after scrolling before the position is kept, in milliseconds.
const SCROLLING_PAUSE: u32 = 150;

/// An archive that is open.
#[derive(Debug)]
pub(crate) struct App {
    host: Host,
    archive: Archive<LoaderSource>,
    is_from_file: bool,
    context: Context,
    history: History,
    frame: Frame,
    state: RefCell<State>,
    /// Number of the newest request: what answers an older one is dropped.
    newest_request: Cell<u32>,
    typing: RefCell<Option<Timeout>>,
    scrolling: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// What is on the screen.
#[derive(Debug, Default)]
struct State {
    /// The place that is shown; none before the first.
    route: Option<Route>,
    /// The newest list, which stays while an article of it is read.
    list: Option<ResultList>,
    /// Whether the list's query was still being typed.
    is_typing: bool,
}

/// How the reader came to a place: what happens to focus and scrolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// With the page.
    Start,
    /// By typing: the focus stays in the search box.
    Typing,
    /// By following a link.
    Link,
    /// By going back or forward.
    Return,
}

/// What a place holds.
enum Content {
    List(ResultList),
    Article(Box<ArticleView>),
    MissingArticle,
}

impl App {
    /// Returns the app of an archive whose folder is at `address`.
    pub(crate) fn new(
        host: Host,
        archive: Archive<LoaderSource>,
        address: &str,
    ) -> Rc<Self> {
        let is_whole_page = host.is_whole_page();
        let (history, page) = if is_whole_page {
            (History::Hash, String::new())
        } else {
            (History::in_memory(), [address, "index.html"].concat())
        };
        let mut context = Context::new(host.language(), page, address);
        let info = archive.info();
        context.has_originals = info.has_originals;
        let facts = facts(info, &context);
        let frame = Frame::new(&context, &info.title, &facts, is_whole_page);
        Rc::new(Self {
            host,
            is_from_file: address.starts_with("file:"),
            archive,
            context,
            history,
            frame,
            state: RefCell::default(),
            newest_request: Cell::new(0),
            typing: RefCell::default(),
            scrolling: RefCell::default(),
            listeners: RefCell::default(),
        })
    }

    /// Shows the place in the address and listens from then on.
    pub(crate) async fn start(self: Rc<Self>) {
        if self.is_whole_page()
            && let Ok(history) = window().history()
        {
            history.set_scroll_restoration(ScrollRestoration::Manual).ok();
        }
        self.listen();
        self.show(Arrival::Start).await;
        self.frame.attach(&self.host.shadow);
        self.settle(&self.history.current(), Arrival::Start);
        if self.host.attribute("data-state").as_deref() != Some("error") {
            self.host.announce_ready(self.archive.info());
        }
    }

    /// Stops listening.
    pub(crate) fn close(&self) {
        self.newest_request.set(self.newest_request.get().wrapping_add(1));
        self.listeners.take();
        self.typing.take();
        self.scrolling.take();
    }

    fn is_whole_page(&self) -> bool {
        matches!(self.history, History::Hash)
    }

    // What the reader does.

    /// Answers what stands in the search box.
    fn type_query(self: &Rc<Self>, is_typing: bool) {
        self.typing.take();
        let route = Route::search(&self.frame.search.text());
        let here = self.history.current();
        if here.route == route && (here.visit.is_typing == is_typing || route.is_home()) {
            return;
        }
        // One entry for a search, however many keys it took: typing adds one after the
        // home page or an article and then changes it in place.
        let is_home = here.route.is_home();
        let is_new =
            here.route.article.is_some() || (is_home && !here.visit.has_list_before);
        let has_list_before = is_home || (!is_new && here.visit.has_list_before);
        let visit = Visit { has_list_before, is_typing, ..Visit::default() };
        let entry = Entry { route, visit };
        if is_new {
            self.keep_visit();
            self.history.push(&entry);
        } else {
            self.history.replace(&entry);
        }
        self.go(Arrival::Typing);
    }

    /// Opens an article of the list.
    fn open_article(self: &Rc<Self>, id: &str) {
        self.keep_visit();
        let route = self.history.current().route.article(id);
        let visit = Visit { has_list_before: true, ..Visit::default() };
        self.history.push(&Entry { route, visit });
        self.go(Arrival::Link);
    }

    /// Leaves an article for the list that it belongs to.
    fn leave_article(self: &Rc<Self>) {
        let here = self.history.current();
        if here.visit.has_list_before {
            if self.history.back() {
                self.go(Arrival::Return);
            }
        } else {
            self.keep_visit();
            let route = here.route.list();
            self.history.push(&Entry { route, visit: Visit::default() });
            self.go(Arrival::Link);
        }
    }

    /// Goes to the home page.
    fn go_home(self: &Rc<Self>) {
        self.keep_visit();
        if !self.history.current().route.is_home() {
            self.history.push(&Entry::default());
        }
        self.go(Arrival::Link);
    }

    /// Puts the page that an article was cleaned from into the element below the one that
    /// asks for it, as text.
    fn show_original(self: &Rc<Self>, id: String, summary: &Element) {
        let Some(place) = summary.next_element_sibling() else { return };
        let app = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let text = app.original(&id).await;
            place.set_text_content(text.as_deref().or(Some(app.context.strings.failed)));
        });
    }

    /// Returns the beginning of the page that an article was cleaned from.
    async fn original(&self, id: &str) -> Option<String> {
        let page = self.archive.original(id).await.ok()??;
        let view = self.archive.article(id, "").await.ok()??;
        let shown = page.get(..MAX_ORIGINAL).unwrap_or(&page);
        let decoder = TextDecoder::new_with_label(&view.article.provenance.encoding);
        decoder.ok()?.decode_with_u8_array(shown).ok()
    }

    /// Lengthens the list.
    fn show_more(self: &Rc<Self>) {
        let app = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move { app.lengthen().await });
    }

    // How a place comes to the screen.

    /// Shows the current place.
    fn go(self: &Rc<Self>, arrival: Arrival) {
        self.typing.take();
        self.scrolling.take();
        let app = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            if app.show(arrival).await {
                app.settle(&app.history.current(), arrival);
            }
        });
    }

    fn new_request(&self) -> u32 {
        let request = self.newest_request.get().wrapping_add(1);
        self.newest_request.set(request);
        request
    }

    /// Loads the current place and puts it on the screen. Returns whether it did: by the
    /// time the answer comes, the reader may have gone elsewhere.
    async fn show(&self, arrival: Arrival) -> bool {
        let request = self.new_request();
        let entry = self.history.current();
        self.frame.set_busy(true);
        let content = self.content(&entry).await;
        if self.newest_request.get() != request {
            return false;
        }
        self.frame.set_busy(false);
        if arrival != Arrival::Typing {
            self.frame.search.set_text(&entry.route.query);
        }
        let strings = self.context.strings;
        let list = entry.route.list();
        match content {
            Ok(Content::List(list)) => {
                let (view, status) = if entry.route.is_home() {
                    (View::Home, String::new())
                } else {
                    let (one, many) = (strings.result_one, strings.result_many);
                    (View::Results, count_text(list.total(), one, many))
                };
                self.frame.show(view, &list.root, &status);
                self.set_title(&entry.route.query);
                let mut state = self.state.borrow_mut();
                state.list = Some(list);
                state.is_typing = entry.visit.is_typing;
            }
            Ok(Content::Article(view)) => {
                let page = article_page(&view, &list, &self.context);
                self.frame.show(View::Article, &page, "");
                self.set_title(&view.article.metadata.title);
            }
            Ok(Content::MissingArticle) => {
                let page = missing_article(&list, &self.context);
                self.frame.show(View::Article, &page, "");
                self.set_title("");
            }
            Err(failure) => {
                self.show_failure(&failure);
                self.state.borrow_mut().route = Some(entry.route);
                return true;
            }
        }
        self.state.borrow_mut().route = Some(entry.route);
        if arrival != Arrival::Start {
            self.host.set_state("ready");
        }
        true
    }

    fn show_failure(&self, failure: &Failure) {
        let view = error_view(failure, self.is_from_file, &self.context);
        self.frame.show(View::Error, &view, "");
        self.set_title("");
        self.host.announce_failure(&failure.report);
    }

    async fn content(&self, entry: &Entry) -> Result<Content, Failure> {
        let route = &entry.route;
        if let Some(id) = &route.article {
            let view = self.archive.article(id, &normalized(&route.query)).await?;
            return Ok(view.map_or(Content::MissingArticle, |view| {
                Content::Article(Box::new(view))
            }));
        }
        if let Some(list) = self.kept_list(entry) {
            return Ok(Content::List(list));
        }
        let first = if route.is_home() { NEWEST } else { PAGE };
        let limit = entry.visit.shown.min(MAX_RESTORED).max(first);
        let (hits, total) = self.hits(route, entry.visit.is_typing, 0, limit).await?;
        let list = ResultList::new(route.clone(), &hits, total, &self.context);
        Ok(Content::List(list))
    }

    /// Returns a part of a list and the length of all of it.
    async fn hits(
        &self,
        list: &Route,
        is_typing: bool,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<HitView>, u32), ReadError> {
        if list.is_home() {
            let hits = self.archive.latest(offset, limit).await?;
            return Ok((hits, self.archive.info().article_count));
        }
        let query = normalized(&list.query);
        let typing = if is_typing { Typing::Unfinished } else { Typing::Finished };
        let mut request =
            SearchRequest { offset, limit, typing, ..SearchRequest::new(query) };
        loop {
            let results = self.archive.search(&request).await?;
            if results.total > 0 || request.typing == Typing::Unfinished {
                return Ok((results.hits, results.total));
            }
            // Someone who pressed Enter in the middle of a word has found nothing; the
            // beginning of the word may be worth as much as the word.
            request.typing = Typing::Unfinished;
        }
    }

    /// Returns the list that was left for an article, if it is the one to go back to.
    fn kept_list(&self, entry: &Entry) -> Option<ResultList> {
        let state = self.state.borrow();
        let list = state.list.as_ref()?;
        let is_same = *list.route() == entry.route
            && (state.is_typing == entry.visit.is_typing || entry.route.is_home());
        is_same.then(|| list.clone())
    }

    async fn lengthen(&self) {
        let request_number = self.new_request();
        let Some(mut list) = self.state.borrow().list.clone() else { return };
        let (shown, is_typing) = (list.shown(), self.state.borrow().is_typing);
        self.frame.set_busy(true);
        let more = self.hits(list.route(), is_typing, shown, PAGE).await;
        if self.newest_request.get() != request_number {
            return;
        }
        self.frame.set_busy(false);
        match more {
            Ok((hits, _)) => {
                list.add(&hits, &self.context);
                if let Some(link) = list.link(shown + 1) {
                    focus(&link);
                }
                self.state.borrow_mut().list = Some(list);
                self.keep_visit();
            }
            Err(error) => self.show_failure(&error.into()),
        }
    }

    /// Puts focus and scroll position where they belong after a place has appeared.
    fn settle(&self, entry: &Entry, arrival: Arrival) {
        let is_article = entry.route.article.is_some();
        match arrival {
            Arrival::Typing => return,
            Arrival::Link => self.scroll_to_top(),
            Arrival::Start if !self.is_whole_page() => return,
            Arrival::Start | Arrival::Return => {
                window().scroll_to_with_x_and_y(0.0, entry.visit.scroll);
            }
        }
        if is_article {
            if arrival != Arrival::Start {
                self.focus_heading();
            }
            return;
        }
        let link = {
            let state = self.state.borrow();
            state.list.as_ref().and_then(|list| list.link(entry.visit.focused))
        };
        if let Some(link) = link {
            focus(&link);
        }
    }

    fn focus_heading(&self) {
        let heading = self.frame.root.find("h1[tabindex]");
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into().ok()) {
            focus(&heading);
        }
    }

    /// Scrolls up to the beginning of the element if that is out of sight.
    fn scroll_to_top(&self) {
        let root = self.frame.root.raw();
        if root.get_bounding_client_rect().top() < 0.0 {
            root.scroll_into_view();
        }
    }

    /// Keeps how the place on the screen looks with its entry in the history.
    fn keep_visit(&self) {
        let mut here = self.history.current();
        {
            let state = self.state.borrow();
            if state.route.as_ref() != Some(&here.route) {
                // Going back: the address is that of a place that is not shown yet.
                return;
            }
            here.visit.scroll = window().scroll_y().unwrap_or_default();
            if let Some(list) = &state.list
                && *list.route() == here.route
            {
                let active = self.host.shadow.active_element();
                here.visit.shown = list.shown();
                here.visit.focused = active.map_or(0, |element| list.position(&element));
            }
        }
        self.history.replace(&here);
    }

    fn set_title(&self, place: &str) {
        if self.is_whole_page() {
            let archive = &self.archive.info().title;
            let title = if place.is_empty() {
                archive.clone()
            } else {
                [place, " — ", archive].concat()
            };
            document().set_title(&title);
        }
    }
}

/// Returns the text in Unicode normalization form C, which the reader asks for.
fn normalized(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}
