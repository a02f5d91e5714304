//! A person's page: what they said, and what they may ask for.

use placard_core::campaign as core;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, State};
use uuid::Uuid;

use super::capture::{FieldProblem, SameMobile};
use super::{id, time, with};
use crate::failure::{Answer, Failure};
use crate::placard::Placard;

/// A person's page.
#[derive(Clone, Serialize, Type)]
pub struct PersonView {
    id: String,
    first_name: String,
    last_name: String,
    mobile: String,
    thread: String,
    email: String,
    postcode: String,
    language: String,
    opted_out: bool,
    agrees_to: Vec<StandingYes>,
    timeline: Vec<Happened>,
    /// Who lives with them or shares their phone.
    household: Vec<Housemate>,
    /// Their household, where they have one.
    home: Option<String>,
    /// Who is in it beside them.
    lives_with: Vec<Housemate>,
    why_no_text: Option<String>,
    /// Why nobody calls them, in one sentence, where nobody may.
    why_no_call: Option<String>,
}

/// Something to which their last word was yes.
#[derive(Clone, Serialize, Type)]
pub struct StandingYes {
    purpose: String,
    name: String,
    confirmed: bool,
}

/// Something that happened with them.
#[derive(Clone, Serialize, Type)]
pub struct Happened {
    at: String,
    who: String,
    sentence: String,
    /// The entry of the ledger that a receipt can be shown of.
    receipt: Option<String>,
}

/// Somebody who lives with them or shares their phone.
#[derive(Clone, Serialize, Type)]
pub struct Housemate {
    id: String,
    name: String,
}

/// What is known of a person, as typed.
#[derive(Clone, Deserialize, Type)]
pub struct Details {
    first_name: String,
    last_name: String,
    mobile: String,
    email: String,
    postcode: String,
    language: String,
}

impl From<Details> for core::Typed {
    fn from(details: Details) -> Self {
        Self {
            first_name: details.first_name,
            last_name: details.last_name,
            mobile: details.mobile,
            email: details.email,
            postcode: details.postcode,
            language: details.language,
            ..Self::default()
        }
    }
}

/// Whose the new number is, where somebody has it already.
#[derive(Clone, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum NumberOf {
    /// It is shared with this person.
    SharedWith {
        /// Whom.
        supporter_id: String,
    },
    /// It is theirs all the same.
    Anyway,
}

/// With whom they live, where that was typed over.
#[derive(Clone, Deserialize, Type)]
pub struct Home {
    /// The household that the page showed, where it showed one.
    shown: Option<String>,
    /// Whom they live with; null where it is nobody else here.
    with: Option<String>,
}

impl Home {
    fn read(self) -> Answer<core::Home> {
        Ok(core::Home {
            shown: self.shown.as_deref().map(id).transpose()?,
            with: match self.with {
                Some(other) => core::LivesWith::Somebody(id(&other)?),
                None => core::LivesWith::NobodyElse,
            },
        })
    }
}

/// What putting somebody right led to.
#[derive(Clone, Serialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Corrected {
    /// It is durable.
    Saved {
        /// What that means for their text, where it means anything.
        sentence: Option<String>,
    },
    /// These people have the mobile already.
    SameMobile {
        /// Who.
        same: Vec<SameMobile>,
    },
    /// Something typed cannot be used.
    Invalid {
        /// What, and why.
        problems: Vec<FieldProblem>,
    },
}

/// One entry with everything that proves it.
#[derive(Clone, Serialize, Type)]
pub struct Receipt {
    campaign: String,
    name: String,
    mobile: String,
    sentence: String,
    wording: String,
    version: String,
    language: String,
    rtl: bool,
    local: String,
    at: String,
    method: String,
    canvasser: String,
    place: String,
    shift: String,
    said: String,
    number: u32,
    hash: String,
}

/// Everything held on a person.
#[derive(Clone, Serialize, Type)]
pub struct EverythingHeld {
    text: String,
    json: String,
}

impl From<core::EverythingHeld> for EverythingHeld {
    fn from(held: core::EverythingHeld) -> Self {
        Self {
            text: held.text,
            json: held.json,
        }
    }
}

