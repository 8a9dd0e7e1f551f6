//! Writes columns.

use std::cmp::Reverse;

use indexmap::IndexMap;
use vitrine_article::PartialDate;
use vitrine_bundle::{BundleWriter, Section, write_bytes, write_str, write_varint};

use super::{Column, date_number};
use crate::IndexError;

/// Documents of a chunk.
const CHUNK_DOCS: usize = 16_384;

/// Documents of a chunk of related documents, which are read for one document.
const RELATED_CHUNK_DOCS: usize = 1024;

/// A chunk of values is closed when it reaches this many bytes.
const VALUES_BYTES: usize = 12 << 10;

/// Most values of one document.
const MAX_VALUES: usize = 255;

/// Values of documents, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct DocValues {
    /// How many each document has.
    counts: Vec<u8>,
    values: Vec<u32>,
}

impl DocValues {
    /// Adds the values of the next document; of too many the last are left out.
    pub(crate) fn push(&mut self, values: impl Iterator<Item = u32>) {
        let before = self.values.len();
        self.values.extend(values.take(MAX_VALUES));
        self.counts.push((self.values.len() - before) as u8);
    }
}

/// Collects the columns of documents, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct ColumnsWriter {
    dates: DocValues,
    /// Languages, publications, sections, authors and types.
    named: [NamedColumn; 5],
    titles: Titles,
}

/// Folded titles, in one text: a large archive has millions of them.
#[derive(Debug, Default)]
struct Titles {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Titles {
    fn push(&mut self, title: &str) {
        self.text.push_str(title);
        self.ends.push(self.text.len());
    }

    fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(number).copied().unwrap_or_default();
        self.text.get(start.copied().unwrap_or_default()..end).unwrap_or_default()
    }

    /// Returns the place of each among all in their order; the untitled come last.
    fn places(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.ends.len() as u32).collect();
        order.sort_by_key(|&doc| {
            let title = self.get(doc);
            (title.is_empty(), title)
        });
        let mut places = vec![0; order.len()];
        for (place, doc) in (0_u32..).zip(order) {
            if let Some(slot) = places.get_mut(doc as usize) {
                *slot = place;
            }
        }
        places
    }
}

/// A column whose values have names.
#[derive(Debug, Default)]
struct NamedColumn {
    /// Names in the order of their appearance, with the number of their documents.
    names: IndexMap<String, u32>,
    docs: DocValues,
}

impl NamedColumn {
    fn add<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let mut values = Vec::new();
        for name in names.filter(|name| !name.is_empty()).take(MAX_VALUES) {
            let entry = self.names.entry(name.to_owned());
            let number = entry.index() as u32;
            if !values.contains(&number) {
                *entry.or_default() += 1;
                values.push(number);
            }
        }
        self.docs.push(values.into_iter());
    }

    /// Returns the names, most frequent first, and the values of documents as their numbers.
    fn finish(self) -> (Vec<String>, DocValues) {
        let Self { names, mut docs } = self;
        let mut order: Vec<(usize, (String, u32))> =
            names.into_iter().enumerate().collect();
        order.sort_by(|(_, (a, count_a)), (_, (b, count_b))| {
            Reverse(count_a).cmp(&Reverse(count_b)).then_with(|| a.cmp(b))
        });
        let mut numbers = vec![0_u32; order.len()];
        for (number, (appearance, _)) in order.iter().enumerate() {
            if let Some(slot) = numbers.get_mut(*appearance) {
                *slot = number as u32;
            }
        }
        for value in &mut docs.values {
            *value = numbers.get(*value as usize).copied().unwrap_or(0);
        }
        (order.into_iter().map(|(_, (name, _))| name).collect(), docs)
    }
}

impl ColumnsWriter {
    /// Adds the next document; `title` is folded.
    pub(crate) fn add(
        &mut self,
        date: Option<PartialDate>,
        names: [&mut dyn Iterator<Item = &str>; 5],
        title: &str,
    ) {
        self.dates.push(date.map(date_number).into_iter());
        for (column, names) in self.named.iter_mut().zip(names) {
            column.add(names);
        }
        self.titles.push(title);
    }

    /// Writes the columns and values; `related` are the related documents of each.
    ///
    /// # Errors
    ///
    /// Fails when the bundle refuses a chunk.
    pub(crate) fn finish(
        self,
        related: &DocValues,
        bundle: &mut BundleWriter,
    ) -> Result<(), IndexError> {
        let Self { dates, named, titles } = self;
        write_column(Column::Date, &dates, bundle)?;
        let [langs, sources, sections, authors, types] = named;
        write_named(Column::Lang, langs, bundle)?;
        write_named(Column::Source, sources, bundle)?;
        write_named(Column::Section, sections, bundle)?;
        write_named(Column::Author, authors, bundle)?;
        let places = titles.places();
        let places = DocValues { counts: vec![1; places.len()], values: places };
        write_column(Column::TitleOrder, &places, bundle)?;
        write_column(Column::Related, related, bundle)?;
        write_named(Column::Type, types, bundle)
    }
}

fn write_named(
    column: Column,
    values: NamedColumn,
    bundle: &mut BundleWriter,
) -> Result<(), IndexError> {
    let (names, docs) = values.finish();
    write_column(column, &docs, bundle)?;
    write_values(column, &names, bundle)
}

fn write_column(
    column: Column,
    docs: &DocValues,
    bundle: &mut BundleWriter,
) -> Result<(), IndexError> {
    // A column without any value needs no chunk.
    if docs.values.is_empty() {
        return Ok(());
    }
    let chunk_docs =
        if column == Column::Related { RELATED_CHUNK_DOCS } else { CHUNK_DOCS };
    let mut values = docs.values.iter();
    for (index, counts) in docs.counts.chunks(chunk_docs).enumerate() {
        let mut raw = Vec::new();
        write_bytes(&mut raw, counts);
        let count = counts.iter().map(|&count| usize::from(count)).sum();
        for &value in values.by_ref().take(count) {
            write_varint(&mut raw, u64::from(value));
        }
        let key = column.key((index * chunk_docs) as u32);
        bundle.add_chunk(Section::Columns, &key, &raw)?;
    }
    Ok(())
}

fn write_values(
    column: Column,
    names: &[String],
    bundle: &mut BundleWriter,
) -> Result<(), IndexError> {
    let mut first = 0;
    let mut rest = names;
    while !rest.is_empty() {
        let mut len_bytes = 0;
        let is_full = |name: &String| {
            len_bytes += name.len() + 1;
            len_bytes > VALUES_BYTES
        };
        let count = rest.iter().position(is_full).unwrap_or(rest.len()).max(1);
        let (names, others) = rest.split_at(count);
        let mut raw = Vec::new();
        write_varint(&mut raw, count as u64);
        for name in names {
            write_str(&mut raw, name);
        }
        bundle.add_chunk(Section::Values, &column.key(first), &raw)?;
        first += count as u32;
        rest = others;
    }
    Ok(())
}
