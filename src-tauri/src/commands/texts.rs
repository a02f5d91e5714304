//! Texts, and the strip: every text with its state, and whether the gateway answers.

use placard_core::campaign::{self as core, Campaign};
use placard_core::storage::texts::{Counts, Group};
use placard_core::texts::life::State as CoreState;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use super::{id, time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// Where a text stands.
#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TextState {
    /// Will go when it may.
    Waiting,
    /// Committed to leave.
    Sending,
    /// The gateway has it.
    Accepted,
    /// On the phone.
    Delivered,
    /// Taken, and then the carrier's no.
    Undelivered,
    /// The gateway's no for good.
    Failed,
    /// It may have been taken.
    Uncertain,
    /// We decided that it does not go.
    NotSent,
}

impl From<CoreState> for TextState {
    fn from(state: CoreState) -> Self {
        match state {
            CoreState::Waiting => Self::Waiting,
            CoreState::Sending => Self::Sending,
            CoreState::Accepted => Self::Accepted,
            CoreState::Delivered => Self::Delivered,
            CoreState::Undelivered => Self::Undelivered,
            CoreState::Failed => Self::Failed,
            CoreState::Uncertain => Self::Uncertain,
            CoreState::NotSent => Self::NotSent,
        }
    }
}

/// What will happen to a text.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TextGroup {
    /// A person has to decide or mend something.
    NeedsYou,
    /// On its way.
    Going,
    /// Will go when it may.
    Waiting,
    /// Nothing more happens by itself.
    Done,
}

impl From<TextGroup> for Group {
    fn from(group: TextGroup) -> Self {
        match group {
            TextGroup::NeedsYou => Self::NeedsYou,
            TextGroup::Going => Self::Going,
            TextGroup::Waiting => Self::Waiting,
            TextGroup::Done => Self::Done,
        }
    }
}

/// How many texts are in each group.
#[derive(Clone, Copy, Serialize, Type)]
pub struct GroupCounts {
    pub needs_you: u32,
    pub going: u32,
    pub waiting: u32,
    pub done: u32,
}

impl From<Counts> for GroupCounts {
    fn from(counts: Counts) -> Self {
        Self {
            needs_you: counts.needs_you,
            going: counts.going,
            waiting: counts.waiting,
            done: counts.done,
        }
    }
}

/// A row of Texts.
#[derive(Clone, Serialize, Type)]
pub struct TextRow {
    id: String,
    pub name: String,
    pub mobile: String,
    state: TextState,
    pub state_word: String,
    pub sentence: String,
    until: Option<String>,
    pub at: String,
    can_send_now: bool,
    can_cancel: bool,
    can_try_again: bool,
    try_again_warning: Option<String>,
    body: String,
    segments: u32,
}

impl From<core::TextRow> for TextRow {
    fn from(row: core::TextRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            mobile: row.mobile,
            state: row.state.into(),
            state_word: row.state.word().to_owned(),
            sentence: row.sentence,
            until: row.until.map(time),
            at: time(row.at),
            can_send_now: row.can_send_now,
            can_cancel: row.can_cancel,
            can_try_again: row.can_try_again,
            try_again_warning: row.try_again_warning.map(str::to_owned),
            body: row.body,
            segments: row.segments,
        }
    }
}

/// Some rows of a group.
#[derive(Clone, Serialize, Type)]
pub struct TextsPage {
    counts: GroupCounts,
    holds: Vec<HoldView>,
    /// How many texts a release of everything is about; none where there is nothing that is not released by itself.
    held: u32,
    group: TextGroup,
    rows: Vec<TextRow>,
}

/// Sending is stopped: why, and the mend.
#[derive(Clone, Serialize, Type)]
pub struct HoldView {
    id: String,
    sentence: String,
    what_to_do: String,
}

/// What becomes of everything that is held once it is released.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct Release {
    texts: u32,
    /// A sentence for each thing that happens.
    sentences: Vec<String>,
    /// What to ask beforehand, where some may have gone already.
    warning: Option<String>,
}

impl From<core::Release> for Release {
    fn from(release: core::Release) -> Self {
        Self {
            texts: release.texts,
            sentences: release.sentences,
            warning: release.warning,
        }
    }
}

impl From<Release> for core::Release {
    fn from(release: Release) -> Self {
        Self {
            texts: release.texts,
            sentences: release.sentences,
            warning: release.warning,
        }
    }
}

/// A line of a text's evidence.
#[derive(Clone, Serialize, Type)]
pub struct EvidenceRow {
    at: String,
    sentence: String,
    code: Option<String>,
    said: Option<String>,
}

/// A text on the drawn phone.
#[derive(Clone, Serialize, Type)]
pub struct PhoneText {
    id: String,
    to: String,
    body: String,
    at: String,
    segments: u32,
    /// In E.164 form, to answer from.
    number: String,
    from_the_phone: bool,
}

