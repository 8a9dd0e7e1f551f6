//! The spool.

use std::{
    cell::RefCell,
    fmt,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{Place, SpoolError};

/// Zstandard's fastest level that still halves text twice.
const ZSTD_LEVEL: i32 = 1;

/// What a spool writes to: a file, or bytes in memory.
pub trait Storage: Read + Write + Seek {}

impl<T: Read + Write + Seek> Storage for T {}

/// Values that are put aside, compressed, one after another.
pub struct Spool {
    storage: RefCell<Box<dyn Storage>>,
    len_bytes: u64,
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
        Self { storage: RefCell::new(Box::new(storage)), len_bytes: 0 }
    }

    /// Puts a value aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take it.
    pub fn put<T: Serialize>(&mut self, value: &T) -> Result<Place, SpoolError> {
        self.put_bytes(&serde_json::to_vec(value).map_err(SpoolError::Value)?)
    }

    /// Reads the value at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give it back.
    pub fn get<T: DeserializeOwned>(&self, place: Place) -> Result<T, SpoolError> {
        let bytes = self.get_bytes(place)?;
        let mut values = serde_json::Deserializer::from_slice(&bytes);
        // How deep values nest is bounded where they are made.
        values.disable_recursion_limit();
        T::deserialize(&mut values).map_err(SpoolError::Value)
    }

    /// Puts bytes aside.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take them.
    pub fn put_bytes(&mut self, bytes: &[u8]) -> Result<Place, SpoolError> {
        let mut write = || {
            let compressed = zstd::bulk::compress(bytes, ZSTD_LEVEL)?;
            let len_bytes = u32::try_from(compressed.len()).map_err(io::Error::other)?;
            let mut storage = self.storage.borrow_mut();
            storage.seek(SeekFrom::Start(self.len_bytes))?;
            storage.write_all(&compressed)?;
            let place = Place { start: self.len_bytes, len_bytes };
            self.len_bytes += u64::from(len_bytes);
            Ok(place)
        };
        write().map_err(SpoolError::Write)
    }

    /// Reads the bytes at `place` again.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give them back.
    pub fn get_bytes(&self, place: Place) -> Result<Vec<u8>, SpoolError> {
        let read = || {
            let mut storage = self.storage.borrow_mut();
            storage.seek(SeekFrom::Start(place.start))?;
            let mut compressed = vec![0; place.len_bytes as usize];
            storage.read_exact(&mut compressed)?;
            zstd::stream::decode_all(compressed.as_slice())
        };
        read().map_err(SpoolError::Read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

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
        let deep = "[".repeat(500) + &"]".repeat(500);
        let mut spool = Spool::default();
        let place = spool.put_bytes(deep.as_bytes()).unwrap();
        let value: serde_json::Value = spool.get(place).unwrap();
        assert_eq!(value.to_string(), deep);
    }

    #[test]
    fn a_full_storage_is_an_error() {
        let mut full = Spool::new(Cursor::new(vec![0; 4].into_boxed_slice()));
        assert!(matches!(full.put(&"more than fits"), Err(SpoolError::Write(_))));
    }
}
