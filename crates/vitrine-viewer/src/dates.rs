//! Dates and spans of years, as people write them.

use vitrine_article::PartialDate;

use crate::language::Language;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the date in words: `25 June 2013`, `2013年6月25日`, as precise as it is.
pub(crate) fn date_text(date: PartialDate, language: Language) -> String {
    let year = date.year();
    match (language, date.month(), date.day()) {
        (Language::En, Some(month), day) => {
            let name = MONTHS.get(usize::from(month) - 1).unwrap_or(&"");
            day.map_or_else(
                || format!("{name} {year}"),
                |day| format!("{day} {name} {year}"),
            )
        }
        (Language::En, None, _) => year.to_string(),
        (_, Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
        (_, Some(month), None) => format!("{year}年{month}月"),
        (_, None, _) => format!("{year}年"),
    }
}

/// Returns the years from `first` to `last`: `2009–2016`, or `2009` alone.
pub(crate) fn years_text(first: PartialDate, last: PartialDate) -> String {
    if first.year() == last.year() {
        first.year().to_string()
    } else {
        format!("{}–{}", first.year(), last.year())
    }
}

#[cfg(test)]
mod tests {
    use super::{date_text, years_text};
    use crate::language::Language;

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        let cases = [
            ("2013-06-25", "25 June 2013", "2013年6月25日"),
            ("2013-12", "December 2013", "2013年12月"),
            ("0987", "987", "987年"),
        ];
        for (date, english, chinese) in cases {
            let date = date.parse().unwrap();
            assert_eq!(date_text(date, Language::En), english);
            assert_eq!(date_text(date, Language::ZhHans), chinese);
            assert_eq!(date_text(date, Language::ZhHant), chinese);
        }
    }

    #[test]
    fn a_span_within_one_year_is_that_year() {
        let date = |text: &str| text.parse().unwrap();
        assert_eq!(years_text(date("2009-01"), date("2016")), "2009–2016");
        assert_eq!(years_text(date("2009-01"), date("2009-11-02")), "2009");
    }
}
