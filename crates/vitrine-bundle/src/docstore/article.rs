//! An article's bytes in the section of texts.

use vitrine_article::{
    Alternate, AlternateKind, Article, Metadata, Provenance, Relation, RelationKind,
};

use crate::{
    Cursor, CursorError,
    digest::hex,
    docstore::{block, record::decode_strings},
    root::decode_date,
};

const DUPLICATE: u8 = 0;
const VERSION: u8 = 1;

const EARLIER_PART: u8 = 0;
const LATER_PART: u8 = 1;
const TRANSLATION: u8 = 2;

/// Reads an article; what cleaning removed from its page is not kept in an archive.
pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Result<Article, CursorError> {
    Ok(Article {
        id: cursor.str()?.to_owned(),
        metadata: Metadata {
            title: cursor.str()?.to_owned(),
            date: decode_date(cursor)?,
            authors: decode_strings(cursor)?,
            source: decode_optional(cursor)?,
            section: decode_optional(cursor)?,
            lang: cursor.str()?.to_owned(),
            url: decode_optional(cursor)?,
        },
        provenance: decode_provenance(cursor)?,
        duplicates: (0..cursor.count()?)
            .map(|_| {
                let relation = match cursor.u8()? {
                    DUPLICATE => AlternateKind::Duplicate,
                    VERSION => AlternateKind::Version,
                    _ => return Err(cursor.invalid("a relation")),
                };
                Ok(Alternate { relation, provenance: decode_provenance(cursor)? })
            })
            .collect::<Result<_, _>>()?,
        relations: (0..cursor.count()?)
            .map(|_| decode_relation(cursor))
            .collect::<Result<_, _>>()?,
        blocks: block::decode_blocks(cursor, 0)?,
        removed: Vec::new(),
    })
}

fn decode_relation(cursor: &mut Cursor<'_>) -> Result<Relation, CursorError> {
    let kind = match cursor.u8()? {
        EARLIER_PART => RelationKind::EarlierPart,
        LATER_PART => RelationKind::LaterPart,
        TRANSLATION => RelationKind::Translation,
        _ => return Err(cursor.invalid("a relation")),
    };
    let id = cursor.str()?.to_owned();
    let title = cursor.str()?.to_owned();
    Ok(Relation { kind, id, title, lang: cursor.str()?.to_owned() })
}

/// Reads a text that is absent when empty.
fn decode_optional(cursor: &mut Cursor<'_>) -> Result<Option<String>, CursorError> {
    Ok(Some(cursor.str()?).filter(|text| !text.is_empty()).map(str::to_owned))
}

fn decode_provenance(cursor: &mut Cursor<'_>) -> Result<Provenance, CursorError> {
    let path = cursor.str()?.to_owned();
    let encoding = cursor.str()?.to_owned();
    let sha256 = hex(cursor.len_bytes()?);
    let url = decode_optional(cursor)?;
    let captured = decode_optional(cursor)?;
    Ok(Provenance { path, sha256, encoding, url, captured })
}

/// Writes what [`decode`] reads.
#[cfg(feature = "write")]
pub(crate) fn encode(article: &Article, out: &mut Vec<u8>) {
    use crate::{
        docstore::record::encode_strings, root::encode_date, write_str, write_varint,
    };

    let Article { id, metadata, blocks, provenance, removed: _, duplicates, relations } =
        article;
    let Metadata { title, date, authors, source, section, lang, url } = metadata;
    write_str(out, id);
    write_str(out, title);
    encode_date(*date, out);
    encode_strings(authors, out);
    write_str(out, source.as_deref().unwrap_or_default());
    write_str(out, section.as_deref().unwrap_or_default());
    write_str(out, lang);
    write_str(out, url.as_deref().unwrap_or_default());
    encode_provenance(provenance, out);
    write_varint(out, duplicates.len() as u64);
    for duplicate in duplicates {
        out.push(match duplicate.relation {
            AlternateKind::Duplicate => DUPLICATE,
            AlternateKind::Version => VERSION,
        });
        encode_provenance(&duplicate.provenance, out);
    }
    write_varint(out, relations.len() as u64);
    for Relation { kind, id, title, lang } in relations {
        out.push(match kind {
            RelationKind::EarlierPart => EARLIER_PART,
            RelationKind::LaterPart => LATER_PART,
            RelationKind::Translation => TRANSLATION,
        });
        write_str(out, id);
        write_str(out, title);
        write_str(out, lang);
    }
    block::encode_blocks(blocks, 0, out);
}

#[cfg(feature = "write")]
fn encode_provenance(provenance: &Provenance, out: &mut Vec<u8>) {
    let Provenance { path, sha256, encoding, url, captured } = provenance;
    crate::write_str(out, path);
    crate::write_str(out, encoding);
    let digits = sha256.as_bytes().chunks_exact(2);
    let parse = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let digest: Vec<u8> = digits.map(parse).collect::<Option<_>>().unwrap_or_default();
    crate::write_bytes(out, &digest);
    crate::write_str(out, url.as_deref().unwrap_or_default());
    crate::write_str(out, captured.as_deref().unwrap_or_default());
}
