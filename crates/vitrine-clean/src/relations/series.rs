//! Parts of a series, told by numbers in titles that are the same otherwise.

use std::collections::BTreeMap;

use vitrine_article::RelationKind;

use super::{Link, Related};
use crate::typography::key;

/// Shortest common title of a series, in letters.
const MIN_STEM: usize = 4;

/// Most parts of a series; more numbers than that count something else.
const MAX_PARTS: u32 = 60;

/// Links every part of a series with all others, in their order.
pub(super) fn links(articles: &[Related<'_>]) -> Vec<Link> {
    let mut series: BTreeMap<(String, &str), Vec<(u32, usize)>> = BTreeMap::new();
    for (position, article) in articles.iter().enumerate() {
        if let Some((stem, number)) = part(article.title) {
            let lang = article.primary_language();
            series.entry((stem, lang)).or_default().push((number, position));
        }
    }
    let mut links = Vec::new();
    for mut parts in series.into_values() {
        parts.sort_unstable();
        let are_distinct =
            parts.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a < b));
        if !are_distinct {
            continue;
        }
        for &(number, from) in &parts {
            links.extend(parts.iter().filter(|&&(_, to)| to != from).map(
                |&(other, to)| {
                    let is_earlier = other < number;
                    let kind = if is_earlier {
                        RelationKind::EarlierPart
                    } else {
                        RelationKind::LaterPart
                    };
                    Link { from, kind, to }
                },
            ));
        }
    }
    links
}

/// Returns what the titles of the series have in common, as a key, and the number of this
/// part.
fn part(title: &str) -> Option<(String, u32)> {
    let (stem, number) =
        named(title).or_else(|| counted(title)).or_else(|| bracketed(title))?;
    let stem = key(stem);
    let is_part = (1..=MAX_PARTS).contains(&number) && stem.chars().count() >= MIN_STEM;
    is_part.then_some((stem, number))
}

/// `The Strait, Part 2: …`, `The Strait – part two`.
fn named(title: &str) -> Option<(&str, u32)> {
    let mut start = 0;
    let mut found = None;
    for word in title.split_inclusive(|c: char| c.is_whitespace() || c == '(') {
        let end = start + word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.eq_ignore_ascii_case("part") || bare.eq_ignore_ascii_case("pt") {
            let next = title.get(end..)?.split_whitespace().next().unwrap_or_default();
            let next = next.trim_matches(|c: char| !c.is_alphanumeric());
            if let Some(number) = number(next) {
                found = Some((title.get(..start)?, number));
            }
        }
        start = end;
    }
    found
}

/// `海峡与引航员 第二部分`, `海峡与引航员：第2篇`.
fn counted(title: &str) -> Option<(&str, u32)> {
    let (stem, rest) = title.rsplit_once('第')?;
    let end = rest.find(['部', '篇', '讲', '講', '回', '集'])?;
    Some((stem, number(rest.get(..end)?.trim())?))
}

/// `The Strait (2)`, `The Strait (2/3)`, `The Strait (II)`, `海峡（下）`, `海峡之二`.
fn bracketed(title: &str) -> Option<(&str, u32)> {
    let title = title.trim_end();
    if let Some(inside) = title.strip_suffix([')', '）']) {
        let (stem, inside) = inside.rsplit_once(['(', '（'])?;
        let first = inside.split(['/', '／']).next()?.trim();
        return Some((stem, number(first)?));
    }
    let (stem, last) = title.rsplit_once('之')?;
    Some((stem, number(last)?))
}

/// Reads a number: digits, Roman, Chinese or English; `上`, `中`, `下` are 1, 2, 3.
fn number(text: &str) -> Option<u32> {
    const ENGLISH: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const ROMAN: [&str; 12] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    const CHINESE: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    const HALVES: [&str; 3] = ["上", "中", "下"];
    let text = text.to_lowercase();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    [&ENGLISH[..], &ROMAN, &CHINESE, &HALVES]
        .into_iter()
        .find_map(|names| names.iter().position(|&name| name == text))
        .map(|position| position as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn numbers_of_parts_are_read_from_titles() {
        for (title, number) in [
            ("The Strait and Its Pilots, Part 2: The Exam", 2),
            ("The Strait and Its Pilots – part two", 2),
            ("The Strait and Its Pilots (2/3)", 2),
            ("The Strait and Its Pilots (II)", 2),
            ("The Strait and Its Pilots (2)", 2),
        ] {
            assert_eq!(
                part(title),
                Some(("thestraitanditspilots".into(), number)),
                "{title}"
            );
        }
        for (title, number) in [
            ("海峡与引航员（上）", 1),
            ("海峡与引航员（二）", 2),
            ("海峡与引航员之三", 3),
            ("海峡与引航员 第四部分", 4),
        ] {
            assert_eq!(part(title), Some(("海峡与引航员".into(), number)), "{title}");
        }
    }

    #[test]
    fn other_numbers_are_no_parts() {
        for title in
            ["Report (2013)", "A part of the whole", "(2)", "海之一生", "Part 2", "Tides"]
        {
            assert_eq!(part(title), None, "{title}");
        }
    }
}
