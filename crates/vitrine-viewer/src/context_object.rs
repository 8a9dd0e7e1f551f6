//! An `OpenURL` context object (ANSI/NISO Z39.88-2004), which `COinS` puts in a page for
//! reference managers to find.

use vitrine_article::Metadata;

use crate::route::encode;

/// Returns the value of the `title` attribute of a `span` of class `Z3988`.
///
/// `archive` is the title of the archive, `address` where it has the article: they stand in for
/// a source and an address that are not known. Names are not taken apart: reference managers
/// do that.
pub(crate) fn context_object(
    metadata: &Metadata,
    archive: &str,
    address: &str,
) -> String {
    let date = metadata.date.map(|date| date.to_string()).unwrap_or_default();
    let mut out =
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal"
            .to_owned();
    let fields = [
        ("genre", "article"),
        ("atitle", &metadata.title),
        ("jtitle", metadata.source.as_deref().unwrap_or(archive)),
        ("date", &date),
        ("identifier", metadata.url.as_deref().unwrap_or(address)),
        ("language", &metadata.lang),
    ];
    let authors = metadata.authors.iter().map(|author| ("au", author.as_str()));
    for (name, value) in fields.into_iter().chain(authors) {
        if !value.is_empty() {
            out.extend(["&rft.", name, "="]);
            encode(value, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use vitrine_article::Metadata;

    use super::context_object;

    #[test]
    fn what_is_not_known_is_that_of_the_archive() {
        let metadata = Metadata {
            title: "Fish & chips".to_owned(),
            authors: vec!["Mara Quill".to_owned(), "李伟".to_owned()],
            lang: "en".to_owned(),
            date: "2013-06".parse().ok(),
            ..Metadata::default()
        };
        let object = context_object(&metadata, "Shore", "https://example.org/#/a");
        let expected = "&rft.genre=article&rft.atitle=Fish%20%26%20chips&rft.jtitle=Shore\
                        &rft.date=2013-06&rft.identifier=https%3A%2F%2Fexample.org%2F%23%2Fa\
                        &rft.language=en&rft.au=Mara%20Quill&rft.au=%E6%9D%8E%E4%BC%9F";
        assert!(object.ends_with(expected), "{object}");
    }
}
