//! Articles of a corpus that belong together and stay apart: parts of a series,
//! translations of one another.

mod series;
mod translation;

use vitrine_article::{PartialDate, Relation, RelationKind};

pub(crate) use translation::numbers;

/// What tells whether articles belong together.
#[derive(Debug, Default)]
pub(crate) struct Related<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) lang: &'a str,
    pub(crate) date: Option<PartialDate>,
    /// Its address, as far as it tells what the article is: of an export the id does, not
    /// the path.
    pub(crate) address: &'a str,
    /// [`numbers`] in its text.
    pub(crate) numbers: &'a [u64],
}

impl Related<'_> {
    fn primary_language(&self) -> &str {
        self.lang.split('-').next().unwrap_or("und")
    }
}

/// An article of the corpus and how it relates to another, by position.
struct Link {
    from: usize,
    kind: RelationKind,
    to: usize,
}

/// Returns for each of the articles those that belong with it.
pub(crate) fn relations(articles: &[Related<'_>]) -> Vec<Vec<Relation>> {
    let mut links = series::links(articles);
    links.extend(translation::links(articles));
    let mut relations = vec![Vec::new(); articles.len()];
    for Link { from, kind, to } in links {
        let (Some(other), Some(relations)) = (articles.get(to), relations.get_mut(from))
        else {
            continue;
        };
        relations.push(Relation {
            kind,
            id: other.id.to_owned(),
            title: other.title.to_owned(),
            lang: other.lang.to_owned(),
        });
    }
    relations
}
