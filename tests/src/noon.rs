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
    let at = format!("@{}", plain_tuesday().format("%Y-%m-%d %H:%M:%S"));
    [("LD_PRELOAD", library()), ("FAKETIME", at)]
}

/// The environment in which a program lives this much later than this machine. Only its calendar is ahead: what
/// measures how long something takes is left alone.
pub(crate) fn ahead(by: TimeDelta) -> [(&'static str, String); 3] {
    [
        ("LD_PRELOAD", library()),
        ("FAKETIME", format!("+{}", by.num_seconds())),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
    ]
}

fn library() -> String {
    libraries()
        .into_iter()
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.exists())
        .or_stop("looking for libfaketime (Debian's package faketime)")
        .display()
        .to_string()
}

fn libraries() -> Vec<PathBuf> {
    let found = std::fs::read_dir("/usr/lib").or_stop("listing the libraries");
    found
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect()
}
