//! A server on this machine that can be taken away as a network is.

use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::ports;
use crate::waiting::{OrStop, until};

/// Its port stays the same. It stops when dropped.
pub(super) struct Server {
    port: u16,
    runtime: Option<Runtime>,
}

impl Server {
    /// One that nobody can reach yet.
    pub(super) fn down() -> Self {
        let [port] = ports::free();
        Self {
            port,
            runtime: None,
        }
    }

    /// Where it is, running or not.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it where it was.
    pub(super) async fn come_up(&mut self, router: Router) {
        // A runtime of its own: when it goes, so does every connection, as when a network is lost.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let runtime = runtime.or_stop("making a runtime for the gateway");
        let address = ("127.0.0.1", self.port);
        // The old listener may take a moment to let go of the port.
        let listener = until(Duration::from_secs(5), async || {
            runtime.spawn(TcpListener::bind(address)).await.ok()?.ok()
        });
        let listener = listener.await.or_stop("binding the gateway's port");
        runtime.spawn(async move { axum::serve(listener, router).await });
        self.runtime = Some(runtime);
    }

    /// Takes it away: no connection can be made any more, and those that there are break.
    pub(super) fn go_down(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.go_down();
    }
}
