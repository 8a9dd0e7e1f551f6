//! How much an input may still unpack to, whatever its containers say.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use crate::limits::{FREE_TOTAL_LEN, MAX_EXPANSION};

/// The bytes that the containers of one input may still unpack to, all together.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Rc<Cell<u64>>);

impl Budget {
    /// Returns the budget of an input of `len` bytes.
    pub(crate) fn of_input(len: u64) -> Self {
        let total = len.saturating_mul(MAX_EXPANSION).saturating_add(FREE_TOTAL_LEN);
        Self(Rc::new(Cell::new(total)))
    }

    /// Takes `len` bytes from what is left.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::QuotaExceeded`] when there is not as much.
    pub(crate) fn spend(&self, len: usize) -> io::Result<()> {
        let left = self.0.get().checked_sub(len as u64);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(|| io::ErrorKind::QuotaExceeded.into())
    }

    /// Returns `inner`, whose bytes count from now on.
    pub(crate) fn metered<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, budget: self.clone() }
    }
}

/// A reader of unpacked bytes, which ends with an error when the budget is used up.
#[derive(Debug)]
pub(crate) struct Metered<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let len = self.inner.read(buf)?;
        self.budget.spend(len)?;
        Ok(len)
    }
}
