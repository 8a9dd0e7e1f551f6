//! Dates as pages write them, English and Chinese, in running text or alone.

mod form;
mod token;

use std::{cmp::Ordering, ops::Range};

use serde::{Deserialize, Serialize};
use vitrine_article::PartialDate;

pub(crate) use form::DayOrder;
use token::{Token, TokenKind, tokens};

/// How many dates show the order of day and month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OrderCounts {
    pub(crate) day_first: usize,
    pub(crate) month_first: usize,
}

impl OrderCounts {
    /// Counts one date.
    pub(crate) fn add(&mut self, evidence: OrderEvidence) {
        self.day_first += usize::from(evidence == OrderEvidence::DayFirst);
        self.month_first += usize::from(evidence == OrderEvidence::MonthFirst);
    }

    /// Adds what others show.
    pub(crate) fn extend(&mut self, other: Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
    }

    /// The order that most dates show, if there is one.
    pub(crate) fn order(self) -> Option<DayOrder> {
        match self.day_first.cmp(&self.month_first) {
            Ordering::Greater => Some(DayOrder::DayFirst),
            Ordering::Less => Some(DayOrder::MonthFirst),
            Ordering::Equal => None,
        }
    }
}

/// Returns the date whose day and month are those of `date` in the other order.
pub(crate) fn swapped(date: PartialDate) -> Option<PartialDate> {
    PartialDate::new(date.year(), date.day()?, date.month()?)
}

/// A date and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The date.
    pub(crate) date: PartialDate,
    /// Bytes of the text that it was read from.
    pub(crate) span: Range<usize>,
    /// What the way it is written tells about the order of day and month.
    pub(crate) order: OrderEvidence,
}

/// What a written date tells about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderEvidence {
    /// Nothing: the form has no doubt about it.
    Silent,
    /// The day stands first.
    DayFirst,
    /// The month stands first.
    MonthFirst,
    /// It could be either; the caller's order was taken.
    Ambiguous,
}

/// Returns whether [`find`] may find a date in `text`; tells it fast.
pub(crate) fn may_hold(text: &str) -> bool {
    token::may_hold_date(text)
}

/// Finds the first date of at least a month in `text`.
pub(crate) fn find(text: &str, order: DayOrder) -> Option<Found> {
    if !may_hold(text) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|start| {
        let rest = tokens.get(start..)?;
        // A number glued to a word or another number is part of a name or a count.
        let previous = start.checked_sub(1).and_then(|i| tokens.get(i));
        if previous.is_some_and(|previous| is_glued(previous, rest)) {
            return None;
        }
        let (date, len, order) = form::read(rest, order)?;
        let (first, last) = (rest.first()?, rest.get(len - 1)?);
        Some(Found { date, span: first.span.start..last.span.end, order })
    })
}

/// Reads `text` as a date and nothing else but a time of day and a weekday; a year alone
/// and eight digits count, too.
pub(crate) fn parse(text: &str, order: DayOrder) -> Option<Found> {
    if let Some(found) = find(text, order) {
        return is_alone(text, &found.span).then_some(found);
    }
    let text = text.trim();
    let digits = text.strip_suffix('年').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part =
        |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u16>().ok());
    let date = match digits.len() {
        4 => PartialDate::new(part(0..4)?, 0, 0)?,
        8 => {
            let (month, day) = (part(4..6)? as u8, part(6..8)? as u8);
            PartialDate::new(part(0..4)?, month, day).filter(|_| month > 0 && day > 0)?
        }
        _ => return None,
    };
    is_plausible(date).then_some(Found {
        date,
        span: 0..text.len(),
        order: OrderEvidence::Silent,
    })
}

/// Returns whether nothing but times, weekdays and punctuation stands beside `span`.
pub(crate) fn is_alone(text: &str, span: &Range<usize>) -> bool {
    tokens(text)
        .iter()
        .filter(|token| token.span.end <= span.start || token.span.start >= span.end)
        .all(|token| match &token.kind {
            TokenKind::Number { value, digits } => *digits <= 6 && *value < 1_000_000,
            TokenKind::Word(word) => form::is_time_word(word.as_str()),
            TokenKind::Mark(mark) => form::is_time_mark(*mark),
        })
}

/// Whether an article can be of this year: older ones are typing errors or numbers.
pub(crate) fn is_plausible(date: PartialDate) -> bool {
    (1600..=2100).contains(&date.year())
}

fn is_glued(previous: &Token, rest: &[Token]) -> bool {
    let Some(first) = rest.first() else { return false };
    let is_adjacent = previous.span.end == first.span.start;
    let is_number = matches!(first.kind, TokenKind::Number { .. });
    is_adjacent
        && match previous.kind {
            TokenKind::Word(_) | TokenKind::Number { .. } => true,
            TokenKind::Mark(mark) => {
                is_number && matches!(mark, '-' | '.' | '/' | '第' | '$')
            }
        }
}

#[cfg(test)]
mod tests {
    use super::{DayOrder, OrderEvidence, find, parse};

    fn date(text: &str) -> String {
        parse(text, DayOrder::DayFirst).map_or_else(String::new, |f| f.date.to_string())
    }

    #[test]
    fn every_common_form_is_read() {
        for text in [
            "Jun 25 2013",
            "25 June 2013",
            "June 25th, 2013",
            "Tue, 25 Jun 2013 10:04:05 GMT",
            "2013-06-25",
            "2013.06.25",
            "2013/6/25 08:30",
            "25/06/2013",
            "25.06.2013",
            "2013年6月25日",
            "２０１３年０６月２５日 星期二",
            "二〇一三年六月二十五日",
            "民国102年6月25日",
            "中華民國一〇二年六月二十五日",
            "2013-06-25T10:00:00Z",
            "2013-06-25T10:00:00+08:00",
            "20130625",
            "Jun. 25, 2013",
            "the 25th of June 2013",
            "June 25, 2013, 10:30 a.m. EDT",
            "25-Jun-2013",
            "2013 June 25",
        ] {
            assert_eq!(date(text), "2013-06-25", "{text:?}");
        }
        for text in ["June 2013", "2013-06", "2013年6月", "二○一三年六月"] {
            assert_eq!(date(text), "2013-06", "{text:?}");
        }
        assert_eq!(date("2013"), "2013");
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in [
            "",
            "Chapter 4",
            "1-2-3",
            "2013-13-40",
            "May I come in",
            "10.1.2.3",
            "第25期",
            "Version 2013-06-25-beta",
            "March of 2000 people to the sea",
            "60/40 2013",
        ] {
            assert_eq!(date(text), "", "{text:?}");
        }
    }

    #[test]
    fn order_of_day_and_month_is_told_apart_where_it_can_be() {
        let order = |text: &str| find(text, DayOrder::MonthFirst).unwrap().order;
        assert_eq!(order("13/06/2013"), OrderEvidence::DayFirst);
        assert_eq!(order("06/13/2013"), OrderEvidence::MonthFirst);
        assert_eq!(order("06/07/2013"), OrderEvidence::Ambiguous);
        assert_eq!(date("06/07/2013"), "2013-07-06");
    }

    #[test]
    fn a_date_is_found_in_a_line() {
        let found =
            find("Published: 9 April 2020 | 7 comments", DayOrder::DayFirst).unwrap();
        assert_eq!(found.date.to_string(), "2020-04-09");
        assert_eq!(found.span, 11..23);
    }
}
