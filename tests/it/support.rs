//! Archives in memory.

use std::{cell::RefCell, collections::BTreeMap, convert::Infallible};

use vitrine_article::{
    About, Alternate, AlternateKind, Article, Asset, AssetFile, AssetType, Block,
    BlockLanguage, Image, Inline, Metadata, Provenance, Relation, RelationKind, TableRow,
};
use vitrine_bundle::{ChunkFile, ChunkSource, SourceError, envelope};
use vitrine_pack::{Output, PackOptions, ViewerAssets, pack};
use vitrine_reader::{Archive, SearchRequest, SearchResults, Typing};

/// The files of an archive by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Folder {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Output for Folder {
    type Error = Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        self.files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

impl ChunkSource for &Folder {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let Some(bytes) = self.files.get(&path) else {
            return Err(SourceError::Missing { path });
        };
        envelope::unwrap(bytes)
            .map_err(|error| SourceError::Failed { path, reason: error.to_string() })
    }
}

/// A source that counts what is loaded.
#[derive(Debug)]
pub(crate) struct Counting<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) loaded: RefCell<Vec<String>>,
}

impl ChunkSource for &Counting<'_> {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        self.loaded.borrow_mut().push(file.path());
        (&self.folder).load(file).await
    }
}

/// Packs articles with a viewer of one byte each.
pub(crate) fn packed(articles: Vec<Article>) -> Folder {
    let options = PackOptions {
        title: "Papers & <Notes>".to_owned(),
        about: about(),
        generator: "vitrine test".to_owned(),
        plain_page: None,
    };
    let assets = ViewerAssets {
        index_html: "<title>{{title}}</title><a lang='{{lang}}' root='{{root}}'>",
        vitrine_css: b"c",
        vitrine_js: b"j",
        vitrine_core_js: b"w",
        vitrine_panels_js: b"p",
        vitrine_api_js: b"a",
        vitrine_embed_js: b"e",
        vitrine_offline_js: b"p",
        sw_js: "",
        icons: &[],
        words: &[("vitrine-zh.js", b"z")],
    };
    let mut folder = Folder::default();
    pack(articles, &options, &assets, &mut folder).unwrap();
    folder
}

/// What its owner says about the archive of [`packed`].
pub(crate) fn about() -> About {
    About {
        description: "Notes on ports.\n\n海港笔记。".to_owned(),
        institution: "Harbour <Institute>".to_owned(),
        institution_url: "https://harbour.example/".to_owned(),
        logo: Some(AssetFile {
            digest: "0f".repeat(16),
            kind: AssetType::from_extension("svg").unwrap(),
            len_bytes: 301,
            width: 120,
            height: 40,
        }),
        languages: vec!["en".to_owned(), "zh-Hans".to_owned()],
        url: "https://harbour.example/papers/".to_owned(),
        license: "CC BY 4.0".to_owned(),
        license_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        accent: "#1a5f7a".to_owned(),
    }
}

/// Opens a folder by its root pointer.
pub(crate) fn open(folder: &Folder) -> Archive<&Folder> {
    pollster::block_on(Archive::open(folder, None)).unwrap()
}

/// Searches for complete words.
pub(crate) fn search(folder: &Folder, query: &str) -> SearchResults {
    search_as(folder, query, Typing::Finished)
}

/// Searches.
pub(crate) fn search_as(folder: &Folder, query: &str, typing: Typing) -> SearchResults {
    let request = SearchRequest { limit: 50, typing, ..SearchRequest::new(query) };
    pollster::block_on(open(folder).search(&request)).unwrap()
}

