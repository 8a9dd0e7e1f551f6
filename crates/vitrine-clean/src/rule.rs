//! Rules that a person gives where cleaning gets a page of a corpus wrong.

use globset::GlobSet;
use regex::Regex;
use serde::Deserialize;
use vitrine_article::Block;
use vitrine_ingest::RawContent;

use crate::{
    Warning, authors,
    date::{self, DayOrder},
    explain::shown_lines,
    extracted::{Extracted, remove},
    typography::{key, one_line},
};

/// Reason of what a rule removes.
const REASON: &str = "rule of the corpus";

/// What to do with the lines of some pages that match a pattern.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The pages that it is for, by path; all when `None`.
    pub paths: Option<GlobSet>,
    /// What a line has to match, anywhere in it.
    pub line: Regex,
    /// What becomes of it.
    pub action: RuleAction,
}

/// What a rule does with a line.
///
/// Those that read a field take the first line that matches, and of it the first group of
/// the pattern, or what matched where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RuleAction {
    /// Every such paragraph is left out.
    Drop,
    /// Every such line is a paragraph of the article, and the page holds an article.
    Keep,
    /// It is the title.
    Title,
    /// It is the date of publication.
    Date,
    /// It names the authors.
    Authors,
    /// It names the publication in which the article appeared first.
    Source,
}

impl Rule {
    fn is_for(&self, path: &str) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.is_match(path))
    }

    /// Returns what the rule reads from a line that matches.
    fn value(&self, line: &str) -> Option<String> {
        let captures = self.line.captures(line)?;
        let found = captures.get(1).or_else(|| captures.get(0))?;
        Some(one_line(found.as_str())).filter(|value| !value.is_empty())
    }
}

/// Returns the lines of the page at `path` if there are rules for it.
pub(crate) fn lines(
    rules: &[Rule],
    path: &str,
    content: &RawContent,
) -> Option<Vec<String>> {
    rules.iter().any(|rule| rule.is_for(path)).then(|| shown_lines(content))
}

/// Applies the rules for the page at `path`, in their order, to what was extracted of it;
/// `lines` are those that the page shows.
pub(crate) fn apply(rules: &[Rule], path: &str, lines: &[String], out: &mut Extracted) {
    for rule in rules.iter().filter(|rule| rule.is_for(path)) {
        match rule.action {
            RuleAction::Drop => drop_blocks(rule, out),
            RuleAction::Keep => keep_lines(rule, lines, out),
            _ => read_field(rule, lines, out),
        }
    }
}

fn drop_blocks(rule: &Rule, out: &mut Extracted) {
    let Extracted { blocks, removed, .. } = out;
    blocks.retain(|block| {
        let text = one_line(&block.plain_text());
        let is_dropped = rule.line.is_match(&text);
        if is_dropped {
            remove(removed, &text, REASON);
        }
        !is_dropped
    });
}

/// Puts the lines that match where they stand between those that were kept.
fn keep_lines(rule: &Rule, lines: &[String], out: &mut Extracted) {
    let mut kept = std::mem::take(&mut out.blocks).into_iter().peekable();
    let mut blocks = Vec::with_capacity(kept.len());
    for line in lines {
        let key_of_line = key(line);
        let is_next = |block: &Block| key(&block.plain_text()) == key_of_line;
        if kept.peek().is_some_and(is_next) {
            blocks.extend(kept.next());
        } else if rule.line.is_match(line) {
            blocks.push(Block::paragraph(line.clone()));
            forget_removal(out, line);
            out.non_article = None;
        }
    }
    blocks.extend(kept);
    out.blocks = blocks;
}

fn read_field(rule: &Rule, lines: &[String], out: &mut Extracted) {
    let found = lines.iter().find_map(|line| Some((line, rule.value(line)?)));
    let Some((line, value)) = found else { return };
    let metadata = &mut out.metadata;
    match rule.action {
        RuleAction::Title => metadata.title = value,
        RuleAction::Date => match date::parse(&value, DayOrder::DayFirst) {
            Some(found) => metadata.date = Some(found.date),
            None => out.warnings.push(Warning::Date { text: value }),
        },
        RuleAction::Authors => metadata.authors = authors::split(&value),
        RuleAction::Source => metadata.source = Some(value),
        RuleAction::Drop | RuleAction::Keep => {}
    }
    let key_of_line = key(line);
    out.blocks.retain(|block| key(&block.plain_text()) != key_of_line);
    forget_removal(out, line);
}

/// Takes a line that was removed and is used now from the list of what was removed.
fn forget_removal(out: &mut Extracted, line: &str) {
    let line = key(line);
    for removal in std::mem::take(&mut out.removed) {
        for text in removal.text.lines().filter(|text| key(text) != line) {
            remove(&mut out.removed, text, &removal.reason);
        }
    }
}
