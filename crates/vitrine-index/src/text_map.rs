//! A map from texts to values that takes little memory for each.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// A map from texts, which are numbered in the order of their appearance.
///
/// All texts stand in one string: an allocation for each of the millions of words of a large
/// archive would take several times as much memory as the word.
pub(crate) struct TextMap<V> {
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    values: Vec<V>,
    /// The numbers of the texts, by their hashes.
    numbers: HashTable<u32>,
    state: RandomState,
}

impl<V> Default for TextMap<V> {
    fn default() -> Self {
        Self {
            texts: String::new(),
            ends: Vec::new(),
            values: Vec::new(),
            numbers: HashTable::new(),
            state: RandomState::new(),
        }
    }
}

impl<V> TextMap<V> {
    /// Returns the value of a text.
    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        self.values.get(self.number(text)? as usize)
    }

    /// Returns the number of a text and its value; a text that is not there is added with
    /// what `new` returns.
    pub(crate) fn entry(
        &mut self,
        text: &str,
        new: impl FnOnce() -> V,
    ) -> (u32, Option<&mut V>) {
        let number = self.number(text).unwrap_or_else(|| self.insert(text, new()));
        (number, self.values.get_mut(number as usize))
    }

    fn number(&self, text: &str) -> Option<u32> {
        let is_it = |&number: &u32| text_of(&self.texts, &self.ends, number) == text;
        self.numbers.find(self.state.hash_one(text), is_it).copied()
    }

    fn insert(&mut self, text: &str, value: V) -> u32 {
        let Self { texts, ends, values, numbers, state } = self;
        let number = ends.len() as u32;
        texts.push_str(text);
        ends.push(texts.len());
        values.push(value);
        let hash = |&number: &u32| state.hash_one(text_of(texts, ends, number));
        numbers.insert_unique(state.hash_one(text), number, hash);
        number
    }

    /// Returns the number of texts.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns the text of a number and its value.
    pub(crate) fn at(&self, number: u32) -> Option<(&str, &V)> {
        let value = self.values.get(number as usize)?;
        Some((text_of(&self.texts, &self.ends, number), value))
    }
}

fn text_of<'a>(texts: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(number).copied().unwrap_or_default();
    texts.get(start.copied().unwrap_or_default()..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::TextMap;

    #[test]
    fn texts_keep_their_numbers_and_values() {
        let mut map = TextMap::default();
        let texts: Vec<String> =
            (0..5_000_u32).map(|n| format!("潮{}", n * n % 9_973)).collect();
        let mut distinct: Vec<&str> = Vec::new();
        for text in texts.iter().map(String::as_str).chain([""]) {
            let is_new = map.get(text).is_none();
            let (number, value) = map.entry(text, || distinct.len());
            assert_eq!(value, Some(&mut (number as usize)));
            if is_new {
                distinct.push(text);
            }
        }
        for (number, text) in distinct.iter().enumerate() {
            assert_eq!(map.get(text), Some(&number));
        }
        assert_eq!(map.get("tide"), None);
        assert_eq!(map.len(), distinct.len());
        for (number, &text) in (0_u32..).zip(&distinct) {
            assert_eq!(map.at(number), Some((text, &(number as usize))));
        }
    }
}
