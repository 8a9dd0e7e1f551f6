//! The root: what every reader loads first.

use vitrine_article::PartialDate;

use crate::{
    Cursor, CursorError, Section,
    directory::{self, MAX_DEPTH, Top},
};

/// Facts about an archive, and where its sections begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Root {
    /// Title of the archive.
    pub title: String,
    /// Name and version of the program that wrote it.
    pub generator: String,
    /// Number of articles.
    pub article_count: u32,
    /// Articles by language, most frequent first.
    pub languages: Vec<LanguageCount>,
    /// Articles by year of publication, ascending; undated articles are in none.
    pub years: Vec<YearCount>,
    /// The earliest date of an article.
    pub first_date: Option<PartialDate>,
    /// The latest date of an article.
    pub last_date: Option<PartialDate>,
    /// Data of the layers above, by tag; unknown tags are skipped.
    pub extensions: Vec<Extension>,
    /// In the order of their sections.
    pub(crate) sections: Vec<(Section, Top)>,
}

/// Number of articles in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageCount {
    /// BCP 47 tag.
    pub lang: String,
    /// Number of articles.
    pub article_count: u32,
}

/// Number of articles of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearCount {
    /// The year, 1 to 9999.
    pub year: u16,
    /// Number of articles.
    pub article_count: u32,
}

/// Data that a layer above the container keeps in the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Whose data it is; `SPEC.md` lists the tags.
    pub tag: u8,
    /// The data.
    pub bytes: Vec<u8>,
}

impl Root {
    /// Returns whether the archive has anything in `section`.
    pub fn has(&self, section: Section) -> bool {
        self.top(section).is_some()
    }

    /// Returns where a section begins.
    pub(crate) fn top(&self, section: Section) -> Option<&Top> {
        self.sections.iter().find(|(other, _)| *other == section).map(|(_, top)| top)
    }

    /// Returns the data under `tag`.
    pub fn extension(&self, tag: u8) -> Option<&[u8]> {
        self.extensions.iter().find(|e| e.tag == tag).map(|e| e.bytes.as_slice())
    }

    /// Reads a root from its chunk's payload.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, CursorError> {
        let cursor = &mut Cursor::new(bytes);
        let mut root = Self {
            title: cursor.string()?,
            generator: cursor.string()?,
            article_count: cursor.varint_u32()?,
            ..Self::default()
        };
        root.languages = cursor.list(|cursor| {
            let lang = cursor.string()?;
            Ok(LanguageCount { lang, article_count: cursor.varint_u32()? })
        })?;
        root.years = cursor.list(|cursor| {
            let year = cursor.u16_le()?;
            Ok(YearCount { year, article_count: cursor.varint_u32()? })
        })?;
        root.first_date = decode_date(cursor)?;
        root.last_date = decode_date(cursor)?;
        for _ in 0..cursor.count()? {
            let code = cursor.u8()?;
            let top = &mut Cursor::new(cursor.len_bytes()?);
            let depth = top.u8()?;
            if depth > MAX_DEPTH {
                return Err(cursor.invalid("the depth of a directory"));
            }
            let entries = directory::decode(top)?;
            if let Some(section) = Section::from_code(code) {
                root.sections.push((section, Top { depth, entries }));
            }
        }
        root.extensions = cursor.list(|cursor| {
            let tag = cursor.u8()?;
            Ok(Extension { tag, bytes: cursor.len_bytes()?.to_vec() })
        })?;
        Ok(root)
    }

    /// Writes what [`Root::decode`] reads.
    #[cfg(feature = "write")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        use crate::{write_bytes, write_str, write_varint};

        let mut out = Vec::new();
        write_str(&mut out, &self.title);
        write_str(&mut out, &self.generator);
        write_varint(&mut out, u64::from(self.article_count));
        write_varint(&mut out, self.languages.len() as u64);
        for language in &self.languages {
            write_str(&mut out, &language.lang);
            write_varint(&mut out, u64::from(language.article_count));
        }
        write_varint(&mut out, self.years.len() as u64);
        for year in &self.years {
            out.extend(year.year.to_le_bytes());
            write_varint(&mut out, u64::from(year.article_count));
        }
        encode_date(self.first_date, &mut out);
        encode_date(self.last_date, &mut out);
        write_varint(&mut out, self.sections.len() as u64);
        for (section, top) in &self.sections {
            out.push(section.code());
            let mut body = vec![top.depth];
            directory::encode(&top.entries, &mut body);
            write_bytes(&mut out, &body);
        }
        write_varint(&mut out, self.extensions.len() as u64);
        for extension in &self.extensions {
            out.push(extension.tag);
            write_bytes(&mut out, &extension.bytes);
        }
        out
    }
}

/// Reads a date: year (16 bits), month, day; zeros where unknown, all zero for no date.
pub(crate) fn decode_date(
    cursor: &mut Cursor<'_>,
) -> Result<Option<PartialDate>, CursorError> {
    let (year, month, day) = (cursor.u16_le()?, cursor.u8()?, cursor.u8()?);
    if (year, month, day) == (0, 0, 0) {
        return Ok(None);
    }
    PartialDate::new(year, month, day).map(Some).ok_or_else(|| cursor.invalid("a date"))
}

/// Writes what [`decode_date`] reads.
#[cfg(feature = "write")]
pub(crate) fn encode_date(date: Option<PartialDate>, out: &mut Vec<u8>) {
    out.extend(date.map_or(0, PartialDate::year).to_le_bytes());
    out.push(date.and_then(PartialDate::month).unwrap_or(0));
    out.push(date.and_then(PartialDate::day).unwrap_or(0));
}
