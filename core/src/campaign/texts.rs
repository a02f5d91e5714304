//! Texts as a person sees them: why each one is where it is, and what can be done about it.

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::settings::{self, set};
use super::{Campaign, LONGEST_PAGE};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::gateways::{Refusal, advice_for_refusal};
use crate::people::zones::city;
use crate::sender::Ground;
use crate::storage::holds::{self, Held, Standing};
use crate::storage::settings::{Set, Setting};
use crate::storage::texts::{self, Counts, Group, OnThePhone, Outlook, Route, Row, Text};
use crate::storage::{Conn, supporters};
use crate::texts::hours::{Window, time_in_words};
use crate::texts::life::{FOLLOWED, Kind, Move, Reason, State};
use crate::texts::words::{Facts, MAY_DOUBLE, sentence, step};

/// A row of Texts.
#[derive(Debug, Clone)]
pub struct TextRow {
    /// The text.
    pub id: Uuid,
    /// Whom it is for; "Test text" for a test.
    pub name: String,
    /// Where it goes, as it is written here.
    pub mobile: String,
    /// Where it stands.
    pub state: State,
    /// Why, until when, and what to do.
    pub sentence: String,
    /// When it goes, where it waits for a time.
    pub until: Option<DateTime<Utc>>,
    /// When it moved last.
    pub at: DateTime<Utc>,
    /// Whether "Send now" makes sense.
    pub can_send_now: bool,
    /// Whether "Cancel" makes sense.
    pub can_cancel: bool,
    /// Whether "Try again" makes sense.
    pub can_try_again: bool,
    /// What to ask before trying again.
    pub try_again_warning: Option<&'static str>,
    /// What it says.
    pub body: String,
    /// What it costs.
    pub segments: u32,
}

/// Some rows of a group, and what holds sending up.
#[derive(Debug, Clone)]
pub struct TextsPage {
    /// How many texts are in each group.
    pub counts: Counts,
    /// What holds sending up.
    pub holds: Vec<HoldView>,
    /// How many texts a release of everything is about; none where there is nothing that is not released by itself.
    pub held: u32,
    /// The rows asked for.
    pub rows: Vec<TextRow>,
}

/// Sending is stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldView {
    /// The hold.
    pub id: Uuid,
    /// Why.
    pub sentence: String,
    /// The mend.
    pub what_to_do: String,
}

/// A line of a text's evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub sentence: String,
    /// The provider's own code.
    pub code: Option<String>,
    /// The provider's own words.
    pub said: Option<String>,
}

/// What the strip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionView {
    /// The gateway answers.
    pub online: bool,
    /// Its name.
    pub gateway: &'static str,
    /// How many texts wait, are on the wire or are uncertain.
    pub waiting: u32,
    /// What that means.
    pub sentence: String,
    /// What a person has to mend, if anything: being away from a network is no fault.
    pub problem: Option<String>,
    /// How far this laptop's clock is from the gateway's, where that is far.
    pub clock: Option<String>,
}

