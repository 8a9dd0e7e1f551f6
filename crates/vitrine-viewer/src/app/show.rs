//! How a place comes to the screen.

use std::rc::Rc;

use vitrine_dom::{document, focus, spawn, window};
use vitrine_loader::while_wanted;
use vitrine_reader::{HitView, ReadError, SearchRequest, SearchResults, Typing};

use super::{App, Arrival, normalized, opened::Opened};
use crate::{
    failure::Failure,
    history::Entry,
    route::Route,
    strings::count_text,
    views::{ResultList, View, article_page, error_view, home_front, missing_article},
};

/// Articles that the home page shows at first.
const NEWEST: u32 = 10;
/// Results that a list shows at first, and how many more each time.
const PAGE: u32 = 10;
/// Results that are made at once: as many as take a slow computer some milliseconds.
const HITS_PER_TURN: usize = 5;
/// Text of an article that is made before it is shown, in bytes: more than a screen holds.
const TEXT_AT_FIRST: usize = 5000;
/// Most articles that are listed again at once, when a long list is restored.
const MAX_RESTORED: u32 = 500;

/// What a place holds.
enum Content {
    List(ResultList),
    Article(Box<Opened>),
    MissingArticle,
}

impl App {
    /// Shows the current place.
    pub(super) fn go(self: &Rc<Self>, arrival: Arrival) {
        self.typing.take();
        self.scrolling.take();
        let app = Rc::clone(self);
        let was_in_box = self.is_in_box();
        spawn(async move {
            if app.show(arrival).await {
                let here = app.history.current();
                // Who went on to the search box meanwhile keeps the caret there.
                let moved_on = !was_in_box && app.is_in_box();
                app.settle(&here, if moved_on { Arrival::Typing } else { arrival });
                let newest = app.newest_request.get();
                app.turns.painted().await;
                if app.newest_request.get() != newest {
                    return;
                }
                if arrival == Arrival::Typing && here.visit.is_typing {
                    app.suggest().await;
                }
                app.complete(&here).await;
            }
        });
    }

    /// Returns whether the caret is in the search box.
    pub(super) fn is_in_box(&self) -> bool {
        let active = self.host.shadow.active_element();
        active.is_some_and(|element| self.frame.search.is(&element))
    }

    fn new_request(&self) -> u32 {
        let request = self.newest_request.get().wrapping_add(1);
        self.newest_request.set(request);
        request
    }

    /// Adds what is not needed to begin with.
    pub(super) async fn complete(&self, here: &Entry) {
        match &here.route.article {
            Some(id) => self.complete_article(id, &here.route).await,
            None => self.show_filters().await,
        }
    }

    /// Shows by what the list on the screen can be narrowed, where that can be seen.
    pub(super) async fn show_filters(&self) {
        let list = self.state.borrow().list.as_ref().map(|list| list.route().clone());
        let Some(list) = list.filter(|list| self.filters.wants(list)) else { return };
        let is_typing = self.state.borrow().is_typing;
        let request =
            SearchRequest { limit: 0, wants_facets: true, ..request(&list, is_typing) };
        // Without them the list is still a list.
        let newest = self.newest_request.get();
        let is_wanted = || self.newest_request.get() == newest;
        if let Some(Ok(SearchResults { facets: Some(facets), .. })) =
            while_wanted(is_wanted, self.answer(request)).await
        {
            self.filters.show(&facets, &list, &self.context);
        }
    }

