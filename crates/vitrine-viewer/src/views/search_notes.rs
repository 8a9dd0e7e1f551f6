//! What a search did differently from what was typed.

use vitrine_dom::{Node, node_of};
use vitrine_reader::Correction;

use super::Context;
use crate::{route::Route, strings::fill};

/// Says that words were mended, with a way to search for the literal ones, and that a phrase
/// occurs nowhere.
pub(crate) fn search_notes(
    route: &Route,
    corrections: &[Correction],
    is_relaxed: bool,
    context: &Context,
) -> Option<Node> {
    if corrections.is_empty() && !is_relaxed {
        return None;
    }
    let strings = context.strings;
    let mut notes = node_of("div", "notes");
    if !corrections.is_empty() {
        let mended = replaced(&route.query, corrections, |word| word.to.clone());
        let literal =
            replaced(&route.query, corrections, |word| format!("+{}", word.from));
        let words = mended.unwrap_or_else(|| {
            corrections.iter().map(|word| word.to.as_str()).collect::<Vec<_>>().join(" ")
        });
        let note = node_of("p", "mended").text(&fill(strings.mended(), &words)).text(" ");
        let link = literal.map(|query| {
            let literal = context.link(&route.searching(&query));
            literal.text(&fill(strings.literal(), &route.query))
        });
        notes = notes.child(&note.maybe(link));
    }
    if is_relaxed {
        notes = notes.child(&node_of("p", "relaxed").text(strings.relaxed()));
    }
    Some(notes)
}

/// Returns the query with each corrected word replaced; `None` when one is not in it as it was
/// typed.
fn replaced(
    query: &str,
    corrections: &[Correction],
    replacement: impl Fn(&Correction) -> String,
) -> Option<String> {
    let mut found = 0;
    let words = query.split(' ').map(|word| {
        let is_part = |c: char| c.is_alphanumeric() || c == '\'';
        let bare = word.trim_matches(|c| !is_part(c));
        let mut known = corrections.iter();
        let known = known.find(|correction| bare.eq_ignore_ascii_case(&correction.from));
        known.map_or_else(
            || word.to_owned(),
            |correction| {
                found += 1;
                word.replace(bare, &replacement(correction))
            },
        )
    });
    let words = words.collect::<Vec<_>>().join(" ");
    (found >= corrections.len()).then_some(words)
}

#[cfg(test)]
mod tests {
    use vitrine_reader::Correction;

    use super::replaced;

    #[test]
    fn words_are_replaced_where_they_stand() {
        let correction = |from: &str, to: &str| Correction {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let known = [correction("cabel", "cable"), correction("repiar", "repair")];
        let mended = |query| replaced(query, &known, |word| word.to.clone());
        assert_eq!(mended("Cabel repiar, sea").as_deref(), Some("cable repair, sea"));
        assert_eq!(mended("cabel"), None);
        let literal = replaced("cabel", &known[..1], |word| format!("+{}", word.from));
        assert_eq!(literal.as_deref(), Some("+cabel"));
    }
}