impl Campaign {
    /// Rows of a group of texts.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn texts(&self, group: Group, offset: u32, limit: u32) -> Result<TextsPage> {
        let outlook = {
            let active = self.active();
            Outlook {
                route: Route {
                    kind: active.kind,
                    account: active.account.clone(),
                },
                silent_since: self.clock.now() - FOLLOWED,
            }
        };
        let (counts, (standing, held), ground, rows) = self.storage.read(|conn| {
            let standing = holds::all(conn)?;
            let held = self.held(conn, &standing)?;
            Ok((
                texts::counts(conn, &outlook)?,
                (standing, held),
                self.ground(conn)?,
                texts::page(conn, group, &outlook, offset, limit.min(LONGEST_PAGE))?,
            ))
        })?;
        let rows = rows
            .into_iter()
            .map(|row| self.text_row(row, &standing, &ground));
        Ok(TextsPage {
            counts,
            rows: rows.collect(),
            holds: standing.iter().map(view).collect(),
            held,
        })
    }

    /// The sentence beside a text: why, until when, and what to do.
    pub(super) fn text_sentence(&self, conn: &Conn, id: Uuid) -> Result<String> {
        let row = texts::row(conn, id)?;
        let row = self.text_row(row, &holds::all(conn)?, &self.ground(conn)?);
        Ok(row.sentence)
    }

    fn text_row(&self, row: Row, held: &[Standing], ground: &Ground) -> TextRow {
        let now = self.clock.now();
        let opens = opens(ground, &row, now);
        let active = self.active();
        let hold = held
            .iter()
            .find(|hold| hold.holds_up(row.kind, row.mobile.country(), row.template));
        let connection = self.sender.connection();
        let why_held = hold.map(|hold| view(hold).sentence).or_else(|| {
            // It answers, and takes nothing until something is mended.
            let problem = connection.problem.filter(|_| connection.online);
            problem.map(|advice| advice.sentence)
        });
        let waits = row.state == State::Waiting;
        // A test goes all the same: its answer is what the organiser wants to know.
        let paused_until = self.paused_until().filter(|_| row.kind != Kind::Test);
        let goes_at = match paused_until {
            Some(until) if why_held.is_none() && connection.online => until.max(row.not_before),
            _ => row.not_before,
        };
        let sentence = sentence(&Facts {
            kind: row.kind,
            state: row.state,
            reason: row.reason,
            not_before: row.not_before,
            paused_until,
            changed_at: row.changed_at,
            attempts: row.attempts,
            looks_up: active.gateway.abilities().looks_up
                && row.account.as_deref() == Some(active.account.as_str()),
            online: connection.online,
            hold: why_held.as_deref(),
            opens: opens.as_ref(),
            now,
        });
        TextRow {
            id: row.id,
            name: match row.kind {
                Kind::Test => "Test text".to_owned(),
                _ if row.name.is_empty() => "Somebody on this number".to_owned(),
                _ => row.name,
            },
            mobile: row.mobile.national(self.info.country),
            state: row.state,
            sentence,
            until: (waits && goes_at > now && !row.reason.is_a_persons()).then_some(goes_at),
            at: row.changed_at,
            // Nobody cuts short a pause that the gateway asked for.
            can_send_now: waits
                && hold.is_none()
                && paused_until.is_none()
                && row.reason != Reason::NobodyCanReply,
            can_cancel: waits,
            can_try_again: !row.is_anothers
                && !matches!(row.kind, Kind::Test | Kind::Goodbye | Kind::Help)
                && may_try_again(row.state, row.reason),
            try_again_warning: (row.state == State::Uncertain).then_some(MAY_DOUBLE),
            body: row.body,
            segments: row.segments,
        }
    }

    /// What decides whether a text may leave through the gateway in use.
    pub(super) fn ground(&self, conn: &Conn) -> Result<Ground> {
        let active = self.active();
        let clock = active.gateway.clock_offset();
        Ground::read(conn, active.kind, active.in_letters, clock)
    }

    /// Whether a text that is queued now goes at once, as far as anybody knows.
    pub(super) fn goes_at_once(&self, conn: &Conn) -> Result<bool> {
        let connection = self.sender.connection();
        let takes = connection.online && connection.problem.is_none();
        let in_letters = self.active().in_letters;
        Ok(takes
            && self.paused_until().is_none()
            && holds::all(conn)?.is_empty()
            && !(in_letters && self.needs_replies(conn)?))
    }

    /// Until when the gateway wants no texts, where it asked for a pause.
    fn paused_until(&self) -> Option<DateTime<Utc>> {
        let now = self.clock.now();
        let until = self.sender.connection().paused_until;
        until.filter(|until| *until > now)
    }

    /// Everything that is known of a text, oldest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn text_evidence(&self, id: Uuid) -> Result<Vec<EvidenceRow>> {
        let events = self.storage.read(|conn| texts::events(conn, id))?;
        Ok(events
            .into_iter()
            .map(|event| EvidenceRow {
                at: event.at,
                sentence: step(event.state, event.reason, event.provider_id.as_deref()),
                code: event.code,
                said: event.said,
            })
            .collect())
    }

    /// A text that waits goes as soon as the gateway takes it.
    ///
    /// # Errors
    /// [`Error::TooLate`] where it does not wait any more.
    pub fn send_now(&self, id: Uuid) -> Result<()> {
        self.change(id, |conn, text, now| {
            if text.state != State::Waiting {
                return Err(has_left());
            }
            let mut goes = Move::to(State::Waiting, Reason::AskedAgain);
            goes.not_before = Some(now);
            texts::apply(conn, text.id, &goes, now)
        })?;
        self.sender.hurry();
        Ok(())
    }

    /// A text that waits does not go. Where it is for a shared phone, the text of whoever shares it takes its
    /// place.
    ///
    /// # Errors
    /// [`Error::TooLate`] where it does not wait any more.
    pub fn cancel_text(&self, id: Uuid) -> Result<()> {
        let who = self.who();
        self.change(id, |conn, text, now| {
            if text.state != State::Waiting {
                return Err(has_left());
            }
            match texts::does_not_go(conn, text, Reason::Cancelled, now)? {
                State::NotSent => set(conn, &settings::cancelled(text.id), &who, now),
                _ => Ok(()),
            }
        })?;
        self.sender.look();
        Ok(())
    }

    /// A text that is over, or uncertain, goes once more. Who asks was told that an uncertain one may double.
    ///
    /// # Errors
    /// [`Error::TooLate`] where it moved on meanwhile, or its shared phone has its text by now.
    pub fn try_again(&self, id: Uuid) -> Result<()> {
        // Read before the vault is written to: a save takes the two in this order.
        let canvasser = self.shift().map(|shift| shift.canvasser);
        self.change(id, |conn, text, now| {
            if text.kind == Kind::Test
                || text.kind.is_answer()
                || !may_try_again(text.state, text.reason)
            {
                return Err(Error::TooLate(
                    "This text has moved on meanwhile. Look at where it stands now.".to_owned(),
                ));
            }
            self.goes_again(conn, text, canvasser.as_deref().unwrap_or_default(), now)
        })?;
        self.sender.hurry();
        Ok(())
    }

    /// What certainly never left goes out in today's words; what may have left stays as it was.
    pub(super) fn goes_again(
        &self,
        conn: &Conn,
        text: &Text,
        canvasser: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        if let (Kind::Confirmation, State::Failed | State::NotSent, Some(supporter)) =
            (text.kind, text.state, text.supporter)
        {
            let details = supporters::details(conn, supporter)?;
            let (template, body, segments) = self.confirmation_for(conn, &details, canvasser)?;
            texts::rewrite(conn, text.id, template, &body, segments)?;
        }
        let mut again = Move::to(State::Waiting, Reason::AskedAgain);
        again.not_before = Some(now);
        texts::apply(conn, text.id, &again, now)
    }

    fn change(
        &self,
        id: Uuid,
        work: impl FnOnce(&Conn, &Text, DateTime<Utc>) -> Result<()>,
    ) -> Result<()> {
        let now = self.clock.now();
        self.storage.write(|conn| {
            if texts::is_anothers(conn, id)? {
                return Err(Error::TooLate(
                    "This text is another laptop's to send: it is decided there.".to_owned(),
                ));
            }
            let text = texts::get(conn, id)?;
            work(conn, &text, now)
        })?;
        self.events.changed(Topic::Texts);
        Ok(())
    }

    /// A person says that what held sending up is mended.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was released meanwhile.
    pub fn release_hold(&self, id: Uuid) -> Result<()> {
        let (now, who) = (self.clock.now(), self.who());
        self.storage.write(|conn| {
            let released = holds::release(conn, id)?.ok_or(Error::NotFound)?;
            let goes_on = Set {
                setting: Setting::Hold,
                before: Some(settings::hold_as_kept(&released)?),
                after: None,
            };
            set(conn, &goes_on, &who, now)
        })?;
        self.events.changed(Topic::Texts);
        self.sender.hurry();
        Ok(())
    }

    /// What the drawn phone shows, oldest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn phone_texts(&self) -> Result<Vec<OnThePhone>> {
        self.storage
            .read(|conn| texts::on_the_phone(conn, MOST_ON_THE_PHONE))
    }

    /// What the strip says.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn connection(&self) -> Result<ConnectionView> {
        let waiting = self.storage.read(texts::waits_for)?;
        let connection = self.sender.connection();
        let kind = self.active().kind;
        let sentence = match (connection.online, connection.known) {
            (true, _) if self.paused_until().is_some() => {
                format!("{} is busy and asked for a pause.", kind.name())
            }
            (true, _) => format!("{} answers. Texts go when they are due.", kind.name()),
            (false, true) => {
                "The gateway cannot be reached. Texts wait and go by themselves.".to_owned()
            }
            (false, false) => "Placard is looking for the gateway.".to_owned(),
        };
        Ok(ConnectionView {
            online: connection.online,
            gateway: kind.name(),
            waiting,
            sentence,
            problem: connection
                .problem
                .filter(|_| !connection.ordinary)
                .map(|advice| format!("{} {}", advice.sentence, advice.what_to_do)),
            clock: connection.clock_minutes.map(clock_is_off),
        })
    }
}

