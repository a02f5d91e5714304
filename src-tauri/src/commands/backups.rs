//! Backups: what there is, taking one, looking into one, and putting one in the vault's place.

use std::path::PathBuf;

use placard_core::backups::{
    self, Backup as CoreBackup, Inside as CoreInside, Opener, Place, Restored as CoreRestored,
};
use secrecy::SecretString;
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};

use super::vault::guarded;
use super::{blocking, time, with};
use crate::changes;
use crate::failure::{Answer, Failure};
use crate::placard::Placard;
use crate::progress::{Work, watched, watched_apart};

/// A backup that is there.
#[derive(Clone, Serialize, Type)]
pub struct Backup {
    id: String,
    pub path: String,
    pub at: String,
    /// Nothing where it is sealed: before the passphrase is typed.
    people: Option<u32>,
    bytes: f64,
    #[serde(rename = "where")]
    place: BackupPlace,
}

/// In which place.
#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupPlace {
    /// On this laptop.
    Here,
    /// In the second place.
    SecondPlace,
}

impl From<CoreBackup> for Backup {
    #[expect(clippy::cast_precision_loss, reason = "the window shows megabytes")]
    fn from(backup: CoreBackup) -> Self {
        Self {
            id: backup.path.display().to_string(),
            path: backup.path.display().to_string(),
            at: time(backup.at),
            people: backup.people.map(number),
            bytes: backup.bytes as f64,
            place: match backup.place {
                Place::Here => BackupPlace::Here,
                Place::Second => BackupPlace::SecondPlace,
            },
        }
    }
}

