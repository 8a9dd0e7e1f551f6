//! The language of the parts of an article that are in another one.
//!
//! Nothing is better than a wrong language: a block counts only where its script, or both
//! the letters and the small words of it, say so.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use vitrine_article::{Block, BlockLanguage};

use super::{Letters, Part, code, detect, is_english};
use crate::typography::{has_pair, is_alphabetic};

/// Letters by which a block's script is known, and its language among those of a script.
const MIN_SCRIPT_LETTERS: usize = 12;
const MIN_LETTERS: usize = 80;
/// Characters that only one kind of Chinese has, by which the other is known.
const MIN_HAN: usize = 6;
/// Small words of a language that a block has at least.
const MIN_SMALL_WORDS: usize = 5;

/// Returns the blocks that are not in the article's language, with their own.
pub(super) fn of_parts(
    blocks: &[Block],
    parts: &[Part<'_>],
    article: &str,
) -> Vec<BlockLanguage> {
    if article == "und" {
        return Vec::new();
    }
    let languages =
        blocks.iter().zip(parts).zip(0..).filter_map(|((block, part), at)| {
            if matches!(block, Block::Code { .. } | Block::Table { .. } | Block::Break) {
                return None;
            }
            Some(BlockLanguage { block: at, lang: of_part(part, article)? })
        });
    languages.collect()
}

fn of_part(part: &Part<'_>, article: &str) -> Option<String> {
    let Part { text, letters: counts } = part;
    let primary = article.split('-').next().unwrap_or_default();
    let (script, letters) = main_script(counts)?;
    if letters < MIN_SCRIPT_LETTERS {
        return None;
    }
    if !script.is_of(primary) {
        return Some(match script {
            Script::Latin if is_english(text) => "en".to_owned(),
            Script::Latin => {
                latin(text, &small_words(text)).unwrap_or(script.tag()).to_owned()
            }
            _ => {
                let detected = detect(text);
                let primary = detected.split('-').next().unwrap_or_default();
                let fits = detected != "und" && script.is_of(primary);
                if fits { detected } else { script.tag().to_owned() }
            }
        });
    }
    match script {
        Script::Han if primary == "zh" => {
            let &Letters { simplified, traditional, .. } = counts;
            let (own, other, tag) = if article == "zh-Hant" {
                (traditional, simplified, "zh-Hans")
            } else {
                (simplified, traditional, "zh-Hant")
            };
            (other >= MIN_HAN && other > 8 * own).then(|| tag.to_owned())
        }
        Script::Latin if letters >= MIN_LETTERS => {
            let words = small_words(text);
            let own = count_of(&words, primary);
            if words.iter().all(|&(_, count)| count <= 2 * own) {
                return None;
            }
            let tag = latin(text, &words).filter(|tag| *tag != primary)?;
            (count_of(&words, tag) > 2 * own).then(|| tag.to_owned())
        }
        _ => None,
    }
}

/// Small words of the languages of the Latin script that are told apart: no text of some
/// length does without them.
const SMALL_WORDS: [(&str, &str); 7] = [
    ("en", "the of and to that was with for this from are by is it he she his her"),
    ("fr", "le la les de des du une est et dans qui pour sur pas par"),
    ("de", "der die das und ist nicht den von mit ein eine auf im zu"),
    ("es", "el la los las de y una del por con su que más pero"),
    ("it", "il la che di della è per nel gli sono anche dei una"),
    ("pt", "o os de não uma em um dos ao pelo são mais que foi"),
    ("nl", "de het een van niet zijn voor dat met aan ook op en"),
];

/// The language of a text in Latin letters, if both its letters and its small words tell.
fn latin(text: &str, small_words: &SmallWords) -> Option<&'static str> {
    // The letters are looked at last: that takes long.
    if small_words.iter().all(|&(_, count)| count < MIN_SMALL_WORDS) {
        return None;
    }
    let tag = code(whatlang::detect(text).filter(whatlang::Info::is_reliable)?.lang());
    (count_of(small_words, tag) >= MIN_SMALL_WORDS).then_some(tag)
}

