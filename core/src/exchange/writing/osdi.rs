//! People as OSDI 1.2 has them: HAL in JSON.
//!
//! OSDI has no word for consent to texts: `sms_capable` says what a phone can do. Action Network reads a `status` beside
//! a number, which stands only in what is pushed. Who said what, when, how and to which wording is in `custom_fields`.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use serde::Serialize;
use serde_json::json;

use super::cells::{digits, time, wording};
use super::{About, Exported, Number, Standing, Takes, Writer};
use crate::consent::Channel;
use crate::error::{Error, Result};
use crate::people::Mobile;

/// Where the words of the links are explained.
const CURIE: &str = "https://opensupporter.github.io/osdi-docs/{rel}.html";

/// What leads a person's id in `identifiers`.
const SYSTEM: &str = "placard";

#[derive(Serialize)]
struct Person<'a> {
    identifiers: [String; 1],
    given_name: &'a str,
    family_name: &'a str,
    source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    preferred_language: &'a str,
    postal_addresses: Vec<PostalAddress<'a>>,
    email_addresses: Vec<EmailAddress<'a>>,
    phone_numbers: Vec<PhoneNumber<'a>>,
    custom_fields: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct PostalAddress<'a> {
    primary: bool,
    postal_code: &'a str,
    country: &'a str,
}

#[derive(Serialize)]
struct EmailAddress<'a> {
    primary: bool,
    address: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct PhoneNumber<'a> {
    primary: bool,
    number: &'a str,
    number_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'static str>,
    sms_capable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    do_not_call: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

/// For whom a person is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// Whoever reads OSDI.
    Anybody,
    /// A server that may be Action Network.
    Server,
    /// Nobody: it is compared with what the server was told before.
    Comparing,
}

fn person<'a>(exported: &'a Exported, about: &'a About, whom: For) -> Person<'a> {
    let emails = !exported.email.is_empty();
    let posts = !exported.postcode.is_empty();
    let texts = exported.standing(Channel::Texts);
    Person {
        identifiers: [format!("{SYSTEM}:{}", exported.id)],
        given_name: &exported.first_name,
        family_name: &exported.last_name,
        source: &about.campaign,
        preferred_language: &exported.language,
        postal_addresses: posts
            .then_some(PostalAddress {
                primary: true,
                postal_code: &exported.postcode,
                country: about.country.code(),
            })
            .into_iter()
            .collect(),
        email_addresses: emails
            .then(|| EmailAddress {
                primary: true,
                address: &exported.email,
                // A server subscribes an address of which nothing is said.
                status: match exported.standing(Channel::Email) {
                    Standing::Subscribed => "subscribed",
                    Standing::Unconfirmed | Standing::NotAsked | Standing::Unsubscribed => {
                        "unsubscribed"
                    }
                },
            })
            .into_iter()
            .collect(),
        phone_numbers: exported
            .mobile
            .iter()
            .map(|mobile| phone_number(mobile, status(texts), whom))
            .collect(),
        custom_fields: custom_fields(exported),
    }
}

/// What is said of a number; nothing where they may have told the server itself more than they told us.
fn status(texts: Standing) -> Option<&'static str> {
    match texts {
        Standing::Subscribed => Some("subscribed"),
        Standing::Unsubscribed => Some("unsubscribed"),
        Standing::Unconfirmed | Standing::NotAsked => None,
    }
}

fn phone_number<'a>(
    mobile: &'a Number,
    status: Option<&'static str>,
    whom: For,
) -> PhoneNumber<'a> {
    PhoneNumber {
        primary: true,
        number: digits(&mobile.e164),
        number_type: "Mobile",
        country: Mobile::from_e164(&mobile.e164)
            .ok()
            .map(|mobile| mobile.country().code()),
        sms_capable: match mobile.takes {
            Takes::Texts | Takes::OptedOut => true,
            Takes::NoTexts => false,
        },
        do_not_call: (mobile.do_not_call || whom != For::Comparing).then_some(mobile.do_not_call),
        status: status.filter(|_| whom != For::Anybody),
    }
}

fn custom_fields(exported: &Exported) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut put = |field: String, value: String| {
        if !value.is_empty() {
            fields.insert(field, value);
        }
    };
    for channel in [Channel::Texts, Channel::Email] {
        let status = exported.standing(channel).word().to_owned();
        let field = match channel {
            Channel::Texts => "texts_status",
            _ => "email_status",
        };
        put(format!("{SYSTEM}_{field}"), status);
    }
    for word in &exported.words {
        let field = |part: &str| format!("{SYSTEM}_{}{part}", word.purpose);
        put(field(""), word.said.word().to_owned());
        put(field("_at"), time(word));
        put(field("_how"), word.method.word().to_owned());
        put(field("_wording"), wording(word));
        put(field("_entry"), word.entry.to_string());
    }
    fields
}

/// A person as a server takes them through its `person_signup_helper`. The server writes to nobody of its own accord.
///
/// # Errors
/// They cannot be written as JSON.
pub fn signup(exported: &Exported, about: &About) -> Result<Vec<u8>> {
    signed_up(exported, about, For::Server)
}

/// What of a sign-up tells whether the server knows it already. That a number may be called goes without saying here:
/// servers were not always told, and nobody has changed for that. It is told all the same, since a server that was told
/// that nobody calls a number has to hear when somebody may.
///
/// # Errors
/// As [`signup`].
pub fn compared(exported: &Exported, about: &About) -> Result<Vec<u8>> {
    signed_up(exported, about, For::Comparing)
}

fn signed_up(exported: &Exported, about: &About, whom: For) -> Result<Vec<u8>> {
    let quiet = json!({ "enabled": false });
    let body = json!({
        "person": person(exported, about, whom),
        "add_tags": about.tags(),
        "triggers": { "autoresponse": quiet, "sms_response": quiet },
    });
    serde_json::to_vec(&body).map_err(|_| Error::Broke)
}

/// A collection of people in a file.
pub(super) struct Collection<'a, W: Write> {
    to: BufWriter<W>,
    about: &'a About,
    written: u64,
}

impl<'a, W: Write> Collection<'a, W> {
    pub(super) fn begin(to: W, about: &'a About) -> Result<Self> {
        let mut to = BufWriter::with_capacity(1 << 18, to);
        let curies = json!([{ "name": "osdi", "href": CURIE, "templated": true }]);
        write!(
            to,
            "{{\"_links\":{{\"curies\":{curies}}},\"_embedded\":{{\"osdi:people\":["
        )?;
        Ok(Self {
            to,
            about,
            written: 0,
        })
    }
}

impl<W: Write> Writer for Collection<'_, W> {
    fn write(&mut self, exported: &Exported) -> Result<()> {
        let between: &[u8] = if self.written == 0 { b"\n" } else { b",\n" };
        self.to.write_all(between)?;
        self.written += 1;
        let person = person(exported, self.about, For::Anybody);
        serde_json::to_writer(&mut self.to, &person)
            .map_err(|error| error.io_error_kind().map_or(Error::Broke, kind_of))
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        let total = self.written;
        write!(
            self.to,
            "\n]}},\"total_pages\":1,\"per_page\":{total},\"page\":1,\"total_records\":{total}}}\n"
        )?;
        Ok(self.to.flush()?)
    }
}

fn kind_of(kind: std::io::ErrorKind) -> Error {
    std::io::Error::from(kind).into()
}
