//! A real Kannel from Debian on this machine: bearerbox, smsbox and an SMSC of our own that writes down
//! every text it gets, and sends what phones text.

mod smsc;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use smsc::Smsc;

use crate::waiting::{OrStop, PATIENCE, until};
use crate::watched::Watched;
use crate::{noon, ports};

/// The name of the one who may send.
pub const USER: &str = "stall";
/// Their password.
pub const PASSWORD: &str = "for the stall only";
/// The number that texts come from.
pub const SENDER: &str = "447700900999";

/// Where Debian keeps its programs.
const PLACES: [&str; 3] = ["/usr/sbin", "/usr/bin", "/usr/local/sbin"];

/// What becomes of a text from a phone while nobody wants them.
const NOBODY: &str = "group = sms-service\n\
                      keyword = default\n\
                      text = \"\"\n\
                      max-messages = 0\n";

/// The programs. They end when this is dropped.
pub struct Kannel {
    folder: TempDir,
    ports: Ports,
    service: String,
    // In the order in which they end.
    smsbox: Option<Watched>,
    smsc: Option<Smsc>,
    bearerbox: Option<Watched>,
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
        Self {
            folder,
            ports,
            service: NOBODY.to_owned(),
            smsbox: None,
            smsc: None,
            bearerbox: None,
        }
    }

    /// Starts the programs, one after another as each needs the one before.
    pub async fn come_up(&mut self) {
        self.write_configuration();
        self.bearerbox = Some(self.run("bearerbox"));
        self.until_listening(self.ports.boxes).await;
        self.smsc = Some(Smsc::connect(self.ports.smsc).await);
        self.start_smsbox().await;
    }

    /// Hands what phones text to whom this says: the group that Placard shows for Kannel's configuration. The
    /// smsbox starts anew with it, where it runs.
    pub async fn hand_over(&mut self, service: &str) {
        service.clone_into(&mut self.service);
        if self.smsbox.take().is_some() {
            self.write_configuration();
            self.start_smsbox().await;
        }
    }

    /// A phone texts [`SENDER`]. The text is one line.
    pub fn receive(&self, from: &str, body: &str) {
        let smsc = self.smsc.as_ref().or_stop("texting a Kannel that runs");
        smsc.send(from, SENDER, body);
    }

    async fn start_smsbox(&mut self) {
        self.smsbox = Some(self.run("smsbox"));
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
        self.smsc.as_ref().map(Smsc::journal).unwrap_or_default()
    }

    fn write_configuration(&self) {
        let text = configuration(&self.ports, &self.service);
        fs::write(self.configuration(), text).or_stop("writing kannel.conf");
    }

    fn configuration(&self) -> PathBuf {
        self.folder.path().join("kannel.conf")
    }

    fn run(&self, program: &str) -> Watched {
        let says = self.folder.path().join(format!("{program}.log"));
        // It lives at the gateways' time, which it tells with each answer.
        let mut arguments = noon::environment()
            .map(|(name, value)| format!("{name}={value}").into())
            .to_vec();
        arguments.extend([find(program), self.configuration()]);
        let started = Watched::start(Path::new("env"), arguments, Some(&says));
        started.or_stop("starting a part of Kannel")
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

fn find(program: &str) -> PathBuf {
    let found = PLACES
        .iter()
        .map(|place| Path::new(place).join(program))
        .find(|file| file.exists());
    found.or_stop("looking for Kannel (Debian's package kannel)")
}

fn configuration(ports: &Ports, service: &str) -> String {
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
         http-request-retry = 1000\n\
         http-queue-delay = 1\n\
         \n\
         group = sendsms-user\n\
         username = {USER}\n\
         password = \"{PASSWORD}\"\n\
         concatenation = true\n\
         max-messages = 10\n\
         \n\
         {service}"
    )
}
