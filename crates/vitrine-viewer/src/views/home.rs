//! The facts of an archive on its home page.

use vitrine_reader::ArchiveInfo;

use super::Context;
use crate::{dates::years_text, strings::count_text};

/// Languages that are named; an archive of more says so by its articles.
const NAMED_LANGUAGES: usize = 4;

/// Returns the line below the search box: `65 articles · 2009–2016 · English, Chinese`.
pub(crate) fn facts(info: &ArchiveInfo, context: &Context) -> String {
    let strings = context.strings;
    let count = count_text(info.article_count, strings.article_one, strings.article_many);
    let years = info.first_date.zip(info.last_date);
    let languages: Vec<String> = info
        .languages
        .iter()
        .filter(|language| language.lang != "und")
        .take(NAMED_LANGUAGES)
        .map(|language| context.language_name(&language.lang))
        .collect();
    let facts = [
        Some(count),
        years.map(|(first, last)| years_text(first, last)),
        (!languages.is_empty()).then(|| context.names(&languages)),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(strings.separator)
}
