//! A module as columns: the opcodes of all functions, their constants, the numbers of their
//! variables and so on, each apart. LZMA packs them a twelfth smaller than the module, in which
//! unlike things alternate. `www/unpack.js` makes the module of them.

use anyhow::{Context as _, bail};

/// What is kept apart, in the order in which it is packed, which is the best of some dozens that
/// were tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Numbers of local variables.
    Variables,
    /// Sections other than that of code, and the number of functions.
    Sections,
    /// How far out branches lead.
    Branches,
    /// Constants of 32 bits.
    Constants,
    /// Offsets of loads and stores.
    Offsets,
    /// Numbers of functions that are called.
    Calls,
    /// The types of the local variables of each function.
    Locals,
    /// Constants of 64 bits and of floating-point numbers.
    Longs,
    /// Opcodes, and operands that follow from them mostly: alignments, types.
    Opcodes,
}

/// Number of columns.
const COLUMNS: usize = Column::Opcodes as usize + 1;

/// Bytes of a length in the module that is made of the columns: always as many as the longest
/// needs, so that it can be written when what it counts is there.
const LEN_BYTES: usize = 5;

/// The section of code, and the length of what is before the first section.
const CODE: u8 = 10;
const HEADER_LEN: usize = 8;

/// A module as columns.
pub(super) struct Columns {
    /// All of them, one after another.
    pub(super) bytes: Vec<u8>,
    /// The length of each, and that of the module that is made of them.
    pub(super) lengths: Vec<usize>,
}

/// Takes a module apart.
///
/// # Errors
///
/// Fails when the module is cut off, or has an instruction that is not known here.
pub(super) fn split(module: &[u8]) -> anyhow::Result<Columns> {
    let columns = std::array::from_fn(|_| Vec::new());
    let mut splitter = Splitter { rest: module, columns, padding: 0 };
    splitter.bytes(Column::Sections, HEADER_LEN)?;
    while let Some(&section) = splitter.rest.first() {
        splitter.bytes(Column::Sections, 1)?;
        if section == CODE {
            splitter.skip_len()?;
            for _ in 0..splitter.number(Column::Sections)? {
                splitter.skip_len()?;
                splitter.body()?;
            }
        } else {
            let len = splitter.number(Column::Sections)?;
            splitter.bytes(Column::Sections, len as usize)?;
        }
    }
    let Splitter { columns, padding, .. } = splitter;
    let mut lengths: Vec<usize> = columns.iter().map(Vec::len).collect();
    lengths.push(module.len() + padding);
    Ok(Columns { bytes: columns.concat(), lengths })
}

struct Splitter<'a> {
    rest: &'a [u8],
    columns: [Vec<u8>; COLUMNS],
    /// How much longer the lengths are that `www/unpack.js` writes.
    padding: usize,
}

