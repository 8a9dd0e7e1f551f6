//! ZIP archives, and WACZ: a ZIP around the WARC files of a crawl.

use std::io::{Read, Seek};

use zip::{ZipArchive, result::ZipError};

use crate::{
    Skip, UnreadableReason,
    container::label::{is_sidecar, label},
    limits::member_limit,
    reader::{Place, Reader},
};

/// Reads the members of an archive.
pub(crate) fn read<S: Read + Seek>(reader: &mut Reader<'_>, place: Place<'_>, source: S) {
    let mut archive = match ZipArchive::new(source) {
        Ok(archive) => archive,
        Err(error) => return reader.found.refuse(place.path, reason_of(&error)),
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") || has("mimetype") {
        let kind = "an office document or an e-book";
        return reader.found.refuse(place.path, UnreadableReason::Binary { kind });
    }
    if archive.is_empty() {
        return reader.found.refuse(place.path, UnreadableReason::Empty);
    }
    let is_wacz = has("datapackage.json")
        && archive.file_names().flatten().any(|name| {
            name.starts_with("archive/") && name.to_ascii_lowercase().contains(".warc")
        });
    for index in 0..archive.len() {
        read_member(reader, place, &mut archive, index, is_wacz);
    }
}

fn read_member<S: Read + Seek>(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    archive: &mut ZipArchive<S>,
    index: usize,
    is_wacz: bool,
) {
    let (name, packed_len, is_file, is_encrypted) = match archive.by_index_raw(index) {
        Ok(entry) if entry.is_dir() => return,
        Ok(entry) => (
            label(entry.name_raw()),
            entry.compressed_size(),
            entry.is_file(),
            entry.encrypted(),
        ),
        Err(error) => {
            let path = format!("{}!#{}", place.path, index + 1);
            return reader.found.refuse(&path, reason_of(&error));
        }
    };
    let path = format!("{}!{name}", place.path);
    if is_encrypted {
        return reader.found.refuse(&path, UnreadableReason::Encrypted);
    }
    if !is_file {
        return reader.found.refuse(&path, Skip::NotAFile);
    }
    if is_sidecar(&name) || (is_wacz && !name.starts_with("archive/")) {
        return reader.found.refuse(&path, Skip::PackagePart);
    }
    match archive.by_index(index) {
        Ok(entry) => {
            let budget = reader.budget.of_member(packed_len);
            let mut entry = budget.metered(entry);
            let outer = std::mem::replace(&mut reader.budget, budget);
            let member = Place {
                path: &path,
                name: &name,
                depth: place.depth + 1,
                limit: member_limit(packed_len),
            };
            reader.stream(member, &mut entry);
            reader.budget = outer;
        }
        Err(error) => reader.found.refuse(&path, reason_of(&error)),
    }
}

fn reason_of(error: &ZipError) -> UnreadableReason {
    match error {
        ZipError::Io(error) => crate::reader::reason_of(error),
        error => UnreadableReason::Damaged { problem: error.to_string() },
    }
}
