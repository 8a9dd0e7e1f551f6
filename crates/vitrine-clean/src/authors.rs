//! Bylines: one line of names becomes a list.

use crate::typography::{is_cjk, is_han, one_line};

/// Splits a byline into names, each once, in order; what is no name is left out.
pub(crate) fn split(byline: &str) -> Vec<String> {
    let byline = one_line(byline);
    let byline = strip_label(&byline);
    let mut names: Vec<String> = Vec::new();
    for part in parts(byline) {
        let name = cleaned(part);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Returns whether `text` reads like one or more names: few words, each with a capital
/// or in a script without capitals, no end of a sentence.
pub(crate) fn looks_like_names(text: &str) -> bool {
    let names = split(text);
    !names.is_empty() && names.len() <= 12 && names.iter().all(|name| is_name(name))
}

/// Returns whether `name` is one of a person rather than of an organization or an account:
/// two to five words with capitals, or Chinese characters, and no word of trade.
pub(crate) fn is_person(name: &str) -> bool {
    const WORDS: [&str; 26] = [
        "news",
        "staff",
        "team",
        "press",
        "associated",
        "times",
        "daily",
        "post",
        "journal",
        "media",
        "editors",
        "editorial",
        "network",
        "magazine",
        "group",
        "company",
        "inc",
        "university",
        "institute",
        "school",
        "department",
        "desk",
        "agency",
        "services",
        "board",
        "foundation",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    let is_trade = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WORDS.contains(&word.as_str())
    };
    let has_initial = || words.iter().any(|word| word.len() <= 3);
    is_name(name)
        && !words.iter().any(is_trade)
        && ((2..=5).contains(&words.len()) || name.chars().any(is_han))
        && (!name.contains('.') || has_initial())
}

/// Leaves out the names that another one is a part of: a name with a title before it.
pub(crate) fn without_parts(names: &[String]) -> Vec<String> {
    let is_longer_form = |name: &String| {
        names.iter().any(|other| {
            other.len() < name.len()
                && other.contains(' ')
                && (name.starts_with(other.as_str()) || name.ends_with(other.as_str()))
        })
    };
    names.iter().filter(|name| !is_longer_form(name)).cloned().collect()
}

/// Whether `part` says what somebody does, and no name.
fn is_role(part: &str) -> bool {
    const ROLES: [&str; 30] = [
        "writer",
        "editor",
        "reporter",
        "correspondent",
        "contributor",
        "columnist",
        "producer",
        "journalist",
        "photographer",
        "author",
        "authors",
        "staff",
        "updated",
        "published",
        "posted",
        "md",
        "phd",
        "ph.d",
        "ms",
        "rd",
        "rn",
        "mba",
        "cfp",
        "cpa",
        "jd",
        "expert",
        "analyst",
        "follow",
        "about",
        "reviewer",
    ];
    let lower = part.trim_end_matches('.').to_lowercase();
    let mut words = lower.split(' ');
    let last = words.next_back().unwrap_or_default();
    ROLES.contains(&last)
        || lower.starts_with("about the ")
        || lower.starts_with("updated")
}

fn is_name(name: &str) -> bool {
    const PARTICLES: [&str; 16] = [
        "de", "la", "van", "von", "der", "den", "da", "di", "del", "bin", "al", "el",
        "le", "du", "of", "the",
    ];
    if name.chars().any(|c| c.is_ascii_digit() || "?!;:<>=|@".contains(c)) {
        return false;
    }
    let han = name.chars().filter(|&c| is_han(c)).count();
    if han > 0 {
        return name.chars().count() <= 12
            || (name.contains('·') && name.chars().count() <= 20);
    }
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        // `al-Tamimi` has its capital after the particle.
        let is_capital = word
            .split(['-', '’', '\''])
            .any(|part| part.chars().next().is_some_and(|c| !c.is_lowercase()));
        is_capital || PARTICLES.contains(word)
    };
    let ends_like_initial = |word: &str| word.trim_end_matches('.').chars().count() <= 3;
    words.len() <= 6
        && words.iter().all(is_word)
        && (!name.ends_with('.')
            || words.last().is_some_and(|word| ends_like_initial(word)))
}

/// Takes away what introduces a byline.
fn strip_label(byline: &str) -> &str {
    const LABELS: [&str; 12] = [
        "written by",
        "posted by",
        "by",
        "authors:",
        "author:",
        "作者：",
        "作者:",
        "文/",
        "文／",
        "撰文：",
        "记者：",
        "記者：",
    ];
    let byline = byline.trim();
    for label in LABELS {
        let Some(start) = byline.get(..label.len()) else { continue };
        if start.eq_ignore_ascii_case(label) {
            let rest = byline.get(label.len()..).unwrap_or_default();
            let is_word = label.ends_with(|c: char| c.is_ascii_alphabetic());
            if !is_word || rest.is_empty() || rest.starts_with([' ', ':', '：']) {
                return rest.trim_start_matches([':', '：', ' ']);
            }
        }
    }
    byline
}

/// Splits at commas, semicolons, `and` and the Chinese marks; a space splits between two
/// Chinese names.
fn parts(byline: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in
        byline.split([';', '；', '、', '，', ',', '|', '｜', '/', '／', '&', '＆', '\t'])
    {
        for part in part.split(" and ").flat_map(|part| part.split(" with ")) {
            let part = part.trim();
            let is_chinese =
                part.contains(' ') && part.chars().all(|c| is_han(c) || c == ' ');
            let words: Vec<&str> = part.split(' ').collect();
            // `王 芳` is one name set wide, `王芳 李娜` are two.
            if is_chinese && words.iter().all(|word| word.chars().count() >= 2) {
                parts.extend(words);
            } else {
                parts.push(part);
            }
        }
    }
    parts
}

fn cleaned(part: &str) -> String {
    let part = part.trim().trim_start_matches("and ").trim_start_matches("By ");
    let part = part.trim_matches(|c: char| {
        matches!(
            c,
            '(' | ')' | '（' | '）' | '【' | '】' | ':' | '：' | '-' | '—' | '·' | '*'
        )
    });
    let part = part.trim();
    let part = part
        .strip_prefix("Author ")
        .or_else(|| part.strip_prefix("Authors "))
        .unwrap_or(part);
    if part.starts_with('#') || (part.is_ascii() && is_role(part)) {
        return String::new();
    }
    let all_han_but_space =
        part.chars().all(|c| is_cjk(c) || c == ' ') && part.contains(' ');
    if all_han_but_space { part.replace(' ', "") } else { part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{looks_like_names, split};

    #[test]
    fn bylines_fall_into_names() {
        assert_eq!(
            split("By Ana Ruiz, Tom Lee and Wu Fang"),
            ["Ana Ruiz", "Tom Lee", "Wu Fang"]
        );
        assert_eq!(split("作者：王芳、李小明"), ["王芳", "李小明"]);
        assert_eq!(split("王芳 李小明"), ["王芳", "李小明"]);
        assert_eq!(split("文/ 王 芳"), ["王芳"]);
        assert_eq!(split("By"), [""; 0]);
        assert_eq!(split("Byron Cole"), ["Byron Cole"]);
    }

    #[test]
    fn a_sentence_is_no_name() {
        assert!(looks_like_names("Ana de la Cruz and J. R. Hale Jr."));
        assert!(!looks_like_names("all accounts, shore up your defenses, stat."));
        assert!(!looks_like_names("the end of 2013"));
    }
}
