//! How many articles there are of which years, as bars that lead to them.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::YearInfo;

use super::Context;
use crate::{dates::years_text, filters::Field, route::Route, strings::count_text};

/// Most bars: as many as a finger can tell apart on a phone.
const MAX_BARS: u16 = 10;

/// Spans of years that a bar may stand for.
const SPANS: [u16; 9] = [1, 2, 5, 10, 20, 50, 100, 500, 1000];

/// The articles of a span of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bar {
    first: u16,
    last: u16,
    count: u32,
}

/// Returns the bars, if there is more than one.
pub(crate) fn timeline(years: &[YearInfo], context: &Context) -> Option<Node> {
    let strings = context.strings;
    let bars = bars(years);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let list = node_of("ol", "timeline").attribute("role", "list");
    let list = list.children(bars.iter().map(|&Bar { first, last, count }| {
        let range = years_text(first, last);
        let value =
            if first == last { first.to_string() } else { format!("{first}..{last}") };
        let number =
            count_text(count, strings.article_one(), strings.article_many(), strings);
        let percent = (u64::from(count) * 100).div_ceil(u64::from(most));
        let bar = node_of("span", "bar");
        bar.height(percent as u32);
        let label = node_of("span", "bar-label").text(&first.to_string());
        let item = node("li")
            .attribute("data-years", &value)
            .attribute("data-count", &count.to_string());
        if count == 0 {
            return item.child(&node_of("span", "no-bar").child(&bar).child(&label));
        }
        let name = [range.as_str(), ": ", &number].concat();
        let link = context
            .link(&Route::default().narrowed(Field::Year, &value))
            .attribute("aria-label", &name)
            .attribute("title", &name);
        item.child(&link.child(&bar).child(&label))
    }));
    (bars.len() > 1).then(|| {
        node_of("section", "years-overview")
            .part("timeline")
            .child(&node("h2").text(strings.by_year()))
            .child(&list)
    })
}

/// Joins years to spans of a round length, so that there are few enough.
fn bars(years: &[YearInfo]) -> Vec<Bar> {
    // In a part of an archive there may be none of a year.
    let mut years_with = years.iter().filter(|year| year.article_count > 0);
    let Some(first) = years_with.next() else {
        return Vec::new();
    };
    let last = years_with.next_back().unwrap_or(first);
    let count_of = |span: u16| (last.year / span).saturating_sub(first.year / span) + 1;
    let span = SPANS.into_iter().find(|&span| count_of(span) <= MAX_BARS).unwrap_or(1000);
    let start = first.year / span * span;
    let mut bars: Vec<Bar> = (0..count_of(span))
        .map(|at| {
            let first = start + at * span;
            Bar { first, last: first + (span - 1), count: 0 }
        })
        .collect();
    for year in years {
        let at = usize::from(year.year.saturating_sub(start) / span);
        if let Some(bar) = bars.get_mut(at) {
            bar.count += year.article_count;
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use vitrine_reader::YearInfo;

    use super::{Bar, MAX_BARS, bars};

    fn years(years: &[(u16, u32)]) -> Vec<YearInfo> {
        let info = |&(year, article_count)| YearInfo {
            year,
            article_count,
            by_language: Vec::new(),
        };
        years.iter().map(info).collect()
    }

    #[test]
    fn few_years_have_a_bar_each_and_years_without_articles_too() {
        let bars = bars(&years(&[(2009, 3), (2011, 1)]));
        let bar = |year, count| Bar { first: year, last: year, count };
        assert_eq!(bars, [bar(2009, 3), bar(2010, 0), bar(2011, 1)]);
    }

    #[test]
    fn many_years_are_joined_to_round_spans() {
        let joined = bars(&years(&[(1899, 1), (1900, 2), (1957, 4)]));
        assert_eq!(joined.first(), Some(&Bar { first: 1890, last: 1899, count: 1 }));
        assert_eq!(joined.get(1), Some(&Bar { first: 1900, last: 1909, count: 2 }));
        assert_eq!(joined.last(), Some(&Bar { first: 1950, last: 1959, count: 4 }));
        for last in [1, 2, 9999] {
            let joined = bars(&years(&[(1, 1), (last, 1)]));
            assert!(joined.len() <= usize::from(MAX_BARS), "{last}: {}", joined.len());
        }
    }
}
