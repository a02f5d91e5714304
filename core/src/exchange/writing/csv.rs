//! Lists with commas (RFC 4180). Every cell is quoted: in a country whose spreadsheets divide at semicolons, a
//! semicolon in a name would else begin a cell of its own.

use std::io::Write;

use ::csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::cells::{Columns, inert};
use super::{Exported, Writer as People};
use crate::error::{Error, Result};

/// Before the first cell it says that what follows is UTF-8: Excel takes it for something else without.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) struct Csv<C, W: Write> {
    columns: C,
    to: Writer<W>,
}

impl<C: Columns, W: Write> Csv<C, W> {
    /// A list for people, who open it in a spreadsheet.
    pub(super) fn for_spreadsheets(columns: C, mut to: W) -> Result<Self> {
        to.write_all(BYTE_ORDER_MARK)?;
        Self::begin(columns, to)
    }

    /// A list for another program, which may take a mark before the first header for a part of it.
    pub(super) fn begin(columns: C, mut to: W) -> Result<Self> {
        let mut head = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(&mut to);
        head.write_record(columns.headers()).map_err(failed)?;
        head.flush()?;
        drop(head);
        let to = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .buffer_capacity(1 << 18)
            .from_writer(to);
        Ok(Self { columns, to })
    }
}

impl<C: Columns, W: Write> People for Csv<C, W> {
    fn write(&mut self, person: &Exported) -> Result<()> {
        let to = &mut self.to;
        self.columns.cells(person, &mut |text| {
            to.write_field(inert(text).as_bytes()).map_err(failed)
        })?;
        to.write_record(None::<&[u8]>).map_err(failed)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        Ok(self.to.flush()?)
    }
}

fn failed(error: ::csv::Error) -> Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error.into(),
        _ => Error::Broke,
    }
}