/// How many small words of each language a text has.
type SmallWords = [(&'static str, usize); SMALL_WORDS.len()];

fn count_of(small_words: &SmallWords, tag: &str) -> usize {
    small_words.iter().find(|(known, _)| *known == tag).map_or(0, |&(_, count)| count)
}

fn small_words(text: &str) -> SmallWords {
    static KNOWN: LazyLock<KnownWords> = LazyLock::new(KnownWords::new);
    let mut counts = SMALL_WORDS.map(|(tag, _)| (tag, 0));
    let mut count = |word: u64| {
        let languages = KNOWN.languages(word);
        if languages != 0 {
            for (position, (_, count)) in counts.iter_mut().enumerate() {
                *count += usize::from(languages >> position & 1);
            }
        }
    };
    let (mut word, mut len) = (0, 0);
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphabetic() || !c.is_ascii() && is_alphabetic(c) {
            word = with_letter(word, c);
            len += 1;
            continue;
        }
        if len > 0 && len <= MAX_SMALL_WORD {
            count(word);
        }
        (word, len) = (0, 0);
    }
    counts
}

/// Longest small word, in letters.
const MAX_SMALL_WORD: usize = 5;

/// A word as a number that grows by a letter, in lower case: no other word of as many
/// letters has it.
fn with_letter(word: u64, c: char) -> u64 {
    let letter = if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        // What is longer in lower case is in no small word.
        c.to_lowercase().next().unwrap_or(c)
    };
    // Small words have letters below U+1000 only.
    word << 12 | u64::from(u32::from(letter).min(0xfff))
}

/// The small words of all languages, found by a number.
struct KnownWords {
    /// A word, and a bit for each language that has it; a word stands in the first free slot
    /// from its own on.
    slots: Vec<(u64, u8)>,
}

impl KnownWords {
    const SLOT_BITS: u32 = 10;

    fn new() -> Self {
        let mut words = BTreeMap::<u64, u8>::new();
        for (position, (_, small)) in SMALL_WORDS.iter().enumerate() {
            for word in small.split(' ') {
                *words.entry(word.chars().fold(0, with_letter)).or_default() |=
                    1 << position;
            }
        }
        let mut known = Self { slots: vec![(0, 0); 1 << Self::SLOT_BITS] };
        for (word, languages) in words {
            let at = known.slot_of(word);
            if let Some(slot) = known.slots.get_mut(at) {
                *slot = (word, languages);
            }
        }
        known
    }

    fn languages(&self, word: u64) -> u8 {
        self.slots.get(self.slot_of(word)).map_or(0, |&(_, languages)| languages)
    }

    /// Where a word stands, or would stand.
    fn slot_of(&self, word: u64) -> usize {
        let mixed = word.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let first = (mixed >> (u64::BITS - Self::SLOT_BITS)) as usize;
        let slots = (first..self.slots.len()).chain(0..first);
        let is_its = |at: &usize| {
            self.slots
                .get(*at)
                .is_none_or(|&(known, languages)| languages == 0 || known == word)
        };
        slots.into_iter().find(is_its).unwrap_or(first)
    }
}

/// What addresses are known by.
const ADDRESS_MARKS: [&str; 3] = ["://", "@", "www."];

/// The text without addresses, which are in no language.
pub(super) fn without_addresses(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_address = |run: &str| ADDRESS_MARKS.iter().any(|mark| run.contains(mark));
    // The beginnings of the marks, which are found faster.
    let is_begun = |a: u8, b: u8| {
        matches!((a, b), (b':', b'/') | (b'w', b'w') | (b'@', _) | (_, b'@'))
    };
    if !has_pair(&text, is_begun) || !is_address(&text) {
        return text;
    }
    text.split_inclusive(|c: char| !c.is_ascii_graphic())
        .filter(|run| !is_address(run))
        .collect()
}

