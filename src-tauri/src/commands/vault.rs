//! Set up, practice, unlock, recover, lock.

use std::path::PathBuf;
use std::time::Instant;

use placard_core::campaign::{self, NewCampaign as CoreCampaign, Opened};
use placard_core::storage::vault::RecoveryCode as CoreCode;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State};

use super::scene::{CampaignView, view};
use super::{blocking, with};
use crate::changes;
use crate::failure::{Answer, Code};
use crate::placard::Placard;

/// What an organiser types to set up a campaign.
#[derive(Deserialize, Type)]
pub struct NewCampaign {
    name: String,
    organiser: String,
    country: String,
    passphrase: String,
}

/// How easily a passphrase is guessed.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Strength {
    score: u8,
    enough: bool,
    sentence: String,
}

/// A recovery code to write down, one group a box.
#[derive(Clone, Serialize, Type)]
pub struct RecoveryCode {
    groups: Vec<String>,
}

/// Judges a passphrase as it is typed.
#[tauri::command]
#[specta::specta]
pub async fn judge_passphrase(passphrase: String, hints: Vec<String>) -> Strength {
    let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
    let strength = campaign::judge(&passphrase, &hints);
    Strength {
        score: strength.score,
        enough: strength.enough,
        sentence: strength.sentence,
    }
}

/// Opens a practice campaign.
#[tauri::command]
#[specta::specta]
pub async fn start_practice(placard: State<'_, Placard>) -> Answer<CampaignView> {
    let (data, now) = (placard.data.clone(), placard.clock.now());
    let opened = blocking(move || campaign::practice(&data, now)).await?;
    open(&placard, opened).await
}

/// Leaves the practice campaign, which is thrown away.
#[tauri::command]
#[specta::specta]
pub async fn leave_practice(placard: State<'_, Placard>) -> Answer<()> {
    placard.close().await;
    let data = placard.data.clone();
    blocking(move || campaign::discard_practice(&data)).await
}

/// Sets up a campaign, and gives the recovery code to be written down.
#[tauri::command]
#[specta::specta]
pub async fn create_campaign(
    placard: State<'_, Placard>,
    campaign: NewCampaign,
) -> Answer<RecoveryCode> {
    let (data, now) = (placard.data.clone(), placard.clock.now());
    let created = blocking(move || {
        let passphrase = SecretString::from(campaign.passphrase);
        campaign::create(
            &data,
            &CoreCampaign {
                name: &campaign.name,
                organiser: &campaign.organiser,
                country: &campaign.country,
                passphrase: &passphrase,
            },
            now,
        )
    })
    .await?;
    let groups = created.recovery_code.groups();
    placard.created(created);
    Ok(RecoveryCode { groups })
}

/// The recovery code is written down: the campaign opens.
#[tauri::command]
#[specta::specta]
pub async fn finish_setup(placard: State<'_, Placard>) -> Answer<CampaignView> {
    placard.finish()?;
    with(&placard, view).await
}

/// Opens the vault, after the pause that wrong passphrases brought.
#[tauri::command]
#[specta::specta]
pub async fn unlock(placard: State<'_, Placard>, passphrase: String) -> Answer<CampaignView> {
    let opened = tried(&placard, move |data| {
        campaign::unlock(&data, &SecretString::from(passphrase))
    })
    .await?;
    open(&placard, opened).await
}

/// Whole seconds still to wait after wrong passphrases, rounded up.
#[tauri::command]
#[specta::specta]
pub fn unlock_pause(placard: State<'_, Placard>) -> u32 {
    let left = placard.wait().left(Instant::now()).as_millis();
    u32::try_from(left.div_ceil(1_000)).unwrap_or(u32::MAX)
}

/// Opens the vault with the recovery code, and sets a new passphrase.
#[tauri::command]
#[specta::specta]
pub async fn recover(
    placard: State<'_, Placard>,
    recovery_code: String,
    new_passphrase: String,
) -> Answer<CampaignView> {
    let opened = tried(&placard, move |data| {
        let code = CoreCode::typed(&recovery_code);
        campaign::recover(&data, &code, &SecretString::from(new_passphrase))
    })
    .await?;
    open(&placard, opened).await
}

/// Changes the passphrase.
#[tauri::command]
#[specta::specta]
pub async fn change_passphrase(
    placard: State<'_, Placard>,
    passphrase: String,
    new_passphrase: String,
) -> Answer<()> {
    let campaign = placard.campaign()?;
    tried(&placard, move |data| {
        campaign.change_passphrase(&data, &passphrase.into(), &new_passphrase.into())
    })
    .await
}

/// Makes a new recovery code.
#[tauri::command]
#[specta::specta]
pub async fn new_recovery_code(
    placard: State<'_, Placard>,
    passphrase: String,
) -> Answer<RecoveryCode> {
    let campaign = placard.campaign()?;
    let code = tried(&placard, move |data| {
        campaign.new_recovery_code(&data, &passphrase.into())
    })
    .await?;
    Ok(RecoveryCode {
        groups: code.groups(),
    })
}

/// Locks the vault.
#[tauri::command]
#[specta::specta]
pub async fn lock(app: AppHandle, placard: State<'_, Placard>) -> Answer<()> {
    placard.close().await;
    changes::tell_locked(&app);
    Ok(())
}

/// Tries a secret where it may block.
async fn tried<T: Send + 'static>(
    placard: &Placard,
    attempt: impl FnOnce(PathBuf) -> placard_core::Result<T> + Send + 'static,
) -> Answer<T> {
    guarded(placard, |data| blocking(move || attempt(data))).await
}

/// Tries a secret, after the pause that wrong ones brought, and lengthens the pause for another wrong one.
pub(super) async fn guarded<T: Send + 'static, F: Future<Output = Answer<T>>>(
    placard: &Placard,
    attempt: impl FnOnce(PathBuf) -> F,
) -> Answer<T> {
    let left = placard.wait().left(Instant::now());
    tokio::time::sleep(left).await;
    let tried = attempt(placard.data.clone()).await;
    match &tried {
        Ok(_) => placard.wait().right(),
        Err(failure) if failure.is(Code::WrongPassphrase) => placard.wait().wrong(Instant::now()),
        Err(_) => {}
    }
    tried
}

async fn open(placard: &Placard, opened: Opened) -> Answer<CampaignView> {
    placard.open(opened)?;
    with(placard, view).await
}
