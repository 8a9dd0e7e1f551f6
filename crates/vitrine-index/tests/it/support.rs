//! An archive in memory.

use std::collections::BTreeMap;

use vitrine_article::{Article, Block, Inline, Metadata};
use vitrine_bundle::{
    Bundle, BundleWriter, ChunkFile, ChunkSource, LanguageCount, ReadError, Root,
    Section, SourceError, docstore::DocStoreWriter, envelope,
};
use vitrine_index::{
    IndexDocument, IndexStats, IndexWriter, Matcher, Request, Sort, TopDocs, Typing,
};

/// A document to be indexed: language, title, body.
pub(crate) type Doc<'a> = (&'a str, &'a str, &'a str);

pub(crate) fn doc<'a>(lang: &'a str, title: &'a str, body: &'a str) -> Doc<'a> {
    (lang, title, body)
}

/// Returns a search for nine documents.
fn request(query: &str, typing: Typing) -> Request<'_> {
    Request {
        query,
        filter: "",
        typing,
        sort: Sort::Relevance,
        limit: 9,
        wants_facets: false,
    }
}

/// The files of a bundle.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl ChunkSource for Files {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let bytes = self.0.get(&path).cloned();
        bytes.ok_or(SourceError::Missing { path })
    }
}

/// The sections of an index.
pub(crate) const SECTIONS: [Section; 5] = [
    Section::Folding,
    Section::Lexicon,
    Section::Postings,
    Section::Columns,
    Section::Values,
];

/// The chunks of an index by section: first keys and payloads.
type Chunks = BTreeMap<Section, Vec<(Vec<u8>, Vec<u8>)>>;

/// An indexed corpus.
#[derive(Debug)]
pub(crate) struct Corpus {
    bundle: Bundle<Files>,
    stats: IndexStats,
    files: Files,
}

impl Corpus {
    pub(crate) fn new(documents: &[Doc<'_>]) -> Self {
        let mut writer = IndexWriter::new();
        let mut bundle = BundleWriter::new();
        let mut articles = DocStoreWriter::new(documents.len());
        for (number, &(lang, title, body)) in documents.iter().enumerate() {
            writer.add(&IndexDocument {
                lang,
                date: None,
                title,
                authors: &[],
                source: "",
                section: "",
                r#type: "",
                body,
            });
            let inlines = vec![Inline::Text { text: body.to_owned() }];
            let article = Article {
                id: number.to_string(),
                metadata: Metadata {
                    title: title.to_owned(),
                    lang: lang.to_owned(),
                    ..Metadata::default()
                },
                blocks: vec![Block::Paragraph { inlines }],
                ..Article::default()
            };
            articles.add(&mut bundle, &article).unwrap();
        }
        articles.finish(&mut bundle).unwrap();
        let stats = writer.finish(&mut bundle).unwrap().encode();
        let mut counts = BTreeMap::<&str, u32>::new();
        for (lang, _, _) in documents {
            *counts.entry(lang).or_default() += 1;
        }
        let count = |(lang, article_count): (&str, u32)| LanguageCount {
            lang: lang.to_owned(),
            article_count,
        };
        let mut languages: Vec<_> = counts.into_iter().map(count).collect();
        languages.sort_by_key(|count| std::cmp::Reverse(count.article_count));
        let mut root = Root::default();
        root.article_count = documents.len() as u32;
        root.languages = languages;
        Self::open(bundle, IndexStats::decode(&stats).unwrap(), root)
    }

    fn open(bundle: BundleWriter, stats: IndexStats, root: Root) -> Self {
        let (_, files) = bundle.finish(root).unwrap();
        let files = files
            .into_iter()
            .map(|file| (file.path, envelope::unwrap(&file.bytes).unwrap()))
            .collect();
        let files = Files(files);
        let bundle = pollster::block_on(Bundle::open(files.clone(), None)).unwrap();
        Self { bundle, stats, files }
    }

    pub(crate) fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files.0
    }

    pub(crate) fn chunks(&self) -> Chunks {
        pollster::block_on(async {
            let mut chunks = Chunks::new();
            for section in SECTIONS {
                let mut next = self.bundle.first(section).await.unwrap();
                while let Some(chunk) = next {
                    let entry = (chunk.first_key().to_vec(), chunk.bytes().to_vec());
                    chunks.entry(section).or_default().push(entry);
                    next = self.bundle.next(&chunk).await.unwrap();
                }
            }
            chunks
        })
    }

    /// Returns the corpus with other chunks, under digests that hold.
    pub(crate) fn with_chunks(&self, chunks: &Chunks) -> Self {
        let mut bundle = BundleWriter::new();
        for (section, chunks) in chunks {
            for (key, raw) in chunks {
                bundle.add_chunk(*section, key, raw).unwrap();
            }
        }
        Self::open(bundle, self.stats.clone(), Root::default())
    }

    pub(crate) fn try_search(&self, query: &str) -> Result<TopDocs, ReadError> {
        let request =
            Request { wants_facets: true, ..request(query, Typing::Unfinished) };
        pollster::block_on(vitrine_index::search(&self.bundle, &self.stats, &request))
    }

    pub(crate) fn search(&self, query: &str, typing: Typing) -> (u32, Vec<u32>) {
        self.search_limited(query, typing, 100)
    }

    pub(crate) fn search_limited(
        &self,
        query: &str,
        typing: Typing,
        limit: usize,
    ) -> (u32, Vec<u32>) {
        let request = Request { limit, ..request(query, typing) };
        let search = vitrine_index::search(&self.bundle, &self.stats, &request);
        let top = pollster::block_on(search).unwrap();
        (top.total, top.hits.iter().map(|hit| hit.doc).collect())
    }

    /// Checks which documents a finished query finds, in any order.
    #[track_caller]
    pub(crate) fn check(&self, query: &str, expected: &[u32]) {
        let (total, mut hits) = self.search(query, Typing::Finished);
        hits.sort_unstable();
        assert_eq!(hits, expected, "{query:?}");
        assert_eq!(total as usize, expected.len(), "{query:?}");
    }

    pub(crate) fn matcher(&self, query: &str) -> Matcher {
        let matcher = vitrine_index::matcher(&self.bundle, &self.stats, query);
        pollster::block_on(matcher).unwrap()
    }
}
