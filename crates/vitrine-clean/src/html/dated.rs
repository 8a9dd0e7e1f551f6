//! The date that a page shows far from its title, by the elements that are made for one.

use std::collections::BTreeSet;

use vitrine_article::PartialDate;

use super::{
    dom::{Document, NodeId, ROOT},
    hint::is_for_date,
    prune::Hidden,
};
use crate::{
    date::{self, DayOrder},
    typography::one_line,
};

/// Longest text that is a date with an introduction, in characters.
const MAX_LEN: usize = 60;

/// Returns the day that the page shows as that of its publication, if all elements that show
/// one agree; where they differ, they are about other pages.
pub(super) fn only_day(
    document: &Document,
    hidden: &Hidden,
    order: DayOrder,
) -> Option<PartialDate> {
    let mut found = BTreeSet::new();
    let mut id = ROOT;
    while id < document.len() {
        if hidden.is_other_page(id) {
            id = document.end(id);
            continue;
        }
        found.extend(day_of(document, id, order));
        id += 1;
    }
    let mut days = found.into_iter();
    days.next().filter(|_| days.next().is_none())
}

/// The day that an element shows and nothing else.
fn day_of(document: &Document, id: NodeId, order: DayOrder) -> Option<PartialDate> {
    let is_made_for_it = document.name(id) == "time" || is_for_date(document, id);
    let may_introduce =
        matches!(document.name(id), "p" | "span" | "div" | "li" | "small");
    if !is_made_for_it && !may_introduce {
        return None;
    }
    let texts = document.descendants(id).map(|id| document.text_len(id));
    // A Chinese character counts for three.
    if texts.sum::<usize>() > 3 * MAX_LEN {
        return None;
    }
    let text = one_line(&document.text_of(id));
    let found = date::find(&text, order).filter(|found| found.date.day().is_some())?;
    let before = text.get(..found.span.start)?.to_lowercase();
    let is_introduced = ["published", "posted", "发布", "發布", "发表", "發表"]
        .iter()
        .any(|word| before.starts_with(word));
    let is_short = text.chars().count() <= MAX_LEN;
    let is_alone = before.is_empty() && date::is_alone(&text, &found.span);
    (is_short && (is_introduced || is_made_for_it && is_alone)).then_some(found.date)
}

#[cfg(test)]
mod tests {
    use super::only_day;
    use crate::{
        date::DayOrder,
        html::{dom::Document, prune},
    };

    fn check(source: &str) -> Option<String> {
        let document = Document::parse(source);
        let hidden = prune::hidden(&document);
        only_day(&document, &hidden, DayOrder::DayFirst).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_taken_if_all_agree() {
        let aside = "<aside><time>June 6, 2021</time></aside>";
        let introduced = "<p>Published on 6 June 2021</p>";
        let other = "<span class='post-date'>7 June 2021</span>";
        let day = Some("2021-06-06".to_owned());
        assert_eq!(check(aside), day);
        assert_eq!(check(&format!("{aside}{introduced}")), day);
        assert_eq!(check(&format!("{aside}{other}")), None);
        assert_eq!(check("<p>On June 6, 2021 the quay was closed.</p>"), None);
        assert_eq!(check("<nav><time>June 6, 2021</time></nav>"), None);
    }
}
