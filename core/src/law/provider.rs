//! A provider on this laptop that speaks as Twilio does: it answers what it is told to, and keeps a journal.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A text as it came over the wire.
#[derive(Clone)]
pub(super) struct Post {
    pub to: String,
    /// For how many seconds it may be held.
    pub validity: i64,
}

/// Something that the provider was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// For its list of texts.
    List,
    /// To send one.
    Send,
}

#[derive(Default)]
struct State {
    answers: HashMap<String, VecDeque<(u16, &'static str, String)>>,
    reports: HashMap<String, u32>,
    refuses_us: bool,
    inbox: Vec<Value>,
    posts: Vec<Post>,
    asked: Vec<Asked>,
    over: bool,
}

pub(super) struct Provider {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Provider {
    pub(super) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.lock().unwrap().over {
                    break;
                }
                let shared = Arc::clone(&shared);
                // Whoever hangs up has nothing more to hear.
                std::thread::spawn(move || drop(serve(&stream, &shared)));
            }
        });
        Self { address, state }
    }

    pub(super) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Says no to the next text to this number.
    pub(super) fn refuses(&self, to: &str, status: u16, code: u32) {
        let no = json!({ "code": code, "message": "No", "status": status }).to_string();
        self.answers(to, status, "", &no);
    }

    /// Answers the next text to this number so.
    pub(super) fn answers(&self, to: &str, status: u16, header: &'static str, body: &str) {
        let mut state = self.state();
        let answers = state.answers.entry(to.to_owned()).or_default();
        answers.push_back((status, header, body.to_owned()));
    }

    /// Takes texts to this number, and says afterwards that the carrier did not; all that are to come are
    /// delivered again where `code` is none.
    pub(super) fn reports(&self, to: &str, code: Option<u32>) {
        let mut state = self.state();
        match code {
            Some(code) => state.reports.insert(to.to_owned(), code),
            None => state.reports.remove(to),
        };
    }

    /// Takes nothing from us, with this account's credentials.
    pub(super) fn refuses_us(&self, refuses: bool) {
        self.state().refuses_us = refuses;
    }

    /// A phone has texted the campaign.
    pub(super) fn phone_texted(&self, from: &str, body: &str, at: DateTime<Utc>) {
        let mut state = self.state();
        let sid = format!("SMin{}", state.inbox.len());
        state.inbox.insert(
            0,
            json!({
                "sid": sid, "from": from, "to": super::OURS, "body": body, "direction": "inbound",
                "date_sent": at.to_rfc2822(), "status": "received",
            }),
        );
    }

    /// The texts it was asked to send, taken or not.
    pub(super) fn posts(&self) -> Vec<Post> {
        self.state().posts.clone()
    }

    pub(super) fn posts_to(&self, to: &str) -> usize {
        self.posts().iter().filter(|post| post.to == to).count()
    }

    /// What it was asked, in order.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.state().over = true;
        // Wakes the listener, so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

fn serve(mut stream: &TcpStream, shared: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    let length = head
        .lines()
        .filter_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")
                .map(str::to_owned)
        })
        .find_map(|length| length.trim().parse().ok())
        .unwrap_or(0);
    let mut form = vec![0; length];
    reader.read_exact(&mut form)?;
    let (status, header, body) = answer(&head, &form, &mut shared.lock().unwrap());
    write!(
        stream,
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{header}connection: close\r\n\r\n{body}",
        body.len()
    )
}

fn answer(head: &str, form: &[u8], state: &mut State) -> (u16, &'static str, String) {
    if state.refuses_us {
        if head.starts_with("POST") {
            take(form, state);
        }
        let no = json!({ "code": 20_003, "message": "Authenticate", "status": 401 });
        return (401, "", no.to_string());
    }
    if head.starts_with("POST") {
        let (sid, to) = take(form, state);
        if let Some(answer) = state.answers.get_mut(&to).and_then(VecDeque::pop_front) {
            return answer;
        }
        return (
            201,
            "",
            json!({ "sid": sid, "status": "queued" }).to_string(),
        );
    }
    let path = head.split_whitespace().nth(1).unwrap_or_default();
    // "/2010-04-01/Accounts/AC1/Messages/SM3.json"
    let one = path
        .rsplit_once("/Messages/SM")
        .and_then(|(_, rest)| rest.strip_suffix(".json")?.parse::<usize>().ok());
    let Some(index) = one else {
        state.asked.push(Asked::List);
        let list = json!({ "messages": state.inbox, "next_page_uri": null });
        return (200, "", list.to_string());
    };
    let to = state.posts.get(index).map(|post| post.to.as_str());
    let status = match to.and_then(|to| state.reports.get(to)) {
        Some(code) => json!({ "status": "undelivered", "error_code": code }),
        None => json!({ "status": "delivered", "error_code": null }),
    };
    (200, "", status.to_string())
}

/// Keeps a text. Gives the provider's name of it, and where it goes.
fn take(form: &[u8], state: &mut State) -> (String, String) {
    let fields: HashMap<String, String> = url::form_urlencoded::parse(form).into_owned().collect();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let to = field("To");
    let sid = format!("SM{}", state.posts.len());
    state.asked.push(Asked::Send);
    state.posts.push(Post {
        to: to.clone(),
        validity: field("ValidityPeriod").parse().unwrap_or_default(),
    });
    (sid, to)
}
