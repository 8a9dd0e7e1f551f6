//! Names of authors, in parts.

/// The name of an author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A person whose name has parts.
    Person {
        /// Family name with its particles: `van der Berg`.
        family: String,
        /// Given names.
        given: String,
        /// `Jr.`, `III`; empty where there is none.
        suffix: String,
    },
    /// A name that is one piece: Chinese, of an institution, of one word.
    Literal {
        /// The name.
        name: String,
    },
}

/// Words between given and family name that belong to the latter.
const PARTICLES: &[&str] = &[
    "af", "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
    "ibn", "la", "le", "ten", "ter", "van", "von", "zu", "zur",
];

/// Words after the family name.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Words that show that a name is an institution's.
const OF_INSTITUTIONS: &[&str] = &[
    "agency",
    "and",
    "association",
    "bureau",
    "center",
    "centre",
    "college",
    "committee",
    "council",
    "department",
    "editors",
    "foundation",
    "for",
    "group",
    "initiative",
    "institute",
    "ministry",
    "network",
    "of",
    "office",
    "organization",
    "programme",
    "project",
    "society",
    "staff",
    "team",
    "the",
    "university",
];

impl Name {
    /// Takes a name apart as it stands in a byline.
    ///
    /// `Zoë van der Berg` and `Berg, Zoë van der` are persons; names in Chinese, Japanese or
    /// Korean characters, of institutions and of one word stay whole.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let literal = || Self::Literal { name: text.to_owned() };
        if text.chars().any(is_cjk) {
            return literal();
        }
        if let Some((family, rest)) = text.split_once(',') {
            return Self::inverted(family, rest).unwrap_or_else(literal);
        }
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let is_institution = |word: &&str| {
            OF_INSTITUTIONS.contains(&word.to_lowercase().as_str())
                || word.chars().any(|c| c.is_ascii_digit())
        };
        if words.len() < 2 || words.len() > 6 || words.iter().any(is_institution) {
            return literal();
        }
        let suffix = words.pop_if(|word| is_suffix(word)).unwrap_or_default();
        if words.len() < 2 {
            return literal();
        }
        // The last word, and the particles before it unless nothing would be left.
        let mut at = words.len() - 1;
        while at > 1 && words.get(at - 1).is_some_and(|word| is_particle(word)) {
            at -= 1;
        }
        let (given, family) = words.split_at(at);
        Self::Person {
            family: family.join(" "),
            given: given.join(" "),
            suffix: suffix.to_owned(),
        }
    }

    /// Reads what stands around the comma of `Family, Given` or `Given Family, Jr.`.
    fn inverted(family: &str, rest: &str) -> Option<Self> {
        let (given, suffix) = rest.split_once(',').unwrap_or((rest, ""));
        let (family, given, suffix) = (family.trim(), given.trim(), suffix.trim());
        if is_suffix(given) {
            let Self::Person { family, given: first, .. } = Self::parse(family) else {
                return None;
            };
            return Some(Self::Person { family, given: first, suffix: given.to_owned() });
        }
        let is_name =
            |text: &str| !text.is_empty() && text.split_whitespace().count() <= 4;
        (is_name(family) && is_name(given)).then(|| Self::Person {
            family: family.to_owned(),
            given: given.to_owned(),
            suffix: suffix.to_owned(),
        })
    }

    /// Returns the name as one reads it aloud.
    pub fn in_order(&self) -> String {
        match self {
            Self::Literal { name } => name.clone(),
            Self::Person { family, given, suffix } => {
                joined(&[given, family, suffix], " ")
            }
        }
    }

    /// Returns the name with the family name first: `Berg, Zoë, Jr.`.
    pub fn inverted_order(&self) -> String {
        match self {
            Self::Literal { name } => name.clone(),
            Self::Person { family, given, suffix } => {
                joined(&[family, given, suffix], ", ")
            }
        }
    }

    /// Returns the initials of the given names, each with `mark` behind it: `Z. M.`, and
    /// `J.-P.` for `Jean-Paul`.
    pub(crate) fn initials(&self, mark: &str) -> String {
        let Self::Person { given, .. } = self else { return String::new() };
        let initial = |part: &str| {
            part.chars().next().map(|c| format!("{}{mark}", c.to_uppercase()))
        };
        let word = |word: &str| {
            word.split('-').filter_map(initial).collect::<Vec<_>>().join("-")
        };
        given.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
    }
}

/// Joins what is not empty.
fn joined(parts: &[&str], separator: &str) -> String {
    let parts: Vec<&str> =
        parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(separator)
}

fn is_particle(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && PARTICLES.contains(&word)
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// Whether a character is of a script whose names have no space between their parts.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::Name;

    fn parts(text: &str) -> String {
        match Name::parse(text) {
            Name::Person { family, given, suffix } => {
                format!("{family}|{given}|{suffix}")
            }
            Name::Literal { name } => name,
        }
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(parts("Zoë Škoda"), "Škoda|Zoë|");
        assert_eq!(parts("Mara van der Quill"), "van der Quill|Mara|");
        assert_eq!(parts("Quill, Mara"), "Quill|Mara|");
        assert_eq!(parts("Theodore B. Oake Jr."), "Oake|Theodore B.|Jr.");
        assert_eq!(parts("Theodore Oake, Jr."), "Oake|Theodore|Jr.");
        assert_eq!(parts("De Witt"), "Witt|De|");
    }

    #[test]
    fn other_names_stay_whole() {
        for name in
            ["陈伟", "Institute of Tides", "Staff", "김하늘", "The Quay Review", ""]
        {
            assert_eq!(parts(name), name);
        }
    }

    #[test]
    fn initials_follow_hyphens() {
        assert_eq!(Name::parse("Jean-Paul M. Oake").initials("."), "J.-P. M.");
    }
}
