//! Tar archives.

use std::io::{self, Read};

use tar::{Archive, EntryType, PaxExtensions};

use crate::{
    Skip, UnreadableReason,
    container::label::{is_sidecar, label},
    limits::MAX_PAGE_LEN,
    reader::{Place, Reader, reason_of},
};

/// Longest extension header that is read, in bytes; it holds a long name.
const MAX_EXTENSION_LEN: u64 = 64 << 10;

/// Reads the members of an archive.
pub(crate) fn read(reader: &mut Reader<'_>, place: Place<'_>, source: &mut dyn Read) {
    let mut count = 0_usize;
    if let Err(error) = read_members(reader, place, source, &mut count) {
        return reader.found.refuse(place.path, reason_of(&error));
    }
    if count == 0 {
        reader.found.refuse(place.path, UnreadableReason::Empty);
    }
}

fn read_members(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    source: &mut dyn Read,
    count: &mut usize,
) -> io::Result<()> {
    let mut archive = Archive::new(source);
    // Extension headers are read here, because the crate holds them in memory whole.
    let mut long_name: Option<Vec<u8>> = None;
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            let mut extension = Vec::new();
            entry.by_ref().take(MAX_EXTENSION_LEN).read_to_end(&mut extension)?;
            long_name = match kind {
                EntryType::GNULongName => {
                    extension.truncate(
                        extension.iter().position(|&b| b == 0).unwrap_or(extension.len()),
                    );
                    Some(extension)
                }
                _ => PaxExtensions::new(&extension)
                    .flatten()
                    .find(|field| field.key_bytes() == b"path")
                    .map(|field| field.value_bytes().to_vec()),
            };
            continue;
        }
        if kind.is_gnu_longlink() || kind.is_pax_global_extensions() {
            continue;
        }
        let name = match long_name.take() {
            Some(name) => label(&name),
            None => label(&entry.path_bytes()),
        };
        if kind.is_dir() {
            continue;
        }
        *count += 1;
        let path = format!("{}!{name}", place.path);
        if is_sidecar(&name) {
            reader.found.refuse(&path, Skip::PackagePart);
        } else if kind.is_file() || kind == EntryType::Continuous {
            let member = Place {
                path: &path,
                name: &name,
                depth: place.depth + 1,
                limit: MAX_PAGE_LEN,
            };
            reader.stream(member, &mut entry);
        } else {
            reader.found.refuse(&path, Skip::NotAFile);
        }
    }
    Ok(())
}
