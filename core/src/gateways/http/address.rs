//! The addresses of gateways: what people type, and what is safe to speak plain http to.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Why an address cannot be used. Says nothing that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// Nothing was typed.
    #[error("Type the gateway's address.")]
    Empty,
    /// It is not the address of a web service.
    #[error("That is not an address. It looks like https://gateway.example or 192.168.1.20:13013.")]
    NotAnAddress,
    /// A user name or password stands in the address, where it would be shown and logged.
    #[error("Leave the user name and password out of the address: they have fields of their own.")]
    Credentials,
    /// Plain http to an address on the internet, where others could read the texts and the password.
    #[error("An address on the internet must begin with https://, so that nobody can read along.")]
    NotSafe,
}

/// Reads a gateway's address as people type it: the scheme may be missing (https is meant, and http
/// for this computer and this network), and a slash at the end does not matter.
///
/// # Errors
/// [`AddressProblem`], a sentence for the person who typed it.
pub fn parse_address(typed: &str) -> Result<Url, AddressProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AddressProblem::Empty);
    }
    let mut url = if typed.contains("://") {
        read(typed)?
    } else {
        let url = read(&format!("https://{typed}"))?;
        if may_be_plain(&url) {
            read(&format!("http://{typed}"))?
        } else {
            url
        }
    };
    check_address(&url)?;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn read(text: &str) -> Result<Url, AddressProblem> {
    Url::parse(text).map_err(|_| AddressProblem::NotAnAddress)
}

/// Whether a gateway may be asked at this address at all.
///
/// # Errors
/// [`AddressProblem`] for anything but https, or http within this network; and for an address that
/// carries credentials or a question of its own.
pub(in crate::gateways) fn check_address(url: &Url) -> Result<(), AddressProblem> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressProblem::Credentials);
    }
    if url.host().is_none() || url.query().is_some() || url.fragment().is_some() {
        return Err(AddressProblem::NotAnAddress);
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if may_be_plain(url) => Ok(()),
        "http" => Err(AddressProblem::NotSafe),
        _ => Err(AddressProblem::NotAnAddress),
    }
}

/// Whether an address stays on this computer or this network, so that plain http may be spoken to it:
/// a gateway on the same desk or in a pocket has no certificate.
pub(in crate::gateways) fn may_be_plain(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local")
        }
        Some(Host::Ipv4(address)) => stays_near(address),
        Some(Host::Ipv6(address)) => stays_near_v6(address),
        None => false,
    }
}

fn stays_near(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_private() || address.is_link_local()
}

fn stays_near_v6(address: Ipv6Addr) -> bool {
    match address.to_ipv4_mapped() {
        Some(address) => stays_near(address),
        None => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_network() {
        let near = [
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "localhost",
            "LOCALHOST.",
            "app.localhost",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.20:8080",
            "169.254.1.1",
            "[fc00::1]",
            "[fdff::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "pocket.local",
        ];
        let far = [
            "api.twilio.com",
            "8.8.8.8",
            "128.0.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "11.0.0.1",
            "[2001:db8::1]",
            "[fec0::1]",
            "[::ffff:8.8.8.8]",
            "local",
            "localhost.example.org",
            "notlocal",
            "0.0.0.0",
        ];
        for host in near {
            assert!(
                may_be_plain(&read(&format!("http://{host}")).unwrap()),
                "{host}"
            );
        }
        for host in far {
            assert!(
                !may_be_plain(&read(&format!("http://{host}")).unwrap()),
                "{host}"
            );
        }
    }

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("https://api.twilio.com", "https://api.twilio.com/"),
            ("  https://api.twilio.com/  ", "https://api.twilio.com/"),
            ("api.twilio.com", "https://api.twilio.com/"),
            ("HTTPS://API.Twilio.com", "https://api.twilio.com/"),
            ("gateway.example:8443", "https://gateway.example:8443/"),
            (
                "gateway.example/api/laml/",
                "https://gateway.example/api/laml",
            ),
            ("localhost:13013", "http://localhost:13013/"),
            ("127.0.0.1:13013/", "http://127.0.0.1:13013/"),
            ("192.168.1.20:13013", "http://192.168.1.20:13013/"),
            (
                "http://192.168.1.20:13013/cgi-bin/sendsms",
                "http://192.168.1.20:13013/cgi-bin/sendsms",
            ),
            ("https://10.0.0.2", "https://10.0.0.2/"),
            ("[::1]:13013", "http://[::1]:13013/"),
        ];
        for (typed, read) in cases {
            assert_eq!(parse_address(typed).unwrap().as_str(), read, "{typed}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_an_address() {
        use AddressProblem::{Credentials, Empty, NotAnAddress, NotSafe};
        let cases = [
            ("", Empty),
            ("   ", Empty),
            ("http://api.twilio.com", NotSafe),
            ("http://8.8.8.8:13013", NotSafe),
            ("https://sam:secret@gateway.example", Credentials),
            ("sam:secret@gateway.example", Credentials),
            ("sam@localhost:13013", Credentials),
            ("ftp://gateway.example", NotAnAddress),
            ("file:///etc/passwd", NotAnAddress),
            ("https://", NotAnAddress),
            ("two words", NotAnAddress),
            ("gateway.example:port", NotAnAddress),
            ("https://gateway.example/?to=1", NotAnAddress),
            ("https://gateway.example/#top", NotAnAddress),
        ];
        for (typed, problem) in cases {
            assert_eq!(parse_address(typed), Err(problem), "{typed}");
            assert!(!problem.to_string().contains("secret"));
        }
    }
}
