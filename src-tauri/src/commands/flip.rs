//! The flip screen: the supporter's own side. While it is turned no other command answers.

use std::collections::BTreeMap;

use placard_core::campaign::{self as core, Campaign};
use placard_core::consent::defaults::flip_words;
use placard_core::people::Reading;
use secrecy::SecretString;
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use uuid::Uuid;

use super::capture::{Ask, Typed};
use super::{blocking, id, with};
use crate::changes;
use crate::failure::Answer;
use crate::placard::Placard;

/// Wrong PINs after which the vault is locked.
const MOST_WRONG: u32 = 5;

/// Everything that a supporter's side of the screen needs.
#[derive(Clone, Serialize, Type)]
pub struct FlipView {
    campaign: String,
    country: String,
    capture_id: String,
    languages: Vec<FlipLanguage>,
    asks: Vec<Ask>,
}

/// The screen in one language.
#[derive(Clone, Serialize, Type)]
pub struct FlipLanguage {
    tag: String,
    name: String,
    rtl: bool,
    /// The language of everything here but the wordings: English where this one was added.
    labels: String,
    labels_rtl: bool,
    asked_by: String,
    privacy_notice: String,
    words: BTreeMap<String, String>,
}

/// What of their details cannot be used; nothing about who has the same mobile.
#[derive(Clone, Serialize, Type)]
pub struct FlipChecked {
    invalid: Vec<String>,
    /// The mobile as it is written here, where it can be used.
    mobile: String,
}

/// What a supporter's answers led to.
#[derive(Clone, Serialize, Type)]
pub struct FlipSaved {
    /// The fields that cannot be used; none where it is saved.
    invalid: Vec<String>,
    /// Whether one text is on its way to them.
    texted: bool,
}

/// What a PIN led to.
#[derive(Clone, Serialize, Type)]
pub struct FlipBack {
    back: bool,
    /// How many more tries there are until the passphrase is asked for.
    tries: u32,
}

/// Whether a PIN was chosen.
#[tauri::command]
#[specta::specta]
pub async fn has_pin(placard: State<'_, Placard>) -> Answer<bool> {
    with(&placard, Campaign::has_pin).await
}

/// Chooses the PIN.
#[tauri::command]
#[specta::specta]
pub async fn set_pin(placard: State<'_, Placard>, pin: String) -> Answer<()> {
    with(&placard, move |campaign| {
        campaign.set_pin(&SecretString::from(pin))
    })
    .await
}

/// Turns the screen: from now on only the commands here answer, until the PIN.
#[tauri::command]
#[specta::specta]
pub fn flip(placard: State<'_, Placard>) -> Answer<()> {
    placard.flip()
}

/// Everything that the screen needs, for a supporter of its own.
#[tauri::command]
#[specta::specta]
pub async fn flip_view(placard: State<'_, Placard>) -> Answer<FlipView> {
    let campaign = placard.flipped()?;
    blocking(move || {
        let info = campaign.info();
        let start = campaign.empty_start()?;
        let languages = campaign
            .flip_languages()?
            .into_iter()
            .map(|spoken| {
                let labels = spoken.labels();
                let words = flip_words(labels);
                Ok(FlipLanguage {
                    labels: labels.tag().to_owned(),
                    labels_rtl: labels.is_rtl(),
                    asked_by: words.asked_by(labels, &info.name),
                    privacy_notice: campaign.privacy_notice(&spoken.tag)?,
                    tag: spoken.tag,
                    name: spoken.name,
                    rtl: spoken.rtl,
                    words: words
                        .named()
                        .into_iter()
                        .map(|(name, word)| (name.to_owned(), word.to_owned()))
                        .collect(),
                })
            })
            .collect::<placard_core::Result<_>>()?;
        Ok(FlipView {
            campaign: info.name.clone(),
            country: info.country.code().to_owned(),
            capture_id: Uuid::now_v7().to_string(),
            languages,
            asks: start.asks.into_iter().map(Ask::from).collect(),
        })
    })
    .await
}

/// What of their details cannot be used, before they are asked anything.
#[tauri::command]
#[specta::specta]
pub async fn flip_check(placard: State<'_, Placard>, form: Typed) -> Answer<FlipChecked> {
    let campaign = placard.flipped()?;
    let home = campaign.info().country;
    let form = core::Typed::from(form);
    let invalid = campaign.unusable(&form);
    Ok(FlipChecked {
        invalid: invalid.into_iter().map(str::to_owned).collect(),
        mobile: match Reading::of(&form.mobile, home).usable() {
            Some(mobile) => mobile.national(home),
            None => form.mobile,
        },
    })
}

/// Saves what a supporter typed and answered.
#[tauri::command]
#[specta::specta]
pub async fn flip_save(
    placard: State<'_, Placard>,
    capture_id: String,
    form: Typed,
) -> Answer<FlipSaved> {
    let campaign = placard.flipped()?;
    let capture = id(&capture_id)?;
    let saved = blocking(move || campaign.save_own_hand(capture, &form.into())).await?;
    Ok(match saved {
        core::OwnHand::Saved { texted } => FlipSaved {
            invalid: Vec::new(),
            texted,
        },
        core::OwnHand::Invalid(fields) => FlipSaved {
            invalid: fields.into_iter().map(str::to_owned).collect(),
            texted: false,
        },
    })
}

/// Turns the screen back with the PIN. After five wrong ones the vault is locked.
#[tauri::command]
#[specta::specta]
pub async fn flip_back(
    app: AppHandle,
    placard: State<'_, Placard>,
    pin: String,
) -> Answer<FlipBack> {
    let campaign = placard.flipped()?;
    // Counted beforehand: several at once are several tries.
    let tried = placard.try_pin();
    let right =
        tried <= MOST_WRONG && blocking(move || campaign.is_pin(&SecretString::from(pin))).await?;
    if right {
        placard.turn_back();
        return Ok(FlipBack {
            back: true,
            tries: MOST_WRONG,
        });
    }
    if tried >= MOST_WRONG {
        placard.close().await;
        changes::tell_locked(&app);
    }
    Ok(FlipBack {
        back: false,
        tries: MOST_WRONG.saturating_sub(tried),
    })
}
