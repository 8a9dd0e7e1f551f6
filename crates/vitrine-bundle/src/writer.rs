//! Writing: chunks in, files out.

use std::{collections::BTreeMap, fmt, rc::Rc};

use crate::{
    ChunkFile, Digest, FORMAT_VERSION, Root, Section,
    bundle::POINTER_MAGIC,
    chunk,
    directory::{self, Entry, Top},
    envelope,
    error::WriteError,
};

/// Most entries of a section that stand in the root itself.
const ROOT_FANOUT: usize = 32;
/// Most entries of a directory page.
const PAGE_FANOUT: usize = 26;

/// A file to be written below the archive folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// Path below the archive folder, with `/` as separator.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Builds a bundle from chunks.
#[derive(Default)]
pub struct BundleWriter {
    sections: BTreeMap<Section, Vec<Entry>>,
    dictionaries: BTreeMap<Section, Vec<u8>>,
    files: Vec<BundleFile>,
}

impl BundleWriter {
    /// Returns a writer of an empty bundle.
    pub fn new() -> Self {
        Self::default()
    }

    /// Compresses `raw` into a chunk of `section` that starts at `first_key`.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when `first_key` is not after that of the section's chunk before,
    /// or `raw` is larger than [`crate::MAX_RAW_LEN`].
    pub fn add_chunk(
        &mut self,
        section: Section,
        first_key: &[u8],
        raw: &[u8],
    ) -> Result<(), WriteError> {
        let entries = self.sections.entry(section).or_default();
        if entries.last().is_some_and(|last| last.first_key.as_slice() >= first_key) {
            return Err(WriteError::OutOfOrder { section: section.name() });
        }
        let dictionary = self.dictionaries.get(&section).map_or(&[][..], Vec::as_slice);
        let entry = write_chunk(&mut self.files, section, first_key, raw, dictionary)?;
        entries.push(entry);
        Ok(())
    }

    /// Compresses the chunks of `section` that are added from now on with `dictionary`,
    /// which becomes a part of the bundle.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when a section of a higher code has got one before.
    pub fn add_dictionary(
        &mut self,
        section: Section,
        dictionary: &[u8],
    ) -> Result<(), WriteError> {
        self.add_chunk(Section::Dictionaries, &[section.code()], dictionary)?;
        self.dictionaries.insert(section, dictionary.to_vec());
        Ok(())
    }

    /// Returns the files finished so far and forgets them, so that a caller may write
    /// them out instead of holding all in memory.
    pub fn take_files(&mut self) -> Vec<BundleFile> {
        std::mem::take(&mut self.files)
    }

    /// Writes the directories, the root and the root pointer.
    ///
    /// Returns the root's digest and the files not taken before.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when a page can't be compressed.
    pub fn finish(
        mut self,
        mut root: Root,
    ) -> Result<(Digest, Vec<BundleFile>), WriteError> {
        for (section, entries) in std::mem::take(&mut self.sections) {
            let top = write_directory(&mut self.files, section, entries)?;
            root.sections.push((section, top));
        }
        let entry =
            write_chunk(&mut self.files, Section::Root, b"", &root.encode(), b"")?;
        let mut pointer = POINTER_MAGIC.to_vec();
        pointer.extend([FORMAT_VERSION.major, FORMAT_VERSION.minor]);
        pointer.extend_from_slice(entry.digest.as_bytes());
        let bytes = envelope::wrap(&pointer).into_bytes();
        self.files.push(BundleFile { path: ChunkFile::pointer().path(), bytes });
        Ok((entry.digest, self.files))
    }
}

impl fmt::Debug for BundleWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BundleWriter")
            .field("sections", &self.sections.keys())
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}

/// Builds pages upward until what is left fits in the root.
fn write_directory(
    files: &mut Vec<BundleFile>,
    section: Section,
    mut entries: Vec<Entry>,
) -> Result<Top, WriteError> {
    let mut depth = 0;
    while entries.len() > ROOT_FANOUT {
        let mut pages = Vec::with_capacity(entries.len().div_ceil(PAGE_FANOUT));
        for page in entries.chunks(PAGE_FANOUT) {
            let mut raw = vec![section.code(), depth];
            directory::encode(page, &mut raw);
            let first_key = page.first().map_or(&[][..], |entry| &entry.first_key);
            pages.push(write_chunk(files, Section::Directory, first_key, &raw, b"")?);
        }
        entries = pages;
        depth += 1;
    }
    Ok(Top { depth, entries: Rc::new(entries) })
}

fn write_chunk(
    files: &mut Vec<BundleFile>,
    section: Section,
    first_key: &[u8],
    raw: &[u8],
    dictionary: &[u8],
) -> Result<Entry, WriteError> {
    let bytes = chunk::encode(raw, section, dictionary)?;
    let digest = Digest::of(&bytes);
    let path = ChunkFile::new(section, digest).path();
    let len_bytes = bytes.len() as u32;
    files.push(BundleFile { path, bytes: envelope::wrap(&bytes).into_bytes() });
    Ok(Entry { first_key: first_key.to_vec(), digest, len_bytes })
}
