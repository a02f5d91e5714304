//! What the network is to Kannel: its "fake" kind of SMSC, where each text is a line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::waiting::{OrStop, PATIENCE, until};

/// A network with one connection to a bearerbox. It is gone when dropped.
pub(super) struct Smsc {
    journal: Arc<Mutex<Vec<String>>>,
    lines: mpsc::UnboundedSender<String>,
    tasks: [JoinHandle<()>; 2],
}

impl Smsc {
    /// Connects to the port that the bearerbox listens on for it, which it opens a moment after the one for boxes.
    pub(super) async fn connect(port: u16) -> Self {
        let connected = async || TcpStream::connect(("127.0.0.1", port)).await.ok();
        let stream = until(PATIENCE, connected).await;
        let (reads, writes) = stream.or_stop("connecting to the bearerbox").into_split();
        let journal = Arc::default();
        let (lines, to_write) = mpsc::unbounded_channel();
        let tasks = [
            tokio::spawn(write_down(reads, Arc::clone(&journal))),
            tokio::spawn(write(writes, to_write)),
        ];
        Self {
            journal,
            lines,
            tasks,
        }
    }

    /// A phone texts.
    pub(super) fn send(&self, from: &str, to: &str, body: &str) {
        let line = format!("{from} {to} text {body}\n");
        self.lines.send(line).or_stop("texting through Kannel");
    }

    /// The receivers of the texts that arrived, oldest first.
    pub(super) fn journal(&self) -> Vec<String> {
        locked(&self.journal).clone()
    }
}

impl Drop for Smsc {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

fn locked(journal: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    journal.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn write_down(reads: OwnedReadHalf, journal: Arc<Mutex<Vec<String>>>) {
    let mut reads = BufReader::new(reads);
    let mut line = Vec::new();
    while reads
        .read_until(b'\n', &mut line)
        .await
        .is_ok_and(|read| read > 0)
    {
        let text = String::from_utf8_lossy(&line);
        locked(&journal).extend(receiver(text.trim_end()));
        line.clear();
    }
}

async fn write(mut writes: OwnedWriteHalf, mut lines: mpsc::UnboundedReceiver<String>) {
    while let Some(line) = lines.recv().await {
        if writes.write_all(line.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The receiver in a line such as "12345 447700900001 text hello". A long text arrives in parts, each with
/// a header that ends in its number: only the first counts.
fn receiver(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let counts = match words.get(2..)? {
        ["text" | "ucs-2" | "data", ..] => true,
        ["udh", header, ..] => header.ends_with("%01"),
        _ => false,
    };
    counts.then(|| words[1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_counts_once_however_it_arrives() {
        let cases = [
            ("1 447700900001 text hello", Some("447700900001")),
            ("1 447700900001 ucs-2 %00h", Some("447700900001")),
            (
                "1 447700900001 udh %05%00%03%01%02%01 data a",
                Some("447700900001"),
            ),
            ("1 447700900001 udh %05%00%03%01%02%02 data b", None),
            ("a second line of a text", None),
            ("", None),
        ];
        for (line, read) in cases {
            assert_eq!(receiver(line).as_deref(), read, "{line}");
        }
    }
}
