//! The end of a chain, which seals everything before it.

use std::fmt;

use super::Hash;

/// The last entry of a chain: whoever knows it can tell whether anything up to it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number, and so how many entries the chain has.
    pub number: u32,
    /// Its hash.
    pub hash: Hash,
}

/// For writing down: "entry 1,204, a3f9 0c1d 22e8 7b40". The first 16 digits of a hash are enough for paper.
impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("entry ")?;
        let number = self.number.to_string();
        for (place, digit) in number.chars().enumerate() {
            if place > 0 && (number.len() - place).is_multiple_of(3) {
                out.write_str(",")?;
            }
            write!(out, "{digit}")?;
        }
        out.write_str(",")?;
        for (place, digit) in self.hash.to_string().chars().take(16).enumerate() {
            let gap = if place.is_multiple_of(4) { " " } else { "" };
            write!(out, "{gap}{digit}")?;
        }
        Ok(())
    }
}
