//! In which letters a file is written.

use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{not_read, open, refused};
use crate::error::Result;

const PART: usize = 64 * 1024;
/// How much of the letters beyond ASCII is looked at to tell one old encoding from another.
const ENOUGH: usize = 1 << 20;

/// The encoding of this name.
pub(super) fn named(name: &str) -> Result<&'static Encoding> {
    Encoding::for_label(name.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() || is_utf_16(encoding))
        .ok_or_else(|| refused("Placard does not know that encoding."))
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Finds the encoding of a file: by its mark, or by what its bytes can only be.
pub(super) fn find(path: &Path) -> Result<&'static Encoding> {
    let mut file = open(path)?;
    let mut part = vec![0; PART];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut utf8 = UTF_8.new_decoder_without_bom_handling();
    let mut nothing = vec![0_u16; PART];
    let (mut is_utf8, mut first, mut fed) = (true, true, 0);
    loop {
        let read = file.read(&mut part).map_err(not_read)?;
        let bytes = part.get(..read).unwrap_or_default();
        if first {
            first = false;
            if let Some((encoding, _)) = Encoding::for_bom(bytes) {
                return Ok(encoding);
            }
            if let Some(encoding) = unmarked_utf_16(bytes) {
                return Ok(encoding);
            }
        }
        let last = read == 0;
        if is_utf8 {
            let (result, _, _) =
                utf8.decode_to_utf16_without_replacement(bytes, &mut nothing, last);
            is_utf8 = !matches!(result, encoding_rs::DecoderResult::Malformed(..));
        }
        if fed < ENOUGH {
            detector.feed(bytes, last);
            fed += read;
        }
        if last || (!is_utf8 && fed >= ENOUGH) {
            break;
        }
    }
    if is_utf8 {
        return Ok(UTF_8);
    }
    let guessed = detector.guess(None, Utf8Detection::Deny);
    Ok(if guessed.is_ascii_compatible() {
        guessed
    } else {
        WINDOWS_1252
    })
}

/// UTF-16 without its mark: every other byte of Latin letters, digits and commas is nothing.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2).take(512);
    let (mut all, mut low, mut high) = (0, 0, 0);
    for pair in pairs {
        all += 1;
        low += usize::from(pair.first() == Some(&0));
        high += usize::from(pair.last() == Some(&0));
    }
    let most = |zeros: usize| all > 1 && zeros * 10 > all * 4;
    match (most(low), most(high)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Reads on in UTF-8. What is no letter of the encoding becomes a mark that stands for it.
pub(super) struct Decoded<R> {
    pub(super) from: R,
    decoder: Decoder,
    part: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    finished: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(from: R, encoding: &'static Encoding) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_with_bom_removal(),
            part: vec![0; PART],
            start: 0,
            end: 0,
            ended: false,
            finished: false,
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            if self.start == self.end && !self.ended {
                self.start = 0;
                self.end = self.from.read(&mut self.part)?;
                self.ended = self.end == 0;
            }
            let bytes = self.part.get(self.start..self.end).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, to, self.ended);
            self.start += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if result == CoderResult::OutputFull {
                return Err(io::ErrorKind::InvalidInput.into());
            }
        }
        Ok(0)
    }
}
