//! Delivery reports, which Kannel pushes to an address of ours: the address carries a secret and our
//! id of the text, so that a report proves by itself which text was taken.

use std::net::{Ipv4Addr, TcpListener as Probe};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use url::{Url, form_urlencoded};
use uuid::Uuid;

use crate::gateways::http::CannotStart;
use crate::gateways::{CannotListen, Listening, News, Pushed};
use crate::texts::life::{Report, Trouble};

/// The port that is proposed first.
const PORT: u16 = 13_099;

/// How long Kannel is kept waiting while the vault does not take its report, on a full disk for one. Where it is
/// set to (`http-request-retry`), it comes again with what was turned away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where reports come back to.
#[derive(Clone)]
pub(super) struct ReportAddress {
    /// Host and port to listen on.
    bind: String,
    base: Url,
    secret: String,
}

impl ReportAddress {
    /// Reads "host:port" or "http://host:port".
    pub(super) fn read(typed: &str, secret: &str) -> Result<Self, CannotStart> {
        if secret.is_empty() {
            return Err(CannotStart::ReportSecret);
        }
        let typed = typed.trim().trim_end_matches('/');
        let host_and_port = typed.strip_prefix("http://").unwrap_or(typed);
        let base = Url::parse(&format!("http://{host_and_port}"))
            .map_err(|_| CannotStart::ReportAddress)?;
        // Port 80 is left out of a parsed address, and a laptop seldom may listen there.
        let (Some(host), Some(port)) = (base.host_str(), base.port()) else {
            return Err(CannotStart::ReportAddress);
        };
        let plain = base.username().is_empty() && base.query().is_none() && base.path() == "/";
        if !plain || port == 0 {
            return Err(CannotStart::ReportAddress);
        }
        Ok(Self {
            bind: format!("{host}:{port}"),
            secret: secret.to_owned(),
            base,
        })
    }

    /// The address that a text's reports go to, with Kannel's marks for the kind of report and for what
    /// the carrier said.
    pub(super) fn template(&self, text: Uuid) -> String {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty()
                .extend([&self.secret, "report", &text.to_string()]);
        }
        format!("{url}?type=%d&answer=%A")
    }
}

/// Proposes a free address for reports on this laptop: 127.0.0.1:13099, or the next free port.
#[must_use]
pub fn propose_report_address() -> String {
    let free = |port: &u16| Probe::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let port = (PORT..PORT + 100).find(free).unwrap_or(PORT);
    format!("127.0.0.1:{port}")
}

/// Listens until the guard is dropped.
pub(super) async fn listen(
    address: &ReportAddress,
    to: mpsc::Sender<Pushed>,
) -> Result<Listening, CannotListen> {
    let listener = TcpListener::bind(&address.bind)
        .await
        .map_err(|_| CannotListen {
            address: address.bind.clone(),
        })?;
    let desk = Arc::new(Desk {
        secret: address.secret.clone(),
        to,
    });
    let router = Router::new()
        .route("/{secret}/report/{text}", get(receive))
        .with_state(desk);
    Ok(Listening::task(tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::warn!(%error, "stopped listening for delivery reports");
        }
    })))
}

/// Where reports are handed in.
struct Desk {
    secret: String,
    to: mpsc::Sender<Pushed>,
}

/// Takes one report. Kannel throws a report away once it is answered with a 2xx, so that comes when it is in
/// the vault and not before.
async fn receive(
    State(desk): State<Arc<Desk>>,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
) -> StatusCode {
    let Ok(Path((secret, text))) = path else {
        return StatusCode::NOT_FOUND;
    };
    if secret != desk.secret {
        return StatusCode::NOT_FOUND;
    }
    let (Ok(text), Some(report)) = (Uuid::parse_str(&text), read(&query.unwrap_or_default()))
    else {
        return StatusCode::BAD_REQUEST;
    };
    let (written, in_the_vault) = oneshot::channel();
    let pushed = Pushed {
        news: News::Report { text, report },
        written,
    };
    let taken = async { desk.to.send(pushed).await.is_ok() && in_the_vault.await.is_ok() };
    match timeout(PATIENCE, taken).await {
        Ok(true) => StatusCode::ACCEPTED,
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Reads `type=…&answer=…`. Kannel's kinds: 1 on the phone, 2 not delivered, 4 queued at the centre,
/// 8 taken by the centre, 16 refused by the centre; 34 is a 2 that Kannel itself decided.
fn read(query: &str) -> Option<Report> {
    let mut kind = None;
    let mut answer = String::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "type" => kind = value.parse::<u8>().ok(),
            "answer" => answer = value.into_owned(),
            _ => {}
        }
    }
    Some(match kind? {
        1 => Report::Delivered,
        4 | 8 => Report::OnItsWay,
        2 | 34 => not_delivered(&answer),
        16 => refused(&answer),
        _ => return None,
    })
}

