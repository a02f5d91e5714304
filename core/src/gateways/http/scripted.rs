//! A gateway for tests that does what it is told, and keeps a journal of what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use super::Reply;

/// A reply as it is read from the wire.
pub(in crate::gateways) fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        date: None,
        retry_after: None,
        total: None,
        called_html: false,
        body: body.as_bytes().to_vec(),
        cut: None,
    }
}

/// What to do with one request.
#[derive(Debug, Clone)]
pub(crate) enum Say {
    /// Write these bytes and keep the connection.
    Bytes(String),
    /// Write these bytes and close.
    BytesThenClose(String),
    /// Close without a word.
    Drop,
    /// Say nothing, and keep the connection.
    Hang,
}

/// A whole answer on a connection that stays.
pub(crate) fn says(status: &str, headers: &str, body: &str) -> Say {
    let length = body.len();
    Say::Bytes(format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    ))
}

/// An answer that breaks off: it promises more than it says.
pub(crate) fn breaks_off(status: &str, body: &str) -> Say {
    let promised = body.len() + 100;
    Say::BytesThenClose(format!(
        "HTTP/1.1 {status}\r\ncontent-length: {promised}\r\n\r\n{body}"
    ))
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The request line and headers.
    pub head: String,
    /// The form.
    pub body: String,
    /// On which connection it came, counted from 0.
    pub connection: usize,
}

/// A scripted server on a free port of 127.0.0.1. It stops when dropped.
pub(crate) struct Scripted {
    /// Where it listens.
    pub url: Url,
    journal: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Does these things in this order, and hangs after them.
    pub(crate) async fn start(script: impl IntoIterator<Item = Say>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let script: Arc<Mutex<VecDeque<Say>>> = Arc::new(Mutex::new(script.into_iter().collect()));
        let journal = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&journal);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, journal) = (Arc::clone(&script), Arc::clone(&kept));
                connections.spawn(serve(stream, number, script, journal));
            }
        });
        Self { url, journal, task }
    }

    /// Everything it was asked.
    pub(crate) fn journal(&self) -> Vec<Asked> {
        self.journal.lock().unwrap().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    script: Arc<Mutex<VecDeque<Say>>>,
    journal: Arc<Mutex<Vec<Asked>>>,
) {
    while let Some((head, body)) = request(&mut stream).await {
        journal.lock().unwrap().push(Asked {
            head,
            body,
            connection,
        });
        let say = script.lock().unwrap().pop_front().unwrap_or(Say::Hang);
        match say {
            Say::Bytes(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap_or(()),
            Say::BytesThenClose(bytes) => {
                stream.write_all(bytes.as_bytes()).await.unwrap_or(());
                return;
            }
            Say::Drop => return,
            Say::Hang => std::future::pending().await,
        }
    }
}

async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_lowercase()
                        .strip_prefix("content-length: ")?
                        .parse()
                        .ok()
                })
                .unwrap_or(0);
            if body.len() >= length {
                return Some((head.to_owned(), body.to_owned()));
            }
        }
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => read.extend_from_slice(&buffer[..count]),
        }
    }
}
