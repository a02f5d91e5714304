//! One careful HTTP client for every gateway: it asks once, follows nothing, and tells apart a
//! request that never left from one whose answer is missing.

mod address;
mod json;
#[cfg(test)]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;
mod wire;

use std::error::Error as _;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{AsHeaderName, CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Client, Response, redirect, retry};
use url::Url;

pub use address::{AddressProblem, parse_address};
pub(super) use address::{check_address, may_be_plain};
pub(super) use json::tolerant_json;
pub(super) use wire::Wire;

use super::{Answer, Away, NoAnswer, Unreachable};

/// The largest answer to one text that is read, in bytes.
pub(super) const ANSWER_LIMIT: usize = 64 * 1024;
/// The largest page of a list that is read, in bytes.
pub(super) const LIST_LIMIT: usize = 2 * 1024 * 1024;
/// The largest page of texts from phones that is read, in bytes: anybody can make these long.
pub(super) const INBOUND_LIMIT: usize = 16 * 1024 * 1024;

/// Why a gateway cannot be set up from its settings. Says nothing that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotStart {
    /// The gateway's address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressProblem),
    /// The address that reports come back to is not a host and a port.
    #[error("The report address needs a name or number and a port, such as 127.0.0.1:13099.")]
    ReportAddress,
    /// There is no secret to tell the gateway's reports from anyone else's.
    #[error("Reports need a secret of their own.")]
    ReportSecret,
    /// This computer has no working encryption, or no certificates to check a gateway with.
    #[error("This computer cannot make safe connections: its certificates could not be read.")]
    NoSafeConnections,
}

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For the connection: name, TCP and TLS together.
    pub connect: Duration,
    /// For everything, from the start of the connection to the last byte of the answer. Longer than
    /// `connect`, so that running out of it always means that the request may have left.
    pub answer: Duration,
}

impl Patience {
    /// What a person at a stall can bear on a poor network.
    pub(super) const USUAL: Self = Self {
        connect: Duration::from_secs(5),
        answer: Duration::from_secs(15),
    };
}

/// Whether a connection may carry more than one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reuse {
    /// One request each. A kept connection that the server closes just as the next request starts
    /// leaves that request's fate unknown, and some gateways can never be asked about it.
    Never,
    /// The next request may follow within a few seconds: for TLS over long distances, where a new
    /// connection costs more than the request. Well below the minute after which servers close.
    Briefly,
}

/// A client for one gateway.
///
/// # Errors
/// [`CannotStart::Address`] for plain http to a public address, [`CannotStart::NoSafeConnections`]
/// where TLS cannot be set up.
fn client(to: &Url, patience: Patience, reuse: Reuse) -> Result<Client, CannotStart> {
    check_address(to)?;
    choose_ciphers();
    let builder = Client::builder()
        .redirect(redirect::Policy::none())
        // The default resends what HTTP/2 calls safe to resend: only the sender may try again.
        .retry(retry::never())
        .referer(false)
        .connect_timeout(patience.connect)
        .timeout(patience.answer);
    let builder = match reuse {
        Reuse::Never => builder.pool_max_idle_per_host(0),
        Reuse::Briefly => builder.pool_idle_timeout(Duration::from_secs(4)),
    };
    // A gateway on this desk is never reached through the proxy of an office.
    let builder = if may_be_plain(to) {
        builder.no_proxy()
    } else {
        builder
    };
    // Plain http must not fail for want of certificates that it has no use for.
    let builder = if to.scheme() == "http" {
        builder.tls_certs_only([])
    } else {
        builder
    };
    builder.build().map_err(|_| CannotStart::NoSafeConnections)
}

/// Says what TLS is encrypted with, which reqwest leaves open: before the first client is made.
pub(super) fn choose_ciphers() {
    // An error says that it was chosen before, and that is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Why there is no reply at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lost {
    /// No connection was made.
    NeverLeft(Unreachable),
    /// The request may have arrived.
    NoAnswer(NoAnswer),
}

impl From<Lost> for Answer {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::NeverLeft(why) => Self::NeverLeft(why),
            Lost::NoAnswer(why) => Self::NoAnswer(why),
        }
    }
}

impl From<Lost> for Away {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::NeverLeft(why) => Self::Unreachable(why),
            Lost::NoAnswer(why) => Self::NoAnswer(why),
        }
    }
}

