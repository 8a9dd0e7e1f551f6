//! An archive put together by hand, as `SPEC.md` describes it: every digest holds, whatever
//! the content.

use std::{collections::BTreeMap, fs, path::Path};

use vitrine_bundle::{
    Bundle, ChunkFile, ChunkSource, Cursor, Digest, FORMAT_VERSION, Root, Section,
    SourceError, envelope, write_bytes, write_str, write_varint,
};

/// Bytes of a chunk before the size of its content: magic number, version, section, codec.
const HEADER_LEN: usize = 7;

/// How the content of a chunk is compressed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Codec {
    /// Not at all.
    Stored = 0,
    /// LZMA with the dictionary of the section.
    LzmaDictionary = 2,
}

/// Returns a chunk; `content` is what follows its header.
pub(crate) fn chunk(section: Section, codec: Codec, content: &[u8]) -> Vec<u8> {
    let mut bytes = b"VTR".to_vec();
    bytes.extend([FORMAT_VERSION.major, FORMAT_VERSION.minor]);
    bytes.extend([section.code(), codec as u8]);
    let raw_len = match codec {
        Codec::Stored => content.len(),
        // Nobody knows; what is larger is refused as well as what is smaller.
        Codec::LzmaDictionary => 1 << 16,
    };
    write_varint(&mut bytes, raw_len as u64);
    bytes.extend_from_slice(content);
    bytes
}

/// Chunks of a section, each after its first key.
type Chunks = Vec<(Vec<u8>, Vec<u8>)>;

/// The chunks of an archive with their first keys, by section.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample {
    root: Root,
    sections: BTreeMap<Section, Chunks>,
}

impl Sample {
    /// Returns the newest of the archives that every version has to read.
    pub(crate) fn get() -> Self {
        thread_local! {
            static SAMPLE: Sample = {
                let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compat");
                let folder = fixtures.join(FORMAT_VERSION.to_string());
                pollster::block_on(Sample::read(&Folder(&folder)))
            };
        }
        SAMPLE.with(Self::clone)
    }

    async fn read(folder: &Folder<'_>) -> Self {
        let bundle = Bundle::open(folder, None).await.expect("the fixture opens");
        let mut sample = Self { root: bundle.root().clone(), sections: BTreeMap::new() };
        for section in Section::ALL {
            let mut next = bundle.first(section).await.expect("the fixture is whole");
            while let Some(found) = next {
                let bytes = chunk(section, Codec::Stored, found.bytes());
                sample.add(section, found.first_key(), bytes);
                next = bundle.next(&found).await.expect("the fixture is whole");
            }
        }
        sample
    }

    /// Returns how many chunks a section has.
    pub(crate) fn count(&self, section: Section) -> usize {
        self.sections.get(&section).map_or(0, Vec::len)
    }

    /// Adds a chunk after those that its section has.
    pub(crate) fn add(&mut self, section: Section, key: &[u8], chunk: Vec<u8>) {
        self.sections.entry(section).or_default().push((key.to_vec(), chunk));
    }

    /// Puts a chunk in the place of another.
    pub(crate) fn replace(&mut self, section: Section, position: usize, bytes: Vec<u8>) {
        let chunks = self.sections.entry(section).or_default();
        if let Some((_, chunk)) = chunks.get_mut(position) {
            *chunk = bytes;
        }
    }

    /// Returns the archive.
    pub(crate) fn forged(&self) -> Forged {
        let content = self.root_content(&BTreeMap::new());
        self.clone().with_root(&content)
    }

    /// Returns the archive with `page` between its root and `section`.
    pub(crate) fn with_page(mut self, section: Section, page: Vec<u8>) -> Forged {
        let top = vec![(Vec::new(), page.clone())];
        let content = self.root_content(&BTreeMap::from([(section, top)]));
        self.add(Section::Directory, b"", page);
        self.with_root(&content)
    }