/// What the strip says.
#[derive(Clone, Serialize, Type)]
pub struct Connection {
    online: bool,
    gateway: String,
    waiting: u32,
    sentence: String,
    problem: Option<String>,
    clock: Option<String>,
}

/// Rows of a group of texts.
#[tauri::command]
#[specta::specta]
pub async fn texts(
    placard: State<'_, Placard>,
    group: TextGroup,
    offset: u32,
    limit: u32,
) -> Answer<TextsPage> {
    let page = with(&placard, move |campaign| {
        campaign.texts(group.into(), offset, limit)
    })
    .await?;
    Ok(TextsPage {
        counts: page.counts.into(),
        holds: page
            .holds
            .into_iter()
            .map(|hold| HoldView {
                id: hold.id.to_string(),
                sentence: hold.sentence,
                what_to_do: hold.what_to_do,
            })
            .collect(),
        held: page.held,
        group,
        rows: page.rows.into_iter().map(TextRow::from).collect(),
    })
}

/// Everything that is known of a text, oldest first.
#[tauri::command]
#[specta::specta]
pub async fn text_evidence(placard: State<'_, Placard>, text: String) -> Answer<Vec<EvidenceRow>> {
    let text = id(&text)?;
    let rows = with(&placard, move |campaign| campaign.text_evidence(text)).await?;
    Ok(rows
        .into_iter()
        .map(|row| EvidenceRow {
            at: time(row.at),
            sentence: row.sentence,
            code: row.code,
            said: row.said,
        })
        .collect())
}

/// A text that waits goes as soon as the gateway takes it.
#[tauri::command]
#[specta::specta]
pub async fn send_now(placard: State<'_, Placard>, text: String) -> Answer<()> {
    let text = id(&text)?;
    with(&placard, move |campaign| campaign.send_now(text)).await
}

/// A text that waits does not go.
#[tauri::command]
#[specta::specta]
pub async fn cancel_text(placard: State<'_, Placard>, text: String) -> Answer<()> {
    let text = id(&text)?;
    with(&placard, move |campaign| campaign.cancel_text(text)).await
}

/// A text that is over, or uncertain, goes once more.
#[tauri::command]
#[specta::specta]
pub async fn try_again(placard: State<'_, Placard>, text: String) -> Answer<()> {
    let text = id(&text)?;
    with(&placard, move |campaign| campaign.try_again(text)).await
}

/// What held sending up is mended.
#[tauri::command]
#[specta::specta]
pub async fn release_hold(placard: State<'_, Placard>, hold: String) -> Answer<()> {
    let hold = id(&hold)?;
    with(&placard, move |campaign| campaign.release_hold(hold)).await
}

/// What a release of everything that is held would do.
#[tauri::command]
#[specta::specta]
pub async fn foresee_release(placard: State<'_, Placard>) -> Answer<Release> {
    let release = with(&placard, Campaign::foresee_release).await?;
    Ok(release.into())
}

/// Whatever held sending up is mended, and what may have gone since a backup goes again. Gives what happens, which is what
/// was shown beforehand.
#[tauri::command]
#[specta::specta]
pub async fn release_all(placard: State<'_, Placard>, shown: Release) -> Answer<Release> {
    let shown = shown.into();
    let release = with(&placard, move |campaign| campaign.release_all(&shown)).await?;
    Ok(release.into())
}

/// What the drawn phone shows, oldest first.
#[tauri::command]
#[specta::specta]
pub async fn phone_texts(placard: State<'_, Placard>) -> Answer<Vec<PhoneText>> {
    with(&placard, |campaign| {
        let home = campaign.info().country;
        let texts = campaign.phone_texts()?.into_iter();
        Ok(texts
            .map(|text| PhoneText {
                id: text.id.to_string(),
                to: text.mobile.national(home),
                body: text.body,
                at: time(text.at),
                segments: text.segments,
                number: text.mobile.e164().to_owned(),
                from_the_phone: text.from_the_phone,
            })
            .collect())
    })
    .await
}

/// What the strip says.
#[tauri::command]
#[specta::specta]
pub async fn connection(placard: State<'_, Placard>) -> Answer<Connection> {
    let connection = with(&placard, Campaign::connection).await?;
    Ok(Connection {
        online: connection.online,
        gateway: connection.gateway.to_owned(),
        waiting: connection.waiting,
        sentence: connection.sentence,
        problem: connection.problem,
        clock: connection.clock,
    })
}

/// The system reports a network: the gateway is asked at once.
#[tauri::command]
#[specta::specta]
pub fn network_changed(placard: State<'_, Placard>) -> Answer<()> {
    // While the vault is locked nothing is sent, and nothing has to be asked.
    if let Ok(campaign) = placard.open_campaign() {
        campaign.hurry();
    }
    Ok(())
}
