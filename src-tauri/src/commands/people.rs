//! People: a list, newest first.

use serde::Serialize;
use specta::Type;
use tauri::State;

use super::texts::TextState;
use super::{time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// A row of People.
#[derive(Clone, Serialize, Type)]
pub struct PersonRow {
    id: String,
    name: String,
    mobile: String,
    postcode: String,
    agrees: bool,
    confirmed: bool,
    opted_out: bool,
    text: Option<TextState>,
    captured_at: String,
    by: String,
}

/// Some of them, and how many there are.
#[derive(Clone, Serialize, Type)]
pub struct PeoplePage {
    total: u32,
    rows: Vec<PersonRow>,
}

/// People, newest first.
#[tauri::command]
#[specta::specta]
pub async fn people(placard: State<'_, Placard>, offset: u32, limit: u32) -> Answer<PeoplePage> {
    with(&placard, move |campaign| {
        let home = campaign.info().country;
        let (total, people) = campaign.people(offset, limit)?;
        let rows = people.into_iter().map(|person| PersonRow {
            id: person.id.to_string(),
            name: person.name,
            mobile: person
                .mobile
                .map(|mobile| mobile.national(home))
                .unwrap_or_default(),
            postcode: person.postcode,
            agrees: person.agrees,
            confirmed: person.confirmed,
            opted_out: person.opted_out,
            text: person.text.map(TextState::from),
            captured_at: time(person.captured_at),
            by: person.canvasser,
        });
        Ok(PeoplePage {
            total,
            rows: rows.collect(),
        })
    })
    .await
}
