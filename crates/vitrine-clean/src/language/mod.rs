//! The language of an article, as a BCP 47 tag; `block` has that of its parts.

mod block;
mod letters;

use std::borrow::Cow;

use vitrine_article::{Block, BlockLanguage, Metadata};
use whatlang::Lang;

use letters::Letters;

use crate::typography::{is_alphabetic, is_han};

/// How much of a text is looked at for its language at least, in bytes.
const SAMPLE_LEN: usize = 40_000;

/// How much of a block is looked at, and of a text for its small words, in characters.
const PART_LEN: usize = 4_000;
const WORD_SAMPLE_LEN: usize = 2_000;

/// Returns the language of an article, and those of the blocks that are in another.
///
/// A record's is the one that was given; Chinese without a script gets the one it is
/// written in. What a web page declares is often its template's and counts only between
/// languages of one script, or where the text is too short to tell.
pub(crate) fn of_article(
    metadata: &Metadata,
    blocks: &[Block],
    is_record: bool,
) -> (String, Vec<BlockLanguage>) {
    let parts: Vec<Part<'_>> = blocks.iter().map(Part::of).collect();
    let tag = tag(metadata, &parts, is_record);
    let others = block::of_parts(blocks, &parts, &tag);
    (tag, others)
}

/// The text of a block, as far as it is looked at, and its letters.
#[derive(Debug)]
struct Part<'a> {
    text: Cow<'a, str>,
    letters: Letters,
}

impl<'a> Part<'a> {
    fn of(block: &'a Block) -> Self {
        let text = match block::without_addresses(block.as_plain_text()) {
            Cow::Borrowed(text) => Cow::Borrowed(beginning(text, PART_LEN)),
            Cow::Owned(mut text) => {
                text.truncate(beginning(&text, PART_LEN).len());
                Cow::Owned(text)
            }
        };
        Self { letters: Letters::of(&text), text }
    }
}

