//! Plain pages of a packed archive, written beside it.

use std::path::Path;

use anyhow::Context;
use vitrine_pack::Output;
use vitrine_pages::{BaseUrl, Pages, Site};

use crate::{archive_folder, output};

/// Writes the plain pages of the archive in the folder `archive` to `out`, article by article.
pub(crate) fn write<O>(archive: &Path, out: &mut O) -> anyhow::Result<()>
where
    O: Output<Error = std::io::Error>,
{
    let opened = archive_folder::open(archive)?;
    let info = opened.info();
    let about = &info.about;
    let base_url: Option<BaseUrl> = (!about.url.is_empty())
        .then(|| about.url.parse())
        .transpose()
        .context("correct the address of the archive")?;
    let spoken = info.languages.first().map(|most| &most.lang);
    let lang = about.languages.first().or(spoken).cloned();
    let mut pages = Pages::new(Site {
        title: info.title.clone(),
        lang: lang.unwrap_or_else(|| "en".to_owned()),
        description: about.description.clone(),
        institution: about.institution.clone(),
        license: about.license.clone(),
        license_url: about.license_url.clone(),
        generator: info.generator.clone(),
        article_count: info.article_count as usize,
        base_url,
    });
    let mut sink = |path: &str, bytes: &[u8]| out.write(path, bytes);
    let bar = output::progress("writing pages", info.article_count as usize);
    for doc in 0..info.article_count {
        if let Some(article) = pollster::block_on(opened.article_at(doc))? {
            pages.add(&article, &mut sink)?;
        }
        bar.inc(1);
    }
    pages.finish(&mut sink)?;
    bar.finish_and_clear();
    Ok(())
}
