//! What the campaign decides on the law, the ledger, and what will happen.

use placard_core::campaign::{self as core, Campaign};
use placard_core::consent::{ReliesOn as CoreReliesOn, Rules as CoreRules};
use placard_core::texts::hours::{Hours as CoreHours, time_in_words};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State};

use super::export::downloads;
use super::{time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// What counts as consent to texts.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReliesOn {
    /// The answer to the confirmation text.
    Confirmed,
    /// The yes that a canvasser heard.
    Spoken,
}

/// What the campaign decided.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct Rules {
    /// Minutes after midnight where the supporter is.
    from: u16,
    to: u16,
    sundays: bool,
    holidays: bool,
    relies_on: ReliesOn,
    reminder_after: Option<u16>,
    kept_for: Option<u16>,
    contact: String,
    domains: Vec<String>,
}

/// The campaign's rules, and between which hours it may choose.
#[derive(Clone, Serialize, Type)]
pub struct RulesForm {
    rules: Rules,
    /// The whole hours and half hours to choose from.
    hours: Vec<HourChoice>,
}

/// A time of the day to choose.
#[derive(Clone, Serialize, Type)]
pub struct HourChoice {
    minute: u16,
    name: String,
}

/// What the campaign decided.
#[tauri::command]
#[specta::specta]
pub async fn rules(placard: State<'_, Placard>) -> Answer<RulesForm> {
    with(&placard, |campaign: &Campaign| {
        let rules = campaign.rules()?;
        let hours = campaign.hours()?;
        let (earliest, latest) = CoreHours::legal(campaign.info().country.code());
        Ok(RulesForm {
            hours: (earliest..=latest)
                .step_by(30)
                .map(|minute| HourChoice {
                    minute,
                    name: time_in_words(minute),
                })
                .collect(),
            rules: Rules {
                from: hours.from,
                to: hours.to,
                sundays: hours.sundays,
                holidays: hours.holidays,
                relies_on: match rules.relies_on {
                    CoreReliesOn::Confirmed => ReliesOn::Confirmed,
                    CoreReliesOn::Spoken => ReliesOn::Spoken,
                },
                reminder_after: rules.reminder_after,
                kept_for: rules.kept_for,
                contact: rules.contact,
                domains: rules.domains,
            },
        })
    })
    .await
}

/// Keeps what the campaign decides.
#[tauri::command]
#[specta::specta]
pub async fn save_rules(placard: State<'_, Placard>, rules: Rules) -> Answer<()> {
    with(&placard, move |campaign| {
        campaign.save_rules(&CoreRules {
            hours: Some(CoreHours {
                from: rules.from,
                to: rules.to,
                sundays: rules.sundays,
                holidays: rules.holidays,
            }),
            relies_on: match rules.relies_on {
                ReliesOn::Confirmed => CoreReliesOn::Confirmed,
                ReliesOn::Spoken => CoreReliesOn::Spoken,
            },
            reminder_after: rules.reminder_after,
            kept_for: rules.kept_for,
            contact: rules.contact,
            domains: rules.domains,
        })
    })
    .await
}

/// The privacy notice in a language.
#[tauri::command]
#[specta::specta]
pub async fn privacy_notice(placard: State<'_, Placard>, language: String) -> Answer<String> {
    with(&placard, move |campaign| campaign.privacy_notice(&language)).await
}

/// Those whom the campaign keeps longer than it said.
#[derive(Clone, Serialize, Type)]
pub struct PastKeeping {
    count: u32,
    rows: Vec<PastRow>,
    /// Who texted and was never captured, as their threads are called. They are counted too.
    strangers: Vec<String>,
}

/// One of them.
#[derive(Clone, Serialize, Type)]
pub struct PastRow {
    id: String,
    name: String,
    at: String,
}

