//! The façade.

use std::convert::Infallible;

use vitrine_article::Article;
use vitrine_bundle::{
    Bundle, ChunkFile, ChunkSource, Digest, Listing, OpenError, ReadError, docstore,
    try_join_all,
};
use vitrine_index::{
    FacetCount, Hit, IndexStats, MarkedRecord, Matcher, STATS_TAG, Sort, TopDocs, Typing,
};

use crate::{
    ArchiveInfo, ArticleView, HitView, SearchRequest, SearchResults, Span, Suggestion,
    results::{SNIPPET_CHARS, unmarked},
};

/// Most suggestions of a kind.
const SUGGESTIONS: usize = 3;
/// Most authors that are looked through in a restricted archive, which knows no more of its own.
const MAX_AUTHORS: usize = 50;

/// An opened archive.
#[derive(Debug)]
pub struct Archive<S> {
    bundle: Bundle<S>,
    info: ArchiveInfo,
    stats: IndexStats,
    /// To what it is restricted; empty for everything.
    filter: String,
    /// The articles that are left, newest first, where it is restricted.
    left: Vec<Hit>,
    /// The most frequent authors of these.
    authors: Vec<FacetCount>,
}

impl<S: ChunkSource> Archive<S> {
    /// Opens the archive whose root has the digest `root` (32 hexadecimal digits, as
    /// `index.html` has it), or the one that `data/root.js` names.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the root is missing, damaged, or of another format version.
    pub async fn open(source: S, root: Option<&str>) -> Result<Self, OpenError> {
        let digest = root.map(str::parse::<Digest>).transpose()?;
        let bundle = Bundle::open(source, digest).await?;
        let path = bundle.root_file().path();
        let damaged = |what, cause| {
            OpenError::Root(ReadError::damaged(path.clone(), what, Some(cause)))
        };
        let info = ArchiveInfo::new(bundle.root()).map_err(|cause| {
            damaged("what it says of the archive can't be decoded", cause)
        })?;
        let bytes = bundle.root().extension(STATS_TAG).unwrap_or_default();
        let stats = IndexStats::decode(bytes).map_err(|cause| {
            damaged("the statistics of its index can't be decoded", cause)
        })?;
        Ok(Self {
            bundle,
            info,
            stats,
            filter: String::new(),
            left: Vec::new(),
            authors: Vec::new(),
        })
    }

    /// Leaves only the articles that fulfil `filter`, conditions as in
    /// [`SearchRequest::filter`]: of the others nothing is found, listed, counted or shown any
    /// more. An empty one changes nothing.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk that tells which they are can't be loaded or is damaged.
    pub async fn restrict(&mut self, filter: &str) -> Result<(), ReadError> {
        if filter.trim().is_empty() {
            return Ok(());
        }
        let request = vitrine_index::Request {
            query: "",
            filter,
            typing: Typing::Finished,
            sort: Sort::Newest,
            limit: usize::MAX,
            wants_facets: true,
        };
        let found = vitrine_index::search(&self.bundle, &self.stats, &request).await?;
        if let Some(facets) = found.facets {
            self.info.restrict(found.total, &facets);
            self.authors = facets.authors;
        }
        self.left = found.hits;
        self.filter = ["(", filter, ") "].concat();
        Ok(())
    }

    /// Returns where an article is in the list of all, newest first; `None` where it is not.
    fn position(&self, doc: u32) -> Option<u32> {
        if self.filter.is_empty() {
            return Some(doc);
        }
        self.left.iter().position(|hit| hit.doc == doc).map(|at| at as u32)
    }

    /// Returns the number of the article at a position of that list.
    fn doc_at(&self, position: u32) -> Option<u32> {
        if self.filter.is_empty() {
            return Some(position);
        }
        Some(self.left.get(position as usize)?.doc)
    }

    fn has(&self, doc: u32) -> bool {
        self.position(doc).is_some()
    }

    /// Returns facts about the archive.
    pub fn info(&self) -> &ArchiveInfo {
        &self.info
    }

    /// Returns the digest of the root, which vouches for every byte of the bundle.
    pub fn root(&self) -> Option<Digest> {
        self.bundle.root_file().digest()
    }

