//! Free ports of the loopback address.

use std::net::TcpListener;

use crate::waiting::OrStop;

/// As many different ports as are asked for, each free a moment ago.
pub(crate) fn free<const N: usize>() -> [u16; N] {
    // All are held until all are known, so that no two are the same.
    let held: [TcpListener; N] = std::array::from_fn(|_| {
        TcpListener::bind("127.0.0.1:0").or_stop("looking for a free port")
    });
    held.map(|listener| listener.local_addr().or_stop("reading a port").port())
}
