//! Which line of a dump is what: navigation, label, title, body.

use vitrine_article::Block;

use super::{
    line::{Line, Lines},
    paragraph::{self, Paragraph},
    repeat,
    site::Site,
};
use crate::{
    control::{is_control, is_legal_notice},
    extracted::{Extracted, remove},
    label::{self, Field, Labeled, Reading},
    typography::{is_sentence_end, key},
    verdict::{self, Evidence},
};

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    /// Not the article's, with the reason.
    Noise(&'static str),
    /// Labels and their values.
    Labels(Vec<Labeled>),
    Title,
    Body,
}

/// Extracts the article from the lines of one page.
pub(crate) fn extract(lines: &Lines, site: &Site) -> Extracted {
    let lines = &lines.to_vec();
    let read = |line: &Line<'_>| {
        if line.reading == Reading::Prose {
            None
        } else {
            label::read(line.text, &site.vocabulary)
        }
    };
    let labels: Vec<Option<Vec<Labeled>>> = lines.iter().map(read).collect();
    let mut roles = noise(lines, &labels, site);
    read_labels(lines, &labels, &mut roles);
    let title = choose_title(lines, site, &mut roles);
    let mut out = Extracted::default();
    out.metadata.title = title;
    let date_lines = lines
        .iter()
        .zip(&labels)
        .filter(|(line, read)| is_date(line, read.as_deref()))
        .count();
    let link_lines =
        roles.iter().filter(|role| **role == Role::Noise(NAVIGATION)).count();
    for role in &roles {
        if let Role::Labels(labels) = role {
            label::apply(labels, &site.vocabulary, &mut out.metadata, &mut out.warnings);
        }
    }
    let body: Vec<Option<&Line<'_>>> = lines
        .iter()
        .zip(&roles)
        .map(|(line, role)| (*role == Role::Body).then_some(line))
        .collect();
    let paragraphs = paragraph::paragraphs(&body);
    let reasons = repeat::repeats(&out.metadata.title, &paragraphs);
    for (line, role) in lines.iter().zip(&roles) {
        match role {
            Role::Noise(reason) => remove(&mut out.removed, &line.shown(), reason),
            Role::Labels(labels)
                if labels.iter().all(|labeled| labeled.value.is_empty()) =>
            {
                remove(&mut out.removed, &line.shown(), "empty label");
            }
            Role::Labels(labels) if labels.iter().all(|l| l.field == Field::Other) => {
                remove(&mut out.removed, &line.shown(), "page control");
            }
            _ => {}
        }
    }
    let mut kept: Vec<Paragraph> = Vec::new();
    for (paragraph, reason) in paragraphs.into_iter().zip(reasons) {
        match reason {
            Some(reason) => remove(&mut out.removed, &paragraph.text, reason),
            None => kept.push(paragraph),
        }
    }
    let has_metadata = out.metadata.date.is_some() || !out.metadata.authors.is_empty();
    out.non_article = verdict::judge(&Evidence {
        title: &out.metadata.title,
        paragraphs: &kept
            .iter()
            .map(|paragraph| paragraph.text.as_str())
            .collect::<Vec<_>>(),
        has_metadata,
        date_lines,
        link_lines,
    });
    out.blocks = blocks(kept);
    out
}

const NAVIGATION: &str = "navigation";
const RECURRING: &str = "recurs on other pages";

