//! The container: entries in clusters, found by path.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom, Write},
};

use md5::{Digest, Md5};

const MAGIC: u32 = 72_173_914;
const MAJOR: u16 = 6;
/// From this minor on content, metadata and what is well known have a space each.
const MINOR: u16 = 1;
const HEADER_LEN: u64 = 80;
/// Where the first cluster begins; header and types stand before it.
const CLUSTERS_START: u64 = 2048;
/// Bytes of entries that are compressed together.
const CLUSTER_LEN: usize = 1 << 20;
/// Level of compression of entries that are texts.
const LEVEL: i32 = 17;
/// Kind of a directory entry that leads to another.
const REDIRECT: u16 = 0xffff;

/// A ZIM file that can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ZimError {
    /// What is written to refused.
    #[error("the ZIM file could not be written")]
    Io(#[from] io::Error),
    /// There are more entries or types than the format counts.
    #[error("the archive is too large for one ZIM file; export parts of it")]
    TooLarge,
    /// Two entries have the same path.
    #[error("two entries of the ZIM file have the path {path:?}")]
    RepeatedPath {
        /// The path.
        path: String,
    },
}

/// Where the content of an entry is.
#[derive(Debug, Clone)]
enum Place {
    Blob {
        mime: u16,
        cluster: u32,
        blob: u32,
    },
    /// The path, in the space of content, that it leads to.
    Redirect {
        to: String,
    },
}

#[derive(Debug, Clone)]
struct Entry {
    title: String,
    place: Place,
    /// Whether a list of articles has it.
    is_article: bool,
}

/// A cluster that is being filled.
#[derive(Debug, Default)]
struct Cluster {
    number: u32,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Writes a ZIM file.
///
/// The same entries, in the same order, give the same bytes.
#[derive(Debug)]
pub struct ZimWriter<W> {
    out: W,
    position: u64,
    mimes: Vec<String>,
    /// By space and path, in which order the format has them.
    entries: BTreeMap<(u8, String), Entry>,
    /// Where each cluster begins.
    clusters: Vec<u64>,
    /// Entries that are compressed, and those that are as they come.
    packed: Option<Cluster>,
    plain: Option<Cluster>,
}

impl<W: Read + Write + Seek> ZimWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when `out` refuses.
    pub fn new(mut out: W) -> Result<Self, ZimError> {
        out.write_all(&[0; CLUSTERS_START as usize])?;
        Ok(Self {
            out,
            position: CLUSTERS_START,
            mimes: Vec::new(),
            entries: BTreeMap::new(),
            clusters: Vec::new(),
            packed: None,
            plain: None,
        })
    }

    /// Adds content under `path`; a page with a title may be listed as an article.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written, or `path` is taken.
    pub fn add(
        &mut self,
        path: &str,
        title: &str,
        mime: &str,
        bytes: &[u8],
    ) -> Result<(), ZimError> {
        let is_article = mime.starts_with("text/html") && !title.is_empty();
        self.put(b'C', path, title, mime, bytes, is_article)
    }

    /// Says something of the whole file.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written, or was said before.
    pub fn add_metadata(
        &mut self,
        name: &str,
        mime: &str,
        value: &[u8],
    ) -> Result<(), ZimError> {
        self.put(b'M', name, "", mime, value, false)
    }

    fn put(
        &mut self,
        space: u8,
        path: &str,
        title: &str,
        mime: &str,
        bytes: &[u8],
        is_article: bool,
    ) -> Result<(), ZimError> {
        let mime = self.mime(mime)?;
        let is_text = self
            .mimes
            .get(usize::from(mime))
            .is_some_and(|mime| mime.starts_with("text/") || mime.contains("svg"));
        let waiting = if is_text { &mut self.packed } else { &mut self.plain };
        let cluster = if let Some(cluster) = waiting {
            cluster
        } else {
            let number = u32::try_from(self.clusters.len())
                .map_err(|_cause| ZimError::TooLarge)?;
            self.clusters.push(0);
            waiting.insert(Cluster { number, ..Cluster::default() })
        };
        let place = Place::Blob {
            mime,
            cluster: cluster.number,
            blob: cluster.ends.len() as u32,
        };
        cluster.bytes.extend_from_slice(bytes);
        cluster.ends.push(cluster.bytes.len());
        if cluster.bytes.len() >= CLUSTER_LEN {
            let cluster = waiting.take();
            self.write_cluster(cluster, is_text)?;
        }
        let title = one_line(title);
        self.entry(space, path, Entry { title, place, is_article })
    }

    fn entry(&mut self, space: u8, path: &str, entry: Entry) -> Result<(), ZimError> {
        match self.entries.insert((space, path.to_owned()), entry) {
            None => Ok(()),
            Some(_) => Err(ZimError::RepeatedPath { path: path.to_owned() }),
        }
    }

    fn mime(&mut self, mime: &str) -> Result<u16, ZimError> {
        let known = self.mimes.iter().position(|known| known == mime);
        let number = known.unwrap_or(self.mimes.len());
        if known.is_none() {
            self.mimes.push(mime.to_owned());
        }
        u16::try_from(number).map_err(|_cause| ZimError::TooLarge)
    }

