//! Dates and spans of years, as people write them.

use vitrine_article::PartialDate;

use crate::strings::Strings;

/// Returns the date in words: `25 June 2013`, `2013年6月25日`, as precise as it is.
pub(crate) fn date_text(date: PartialDate, strings: &Strings) -> String {
    let name = |months: &'static str| {
        let month = date.month().map(|month| usize::from(month).saturating_sub(1));
        month.and_then(|month| months.split_whitespace().nth(month)).unwrap_or_default()
    };
    let (form, month) = match (date.month(), date.day()) {
        (Some(_), Some(_)) => (strings.date_day(), name(strings.months())),
        (Some(_), None) => (strings.date_month(), name(strings.months_alone())),
        (None, _) => (strings.date_year(), ""),
    };
    let day = date.day().map(|day| day.to_string()).unwrap_or_default();
    form.replace("{y}", &date.year().to_string())
        .replace("{m}", month)
        .replace("{d}", &day)
}

/// Returns the years from `first` to `last`: `2009–2016`, or `2009` alone.
pub(crate) fn years_text(first: u16, last: u16) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

#[cfg(test)]
mod tests {
    use super::{date_text, years_text};
    use crate::strings::{ENGLISH, strings};

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        let english = strings(String::new());
        let chinese = ENGLISH
            .replace("{d} {m} {y}", "{y}年{m}{d}日")
            .replace("{m} {y}", "{y}年{m}")
            .replace("\n{y}\n", "\n{y}年\n")
            .replace("June", "6月")
            .replace("December", "12月");
        let chinese = strings(chinese);
        let cases = [
            ("2013-06-25", "25 June 2013", "2013年6月25日"),
            ("2013-12", "December 2013", "2013年12月"),
            ("0987", "987", "987年"),
        ];
        for (date, in_english, in_chinese) in cases {
            let date = date.parse().unwrap();
            assert_eq!(date_text(date, english), in_english);
            assert_eq!(date_text(date, chinese), in_chinese);
        }
    }

    #[test]
    fn a_span_within_one_year_is_that_year() {
        assert_eq!(years_text(2009, 2016), "2009–2016");
        assert_eq!(years_text(2009, 2009), "2009");
    }
}