    /// Searches. Of an article whose record can't be read the answer has the place and the error
    /// ([`HitView::unread`]).
    ///
    /// # Errors
    ///
    /// [`ReadError`] when another chunk that the answer needs can't be loaded or is damaged.
    pub async fn search(
        &self,
        request: &SearchRequest,
    ) -> Result<SearchResults, ReadError> {
        let offset = request.offset as usize;
        let most = offset.saturating_add(request.limit as usize);
        let filter = [self.filter.as_str(), &request.filter].concat();
        let search = vitrine_index::Request {
            query: &request.query,
            filter: &filter,
            typing: request.typing,
            sort: request.sort,
            limit: most,
            wants_facets: request.wants_facets,
        };
        let found = vitrine_index::search(&self.bundle, &self.stats, &search).await?;
        let hits = found.hits.iter().skip(offset).enumerate().map(async |(rank, hit)| {
            // A text is the largest thing that a search may load: more than one would cost
            // more than all other chunks together.
            let may_load = rank == 0;
            let view = self.hit_view(hit, &found, may_load).await?;
            Ok::<_, ReadError>(view.map(|view| HitView { score: hit.score, ..view }))
        });
        let hits = try_join_all(hits).await?.into_iter().flatten().collect();
        let TopDocs { total, corrections, is_relaxed, facets, .. } = found;
        Ok(SearchResults { total, hits, corrections, is_relaxed, facets })
    }

    async fn hit_view(
        &self,
        &Hit { doc, .. }: &Hit,
        TopDocs { matcher, records, .. }: &TopDocs,
        may_load_text: bool,
    ) -> Result<Option<HitView>, ReadError> {
        let mut view = if let Some((_, marked)) = records.iter().find(|(d, _)| *d == doc)
        {
            HitView::new(marked)
        } else {
            match docstore::document(&self.bundle, doc).await {
                Ok(Some(record)) => HitView::new(&MarkedRecord::new(record, matcher)),
                Ok(None) => return Ok(None),
                Err(error) => return Ok(Some(HitView::unreadable(error))),
            }
        };
        self.bundle.pause().await;
        let has_match = |spans: &[Span]| spans.iter().any(|span| span.is_match);
        if may_load_text
            && !has_match(&view.snippet)
            && !has_match(&view.title)
            // A damaged text costs its own snippet, not the whole list; whoever opens the
            // article is told which file is at fault.
            && let Ok(Some(article)) = docstore::article(&self.bundle, doc).await
        {
            let snippet = matcher.snippet(&article.whole_text(), SNIPPET_CHARS);
            if has_match(&snippet) {
                view.snippet = snippet;
            }
        }
        Ok(Some(view))
    }

    /// Lists articles, newest first and undated last; one whose record can't be read as
    /// [`HitView::unread`].
    pub async fn latest(&self, offset: u32, limit: u32) -> Vec<HitView> {
        let end = offset.saturating_add(limit).min(self.info.article_count);
        let docs = (offset..end).filter_map(|position| self.doc_at(position));
        let views = docs.map(async |doc| {
            let record = docstore::document(&self.bundle, doc).await;
            let view = record.map(|record| record.map(HitView::unmarked));
            Ok::<_, Infallible>(
                view.unwrap_or_else(|error| Some(HitView::unreadable(error))),
            )
        });
        let Ok(views) = try_join_all(views).await;
        views.into_iter().flatten().collect()
    }