    /// Returns the archive with the root of this content.
    pub(crate) fn with_root(self, content: &[u8]) -> Forged {
        let mut forged = Forged::default();
        let root = chunk(Section::Root, Codec::Stored, content);
        let mut pointer = b"VTP".to_vec();
        pointer.extend([FORMAT_VERSION.major, FORMAT_VERSION.minor]);
        pointer.extend_from_slice(Digest::of(&root).as_bytes());
        forged.files.insert(ChunkFile::pointer(), pointer);
        forged.add(Section::Root, root);
        for (section, chunks) in self.sections {
            for (_, chunk) in chunks {
                forged.add(section, chunk);
            }
        }
        forged
    }

    /// Returns the content of the root; `pages` are the directories that have a level of
    /// pages.
    pub(crate) fn root_content(&self, pages: &BTreeMap<Section, Chunks>) -> Vec<u8> {
        let Root {
            title, generator, article_count, languages, years, extensions, ..
        } = &self.root;
        let mut out = Vec::new();
        write_str(&mut out, title);
        write_str(&mut out, generator);
        write_varint(&mut out, u64::from(*article_count));
        write_varint(&mut out, languages.len() as u64);
        for language in languages {
            write_str(&mut out, &language.lang);
            write_varint(&mut out, u64::from(language.article_count));
        }
        write_varint(&mut out, years.len() as u64);
        for year in years {
            out.extend(year.year.to_le_bytes());
            write_varint(&mut out, u64::from(year.article_count));
        }
        // No first and no last date.
        out.extend([0; 8]);
        write_varint(&mut out, self.sections.len() as u64);
        for (section, chunks) in &self.sections {
            let (depth, chunks) = pages.get(section).map_or((0, chunks), |top| (1, top));
            let mut directory = vec![depth];
            directory.extend(entries(chunks));
            out.push(section.code());
            write_bytes(&mut out, &directory);
        }
        write_varint(&mut out, extensions.len() as u64);
        for extension in extensions {
            out.push(extension.tag);
            write_bytes(&mut out, &extension.bytes);
        }
        out
    }

    /// Returns the content of the page that lists the chunks of `section`.
    pub(crate) fn page_content(&self, section: Section) -> Vec<u8> {
        let mut page = vec![section.code(), 0];
        page.extend(entries(self.sections.get(&section).map_or(&[], Vec::as_slice)));
        page
    }

    /// Returns the contents of the chunks of `section`.
    pub(crate) fn contents(&self, section: Section) -> Vec<Vec<u8>> {
        let chunks = self.sections.get(&section).map_or(&[][..], Vec::as_slice);
        let content = |(_, chunk): &(Vec<u8>, Vec<u8>)| {
            let mut cursor = Cursor::new(chunk);
            cursor.bytes(HEADER_LEN).and_then(|_| cursor.varint_u32()).ok()?;
            cursor.bytes(cursor.remaining()).ok().map(<[u8]>::to_vec)
        };
        chunks.iter().filter_map(content).collect()
    }
}

/// Writes the entries of a directory.
fn entries(chunks: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    write_varint(&mut out, chunks.len() as u64);
    for (key, chunk) in chunks {
        write_bytes(&mut out, key);
        out.extend_from_slice(Digest::of(chunk).as_bytes());
        write_varint(&mut out, chunk.len() as u64);
    }
    out
}

/// An archive in memory.
#[derive(Debug, Default)]
pub(crate) struct Forged {
    files: BTreeMap<ChunkFile, Vec<u8>>,
}

impl Forged {
    fn add(&mut self, section: Section, chunk: Vec<u8>) {
        self.files.insert(ChunkFile::new(section, Digest::of(&chunk)), chunk);
    }
}

impl ChunkSource for &Forged {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let missing = || SourceError::Missing { path: file.path() };
        self.files.get(file).cloned().ok_or_else(missing)
    }
}

/// An archive's folder.
struct Folder<'a>(&'a Path);

impl ChunkSource for &Folder<'_> {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let failed = |reason: String| SourceError::Failed { path: path.clone(), reason };
        let bytes =
            fs::read(self.0.join(&path)).map_err(|error| failed(error.to_string()))?;
        envelope::unwrap(&bytes).map_err(|error| failed(error.to_string()))
    }
}
