//! Where the files of an archive go.

/// Takes the files of an archive, one after another.
pub trait Output {
    /// Why a file can't be taken.
    type Error;

    /// Takes a file; `path` is relative to the archive folder, with `/` as separator.
    ///
    /// # Errors
    ///
    /// Whatever stands in the way; packing stops with it.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Hears that `done` of `total` articles have been added.
    fn progress(&mut self, done: usize, total: usize) {
        let _ = (done, total);
    }
}
