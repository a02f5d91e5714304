//! Where a person stands when the window opens, and who is canvassing.

use placard_core::campaign::Campaign;
use placard_core::people::Country;
use placard_core::storage::vault::{Folder, Standing};
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::{backups, blocking, with};
use crate::failure::{Answer, Code, Failure};
use crate::placard::Placard;

/// What the window shows as a whole.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Scene {
    /// Nothing is here yet.
    FirstRun,
    /// A vault is here and locked. Its campaign's name is inside it.
    Locked {
        /// The campaign's name, where it is known.
        campaign: Option<String>,
    },
    /// Something is here that cannot be opened, and is left untouched.
    Unopenable {
        /// Why.
        failure: Failure,
        /// Where it is.
        folder: String,
    },
    /// The screen is turned to a supporter.
    Flipped,
    /// A campaign is open.
    Open {
        /// It.
        campaign: CampaignView,
    },
}

/// An open campaign.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CampaignView {
    name: String,
    country: String,
    organiser: String,
    practice: bool,
    shift: Option<ShiftView>,
    suggested_canvasser: String,
    suggested_place: String,
}

/// Who is canvassing, and where.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShiftView {
    canvasser: String,
    place: String,
}

/// A country to choose.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CountryChoice {
    code: String,
    name: String,
}

/// The campaign as the window shows it.
pub fn view(campaign: &Campaign) -> placard_core::Result<CampaignView> {
    let info = campaign.info();
    let suggested = campaign.suggested_shift()?;
    let (suggested_canvasser, suggested_place) = match suggested {
        Some(shift) => (shift.canvasser, shift.place),
        None => (info.organiser.clone(), String::new()),
    };
    Ok(CampaignView {
        name: info.name.clone(),
        country: info.country.code().to_owned(),
        organiser: info.organiser.clone(),
        practice: info.practice,
        shift: campaign.shift().map(|shift| ShiftView {
            canvasser: shift.canvasser,
            place: shift.place,
        }),
        suggested_canvasser,
        suggested_place,
    })
}

/// What the window is to show.
#[tauri::command]
#[specta::specta]
pub async fn scene(placard: State<'_, Placard>) -> Answer<Scene> {
    if placard.flipped().is_ok() {
        return Ok(Scene::Flipped);
    }
    if placard.campaign().is_ok() {
        let campaign = with(&placard, view).await?;
        return Ok(Scene::Open { campaign });
    }
    let folder = Folder::campaign(&placard.data);
    let shown = folder.path().display().to_string();
    match backups::settle(&placard).await {
        // Whoever restores there just now finishes it.
        Err(failure) if !failure.is(Code::VaultInUse) => {
            return Ok(Scene::Unopenable {
                failure,
                folder: shown,
            });
        }
        _ => {}
    }
    let standing = blocking(move || folder.standing()).await;
    Ok(match standing {
        Ok(Standing::Nothing) => Scene::FirstRun,
        Ok(Standing::Vault) => Scene::Locked { campaign: None },
        Err(failure) => Scene::Unopenable {
            failure,
            folder: shown,
        },
    })
}

/// Every country, by its English name.
#[tauri::command]
#[specta::specta]
pub fn countries() -> Vec<CountryChoice> {
    Country::all()
        .map(|country| CountryChoice {
            code: country.code().to_owned(),
            name: country.name().to_owned(),
        })
        .collect()
}

/// Says who is canvassing, and where, from now on.
#[tauri::command]
#[specta::specta]
pub async fn start_shift(
    placard: State<'_, Placard>,
    canvasser: String,
    place: String,
) -> Answer<ShiftView> {
    let shift = with(&placard, move |campaign| {
        campaign.start_shift(&canvasser, &place)
    })
    .await?;
    Ok(ShiftView {
        canvasser: shift.canvasser,
        place: shift.place,
    })
}

/// Asks the long work that goes on, if any does, to stop. It changes nothing then.
#[tauri::command]
#[specta::specta]
pub fn stop_work(placard: State<'_, Placard>) {
    placard.long_work.stop();
}
