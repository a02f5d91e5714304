//! What Kannel pushes to an address of ours, which carries a secret: texts from phones, and delivery
//! reports, whose address carries our id of the text as well, so that a report proves by itself which text
//! was taken.

#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, TcpListener as Probe};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::inbound;
use crate::clock::Clock;
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

    /// The group for Kannel's configuration that hands over what phones text.
    pub(super) fn inbound_service(&self) -> String {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend([&self.secret, "inbound"]);
        }
        inbound::service(&url)
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
    clock: Arc<dyn Clock>,
) -> Result<Listening, CannotListen> {
    let listener = TcpListener::bind(&address.bind)
        .await
        .map_err(|_| CannotListen {
            address: address.bind.clone(),
        })?;
    let desk = Arc::new(Desk {
        secret: address.secret.clone(),
        to,
        clock,
    });
    let router = Router::new()
        .route("/{secret}/report/{text}", get(receive))
        .route("/{secret}/inbound", get(receive_text))
        .with_state(desk);
    Ok(Listening::task(tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::warn!(%error, "stopped listening for delivery reports and replies");
        }
    })))
}

/// Where reports and texts are handed in.
struct Desk {
    secret: String,
    to: mpsc::Sender<Pushed>,
    clock: Arc<dyn Clock>,
}

impl Desk {
    /// Whether it is in the vault. Kannel throws away what it was told with a 2xx that we have, so that comes
    /// afterwards and not before.
    async fn writes_down(&self, news: News) -> bool {
        let (written, in_the_vault) = oneshot::channel();
        let pushed = Pushed { news, written };
        let taken = async { self.to.send(pushed).await.is_ok() && in_the_vault.await.is_ok() };
        timeout(PATIENCE, taken).await.unwrap_or(false)
    }

    async fn take_text(&self, query: Option<String>) -> StatusCode {
        let Some(text) = inbound::read(&query.unwrap_or_default(), self.clock.now()) else {
            return StatusCode::BAD_REQUEST;
        };
        if self.writes_down(News::Inbound(text)).await {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Takes one report.
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
    if desk.writes_down(News::Report { text, report }).await {
        StatusCode::ACCEPTED
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

/// Takes one text from a phone. Kannel sends the words of the answer back to the phone, so there are none.
async fn receive_text(
    State(desk): State<Arc<Desk>>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let status = match path {
        Ok(Path(secret)) if secret == desk.secret => desk.take_text(query).await,
        _ => StatusCode::NOT_FOUND,
    };
    // Without a type Kannel takes even an empty answer for a file.
    (status, [(header::CONTENT_TYPE, "text/plain")], "").into_response()
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