fn number(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The backups, and how they stand.
#[derive(Clone, Serialize, Type)]
pub struct Backups {
    list: Vec<Backup>,
    folder: String,
    second_place: Option<String>,
    second_place_trouble: Option<String>,
    last: Option<String>,
    trouble: Option<String>,
}

/// What a backup holds.
#[derive(Clone, Serialize, Type)]
pub struct Inside {
    campaign: String,
    at: String,
    people: u32,
    texts: u32,
    newest_capture: Option<String>,
    ledger_entries: u32,
    pub readable: bool,
    pub sentence: String,
}

impl From<CoreInside> for Inside {
    fn from(inside: CoreInside) -> Self {
        Self {
            sentence: inside.sentence(),
            campaign: inside.campaign,
            at: time(inside.at),
            people: number(inside.people),
            texts: number(inside.texts),
            newest_capture: inside.newest_capture.map(time),
            ledger_entries: number(inside.entries),
            readable: inside.readable,
        }
    }
}

/// What was restored.
#[derive(Clone, Serialize, Type)]
pub struct Restored {
    sentence: String,
    /// Where what it replaced is now; empty where nothing was there.
    kept: String,
}

impl From<CoreRestored> for Restored {
    fn from(restored: CoreRestored) -> Self {
        Self {
            kept: kept(&restored),
            sentence: restored.sentence,
        }
    }
}

/// Where what was replaced is now.
fn kept(restored: &CoreRestored) -> String {
    let kept = restored.kept.as_ref();
    kept.map(|path| path.display().to_string())
        .unwrap_or_default()
}

/// A backup in place of a vault that cannot be opened.
#[derive(Clone, Serialize, Type)]
pub struct OfferedBackup {
    path: String,
    at: String,
    people: Option<u32>,
    sentence: String,
}

/// The backups that are there, and how they stand.
#[tauri::command]
#[specta::specta]
pub async fn backups(placard: State<'_, Placard>) -> Answer<Backups> {
    let view = with(&placard, placard_core::campaign::Campaign::backups).await?;
    Ok(Backups {
        list: view.list.into_iter().map(Backup::from).collect(),
        folder: view.folder.display().to_string(),
        second_place: view.second_place.map(|path| path.display().to_string()),
        second_place_trouble: view.standing.second_place_trouble,
        last: view.standing.last.map(time),
        trouble: view.standing.trouble,
    })
}

/// Takes a backup now.
#[tauri::command]
#[specta::specta]
pub async fn back_up_now(app: AppHandle) -> Answer<Backup> {
    let taken = watched(&app, Work::Backup, |campaign, watch| {
        campaign.back_up_now(watch)
    })
    .await?;
    Ok(taken.into())
}

/// Chooses the folder to which backups go as well, or none.
#[tauri::command]
#[specta::specta]
pub async fn choose_second_place(placard: State<'_, Placard>, path: Option<String>) -> Answer<()> {
    let path = path
        .filter(|path| !path.trim().is_empty())
        .map(PathBuf::from);
    with(&placard, move |campaign| {
        campaign.choose_second_place(path.as_deref())
    })
    .await
}

/// Says what a backup holds, before anything is replaced; without a passphrase where the campaign is open.
#[tauri::command]
#[specta::specta]
pub async fn look_into_backup(
    app: AppHandle,
    placard: State<'_, Placard>,
    path: String,
    passphrase: Option<String>,
) -> Answer<Inside> {
    let path = PathBuf::from(path);
    let Some(passphrase) = passphrase else {
        let inside = watched(&app, Work::Backup, move |campaign, watch| {
            let key = campaign.backup_key()?;
            backups::look_into(&path, &Opener::Key(&key), watch)
        })
        .await?;
        return Ok(inside.into());
    };
    let inside = guarded(&placard, |_| {
        watched_apart(&app, Work::Backup, move |watch| {
            let secret = SecretString::from(passphrase);
            backups::look_into(&path, &Opener::Secret(&secret), watch)
        })
    })
    .await?;
    Ok(inside.into())
}

/// Puts a backup in the vault's place. The campaign is closed for it, and unlocked anew afterwards.
#[tauri::command]
#[specta::specta]
pub async fn restore(
    app: AppHandle,
    placard: State<'_, Placard>,
    path: String,
    passphrase: Option<String>,
) -> Answer<Restored> {
    let path = PathBuf::from(path);
    let now = placard.clock.now();
    let key = match (&passphrase, placard.campaign()) {
        (None, campaign) => Some(campaign?.backup_key()?),
        (Some(_), Ok(campaign)) if campaign.info().practice => {
            return Err(placard_core::Error::PracticeOnly.into());
        }
        _ => None,
    };
    placard.close().await;
    changes::tell_locked(&app);
    let restored = guarded(&placard, |data| {
        watched_apart(&app, Work::Backup, move |watch| {
            let secret = SecretString::from(passphrase.unwrap_or_default());
            let opener = key.as_ref().map_or(Opener::Secret(&secret), Opener::Key);
            backups::restore(&data, &path, &opener, now, watch)
        })
    })
    .await?;
    Ok(restored.into())
}

/// The newest good backup, where the vault cannot be opened.
#[tauri::command]
#[specta::specta]
pub async fn offered_backup(
    app: AppHandle,
    placard: State<'_, Placard>,
) -> Answer<Option<OfferedBackup>> {
    if placard.open_campaign().is_ok() {
        return Ok(None);
    }
    let (data, now) = (placard.data.clone(), placard.clock.now());
    let offered = watched_apart(&app, Work::Backup, move |watch| {
        backups::offered(&data, now, watch)
    })
    .await?;
    Ok(offered.map(|offered| OfferedBackup {
        path: offered.backup.path.display().to_string(),
        at: time(offered.backup.at),
        people: offered.backup.people.map(number),
        sentence: offered.sentence,
    }))
}

/// Restores the backup that is named, or else the newest good one, and adds what can still be read of the damaged vault.
#[tauri::command]
#[specta::specta]
pub async fn salvage(
    app: AppHandle,
    placard: State<'_, Placard>,
    path: Option<String>,
    passphrase: String,
) -> Answer<Restored> {
    if placard.open_campaign().is_ok() {
        return Err(Failure::from(placard_core::Error::VaultInUse));
    }
    let path = path.map(PathBuf::from);
    let now = placard.clock.now();
    let restored = guarded(&placard, |data| {
        watched_apart(&app, Work::Backup, move |watch| {
            let secret = SecretString::from(passphrase);
            backups::salvage(&data, path.as_deref(), &secret, now, watch)
        })
    })
    .await?;
    Ok(Restored {
        kept: kept(&restored),
        sentence: restored.sentence,
    })
}

/// Finishes a restore that was cut short, before anything looks at the vault.
pub async fn settle(placard: &Placard) -> Answer<()> {
    let data = placard.data.clone();
    blocking(move || backups::settle(&data)).await
}
