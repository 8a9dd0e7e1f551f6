//! The whole of packing, in its order.

use vitrine_article::{About, Articles};
use vitrine_bundle::{
    ABOUT_TAG, BundleWriter, Digest, Extension, Root, WriteError,
    docstore::{DictionaryTrainer, DocStoreWriter},
    encode_about,
};
use vitrine_index::{IndexDocument, IndexError, IndexWriter, STATS_TAG};

use crate::{Output, ViewerAssets, offline::Listing, order, readme::readme, summary};

/// What an archive is called and who wrote it.
#[derive(Debug, Clone, Default)]
pub struct PackOptions {
    /// Title of the archive.
    pub title: String,
    /// What its owner says about it. Its logo is copied by the caller. Without languages
    /// the page around the archive is in the most frequent one of the articles.
    pub about: About,
    /// Name and version of the program that packs.
    pub generator: String,
    /// A page for readers without JavaScript, below the folder of the archive, if there is
    /// one.
    pub plain_page: Option<String>,
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
pub enum PackError<A, O> {
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
    /// An article can't be read.
    #[error("an article could not be read")]
    Articles(#[source] A),
    /// The output refused a file.
    #[error("a file of the archive could not be written")]
    Output(#[source] O),
}

/// Packs `articles` into an archive and hands its files to `output`.
///
/// # Errors
///
/// [`PackError`]; what `output` has taken until then is no archive.
pub fn pack<A: Articles, O: Output>(
    mut articles: A,
    options: &PackOptions,
    assets: &ViewerAssets<'_>,
    output: &mut O,
) -> Result<Packed, PackError<A::Error, O::Error>> {
    let article_count = articles.count();
    if u32::try_from(article_count).is_err() {
        return Err(PackError::TooMany { got: article_count });
    }
    let order = order::order(&articles);
    check_ids(&articles)?;
    let mut root = Root::default();
    summary::summarize(&articles, &mut root);
    root.title.clone_from(&options.title);
    root.generator.clone_from(&options.generator);
    let bytes = encode_about(&options.about);
    root.extensions.push(Extension { tag: ABOUT_TAG, bytes });
    let most = root.languages.first().map(|most| &most.lang);
    let lang = options.about.languages.first().or(most).cloned();
    let lang = lang.unwrap_or_else(|| "en".to_owned());

    let said = options.about.languages.iter().cloned();
    let languages: Vec<_> =
        said.chain(root.languages.iter().map(|most| most.lang.clone())).collect();

    let mut bundle = BundleWriter::new();
    train(&mut articles, &order, &mut bundle)?;
    let mut documents = DocStoreWriter::new(order.len());
    let mut index = IndexWriter::in_spool(output.spool());
    let mut listing = Listing::default();
    for (done, number) in order.into_iter().enumerate() {
        let article = articles.read(number).map_err(PackError::Articles)?;
        let Some(article) = article else { continue };
        listing.add_assets(&article);
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
            r#type: article.metadata.r#type.as_deref().unwrap_or_default(),
            body: &article.whole_text(),
        });
        write_files(&mut bundle, &mut listing, output)?;
        output.progress(done + 1, article_count);
    }
    documents.finish(&mut bundle)?;
    let mut sections = index.sections(&mut bundle)?;
    while sections.write_some(&mut bundle)? {
        write_files(&mut bundle, &mut listing, output)?;
    }
    let stats = sections.finish(&mut bundle)?;
    root.extensions.push(Extension { tag: STATS_TAG, bytes: stats.encode() });
    write_files(&mut bundle, &mut listing, output)?;
    let (root, files) = bundle.finish(root)?;
    for file in files {
        listing.add(&file);
        output.write(&file.path, &file.bytes).map_err(PackError::Output)?;
    }

    let readme = readme(options, article_count, languages.iter().map(String::as_str));
    output.write("README.txt", readme.as_bytes()).map_err(PackError::Output)?;
    for (path, bytes) in listing.viewer_files(assets, options, &lang, root) {
        output.write(&path, &bytes).map_err(PackError::Output)?;
    }
    Ok(Packed { root, article_count })
}

/// Writes what the documents are compressed with, learned from some of them.
fn train<A: Articles, E>(
    articles: &mut A,
    order: &[usize],
    bundle: &mut BundleWriter,
) -> Result<(), PackError<A::Error, E>> {
    let mut trainer = DictionaryTrainer::new(order.len());
    for &number in order {
        if articles.heading(number).is_some_and(|heading| trainer.wants(heading.id))
            && let Some(article) = articles.read(number).map_err(PackError::Articles)?
        {
            trainer.add(&article);
        }
    }
    Ok(trainer.finish(bundle)?)
}

fn write_files<A, O: Output>(
    bundle: &mut BundleWriter,
    listing: &mut Listing,
    output: &mut O,
) -> Result<(), PackError<A, O::Error>> {
    for file in bundle.take_files() {
        listing.add(&file);
        output.write(&file.path, &file.bytes).map_err(PackError::Output)?;
    }
    Ok(())
}

fn check_ids<A: Articles, E>(articles: &A) -> Result<(), PackError<A::Error, E>> {
    let mut ids: Vec<&str> = articles.headings().map(|heading| heading.id).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(PackError::RepeatedId { id: pair[0].to_owned() }),
        None => Ok(()),
    }
}