/// The receipt of a carrier: `id:… stat:UNDELIV err:011 text:…` (SMPP 3.4, appendix B).
fn not_delivered(answer: &str) -> Report {
    let field = |name: &str| {
        answer
            .split_whitespace()
            .find_map(|word| word.strip_prefix(name))
    };
    let trouble = match field("stat:") {
        Some("EXPIRED") => Trouble::Expired,
        Some("REJECTD") => Trouble::Other,
        _ => Trouble::Unknown,
    };
    Report::Undelivered {
        trouble,
        code: field("err:").and_then(code),
    }
}

/// The no of a message centre: `NACK/0x0000000b/Invalid Destination Address`.
fn refused(answer: &str) -> Report {
    let status = answer.split('/').nth(1).unwrap_or_default();
    let number = status
        .strip_prefix("0x")
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let trouble = match number {
        Some(0x0a) => Trouble::Sender,
        Some(0x0b) => Trouble::Number,
        Some(0x14 | 0x58) => Trouble::QueueFull,
        _ => Trouble::Other,
    };
    Report::Undelivered {
        trouble,
        code: code(status),
    }
}

/// A code is short and has no words: a carrier could put anything here.
fn code(text: &str) -> Option<String> {
    let is_code = (1..=10).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric());
    is_code.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_address_that_reports_come_to() {
        for typed in [
            "127.0.0.1:13099",
            " http://127.0.0.1:13099/ ",
            "localhost:13099",
            "[::1]:13099",
        ] {
            assert!(ReportAddress::read(typed, "s").is_ok(), "{typed}");
        }
        for typed in [
            "",
            "127.0.0.1",
            "127.0.0.1:0",
            "https://127.0.0.1:13099",
            "127.0.0.1:99999",
            "a:1/path",
        ] {
            assert_eq!(
                ReportAddress::read(typed, "s").err(),
                Some(CannotStart::ReportAddress),
                "{typed}"
            );
        }
        assert_eq!(
            ReportAddress::read("127.0.0.1:13099", "").err(),
            Some(CannotStart::ReportSecret)
        );
    }

    #[test]
    fn the_report_address_carries_the_secret_and_our_id() {
        let address = ReportAddress::read("http://127.0.0.1:13099", "s3cret/x").unwrap();
        assert_eq!(
            address.template(Uuid::nil()),
            "http://127.0.0.1:13099/s3cret%2Fx/report/00000000-0000-0000-0000-000000000000?type=%d&answer=%A"
        );
    }

    #[test]
    fn what_a_report_means() {
        let undelivered = |trouble, code: Option<&str>| {
            Some(Report::Undelivered {
                trouble,
                code: code.map(str::to_owned),
            })
        };
        let cases = [
            ("type=1&answer=", Some(Report::Delivered)),
            ("type=4", Some(Report::OnItsWay)),
            ("type=8&answer=ACK%2F", Some(Report::OnItsWay)),
            ("type=2", undelivered(Trouble::Unknown, None)),
            (
                "type=2&answer=id%3A1+stat%3AUNDELIV+err%3A011+text%3AHello",
                undelivered(Trouble::Unknown, Some("011")),
            ),
            (
                "type=34&answer=stat%3AEXPIRED+err%3A000",
                undelivered(Trouble::Expired, Some("000")),
            ),
            ("type=16&answer=NACK%2F", undelivered(Trouble::Other, None)),
            (
                "type=16&answer=NACK%2F0x0000000b%2FInvalid+Destination",
                undelivered(Trouble::Number, Some("0x0000000b")),
            ),
            (
                "type=16&answer=NACK%2F0x00000058%2FThrottled",
                undelivered(Trouble::QueueFull, Some("0x00000058")),
            ),
            (
                "type=16&answer=NACK%2Fsome+words%2F",
                undelivered(Trouble::Other, None),
            ),
            ("type=3", None),
            ("type=%25d", None),
            ("type=", None),
            ("", None),
        ];
        for (query, report) in cases {
            assert_eq!(read(query), report, "{query}");
        }
    }

    #[test]
    fn proposes_an_address_that_is_free() {
        let proposed = propose_report_address();
        let taken = Probe::bind(&proposed).unwrap();
        let next = propose_report_address();
        assert_ne!(proposed, next);
        drop(taken);
        assert!(ReportAddress::read(&proposed, "s").is_ok());
    }
}