impl Splitter<'_> {
    fn body(&mut self) -> anyhow::Result<()> {
        for _ in 0..self.number(Column::Locals)? {
            self.number(Column::Locals)?;
            self.bytes(Column::Locals, 1)?;
        }
        let mut depth = 1;
        while depth > 0 {
            let opcode = *self.rest.first().context("a function has no end")?;
            self.bytes(Column::Opcodes, 1)?;
            match opcode {
                0x0b => depth -= 1,
                0x02..=0x04 => {
                    depth += 1;
                    self.number(Column::Opcodes)?;
                }
                _ => self.operands(opcode)?,
            }
        }
        Ok(())
    }

    /// Moves what follows an opcode.
    fn operands(&mut self, opcode: u8) -> anyhow::Result<()> {
        use Column::{Branches, Calls, Constants, Longs, Offsets, Opcodes, Variables};
        match opcode {
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            0x0c | 0x0d => _ = self.number(Branches)?,
            0x0e => {
                for _ in 0..=self.number(Branches)? {
                    self.number(Branches)?;
                }
            }
            0x10 => _ = self.number(Calls)?,
            0x11 => {
                self.number(Opcodes)?;
                self.number(Opcodes)?;
            }
            0x20..=0x22 => _ = self.number(Variables)?,
            0x23..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => _ = self.number(Opcodes)?,
            0x28..=0x3e => {
                self.number(Opcodes)?;
                self.number(Offsets)?;
            }
            0x41 => _ = self.number(Constants)?,
            0x42 => _ = self.number(Longs)?,
            0x43 => self.bytes(Longs, 4)?,
            0x44 => self.bytes(Longs, 8)?,
            0xfc => match self.number(Opcodes)? {
                0..=7 => {}
                8 | 10 | 12 | 14 => {
                    self.number(Opcodes)?;
                    self.number(Opcodes)?;
                }
                9 | 11 | 13 | 15..=17 => _ = self.number(Opcodes)?,
                other => bail!(
                    "the module has instruction 0xfc {other}, which crates/xtask/src/wasm/columns.rs \
                     and www/unpack.js do not know yet"
                ),
            },
            other => bail!(
                "the module has instruction {other:#04x}, which crates/xtask/src/wasm/columns.rs and \
                 www/unpack.js do not know yet"
            ),
        }
        Ok(())
    }

    /// Moves bytes to a column.
    fn bytes(&mut self, column: Column, len: usize) -> anyhow::Result<()> {
        let (bytes, rest) =
            self.rest.split_at_checked(len).context("the module is cut off")?;
        if let Some(column) = self.columns.get_mut(column as usize) {
            column.extend_from_slice(bytes);
        }
        self.rest = rest;
        Ok(())
    }

    /// Moves a number in LEB128 to a column and returns its lowest 32 bits.
    fn number(&mut self, column: Column) -> anyhow::Result<u32> {
        let (value, len) = self.peek()?;
        self.bytes(column, len)?;
        Ok(value)
    }

    /// Passes over a length, which follows from what it counts.
    fn skip_len(&mut self) -> anyhow::Result<()> {
        let (_, len) = self.peek()?;
        self.padding += LEN_BYTES - len;
        self.rest = self.rest.get(len..).unwrap_or_default();
        Ok(())
    }

    /// Returns the lowest 32 bits of the number that follows, and its length in bytes.
    fn peek(&self) -> anyhow::Result<(u32, usize)> {
        let mut value = 0;
        for (at, &byte) in self.rest.iter().enumerate() {
            let part = u32::from(byte & 0x7f);
            value |= part.checked_shl(7 * at as u32).unwrap_or(0);
            if byte < 0x80 {
                return Ok((value, at + 1));
            }
        }
        bail!("the module is cut off in a number")
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    /// A module of one function, which adds 300 to its argument.
    const MODULE: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, // header
        1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, // its type
        3, 2, 1, 0, // the function is of it
        10, 10, 1, 8, 0, 0x20, 0, 0x41, 0xac, 2, 0x6a, 0x0b, // its code
    ];

    #[test]
    fn what_is_alike_stands_together() {
        let columns = split(MODULE).unwrap();
        assert_eq!(columns.lengths, [1, 22, 0, 2, 0, 0, 1, 0, 4, MODULE.len() + 8]);
        assert_eq!(columns.bytes[1..21], MODULE[..20]);
        assert_eq!(columns.bytes[21..23], [10, 1]);
        assert_eq!(columns.bytes[23..], [0xac, 2, 0, 0x20, 0x41, 0x6a, 0x0b]);
    }

    #[test]
    fn what_is_not_known_is_told() {
        let mut module = MODULE.to_vec();
        module[31] = 0xfd;
        assert!(split(&module).err().unwrap().to_string().contains("0xfd"));
        for len in 0..MODULE.len() {
            let whole = [8, 16, 20].contains(&len);
            assert_eq!(split(&MODULE[..len]).is_ok(), whole, "{len} bytes");
        }
    }
}
