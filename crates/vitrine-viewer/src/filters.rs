//! Conditions that narrow a list: at most one for each field.

use vitrine_reader::Sort;

/// A field whose values narrow a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// A year, or two with `..` between them, of which one may be missing.
    Year,
    /// An author.
    Author,
    /// A section of the site.
    Section,
    /// A type of text.
    Type,
    /// A language tag.
    Lang,
    /// A publication.
    Source,
}

impl Field {
    /// All fields, in the order in which they are shown.
    pub(crate) const ALL: [Self; 6] =
        [Self::Year, Self::Author, Self::Section, Self::Type, Self::Lang, Self::Source];

    /// Returns the field's name in queries and addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Author => "author",
            Self::Section => "section",
            Self::Type => "type",
            Self::Lang => "lang",
            Self::Source => "source",
        }
    }

    /// Returns the field with this name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// The conditions, in the order of their fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filters(Vec<(Field, String)>);

impl Filters {
    /// Returns the value of a field, if there is a condition on it.
    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        self.iter().find(|(other, _)| *other == field).map(|(_, value)| value)
    }

    /// Sets the condition on a field; an empty value removes it.
    pub(crate) fn set(&mut self, field: Field, value: &str) {
        self.0.retain(|(other, _)| *other != field);
        if !value.is_empty() {
            let place = self.0.partition_point(|(other, _)| *other < field);
            self.0.insert(place, (field, value.to_owned()));
        }
    }

    /// Returns the conditions.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// Returns how many conditions there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the conditions in the language of queries.
    pub(crate) fn conditions(&self) -> String {
        let mut out = String::new();
        for (field, value) in self.iter() {
            let (open, close) =
                if value.contains('"') { ("“", "”") } else { ("\"", "\"") };
            out.extend([field.name(), ":", open, value, close, " "]);
        }
        out
    }
}

/// Returns the years from `first` to `last` as a value of [`Field::Year`]; empty when neither is
/// given.
pub(crate) fn year_range(first: Option<u16>, last: Option<u16>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{}..{}", first.min(last), first.max(last)),
        (Some(first), None) => format!("{first}.."),
        (None, Some(last)) => format!("..{last}"),
        (None, None) => String::new(),
    }
}

/// The orders that a list can be asked for, by their names in addresses; the most relevant
/// first is what is not asked for.
const ORDERS: [(Sort, &str); 3] =
    [(Sort::Newest, "newest"), (Sort::Oldest, "oldest"), (Sort::Title, "title")];

/// Returns the name of an order; empty for the most relevant first.
pub(crate) fn order_name(sort: Sort) -> &'static str {
    ORDERS.iter().find(|(order, _)| *order == sort).map_or("", |(_, name)| name)
}

/// Returns the order with this name.
pub(crate) fn order_of(name: &str) -> Sort {
    ORDERS.iter().find(|(_, other)| *other == name).map_or(Sort::Relevance, |(o, _)| *o)
}

#[cfg(test)]
mod tests {
    use super::{Field, Filters, year_range};

    #[test]
    fn a_range_of_years_may_be_open_or_reversed() {
        assert_eq!(year_range(Some(2015), Some(2010)), "2010..2015");
        assert_eq!(year_range(Some(2015), Some(2015)), "2015");
        assert_eq!(year_range(Some(2015), None), "2015..");
        assert_eq!(year_range(None, Some(2015)), "..2015");
        assert_eq!(year_range(None, None), "");
    }

    #[test]
    fn a_field_has_one_value() {
        let mut filters = Filters::default();
        filters.set(Field::Source, "The \"Gazette\"");
        filters.set(Field::Year, "2012");
        filters.set(Field::Year, "2010..");
        assert_eq!(filters.conditions(), "year:\"2010..\" source:“The \"Gazette\"” ");
        filters.set(Field::Source, "");
        assert_eq!(filters.iter().collect::<Vec<_>>(), [(Field::Year, "2010..")]);
    }
}