    fn write_cluster(
        &mut self,
        cluster: Option<Cluster>,
        is_packed: bool,
    ) -> Result<(), ZimError> {
        let Some(Cluster { number, bytes, ends }) = cluster else { return Ok(()) };
        // Offsets have 4 bytes, or 8 where a file is longer than those count.
        let table = 4 * (ends.len() + 1);
        let is_wide = u32::try_from(table + bytes.len()).is_err();
        let table = if is_wide { 2 * table } else { table };
        let mut raw = Vec::with_capacity(table + bytes.len());
        for end in std::iter::once(0).chain(ends) {
            let offset = (table + end) as u64;
            if is_wide {
                raw.extend(offset.to_le_bytes());
            } else {
                raw.extend((offset as u32).to_le_bytes());
            }
        }
        raw.extend(bytes);
        let kind = if is_packed { 5 } else { 1 } | if is_wide { 16 } else { 0 };
        if let Some(start) = self.clusters.get_mut(number as usize) {
            *start = self.position;
        }
        self.write(&[kind])?;
        if is_packed {
            let packed = zstd::bulk::compress(&raw, LEVEL)?;
            self.write(&packed)
        } else {
            self.write(&raw)
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ZimError> {
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }

    /// Ends the file; `main` is the path of the page that it opens with, `id` what tells it
    /// from all others.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written.
    pub fn finish(mut self, main: &str, id: [u8; 16]) -> Result<W, ZimError> {
        let place = Place::Redirect { to: main.to_owned() };
        self.entry(
            b'W',
            "mainPage",
            Entry { title: String::new(), place, is_article: false },
        )?;
        // The list is an entry of its own, behind all that it counts.
        let listing = ("listing/titleOrdered/v1", "application/octet-stream+zimlisting");
        let articles = self.titles(|space, entry| space == b'C' && entry.is_article);
        self.put(b'X', listing.0, "", listing.1, &pointers(&articles), false)?;
        let packed = self.packed.take();
        self.write_cluster(packed, true)?;
        let plain = self.plain.take();
        self.write_cluster(plain, false)?;

        let count =
            u32::try_from(self.entries.len()).map_err(|_cause| ZimError::TooLarge)?;
        let numbers: BTreeMap<String, u32> = (0_u32..)
            .zip(self.entries.keys())
            .filter(|(_, (space, _))| *space == b'C')
            .map(|(number, (_, path))| (path.clone(), number))
            .collect();
        let titles = self.titles(|_, _| true);
        let mut starts = Vec::with_capacity(self.entries.len());
        let mut main_page = u32::MAX;
        for (number, ((space, path), entry)) in
            (0_u32..).zip(std::mem::take(&mut self.entries))
        {
            starts.push(self.position);
            let mut bytes = Vec::new();
            match entry.place {
                Place::Blob { mime, cluster, blob } => {
                    bytes.extend(mime.to_le_bytes());
                    bytes.extend([0, space, 0, 0, 0, 0]);
                    bytes.extend(cluster.to_le_bytes());
                    bytes.extend(blob.to_le_bytes());
                }
                Place::Redirect { to } => {
                    bytes.extend(REDIRECT.to_le_bytes());
                    bytes.extend([0, space, 0, 0, 0, 0]);
                    let to = numbers.get(&to).copied().unwrap_or(u32::MAX);
                    bytes.extend(to.to_le_bytes());
                    main_page = number;
                }
            }
            bytes.extend(path.bytes().chain([0]));
            bytes.extend(entry.title.bytes().chain([0]));
            self.write(&bytes)?;
        }
        let paths_at = self.position;
        let starts: Vec<u8> =
            starts.iter().flat_map(|start| start.to_le_bytes()).collect();
        self.write(&starts)?;
        let titles_at = self.position;
        self.write(&pointers(&titles))?;
        let clusters_at = self.position;
        let clusters: Vec<u8> =
            self.clusters.iter().flat_map(|start| start.to_le_bytes()).collect();
        self.write(&clusters)?;

        let mut head = Vec::new();
        head.extend(MAGIC.to_le_bytes());
        head.extend(MAJOR.to_le_bytes());
        head.extend(MINOR.to_le_bytes());
        head.extend(id);
        head.extend(count.to_le_bytes());
        head.extend((self.clusters.len() as u32).to_le_bytes());
        for place in [paths_at, titles_at, clusters_at, HEADER_LEN] {
            head.extend(place.to_le_bytes());
        }
        head.extend(main_page.to_le_bytes());
        head.extend(u32::MAX.to_le_bytes());
        head.extend(self.position.to_le_bytes());
        for mime in &self.mimes {
            head.extend(mime.bytes().chain([0]));
        }
        head.push(0);
        if head.len() as u64 > CLUSTERS_START {
            return Err(ZimError::TooLarge);
        }
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.write_checksum()
    }

    /// Writes the MD5 of all that is there behind it.
    fn write_checksum(mut self) -> Result<W, ZimError> {
        self.out.flush()?;
        self.out.seek(SeekFrom::Start(0))?;
        let mut hash = Md5::new();
        let mut buffer = vec![0; 64 << 10];
        let mut left = self.position;
        while left > 0 {
            let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let Some(part) = buffer.get_mut(..wanted) else { break };
            self.out.read_exact(part)?;
            hash.update(&*part);
            left -= wanted as u64;
        }
        self.out.seek(SeekFrom::Start(self.position))?;
        self.out.write_all(&hash.finalize())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Returns the numbers of the entries that are `wanted`, by space and title.
    fn titles(&self, wanted: impl Fn(u8, &Entry) -> bool) -> Vec<u32> {
        let mut titles: Vec<(u8, &str, u32)> = (0_u32..)
            .zip(&self.entries)
            .filter(|(_, ((space, _), entry))| wanted(*space, entry))
            .map(|(number, ((space, path), entry))| {
                let title = if entry.title.is_empty() { path } else { &entry.title };
                (*space, title.as_str(), number)
            })
            .collect();
        titles.sort_unstable();
        titles.into_iter().map(|(_, _, number)| number).collect()
    }
}

fn pointers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A title ends where a zero byte stands.
fn one_line(title: &str) -> String {
    let title: String = title.chars().filter(|c| *c != '\0').collect();
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
