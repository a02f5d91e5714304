//! What connections are encrypted with, which reqwest leaves open.

/// Says it, before the first client is made. Nothing that is tested here goes over TLS.
pub fn choose_ciphers() {
    // An error says that it was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
