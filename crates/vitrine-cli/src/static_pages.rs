//! Plain pages of a packed archive, beside it or by themselves.

use anyhow::Context;
use vitrine_pack::Output;
use vitrine_pages::{BaseUrl, Pages, Site};
use vitrine_reader::{Archive, ChunkSource};

use crate::{archive_folder::each_article, output};

/// Where plain pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the folder of their archive: they lead to the viewer, too.
    BesideViewer,
    /// In a folder of their own.
    Alone,
}

/// Writes the plain pages of an archive to `out`, article by article.
pub(crate) fn write<O>(
    archive: &Archive<impl ChunkSource>,
    place: Place,
    out: &mut O,
) -> anyhow::Result<()>
where
    O: Output<Error = std::io::Error>,
{
    let info = archive.info();
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
        stands_alone: place == Place::Alone,
    });
    let mut sink = |path: &str, bytes: &[u8]| out.write(path, bytes);
    let bar = output::progress("writing pages", info.article_count as usize);
    each_article(archive, |article| {
        bar.inc(1);
        Ok(pages.add(&article, &mut sink)?)
    })?;
    pages.finish(&mut sink)?;
    bar.finish_and_clear();
    Ok(())
}
