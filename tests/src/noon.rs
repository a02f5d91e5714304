//! The time by the gateways' clocks. Placard keeps quiet hours by them, so that journeys are the same at night
//! and on holidays: it is always the afternoon of a plain Tuesday, in London and in most of America.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use crate::waiting::OrStop;

/// What the gateways' clocks show when a journey begins: six in the evening in London, one in New York, ten in
/// Los Angeles.
#[must_use]
pub fn plain_tuesday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 9, 17, 0, 0)
        .single()
        .or_stop("a time that there is")
}

/// What to add to this machine's clock to get there.
#[must_use]
pub fn apart() -> TimeDelta {
    plain_tuesday() - Utc::now()
}

/// The environment in which a program that cannot be told the time lives at that time too.
#[must_use]
pub fn environment() -> [(&'static str, String); 2] {
    let library = libraries()
        .into_iter()
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.exists())
        .or_stop("looking for libfaketime (Debian's package faketime)");
    [
        ("LD_PRELOAD", library.display().to_string()),
        (
            "FAKETIME",
            format!("@{}", plain_tuesday().format("%Y-%m-%d %H:%M:%S")),
        ),
    ]
}

fn libraries() -> Vec<PathBuf> {
    let found = std::fs::read_dir("/usr/lib").or_stop("listing the libraries");
    found
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect()
}
