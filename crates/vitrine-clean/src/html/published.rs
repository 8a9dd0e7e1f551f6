//! When the article was published, of all the dates that a page declares and shows.

use vitrine_article::PartialDate;

use super::{beside::Beside, linked::Property, metadata::Head};
use crate::date::{self, DayOrder};

/// The date that the page vouches for: the one beside the title where a declared date
/// agrees with it, because it is in the site's own time zone; else the declared one.
pub(super) fn vouched(
    head: &Head,
    beside: &Beside,
    order: DayOrder,
) -> Option<PartialDate> {
    let published = declared(head, order);
    let known = [published, modified(head, order), of_address(head)];
    let agrees = |shown: &PartialDate| {
        known.into_iter().flatten().any(|known| is_near(*shown, known))
    };
    beside.dates.iter().copied().find(agrees).or(published)
}

/// The date that is left when nothing vouches for one; `far` looks for one far from the
/// title.
pub(super) fn shown(
    head: &Head,
    beside: &Beside,
    order: DayOrder,
    far: impl FnOnce() -> Option<PartialDate>,
) -> Option<PartialDate> {
    let address = of_address(head);
    address
        .filter(|date| date.day().is_some())
        .or_else(|| beside.dates.first().copied())
        .or_else(far)
        .or_else(|| modified(head, order))
        .or(beside.updated)
        .or(address)
}

/// Whether the dates are at most one day apart, as they are in two time zones, or one of
/// them is the month of the other.
fn is_near(a: PartialDate, b: PartialDate) -> bool {
    let is_month_of = |a: PartialDate, b: PartialDate| {
        a.year() == b.year() && a.month() == b.month() && b.day().is_none()
    };
    a == b || next_day(a) == Some(b) || next_day(b) == Some(a) || is_month_of(a, b)
}

fn next_day(date: PartialDate) -> Option<PartialDate> {
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    PartialDate::new(year, month, day + 1)
        .or_else(|| PartialDate::new(year, month + 1, 1))
        .or_else(|| PartialDate::new(year + 1, 1, 1))
}

/// The date of publication that the page declares.
fn declared(head: &Head, order: DayOrder) -> Option<PartialDate> {
    let declared = head.linked.all(Property::Published).into_iter().chain(head.all(&[
        "article:published_time",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "datepublished",
        "publishdate",
        "pubdate",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "article.published",
        "publish-date",
        "og:published_time",
        "date",
        "dcterms.created",
        "cxenseparse:recs:publishtime",
    ]));
    let says_published = |name: &str| {
        name.contains("publish") || name.ends_with(":date") || name.ends_with("date")
    };
    let says_other = |name: &str| {
        ["modif", "updat", "expir", "publisher", "end"]
            .iter()
            .any(|word| name.contains(word))
    };
    let others =
        head.metas.iter().filter(|(name, _)| says_published(name) && !says_other(name));
    declared
        .chain(others.map(|(_, content)| content.clone()))
        .find_map(|text| declared_date(&text, order))
}

/// When the page declares that it was changed.
fn modified(head: &Head, order: DayOrder) -> Option<PartialDate> {
    let is_change = |name: &str| name.contains("modified") || name.contains("updated");
    let metas = head.metas.iter().filter(|(name, _)| is_change(name));
    let metas = metas.map(|(_, content)| content.clone());
    head.linked
        .all(Property::Modified)
        .into_iter()
        .chain(metas)
        .find_map(|text| declared_date(&text, order))
}

/// The year, month and day that an address has as folders or at the start of one.
fn of_address(head: &Head) -> Option<PartialDate> {
    let parts: Vec<&str> = head.canonical.as_deref()?.split('/').skip(3).collect();
    // `2025-12-15-title`.
    let whole = parts.iter().find_map(|part| {
        let (day, rest) = part.split_at_checked("2025-12-15".len())?;
        let is_apart = !rest.starts_with(|c: char| c.is_ascii_digit());
        let is_day = day.bytes().filter(u8::is_ascii_digit).count() == 8;
        date::parse(day, DayOrder::DayFirst).filter(|_| is_apart && is_day)
    });
    if let Some(found) = whole {
        return Some(found.date);
    }
    parts.windows(2).enumerate().find_map(|(at, pair)| {
        let [year, month] = pair else { return None };
        let number = |text: &str, len: usize| {
            let is_number = !text.is_empty()
                && text.len() <= len
                && text.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| text.parse::<u16>().ok()).flatten()
        };
        let year = number(year, 4).filter(|year| (1900..=2100).contains(year))?;
        let month = number(month, 2).filter(|month| (1..=12).contains(month))? as u8;
        let day = parts.get(at + 2).and_then(|day| number(day, 2)).unwrap_or(0) as u8;
        PartialDate::new(year, month, day).or_else(|| PartialDate::new(year, month, 0))
    })
}

fn declared_date(text: &str, order: DayOrder) -> Option<PartialDate> {
    date::parse(text, order).or_else(|| date::find(text, order)).map(|found| found.date)
}
