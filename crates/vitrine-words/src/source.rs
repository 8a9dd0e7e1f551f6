//! Rust source text, for build scripts.

use crate::Word;

/// Returns the source of a struct `Strings` with a method for each word, of its constructor
/// `Strings::read`, which takes the texts in their order, and of the constant `ENGLISH`: the
/// texts, one a line.
pub fn strings_source(english: &[Word]) -> String {
    let mut methods = String::new();
    for (position, Word { name, .. }) in english.iter().enumerate() {
        let position = position.to_string();
        let head = ["    pub(crate) fn ", name, "(&self) -> &'static str {\n        "];
        methods.extend(head);
        methods.extend(["self.0[", &position, "]\n    }\n\n"]);
    }
    let texts: Vec<&str> = english.iter().map(|word| word.text.as_str()).collect();
    let (count, texts) = (texts.len(), texts.join("\n"));
    format!(
        "/// The words of one language; `{{n}}` and the like are filled in.\n\
         #[derive(Debug)]\npub(crate) struct Strings([&'static str; {count}]);\n\n\
         impl Strings {{\n{methods}    \
         fn read(mut texts: impl Iterator<Item = &'static str>) -> Self {{\n        \
         Self(std::array::from_fn(|_| texts.next().unwrap_or_default()))\n    }}\n}}\n\n\
         pub(crate) const ENGLISH: &str = {texts:?};\n"
    )
}

#[cfg(test)]
mod tests {
    use super::strings_source;
    use crate::parse;

    #[test]
    fn a_word_is_a_method_and_a_line() {
        let source = strings_source(&parse("cut = Cut\nsay = Say \"{n}\"").unwrap());
        assert!(source.contains("fn say(&self) -> &'static str {\n        self.0[1]\n"));
        assert!(source.contains(r#"ENGLISH: &str = "Cut\nSay \"{n}\"";"#), "{source}");
    }
}
