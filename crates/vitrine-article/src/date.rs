//! Dates as precise as their source says.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date of the proleptic Gregorian calendar, of which the day, or the month and the
/// day, may be unknown.
///
/// Written as ISO 8601 (`2013`, `2013-06`, `2013-06-25`), which is also its order: an
/// unknown part sorts before every known one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is not a date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text:?}")]
pub struct ParseDateError {
    text: String,
}

impl PartialDate {
    /// Returns the date, or `None` when the parts are no date.
    ///
    /// `year` is 1 to 9999; `month` and `day` are 0 when unknown, and a day needs a month.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_year = (1..=9999).contains(&year);
        let is_day = match (month, day) {
            (_, 0) => true,
            (0, _) => false,
            (month, day) => month <= 12 && day <= days_in_month(year, month),
        };
        (is_year && month <= 12 && is_day).then_some(Self { year, month, day })
    }

    /// Returns the year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let is_leap =
        (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let part = |range: std::ops::Range<usize>| -> Option<u16> {
            let digits = text.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
            digits.parse().ok()
        };
        let is_separated = text.bytes().skip(4).step_by(3).all(|b| b == b'-');
        let date = match text.len() {
            _ if !is_separated => None,
            4 => part(0..4).and_then(|year| Self::new(year, 0, 0)),
            7 => part(0..4)
                .zip(part(5..7))
                .filter(|&(_, month)| month > 0)
                .and_then(|(year, month)| Self::new(year, month as u8, 0)),
            10 => part(0..4)
                .zip(part(5..7))
                .zip(part(8..10))
                .filter(|&((_, month), day)| month > 0 && day > 0)
                .and_then(|((year, month), day)| Self::new(year, month as u8, day as u8)),
            _ => None,
        };
        date.ok_or_else(|| ParseDateError { text: text.to_owned() })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn dates_round_trip_through_their_text() {
        for text in ["2013", "2013-06", "2013-06-25", "0987-01-01", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "13", "2013-13", "2013-00", "2013-02-29", "2013/06/25", "0000"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_unknown_part_sorts_first() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert!(date("2013") < date("2013-01") && date("2013-01") < date("2013-01-01"));
    }
}
