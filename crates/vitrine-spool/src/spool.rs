//! The spool.

use std::{
    borrow::Cow,
    cell::RefCell,
    fmt,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
};

use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::{Compressor, Decompressor};

use crate::{Place, SpoolError};

/// Bytes of values that stay in memory as they are, up to which nothing is compressed or
/// written: most corpora are done before that.
const MAX_HELD_BYTES: usize = 64 << 20;

/// What is put aside is read again in a moment: speed counts more than room.
const ZSTD_LEVEL: i32 = -5;

/// What a spool writes to: a file, or bytes in memory.
pub trait Storage: Read + Write + Seek {}

impl<T: Read + Write + Seek> Storage for T {}

/// Values that are put aside one after another: the first in memory, up to 64 MiB of them,
/// the others compressed in a storage.
///
/// They are written as `MessagePack`, which is read faster than JSON and takes the same values.
pub struct Spool {
    /// Values one after another.
    held: Vec<u8>,
    max_held_bytes: usize,
    /// How many bytes the storage has.
    stored_bytes: u64,
    storage: RefCell<Compressed>,
}

impl Default for Spool {
    fn default() -> Self {
        Self::new(Cursor::new(Vec::new()))
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool")
            .field("held_bytes", &self.held.len())
            .field("stored_bytes", &self.stored_bytes)
            .finish_non_exhaustive()
    }
}

impl Spool {
    /// Returns a spool over `storage`, which is empty and used by nothing else; the
    /// default spool is in memory.
    pub fn new(storage: impl Storage + 'static) -> Self {
        Self::holding(MAX_HELD_BYTES, storage)
    }

    fn holding(max_held_bytes: usize, storage: impl Storage + 'static) -> Self {
        Self {
            held: Vec::new(),
            max_held_bytes,
            stored_bytes: 0,
            storage: RefCell::new(Compressed {
                storage: Box::new(storage),
                compressor: None,
                decompressor: None,
                buffer: Vec::new(),
            }),
        }
    }

    /// Puts a value aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take it.
    pub fn put<T: Serialize>(&mut self, value: &T) -> Result<Place, SpoolError> {
        let start = self.held.len();
        let mut values = rmp_serde::Serializer::new(&mut self.held).with_struct_map();
        // How deep values nest is bounded where they are made.
        values.unstable_set_max_depth(usize::MAX);
        let place = match value.serialize(&mut values) {
            Ok(()) => self.settle(start),
            Err(error) => Err(SpoolError::Encode(error)),
        };
        if place.is_err() {
            self.held.truncate(start);
        }
        place
    }

    /// Reads the value at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give it back.
    pub fn get<T: DeserializeOwned>(&self, place: Place) -> Result<T, SpoolError> {
        let bytes = self.bytes_of(place)?;
        let mut values = rmp_serde::Deserializer::from_read_ref(&*bytes);
        values.set_max_depth(usize::MAX);
        T::deserialize(&mut values).map_err(SpoolError::Decode)
    }

    /// Puts bytes aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take them.
    pub fn put_bytes(&mut self, bytes: &[u8]) -> Result<Place, SpoolError> {
        if bytes.len() > self.max_held_bytes.saturating_sub(self.held.len()) {
            return self.store(bytes);
        }
        let start = self.held.len();
        self.held.extend_from_slice(bytes);
        self.settle(start)
    }

    /// Reads the bytes at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give them back.
    pub fn get_bytes(&self, place: Place) -> Result<Vec<u8>, SpoolError> {
        self.bytes_of(place).map(Cow::into_owned)
    }

    /// Leaves what was held from `start` on where it is if there is room for it, and stores
    /// it otherwise.
    fn settle(&mut self, start: usize) -> Result<Place, SpoolError> {
        if self.held.len() > self.max_held_bytes {
            let bytes = self.held.split_off(start);
            return self.store(&bytes);
        }
        let full_len = u32::try_from(self.held.len() - start);
        let full_len = full_len.map_err(io::Error::other).map_err(SpoolError::Write)?;
        Ok(Place { start: start as u64, full_len, stored_len: None })
    }

