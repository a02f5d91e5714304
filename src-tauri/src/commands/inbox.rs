//! Inbox: what phones have texted, and answering by hand.

use placard_core::campaign::{self as core, Campaign};
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::person::EverythingHeld;
use super::texts::TextState;
use super::{id, time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// Some threads, and how many there are.
#[derive(Clone, Serialize, Type)]
pub struct InboxPage {
    total: u32,
    to_read: u32,
    rows: Vec<ThreadRow>,
}

/// A line of Inbox.
#[derive(Clone, Serialize, Type)]
pub struct ThreadRow {
    from: String,
    name: String,
    mobile: String,
    last: String,
    at: String,
    outcome: String,
    to_read: bool,
    undecided: bool,
    opted_out: bool,
}

/// A thread.
#[derive(Clone, Serialize, Type)]
pub struct ThreadView {
    from: String,
    names: Vec<String>,
    mobile: String,
    lines: Vec<ThreadLine>,
    opted_out: Option<String>,
    undecided: Option<String>,
    no_reply: Option<String>,
}

/// A line of a thread.
#[derive(Clone, Serialize, Type)]
pub struct ThreadLine {
    id: String,
    from_them: bool,
    body: String,
    at: String,
    what: String,
    sentence: String,
    state: Option<TextState>,
    state_word: String,
}

/// What an answer by hand would be.
#[derive(Clone, Serialize, Type)]
pub struct ReplyPreview {
    /// What it costs; nothing where nothing is typed.
    segments: u32,
    /// What Placard adds; empty where nothing is missing.
    added: String,
    /// Why it cannot be sent, and the mend.
    refused: Option<String>,
}

impl From<core::ThreadView> for ThreadView {
    fn from(thread: core::ThreadView) -> Self {
        Self {
            from: thread.from,
            names: thread.names,
            mobile: thread.mobile,
            lines: thread
                .lines
                .into_iter()
                .map(|line| ThreadLine {
                    id: line.id.to_string(),
                    from_them: line.from_them,
                    body: line.body,
                    at: time(line.at),
                    what: line.what.to_owned(),
                    sentence: line.sentence.to_owned(),
                    state: line.state.map(TextState::from),
                    state_word: line
                        .state
                        .map(|state| state.word())
                        .unwrap_or_default()
                        .to_owned(),
                })
                .collect(),
            opted_out: thread.opted_out,
            undecided: thread.undecided.map(|id| id.to_string()),
            no_reply: thread.no_reply.map(str::to_owned),
        }
    }
}

/// Threads, those that want a person first.
#[tauri::command]
#[specta::specta]
pub async fn inbox(placard: State<'_, Placard>, offset: u32, limit: u32) -> Answer<InboxPage> {
    let page = with(&placard, move |campaign| campaign.inbox(offset, limit)).await?;
    Ok(InboxPage {
        total: page.total,
        to_read: page.to_read,
        rows: page
            .rows
            .into_iter()
            .map(|row| ThreadRow {
                from: row.from,
                name: row.name,
                mobile: row.mobile,
                last: row.last,
                at: time(row.at),
                outcome: row.outcome.to_owned(),
                to_read: row.to_read,
                undecided: row.undecided,
                opted_out: row.opted_out,
            })
            .collect(),
    })
}

/// A thread. Who looks at it has read it.
#[tauri::command]
#[specta::specta]
pub async fn thread(placard: State<'_, Placard>, from: String) -> Answer<ThreadView> {
    Ok(with(&placard, move |campaign| campaign.thread(&from))
        .await?
        .into())
}

/// A person decides whether a text was an opt-out.
#[tauri::command]
#[specta::specta]
pub async fn decide(placard: State<'_, Placard>, text: String, is_opt_out: bool) -> Answer<()> {
    let text = id(&text)?;
    with(&placard, move |campaign| campaign.decide(text, is_opt_out)).await
}

/// The organiser opts a number out.
#[tauri::command]
#[specta::specta]
pub async fn opt_out(placard: State<'_, Placard>, mobile: String) -> Answer<()> {
    with(&placard, move |campaign| campaign.opt_out(&mobile)).await
}

/// What an answer by hand would be: what is added, what it costs, and whether it can be sent.
#[tauri::command]
#[specta::specta]
pub async fn preview_reply(
    placard: State<'_, Placard>,
    from: String,
    body: String,
) -> Answer<ReplyPreview> {
    with(&placard, move |campaign| {
        let answering = campaign.preview_reply(&from, &body)?;
        let segments = match answering.whole.is_empty() {
            true => 0,
            false => answering.measure().segments,
        };
        Ok(ReplyPreview {
            segments: u32::try_from(segments).unwrap_or(u32::MAX),
            added: answering.added,
            refused: answering.refused,
        })
    })
    .await
}

/// Answers by hand. Says when it goes.
#[tauri::command]
#[specta::specta]
pub async fn reply(placard: State<'_, Placard>, mobile: String, body: String) -> Answer<String> {
    let sentence = with(&placard, move |campaign| campaign.reply(&mobile, &body)).await?;
    Ok(sentence.to_owned())
}

/// A text typed on the drawn phone. Says what came of it.
#[tauri::command]
#[specta::specta]
pub async fn phone_says(
    placard: State<'_, Placard>,
    mobile: String,
    body: String,
) -> Answer<String> {
    let said = with(&placard, move |campaign: &Campaign| {
        campaign.phone_says(&mobile, &body)
    })
    .await?;
    Ok(said.sentence.to_owned())
}

/// Everything held on who wrote from a number and was never captured.
#[tauri::command]
#[specta::specta]
pub async fn held_on_number(placard: State<'_, Placard>, from: String) -> Answer<EverythingHeld> {
    let held = with(&placard, move |campaign| campaign.held_on_number(&from)).await?;
    Ok(held.into())
}

/// Erases who wrote from a number and was never captured. Says what remains.
#[tauri::command]
#[specta::specta]
pub async fn erase_number(placard: State<'_, Placard>, from: String) -> Answer<Vec<String>> {
    with(&placard, move |campaign| campaign.erase_number(&from)).await
}
