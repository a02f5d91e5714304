//! Lists as those read them for whom they are written.

mod headers;
mod osdi_fields;
mod read_back;
mod spreadsheets;
mod subscribed;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::*;
use crate::Code;

fn about(country: Country) -> About {
    About {
        campaign: "Clean Air, Now".to_owned(),
        country,
        purposes: vec!["texts".into(), "opinions".into(), "news".into()],
    }
}

fn word(purpose: &str, channel: Channel, said: Said) -> Word {
    Word {
        purpose: purpose.into(),
        channel,
        said,
        wording: Some(WordingOf {
            language: "en".into(),
            version: 3,
        }),
        at: "2026-06-01T09:30:00Z".parse().unwrap(),
        method: Method::Spoken,
        entry: Hash::of_text(purpose),
    }
}

/// Somebody who agreed to texts and to emails.
fn amina() -> Exported {
    Exported {
        id: "01900000-0000-7000-8000-000000000001".parse().unwrap(),
        first_name: "Amina".to_owned(),
        last_name: "Khan".to_owned(),
        mobile: Some(Number {
            e164: "+447700900101".to_owned(),
            takes: Takes::Texts,
            do_not_call: false,
        }),
        email: "amina@example.org".to_owned(),
        postcode: "SW9 8JX".to_owned(),
        language: "en".to_owned(),
        words: vec![
            word("texts", Channel::Texts, Said::Confirmed),
            word("news", Channel::Email, Said::Yes),
        ],
    }
}

/// A list in memory.
fn written(format: Format, about: &About, people: &[Exported]) -> Vec<u8> {
    let scratch = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    let mut list = begin(format, &mut bytes, about, scratch.path()).unwrap();
    for person in people {
        list.write(person).unwrap();
    }
    list.finish().unwrap();
    bytes
}

/// The cells of a list with commas, the headers first.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        record.iter().map(str::to_owned).collect()
    });
    records.collect()
}

/// A cell of the nth person, by its header.
fn cell<'a>(rows: &'a [Vec<String>], person: usize, header: &str) -> &'a str {
    let place = rows[0].iter().position(|name| name == header).unwrap();
    &rows[person + 1][place]
}

/// A disk with room for so many bytes.
struct Small(Arc<Mutex<usize>>);

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut left = self.0.lock().unwrap();
        if *left < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        *left -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_is_full_is_told_of_in_every_format() {
    let about = about(Country::GB);
    let scratch = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        for room in [0, 700, 20_000] {
            let small = Small(Arc::new(Mutex::new(room)));
            let told = (|| {
                let mut list = begin(format, small, &about, scratch.path())?;
                for _ in 0..3_000 {
                    list.write(&amina())?;
                }
                list.finish()
            })();
            assert_eq!(told.unwrap_err().code(), Code::DiskFull, "{format:?}");
        }
    }
}