    fn store(&mut self, bytes: &[u8]) -> Result<Place, SpoolError> {
        let start = self.stored_bytes;
        let written = self.storage.get_mut().write(bytes, start);
        let (full_len, len) = written.map_err(SpoolError::Write)?;
        self.stored_bytes += u64::from(len);
        Ok(Place { start, full_len, stored_len: Some(len) })
    }

    fn bytes_of(&self, place: Place) -> Result<Cow<'_, [u8]>, SpoolError> {
        let Place { start, full_len, stored_len } = place;
        let Some(len) = stored_len else {
            let held = usize::try_from(start).ok().and_then(|start| {
                self.held.get(start..start.saturating_add(full_len as usize))
            });
            let missing = || SpoolError::Read(io::ErrorKind::UnexpectedEof.into());
            return held.map(Cow::Borrowed).ok_or_else(missing);
        };
        let read = self.storage.borrow_mut().read(start, len, full_len);
        read.map(Cow::Owned).map_err(SpoolError::Read)
    }
}

/// A storage whose values are compressed, each on its own.
struct Compressed {
    storage: Box<dyn Storage>,
    /// Making these takes longer than the work that they do for a short value.
    compressor: Option<Compressor<'static>>,
    decompressor: Option<Decompressor<'static>>,
    /// A value before it is decompressed.
    buffer: Vec<u8>,
}

impl Compressed {
    /// Writes at `start` and returns the number of bytes, and of those that were written.
    fn write(&mut self, bytes: &[u8], start: u64) -> io::Result<(u32, u32)> {
        let Self { storage, compressor, .. } = self;
        let compressor = match compressor {
            Some(compressor) => compressor,
            None => compressor.insert(Compressor::new(ZSTD_LEVEL)?),
        };
        let compressed = compressor.compress(bytes)?;
        let full_len = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let len = u32::try_from(compressed.len()).map_err(io::Error::other)?;
        storage.seek(SeekFrom::Start(start))?;
        storage.write_all(&compressed)?;
        Ok((full_len, len))
    }

    fn read(&mut self, start: u64, len: u32, full_len: u32) -> io::Result<Vec<u8>> {
        let Self { storage, decompressor, buffer, .. } = self;
        let decompressor = match decompressor {
            Some(decompressor) => decompressor,
            None => decompressor.insert(Decompressor::new()?),
        };
        storage.seek(SeekFrom::Start(start))?;
        buffer.clear();
        storage.take(u64::from(len)).read_to_end(buffer)?;
        decompressor.decompress(buffer, full_len as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use serde::{Deserialize, Serialize};

    use super::Spool;
    use crate::SpoolError;

    #[test]
    fn values_are_read_again_in_any_order() {
        let values: Vec<Vec<String>> =
            (0..20).map(|n| vec!["潮 tide ".repeat(n * n); n]).collect();
        // All in memory, some there, all in the storage.
        for max_held_bytes in [1 << 20, 9_000, 0] {
            let mut spool = Spool::holding(max_held_bytes, Cursor::new(Vec::<u8>::new()));
            let places: Vec<_> =
                values.iter().map(|value| spool.put(value).unwrap()).collect();
            for (value, &place) in values.iter().zip(&places).rev() {
                assert_eq!(spool.get::<Vec<String>>(place).unwrap(), *value);
            }
            for bytes in [b"".as_slice(), b"tide"] {
                let place = spool.put_bytes(bytes).unwrap();
                assert_eq!(spool.get_bytes(place).unwrap(), bytes);
            }
            assert!(spool.held.len() <= max_held_bytes);
        }
    }

    #[test]
    fn deep_values_are_read_again() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        enum Nest {
            Outer { inner: Vec<Nest> },
            Core,
        }
        let deep = (0..600).fold(Nest::Core, |nest, _| Nest::Outer { inner: vec![nest] });
        let mut spool = Spool::default();
        let place = spool.put(&deep).unwrap();
        assert_eq!(spool.get::<Nest>(place).unwrap(), deep);
    }

    #[test]
    fn a_full_storage_is_an_error() {
        let mut full = Spool::holding(4, Cursor::new(vec![0; 4].into_boxed_slice()));
        assert!(matches!(full.put(&"more than fits"), Err(SpoolError::Write(_))));
        let place = full.put(&"yes").unwrap();
        assert_eq!(full.get::<String>(place).unwrap(), "yes");
    }
}
