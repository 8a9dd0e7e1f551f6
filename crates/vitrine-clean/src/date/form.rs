//! The forms that dates are written in.

use serde::{Deserialize, Serialize};
use vitrine_article::PartialDate;

use super::{
    OrderEvidence, is_plausible,
    token::{Token, TokenKind},
};

/// Which of day and month stands first where a date leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum DayOrder {
    /// `25/06/2013`.
    #[default]
    DayFirst,
    /// `06/25/2013`.
    MonthFirst,
}

impl DayOrder {
    /// The opposite order.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::DayFirst => Self::MonthFirst,
            Self::MonthFirst => Self::DayFirst,
        }
    }
}

/// A date, the number of tokens it takes, and what it tells about the order.
type Read = (PartialDate, usize, OrderEvidence);

/// Reads a date that starts at the first of `tokens`.
pub(super) fn read(tokens: &[Token], order: DayOrder) -> Option<Read> {
    let cursor = Cursor { tokens };
    let read = republican(&cursor)
        .or_else(|| chinese(&cursor, 0, 0))
        .or_else(|| year_first(&cursor))
        .or_else(|| numeric(&cursor, order))
        .or_else(|| month_name_first(&cursor))
        .or_else(|| day_then_month_name(&cursor))?;
    is_plausible(read.0).then_some(read)
}

struct Cursor<'a> {
    tokens: &'a [Token],
}

impl Cursor<'_> {
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.tokens.get(at)?.kind {
            TokenKind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    fn digits(&self, at: usize) -> Option<(u32, usize)> {
        self.number(at).filter(|&(_, digits)| digits > 0)
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            TokenKind::Word(word) => Some(word.as_str()),
            _ => None,
        }
    }

    /// Position after the marks among `marks` that stand at `at`.
    fn skip(&self, at: usize, marks: &[char]) -> usize {
        let is_skipped =
            |at: usize| self.mark(at).is_some_and(|mark| marks.contains(&mark));
        (at..self.tokens.len()).find(|&at| !is_skipped(at)).unwrap_or(self.tokens.len())
    }

    /// Position after an English ordinal's ending.
    fn skip_ordinal(&self, at: usize) -> usize {
        at + usize::from(matches!(self.word(at), Some("st" | "nd" | "rd" | "th")))
    }

    /// Whether the number at `at` is the start of a longer chain (`10.1.2.3`).
    fn continues(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
            && self.tokens.get(at + 1).is_some_and(|next| {
                let end = self.tokens.get(at).map_or(0, |mark| mark.span.end);
                next.span.start == end && !matches!(next.kind, TokenKind::Mark(_))
            })
    }
}

fn new(year: u32, month: u32, day: u32) -> Option<PartialDate> {
    let part = |value: u32| u8::try_from(value).ok();
    PartialDate::new(u16::try_from(year).ok()?, part(month)?, part(day)?)
}

/// `民国102年6月25日`, `中華民國一〇二年六月`.
fn republican(cursor: &Cursor<'_>) -> Option<Read> {
    let at =
        usize::from(cursor.mark(0) == Some('中') && cursor.mark(1) == Some('華')) * 2;
    let at = if at == 0 && cursor.mark(0) == Some('中') && cursor.mark(1) == Some('华')
    {
        2
    } else {
        at
    };
    if cursor.mark(at) != Some('民') || !matches!(cursor.mark(at + 1), Some('国' | '國'))
    {
        return None;
    }
    chinese(cursor, at + 2, 1911).or_else(|| {
        // `民國102.06.25` and `民國102/6/25`.
        let (year, _) = cursor.digits(at + 2)?;
        let mark = cursor.mark(at + 3).filter(|mark| matches!(mark, '.' | '/' | '-'))?;
        let (month, _) = cursor.digits(at + 4)?;
        let (day, _) =
            (cursor.mark(at + 5) == Some(mark)).then(|| cursor.digits(at + 6))??;
        Some((new(year.checked_add(1911)?, month, day)?, at + 7, OrderEvidence::Silent))
    })
}

/// `2013年6月25日`, with the day or without; `offset` is added to the year.
fn chinese(cursor: &Cursor<'_>, at: usize, offset: u32) -> Option<Read> {
    let (year, digits) = cursor.number(at)?;
    if cursor.mark(at + 1) != Some('年') || (offset == 0 && digits != 4 && digits != 0) {
        return None;
    }
    let (month, _) = cursor.number(at + 2)?;
    if month == 0 || cursor.mark(at + 3) != Some('月') {
        return None;
    }
    let year = year.checked_add(offset)?;
    if let (Some((day, _)), Some('日' | '号' | '號')) =
        (cursor.number(at + 4), cursor.mark(at + 5))
    {
        return Some((new(year, month, day)?, at + 6, OrderEvidence::Silent));
    }
    Some((new(year, month, 0)?, at + 4, OrderEvidence::Silent))
}

