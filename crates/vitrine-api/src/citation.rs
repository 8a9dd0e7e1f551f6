//! Citations as text.

use js_sys::Date;
use vitrine_article::{Inline, PartialDate};
use vitrine_cite::{CslItem, Reference, Style, bibtex, cite, ris};

/// How a citation is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    /// An entry of a reference list.
    Entry(Style),
    Bibtex,
    Ris,
    CslJson,
}

impl Format {
    /// All formats by their names; the first is usual.
    pub(crate) const NAMES: [(&'static str, Self); 7] = [
        ("apa", Self::Entry(Style::Apa)),
        ("chicago", Self::Entry(Style::Chicago)),
        ("mla", Self::Entry(Style::Mla)),
        ("gbt7714", Self::Entry(Style::Gbt7714)),
        ("bibtex", Self::Bibtex),
        ("ris", Self::Ris),
        ("csl-json", Self::CslJson),
    ];

    /// Returns the format of a name; the usual one for none.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let is_usual = name.is_empty();
        let found = Self::NAMES.iter().find(|(other, _)| is_usual || *other == name);
        found.map(|(_, format)| *format)
    }
}

/// Returns the citation of a reference.
pub(crate) fn written(reference: &Reference, format: Format) -> String {
    match format {
        Format::Entry(style) => {
            cite(reference, style).iter().map(Inline::plain_text).collect()
        }
        Format::Bibtex => bibtex(reference),
        Format::Ris => ris(reference),
        Format::CslJson => {
            serde_json::to_string(&[CslItem::from(reference)]).unwrap_or_default()
        }
    }
}

/// The day on which the article is read.
pub(crate) fn today() -> Option<PartialDate> {
    let now = Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    PartialDate::new(year as u16, month as u8, day as u8)
}