/// A script, as far as languages are told by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Han,
    Hangul,
}

impl Script {
    /// The tag that says no more than the script.
    fn tag(self) -> &'static str {
        match self {
            Self::Latin => "und-Latn",
            Self::Greek => "el",
            Self::Cyrillic => "und-Cyrl",
            Self::Hebrew => "he",
            Self::Arabic => "ar",
            Self::Han => "zh",
            Self::Hangul => "ko",
        }
    }

    /// Whether a language is written in it.
    fn is_of(self, primary: &str) -> bool {
        let script = match primary {
            "zh" | "ja" => Self::Han,
            "ko" => Self::Hangul,
            "ru" | "uk" | "bg" | "sr" | "be" | "mk" | "kk" => Self::Cyrillic,
            "el" => Self::Greek,
            "he" | "yi" => Self::Hebrew,
            "ar" | "fa" | "ur" | "ps" | "ug" | "sd" | "ckb" => Self::Arabic,
            // Scripts that are not told apart: no block of them is another's.
            "ka" | "hy" | "am" | "hi" | "mr" | "ne" | "bn" | "gu" | "pa" | "ta"
            | "te" | "kn" | "ml" | "or" | "si" | "th" | "km" | "lo" | "my" => {
                return false;
            }
            _ => Self::Latin,
        };
        script == self
    }
}

/// The script of three letters out of four, and how many letters of it there are; a Chinese
/// character says about as much as a word of four letters.
fn main_script(letters: &Letters) -> Option<(Script, usize)> {
    let &Letters { latin, greek, cyrillic, hebrew, arabic, hangul, .. } = letters;
    let han = 4 * letters.han + letters.kana;
    let all = letters.of_alphabets() + hangul + han;
    let counts = [
        (Script::Latin, latin),
        (Script::Greek, greek),
        (Script::Cyrillic, cyrillic),
        (Script::Hebrew, hebrew),
        (Script::Arabic, arabic),
        (Script::Han, han),
        (Script::Hangul, hangul),
    ];
    counts.into_iter().find(|(_, count)| count * 4 > all * 3)
}

#[cfg(test)]
mod tests {
    use vitrine_article::Block;

    use super::{Part, of_parts};

    #[test]
    fn a_block_in_another_language_is_known() {
        let french = "Le phare de la pointe a été construit pendant la guerre par les \
            pêcheurs du village, qui en avaient assez de perdre leurs bateaux.";
        let english = "The lighthouse on the point was built during the war by the \
            fishermen of the village, who had had enough of losing their boats.";
        let simplified = "这个港口的灯塔是战争时期由渔民们自己建造的，现在还亮着。";
        let traditional = "這個港口的燈塔是戰爭時期由漁民們自己建造的，現在還亮著。";
        let arabic = "يرتفع المد مرتين في اليوم";
        let texts = [french, english, simplified, traditional, arabic, "G20, 1949"];
        let blocks: Vec<Block> = texts.into_iter().map(Block::paragraph).collect();
        let of = |article| {
            let parts: Vec<Part<'_>> = blocks.iter().map(Part::of).collect();
            let found = of_parts(&blocks, &parts, article).into_iter();
            found.map(|of| (of.block, of.lang)).collect::<Vec<_>>()
        };
        let owned = |found: [(u32, &str); 4]| found.map(|(at, tag)| (at, tag.to_owned()));
        let [fr, en, simplified, traditional, ar] =
            [(0, "fr"), (1, "en"), (2, "zh-Hans"), (3, "zh-Hant"), (4, "ar")];
        assert_eq!(of("en"), owned([fr, simplified, traditional, ar]));
        assert_eq!(of("fr-CA"), owned([en, simplified, traditional, ar]));
        assert_eq!(of("zh-Hans"), owned([fr, en, traditional, ar]));
        assert_eq!(of("zh-Hant"), owned([fr, en, simplified, ar]));
        assert_eq!(of("und"), []);
    }
}
