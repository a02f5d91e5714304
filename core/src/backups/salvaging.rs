//! A damaged vault: a good backup takes its place, and what can still be read beyond it is added.

use std::cmp::Reverse;
use std::path::Path;

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::file::Label;
use super::looking::{on_the_wall, open};
use super::places::{Backup, Place, Places, list, newest_first};
use super::restoring::{Restored, put_back};
use super::{Opener, settle};
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::Salvage;
use crate::storage::vault::{DatabaseKey, Folder, Header};

/// Restores the backup that is named, or else the newest good one of this vault, and adds what is readable of the damaged
/// vault beyond it. The damaged files are kept as they are.
///
/// # Errors
/// [`Error::Invalid`] where there is no good backup; [`Error::WrongPassphrase`] where the secret opens none; as
/// [`super::restore`]. Then nothing has changed.
pub fn salvage(
    data: &Path,
    named: Option<&Path>,
    secret: &SecretString,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Restored> {
    settle(data)?;
    let own = own_key(data, secret);
    let by_secret = Opener::Secret(secret);
    if let Some(path) = named {
        // The vault's own passphrase may be a newer one than the backup's.
        let label = Label::read(path)?;
        let own = own.ok().flatten();
        let of_own = own.filter(|key| label.contents(key).is_some());
        let opener = of_own.as_ref().map_or(by_secret, Opener::Key);
        return put_and_tell(data, path, &opener, now, watch);
    }
    let own = own?;
    let opener = own.as_ref().map_or(by_secret, Opener::Key);
    let mut why = none_is_good();
    for backup in candidates(data, own.as_ref(), now) {
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
            Ok(_) => return put_and_tell(data, &backup.path, &opener, now, watch),
            Err(Error::Stopped) => return Err(Error::Stopped),
            Err(_) => {}
        }
    }
    Err(why)
}

/// The key of the damaged vault, whose header mostly is not damaged with it; nothing where there is none that can be read.
fn own_key(data: &Path, secret: &SecretString) -> Result<Option<DatabaseKey>> {
    let header = match Header::read(&Folder::campaign(data).header()) {
        Ok(header) => header,
        Err(Error::NewerVault) => return Err(Error::NewerVault),
        Err(_) => return Ok(None),
    };
    match Opener::Secret(secret).open(&header) {
        Ok(key) => Ok(Some(key)),
        Err(Error::WrongPassphrase) => Err(Error::WrongPassphrase),
        Err(_) => Ok(None),
    }
}

/// The backups that can take the vault's place, the likeliest first. A stick may hold those of other laptops with the same
/// passphrase: none of them is among these where the vault's own key is known, and those on this laptop come first where it
/// is not.
fn candidates(data: &Path, own: Option<&DatabaseKey>, now: DateTime<Utc>) -> Vec<Backup> {
    let mut found = newest_first(list(&Places::of(data), own), now);
    if own.is_none() {
        found.sort_by_key(|backup| Reverse(backup.place == Place::Here));
    }
    found
}

fn none_is_good() -> Error {
    Error::invalid(
        "path",
        "There is no good backup of this vault on this laptop, nor in its second place. If one is on a stick, plug it in, or choose its file.",
    )
}

fn put_and_tell(
    data: &Path,
    path: &Path,
    opener: &Opener<'_>,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Restored> {
    let at = Label::read(path)?.at();
    let restored = put_back(data, path, opener, Salvage::Everything, now, watch)?;
    Ok(Restored {
        sentence: told(&restored, at),
        ..restored
    })
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
    let is_part = brought.gaps > 0 || brought.left_out > 0;
    let mut sentence = format!("The backup of {} is restored. ", on_the_wall(at));
    sentence.push_str(&match (parts.split_last(), is_part) {
        _ if !brought.was_read => {
            "The damaged vault could not be read, so nothing was added from it.".to_owned()
        }
        (None, false) => "Nothing newer was found in the damaged vault.".to_owned(),
        (None, true) => {
            "Nothing newer was found in what can be read of the damaged vault.".to_owned()
        }
        (Some((last, [])), _) => format!("Saved from the damaged vault beside it: {last}."),
        (Some((last, rest)), _) => format!(
            "Saved from the damaged vault beside it: {} and {last}.",
            rest.join(", ")
        ),
    });
    if is_part && brought.was_read {
        sentence.push_str(" Some of it could not be read.");
    }
    if restored.kept.is_some() && (is_part || !brought.was_read) {
        sentence.push_str(" The damaged files are kept.");
    }
    sentence.push_str(" No text goes until you say so in Texts.");
    sentence
}
