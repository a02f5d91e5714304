//! A real Kannel from Debian on this machine: bearerbox, smsbox and a fake SMSC that writes down
//! every text it gets.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::ports;
use crate::waiting::{OrStop, PATIENCE, until};
use crate::watched::Watched;

/// The name of the one who may send.
pub const USER: &str = "stall";
/// Their password.
pub const PASSWORD: &str = "for the stall only";
/// The number that texts come from.
pub const SENDER: &str = "447700900999";

/// Where Debian keeps its programs.
const PLACES: [&str; 4] = [
    "/usr/sbin",
    "/usr/bin",
    "/usr/lib/kannel/test",
    "/usr/local/sbin",
];

/// The three programs. They end when this is dropped.
pub struct Kannel {
    folder: TempDir,
    ports: Ports,
    boxes: Vec<Watched>,
}

struct Ports {
    admin: u16,
    boxes: u16,
    smsc: u16,
    sendsms: u16,
}

impl Kannel {
    /// Starts it and waits until it takes texts.
    pub async fn start() -> Self {
        let mut kannel = Self::down();
        kannel.come_up().await;
        kannel
    }

    /// One that does not run yet.
    #[must_use]
    pub fn down() -> Self {
        let [admin, boxes, smsc, sendsms] = ports::free();
        let ports = Ports {
            admin,
            boxes,
            smsc,
            sendsms,
        };
        let folder = tempfile::tempdir().or_stop("making a folder for Kannel");
        fs::write(folder.path().join("kannel.conf"), configuration(&ports))
            .or_stop("writing kannel.conf");
        Self {
            folder,
            ports,
            boxes: Vec::new(),
        }
    }

    /// Starts the programs, one after another as each needs the one before.
    pub async fn come_up(&mut self) {
        let configuration = self.folder.path().join("kannel.conf");
        self.run("bearerbox", &[&configuration.to_string_lossy()]);
        self.until_listening(self.ports.boxes).await;
        self.until_listening(self.ports.smsc).await;
        // One text of its own to begin with, and none after it: the SMSC is there to receive.
        let smsc = self.ports.smsc.to_string();
        self.run(
            "fakesmsc",
            &[
                "-H",
                "127.0.0.1",
                "-r",
                &smsc,
                "-i",
                "100000",
                "-m",
                "1",
                "100 200 text nop",
            ],
        );
        self.run("smsbox", &[&configuration.to_string_lossy()]);
        self.until_listening(self.ports.sendsms).await;
        // Not routable until the SMSC and the smsbox are known to the bearerbox.
        let ready = until(PATIENCE, async || {
            let status = self.status().await?;
            (status.contains("smsbox") && status.contains("online")).then_some(())
        });
        ready.await.or_stop("waiting for Kannel to be online");
    }

    /// Where its smsbox answers.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.sendsms)
    }

    /// The numbers of the texts that reached the SMSC, oldest first: "447700900101".
    #[must_use]
    pub fn journal(&self) -> Vec<String> {
        let said = fs::read_to_string(self.folder.path().join("fakesmsc.log")).unwrap_or_default();
        said.lines().filter_map(received).collect()
    }

    fn run(&mut self, program: &str, arguments: &[&str]) {
        let says = self.folder.path().join(format!("{program}.log"));
        let started = Watched::start(&find(program), arguments, Some(&says));
        self.boxes
            .push(started.or_stop("starting a part of Kannel"));
    }

    async fn until_listening(&self, port: u16) {
        let listening = async || TcpStream::connect(("127.0.0.1", port)).await.ok();
        until(Duration::from_secs(20), listening)
            .await
            .or_stop("waiting for Kannel to listen");
    }

    /// What the bearerbox says about itself.
    async fn status(&self) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.ports.admin))
            .await
            .ok()?;
        stream
            .write_all(b"GET /status.txt HTTP/1.0\r\n\r\n")
            .await
            .ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).await.ok()?;
        Some(said)
    }
}

/// The receiver in a line such as "… Got message 2: <12345 447700900001 text hello>". The SMSC
/// says INFO for the first and DEBUG for the others. A long text arrives in parts, each with a
/// header that ends in its number: only the first counts.
fn received(line: &str) -> Option<String> {
    let (_, message) = line.split_once(": <")?;
    let words: Vec<&str> = message.split(' ').collect();
    let counts = match words.get(2..)? {
        ["text" | "ucs2" | "data", ..] => true,
        ["udh", header, ..] => header.ends_with("%01"),
        _ => false,
    };
    (line.contains("Got message") && counts).then(|| words[1].to_owned())
}

fn find(program: &str) -> PathBuf {
    let found = PLACES
        .iter()
        .map(|place| Path::new(place).join(program))
        .find(|file| file.exists());
    found.or_stop("looking for Kannel (Debian's packages kannel and kannel-extras)")
}

fn configuration(ports: &Ports) -> String {
    let Ports {
        admin,
        boxes,
        smsc,
        sendsms,
    } = ports;
    format!(
        "group = core\n\
         admin-port = {admin}\n\
         admin-interface = 127.0.0.1\n\
         admin-password = {PASSWORD}\n\
         smsbox-port = {boxes}\n\
         smsbox-interface = 127.0.0.1\n\
         box-allow-ip = 127.0.0.1\n\
         dlr-storage = internal\n\
         \n\
         group = smsc\n\
         smsc = fake\n\
         smsc-id = FAKE\n\
         host = 127.0.0.1\n\
         port = {smsc}\n\
         connect-allow-ip = 127.0.0.1\n\
         \n\
         group = smsbox\n\
         bearerbox-host = 127.0.0.1\n\
         sendsms-port = {sendsms}\n\
         sendsms-interface = 127.0.0.1\n\
         global-sender = {SENDER}\n\
         http-request-retry = 3\n\
         http-queue-delay = 1\n\
         \n\
         group = sendsms-user\n\
         username = {USER}\n\
         password = \"{PASSWORD}\"\n\
         concatenation = true\n\
         max-messages = 10\n\
         \n\
         group = sms-service\n\
         keyword = default\n\
         text = \"\"\n\
         max-messages = 0\n"
    )
}
