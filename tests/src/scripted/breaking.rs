//! A body that breaks off: the connection goes with it, and with nothing said before also the
//! status line.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

struct Broken;

impl AsyncRead for Broken {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    }
}

/// The server writes the status line only with the first of the body, which never comes.
pub(super) fn nothing_said() -> Body {
    Body::from_stream(ReaderStream::new(Broken))
}
