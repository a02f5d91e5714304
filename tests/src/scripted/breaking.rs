//! A body that breaks off: the connection goes with it, and with nothing said before also the
//! status line.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};
use tokio_util::io::ReaderStream;

struct Broken {
    /// Whether what was said before is to be on its way first.
    lets_go: bool,
}

impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.lets_go {
            // The server writes out what it has whenever it has to wait.
            self.lets_go = false;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    }
}

/// The server writes the status line only with the first of the body, which never comes.
pub(super) fn nothing_said() -> Body {
    Body::from_stream(ReaderStream::new(Broken { lets_go: false }))
}

/// A body of which only the beginning comes.
pub(super) fn after(beginning: Vec<u8>) -> Body {
    let body = io::Cursor::new(beginning).chain(Broken { lets_go: true });
    Body::from_stream(ReaderStream::new(body))
}
