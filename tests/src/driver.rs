//! The driver of a window. Each window has its own: one whose window was killed takes no other.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpStream;

use crate::ciphers::choose_ciphers;
use crate::ports;
use crate::waiting::{OrStop, until};
use crate::watched::Watched;

/// The driver in front of the system's own for WebKit. It ends when dropped.
pub(crate) struct Driver {
    url: String,
    _running: Watched,
}

impl Driver {
    /// Starts one and waits until it answers.
    pub(crate) async fn start() -> Self {
        choose_ciphers();
        let [port, native] = ports::free();
        let arguments = [
            "--port",
            &port.to_string(),
            "--native-port",
            &native.to_string(),
        ];
        let running = Watched::start(&program(), arguments, None).or_stop("starting tauri-driver");
        for port in [port, native] {
            let listening = async || TcpStream::connect(("127.0.0.1", port)).await.ok();
            until(Duration::from_secs(20), listening).await.or_stop(
                "waiting for tauri-driver and WebKitWebDriver (Debian's webkit2gtk-driver) to listen",
            );
        }
        Self {
            url: format!("http://127.0.0.1:{port}"),
            _running: running,
        }
    }

    /// Where it answers.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

fn program() -> PathBuf {
    if let Some(named) = env::var_os("PLACARD_TAURI_DRIVER") {
        return named.into();
    }
    let ours = crate::laptop::target().join("tools/bin/tauri-driver");
    if ours.exists() {
        ours
    } else {
        "tauri-driver".into()
    }
}
