//! Texts from phones, which Kannel hands over as questions to an address of ours (its user guide, chapter
//! "Setting up a SMS gateway", sms-service; tried with Kannel 1.4.5).

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use url::Url;

use crate::gateways::Inbound;

/// The group for Kannel's configuration.
///
/// `%b` and not `%a`: the latter takes the text apart at spaces, and UTF-16 does not survive that. The words
/// that come back are for the phone unless `max-messages` is 0, and so is a complaint about every answer
/// that is empty or missing.
pub(super) fn service(address: &Url) -> String {
    let escaped = address.as_str().replace('%', "%%");
    format!(
        "# Hands what phones text to Placard. Put it in place of the sms-service\n\
         # whose keyword is \"default\". So that replies wait while Placard is closed,\n\
         # add these two lines to \"group = smsbox\":\n\
         #   http-request-retry = 100000\n\
         #   http-queue-delay = 10\n\
         group = sms-service\n\
         keyword = default\n\
         catch-all = true\n\
         get-url = \"{escaped}?id=%I&from=%p&to=%P&at=%T&coding=%c&charset=%C&text=%b\"\n\
         max-messages = 0\n\
         omit-empty = true\n"
    )
}

/// Reads one text; `None` where there is neither a sender nor a word. `now` is its time where none is told.
pub(super) fn read(query: &str, now: DateTime<Utc>) -> Option<Inbound> {
    let mut fields = Fields::default();
    for field in query.split('&') {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let place = match name {
            "id" => &mut fields.id,
            "from" => &mut fields.from,
            "to" => &mut fields.to,
            "at" => &mut fields.at,
            "coding" => &mut fields.coding,
            "charset" => &mut fields.charset,
            "text" => &mut fields.text,
            _ => continue,
        };
        *place = decoded(value);
    }
    if fields.from.is_empty() && fields.text.is_empty() {
        return None;
    }
    Some(Inbound {
        provider_id: fields.name(),
        from: words(&fields.from).trim().to_owned(),
        to: words(&fields.to).trim().to_owned(),
        body: fields.body(),
        at: fields.time().unwrap_or(now),
    })
}

/// What was handed over, as bytes: what they mean stands in other fields.
#[derive(Default)]
struct Fields {
    id: Vec<u8>,
    from: Vec<u8>,
    to: Vec<u8>,
    at: Vec<u8>,
    coding: Vec<u8>,
    charset: Vec<u8>,
    text: Vec<u8>,
}

impl Fields {
    /// Kannel's id, or one made of what was told, so that telling it again makes the same.
    fn name(&self) -> String {
        match words(&self.id).trim() {
            // A mark that was not filled in.
            id if id.is_empty() || id.starts_with('%') => {
                format!(
                    "{:032x}",
                    fingerprint([&self.from, &self.to, &self.at, &self.text])
                )
            }
            id => id.to_owned(),
        }
    }

    fn body(&self) -> String {
        let charset = words(&self.charset).trim().to_ascii_uppercase();
        match charset.as_str() {
            "UTF-16BE" | "UTF-16" | "UCS-2" | "UCS2" | "UCS-2BE" | "ISO-10646-UCS-2" => {
                utf_16(&self.text)
            }
            "" if self.coding == b"2" => utf_16(&self.text),
            "ISO-8859-1" | "LATIN1" | "LATIN-1" => latin_1(&self.text),
            _ => words(&self.text).into_owned(),
        }
    }

    /// Seconds since 1970.
    fn time(&self) -> Option<DateTime<Utc>> {
        let seconds = words(&self.at).trim().parse().ok()?;
        DateTime::from_timestamp(seconds, 0)
    }
}

/// UTF-8, and otherwise what Kannels of before 1.4.2 took for it.
fn words(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| Cow::Owned(latin_1(bytes)), Cow::Borrowed)
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Big-endian, as it is on the air. Half a character becomes U+FFFD.
fn utf_16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|unit| match unit {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0xFFFD,
        })
        .collect();
    String::from_utf16_lossy(&units)
}

/// Takes `%20` and `+` back. A percent sign without two digits stands for itself.
fn decoded(value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16)
                .ok()
                .filter(|_| !digits.starts_with('+'))
        });
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// FNV-1a of 128 bits over the fields and their lengths: the same on every laptop and in every Placard.
fn fingerprint(fields: [&[u8]; 4]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET;
    for field in fields {
        for byte in (field.len() as u64).to_be_bytes().iter().chain(field) {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    }
    hash
}
