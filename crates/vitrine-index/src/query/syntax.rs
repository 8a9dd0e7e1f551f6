//! The language of queries: words, "phrases", +literal, -excluded, prefix*, OR, (groups)
//! and field:value. Whatever is none of these is words; nothing is an error.

use std::str::FromStr;

use vitrine_article::PartialDate;

/// Deepest nesting of parentheses that is told apart; deeper ones are ignored.
const MAX_DEPTH: usize = 8;

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Words to look for.
    Text(String, Mode),
    /// A condition on a field: its name and its value.
    Field(Field, String),
    /// Everything that this says.
    All(Vec<Clause>),
    /// At least one of these.
    Any(Vec<Clause>),
    /// None of this.
    Not(Box<Clause>),
}

/// How the words of a text are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They, their inflections, and what they were meant to be if they never occur.
    Words,
    /// So do words that begin with the last of them.
    Prefix,
    /// Exactly these forms, one after another: a phrase, or a literal word.
    Phrase,
    /// Words of the title.
    Title,
}

/// Fields that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// Words of an author's name.
    Author,
    /// Words of the name of the publication.
    Source,
    /// Words of the name of the section.
    Section,
    /// Words of the name of the type.
    Type,
    /// Beginning of a language tag.
    Lang,
    /// A year, or two with `..` between them.
    Year,
    /// Dates before this one.
    Before,
    /// This date and those after it.
    After,
}

const FIELDS: [(&str, Field); 8] = [
    ("author", Field::Author),
    ("source", Field::Source),
    ("section", Field::Section),
    ("type", Field::Type),
    ("lang", Field::Lang),
    ("year", Field::Year),
    ("before", Field::Before),
    ("after", Field::After),
];

/// Returns the names of the fields that a condition may name.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("title").chain(FIELDS.iter().map(|(name, _)| *name))
}

/// Reads a query.
pub(crate) fn parse(query: &str) -> Clause {
    Parser { rest: query }.group(0)
}

struct Parser<'q> {
    rest: &'q str,
}

impl<'q> Parser<'q> {
    /// Reads clauses up to the end or a closing parenthesis.
    fn group(&mut self, depth: usize) -> Clause {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut is_alternative = false;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || (depth > 0 && self.eat(")")) {
                return Clause::All(clauses);
            }
            if self.operator_or() {
                is_alternative = true;
                continue;
            }
            let Some(clause) = self.clause(depth) else { continue };
            match clauses.last_mut().filter(|_| is_alternative) {
                Some(Clause::Any(choices)) => choices.push(clause),
                Some(last) => {
                    let first = std::mem::replace(last, Clause::All(Vec::new()));
                    *last = Clause::Any(vec![first, clause]);
                }
                None => clauses.push(clause),
            }
            is_alternative = false;
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads `OR` between white space.
    fn operator_or(&mut self) -> bool {
        let rest = self.rest.strip_prefix("OR");
        match rest.filter(|rest| rest.starts_with(char::is_whitespace)) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads one clause; `None` for a sign that means nothing.
    fn clause(&mut self, depth: usize) -> Option<Clause> {
        let is_sign = |rest: &str| rest.starts_with(|c: char| !c.is_whitespace());
        if self.eat("-") && is_sign(self.rest) {
            return self.primary(depth).map(|clause| Clause::Not(Box::new(clause)));
        }
        if self.eat("+") && is_sign(self.rest) {
            let word = self.word(depth);
            return Some(Clause::Text(word.to_owned(), Mode::Phrase));
        }
        self.primary(depth)
    }

    fn primary(&mut self, depth: usize) -> Option<Clause> {
        if self.eat("(") {
            // What is too deep goes on where it stands.
            return (depth < MAX_DEPTH).then(|| self.group(depth + 1));
        }
        if let Some(phrase) = self.quoted() {
            return Some(Clause::Text(phrase.to_owned(), Mode::Phrase));
        }
        let before = self.rest;
        let word = self.word(depth);
        if word.is_empty() {
            // A lone quotation mark.
            let mut rest = before.chars();
            rest.next();
            self.rest = rest.as_str();
            return None;
        }
        if let Some((name, value)) = word.split_once(':') {
            let value =
                if value.is_empty() { self.quoted().unwrap_or_default() } else { value };
            if let Some(clause) = condition(name, value) {
                return Some(clause);
            }
        }
        Some(match word.strip_suffix('*') {
            Some(stem) if stem.ends_with(char::is_alphanumeric) => {
                Clause::Text(stem.to_owned(), Mode::Prefix)
            }
            _ => Clause::Text(word.to_owned(), Mode::Words),
        })
    }

    /// Takes what stands between quotation marks.
    fn quoted(&mut self) -> Option<&'q str> {
        let (open, close) =
            if self.rest.starts_with('“') { ('“', '”') } else { ('"', '"') };
        let (phrase, rest) = self.rest.strip_prefix(open)?.split_once(close)?;
        self.rest = rest;
        Some(phrase)
    }

    /// Takes what stands before white space, a quotation mark or the end of the group.
    fn word(&mut self, depth: usize) -> &'q str {
        let is_end = |c: char| {
            c.is_whitespace() || matches!(c, '"' | '“') || (c == ')' && depth > 0)
        };
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        word
    }
}

