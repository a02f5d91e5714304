//! Duplicates: pairs that may be one person, side by side, and what is done about them.

use placard_core::campaign as core;
use placard_core::storage::history::Field as CoreField;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State, async_runtime};

use super::undoing::Undone;
use super::{id, time, with};
use crate::failure::{Answer, Failure};
use crate::placard::Placard;
use crate::progress::{Work, watched};

/// Some pairs, and how many there are.
#[derive(Clone, Serialize, Type)]
pub struct DuplicatesPage {
    pub total: u32,
    pub pairs: Vec<Pair>,
    looked_at: Option<String>,
    /// Whether people came in by a list or from another laptop since then.
    listed_since: bool,
    looking: bool,
}

/// Two records that may be one person's.
#[derive(Clone, Serialize, Type)]
pub struct Pair {
    pub one: PersonCard,
    pub other: PersonCard,
    pub because: String,
}

/// A person as one side of a pair.
#[derive(Clone, Serialize, Type)]
pub struct PersonCard {
    pub id: String,
    pub first_name: String,
    pub last_name: String,
    pub mobile: String,
    pub email: String,
    pub postcode: String,
    language: String,
    captured_at: String,
    by: String,
    agrees_to: Vec<String>,
    opted_out: bool,
    texts: u32,
}

/// From which record a detail is taken.
#[derive(Clone, Copy, Deserialize, Type)]
pub struct MergeChoice {
    field: MergeField,
    from: MergeFrom,
}

/// A detail that is chosen.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MergeField {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Mobile.
    Mobile,
    /// Email address.
    Email,
    /// Postcode.
    Postcode,
    /// Language.
    Language,
}

/// One of the two records.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MergeFrom {
    /// The one that is kept.
    Keep,
    /// The other.
    Other,
}

impl From<core::PersonCard> for PersonCard {
    fn from(card: core::PersonCard) -> Self {
        Self {
            id: card.id.to_string(),
            first_name: card.details.first_name,
            last_name: card.details.last_name,
            mobile: card.mobile,
            email: card.details.email,
            postcode: card.details.postcode,
            language: card.details.language,
            captured_at: time(card.captured_at),
            by: card.by,
            agrees_to: card.agrees_to,
            opted_out: card.opted_out,
            texts: card.texts,
        }
    }
}

impl From<MergeChoice> for (CoreField, core::Side) {
    fn from(choice: MergeChoice) -> Self {
        let field = match choice.field {
            MergeField::FirstName => CoreField::FirstName,
            MergeField::LastName => CoreField::LastName,
            MergeField::Mobile => CoreField::Mobile,
            MergeField::Email => CoreField::Email,
            MergeField::Postcode => CoreField::Postcode,
            MergeField::Language => CoreField::Language,
        };
        let side = match choice.from {
            MergeFrom::Keep => core::Side::Kept,
            MergeFrom::Other => core::Side::Other,
        };
        (field, side)
    }
}

/// Pairs that may be one person, the likeliest first.
#[tauri::command]
#[specta::specta]
pub async fn duplicates(
    placard: State<'_, Placard>,
    offset: u32,
    limit: u32,
) -> Answer<DuplicatesPage> {
    let found = with(&placard, move |campaign| campaign.duplicates(offset, limit)).await?;
    Ok(found.into())
}

impl From<core::Duplicates> for DuplicatesPage {
    fn from(found: core::Duplicates) -> Self {
        let pairs = found.pairs.into_iter().map(|pair| Pair {
            one: pair.one.into(),
            other: pair.other.into(),
            because: pair.because.to_owned(),
        });
        Self {
            total: found.total,
            pairs: pairs.collect(),
            looked_at: found.looked_at.map(time),
            listed_since: found.listed_since,
            looking: found.looking,
        }
    }
}

/// Begins to look for pairs anew, and answers at once. What was found is told as a change of people.
#[tauri::command]
#[specta::specta]
pub fn look_for_duplicates(app: AppHandle, placard: State<'_, Placard>) -> Answer<()> {
    placard.campaign()?;
    if placard.long_work.goes_on() {
        return Err(Failure::busy());
    }
    async_runtime::spawn(async move {
        let looked = watched(&app, Work::Duplicates, |campaign, watch| {
            campaign.look_for_duplicates(watch)
        });
        // A failure is in the log; one that was stopped is no failure.
        let _ = looked.await;
    });
    Ok(())
}

/// Says that a pair is two people: it is not shown again.
#[tauri::command]
#[specta::specta]
pub async fn not_the_same(placard: State<'_, Placard>, one: String, other: String) -> Answer<()> {
    let (one, other) = (id(&one)?, id(&other)?);
    with(&placard, move |campaign| campaign.not_the_same(one, other)).await?;
    Ok(())
}

/// Makes one person of two records.
#[tauri::command]
#[specta::specta]
pub async fn merge(
    placard: State<'_, Placard>,
    keep: String,
    other: String,
    take: Vec<MergeChoice>,
) -> Answer<Undone> {
    let (keep, other) = (id(&keep)?, id(&other)?);
    let take: Vec<_> = take.into_iter().map(Into::into).collect();
    let merged = with(&placard, move |campaign| campaign.merge(keep, other, &take)).await?;
    Ok(merged.into())
}