    /// Returns the article with this id, its title marked for `query`; `None` when the
    /// archive has no such article.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn article(
        &self,
        id: &str,
        query: &str,
    ) -> Result<Option<ArticleView>, ReadError> {
        let Some(doc) =
            docstore::doc_by_id(&self.bundle, id).await?.filter(|&doc| self.has(doc))
        else {
            return Ok(None);
        };
        let Some(article) = docstore::article(&self.bundle, doc).await? else {
            return Ok(None);
        };
        let text = article.metadata.title.clone();
        let title = if query.trim().is_empty() {
            unmarked(text)
        } else {
            vitrine_index::matcher(&self.bundle, &self.stats, query).await?.mark(&text)
        };
        Ok(Some(ArticleView { article, title }))
    }

    /// Returns the bytes of the page that the article with this id was cleaned from;
    /// `None` when the archive does not have them.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn original(&self, id: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match docstore::doc_by_id(&self.bundle, id).await?.filter(|&doc| self.has(doc)) {
            Some(doc) => self.original_at(doc).await,
            None => Ok(None),
        }
    }

    /// Returns what [`Archive::original`] does, by the number of the article.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn original_at(&self, doc: u32) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.info.has_originals {
            return Ok(None);
        }
        docstore::original(&self.bundle, doc).await
    }

    /// Lists articles related to the one with this id, the most similar first, at most
    /// five; none when the archive has no such article.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn related(&self, id: &str) -> Result<Vec<HitView>, ReadError> {
        let Some(doc) =
            docstore::doc_by_id(&self.bundle, id).await?.filter(|&doc| self.has(doc))
        else {
            return Ok(Vec::new());
        };
        let docs = vitrine_index::related(&self.bundle, doc).await?;
        let docs = docs.iter().filter(|&&doc| self.has(doc));
        let records = docs.map(|&doc| docstore::document(&self.bundle, doc));
        let records = try_join_all(records).await?;
        Ok(records.into_iter().flatten().map(HitView::unmarked).collect())
    }

    /// Returns the articles that appeared just before and just after the one with this id, as
    /// far as there are any; undated ones come before all others.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn beside(
        &self,
        id: &str,
    ) -> Result<(Option<HitView>, Option<HitView>), ReadError> {
        let Some(doc) =
            docstore::doc_by_id(&self.bundle, id).await?.filter(|&doc| self.has(doc))
        else {
            return Ok((None, None));
        };
        let record = async |doc: Option<u32>| match doc {
            Some(doc) => docstore::document(&self.bundle, doc).await,
            None => Ok(None),
        };
        let position = self.position(doc).unwrap_or(doc);
        let at = |position: Option<u32>| position.and_then(|at| self.doc_at(at));
        let before = record(at(position.checked_add(1))).await?.map(HitView::unmarked);
        let after = record(at(position.checked_sub(1))).await?.map(HitView::unmarked);
        Ok((before, after))
    }

    /// Returns what somebody who has typed `query` so far may mean, a few of each kind.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn suggest(&self, query: &str) -> Result<Vec<Suggestion>, ReadError> {
        // Where the archive is restricted, more authors, of whom those are left that wrote
        // something of it.
        let is_whole = self.filter.is_empty();
        let limit = if is_whole { SUGGESTIONS } else { MAX_AUTHORS };
        let mut found =
            vitrine_index::suggest(&self.bundle, &self.stats, query, limit).await?;
        if !is_whole {
            found.queries.truncate(SUGGESTIONS);
            let mut known = Vec::new();
            for completed in found.queries {
                if self.has_word(completed.split_whitespace().next_back()).await? {
                    known.push(completed);
                }
            }
            found.queries = known;
            found.authors.retain(|name| self.authors.iter().any(|it| it.value == *name));
            found.authors.truncate(SUGGESTIONS);
        }
        let authors = found.authors;
        let request = SearchRequest {
            limit: SUGGESTIONS as u32,
            typing: Typing::Unfinished,
            ..SearchRequest::new(query)
        };
        let mut hits = Vec::new();
        if !query.trim().is_empty() {
            hits = self.search(&request).await?.hits;
        }
        let queries = found.queries.into_iter().map(|query| Suggestion::Query { query });
        let authors = authors.into_iter().map(|author| Suggestion::Author { author });
        let titles = hits
            .into_iter()
            .filter(|hit| hit.title.iter().any(|span| span.is_match))
            .map(|hit| Suggestion::Title { id: hit.id, title: hit.title });
        Ok(queries.chain(authors).chain(titles).collect())
    }

    /// Returns whether an article that is left has this word as it is.
    async fn has_word(&self, word: Option<&str>) -> Result<bool, ReadError> {
        let quoted = ["\"", word.unwrap_or_default(), "\""].concat();
        let request = SearchRequest { limit: 0, ..SearchRequest::new(&quoted) };
        let found = self.search(&request).await?;
        Ok(found.total > 0 && !found.is_relaxed && found.corrections.is_empty())
    }

    /// Returns what marks the words of `query` in any text of an article, to find them
    /// there; phrases and conditions mark nothing more than their words.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk of the lexicon can't be loaded or is damaged.
    pub async fn matcher(&self, query: &str) -> Result<Matcher, ReadError> {
        vitrine_index::matcher(&self.bundle, &self.stats, query).await
    }

    /// Returns the article with the number `doc`, 0 to [`ArchiveInfo::article_count`]
    /// exclusive, newest first; `None` when the archive has no such article.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a chunk can't be loaded or is damaged.
    pub async fn article_at(&self, doc: u32) -> Result<Option<Article>, ReadError> {
        docstore::article(&self.bundle, doc).await
    }

    /// Lists every file of the archive's bundle.
    pub async fn list(&self) -> Listing {
        self.bundle.list().await
    }

    /// Checks one file of [`Archive::list`] against its digest.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when it can't be loaded or is damaged.
    pub async fn check(&self, file: &ChunkFile) -> Result<(), ReadError> {
        self.bundle.check(file).await
    }
}
