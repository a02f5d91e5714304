//! Settings, what supporters are asked and in which languages.

use placard_core::campaign::{self as core, Campaign};
use placard_core::consent::Channel as CoreChannel;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use super::{time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// How a campaign would reach a supporter, or what it would keep of them.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PurposeChannel {
    /// Texts to their mobile.
    Texts,
    /// Calls.
    Calls,
    /// Email.
    Email,
    /// Letters.
    Post,
    /// No channel: what they think is kept.
    Opinions,
}

impl From<PurposeChannel> for CoreChannel {
    fn from(channel: PurposeChannel) -> Self {
        match channel {
            PurposeChannel::Texts => Self::Texts,
            PurposeChannel::Calls => Self::Calls,
            PurposeChannel::Email => Self::Email,
            PurposeChannel::Post => Self::Post,
            PurposeChannel::Opinions => Self::Opinions,
        }
    }
}

impl From<CoreChannel> for PurposeChannel {
    fn from(channel: CoreChannel) -> Self {
        match channel {
            CoreChannel::Texts => Self::Texts,
            CoreChannel::Calls => Self::Calls,
            CoreChannel::Email => Self::Email,
            CoreChannel::Post => Self::Post,
            CoreChannel::Opinions => Self::Opinions,
        }
    }
}

/// Something that supporters are asked, or were once.
#[derive(Clone, Serialize, Type)]
pub struct PurposeRow {
    key: String,
    name: String,
    channel: PurposeChannel,
    /// Nothing where it comes ready, and then it cannot be retired.
    added_at: Option<String>,
    /// Nothing where it is asked.
    retired_at: Option<String>,
}

impl From<core::PurposeRow> for PurposeRow {
    fn from(row: core::PurposeRow) -> Self {
        Self {
            key: row.key,
            name: row.name,
            channel: row.channel.into(),
            added_at: row.added_at.map(time),
            retired_at: row.retired_at.map(time),
        }
    }
}

/// A language that people can be asked in, in its own name.
#[derive(Clone, Serialize, Type)]
pub struct SpokenLanguage {
    tag: String,
    name: String,
    rtl: bool,
    added: bool,
    /// The language of Placard's own words that go with it: English where it has none.
    labels: String,
}

impl From<core::Spoken> for SpokenLanguage {
    fn from(spoken: core::Spoken) -> Self {
        Self {
            labels: spoken.labels().tag().to_owned(),
            tag: spoken.tag,
            name: spoken.name,
            rtl: spoken.rtl,
            added: spoken.added,
        }
    }
}

/// Everything that is asked, or was once.
#[tauri::command]
#[specta::specta]
pub async fn purposes(placard: State<'_, Placard>) -> Answer<Vec<PurposeRow>> {
    let rows = with(&placard, Campaign::purposes).await?;
    Ok(rows.into_iter().map(PurposeRow::from).collect())
}

/// Asks something more from now on.
#[tauri::command]
#[specta::specta]
pub async fn add_purpose(
    placard: State<'_, Placard>,
    channel: PurposeChannel,
    about: String,
) -> Answer<PurposeRow> {
    let added = with(&placard, move |campaign| {
        campaign.add_purpose(channel.into(), &about)
    })
    .await?;
    Ok(added.into())
}

/// Asks something no more.
#[tauri::command]
#[specta::specta]
pub async fn retire_purpose(placard: State<'_, Placard>, key: String) -> Answer<()> {
    with(&placard, move |campaign| campaign.retire_purpose(&key)).await
}

/// Asks again what was retired.
#[tauri::command]
#[specta::specta]
pub async fn take_up_purpose(placard: State<'_, Placard>, key: String) -> Answer<()> {
    with(&placard, move |campaign| campaign.take_up_purpose(&key)).await
}

/// Every language that people can be asked in.
#[tauri::command]
#[specta::specta]
pub async fn languages(placard: State<'_, Placard>) -> Answer<Vec<SpokenLanguage>> {
    let spoken = with(&placard, Campaign::languages).await?;
    Ok(spoken.into_iter().map(SpokenLanguage::from).collect())
}

/// Adds a language.
#[tauri::command]
#[specta::specta]
pub async fn add_language(
    placard: State<'_, Placard>,
    tag: String,
    name: String,
    rtl: bool,
) -> Answer<SpokenLanguage> {
    let added = with(&placard, move |campaign| {
        campaign.add_language(&tag, &name, rtl)
    })
    .await?;
    Ok(added.into())
}