fn tag(metadata: &Metadata, parts: &[Part<'_>], is_record: bool) -> String {
    let mut sample = metadata.title.clone();
    let mut letters = Letters::of(&sample);
    for part in parts {
        sample.push('\n');
        sample.push_str(&part.text);
        letters += part.letters;
        if sample.len() >= SAMPLE_LEN {
            break;
        }
    }
    let sample = sample.as_str();
    let given = normalized(&metadata.lang);
    if let Some(given) = given.as_ref().filter(|_| is_record) {
        return if given == "zh" { letters.chinese() } else { given }.to_owned();
    }
    let detected = if letters.are_mixed() && !metadata.title.is_empty() {
        of_title(&metadata.title, sample)
    } else {
        detect_in(sample, &letters)
    };
    let Some(given) = given else { return detected };
    let primary = given.split('-').next().unwrap_or_default();
    let is_cjk = |tag: &str| ["zh", "ja", "ko"].iter().any(|cjk| tag.starts_with(cjk));
    match (is_cjk(primary), is_cjk(&detected)) {
        _ if detected == "und" => given,
        // Of the two languages of a page the declared one is the page's.
        (false, true) if letters.are_mixed() => primary.to_owned(),
        (false, false) => primary.to_owned(),
        _ => detected,
    }
}

/// The language of a page in two: that of its title.
fn of_title(title: &str, sample: &str) -> String {
    let letters = Letters::of(title);
    let tag = detect_in(title, &letters);
    if tag == "und" || letters.are_mixed() {
        return detect(sample);
    }
    if tag.starts_with("zh") {
        return Letters::of(sample).chinese().to_owned();
    }
    let letters: String = sample.chars().filter(|&c| !is_han(c)).collect();
    detect(&letters)
}

/// The first `len` characters of `text`.
fn beginning(text: &str, len: usize) -> &str {
    // No character is shorter than a byte.
    if text.len() <= len {
        return text;
    }
    let end = text.char_indices().nth(len).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// Puts a tag into BCP 47's usual form; `None` when it is none.
pub(crate) fn normalized(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next()?.to_ascii_lowercase();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase());
    if !is_tag || primary == "und" {
        return None;
    }
    let rest: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    let has = |subtag: &str| rest.iter().any(|part| part == subtag);
    if primary == "zh" || primary == "cmn" {
        let is_traditional =
            has("hant") || ["tw", "hk", "mo"].iter().any(|region| has(region));
        let is_simplified =
            has("hans") || ["cn", "sg", "my"].iter().any(|region| has(region));
        return Some(match (is_traditional, is_simplified) {
            (true, _) => "zh-Hant".to_owned(),
            (false, true) => "zh-Hans".to_owned(),
            (false, false) => "zh".to_owned(),
        });
    }
    let mut out = primary;
    for part in rest.iter().take(2) {
        let is_subtag =
            part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_subtag || part.is_empty() {
            break;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 => {
                let (first, rest) = part.split_at(1);
                out.push_str(&first.to_ascii_uppercase());
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    Some(out)
}

/// Tells the language of `text` from its characters and words.
pub(crate) fn detect(text: &str) -> String {
    detect_in(text, &Letters::of(text))
}

fn detect_in(text: &str, counts: &Letters) -> String {
    let &Letters { han, kana, hangul, .. } = counts;
    let letters = counts.of_alphabets();
    if kana * 10 > han && kana * 4 > letters {
        "ja".to_owned()
    } else if hangul * 4 > letters && hangul > han {
        "ko".to_owned()
    } else if han > 0 && han * 4 > letters {
        counts.chinese().to_owned()
    } else if letters == 0 {
        "und".to_owned()
    } else if is_english(text) {
        "en".to_owned()
    } else {
        match whatlang::detect(text) {
            Some(info) if info.is_reliable() || info.confidence() > 0.5 => {
                code(info.lang()).to_owned()
            }
            _ => "und".to_owned(),
        }
    }
}

/// Whether the words that no English sentence does without are frequent; tells a short
/// text better than letter statistics do.
fn is_english(text: &str) -> bool {
    let mut total = 0_usize;
    let mut common = 0_usize;
    let text = beginning(text, WORD_SAMPLE_LEN);
    for word in text.split(|c| !is_alphabetic(c)).filter(|word| !word.is_empty()) {
        total += 1;
        let mut lower = [0; 4];
        if let Some(lower) = lower.get_mut(..word.len()) {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            common += usize::from(matches!(
                &*lower,
                b"the"
                    | b"of"
                    | b"and"
                    | b"to"
                    | b"in"
                    | b"a"
                    | b"is"
                    | b"that"
                    | b"for"
                    | b"it"
                    | b"was"
                    | b"on"
                    | b"are"
                    | b"as"
                    | b"with"
                    | b"by"
                    | b"this"
                    | b"from"
                    | b"at"
                    | b"be"
                    | b"have"
                    | b"an"
            ));
        }
    }
    common * 6 > total && common >= 2
}

/// The shortest tag of a language that the detector knows.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Cmn => "zh",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, normalized};

    #[test]
    fn languages_and_scripts_are_told_apart() {
        assert_eq!(
            detect("The harbor of the town is small, and the boats are old."),
            "en"
        );
        assert_eq!(detect("这个港口的船很旧，没有人来买。"), "zh-Hans");
        assert_eq!(detect("這個港口的船很舊，沒有人來買。"), "zh-Hant");
        assert_eq!(
            detect("Der Hafen der Stadt ist klein, und die Boote sind sehr alt."),
            "de"
        );
        assert_eq!(detect("この港の船はとても古いです。"), "ja");
        assert_eq!(detect("1, 2, 3"), "und");
    }

    #[test]
    fn tags_take_their_usual_form() {
        assert_eq!(normalized("EN_us").as_deref(), Some("en-US"));
        assert_eq!(normalized("zh_TW").as_deref(), Some("zh-Hant"));
        assert_eq!(normalized("zh-CN").as_deref(), Some("zh-Hans"));
        assert_eq!(normalized("ZH").as_deref(), Some("zh"));
        assert_eq!(normalized("english"), None);
    }
}
