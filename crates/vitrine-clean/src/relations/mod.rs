//! Articles of a corpus that belong together and stay apart: parts of a series,
//! translations of one another.

mod series;
mod translation;

use vitrine_article::{Article, Relation, RelationKind};

/// An article of the corpus and how it relates to another, by position.
struct Link {
    from: usize,
    kind: RelationKind,
    to: usize,
}

/// Links the articles that belong together; `is_record` says of each whether it came from
/// an export, where the id and not the path tells what it is.
pub(crate) fn link(articles: &mut [Article], is_record: &[bool]) {
    let mut links = series::links(articles);
    links.extend(translation::links(articles, is_record));
    for Link { from, kind, to } in links {
        let Some(Article { id, metadata, .. }) = articles.get(to) else { continue };
        let (id, title) = (id.clone(), metadata.title.clone());
        let relation = Relation { kind, id, title, lang: metadata.lang.clone() };
        if let Some(article) = articles.get_mut(from) {
            article.relations.push(relation);
        }
    }
}
