//! An article's bytes in the section of texts: all that its record does not have.

use vitrine_article::{
    Alternate, AlternateKind, Article, Asset, BlockLanguage, Metadata, Provenance,
    Relation, RelationKind,
};

use crate::{
    Cursor, CursorError,
    about::decode_file,
    digest::hex,
    docstore::{block, record::DocumentRecord},
};

const DUPLICATE: u8 = 0;
const VERSION: u8 = 1;

const EARLIER_PART: u8 = 0;
const LATER_PART: u8 = 1;
const TRANSLATION: u8 = 2;

/// Reads what an article has beyond its record; what cleaning removed from its page is not
/// kept in an archive.
pub(crate) fn decode(
    record: DocumentRecord,
    cursor: &mut Cursor<'_>,
) -> Result<Article, CursorError> {
    let DocumentRecord { id, title, date, authors, source, lang, passages } = record;
    let whole = restore(&passages, cursor)?;
    let cursor = &mut Cursor::new(&whole);
    let mut article = Article {
        id,
        metadata: Metadata {
            title,
            date,
            authors,
            source: Some(source).filter(|source| !source.is_empty()),
            section: decode_optional(cursor)?,
            r#type: None,
            r#abstract: None,
            lang,
            url: decode_optional(cursor)?,
        },
        provenance: decode_provenance(cursor)?,
        duplicates: cursor.list(decode_duplicate)?,
        relations: cursor.list(decode_relation)?,
        assets: cursor.list(decode_asset)?,
        languages: decode_languages(cursor)?,
        blocks: block::decode_blocks(cursor, 0)?,
        removed: Vec::new(),
    };
    if cursor.remaining() > 0 {
        article.metadata.r#type = decode_optional(cursor)?;
    }
    if cursor.remaining() > 0 {
        article.metadata.r#abstract = decode_optional(cursor)?;
    }
    Ok(article)
}

fn decode_duplicate(cursor: &mut Cursor<'_>) -> Result<Alternate, CursorError> {
    let relation = match cursor.u8()? {
        DUPLICATE => AlternateKind::Duplicate,
        VERSION => AlternateKind::Version,
        _ => return Err(cursor.invalid("a relation")),
    };
    let provenance = decode_provenance(cursor)?;
    Ok(Alternate { relation, provenance, only_there: cursor.list(Cursor::string)? })
}

fn decode_relation(cursor: &mut Cursor<'_>) -> Result<Relation, CursorError> {
    let kind = match cursor.u8()? {
        EARLIER_PART => RelationKind::EarlierPart,
        LATER_PART => RelationKind::LaterPart,
        TRANSLATION => RelationKind::Translation,
        _ => return Err(cursor.invalid("a relation")),
    };
    let id = cursor.string()?;
    let title = cursor.string()?;
    Ok(Relation { kind, id, title, lang: cursor.string()? })
}

fn decode_languages(cursor: &mut Cursor<'_>) -> Result<Vec<BlockLanguage>, CursorError> {
    let mut next = 0_u32;
    cursor.list(|cursor| {
        let block = next
            .checked_add(cursor.varint_u32()?)
            .filter(|block| *block < u32::MAX)
            .ok_or_else(|| cursor.invalid("the place of a language"))?;
        next = block + 1;
        Ok(BlockLanguage { block, lang: cursor.string()? })
    })
}

fn decode_asset(cursor: &mut Cursor<'_>) -> Result<Asset, CursorError> {
    let address = cursor.string()?;
    let file = decode_file(cursor)?;
    Ok(Asset { address, file })
}

/// Puts the passages of the record back where they were cut out of the article's bytes.
fn restore(passages: &[String], cursor: &mut Cursor<'_>) -> Result<Vec<u8>, CursorError> {
    let mut places = Vec::with_capacity(passages.len());
    for _ in passages {
        places.push(cursor.varint_u32()? as usize);
    }
    let mut whole = Vec::new();
    for (passage, place) in passages.iter().zip(places) {
        // 0 stands for a passage that was not cut out.
        if let Some(before) = place.checked_sub(1) {
            whole.extend_from_slice(cursor.bytes(before)?);
            whole.extend_from_slice(passage.as_bytes());
        }
    }
    whole.extend_from_slice(cursor.bytes(cursor.remaining())?);
    Ok(whole)
}

