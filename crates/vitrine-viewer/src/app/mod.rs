//! The state of an open archive, and how it changes.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::{Function, JsString};
use vitrine_dom::{focus, recall, remember_line, spawn, window};
use vitrine_loader::{LoaderSource, Progress, Turns};
use vitrine_reader::{Archive, ArticleView, all_read};
use web_sys::{Element, ScrollRestoration};

use self::{opened::Opened, panel::Answer};
use crate::{
    history::{Entry, History, Visit},
    host::Host,
    language::Language,
    route::Route,
    strings::Strings,
    views::{Context, FilterPanel, Frame, MatchBar, ResultList, facts},
};

mod ahead;
mod article;
mod listeners;
mod opened;
mod panel;
mod reading;
mod show;
mod suggestions;

/// Pause after a key before the query is answered, in milliseconds; each answer over a network
/// takes requests.
const TYPING_PAUSE: u32 = 120;
/// Pause after scrolling before the position is kept, in milliseconds.
const SCROLLING_PAUSE: u32 = 150;

/// An archive that is open.
#[derive(Debug)]
pub(crate) struct App {
    host: Host,
    archive: Archive<LoaderSource>,
    progress: Progress,
    is_from_file: bool,
    context: Context,
    history: History,
    frame: Frame,
    filters: FilterPanel,
    turns: Turns,
    /// Loads and opens a panel: its name, its dialog, what it needs.
    open_panel: Function,
    /// What an open panel asks.
    panel_answer: RefCell<Option<Answer>>,
    state: RefCell<State>,
    /// Number of the newest request: what answers an older one is dropped.
    newest_request: Cell<u32>,
    typing: RefCell<Option<Timeout>>,
    scrolling: RefCell<Option<Timeout>>,
    /// While an answer is on its way, until it is told what is being read.
    reading: RefCell<Option<Timeout>>,
    /// While the pointer or the focus is on a link, until what it leads to is loaded.
    resting: RefCell<Option<Timeout>>,
    /// Whether what helps while one reads was asked for.
    is_assisted: Cell<bool>,
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
    /// The article that is read.
    article: Option<Rc<ArticleView>>,
    /// The article that is read, while its end is not on the screen yet.
    opened: Option<Opened>,
    /// The words of the search in it.
    matches: Option<MatchBar>,
    /// The place in the text from which the reader went to its note.
    reference: Option<Element>,
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
    /// By choosing another order of the same list.
    Order,
    /// By going back or forward.
    Return,
}

impl App {
    /// Returns the app of an archive whose folder is at `address`.
    pub(crate) fn new(
        host: Host,
        (archive, progress): (Archive<LoaderSource>, Progress),
        address: &str,
        (language, strings): (Language, &'static Strings),
        (turns, open_panel, history): (Turns, Function, History),
    ) -> Rc<Self> {
        let is_whole_page = host.is_whole_page();
        let page =
            if is_whole_page { String::new() } else { [address, "index.html"].concat() };
        let mut context = Context::new(language, strings, page, address);
        let info = archive.info();
        context.has_originals = info.has_originals;
        context.may_remember = host.may_remember();
        let ends = info.first_date.zip(info.last_date);
        context.years = ends.map(|(first, last)| (first.year(), last.year()));
        let facts = facts(info, &context);
        let frame = Frame::new(&context, &info.title, &facts, is_whole_page);
        if context.may_remember
            && let Some(look) = recall("look")
        {
            frame.root.set("data-look", &look);
        }
        Rc::new(Self {
            filters: FilterPanel::new(&context),
            host,
            is_from_file: address.starts_with("file:"),
            archive,
            progress,
            context,
            history,
            frame,
            turns,
            open_panel,
            panel_answer: RefCell::default(),
            state: RefCell::default(),
            newest_request: Cell::new(0),
            typing: RefCell::default(),
            scrolling: RefCell::default(),
            reading: RefCell::default(),
            resting: RefCell::default(),
            is_assisted: Cell::new(false),
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
        let here = self.history.current();
        self.settle(&here, Arrival::Start);
        if self.host.attribute("data-state").as_deref() != Some("error") {
            self.host.announce_ready(self.archive.info());
        }
        self.complete(&here).await;
    }

    /// Stops listening.
    pub(crate) fn close(&self) {
        self.newest_request.set(self.newest_request.get().wrapping_add(1));
        self.listeners.take();
        self.typing.take();
        self.scrolling.take();
        self.reading.take();
        self.resting.take();
    }

    fn is_whole_page(&self) -> bool {
        self.host.is_whole_page()
    }

    // What the reader does.

    /// Answers what stands in the search box.
    fn type_query(self: &Rc<Self>, is_typing: bool) {
        self.typing.take();
        if !is_typing {
            self.frame.search.suggestions.close();
        }
        let here = self.history.current();
        let route = here.route.searching(&self.frame.search.text());
        if !is_typing {
            self.keep_search(&route.query);
        }
        if here.route == route && (here.visit.is_typing == is_typing || route.is_home()) {
            if is_typing {
                let app = Rc::clone(self);
                spawn(async move { app.suggest().await });
            }
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
        let here = self.history.current().route;
        self.keep_search(&here.query);
        let route = here.article(id);
        let visit = Visit { has_list_before: here.article.is_none(), ..Visit::default() };
        self.history.push(&Entry { route, visit });
        self.go(Arrival::Link);
    }

    /// Goes to the result before or after the article that is read. The way back is still
    /// that to the list.
    fn step_to(self: &Rc<Self>, id: &str) {
        let here = self.history.current();
        let has_list_before = here.visit.has_list_before;
        let visit = Visit { has_list_before, ..Visit::default() };
        self.history.replace(&Entry { route: here.route.article(id), visit });
        self.go(Arrival::Link);
    }

    /// Goes to a list, however far it is from here.
    pub(crate) fn go_to(self: &Rc<Self>, route: Route, arrival: Arrival) {
        self.keep_visit();
        if self.history.current().route != route {
            self.history.push(&Entry { route, visit: Visit::default() });
        }
        self.go(arrival);
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

    /// Opens or closes the filters.
    fn toggle_filters(self: &Rc<Self>) {
        let is_open = self.filters.toggle();
        if let Some(list) = &self.state.borrow().list {
            list.say_filters_open(is_open);
        }
        if is_open {
            focus(self.filters.root.raw());
            let app = Rc::clone(self);
            spawn(async move { app.show_filters().await });
        }
    }

    /// Opens any article.
    fn open_random(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn(async move {
            let count = f64::from(app.archive.info().article_count);
            let position = (js_sys::Math::random() * count) as u32;
            let found = app.results(&Route::default(), false, position, 1).await;
            match found.and_then(|found| all_read(found.hits)).as_deref() {
                Ok([hit, ..]) => app.open_article(&hit.id),
                _ => app.frame.say(app.context.strings.failed()),
            }
        });
    }

    /// Remembers a search, where the reader has nothing against it.
    fn keep_search(&self, query: &str) {
        let is_kept = self.context.may_remember
            && !query.is_empty()
            && !self.frame.root.raw().matches("[data-look~=no-history]").unwrap_or(true);
        if is_kept {
            remember_line(&self.context.kept("searches"), query);
        }
    }

    /// Lengthens the list.
    fn show_more(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn(async move { app.lengthen().await });
    }
}

/// Returns the text in Unicode normalization form C, which the reader asks for.
fn normalized(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}