/// Returns the condition that a field with this name has this value.
fn condition(name: &str, value: &str) -> Option<Clause> {
    if value.is_empty() {
        return None;
    }
    if name == "title" {
        return Some(Clause::Text(value.to_owned(), Mode::Title));
    }
    let (_, field) = FIELDS.iter().find(|(known, _)| *known == name)?;
    let is_valid = match field {
        Field::Year => years(value).is_some(),
        Field::Before | Field::After => PartialDate::from_str(value).is_ok(),
        _ => true,
    };
    is_valid.then(|| Clause::Field(*field, value.to_owned()))
}

/// Reads a year, or two with `..` between them, of which one may be missing.
pub(crate) fn years(value: &str) -> Option<(u16, u16)> {
    let Some((first, last)) = value.split_once("..") else {
        let year = value.parse().ok()?;
        return Some((year, year));
    };
    let year = |text: &str, missing| match text {
        "" => Some(missing),
        text => text.parse().ok(),
    };
    (value != "..").then_some((year(first, 0)?, year(last, u16::MAX)?))
}

#[cfg(test)]
mod tests {
    use super::{Clause, Mode, parse};

    fn show(clause: &Clause) -> String {
        let list =
            |clauses: &[Clause]| clauses.iter().map(show).collect::<Vec<_>>().join(" ");
        match clause {
            Clause::Text(text, Mode::Words) => text.clone(),
            Clause::Text(text, Mode::Prefix) => format!("{text}*"),
            Clause::Text(text, Mode::Phrase) => format!("'{text}'"),
            Clause::Text(text, Mode::Title) => format!("title={text}"),
            Clause::Field(field, value) => format!("{field:?}={value}"),
            Clause::All(clauses) => format!("({})", list(clauses)),
            Clause::Any(clauses) => format!("[{}]", list(clauses)),
            Clause::Not(clause) => format!("-{}", show(clause)),
        }
    }

    #[track_caller]
    fn check(query: &str, expected: &str) {
        assert_eq!(show(&parse(query)), format!("({expected})"), "{query:?}");
    }

    #[test]
    fn each_part_of_the_language_is_read() {
        check("deep sea mining", "deep sea mining");
        check("\"deep sea\" mining", "'deep sea' mining");
        check("“深海 采矿”", "'深海 采矿'");
        check("sea -mining -\"deep sea\"", "sea -mining -'deep sea'");
        check("+literal harb*", "'literal' harb*");
        check("harbour OR port OR quay ship", "[harbour port quay] ship");
        check("(harbour OR port) AND", "([harbour port]) AND");
        check("-(a b)", "-(a b)");
        check("title:sea author:\"Li Wei\"", "title=sea Author=Li Wei");
        check("year:2013 year:2010..2015", "Year=2013 Year=2010..2015");
        check("before:2013-05 after:2010 lang:zh", "Before=2013-05 After=2010 Lang=zh");
    }

    #[test]
    fn what_is_not_of_the_language_is_words() {
        check("year:soon before:x other:y", "year:soon before:x other:y");
        check("EL/1 C++ 20+20 COVID-19 a - b", "EL/1 C++ 20+20 COVID-19 a b");
        check("find.find() f(x)", "find.find() f(x)");
        check("\"never closed", "never closed");
        check("OR a OR", "a OR");
        check("( a", "(a)");
        check(") a )", ") a )");
        check("title: year:", "title: year:");
        check("-", "");
        check("* +", "*");
    }

    #[test]
    fn any_nesting_ends() {
        parse(&"(".repeat(100_000));
        parse(&"-(\"".repeat(10_000));
    }
}
