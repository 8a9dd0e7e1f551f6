//! The spool.

use std::{
    cell::RefCell,
    fmt,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
};

use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::{Compressor, Decompressor};

use crate::{Place, SpoolError, kept::ROOM_BYTES};

/// What is put aside is read again in a moment: speed counts more than room.
const ZSTD_LEVEL: i32 = -5;

/// What a spool writes to: a file, or bytes in memory.
pub trait Storage: Read + Write + Seek {}

impl<T: Read + Write + Seek> Storage for T {}

/// Values that are put aside, compressed, one after another.
///
/// They are written as `MessagePack`, which is read faster than JSON and takes the same values.
pub struct Spool {
    state: RefCell<State>,
    len_bytes: u64,
    /// How many bytes of values still stay in memory.
    pub(crate) room_bytes: usize,
}

/// What reading changes, too.
struct State {
    storage: Box<dyn Storage>,
    /// Making these takes longer than the work that they do for a short value.
    compressor: Option<Compressor<'static>>,
    decompressor: Option<Decompressor<'static>>,
    /// A value before it is compressed, or compressed before it is read.
    buffer: Vec<u8>,
}

impl Default for Spool {
    fn default() -> Self {
        Self::new(Cursor::new(Vec::new()))
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool")
            .field("len_bytes", &self.len_bytes)
            .finish_non_exhaustive()
    }
}

impl Spool {
    /// Returns a spool over `storage`, which is empty and used by nothing else; the
    /// default spool is in memory.
    pub fn new(storage: impl Storage + 'static) -> Self {
        let state = State {
            storage: Box::new(storage),
            compressor: None,
            decompressor: None,
            buffer: Vec::new(),
        };
        Self { state: RefCell::new(state), len_bytes: 0, room_bytes: ROOM_BYTES }
    }

    /// Puts a value aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take it.
    pub fn put<T: Serialize>(&mut self, value: &T) -> Result<Place, SpoolError> {
        let mut bytes = std::mem::take(&mut self.state.get_mut().buffer);
        bytes.clear();
        let mut values = rmp_serde::Serializer::new(&mut bytes).with_struct_map();
        // How deep values nest is bounded where they are made.
        values.unstable_set_max_depth(usize::MAX);
        value.serialize(&mut values).map_err(SpoolError::Encode)?;
        let place = self.put_bytes(&bytes);
        self.state.get_mut().buffer = bytes;
        place
    }

    /// Reads the value at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give it back.
    pub fn get<T: DeserializeOwned>(&self, place: Place) -> Result<T, SpoolError> {
        let bytes = self.get_bytes(place)?;
        let mut values = rmp_serde::Deserializer::from_read_ref(&bytes);
        values.set_max_depth(usize::MAX);
        T::deserialize(&mut values).map_err(SpoolError::Decode)
    }

    /// Puts bytes aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take them.
    pub fn put_bytes(&mut self, bytes: &[u8]) -> Result<Place, SpoolError> {
        let start = self.len_bytes;
        let place =
            self.state.get_mut().write(bytes, start).map_err(SpoolError::Write)?;
        self.len_bytes += u64::from(place.len_bytes);
        Ok(place)
    }

    /// Reads the bytes at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give them back.
    pub fn get_bytes(&self, place: Place) -> Result<Vec<u8>, SpoolError> {
        self.state.borrow_mut().read(place).map_err(SpoolError::Read)
    }
}

impl State {
    fn write(&mut self, bytes: &[u8], start: u64) -> io::Result<Place> {
        let Self { storage, compressor, .. } = self;
        let compressor = match compressor {
            Some(compressor) => compressor,
            None => compressor.insert(Compressor::new(ZSTD_LEVEL)?),
        };
        let compressed = compressor.compress(bytes)?;
        let len_bytes = u32::try_from(compressed.len()).map_err(io::Error::other)?;
        let full_len = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        storage.seek(SeekFrom::Start(start))?;
        storage.write_all(&compressed)?;
        Ok(Place { start, len_bytes, full_len })
    }

    fn read(&mut self, place: Place) -> io::Result<Vec<u8>> {
        let Place { start, len_bytes, full_len } = place;
        let Self { storage, decompressor, buffer, .. } = self;
        let decompressor = match decompressor {
            Some(decompressor) => decompressor,
            None => decompressor.insert(Decompressor::new()?),
        };
        storage.seek(SeekFrom::Start(start))?;
        buffer.clear();
        storage.take(u64::from(len_bytes)).read_to_end(buffer)?;
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
        let mut spool = Spool::default();
        let values: Vec<Vec<String>> =
            (0..20).map(|n| vec!["潮 tide ".repeat(n * n); n]).collect();
        let places: Vec<_> =
            values.iter().map(|value| spool.put(value).unwrap()).collect();
        for (value, &place) in values.iter().zip(&places).rev() {
            assert_eq!(spool.get::<Vec<String>>(place).unwrap(), *value);
        }
        let place = spool.put_bytes(b"").unwrap();
        assert_eq!(spool.get_bytes(place).unwrap(), b"");
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
        let mut full = Spool::new(Cursor::new(vec![0; 4].into_boxed_slice()));
        assert!(matches!(full.put(&"more than fits"), Err(SpoolError::Write(_))));
    }
}
