//! An archive of somebody who means harm: its digests hold, and nothing in it was cleaned.

use std::{convert::Infallible, fmt::Debug, fs, path::Path};

use vitrine_article::{
    About, Alternate, AlternateKind, Article, Articles, Asset, AssetFile, AssetType,
    Block, BlockLanguage, Image, Inline, Metadata, Provenance, Relation, RelationKind,
    Removal, TableRow,
};
use vitrine_pack::{Output, PackOptions, ViewerAssets, pack};
use vitrine_spool::Spool;

use crate::archive::Copy;

/// Places of an article that hold a text.
pub(crate) const PLACES: usize = 33;

/// Writes an archive whose owner says what `text` gives by number about it.
pub(crate) fn forge(articles: Vec<Article>, text: impl Fn(usize) -> String) -> Copy {
    let options = PackOptions {
        title: text(0),
        about: About {
            description: text(1),
            institution: text(2),
            institution_url: text(3),
            languages: vec![text(4), "en".to_owned()],
            url: text(5),
            license: text(6),
            license_url: text(7),
            accent: text(8),
            logo: Some(file("svg", 9)),
        },
        generator: text(9),
        plain_page: Some(text(10)),
    };
    written(articles, &options)
}

/// Writes an archive of these articles, which nobody cleaned.
pub(crate) fn written<A>(articles: A, options: &PackOptions) -> Copy
where
    A: Articles<Error: Debug>,
{
    let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    let read = |name: &str| {
        let path = www.join(name);
        fs::read(&path).unwrap_or_else(|error| {
            panic!("cannot read {} ({error}); run `cargo xtask wasm`", path.display())
        })
    };
    let text_of = |name: &str| String::from_utf8(read(name)).expect("a text is UTF-8");
    let icons =
        ["icon.svg", "icon-192.png", "icon-512.png"].map(|name| (name, read(name)));
    let assets = ViewerAssets {
        index_html: &text_of("index.html"),
        vitrine_css: &read("vitrine.css"),
        vitrine_js: &read("pkg/vitrine.js"),
        vitrine_core_js: &read("pkg/vitrine-core.js"),
        vitrine_panels_js: &read("pkg/vitrine-panels.js"),
        vitrine_api_js: &read("pkg/vitrine-api.js"),
        vitrine_embed_js: &read("pkg/vitrine-embed.js"),
        vitrine_offline_js: &read("pkg/vitrine-offline.js"),
        sw_js: &text_of("pkg/sw.js"),
        icons: &icons.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())),
        words: &[("vitrine-fr.js", &read("pkg/vitrine-fr.js"))],
    };
    Copy::filled(|folder| {
        pack(articles, options, &assets, &mut Written(folder)).expect("it can be packed");
    })
}

/// Returns an article with a text in each of its [`PLACES`], and those that its reader sees.
pub(crate) fn article(text: impl Fn(usize) -> String) -> (Article, Vec<String>) {
    let inline = |place| vec![Inline::text(text(place))];
    let article = Article {
        id: text(0),
        metadata: Metadata {
            title: text(1),
            date: "2014-05-06".parse().ok(),
            authors: vec![text(2), text(3)],
            source: Some(text(4)),
            section: Some(text(5)),
            r#type: Some(text(6)),
            r#abstract: Some(text(32)),
            lang: text(7),
            url: Some(text(8)),
        },
        blocks: vec![
            Block::Paragraph { inlines: inline(9) },
            Block::Heading { level: 2, inlines: inline(10) },
            Block::Paragraph {
                inlines: vec![
                    Inline::Strong { inlines: inline(11) },
                    Inline::Emphasis { inlines: inline(12) },
                    Inline::Code { text: text(13) },
                    Inline::Link { url: text(14), inlines: inline(15) },
                    Inline::Link { url: address(&text(14)), inlines: inline(15) },
                    Inline::NoteReference { number: 1, text: text(16) },
                ],
            },
            Block::List { ordered: false, items: vec![vec![Block::paragraph(text(17))]] },
            Block::Quote { blocks: vec![Block::paragraph(text(18))] },
            Block::Code { text: text(19) },
            Block::Table {
                caption: inline(20),
                rows: vec![TableRow { header: true, cells: vec![inline(21)] }],
            },
            Block::Figure {
                alt: text(22),
                caption: inline(23),
                image: Some(Image { addresses: vec![text(24)], stands_alone: false }),
            },
            Block::Paragraph {
                inlines: vec![Inline::NoteMark { number: 1, text: text(16) }],
            },
        ],
        languages: vec![BlockLanguage { block: 4, lang: text(25) }],
        provenance: Provenance {
            path: text(26),
            sha256: "ab".repeat(32),
            encoding: text(27),
            url: Some(text(8)),
            captured: Some(text(28)),
        },
        removed: vec![Removal { text: text(29), reason: text(30) }],
        duplicates: vec![Alternate {
            relation: AlternateKind::Version,
            provenance: Provenance { path: text(26), ..Provenance::default() },
            only_there: vec![text(29)],
        }],
        relations: vec![Relation {
            kind: RelationKind::Translation,
            id: text(31),
            title: text(31),
            lang: text(25),
        }],
        assets: vec![
            Asset { address: text(24), file: Some(file("png", 1)) },
            Asset { address: text(22), file: Some(file("pdf", 2)) },
        ],
    };
    let seen = [1, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 23, 32].map(&text);
    (article, seen.into())
}

/// What stands first between quotes or brackets in a markup, if there is anything.
fn address(markup: &str) -> String {
    let quoted = markup.split(['"', '\'', '(', ')']).nth(1);
    quoted.unwrap_or(markup).to_owned()
}

/// A file that is not there.
fn file(extension: &str, number: u8) -> AssetFile {
    AssetFile {
        digest: format!("{number:02x}").repeat(16),
        kind: AssetType::from_extension(extension).expect("it is a type"),
        len_bytes: 70_000,
        width: 64,
        height: 48,
    }
}

struct Written<'a>(&'a Path);

impl Output for Written<'_> {
    type Error = Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        let path = self.0.join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
        Ok(())
    }

    fn spool(&mut self) -> Spool {
        let folder = env!("CARGO_TARGET_TMPDIR");
        Spool::new(tempfile::spooled_tempfile_in(64 << 20, folder))
    }
}