/// Finds the lines that are not the page's own.
fn noise(lines: &[Line<'_>], labels: &[Option<Vec<Labeled>>], site: &Site) -> Vec<Role> {
    let mut roles: Vec<Role> = lines
        .iter()
        .zip(lines.iter().skip(1).map(Some).chain([None]))
        .zip(labels)
        .map(|((line, next), labels)| {
            // A word of a split sentence recurs, too.
            let is_word = line.marker.is_none()
                && line.text.starts_with(char::is_lowercase)
                && line.len <= 40;
            if !is_word
                && !site.is_headline(line, next)
                && site.is_recurring(line)
                && labels
                    .as_ref()
                    .is_none_or(|l| l.iter().all(|l| l.field == Field::Other))
            {
                Role::Noise(RECURRING)
            } else if is_control(line.text) {
                Role::Noise("page control")
            } else if is_legal_notice(line.text) {
                Role::Noise("legal notice")
            } else {
                Role::Body
            }
        })
        .collect();
    mark_link_runs(lines, labels, site, &mut roles);
    mark_edges(lines, labels, site, &mut roles);
    roles
}

/// Marks runs of list items that lead to other pages: cut off, or seen on other pages.
fn mark_link_runs(
    lines: &[Line<'_>],
    labels: &[Option<Vec<Labeled>>],
    site: &Site,
    roles: &mut [Role],
) {
    let is_labels = |at: usize| labels.get(at).is_some_and(Option::is_some);
    let is_link = |at: usize, line: &Line| {
        line.len <= 120
            && (line.marker.is_some() || !is_labels(at))
            && (line.marker.is_some()
                || line.is_truncated()
                || site.is_seen_elsewhere(line))
    };
    let mut start_of_run = 0;
    while start_of_run < lines.len() {
        let start = start_of_run;
        let run = lines.get(start..).unwrap_or_default();
        // In a list of pages a date may follow each title.
        let is_dated = |at: usize| {
            let is_item = |at: Option<usize>| {
                at.and_then(|at| run.get(at)).is_some_and(|line| line.marker.is_some())
            };
            let read = labels.get(start + at).and_then(Option::as_deref);
            is_item(at.checked_sub(1))
                && is_item(Some(at + 1))
                && run.get(at).is_some_and(|line| is_date(line, read))
        };
        let len = run
            .iter()
            .enumerate()
            .take_while(|(at, line)| is_link(start + at, line) || is_dated(*at))
            .count();
        if len == 0 {
            start_of_run += 1;
            continue;
        }
        // A title that others link to stands above or below such a run, not in it.
        let is_marked = |line: &&Line<'_>| line.marker.is_some() || line.is_truncated();
        let marked = run.iter().take(len).filter(is_marked).count();
        let unmarked_end =
            run.iter().take(len).rev().take_while(|line| !is_marked(line)).count();
        let unmarked_start =
            run.iter().take(len).take_while(|line| !is_marked(line)).count();
        let (start, len) = if marked >= 2 {
            (start + unmarked_start, len - unmarked_start - unmarked_end)
        } else {
            (start, len)
        };
        let next = start + len + if marked >= 2 { unmarked_end } else { 0 };
        let run = lines.get(start..start + len).unwrap_or_default();
        let strong =
            run.iter().filter(|l| l.is_truncated() || site.is_seen_elsewhere(l)).count();
        let is_top =
            lines.get(..start).unwrap_or_default().iter().all(|line| line.len <= 40)
                && start <= 3;
        let is_navigation = match len {
            1 => run.iter().all(|line| {
                line.is_truncated() && line.marker.is_some() && line.len < 60
            }),
            2 => marked > 0 && strong == 2,
            _ if marked < 2 => len >= 5 && strong == len,
            _ => strong * 2 >= len || (is_top && (strong * 8 >= len || len >= 8)),
        };
        if is_navigation {
            for role in roles.iter_mut().skip(start).take(len) {
                *role = Role::Noise(NAVIGATION);
            }
            // What stands right above a list of links is its heading.
            if let (Some(above), Some(line)) =
                (start.checked_sub(1), start.checked_sub(1).and_then(|a| lines.get(a)))
            {
                let is_heading =
                    len >= 3 && line.len <= 16 && !is_sentence_end(line.text);
                let is_free = roles.get(above) == Some(&Role::Body) && !is_labels(above);
                if is_heading
                    && is_free
                    && above <= 2
                    && let Some(role) = roles.get_mut(above)
                {
                    *role = Role::Noise(NAVIGATION);
                }
            }
        }
        start_of_run = next;
    }
}

/// Marks lines at both ends of the page that are known from a few other pages.
fn mark_edges(
    lines: &[Line<'_>],
    labels: &[Option<Vec<Labeled>>],
    site: &Site,
    roles: &mut [Role],
) {
    let is_weak = |line: &Line<'_>, labels: &Option<Vec<Labeled>>| {
        line.len <= 60 && site.is_seen_elsewhere(line) && labels.is_none()
    };
    for ((line, labels), role) in lines.iter().zip(labels).zip(roles.iter_mut()).rev() {
        match role {
            Role::Noise(_) => {}
            _ if is_weak(line, labels) => *role = Role::Noise(RECURRING),
            _ => break,
        }
    }
}

/// Reads the lines of labels around the body; a label between paragraphs is text.
fn read_labels(lines: &[Line<'_>], labels: &[Option<Vec<Labeled>>], roles: &mut [Role]) {
    let read: Vec<Option<Vec<Labeled>>> = lines
        .iter()
        .zip(roles.iter())
        .zip(labels)
        .map(|((line, role), labels)| {
            labels.clone().filter(|_| *role == Role::Body && line.marker.is_none())
        })
        .collect();
    let is_text = |at: usize| {
        roles.get(at) == Some(&Role::Body)
            && read.get(at).is_some_and(Option::is_none)
            && lines.get(at).is_some_and(|line| {
                let weight = line.columns;
                weight >= 160 || (weight >= 40 && is_sentence_end(line.text))
            })
    };
    let texts: Vec<usize> = (0..lines.len()).filter(|&at| is_text(at)).collect();
    let mut labels = Vec::new();
    for (at, read) in read.into_iter().enumerate() {
        let Some(read) = read else { continue };
        let before = texts.partition_point(|&text| text < at);
        let after = texts.len() - before;
        // Below a text it is the title of something else, of a person, say.
        if before > 0 && read.iter().any(is_title) {
            continue;
        }
        // Names and dates stand as lines of their own inside a text, too.
        if before <= 1
            || after == 0
            || read.iter().all(|l| l.value.is_empty()) && after <= 1
        {
            labels.push((at, read));
        }
    }
    for (at, read) in labels {
        if let Some(role) = roles.get_mut(at) {
            *role = Role::Labels(read);
        }
    }
}

/// Takes the line that is labeled as the title, or the first line of the page's own.
fn choose_title(lines: &[Line<'_>], site: &Site, roles: &mut [Role]) -> String {
    let labeled = roles.iter().enumerate().find_map(|(at, role)| match role {
        Role::Labels(labels) => Some((at, labels.iter().find(|l| is_title(l))?)),
        _ => None,
    });
    if let Some((at, labeled)) = labeled {
        let title = labeled.value.clone();
        drop_repeated(&title, lines, roles, at + 1);
        // Another title, in another language, say, is text: nothing may be lost.
        for role in roles.iter_mut().skip(at + 1) {
            let is_other = matches!(role, Role::Labels(labels)
                if labels.iter().any(|l| is_title(l) && key(&l.value) != key(&title)));
            if is_other {
                *role = Role::Body;
            }
        }
        return title;
    }
    let body: Vec<usize> = roles
        .iter()
        .enumerate()
        .filter(|(_, role)| **role == Role::Body)
        .map(|(at, _)| at)
        .take(3)
        .collect();
    let mut candidates = body.iter().filter_map(|&at| Some((at, lines.get(at)?)));
    let Some((mut at, mut line)) = candidates.next() else { return String::new() };
    // `Title | Site` above `Title`.
    if let Some((next_at, next)) = candidates.next() {
        let is_suffixed = !next.key.is_empty()
            && line.key.len() > next.key.len()
            && line.key.starts_with(next.key)
            && line.text.contains(['|', '_', '-', '–', '—', '－', '｜']);
        if is_suffixed {
            if let Some(role) = roles.get_mut(at) {
                *role = Role::Noise("repeated title");
            }
            (at, line) = (next_at, next);
        }
    }
    let is_paragraph = line.len > 250 || (line.len > 120 && is_sentence_end(line.text));
    if is_paragraph {
        return String::new();
    }
    let title = without_site(without_label(line.text, site), site);
    drop_repeated(&title, lines, roles, at + 1);
    if let Some(role) = roles.get_mut(at) {
        *role = Role::Title;
    }
    title
}

fn is_title(labeled: &Labeled) -> bool {
    labeled.field == Field::Title && !labeled.value.is_empty()
}

/// Marks the lines from `start` on that say the title again.
fn drop_repeated(title: &str, lines: &[Line<'_>], roles: &mut [Role], start: usize) {
    let title_key = key(title);
    for (line, role) in lines.iter().zip(roles.iter_mut()).skip(start).take(4) {
        if *role == Role::Body && line.key == title_key {
            *role = Role::Noise("repeated title");
        }
    }
}

/// `Title: The Title` without the label that most pages have there.
fn without_label<'a>(text: &'a str, site: &Site) -> &'a str {
    let Some((label, title)) = text.split_once([':', '：']) else { return text };
    let title = title.trim();
    if site.is_title_label(label.trim()) && !title.is_empty() { title } else { text }
}

/// `Title | Site` without the site, if the site knows the title by itself.
fn without_site(text: &str, site: &Site) -> String {
    text.match_indices(['|', '_', '-', '–', '—', '－', '｜'])
        .filter_map(|(at, _)| text.get(..at))
        .map(str::trim)
        .rfind(|title| title.chars().count() >= 4 && site.has_line(title))
        .unwrap_or(text)
        .to_owned()
}

/// Whether a line, with what is read on it, is a date and nothing else.
fn is_date(line: &Line<'_>, labels: Option<&[Labeled]>) -> bool {
    line.len <= 60
        && labels.is_some_and(|labels| labels.iter().all(|l| l.field == Field::Date))
}

/// Paragraphs and lists; items that follow one another are one list.
fn blocks(paragraphs: Vec<Paragraph>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for paragraph in paragraphs {
        let block = Block::paragraph(paragraph.text);
        match blocks.last_mut() {
            Some(Block::List { items, .. }) if paragraph.is_item => {
                items.push(vec![block]);
            }
            _ if paragraph.is_item => {
                blocks.push(Block::List { ordered: false, items: vec![vec![block]] });
            }
            _ => blocks.push(block),
        }
    }
    blocks
}
