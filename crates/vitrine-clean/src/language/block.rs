//! The language of the parts of an article that are in another one.
//!
//! Nothing is better than a wrong language: a block counts only where its script, or both
//! the letters and the small words of it, say so.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use vitrine_article::{Block, BlockLanguage};

use super::{SCRIPT_SAMPLE_LEN, beginning, code, count_chinese, detect, is_english};
use crate::typography::is_han;

/// Letters by which a block's script is known, and its language among those of a script.
const MIN_SCRIPT_LETTERS: usize = 12;
const MIN_LETTERS: usize = 80;
/// Characters that only one kind of Chinese has, by which the other is known.
const MIN_HAN: usize = 6;
/// Small words of a language that a block has at least.
const MIN_SMALL_WORDS: usize = 5;

/// Returns the blocks that are not in the article's language, with their own.
pub(crate) fn of_blocks(blocks: &[Block], article: &str) -> Vec<BlockLanguage> {
    if article == "und" {
        return Vec::new();
    }
    let languages = blocks.iter().zip(0..).filter_map(|(block, position)| {
        if matches!(block, Block::Code { .. } | Block::Table { .. } | Block::Break) {
            return None;
        }
        let text = block.plain_text();
        let text = without_addresses(&text);
        let lang = of_text(beginning(&text, SCRIPT_SAMPLE_LEN), article)?;
        Some(BlockLanguage { block: position, lang })
    });
    languages.collect()
}

fn of_text(text: &str, article: &str) -> Option<String> {
    let primary = article.split('-').next().unwrap_or_default();
    let (script, letters) = main_script(text)?;
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
            let (simplified, traditional) = count_chinese(text);
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
    /// All small words, sorted, each with a bit for each language that has it.
    static WORDS: LazyLock<Vec<(u64, u8)>> = LazyLock::new(|| {
        let mut words = BTreeMap::new();
        for (position, (_, small)) in SMALL_WORDS.iter().enumerate() {
            for word in small.split(' ').filter_map(number_of) {
                *words.entry(word).or_default() |= 1 << position;
            }
        }
        words.into_iter().collect()
    });
    let mut counts = SMALL_WORDS.map(|(tag, _)| (tag, 0));
    for word in text.split(|c: char| !c.is_alphabetic()).filter_map(number_of) {
        let found = WORDS.binary_search_by_key(&word, |&(word, _)| word).ok();
        let Some((_, languages)) = found.and_then(|at| WORDS.get(at)) else { continue };
        for (position, (_, count)) in counts.iter_mut().enumerate() {
            *count += usize::from(languages >> position & 1);
        }
    }
    counts
}

/// Longest small word, in bytes.
const MAX_SMALL_WORD: usize = 5;

/// A word in lower case as a number, which is found faster; `None` for one that is longer than
/// any small word.
fn number_of(word: &str) -> Option<u64> {
    if word.is_empty() || word.len() > MAX_SMALL_WORD {
        return None;
    }
    let mut padded = [0; 8];
    let mut fill = |word: &[u8]| {
        padded.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
        word.len() <= MAX_SMALL_WORD
    };
    let is_short = if word.is_ascii() {
        fill(word.as_bytes())
    } else {
        fill(word.to_lowercase().as_bytes())
    };
    padded.make_ascii_lowercase();
    is_short.then_some(u64::from_le_bytes(padded))
}

/// What addresses are known by.
const ADDRESS_MARKS: [&str; 3] = ["://", "@", "www."];

/// The text without addresses, which are in no language.
fn without_addresses(text: &str) -> Cow<'_, str> {
    let is_address = |run: &str| ADDRESS_MARKS.iter().any(|mark| run.contains(mark));
    if !is_address(text) {
        return Cow::Borrowed(text);
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
    const ALL: [(Self, char, char); 7] = [
        (Self::Latin, 'A', '\u{24f}'),
        (Self::Greek, '\u{370}', '\u{3ff}'),
        (Self::Cyrillic, '\u{400}', '\u{52f}'),
        (Self::Hebrew, '\u{590}', '\u{5ff}'),
        (Self::Arabic, '\u{600}', '\u{77f}'),
        (Self::Han, '\u{3040}', '\u{9fff}'),
        (Self::Hangul, '\u{ac00}', '\u{d7af}'),
    ];

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

/// The script of three letters out of four, and how many letters of it there are.
fn main_script(text: &str) -> Option<(Script, usize)> {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
        return (letters > 0).then_some((Script::Latin, letters));
    }
    let mut counts = [0_usize; Script::ALL.len()];
    let mut all = 0;
    for c in text.chars().filter(|&c| is_han(c) || c.is_alphabetic()) {
        // A Chinese character says about as much as a word of four letters.
        let weight = if is_han(c) { 4 } else { 1 };
        all += weight;
        let of_script =
            |(_, first, last): &(Script, char, char)| (*first..=*last).contains(&c);
        if let Some(count) =
            Script::ALL.iter().position(of_script).and_then(|at| counts.get_mut(at))
        {
            *count += weight;
        }
    }
    let scripts = Script::ALL.iter().zip(counts);
    let (&(script, ..), most) = scripts.max_by_key(|(_, count)| *count)?;
    (most * 4 > all * 3).then_some((script, most))
}

#[cfg(test)]
mod tests {
    use vitrine_article::Block;

    use super::of_blocks;

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
            let found = of_blocks(&blocks, article).into_iter();
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
