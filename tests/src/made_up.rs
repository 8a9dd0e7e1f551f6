//! Articles that are made up, the same everywhere.
//!
//! They are as uneven as real ones: words follow Zipf's law, each article has a topic whose
//! words it repeats, a third are Chinese.

use std::{convert::Infallible, fmt::Write as _};

use vitrine_article::{Article, Articles, Block, Heading, Metadata, PartialDate};

/// Words of the made-up English, most frequent first; and characters of the Chinese.
const WORDS: u32 = 60_000;
const CHARACTERS: u32 = 3_000;
/// Words that belong to a topic.
pub const TOPIC_WORDS: u32 = 40;
/// Topics.
pub const TOPICS: u32 = 2_000;

/// A stream of numbers that are the same everywhere (`SplitMix64`).
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    /// A rank below `end`; the chance of a rank falls with it, as that of words does.
    fn zipf(&mut self, end: u32) -> u32 {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (f64::from(end).powf(share) - 1.0) as u32
    }
}

/// The word of a rank: short ones are frequent.
fn word(rank: u32) -> String {
    const SYLLABLES: [&str; 20] = [
        "ta", "ri", "no", "sel", "mo", "ven", "ka", "lu", "per", "di", "sto", "ma",
        "ren", "bi", "go", "fal", "che", "ny", "tor", "we",
    ];
    let mut word = String::new();
    let mut rest = rank as usize + 3;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

fn character(rank: u32) -> char {
    char::from_u32(0x4e00 + rank * 7 % 20_000).unwrap_or('中')
}

/// Word number `number` of a topic.
pub fn topic_word(topic: u32, number: u32, is_chinese: bool) -> String {
    let mut random = Random(u64::from(topic * TOPIC_WORDS + number));
    if is_chinese {
        return (0..2).map(|_| character(random.below(CHARACTERS))).collect();
    }
    word(200 + random.below(WORDS - 200))
}

/// Article number `number`.
pub fn article(number: u64) -> Article {
    let mut random = Random(number.wrapping_mul(0xd134_2543_de82_ef95));
    let is_chinese = number % 3 == 2;
    let topic = random.below(TOPICS);
    let paragraphs = 3 + random.zipf(40);
    let body = (0..paragraphs).map(|_| paragraph(&mut random, topic, is_chinese));
    let blocks = body.map(Block::paragraph).collect();
    let between = if is_chinese { "" } else { " " };
    let title: Vec<_> = (0..4)
        .map(|_| topic_word(topic, random.below(TOPIC_WORDS), is_chinese))
        .collect();
    let (year, month) = (1990 + random.below(35) as u16, 1 + random.below(12) as u8);
    Article {
        id: format!("article-{number:07}"),
        metadata: Metadata {
            title: title.join(between),
            date: PartialDate::new(year, month, 1 + random.below(28) as u8),
            authors: vec![word(5_000 + random.below(3_000))],
            lang: if is_chinese { "zh-Hans" } else { "en" }.to_owned(),
            ..Metadata::default()
        },
        blocks,
        ..Article::default()
    }
}

fn paragraph(random: &mut Random, topic: u32, is_chinese: bool) -> String {
    let mut text = String::new();
    for _ in 0..2 + random.below(4) {
        for position in 0..6 + random.below(14) {
            let is_topic = random.below(5) == 0;
            if position > 0 && !is_chinese {
                text.push(' ');
            }
            match (is_topic, is_chinese) {
                (true, _) => {
                    text.push_str(&topic_word(
                        topic,
                        random.below(TOPIC_WORDS),
                        is_chinese,
                    ));
                }
                (false, true) => text.push(character(random.zipf(CHARACTERS))),
                (false, false) => text.push_str(&word(random.zipf(WORDS))),
            }
        }
        // Writing to a String does not fail.
        _ = write!(text, "{}", if is_chinese { "。" } else { ". " });
    }
    text.trim_end().to_owned()
}

/// Made-up articles, each made when it is read.
#[derive(Debug)]
pub struct MadeUp {
    headings: Vec<MadeUpHeading>,
    changed: Option<usize>,
}

/// What is held of a made-up article: little, because what packing takes is measured.
#[derive(Debug)]
struct MadeUpHeading {
    id: Box<str>,
    date: Option<PartialDate>,
    lang: &'static str,
}

impl MadeUp {
    /// Returns so many articles, of which one may be another than it was.
    pub fn new(count: usize, changed: Option<usize>) -> Self {
        let heading = |number| {
            let Article { id, metadata, .. } = article(number);
            let lang = if metadata.lang == "en" { "en" } else { "zh-Hans" };
            MadeUpHeading { id: id.into(), date: metadata.date, lang }
        };
        Self { headings: (0..count as u64).map(heading).collect(), changed }
    }
}

impl Articles for MadeUp {
    type Error = Infallible;

    fn count(&self) -> usize {
        self.headings.len()
    }

    fn heading(&self, number: usize) -> Option<Heading<'_>> {
        let MadeUpHeading { id, date, lang } = self.headings.get(number)?;
        Some(Heading { id, lang, date: *date })
    }

    fn read(&mut self, number: usize) -> Result<Option<Article>, Infallible> {
        let mut article = article(number as u64);
        if self.changed == Some(number) {
            article.blocks.push(Block::paragraph("A correction was added here."));
        }
        Ok((number < self.count()).then_some(article))
    }
}
