//! Handing people to other laptops of the campaign, and taking theirs in.

use std::path::PathBuf;

use placard_core::campaign::{self as core, Handing, LockedWith};
use placard_core::storage::finding;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State};

use super::export::downloads;
use super::people::Question;
use super::{time, with};
use crate::failure::Answer;
use crate::placard::Placard;
use crate::progress::{Work, watched};

/// What there is to hand over, and to whom.
#[derive(Clone, Serialize, Type)]
pub struct HandingState {
    pub organiser_key: String,
    last_handed: Option<String>,
    pub known_recipients: Vec<Recipient>,
    since_count: u32,
    all_count: u32,
}

/// Another laptop that files can be locked for.
#[derive(Clone, Serialize, Type)]
pub struct Recipient {
    pub name: String,
    pub key: String,
}

/// Who goes into a file for another laptop.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HandOverWhat {
    /// Everybody.
    All,
    /// Who changed since the last time.
    SinceLast,
    /// Whom the question finds.
    Chosen,
}

/// What opens a file for another laptop.
#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HandOverLock {
    /// A passphrase.
    Passphrase(String),
    /// The key of the laptop whose public key this is.
    Recipient(String),
}

impl From<HandOverLock> for LockedWith {
    fn from(lock: HandOverLock) -> Self {
        match lock {
            HandOverLock::Passphrase(passphrase) => Self::Passphrase(passphrase.into()),
            HandOverLock::Recipient(key) => Self::Recipient(key),
        }
    }
}

/// A file that was written for another laptop.
#[derive(Clone, Serialize, Type)]
pub struct HandedOver {
    pub path: String,
    count: u32,
    pub sentence: String,
}

/// What a file from another laptop would do here.
#[derive(Clone, Serialize, Type)]
pub struct HandedContents {
    from: String,
    at: String,
    people: u32,
    new: u32,
    changed: u32,
    opt_outs: u32,
    pub sentence: String,
}

fn count(many: u64) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// What there is to hand over, and to whom.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_state(placard: State<'_, Placard>) -> Answer<HandingState> {
    let state = with(&placard, core::Campaign::hand_over_state).await?;
    Ok(state.into())
}

impl From<core::HandOverState> for HandingState {
    fn from(state: core::HandOverState) -> Self {
        let recipient = |known: placard_core::storage::handing::Recipient| Recipient {
            name: known.name,
            key: known.key,
        };
        Self {
            organiser_key: state.key,
            last_handed: state.last_handed.map(time),
            known_recipients: state.known_recipients.into_iter().map(recipient).collect(),
            since_count: count(state.since_count),
            all_count: count(state.all_count),
        }
    }
}

/// Writes people into a locked file for another laptop: in this folder, or where downloads go.
#[tauri::command]
#[specta::specta]
pub async fn hand_over(
    app: AppHandle,
    what: HandOverWhat,
    question: Option<Question>,
    lock: HandOverLock,
    folder: Option<String>,
) -> Answer<HandedOver> {
    let question = match question {
        Some(question) => question.read()?,
        None => finding::Question::default(),
    };
    let folder = match folder {
        Some(folder) => PathBuf::from(folder),
        None => downloads(&app)?,
    };
    let file = watched(&app, Work::TakeIn, move |campaign, watch| {
        let what = match what {
            HandOverWhat::All => Handing::All,
            HandOverWhat::SinceLast => Handing::SinceLast,
            HandOverWhat::Chosen => {
                Handing::Chosen(campaign.everybody(&question)?.into_iter().collect())
            }
        };
        campaign.hand_over(&what, &lock.into(), &folder, watch)
    })
    .await?;
    Ok(file.into())
}

impl From<core::HandedOver> for HandedOver {
    fn from(file: core::HandedOver) -> Self {
        Self {
            path: file.path.display().to_string(),
            count: count(file.count),
            sentence: file.sentence,
        }
    }
}

impl From<core::TakenIn> for HandedContents {
    fn from(taken: core::TakenIn) -> Self {
        Self {
            from: taken.from,
            at: time(taken.at),
            people: taken.taken.people,
            new: taken.taken.new,
            changed: taken.taken.changed,
            opt_outs: taken.taken.opt_outs,
            sentence: taken.sentence,
        }
    }
}

/// Says what a file from another laptop would do here. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn read_handed(
    app: AppHandle,
    path: String,
    passphrase: Option<String>,
) -> Answer<HandedContents> {
    let passphrase = passphrase.map(SecretString::from);
    let read = watched(&app, Work::TakeIn, move |campaign, watch| {
        campaign.read_handed(&PathBuf::from(path), passphrase.as_ref(), watch)
    })
    .await?;
    Ok(read.into())
}

/// Takes in what another laptop handed over.
#[tauri::command]
#[specta::specta]
pub async fn take_in(
    app: AppHandle,
    path: String,
    passphrase: Option<String>,
) -> Answer<HandedContents> {
    let passphrase = passphrase.map(SecretString::from);
    let taken = watched(&app, Work::TakeIn, move |campaign, watch| {
        campaign.take_in(&PathBuf::from(path), passphrase.as_ref(), watch)
    })
    .await?;
    Ok(taken.into())
}
