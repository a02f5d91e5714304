//! The first few bytes of a part that is packed as RFC 1951 has it: enough to see how many words it claims to hold,
//! before room is made for them.

/// The longest code.
const LONGEST: usize = 15;

/// At most `most` bytes of what was packed. `None` where it is not packed so.
pub(super) fn head(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut bits = Bits { packed, at: 0 };
    let mut out = Vec::with_capacity(most);
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => {
                bits.at = bits.at.next_multiple_of(8);
                let length = bits.take(16)?;
                bits.take(16)?;
                for _ in 0..length {
                    if out.len() == most {
                        return Some(out);
                    }
                    out.push(u8::try_from(bits.take(8)?).ok()?);
                }
            }
            1 => {
                let mut lengths = [8; 288];
                lengths.get_mut(144..256)?.fill(9);
                lengths.get_mut(256..280)?.fill(7);
                let codes = (Codes::of(&lengths), Codes::of(&[5; 30]));
                block(&mut bits, &codes, &mut out, most)?;
            }
            2 => {
                let codes = described(&mut bits)?;
                block(&mut bits, &codes, &mut out, most)?;
            }
            _ => return None,
        }
        if last || out.len() >= most {
            out.truncate(most);
            return Some(out);
        }
    }
}

struct Bits<'a> {
    packed: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut value = 0;
        for place in 0..count {
            let byte = *self.packed.get(self.at / 8)?;
            value |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(value)
    }
}

/// Codes by their lengths: how many there are of each, and what they stand for in order.
struct Codes {
    counts: [usize; LONGEST + 1],
    symbols: Vec<usize>,
}

impl Codes {
    fn of(lengths: &[usize]) -> Self {
        let mut counts = [0; LONGEST + 1];
        let mut symbols = Vec::new();
        for length in 1..=LONGEST {
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, of)| **of == length) {
                symbols.push(symbol);
                if let Some(count) = counts.get_mut(length) {
                    *count += 1;
                }
            }
        }
        Self { counts, symbols }
    }

    fn next(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in self.counts.iter().skip(1) {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(index + code.checked_sub(first)?).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// A block that describes its own codes.
fn described(bits: &mut Bits<'_>) -> Option<(Codes, Codes)> {
    const ORDER: [usize; 19] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ];
    let (letters, distances, described) =
        (bits.take(5)? + 257, bits.take(5)? + 1, bits.take(4)? + 4);
    let mut lengths = [0; 19];
    for place in ORDER.iter().take(described) {
        *lengths.get_mut(*place)? = bits.take(3)?;
    }
    let codes = Codes::of(&lengths);
    let mut lengths = Vec::new();
    while lengths.len() < letters + distances {
        let (value, times) = match codes.next(bits)? {
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length, 1),
        };
        lengths.extend(std::iter::repeat_n(value, times));
    }
    let (of_letters, of_distances) = lengths.split_at_checked(letters)?;
    Some((Codes::of(of_letters), Codes::of(of_distances)))
}

fn block(
    bits: &mut Bits<'_>,
    (letters, distances): &(Codes, Codes),
    out: &mut Vec<u8>,
    most: usize,
) -> Option<()> {
    while out.len() < most {
        let symbol = letters.next(bits)?;
        if let Ok(byte) = u8::try_from(symbol) {
            out.push(byte);
            continue;
        }
        if symbol == 256 {
            return Some(());
        }
        let length = match symbol - 257 {
            short @ 0..8 => short + 3,
            28 => 258,
            long @ 8..28 => {
                let extra = long / 4 - 1;
                ((4 + long % 4) << extra) + 3 + bits.take(extra)?
            }
            _ => return None,
        };
        let distance = match distances.next(bits)? {
            near @ 0..4 => near + 1,
            far @ 4..30 => {
                let extra = far / 2 - 1;
                ((2 + far % 2) << extra) + 1 + bits.take(extra)?
            }
            _ => return None,
        };
        for _ in 0..length {
            let byte = *out.get(out.len().checked_sub(distance)?)?;
            out.push(byte);
        }
    }
    Some(())
}