/// Returns the ids of the hits.
pub(crate) fn ids(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Returns an article of plain paragraphs.
pub(crate) fn article(id: &str, lang: &str, title: &str, body: &str) -> Article {
    Article {
        id: id.to_owned(),
        metadata: Metadata {
            title: title.to_owned(),
            lang: lang.to_owned(),
            ..Metadata::default()
        },
        blocks: body.split("\n\n").map(Block::paragraph).collect(),
        provenance: Provenance {
            path: format!("pages/{id}.txt"),
            sha256: "ab".repeat(32),
            encoding: "UTF-8".to_owned(),
            ..Provenance::default()
        },
        ..Article::default()
    }
}

/// Returns a few articles in two languages, one of which has every kind of block.
#[expect(clippy::too_many_lines, reason = "a list of what there can be")]
pub(crate) fn articles() -> Vec<Article> {
    let mut rich = article(
        "rich/α β",
        "en",
        "Governing the High Seas",
        "Nodules of manganese lie on the abyssal plain.",
    );
    rich.metadata.date = "2013-06-25".parse().ok();
    rich.metadata.authors = vec!["Zoë Škoda".to_owned(), "Chen Wei".to_owned()];
    rich.metadata.source = Some("The Quay Review".to_owned());
    rich.metadata.section = Some("Oceans".to_owned());
    rich.metadata.r#type = Some("Report".to_owned());
    rich.metadata.r#abstract =
        Some("Who may mine the Area, and for whose benefit.".to_owned());
    rich.metadata.url = Some("https://www.example.org/a?b=1".to_owned());
    rich.provenance.url = Some("http://example.org/a".to_owned());
    rich.provenance.captured = Some("2023-01-10T08:00:00Z".to_owned());
    let text = |text: &str| vec![Inline::text(text)];
    rich.duplicates = vec![Alternate {
        relation: AlternateKind::Version,
        provenance: Provenance {
            path: "older.html".to_owned(),
            ..rich.provenance.clone()
        },
        only_there: vec!["The mining code is not written yet.".to_owned()],
    }];
    rich.relations = vec![Relation {
        kind: RelationKind::Translation,
        id: "zh-1".to_owned(),
        title: "海洋治理的新框架".to_owned(),
        lang: "zh-Hans".to_owned(),
    }];
    rich.assets = vec![Asset {
        address: "img/zone.png".to_owned(),
        file: Some(AssetFile {
            digest: "0123456789abcdef0123456789abcdef".to_owned(),
            kind: AssetType::from_extension("png").unwrap(),
            len_bytes: 70_000,
            width: 640,
            height: 480,
        }),
    }];
    rich.languages = vec![BlockLanguage { block: 3, lang: "fr".to_owned() }];
    rich.blocks.extend([
        Block::Heading { level: 2, inlines: text("Law of the sea") },
        Block::Paragraph {
            inlines: vec![
                Inline::text("See "),
                Inline::Link {
                    url: "https://www.example.org/".to_owned(),
                    inlines: vec![Inline::Emphasis { inlines: text("the treaty") }],
                },
                Inline::LineBreak,
                Inline::Strong { inlines: text("Part XI") },
                Inline::Code { text: "A/CONF.62".to_owned() },
                Inline::NoteReference { number: 1, text: "[1]".to_owned() },
            ],
        },
        Block::Paragraph {
            inlines: vec![
                Inline::NoteMark { number: 1, text: "[1]".to_owned() },
                Inline::text(" Adopté à Montego Bay."),
            ],
        },
        Block::List {
            ordered: true,
            items: vec![vec![Block::paragraph("one")], vec![Block::paragraph("two")]],
        },
        Block::Quote { blocks: vec![Block::paragraph("the common heritage")] },
        Block::Code { text: "a\n  b".to_owned() },
        Block::Table {
            caption: text("Catch"),
            rows: vec![TableRow {
                header: true,
                cells: vec![text("Year"), text("Tons")],
            }],
        },
        Block::Figure {
            alt: "a map".to_owned(),
            caption: text("The zone"),
            image: Some(Image {
                addresses: vec!["img/zone.png".to_owned()],
                stands_alone: false,
            }),
        },
        Block::Figure { alt: String::new(), caption: text("A lost map"), image: None },
        Block::Break,
    ]);
    let mut chinese = article(
        "zh-1",
        "zh-Hans",
        "海洋治理的新框架",
        "国际社会应当加强海洋治理合作。\n\n深海采矿引起了广泛讨论。",
    );
    chinese.metadata.date = "2021".parse().ok();
    let traditional =
        article("zh-2", "zh-Hant", "網路安全與國際合作", "網路空間需要共同的規則。");
    let plain = article(
        "plain",
        "en",
        "Café culture in Łódź",
        "The city’s governors met in a café. Seas were not discussed.",
    );
    vec![rich, chinese, traditional, plain]
}
