//! The whole of packing, in its order.

use vitrine_article::Article;
use vitrine_bundle::{
    BundleWriter, Digest, Extension, Root, WriteError, docstore::DocStoreWriter,
};
use vitrine_index::{IndexDocument, IndexError, IndexWriter, STATS_TAG};

use crate::{Output, ViewerAssets, order, page, summary};

/// What an archive is called and who wrote it.
#[derive(Debug, Clone)]
pub struct PackOptions {
    /// Title of the archive.
    pub title: String,
    /// Language of the page around the archive, a BCP 47 tag; `None` takes the most
    /// frequent language of the articles.
    pub lang: Option<String>,
    /// Name and version of the program that packs.
    pub generator: String,
}

/// What was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// Digest of the root, which vouches for every byte of the bundle.
    pub root: Digest,
    /// Number of articles.
    pub article_count: usize,
}

/// An archive that can't be packed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError<E> {
    /// Two articles have the same id.
    #[error("two articles have the id {id:?}; give each its own")]
    RepeatedId {
        /// The id.
        id: String,
    },
    /// There are more articles than document numbers.
    #[error("{got} articles are too many for one archive; pack them as several")]
    TooMany {
        /// Number of articles.
        got: usize,
    },
    /// The index can't be written.
    #[error("the index can't be written")]
    Index(#[from] IndexError),
    /// A part of the bundle can't be written.
    #[error("the archive can't be written")]
    Write(#[from] WriteError),
    /// The output refused a file.
    #[error("a file of the archive could not be written")]
    Output(#[source] E),
}

/// Packs `articles` into an archive and hands its files to `output`.
///
/// # Errors
///
/// [`PackError`]; what `output` has taken until then is no archive.
pub fn pack<O: Output>(
    mut articles: Vec<Article>,
    options: &PackOptions,
    assets: &ViewerAssets<'_>,
    output: &mut O,
) -> Result<Packed, PackError<O::Error>> {
    let article_count = articles.len();
    if u32::try_from(article_count).is_err() {
        return Err(PackError::TooMany { got: article_count });
    }
    order::sort(&mut articles);
    check_ids(&articles)?;
    let mut root = Root::default();
    summary::summarize(&articles, &mut root);
    root.title.clone_from(&options.title);
    root.generator.clone_from(&options.generator);
    let lang = options.lang.clone().unwrap_or_else(|| {
        root.languages.first().map_or_else(|| "en".to_owned(), |most| most.lang.clone())
    });

    let mut bundle = BundleWriter::new();
    let mut documents = DocStoreWriter::new();
    documents.train(&mut bundle, &articles)?;
    let mut index = IndexWriter::new();
    for (done, article) in articles.into_iter().enumerate() {
        documents.add(&mut bundle, &article)?;
        if let Some(page) = output.original(&article).map_err(PackError::Output)? {
            documents.add_original(&mut bundle, &page)?;
        }
        index.add(&IndexDocument {
            lang: &article.metadata.lang,
            date: article.metadata.date,
            title: &article.metadata.title,
            authors: &article.metadata.authors,
            source: article.metadata.source.as_deref().unwrap_or_default(),
            section: article.metadata.section.as_deref().unwrap_or_default(),
            body: &article.plain_text(),
        });
        write_files(&mut bundle, output)?;
        output.progress(done + 1, article_count);
    }
    documents.finish(&mut bundle)?;
    let stats = index.finish(&mut bundle)?;
    root.extensions.push(Extension { tag: STATS_TAG, bytes: stats.encode() });
    write_files(&mut bundle, output)?;
    let (root, files) = bundle.finish(root)?;
    for file in files {
        output.write(&file.path, &file.bytes).map_err(PackError::Output)?;
    }

    let index_html = page::fill_index(assets.index_html, &options.title, &lang, root);
    let readme = page::readme(&options.title, article_count);
    let beside = [
        ("index.html", index_html.as_bytes()),
        ("vitrine.css", assets.vitrine_css),
        ("vitrine.js", assets.vitrine_js),
        ("vitrine-core.js", assets.vitrine_core_js),
        ("README.txt", readme.as_bytes()),
    ];
    for (path, bytes) in beside {
        output.write(path, bytes).map_err(PackError::Output)?;
    }
    Ok(Packed { root, article_count })
}

fn write_files<O: Output>(
    bundle: &mut BundleWriter,
    output: &mut O,
) -> Result<(), PackError<O::Error>> {
    bundle
        .take_files()
        .iter()
        .try_for_each(|file| output.write(&file.path, &file.bytes))
        .map_err(PackError::Output)
}

fn check_ids<E>(articles: &[Article]) -> Result<(), PackError<E>> {
    let mut ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(PackError::RepeatedId { id: pair[0].to_owned() }),
        None => Ok(()),
    }
}
