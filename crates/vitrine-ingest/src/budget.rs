//! How much an input may still unpack to, whatever its containers say.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use crate::limits::{FREE_EXPANSION_LEN, FREE_TOTAL_LEN, MAX_EXPANSION};

/// The bytes that an input, or a member of it, may still unpack to.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Rc<Allowance>);

#[derive(Debug)]
struct Allowance {
    left: Cell<u64>,
    /// What the container as a whole may unpack to.
    outer: Option<Budget>,
}

impl Budget {
    /// Returns the budget of an input of `len` bytes.
    pub(crate) fn of_input(len: u64) -> Self {
        Self::new(len, FREE_TOTAL_LEN, None)
    }

    /// Returns the budget of a member of `len` bytes; what it uses is taken from this one,
    /// too.
    pub(crate) fn of_member(&self, len: u64) -> Self {
        Self::new(len, FREE_EXPANSION_LEN, Some(self.clone()))
    }

    fn new(len: u64, free_len: u64, outer: Option<Self>) -> Self {
        let left = len.saturating_mul(MAX_EXPANSION).saturating_add(free_len);
        Self(Rc::new(Allowance { left: Cell::new(left), outer }))
    }

    /// Takes `len` bytes from what is left.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::QuotaExceeded`] when there is not as much.
    pub(crate) fn spend(&self, len: usize) -> io::Result<()> {
        let Allowance { left, outer } = self.0.as_ref();
        let rest = left.get().checked_sub(len as u64);
        left.set(rest.unwrap_or(0));
        if rest.is_none() {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        outer.as_ref().map_or(Ok(()), |outer| outer.spend(len))
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