/// Who was last heard of before the time for which the campaign keeps people.
#[tauri::command]
#[specta::specta]
pub async fn past_keeping(placard: State<'_, Placard>) -> Answer<PastKeeping> {
    let past = with(&placard, Campaign::past_keeping).await?;
    Ok(PastKeeping {
        count: past.count,
        strangers: past.strangers,
        rows: past
            .rows
            .into_iter()
            .map(|row| PastRow {
                id: row.id.to_string(),
                name: row.name,
                at: time(row.updated_at),
            })
            .collect(),
    })
}

/// Erases them. Gives how many were erased.
#[tauri::command]
#[specta::specta]
pub async fn erase_past_keeping(placard: State<'_, Placard>) -> Answer<u32> {
    with(&placard, Campaign::erase_past_keeping).await
}

/// Writes the ledger out where downloads go on this laptop, and says where.
#[tauri::command]
#[specta::specta]
pub async fn save_ledger(app: AppHandle, placard: State<'_, Placard>) -> Answer<String> {
    let folder = downloads(&app)?;
    let file = with(&placard, move |campaign| campaign.save_ledger(&folder)).await?;
    Ok(file.display().to_string())
}

/// How the ledger stands.
#[derive(Clone, Serialize, Type)]
pub struct LedgerChecked {
    whole: bool,
    sentence: String,
    seal: String,
}

/// Goes through the whole ledger.
#[tauri::command]
#[specta::specta]
pub async fn check_ledger(placard: State<'_, Placard>) -> Answer<LedgerChecked> {
    let state = with(&placard, Campaign::check_ledger).await?;
    Ok(match state {
        core::LedgerState::Whole { entries: 0, seal } => LedgerChecked {
            whole: true,
            sentence: "The ledger is empty: nobody has been asked yet.".to_owned(),
            seal,
        },
        core::LedgerState::Whole { entries, seal } => LedgerChecked {
            whole: true,
            sentence: match entries {
                1 => "The one entry is as it was written.".to_owned(),
                _ => format!("All {entries} entries are as they were written."),
            },
            seal,
        },
        core::LedgerState::Broken { number, sentence } => LedgerChecked {
            whole: false,
            sentence: format!(
                "Entry {number} is the first that is not as it was written. {sentence}"
            ),
            seal: String::new(),
        },
    })
}

/// What will happen to every text that waits.
#[derive(Clone, Serialize, Type)]
pub struct Forecast {
    go: Foreseens,
    wait: Foreseens,
    blocked: Foreseens,
    segments: u32,
    online: bool,
}

/// Some of the texts to which the same will happen.
#[derive(Clone, Serialize, Type)]
pub struct Foreseens {
    count: u32,
    reasons: Vec<ForeseenReason>,
    rows: Vec<ForecastRow>,
}

/// Why some of them wait or are blocked.
#[derive(Clone, Serialize, Type)]
pub struct ForeseenReason {
    why: String,
    count: u32,
}

/// What will happen to one text.
#[derive(Clone, Serialize, Type)]
pub struct ForecastRow {
    name: String,
    mobile: String,
    segments: u32,
    why: String,
    until: Option<String>,
}

impl From<core::Foreseens> for Foreseens {
    fn from(foreseen: core::Foreseens) -> Self {
        Self {
            count: foreseen.count,
            reasons: foreseen
                .reasons
                .into_iter()
                .map(|(why, count)| ForeseenReason { why, count })
                .collect(),
            rows: foreseen
                .rows
                .into_iter()
                .map(|row| ForecastRow {
                    name: row.name,
                    mobile: row.mobile,
                    segments: row.segments,
                    why: row.why,
                    until: row.until.map(time),
                })
                .collect(),
        }
    }
}

/// What will happen if sending starts now.
#[tauri::command]
#[specta::specta]
pub async fn forecast(placard: State<'_, Placard>, most: u32) -> Answer<Forecast> {
    let forecast = with(&placard, move |campaign| campaign.forecast(most)).await?;
    Ok(Forecast {
        go: forecast.go.into(),
        wait: forecast.wait.into(),
        blocked: forecast.blocked.into(),
        segments: forecast.segments,
        online: forecast.online,
    })
}
