//! The markup of a workbook's parts, gone through once before the cells are read: what reads those holds a tag, a
//! comment and all of a cell in memory, however long, and every start that has no end yet.
//!
//! It is cut into pieces exactly as there, and what could be cut in two ways is refused.

use std::io::{ErrorKind, Read};

use super::LONGEST_LINE;

/// The longest tag, comment or run of text.
const LONGEST_PIECE: usize = LONGEST_LINE;
/// The most that stands in one cell: each of its letters may have a look of its own.
const LONGEST_CELL: u64 = 8 << 20;
/// The longest name of a tag.
const LONGEST_NAME: usize = 1_000;
/// So deep one stands within the other.
const DEEPEST: usize = 200;
const BUFFER: usize = 64 * 1024;

/// Why a part is not to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A cell of it, or something between them, goes past every limit.
    TooLong,
    /// It is no markup that a spreadsheet writes, or cannot be unpacked.
    Damaged,
}

/// Goes through a part. Gives how many shared words begin in it.
pub(super) fn words(mut part: impl Read) -> Result<u64, Fault> {
    let mut buffer = vec![0; BUFFER];
    let mut markup = Markup::default();
    loop {
        match part.read(&mut buffer) {
            Ok(0) => return Ok(markup.words),
            Ok(read) => markup.feed(buffer.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(Fault::Damaged),
        }
    }
}

/// What a byte belongs to.
#[derive(Default, Clone, Copy)]
enum At {
    #[default]
    Text,
    /// Right behind `<`.
    Begun,
    /// In a tag.
    Tag {
        /// Whether it is one that ends something.
        closes: bool,
        /// Whether its name is behind it.
        named: bool,
        /// The quotation mark that is open.
        quote: Option<u8>,
    },
    /// Behind `<!`, before it is clear what that begins.
    Bang,
    Comment,
    /// Text in which nothing is markup.
    Verbatim,
    /// What stands between `<?` and `?>`.
    Instruction,
}

#[derive(Default)]
struct Markup {
    at: At,
    /// How long the piece is so far.
    piece: usize,
    passed: u64,
    /// The name of the tag.
    name: Vec<u8>,
    /// The two bytes before this one, as far as they belong to the same.
    before: [u8; 2],
    /// The names of what has begun and not ended, one behind the other, and where each of them begins.
    open: Vec<u8>,
    begins: Vec<usize>,
    /// How many had begun when a cell did, and what had passed by then.
    cell: Option<(usize, u64)>,
    words: u64,
}

const COMMENT: &[u8] = b"--";
const VERBATIM: &[u8] = b"[CDATA[";

impl Markup {
    fn feed(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let (used, ends) = if matches!(self.at, At::Text) {
                let text = rest.iter().position(|byte| *byte == b'<');
                if text.is_some() {
                    self.at = At::Begun;
                }
                (text.map_or(rest.len(), |text| text + 1), text.is_some())
            } else {
                self.byte(*first)?;
                (1, matches!(self.at, At::Text))
            };
            self.passed += used as u64;
            self.piece += used;
            if self.piece > LONGEST_PIECE {
                return Err(Fault::TooLong);
            }
            if ends {
                self.piece = 0;
                let began = self.cell.map_or(self.passed, |(_, began)| began);
                if self.passed - began > LONGEST_CELL {
                    return Err(Fault::TooLong);
                }
            }
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// Takes in a byte of markup.
    fn byte(&mut self, byte: u8) -> Result<(), Fault> {
        let ends = byte == b'>';
        match self.at {
            At::Text => {}
            At::Begun => {
                self.name.clear();
                self.before = [0; 2];
                let tag = |closes| At::Tag {
                    closes,
                    named: false,
                    quote: None,
                };
                self.at = match byte {
                    b'!' => At::Bang,
                    b'?' => At::Instruction,
                    b'/' => tag(true),
                    _ => {
                        self.at = tag(false);
                        return self.byte(byte);
                    }
                };
            }
            At::Tag { .. } => return self.tag(byte),
            At::Bang => {
                self.name.push(byte);
                self.at = match self.name.as_slice() {
                    COMMENT => At::Comment,
                    VERBATIM => At::Verbatim,
                    some if COMMENT.starts_with(some) || VERBATIM.starts_with(some) => At::Bang,
                    // A spreadsheet writes no other.
                    _ => return Err(Fault::Damaged),
                };
                return Ok(());
            }
            At::Comment if ends && self.before == *b"--" => self.at = At::Text,
            At::Verbatim if ends && self.before == *b"]]" => self.at = At::Text,
            At::Instruction if ends && self.before[1] == b'?' => self.at = At::Text,
            At::Comment | At::Verbatim | At::Instruction => {}
        }
        self.before = [self.before[1], byte];
        Ok(())
    }

    fn tag(&mut self, byte: u8) -> Result<(), Fault> {
        let At::Tag {
            closes,
            named,
            quote,
        } = &mut self.at
        else {
            return Ok(());
        };
        match (*quote, byte) {
            (None, b'>') => {
                let (closes, named) = (*closes, *named);
                self.at = At::Text;
                return self.ended(closes, named);
            }
            (None, b'"' | b'\'') => *quote = Some(byte),
            (Some(open), _) if open == byte => *quote = None,
            _ => {}
        }
        if matches!(byte, b' ' | b'\r' | b'\n' | b'\t') {
            *named = true;
        } else if !*named {
            self.name.push(byte);
            if self.name.len() > LONGEST_NAME {
                return Err(Fault::Damaged);
            }
        } else if *closes {
            return Err(Fault::Damaged);
        }
        self.before = [self.before[1], byte];
        Ok(())
    }

    /// A tag has ended.
    fn ended(&mut self, closes: bool, named: bool) -> Result<(), Fault> {
        let depth = self.begins.len();
        if closes {
            let begins = self.begins.pop().ok_or(Fault::Damaged)?;
            if self.open.get(begins..) != Some(self.name.as_slice()) {
                return Err(Fault::Damaged);
            }
            self.open.truncate(begins);
            if self.cell.is_some_and(|(outside, _)| outside + 1 == depth) {
                self.cell = None;
            }
            return Ok(());
        }
        let empty = self.before[1] == b'/';
        if empty && !named {
            self.name.pop();
        }
        if self.name.is_empty() || depth == DEEPEST {
            return Err(Fault::Damaged);
        }
        let colon = self.name.iter().position(|byte| *byte == b':');
        let local = self.name.get(colon.map_or(0, |colon| colon + 1)..);
        let is = |name: &[u8]| local == Some(name);
        let (is_word, is_cell) = (is(b"si"), is(b"c"));
        self.words += u64::from(is_word);
        if empty {
            return Ok(());
        }
        if self.cell.is_none() && (is_word || is_cell) {
            self.cell = Some((depth, self.passed));
        }
        self.begins.push(self.open.len());
        self.open.extend_from_slice(&self.name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Result<u64, Fault> {
        words(text.as_bytes())
    }

    #[test]
    fn what_spreadsheets_write_is_gone_through_to_its_end() {
        for (markup, found) in [
            ("", 0),
            ("\u{feff}<?xml version=\"1.0\"?><a/>", 0),
            ("<sst><si><t>a &lt; b</t></si><x:si/><si /></sst>", 3),
            ("<c r='>'><!-- > -- --><t><![CDATA[</t>]]]]></t ></c\n>", 0),
            ("<!----><a b=\"/\">x</a><a b=c/>", 0),
            ("no markup at all", 0),
        ] {
            assert_eq!(look(markup), Ok(found), "{markup}");
        }
    }

    #[test]
    fn what_could_be_cut_in_two_ways_is_refused() {
        for markup in [
            "<a><b></a></b>",
            "</a>",
            "<a></a b>",
            "<a></a/>",
            "<>",
            "</>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "<!-x-->",
            "<![x]]>",
        ] {
            assert_eq!(look(markup), Err(Fault::Damaged), "{markup}");
        }
        assert_eq!(look(&"<a>".repeat(DEEPEST)), Ok(0));
        assert_eq!(look(&"<a>".repeat(DEEPEST + 1)), Err(Fault::Damaged));
        let name = "a".repeat(LONGEST_NAME + 1);
        assert_eq!(look(&format!("<{name}/>")), Err(Fault::Damaged));
        // Here the comment goes on, as it does for who reads the cells.
        for begins in ["<!-->", "<!--->"] {
            let comment = format!("{begins}</never>--><a></a>");
            assert_eq!(look(&comment), Ok(0), "{comment}");
        }
    }

    #[test]
    fn one_piece_is_no_longer_than_a_line_of_text() {
        let long = |length| "x".repeat(length);
        let pieces: [fn(String) -> String; 6] = [
            |long| format!("<a>{long}</a>"),
            |long| format!("<a b=\"{long}\"/>"),
            |long| format!("<a b=\"<{long}\"/>"),
            |long| format!("<!--<{long}-->"),
            |long| format!("<![CDATA[<{long}]]>"),
            |long| format!("<?<{long}?>"),
        ];
        for piece in pieces {
            let marks = piece(String::new()).len();
            assert_eq!(look(&piece(long(LONGEST_PIECE - marks))), Ok(0));
            assert_eq!(look(&piece(long(LONGEST_PIECE + 1))), Err(Fault::TooLong));
        }
    }

    #[test]
    fn one_cell_has_an_end_however_many_pieces_it_is_in() {
        let piece = "<t>x</t><c></c>".repeat(1 << 16);
        let enough = usize::try_from(LONGEST_CELL).unwrap() / piece.len() + 1;
        for cell in ["c", "x:c", "si"] {
            let of = |pieces: usize| format!("<{cell}>{}</{cell}>", piece.repeat(pieces));
            assert_eq!(look(&of(enough)).err(), Some(Fault::TooLong), "{cell}");
            assert!(look(&of(enough / 2).repeat(4)).is_ok(), "{cell}");
        }
    }
}