/// What came back: enough to judge it by, and never more than the limit.
#[derive(Clone)]
pub(super) struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The gateway's own clock.
    pub date: Option<DateTime<Utc>>,
    /// How long the gateway wants to be left alone.
    pub retry_after: Option<Duration>,
    /// How many there are, of which a list shows a part.
    pub total: Option<usize>,
    /// Whether it is called a web page. Kannel calls all its answers so.
    pub called_html: bool,
    /// As much of the body as was read.
    pub body: Vec<u8>,
    /// Why the body is not whole.
    pub cut: Option<NoAnswer>,
}

impl Reply {
    /// The body as text, without the space around it.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).trim().to_owned()
    }

    /// Whether the body is a web page, whatever it is called.
    pub(super) fn is_page(&self) -> bool {
        self.text().trim_start_matches('\u{feff}').starts_with('<')
    }

    /// What a reply is that the gateway itself does not give: a sign-in page of the network, an error
    /// of the gateway, or something cut or foreign.
    pub(super) fn no_answer(&self) -> NoAnswer {
        match self.status {
            300..=399 => NoAnswer::Portal,
            500.. => NoAnswer::Broken(self.status),
            _ if self.is_page() => NoAnswer::Portal,
            _ => self.cut.clone().unwrap_or(NoAnswer::Unreadable),
        }
    }
}

async fn read(mut response: Response, limit: usize) -> Reply {
    let headers = response.headers();
    let date = http_date(headers, DATE);
    let mut reply = Reply {
        status: response.status().as_u16(),
        date,
        retry_after: retry_after(headers, date),
        total: header(headers, "x-total-count").and_then(|count| count.trim().parse().ok()),
        called_html: header(headers, CONTENT_TYPE)
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("html")),
        body: Vec::new(),
        cut: None,
    };
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if reply.body.len() + chunk.len() > limit => {
                reply.cut = Some(NoAnswer::Unreadable);
                return reply;
            }
            Ok(Some(chunk)) => reply.body.extend_from_slice(&chunk),
            Ok(None) => return reply,
            Err(error) => {
                reply.cut = Some(if error.is_timeout() {
                    NoAnswer::TimedOut
                } else {
                    NoAnswer::Dropped
                });
                return reply;
            }
        }
    }
}

/// Only an error while connecting proves that nothing left. A kept connection that turns out to be
/// dead is not one: the client goes to a new connection by itself only when it has not begun to
/// write, and calls everything later a broken request.
fn classify(error: &reqwest::Error) -> Lost {
    if error.is_connect() {
        return Lost::NeverLeft(if error.is_dns() {
            Unreachable::NameNotFound
        } else if is_tls(error) {
            Unreachable::NotTrusted
        } else {
            Unreachable::NoConnection
        });
    }
    if error.is_builder() {
        return Lost::NeverLeft(Unreachable::NoConnection);
    }
    Lost::NoAnswer(if error.is_timeout() {
        NoAnswer::TimedOut
    } else {
        NoAnswer::Dropped
    })
}

/// TLS reports what it does not trust or understand as invalid data.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        let io = cause.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        // An error inside an I/O error is not its source: its source is the inner one's.
        source = match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    false
}

fn header(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn http_date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    let date = DateTime::parse_from_rfc2822(header(headers, name)?).ok()?;
    Some(date.to_utc())
}

/// `Retry-After` is seconds or a date; a date is measured against the gateway's own clock, because
/// the laptop's may be wrong.
fn retry_after(headers: &HeaderMap, date: Option<DateTime<Utc>>) -> Option<Duration> {
    if let Ok(seconds) = header(headers, RETRY_AFTER)?.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(headers, RETRY_AFTER)?;
    (until - date?).to_std().ok()
}

/// A provider's own words, fit to keep: at most 300 characters, and without any phone number, which
/// providers like to repeat.
pub(super) fn quote(words: &str) -> String {
    let mut quoted = String::new();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..]
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len() - start);
        let (before, from) = rest.split_at(start);
        let (number, after) = from.split_at(digits);
        if digits < 7 {
            quoted.push_str(before);
            quoted.push_str(number);
        } else {
            quoted.push_str(before.strip_suffix('+').unwrap_or(before));
            quoted.push('…');
        }
        rest = after;
    }
    quoted.push_str(rest);
    let spaced = quoted.chars().map(|c| if c.is_control() { ' ' } else { c });
    spaced.take(300).collect()
}
