//! Links, email addresses and telephone numbers in a body.

use std::ops::Range;

/// A link or an email address.
pub(super) struct Link {
    /// Where it stands in the body, in bytes.
    pub at: Range<usize>,
    /// The host, in small letters, as the name system knows it.
    pub host: String,
    /// It is an email address.
    pub is_email: bool,
}

/// Shorteners that anybody can use: a carrier cannot tell who stands behind one.
const SHORTENERS: [&str; 43] = [
    "adf.ly",
    "bit.do",
    "bit.ly",
    "bitly.com",
    "bl.ink",
    "buff.ly",
    "clck.ru",
    "cutt.ly",
    "da.gd",
    "dlvr.it",
    "gg.gg",
    "goo.gl",
    "goo.su",
    "is.gd",
    "j.mp",
    "lnkd.in",
    "n9.cl",
    "ow.ly",
    "qr.ae",
    "qrco.de",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "shorte.st",
    "shorturl.at",
    "shorturl.gg",
    "snip.ly",
    "soo.gd",
    "surl.li",
    "t.co",
    "t.ly",
    "t2m.io",
    "tiny.cc",
    "tiny.one",
    "tinyurl.com",
    "tr.im",
    "u.to",
    "urlz.fr",
    "v.gd",
    "x.co",
    "x.gd",
    "shorturl.asia",
    "ln.run",
];

/// Endings by which words without "https://" are known to be a link.
const ENDINGS: [&str; 34] = [
    "app", "ca", "cat", "co", "com", "coop", "cymru", "de", "es", "eu", "fr", "gov", "ie", "info",
    "io", "link", "london", "me", "net", "ngo", "nyc", "ong", "online", "org", "pl", "pr", "scot",
    "site", "tv", "uk", "us", "vote", "wales", "website",
];

/// Longer than any host, in bytes.
const LONGEST_HOST: usize = 1_000;

/// Every link and email address, in order.
pub(super) fn links(body: &str, stretches: &[Range<usize>]) -> Vec<Link> {
    let mut found = Vec::new();
    for stretch in stretches {
        let mut start = stretch.start;
        for chunk in body[stretch.clone()].split(parts_links) {
            found.extend(link(chunk, start));
            // The character at which the body was split stands between.
            let end = start + chunk.len();
            start = end + body[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

fn parts_links(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '<' | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '|'
                | ','
                | ';'
                | '"'
                | '\''
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
        )
}

fn link(chunk: &str, start: usize) -> Option<Link> {
    if let Some((before, after)) = chunk.split_once("://") {
        let scheme = before.len() - trailing(before, |c| c.is_ascii_alphanumeric());
        if scheme < before.len() {
            let authority = after.split(['/', '?', '#', '\\']).next().unwrap_or(after);
            let host = authority.rsplit('@').next().unwrap_or(authority);
            let host = host.split(':').next().unwrap_or(host);
            return Some(Link {
                at: start + scheme..start + end_of(chunk),
                host: known(host)?,
                is_email: false,
            });
        }
    }
    if let Some((before, after)) = chunk.split_once('@') {
        let local = trailing(before, |c| c.is_alphanumeric() || "._%+-".contains(c));
        let length = after.len() - after.trim_start_matches(is_host).len();
        let host = after[..length].trim_end_matches(['.', '-']);
        if local > 0 && host.contains('.') {
            let from = start + before.len() - local;
            return Some(Link {
                at: from..start + before.len() + 1 + host.len(),
                host: known(host)?,
                is_email: true,
            });
        }
    }
    bare(chunk, start)
}

/// A link without "https://": known by its ending, by "www." or by a path.
fn bare(chunk: &str, start: usize) -> Option<Link> {
    let mut done = 0;
    for run in chunk.split(|c| !is_host(c)) {
        let from = done + (run.len() - run.trim_start_matches(['.', '-']).len());
        let after = done + run.len();
        let host = run.trim_matches(['.', '-']);
        let to = from.min(after) + host.len();
        done = after + chunk[after..].chars().next().map_or(0, char::len_utf8);
        if !host.contains(['.', '。', '．']) {
            continue;
        }
        let Some(host) = known(host) else { continue };
        let ending = host.rsplit('.').next().unwrap_or_default();
        let has_path = chunk[after..].starts_with('/') && to == after;
        let is_name = ending.len() > 1 && ending.chars().all(|c| c.is_ascii_alphabetic());
        if is_shortener(&host)
            || ENDINGS.contains(&ending)
            || is_name && (has_path || host.starts_with("www."))
        {
            let to = if has_path { end_of(chunk) } else { to };
            return Some(Link {
                at: start + from..start + to,
                host,
                is_email: false,
            });
        }
    }
    None
}

/// Whether anybody can make a link of the host's.
pub(super) fn is_shortener(host: &str) -> bool {
    SHORTENERS.iter().any(|shortener| belongs(host, shortener))
}

/// Whether the host is the domain or below it.
pub(super) fn belongs(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|above| above.is_empty() || above.ends_with('.'))
}

/// A domain as an organiser may have typed it: with "https://", "www." or a path.
pub(super) fn domain(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let typed = typed.split_once("://").map_or(typed, |(_, after)| after);
    let host = typed.split(['/', ':', '?']).next().unwrap_or(typed);
    let host = known(host.trim_matches('.'))?;
    Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
}

/// The host as the name system knows it: small letters, other alphabets as "xn--".
fn known(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.');
    if host.is_empty() || host.len() > LONGEST_HOST {
        return None;
    }
    url::Host::parse(host).ok().map(|host| host.to_string())
}

fn is_host(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '.' | '-' | '。' | '．' | '\u{AD}' | '\u{200B}' | '\u{2060}'
        )
}

/// Bytes at the end for which the rule holds.
fn trailing(text: &str, rule: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_end_matches(rule).len()
}

/// Where a link ends: a full stop after it is the sentence's.
fn end_of(chunk: &str) -> usize {
    chunk.trim_end_matches(['.', '!', '?', ':', '…', '-']).len()
}

/// Whether a telephone number or a short code stands in the words: one that is dialled as it is, or one
/// that follows "call", "text STOP to" and the like, in Welsh, Spanish and Polish as well.
pub(super) fn has_telephone(words: &str) -> bool {
    const BEFORE: [&str; 9] = [
        "call", "calling", "phone", "ring", "text", "to", "i", "al", "na",
    ];
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest[..start].trim_end_matches(['+', '(']);
        let plus = rest[before.len()..start].contains('+');
        let number = &rest[start..];
        let is_number =
            |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{A0}');
        let end = number.find(|c| !is_number(c)).unwrap_or(number.len());
        let digits: String = number[..end].chars().filter(char::is_ascii_digit).collect();
        let called = before
            .trim_end()
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str()));
        let is_one = match digits.len() {
            5..=8 if called => true,
            7..=15 if plus => true,
            9..=15 => digits.starts_with('0') || digits.len() == 10 || digits.starts_with('1'),
            _ => false,
        };
        if is_one && !before.ends_with(['£', '$', '€']) {
            return true;
        }
        rest = &number[end..];
    }
    false
}
