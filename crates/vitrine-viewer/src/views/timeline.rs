//! How many articles there are of which years and languages, as bars that lead to them.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::{ArchiveInfo, YearInfo};

use super::{Context, panel_button::panel_button};
use crate::{dates::years_text, filters::Field, route::Route, strings::count_text};

/// Most bars: as many as a finger can tell apart on a phone.
const MAX_BARS: u16 = 10;

/// Spans of years that a bar may stand for.
const SPANS: [u16; 9] = [1, 2, 5, 10, 20, 50, 100, 500, 1000];

/// Most languages that a bar tells apart.
const MAX_LAYERS: usize = 4;

/// The articles of a span of years.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bar {
    first: u16,
    last: u16,
    count: u32,
    /// How many of them are in each of the first languages of the archive.
    layers: Vec<u32>,
}

/// Returns the bars, if there is more than one bar.
pub(crate) fn timeline(info: &ArchiveInfo, context: &Context) -> Option<Node> {
    let strings = context.strings;
    // Archives of the first version don't say it, and of a part of an archive it is not known.
    let is_known = info
        .years
        .iter()
        .all(|year| year.by_language.iter().sum::<u32>() == year.article_count);
    let is_mixed = is_known && info.languages.len() > 1;
    let languages = if is_mixed { &*info.languages } else { &[] };
    let languages = &languages[..languages.len().min(MAX_LAYERS)];
    let bars = bars(&info.years, languages.len());
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let items = node_of("ol", "timeline").attribute("role", "list");
    let legend = node_of("ul", "legend").attribute("role", "list");
    for language in languages {
        let name = context.language_name(&language.lang);
        let place = Route::default().narrowed(Field::Lang, &language.lang);
        let swatch = node_of("span", "layer");
        let link = context.link(&place).child(&swatch).text(&name);
        legend.append(&node("li").child(&link));
    }
    for Bar { first, last, count, layers } in &bars {
        let (first, last, count) = (*first, *last, *count);
        let range = years_text(first, last);
        let value =
            if first == last { first.to_string() } else { format!("{first}..{last}") };
        let number =
            count_text(count, strings.article_one(), strings.article_many(), strings);
        let bar = node_of("span", "bar");
        bar.height(percent(count, most));
        for &layer in layers {
            let part = node_of("span", "layer");
            part.height(percent(layer, count.max(1)));
            bar.append(&part.attribute("data-count", &layer.to_string()));
        }
        let label = node_of("span", "bar-label").text(&first.to_string());
        let item = node("li")
            .attribute("data-years", &value)
            .attribute("data-count", &count.to_string());
        if count == 0 {
            items.append(
                &item.child(&node_of("span", "no-bar").child(&bar).child(&label)),
            );
            continue;
        }
        let name = [range.as_str(), ": ", &number].concat();
        let link = context
            .link(&Route::default().narrowed(Field::Year, &value))
            .attribute("aria-label", &name)
            .attribute("title", &name);
        items.append(&item.child(&link.child(&bar).child(&label)));
    }
    (bars.len() > 1).then(|| {
        node_of("section", "years-overview")
            .part("timeline")
            .child(&node("h2").text(strings.by_year()))
            .child(&items)
            .maybe((!languages.is_empty()).then_some(legend))
            .child(&panel_button("years", strings.table()))
    })
}

/// A share in hundredths, rounded up.
fn percent(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 100).div_ceil(u64::from(whole)) as u32
}

/// Joins years to spans of a round length, so that there are few enough.
fn bars(years: &[YearInfo], layers: usize) -> Vec<Bar> {
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
            Bar { first, last: first + (span - 1), count: 0, layers: vec![0; layers] }
        })
        .collect();
    for year in years {
        let at = usize::from(year.year.saturating_sub(start) / span);
        if let Some(bar) = bars.get_mut(at) {
            bar.count += year.article_count;
            for (layer, count) in bar.layers.iter_mut().zip(&year.by_language) {
                *layer += count;
            }
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use vitrine_reader::YearInfo;

    use super::{Bar, MAX_BARS, bars};

    /// Years with articles in a first and a second language.
    fn years(years: &[(u16, u32, u32)]) -> Vec<YearInfo> {
        let info = |&(year, first, second)| YearInfo {
            year,
            article_count: first + second,
            by_language: vec![first, second],
        };
        years.iter().map(info).collect()
    }

    fn bar(first: u16, last: u16, layers: [u32; 2]) -> Bar {
        Bar { first, last, count: layers.iter().sum(), layers: layers.to_vec() }
    }

    #[test]
    fn few_years_have_a_bar_each_and_years_without_articles_too() {
        let bars = bars(&years(&[(2009, 1, 2), (2011, 1, 0)]), 2);
        let year = |year, layers| bar(year, year, layers);
        assert_eq!(bars, [year(2009, [1, 2]), year(2010, [0, 0]), year(2011, [1, 0])]);
    }

    #[test]
    fn many_years_are_joined_to_round_spans() {
        let joined =
            bars(&years(&[(1899, 1, 0), (1900, 1, 1), (1901, 0, 3), (1957, 4, 0)]), 2);
        assert_eq!(joined.first(), Some(&bar(1890, 1899, [1, 0])));
        assert_eq!(joined.get(1), Some(&bar(1900, 1909, [1, 4])));
        assert_eq!(joined.last(), Some(&bar(1950, 1959, [4, 0])));
        for last in [1, 2, 9999] {
            let joined = bars(&years(&[(1, 1, 0), (last, 1, 0)]), 2);
            assert!(joined.len() <= usize::from(MAX_BARS), "{last}: {}", joined.len());
        }
    }
}
