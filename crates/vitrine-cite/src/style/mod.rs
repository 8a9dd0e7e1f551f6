//! References as people write them.

mod apa;
mod chicago;
mod gbt7714;
mod mla;

use vitrine_article::{Inline, PartialDate};

use crate::Reference;

/// A style of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Publication Manual of the American Psychological Association, 7th edition.
    Apa,
    /// The Chicago Manual of Style, 17th edition, bibliography.
    Chicago,
    /// MLA Handbook, 9th edition.
    Mla,
    /// GB/T 7714-2015, the numeric system: the Chinese national standard.
    Gbt7714,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::Apa, Self::Chicago, Self::Mla, Self::Gbt7714];

    /// Returns the name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apa => "APA",
            Self::Chicago => "Chicago",
            Self::Mla => "MLA",
            Self::Gbt7714 => "GB/T 7714",
        }
    }
}

/// Returns the entry of a reference list: text, and emphasis where the style has italics.
pub fn cite(reference: &Reference, style: Style) -> Vec<Inline> {
    let mut entry = Entry::default();
    match style {
        Style::Apa => apa::write(reference, &mut entry),
        Style::Chicago => chicago::write(reference, &mut entry),
        Style::Mla => mla::write(reference, &mut entry),
        Style::Gbt7714 => gbt7714::write(reference, &mut entry),
    }
    entry.finish()
}

/// An entry being written.
#[derive(Debug, Default)]
struct Entry {
    inlines: Vec<Inline>,
    text: String,
}

impl Entry {
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn italic(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.flush();
        self.inlines.push(Inline::Emphasis { inlines: vec![Inline::text(text)] });
    }

    /// Begins as Chicago and MLA do: the names, then the title in quotation marks, each with a
    /// full stop.
    fn names_and_title(&mut self, names: &str, title: &str) {
        if !names.is_empty() {
            self.text(names);
            self.stop(names);
            self.text(" ");
        }
        self.text("“");
        self.text(title);
        self.stop(title);
        self.text("”");
    }

    /// Ends a part with a full stop, unless what stands there ends a sentence already.
    fn stop(&mut self, before: &str) {
        if !before.ends_with(['.', '?', '!', '。', '？', '！', '…']) {
            self.text.push('.');
        }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.inlines.push(Inline::text(std::mem::take(&mut self.text)));
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.flush();
        self.inlines
    }
}

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

fn month(date: PartialDate) -> Option<&'static str> {
    let position = usize::from(date.month()?).checked_sub(1)?;
    MONTHS.get(position).copied()
}

/// `June 25, 2013`, `June 2013` or `2013`.
fn month_first(date: PartialDate) -> String {
    let year = date.year();
    match (month(date), date.day()) {
        (Some(month), Some(day)) => format!("{month} {day}, {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_string(),
    }
}
