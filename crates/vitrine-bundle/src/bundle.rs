//! Reading: open a bundle, find chunks by key, walk them in order.

use std::{
    cell::RefCell,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use crate::{
    ChunkFile, ChunkSource, Cursor, CursorError, Digest, FORMAT_VERSION, FormatVersion,
    OpenError, ReadError, Root, Section,
    cache::Cache,
    chunk::{self, ChunkError},
    directory::{self, Entries},
};

/// First bytes of the root pointer.
pub(crate) const POINTER_MAGIC: [u8; 3] = *b"VTP";

/// An opened bundle.
///
/// Opening loads the root alone. Every chunk is checked against the digest in the entry
/// that led to it before it is decoded, and kept in a cache of bounded size.
#[derive(Debug)]
pub struct Bundle<S> {
    source: S,
    root: Root,
    root_file: ChunkFile,
    cache: RefCell<Cache>,
    /// Chunks being loaded, with who waits for each: nothing is loaded twice at once.
    loading: RefCell<Loading>,
}

/// A chunk of a section; cheap to clone.
#[derive(Debug, Clone)]
pub struct Chunk {
    section: Section,
    /// The entries and the position taken on each level, the root's first.
    trail: Vec<(Entries, usize)>,
    payload: Rc<[u8]>,
}

/// The files of a bundle, as its directories list them.
#[derive(Debug, Default)]
pub struct Listing {
    /// Every chunk's file with its length in bytes (of the chunk, not of the envelope);
    /// the root pointer is not among them.
    pub files: Vec<(ChunkFile, u32)>,
    /// Directory pages that could not be read; what they list is missing above.
    pub errors: Vec<ReadError>,
}

impl Chunk {
    /// Returns the first key of the chunk.
    pub fn first_key(&self) -> &[u8] {
        self.trail.last().map_or(&[], |(entries, at)| &entries[*at].first_key)
    }

    /// Returns the uncompressed payload.
    pub fn bytes(&self) -> &[u8] {
        &self.payload
    }

    /// Returns the file that the chunk came from.
    pub fn file(&self) -> Option<ChunkFile> {
        let (entries, at) = self.trail.last()?;
        Some(ChunkFile::new(self.section, entries[*at].digest))
    }

    /// Returns the error that this chunk holds something impossible.
    pub fn damaged(&self, what: &'static str) -> ReadError {
        self.error(what, None)
    }

    /// Returns the error that a structure of this chunk could not be decoded.
    pub fn undecodable(&self, source: CursorError) -> ReadError {
        self.error("its content can't be decoded", Some(source))
    }

    fn error(&self, what: &'static str, source: Option<CursorError>) -> ReadError {
        let path = self.file().map(|file| file.path()).unwrap_or_default();
        ReadError::damaged(path, what, source)
    }
}

impl<S: ChunkSource> Bundle<S> {
    /// Opens the bundle whose root has the digest `root`, or the current one when the
    /// caller knows none.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the root can't be loaded, is damaged, or is of another version.
    pub async fn open(source: S, root: Option<Digest>) -> Result<Self, OpenError> {
        let digest = match root {
            Some(digest) => digest,
            None => load_pointer(&source).await?,
        };
        let root_file = ChunkFile::new(Section::Root, digest);
        let bytes = source.load(&root_file).await.map_err(ReadError::from)?;
        let damaged = |what, source| ReadError::damaged(root_file.path(), what, source);
        if Digest::of(&bytes) != digest {
            return Err(damaged("its digest is not the one in index.html", None).into());
        }
        let payload =
            chunk::decode(&bytes, Section::Root, &[]).map_err(|error| match error {
                ChunkError::Version(got) => {
                    OpenError::Version { expected: FORMAT_VERSION, got }
                }
                error => damaged(error.what(), None).into(),
            })?;
        let root = Root::decode(&payload)
            .map_err(|cause| damaged("its content can't be decoded", Some(cause)))?;
        let (cache, loading) = Default::default();
        Ok(Self { source, root, root_file, cache, loading })
    }

    /// Returns the root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Returns the file of the root.
    pub fn root_file(&self) -> ChunkFile {
        self.root_file
    }

    /// Lets whoever else shares the thread go on. What reads from a bundle calls this
    /// between the steps of long work.
    pub async fn pause(&self) {
        self.source.pause().await;
    }

    /// Finds the chunk of `section` whose first key is the greatest that is not after
    /// `key`; `None` when every chunk starts after it.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when a directory page or the chunk can't be loaded or is damaged.
    pub async fn find(
        &self,
        section: Section,
        key: &[u8],
    ) -> Result<Option<Chunk>, ReadError> {
        self.descend(section, Vec::new(), |entries| directory::position(entries, key))
            .await
    }

    /// Finds the first chunk of `section`; `None` when the section is empty.
    ///
    /// # Errors
    ///
    /// As [`Bundle::find`].
    pub async fn first(&self, section: Section) -> Result<Option<Chunk>, ReadError> {
        self.descend(section, Vec::new(), |entries| (!entries.is_empty()).then_some(0))
            .await
    }

    /// Finds the chunk that follows `chunk` in its section.
    ///
    /// # Errors
    ///
    /// As [`Bundle::find`].
    pub async fn next(&self, chunk: &Chunk) -> Result<Option<Chunk>, ReadError> {
        let mut trail = chunk.trail.clone();
        while let Some((entries, at)) = trail.pop() {
            if at + 1 < entries.len() {
                trail.push((entries, at + 1));
                let first = |entries: &[_]| (!entries.is_empty()).then_some(0);
                return self.descend(chunk.section, trail, first).await;
            }
        }
        Ok(None)
    }

    /// Follows the directory of `section` down from `trail`, taking on each level the
    /// entry that `choose` picks.
    async fn descend(
        &self,
        section: Section,
        mut trail: Vec<(Entries, usize)>,
        choose: impl Fn(&[directory::Entry]) -> Option<usize>,
    ) -> Result<Option<Chunk>, ReadError> {
        let Some(top) = self.root.top(section) else { return Ok(None) };
        if trail.is_empty() {
            let Some(at) = choose(&top.entries) else { return Ok(None) };
            trail.push((Rc::clone(&top.entries), at));
        }
        loop {
            let Some((entries, at)) = trail.last() else { return Ok(None) };
            let digest = entries[*at].digest;
            if trail.len() > usize::from(top.depth) {
                let payload = self.payload(section, digest).await?;
                return Ok(Some(Chunk { section, trail, payload }));
            }
            let level = top.depth - trail.len() as u8;
            let page = self.page(section, level, digest).await?;
            let Some(at) = choose(&page) else { return Ok(None) };
            trail.push((page, at));
        }
    }

    /// Loads a directory page of `section`; `level` 0 points to chunks.
    async fn page(
        &self,
        section: Section,
        level: u8,
        digest: Digest,
    ) -> Result<Entries, ReadError> {
        let payload = self.payload(Section::Directory, digest).await?;
        let path = || ChunkFile::new(Section::Directory, digest).path();
        let damaged = |what, source| ReadError::damaged(path(), what, source);
        let cursor = &mut Cursor::new(&payload);
        let header = cursor.u8().and_then(|code| Ok((code, cursor.u8()?)));
        if header != Ok((section.code(), level)) {
            return Err(damaged("it is the page of another directory", header.err()));
        }
        directory::decode(cursor)
            .map_err(|cause| damaged("its content can't be decoded", Some(cause)))
    }

    /// Returns a chunk's payload: from the cache, from whoever is loading it, or loaded.
    async fn payload(
        &self,
        section: Section,
        digest: Digest,
    ) -> Result<Rc<[u8]>, ReadError> {
        poll_fn(|context| {
            let mut loading = self.loading.borrow_mut();
            let waiting = loading.iter_mut().find(|(other, _)| *other == digest);
            let Some((_, waiting)) = waiting else { return Poll::Ready(()) };
            if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
        if let Some(payload) = self.cache.borrow_mut().get(&digest) {
            return Ok(payload);
        }
        let _guard = LoadingGuard::new(&self.loading, digest);
        let payload: Rc<[u8]> = self.load(section, digest).await?.into();
        self.cache.borrow_mut().insert(digest, Rc::clone(&payload));
        Ok(payload)
    }

    /// Loads a chunk past the cache and checks it.
    async fn load(&self, section: Section, digest: Digest) -> Result<Vec<u8>, ReadError> {
        let file = ChunkFile::new(section, digest);
        let bytes = self.source.load(&file).await?;
        let damaged = |what, source| ReadError::damaged(file.path(), what, source);
        if Digest::of(&bytes) != digest {
            return Err(damaged("its digest differs", None));
        }
        let dictionary = if chunk::needs_dictionary(&bytes) {
            // Boxed, because a dictionary is a chunk that is loaded in turn.
            Box::pin(self.dictionary(section)).await?
        } else {
            None
        };
        let dictionary = dictionary.as_ref().map_or(&[][..], Chunk::bytes);
        self.pause().await;
        chunk::decode(&bytes, section, dictionary).map_err(|error| {
            let what = error.what();
            match error {
                ChunkError::Structure(cause) => damaged(what, Some(cause)),
                _ => damaged(what, None),
            }
        })
    }

    /// Finds what the chunks of `section` are compressed with.
    async fn dictionary(&self, section: Section) -> Result<Option<Chunk>, ReadError> {
        if section == Section::Dictionaries {
            return Ok(None);
        }
        let key = [section.code()];
        let chunk = self.find(Section::Dictionaries, &key).await?;
        Ok(chunk.filter(|chunk| chunk.first_key() == key))
    }

    /// Lists every file of the bundle; reads the directories, not the chunks.
    pub async fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let root_len = self.source.load(&self.root_file).await.map_or(0, |b| b.len());
        listing.files.push((self.root_file, root_len as u32));
        for (section, top) in &self.root.sections {
            let mut pages = vec![(top.depth, Rc::clone(&top.entries))];
            while let Some((depth, entries)) = pages.pop() {
                for entry in entries.iter() {
                    let section = if depth == 0 { *section } else { Section::Directory };
                    let file = ChunkFile::new(section, entry.digest);
                    listing.files.push((file, entry.len_bytes));
                }
                for entry in entries.iter().filter(|_| depth > 0) {
                    match self.page(*section, depth - 1, entry.digest).await {
                        Ok(page) => pages.push((depth - 1, page)),
                        Err(error) => listing.errors.push(error),
                    }
                }
            }
        }
        listing.files.sort_unstable();
        listing.files.dedup();
        listing
    }

    /// Loads a file of [`Bundle::list`] past the cache, and checks that its digest holds
    /// and that it can be decompressed.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when it can't be loaded or is damaged.
    pub async fn check(&self, file: &ChunkFile) -> Result<(), ReadError> {
        match file.digest() {
            Some(digest) => self.load(file.section(), digest).await.map(drop),
            None => Ok(()),
        }
    }
}

/// Reads the digest of the current root.
async fn load_pointer<S: ChunkSource>(source: &S) -> Result<Digest, OpenError> {
    let file = ChunkFile::pointer();
    let bytes = source.load(&file).await.map_err(ReadError::from)?;
    let parse = || -> Result<(FormatVersion, Digest), CursorError> {
        let cursor = &mut Cursor::new(&bytes);
        if cursor.bytes(POINTER_MAGIC.len())? != POINTER_MAGIC {
            return Err(cursor.invalid("the magic number"));
        }
        let version = FormatVersion { major: cursor.u8()?, minor: cursor.u8()? };
        let mut digest = [0; Digest::LEN];
        digest.copy_from_slice(cursor.bytes(Digest::LEN)?);
        Ok((version, Digest::from_bytes(digest)))
    };
    match parse() {
        Ok((version, digest)) if version.major == FORMAT_VERSION.major => Ok(digest),
        Ok((got, _)) => Err(OpenError::Version { expected: FORMAT_VERSION, got }),
        Err(cause) => {
            Err(ReadError::damaged(file.path(), "it names no root", Some(cause)).into())
        }
    }
}

/// The chunks that are being loaded, each with those who wait for it; a handful.
type Loading = Vec<(Digest, Vec<Waker>)>;

/// Marks a chunk as being loaded; wakes those who wait when done, failed or dropped.
struct LoadingGuard<'a> {
    loading: &'a RefCell<Loading>,
    digest: Digest,
}

impl<'a> LoadingGuard<'a> {
    fn new(loading: &'a RefCell<Loading>, digest: Digest) -> Self {
        loading.borrow_mut().push((digest, Vec::new()));
        Self { loading, digest }
    }
}

impl Drop for LoadingGuard<'_> {
    fn drop(&mut self) {
        let mut loading = self.loading.borrow_mut();
        let position = loading.iter().position(|(digest, _)| *digest == self.digest);
        let waiting = position.map(|position| loading.swap_remove(position).1);
        drop(loading);
        waiting.into_iter().flatten().for_each(Waker::wake);
    }
}