    /// Loads the current place and puts it on the screen. Returns whether it did: by the
    /// time the answer comes, the reader may have gone elsewhere.
    pub(super) async fn show(self: &Rc<Self>, arrival: Arrival) -> bool {
        let request = self.new_request();
        let entry = self.history.current();
        self.begin_reading();
        let is_newest = || self.newest_request.get() == request;
        let Some(content) = while_wanted(is_newest, self.content(&entry, arrival)).await
        else {
            return false;
        };
        if !matches!(content, Ok(Content::Article(_))) {
            self.host.set_context_object("");
        }
        self.frame.set_busy(false);
        // What is being typed now is newer than the place.
        if arrival != Arrival::Typing && self.typing.borrow().is_none() {
            self.frame.search.set_text(&entry.route.query);
        }
        let strings = self.context.strings;
        let list = entry.route.list();
        let was_home = self.state.borrow().route.as_ref().is_some_and(Route::is_home);
        if was_home != entry.route.is_home() {
            self.filters.close();
        }
        match content {
            Ok(Content::List(list)) => {
                list.attach_filters(&self.filters);
                let (view, status) = if entry.route.is_home() {
                    (View::Home, String::new())
                } else {
                    let (one, many) = (strings.result_one(), strings.result_many());
                    (View::Results, count_text(list.total(), one, many, strings))
                };
                self.frame.show(view, &list.root, &status);
                self.set_title(&entry.route.query);
                if view == View::Results {
                    self.host.announce_search(&entry.route.query, list.total());
                }
                let mut state = self.state.borrow_mut();
                state.list = Some(list);
                state.article = None;
                state.opened = None;
                state.matches = None;
                state.is_typing = entry.visit.is_typing;
            }
            Ok(Content::Article(opened)) => {
                let (view, page) = (Rc::clone(&opened.view), opened.page.clone());
                if let Some(address) = self.public_address(&view.article.id) {
                    page.set("data-address", &address);
                }
                self.frame.show(View::Article, &page, "");
                self.set_title(&view.article.metadata.title);
                self.host.set_context_object(&self.context_object(&view.article));
                self.host
                    .announce_article(&view.article.id, &view.article.metadata.title);
                let mut state = self.state.borrow_mut();
                state.matches = None;
                state.article = Some(view);
                state.opened = Some(*opened);
            }
            Ok(Content::MissingArticle) => {
                let mut state = self.state.borrow_mut();
                (state.article, state.opened, state.matches) = (None, None, None);
                drop(state);
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
        self.host.fail(&failure.report);
    }

    async fn content(&self, entry: &Entry, arrival: Arrival) -> Result<Content, Failure> {
        let route = &entry.route;
        if let Some(id) = &route.article {
            let opened = self.open(id, route, arrival).await?;
            return Ok(opened.map_or(Content::MissingArticle, |opened| {
                Content::Article(Box::new(opened))
            }));
        }
        if let Some(list) = self.kept_list(entry) {
            return Ok(Content::List(list));
        }
        let first = if route.is_home() { NEWEST } else { PAGE };
        let limit = entry.visit.shown.min(MAX_RESTORED).max(first);
        let results = self.results(route, entry.visit.is_typing, 0, limit).await?;
        if let Some(failure) = first_unread(&results.hits) {
            // A list of which nothing can be read is no list.
            if results.hits.iter().all(|hit| hit.unread.is_some()) {
                return Err(failure);
            }
            self.host.announce_failure(&failure.report);
        }
        let mut list = ResultList::new(route.clone(), &results, &self.context);
        self.add(&mut list, &results.hits).await;
        if route.is_home() {
            list.put_first(&home_front(self.archive.info(), &self.context));
        }
        Ok(Content::List(list))
    }

    /// Makes as much of an article as is seen first; `None` when there is no such article.
    async fn open(
        &self,
        id: &str,
        route: &Route,
        arrival: Arrival,
    ) -> Result<Option<Opened>, Failure> {
        let Some(mut view) = self.archive.article(id, "").await? else { return Ok(None) };
        let mut matcher = None;
        if !route.query.is_empty() {
            // Without it nothing is marked.
            matcher = self.archive.matcher(&normalized(&route.query)).await.ok();
        }
        if let Some(matcher) = &matcher {
            view.title = matcher.mark(&view.article.metadata.title);
        }
        let page = article_page(&view, &route.list(), &self.context);
        let mut opened = Opened::new(Rc::new(view), page, matcher, &self.context);
        let is_from_the_top = arrival == Arrival::Link && route.block.is_none();
        let len = if is_from_the_top { TEXT_AT_FIRST } else { usize::MAX };
        opened.extend(len, &self.turns, &self.context).await;
        Ok(Some(opened))
    }

    /// Lengthens a list, a few results a turn.
    async fn add(&self, list: &mut ResultList, hits: &[HitView]) {
        for hits in hits.chunks(HITS_PER_TURN) {
            self.turns.pause().await;
            list.add(hits, &self.context);
        }
    }

    /// Returns a part of a list and the length of all of it; articles that can't be read as
    /// [`HitView::unread`].
    pub(super) async fn results(
        &self,
        list: &Route,
        is_typing: bool,
        offset: u32,
        limit: u32,
    ) -> Result<SearchResults, ReadError> {
        if list.is_home() {
            let hits = self.archive.latest(offset, limit).await;
            return Ok(SearchResults {
                total: self.archive.info().article_count,
                hits,
                corrections: Vec::new(),
                is_relaxed: false,
                facets: None,
            });
        }
        self.answer(SearchRequest { offset, limit, ..request(list, is_typing) }).await
    }

    async fn answer(
        &self,
        mut request: SearchRequest,
    ) -> Result<SearchResults, ReadError> {
        loop {
            let results = self.archive.search(&request).await?;
            if results.total > 0 || request.typing == Typing::Unfinished {
                return Ok(results);
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

    pub(super) async fn lengthen(self: &Rc<Self>) {
        let Some(mut list) = self.state.borrow().list.clone() else { return };
        if self.frame.is_busy() {
            return;
        }
        let newest = self.newest_request.get();
        let is_wanted = || self.newest_request.get() == newest;
        let (shown, is_typing) = (list.shown(), self.state.borrow().is_typing);
        self.begin_reading();
        let route = list.route().clone();
        let more = self.results(&route, is_typing, shown, PAGE);
        let Some(more) = while_wanted(is_wanted, more).await else { return };
        self.frame.set_busy(false);
        match more {
            Ok(results) => {
                if let Some(failure) = first_unread(&results.hits) {
                    self.host.announce_failure(&failure.report);
                }
                list.add(&results.hits, &self.context);
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
    pub(super) fn settle(&self, entry: &Entry, arrival: Arrival) {
        let is_article = entry.route.article.is_some();
        match arrival {
            Arrival::Typing => return,
            Arrival::Order => {
                if let Some(order) = self.frame.root.find(".order") {
                    focus(order.raw());
                }
                return;
            }
            Arrival::Link => self.scroll_to_top(),
            Arrival::Start if !self.is_whole_page() => return,
            Arrival::Start | Arrival::Return => {
                window().scroll_to_with_x_and_y(0.0, entry.visit.scroll);
            }
        }
        let block = entry.route.block.filter(|_| entry.visit.scroll == 0.0);
        if let Some(block) = block {
            return self.go_to_block(block);
        }
        if is_article || arrival == Arrival::Link {
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
        } else if arrival == Arrival::Start
            && entry.route.is_home()
            && entry.visit.scroll == 0.0
            && is_top()
        {
            // Who opens an archive looks for something.
            self.frame.search.focus();
        }
    }

    /// Goes to a heading of the article that is read.
    fn go_to_block(&self, block: u32) {
        let place = ["[data-block='", &block.to_string(), "']"].concat();
        if let Some(heading) = self.frame.root.find(&place) {
            heading.set("tabindex", "-1");
            focus(heading.raw());
            heading.raw().scroll_into_view();
        }
    }

    fn focus_heading(&self) {
        if let Some(heading) = self.frame.root.find("h1[tabindex]") {
            focus(heading.raw());
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
    pub(super) fn keep_visit(&self) {
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
            let mut title = if place.is_empty() {
                archive.clone()
            } else {
                [place, " — ", archive].concat()
            };
            // What nobody has cleaned may turn around what stands after it.
            title.retain(
                |c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
            );
            document().set_title(&title);
        }
    }
}

/// Returns why the first article of a list that can't be read can't.
fn first_unread(hits: &[HitView]) -> Option<Failure> {
    hits.iter().find_map(|hit| hit.unread.clone()).map(Failure::from)
}

/// Returns the search that gives the beginning of a list.
fn request(list: &Route, is_typing: bool) -> SearchRequest {
    SearchRequest {
        filter: list.filters.conditions(),
        sort: list.sort,
        typing: if is_typing { Typing::Unfinished } else { Typing::Finished },
        ..SearchRequest::new(normalized(&list.query))
    }
}

/// Returns whether the page is in no frame: there the focus is somebody else's.
fn is_top() -> bool {
    let page = window();
    page.parent().is_ok_and(|parent| parent.as_ref() == Some(&page))
}