/// When it opens where a text that waits for the hour is going, and what that place is called.
fn opens(ground: &Ground, row: &Row, now: DateTime<Utc>) -> Option<(String, String)> {
    if row.state != State::Waiting || row.reason != Reason::QuietHours {
        return None;
    }
    match ground.window(&row.mobile, &row.postcode, now)? {
        Window::Open { .. } => None,
        Window::Closed { until, zone, .. } => Some(opening(ground.really(until), zone)),
    }
}

/// A laptop's clock that is wrong, in a sentence.
fn clock_is_off(minutes: i64) -> String {
    let (days, hours, rest) = (
        minutes.abs() / 1_440,
        minutes.abs() % 1_440 / 60,
        minutes.abs() % 60,
    );
    let counted = |count: i64, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let parts = [
        counted(days, "day"),
        counted(hours, "hour"),
        counted(rest, "minute").filter(|_| days == 0),
    ];
    let by: Vec<String> = parts.into_iter().flatten().collect();
    let which = if minutes > 0 { "slow" } else { "fast" };
    format!(
        "This laptop's clock is {} {which}, by the gateway's. Texts go by the gateway's clock; put the laptop's right.",
        by.join(" and ")
    )
}

/// When a place opens, as people there say it, and what the place is called.
pub(super) fn opening(until: DateTime<Utc>, zone: Tz) -> (String, String) {
    let there = until.with_timezone(&zone);
    let minute = u16::try_from(there.hour() * 60 + there.minute()).unwrap_or_default();
    (time_in_words(minute), city(zone))
}

/// As many as a phone shows.
const MOST_ON_THE_PHONE: u32 = 50;

fn has_left() -> Error {
    Error::TooLate("This text has left already.".to_owned())
}

fn may_try_again(state: State, reason: Reason) -> bool {
    match state {
        State::Uncertain | State::Failed | State::Undelivered => {
            reason != Reason::Trouble(crate::texts::life::Trouble::OptedOut)
        }
        State::NotSent => reason == Reason::Cancelled,
        State::Waiting | State::Sending | State::Accepted | State::Delivered => false,
    }
}

fn view(hold: &Standing) -> HoldView {
    let advice = advice_for_refusal(&Refusal {
        trouble: hold.trouble,
        code: hold.code.clone(),
        said: String::new(),
    });
    HoldView {
        id: hold.id,
        sentence: match hold.what {
            Held::Country(country) => format!(
                "Texts to {} are stopped. {}",
                country.in_words(),
                advice.sentence
            ),
            Held::Template(_) => format!("Texts in these words are stopped. {}", advice.sentence),
            Held::Everything => format!("Sending is stopped. {}", advice.sentence),
        },
        what_to_do: advice.what_to_do,
    }
}
