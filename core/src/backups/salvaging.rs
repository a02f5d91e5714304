//! A damaged vault: the newest good backup takes its place, and what can still be read beyond it is added.

use std::path::Path;

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::looking::{on_the_wall, open};
use super::places::{Places, list};
use super::restoring::{Restored, put_back};
use super::{Opener, settle};
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::Salvage;

/// Restores the newest good backup that this secret opens, and adds what is readable of the damaged vault beyond it.
/// The damaged files are kept as they are.
///
/// # Errors
/// [`Error::NotFound`] where there is no good backup; [`Error::WrongPassphrase`] where none is opened by this secret; as
/// [`super::restore`]. Then nothing has changed.
pub fn salvage(
    data: &Path,
    secret: &SecretString,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Restored> {
    settle(data)?;
    let opener = Opener::Secret(secret);
    let mut why = Error::NotFound;
    for backup in list(&Places::of(data), None) {
        let opened = match open(&backup.path, &opener) {
            Ok(opened) => opened,
            Err(error @ (Error::WrongPassphrase | Error::NewerVault)) => {
                why = error;
                continue;
            }
            // Damaged: the one before it may be good.
            Err(_) => continue,
        };
        match opened.sound(watch) {
            Ok(_) => {}
            Err(Error::Stopped) => return Err(Error::Stopped),
            Err(_) => continue,
        }
        let restored = put_back(data, &backup.path, &opener, Salvage::Everything, now, watch)?;
        return Ok(Restored {
            sentence: told(&restored, backup.at),
            ..restored
        });
    }
    Err(why)
}

fn told(restored: &Restored, at: DateTime<Utc>) -> String {
    let brought = restored.brought;
    let parts: Vec<String> = [
        (brought.people, "person", "people"),
        (brought.captures, "capture", "captures"),
        (
            brought.entries,
            "entry of the ledger",
            "entries of the ledger",
        ),
        (brought.opt_outs, "opt-out", "opt-outs"),
        (brought.inbound, "text from a phone", "texts from phones"),
    ]
    .into_iter()
    .filter_map(|(count, one, many)| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    })
    .collect();
    let mut sentence = format!("The backup of {} is restored. ", on_the_wall(at));
    sentence.push_str(&match parts.split_last() {
        None => "Nothing newer was found in the damaged vault.".to_owned(),
        Some((last, [])) => format!("Saved from the damaged vault beside it: {last}."),
        Some((last, rest)) => format!(
            "Saved from the damaged vault beside it: {} and {last}.",
            rest.join(", ")
        ),
    });
    if brought.gaps > 0 || brought.left_out > 0 {
        sentence.push_str(" Some of it could not be read. The damaged files are kept.");
    }
    sentence.push_str(" No text goes until you say so in Texts.");
    sentence
}