/// Reads a text that is absent when empty.
fn decode_optional(cursor: &mut Cursor<'_>) -> Result<Option<String>, CursorError> {
    Ok(Some(cursor.str()?).filter(|text| !text.is_empty()).map(str::to_owned))
}

fn decode_provenance(cursor: &mut Cursor<'_>) -> Result<Provenance, CursorError> {
    let path = cursor.string()?;
    let encoding = cursor.string()?;
    let sha256 = hex(cursor.len_bytes()?);
    let url = decode_optional(cursor)?;
    let captured = decode_optional(cursor)?;
    Ok(Provenance { path, sha256, encoding, url, captured })
}

/// Writes what [`decode`] reads: the article without what stands in its `record`.
#[cfg(feature = "write")]
pub(crate) fn encode(article: &Article, record: &DocumentRecord, out: &mut Vec<u8>) {
    use crate::{about::encode_file, write_str, write_varint};

    let Article {
        id: _,
        metadata,
        blocks,
        languages,
        provenance,
        removed: _,
        duplicates,
        relations,
        assets,
    } = article;
    let Metadata { section, r#type, r#abstract, url, .. } = metadata;
    let mut whole = Vec::new();
    write_str(&mut whole, section.as_deref().unwrap_or_default());
    write_str(&mut whole, url.as_deref().unwrap_or_default());
    encode_provenance(provenance, &mut whole);
    write_varint(&mut whole, duplicates.len() as u64);
    for duplicate in duplicates {
        whole.push(match duplicate.relation {
            AlternateKind::Duplicate => DUPLICATE,
            AlternateKind::Version => VERSION,
        });
        encode_provenance(&duplicate.provenance, &mut whole);
        write_varint(&mut whole, duplicate.only_there.len() as u64);
        for paragraph in &duplicate.only_there {
            write_str(&mut whole, paragraph);
        }
    }
    write_varint(&mut whole, relations.len() as u64);
    for Relation { kind, id, title, lang } in relations {
        whole.push(match kind {
            RelationKind::EarlierPart => EARLIER_PART,
            RelationKind::LaterPart => LATER_PART,
            RelationKind::Translation => TRANSLATION,
        });
        write_str(&mut whole, id);
        write_str(&mut whole, title);
        write_str(&mut whole, lang);
    }
    let files = assets.iter().filter_map(|asset| Some((asset, asset.file.as_ref()?)));
    write_varint(&mut whole, files.clone().count() as u64);
    for (Asset { address, .. }, file) in files {
        write_str(&mut whole, address);
        encode_file(file, &mut whole);
    }
    write_varint(&mut whole, languages.len() as u64);
    let mut next = 0;
    for BlockLanguage { block, lang } in languages {
        write_varint(&mut whole, u64::from(block.saturating_sub(next)));
        write_str(&mut whole, lang);
        next = block + 1;
    }
    let body = whole.len();
    block::encode_blocks(blocks, 0, &mut whole);
    // Whatever is not there at the end is left out.
    if r#type.is_some() || r#abstract.is_some() {
        write_str(&mut whole, r#type.as_deref().unwrap_or_default());
    }
    if let Some(summary) = r#abstract {
        write_str(&mut whole, summary);
    }
    cut_out(&record.passages, &whole, body, out);
}

/// Writes `whole` without the passages that stand in it as they are, from `start` on;
/// first, for each, one more than the number of bytes since the last that was cut out.
#[cfg(feature = "write")]
fn cut_out(passages: &[String], whole: &[u8], start: usize, out: &mut Vec<u8>) {
    let mut rest = Vec::with_capacity(whole.len());
    let (mut written, mut from) = (0, start);
    for passage in passages {
        let tail = whole.get(from..).unwrap_or_default();
        let mut windows = tail.windows(passage.len().max(1));
        let Some(at) = windows.position(|window| window == passage.as_bytes()) else {
            crate::write_varint(out, 0);
            continue;
        };
        let before = whole.get(written..from + at).unwrap_or_default();
        crate::write_varint(out, before.len() as u64 + 1);
        rest.extend_from_slice(before);
        from += at + passage.len();
        written = from;
    }
    out.append(&mut rest);
    out.extend_from_slice(whole.get(written..).unwrap_or_default());
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