/// A person's page.
#[tauri::command]
#[specta::specta]
pub async fn person(placard: State<'_, Placard>, person: String) -> Answer<PersonView> {
    let person = id(&person)?;
    let view = with(&placard, move |campaign| campaign.person(person)).await?;
    Ok(PersonView {
        id: view.id.to_string(),
        first_name: view.details.first_name,
        last_name: view.details.last_name,
        mobile: view.mobile,
        thread: view.thread,
        email: view.details.email,
        postcode: view.details.postcode,
        language: view.details.language,
        opted_out: view.opted_out,
        agrees_to: view
            .agrees_to
            .into_iter()
            .map(|yes| StandingYes {
                purpose: yes.purpose,
                name: yes.name,
                confirmed: yes.confirmed,
            })
            .collect(),
        timeline: view
            .timeline
            .into_iter()
            .map(|happened| Happened {
                at: time(happened.at),
                who: happened.who,
                sentence: happened.sentence,
                receipt: happened.receipt.map(|entry| entry.to_string()),
            })
            .collect(),
        household: housemates(view.household),
        home: view.home.map(|home| home.to_string()),
        lives_with: housemates(view.lives_with),
        why_no_text: view.why_no_text,
        why_no_call: view.why_no_call,
    })
}

fn housemates(people: Vec<(Uuid, String)>) -> Vec<Housemate> {
    let one = |(id, name): (Uuid, String)| Housemate {
        id: id.to_string(),
        name,
    };
    people.into_iter().map(one).collect()
}

/// Puts a person's details right: what differs from what was shown.
#[tauri::command]
#[specta::specta]
pub async fn correct(
    placard: State<'_, Placard>,
    person: String,
    shown: Details,
    details: Details,
    number_of: Option<NumberOf>,
    home: Option<Home>,
) -> Answer<Corrected> {
    let person = id(&person)?;
    let number_of = match number_of {
        None => None,
        Some(NumberOf::Anyway) => Some(core::NumberOf::Anyway),
        Some(NumberOf::SharedWith { supporter_id }) => {
            Some(core::NumberOf::SharedWith(id(&supporter_id)?))
        }
    };
    let home = home.map(Home::read).transpose()?;
    let corrected = with(&placard, move |campaign| {
        campaign.correct(person, &shown.into(), &details.into(), number_of, home)
    });
    Ok(match corrected.await? {
        core::Corrected::Saved(sentence) => Corrected::Saved {
            sentence: sentence.map(str::to_owned),
        },
        core::Corrected::SameMobile(same) => Corrected::SameMobile {
            same: same.into_iter().map(SameMobile::from).collect(),
        },
        core::Corrected::Invalid(problems) => Corrected::Invalid {
            problems: problems.into_iter().map(FieldProblem::from).collect(),
        },
    })
}

/// The receipt of an entry.
#[tauri::command]
#[specta::specta]
pub async fn receipt(placard: State<'_, Placard>, entry: String) -> Answer<Receipt> {
    let entry = id(&entry)?;
    let receipt = with(&placard, move |campaign| campaign.receipt(entry)).await?;
    Ok(Receipt {
        campaign: receipt.campaign,
        name: receipt.name,
        mobile: receipt.mobile,
        sentence: receipt.sentence,
        wording: receipt.wording,
        version: receipt.version,
        language: receipt.language,
        rtl: receipt.rtl,
        local: receipt.local,
        at: time(receipt.at),
        method: receipt.method,
        canvasser: receipt.canvasser,
        place: receipt.place,
        shift: receipt.shift,
        said: receipt.said,
        number: receipt.number,
        hash: receipt.hash,
    })
}

/// Everything held on a person, to read and to take elsewhere.
#[tauri::command]
#[specta::specta]
pub async fn everything_held(
    placard: State<'_, Placard>,
    person: String,
) -> Answer<EverythingHeld> {
    let person = id(&person)?;
    let held = with(&placard, move |campaign| campaign.everything_held(person)).await?;
    Ok(held.into())
}

/// Erases a person. Says what remains.
#[tauri::command]
#[specta::specta]
pub async fn erase(placard: State<'_, Placard>, person: String) -> Answer<Vec<String>> {
    let person = id(&person)?;
    with(&placard, move |campaign| campaign.erase(person)).await
}

/// They withdraw one yes and keep the others.
#[tauri::command]
#[specta::specta]
pub async fn withdraw(placard: State<'_, Placard>, person: String, purpose: String) -> Answer<()> {
    let person = id(&person)?;
    with(&placard, move |campaign| {
        campaign.withdraw(person, &purpose)
    })
    .await
}

/// Opens the system's print for what is on the screen: on paper, or as a PDF. Answers once that is closed.
///
/// The window's own `print()` would be Tauri's, which no window of ours may call.
#[tauri::command]
#[specta::specta]
pub fn print(app: AppHandle) -> Answer<()> {
    let window = app
        .get_webview_window("main")
        .ok_or_else(Failure::unknown)?;
    window.print().map_err(|error| {
        tracing::error!(%error, "nothing could be printed");
        placard_core::Error::Broke.into()
    })
}