/// `2013-06-25`, `2013.6.25`, `2013/06`, `2013 June 25`.
fn year_first(cursor: &Cursor<'_>) -> Option<Read> {
    let (year, digits) = cursor.digits(0)?;
    if digits != 4 {
        return None;
    }
    if let Some(month) = cursor.word(1).and_then(month_of) {
        let (day, _) = cursor.digits(2).filter(|&(_, digits)| digits <= 2)?;
        return Some((new(year, month, day)?, 3, OrderEvidence::Silent));
    }
    let mark = cursor.mark(1).filter(|mark| matches!(mark, '-' | '.' | '/'))?;
    let (month, _) =
        cursor.digits(2).filter(|&(month, digits)| month > 0 && digits <= 2)?;
    if cursor.mark(3) == Some(mark)
        && let Some((day, _)) =
            cursor.digits(4).filter(|&(day, digits)| day > 0 && digits <= 2)
    {
        let is_chain = cursor.continues(5, mark);
        return (!is_chain).then_some((new(year, month, day)?, 5, OrderEvidence::Silent));
    }
    let is_month =
        mark == '-' && cursor.mark(3).is_none_or(|mark| !matches!(mark, '-' | '–'));
    is_month.then_some((new(year, month, 0)?, 3, OrderEvidence::Silent))
}

/// `25/06/2013`, `06-25-2013`, `25.06.2013`.
fn numeric(cursor: &Cursor<'_>, order: DayOrder) -> Option<Read> {
    let (first, first_digits) = cursor.digits(0)?;
    let mark = cursor.mark(1).filter(|mark| matches!(mark, '-' | '.' | '/'))?;
    let (second, second_digits) = cursor.digits(2)?;
    let (year, year_digits) =
        (cursor.mark(3) == Some(mark)).then(|| cursor.digits(4))??;
    let is_day_like = (1..=2).contains(&first_digits) && (1..=2).contains(&second_digits);
    if !is_day_like
        || year_digits != 4
        || first == 0
        || second == 0
        || cursor.continues(5, mark)
    {
        return None;
    }
    let by_day = new(year, second, first);
    let by_month = new(year, first, second);
    let (date, evidence) = match (by_day, by_month) {
        (Some(a), Some(b)) if a == b => (a, OrderEvidence::Silent),
        (Some(date), None) => (date, OrderEvidence::DayFirst),
        (None, Some(date)) => (date, OrderEvidence::MonthFirst),
        (Some(by_day), Some(by_month)) => {
            let is_day_first = order == DayOrder::DayFirst || mark == '.';
            let date = if is_day_first { by_day } else { by_month };
            (
                date,
                if mark == '.' {
                    OrderEvidence::Silent
                } else {
                    OrderEvidence::Ambiguous
                },
            )
        }
        (None, None) => return None,
    };
    Some((date, 5, evidence))
}

/// `June 25, 2013`, `Jun. 25th 2013`, `June 2013`.
fn month_name_first(cursor: &Cursor<'_>) -> Option<Read> {
    let month = cursor.word(0).and_then(month_of)?;
    let at = cursor.skip(1, &['.', ',', '-']);
    let (number, digits) = cursor.digits(at)?;
    if digits == 4 {
        return Some((new(number, month, 0)?, at + 1, OrderEvidence::Silent));
    }
    let at = cursor.skip_ordinal(at + 1);
    let at = cursor.skip(at, &['.', ',', '-']);
    let (year, _) = cursor.digits(at).filter(|&(_, digits)| digits == 4)?;
    Some((
        new(year, month, number).filter(|_| number > 0)?,
        at + 1,
        OrderEvidence::Silent,
    ))
}

/// `25 June 2013`, `25th of June, 2013`, `25-Jun-2013`.
fn day_then_month_name(cursor: &Cursor<'_>) -> Option<Read> {
    let (day, _) = cursor.digits(0).filter(|&(day, digits)| day > 0 && digits <= 2)?;
    let at = cursor.skip_ordinal(1);
    let at = at + usize::from(cursor.word(at) == Some("of"));
    let at = cursor.skip(at, &['-', '.', '/']);
    let month = cursor.word(at).and_then(month_of)?;
    let at = cursor.skip(at + 1, &['.', ',', '-', '/']);
    let (year, _) = cursor.digits(at).filter(|&(_, digits)| digits == 4)?;
    Some((new(year, month, day)?, at + 1, OrderEvidence::Silent))
}

fn month_of(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_name = |name: &str| {
        word == name
            || (word.len() == 3 && name.starts_with(word))
            || (word == "sept" && name == "september")
    };
    NAMES.iter().position(|name| is_name(name)).map(|position| position as u32 + 1)
}

/// Words that stand beside a date and belong to it.
pub(super) fn is_time_word(word: &str) -> bool {
    const WORDS: [&str; 35] = [
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "am",
        "pm",
        "a",
        "m",
        "p",
        "at",
        "t",
        "z",
        "gmt",
        "utc",
        "est",
        "edt",
        "cst",
        "pst",
        "pdt",
        "bst",
        "the",
        "cet",
    ];
    WORDS.contains(&word)
}

/// Characters that stand beside a date and belong to it.
pub(super) fn is_time_mark(mark: char) -> bool {
    mark.is_ascii_punctuation()
        || matches!(
            mark,
            '星' | '期'
                | '周'
                | '週'
                | '日'
                | '天'
                | '上'
                | '下'
                | '午'
                | '时'
                | '時'
                | '点'
                | '點'
                | '分'
                | '秒'
                | '（'
                | '）'
                | '【'
                | '】'
                | '·'
                | '—'
                | '–'
                | '｜'
        )
}
