//! Values that stay in memory while there is room.

use std::borrow::Cow;

use serde::{Serialize, de::DeserializeOwned};

use crate::{Place, Spool, SpoolError};

/// Bytes of values that stay in memory as they are: many corpora need no more, and are
/// cleaned in less time for it.
pub(crate) const ROOM_BYTES: usize = 96 << 20;

/// A value that a spool keeps: in memory while there is room for it, put aside otherwise.
#[derive(Debug)]
pub struct Kept<T>(Form<T>);

#[derive(Debug)]
enum Form<T> {
    Held { value: Box<T>, len_bytes: usize },
    Aside(Place),
}

impl Spool {
    /// Keeps a value that takes about `len_bytes` of memory.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not take it.
    pub fn keep<T: Serialize>(
        &mut self,
        value: T,
        len_bytes: usize,
    ) -> Result<Kept<T>, SpoolError> {
        Ok(Kept(match self.room_bytes.checked_sub(len_bytes) {
            Some(rest) => {
                self.room_bytes = rest;
                Form::Held { value: Box::new(value), len_bytes }
            }
            None => Form::Aside(self.put(&value)?),
        }))
    }

    /// Looks at a value that is kept.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give it back.
    pub fn look<'a, T: Clone + DeserializeOwned>(
        &self,
        kept: &'a Kept<T>,
    ) -> Result<Cow<'a, T>, SpoolError> {
        match &kept.0 {
            Form::Held { value, .. } => Ok(Cow::Borrowed(value)),
            &Form::Aside(place) => self.get(place).map(Cow::Owned),
        }
    }

    /// Gives a value back that was kept; there is room for another, then.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the storage does not give it back.
    pub fn take<T: DeserializeOwned>(&mut self, kept: Kept<T>) -> Result<T, SpoolError> {
        match kept.0 {
            Form::Held { value, len_bytes } => {
                self.room_bytes += len_bytes;
                Ok(*value)
            }
            Form::Aside(place) => self.get(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Spool;

    #[test]
    fn values_are_kept_in_memory_or_put_aside() {
        let mut spool = Spool::default();
        spool.room_bytes = 9;
        let kept: Vec<_> = (0..4).map(|n| spool.keep(vec![n; 4], 4).unwrap()).collect();
        assert_eq!(spool.room_bytes, 1);
        for (n, kept) in kept.into_iter().enumerate() {
            assert_eq!(*spool.look(&kept).unwrap(), [n; 4]);
            assert_eq!(spool.take(kept).unwrap(), [n; 4]);
        }
        assert_eq!(spool.room_bytes, 9);
    }
}
