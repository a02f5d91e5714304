//! Inbox: what phones have texted, thread by thread, and answering by hand.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Campaign, LONGEST_PAGE};
use crate::clock::local_zone;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::gateways::{Inbound, Kind as GatewayKind};
use crate::people::{Mobile, one_line};
use crate::sender::{Arrival, opt_out, receive};
use crate::storage::inbound::{self, Line, Meaning, Outcome, Thread};
use crate::storage::opt_outs::{self, Source};
use crate::storage::texts::{self, New, Route};
use crate::storage::{Conn, campaign, supporters};
use crate::texts::allowed::Verdict;
use crate::texts::life::{Kind, Reason, State};
use crate::texts::segments::Measure;
use crate::texts::template::LONGEST_TEXT;

/// Some threads, and how many there are.
#[derive(Clone)]
pub struct InboxPage {
    /// How many numbers have texted.
    pub total: u32,
    /// How many of them want a person.
    pub to_read: u32,
    /// The threads asked for: those that want a person first, then the newest.
    pub rows: Vec<ThreadRow>,
}

/// A line of Inbox.
#[derive(Clone)]
pub struct ThreadRow {
    /// What opens it: the number in E.164, or the name that the network gives.
    pub from: String,
    /// Who has it.
    pub name: String,
    /// The number as it is written here; empty for a name.
    pub mobile: String,
    /// What came last.
    pub last: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub outcome: &'static str,
    /// Whether a person has yet to look.
    pub to_read: bool,
    /// Whether a person has to decide.
    pub undecided: bool,
    /// Whether the number is opted out.
    pub opted_out: bool,
}

/// A thread.
#[derive(Clone)]
pub struct ThreadView {
    /// What opens it.
    pub from: String,
    /// Who has the number.
    pub names: Vec<String>,
    /// The number as it is written here; empty for a name.
    pub mobile: String,
    /// Everything between us, oldest first.
    pub lines: Vec<ThreadLine>,
    /// Whether the number is opted out, and what that means.
    pub opted_out: Option<String>,
    /// The text on which a person has to decide.
    pub undecided: Option<Uuid>,
    /// Why no answer can go to it, where none can.
    pub no_reply: Option<&'static str>,
}

/// A line of a thread.
#[derive(Clone)]
pub struct ThreadLine {
    /// The text.
    pub id: Uuid,
    /// Whether it came from the phone.
    pub from_them: bool,
    /// What it says.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it was, where Placard wrote it by itself.
    pub what: &'static str,
    /// What came of it, or where it stands.
    pub sentence: &'static str,
    /// Where it stands, for one of ours.
    pub state: Option<State>,
}

/// What a text typed on the drawn phone led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneSaid {
    /// In a sentence.
    pub sentence: &'static str,
}

/// How long after they wrote an answer by hand counts as asked for.
const ASKED_FOR: TimeDelta = TimeDelta::days(7);
/// As much of a thread as is shown.
const LONGEST_THREAD: u32 = 200;

impl Campaign {
    /// Threads, those that want a person first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn inbox(&self, offset: u32, limit: u32) -> Result<InboxPage> {
        let ((total, to_read), threads) = self.storage.read(|conn| {
            Ok((
                inbound::counts(conn)?,
                inbound::threads(conn, offset, limit.min(LONGEST_PAGE))?,
            ))
        })?;
        Ok(InboxPage {
            total,
            to_read,
            rows: threads
                .into_iter()
                .map(|row| self.thread_row(row))
                .collect(),
        })
    }

    fn thread_row(&self, thread: Thread) -> ThreadRow {
        ThreadRow {
            mobile: self.as_written_here(&thread.from),
            name: name_of(&thread.names, &thread.from),
            last: one_line(&thread.last.body, 160),
            at: thread.last.received_at,
            outcome: outcome(thread.last.outcome),
            to_read: thread.to_read > 0,
            undecided: thread.undecided,
            opted_out: thread.opted_out,
            from: thread.from,
        }
    }

    fn as_written_here(&self, from: &str) -> String {
        Mobile::from_e164(from)
            .map(|mobile| mobile.national(self.info.country))
            .unwrap_or_default()
    }

    /// A thread. Who looks at it has read it.
    ///
    /// # Errors
    /// The vault cannot be read or written.
    pub fn thread(&self, from: &str) -> Result<ThreadView> {
        let (names, lines, undecided, out) = self.storage.read(|conn| {
            let mobile = Mobile::from_e164(from).ok();
            let out = mobile
                .map(|mobile| opt_outs::of(conn, &mobile))
                .transpose()?
                .flatten();
            Ok((
                inbound::names(conn, from)?,
                inbound::thread(conn, from, LONGEST_THREAD)?,
                inbound::undecided(conn, from)?.first().copied(),
                out,
            ))
        })?;
        if self.storage.write(|conn| inbound::read(conn, from))? {
            self.events.changed(Topic::Inbox);
        }
        let no_reply = if Mobile::from_e164(from).is_err() {
            Some("This sender has no number to answer to.")
        } else if out.is_some() {
            Some("This number is opted out: nothing can be sent to it.")
        } else if undecided.is_some() {
            Some("Decide first whether this is an opt-out.")
        } else {
            None
        };
        Ok(ThreadView {
            mobile: self.as_written_here(from),
            names,
            lines: lines.into_iter().map(line).collect(),
            opted_out: out.map(|out| {
                match out.source {
                    Source::Reply => {
                        "Opted out by text. Only their own START opens the number again."
                    }
                    Source::Carrier => {
                        "Opted out with the carrier. Their own START opens the number again."
                    }
                    Source::Organiser => {
                        "Opted out by the organiser. Only their own START opens the number again."
                    }
                }
                .to_owned()
            }),
            undecided,
            no_reply,
            from: from.to_owned(),
        })
    }

    /// A person decides whether a text was an opt-out. If it was, the number is out; if not, what waited goes on.
    ///
    /// # Errors
    /// [`Error::TooLate`] where it was decided meanwhile.
    pub fn decide(&self, id: Uuid, is_opt_out: bool) -> Result<()> {
        let now = self.clock.now();
        self.storage.write(|conn| {
            let text = inbound::get(conn, id)?;
            if text.decided {
                return Err(Error::TooLate(
                    "Somebody has decided on this already.".to_owned(),
                ));
            }
            let outcome = match is_opt_out {
                true => Outcome::DecidedStop,
                false => Outcome::DecidedNone,
            };
            inbound::decide(conn, id, outcome, now)?;
            let mobile = Mobile::from_e164(&text.from).map_err(|_| Error::NotFound)?;
            if is_opt_out {
                let because = Some((id, text.body.as_str()));
                opt_out(conn, &mobile, Source::Reply, because, now, &local_zone())?;
            } else {
                texts::decide_anew(conn, Some(&mobile), now)?;
            }
            Ok(())
        })?;
        self.said_in_inbox();
        Ok(())
    }

    /// The organiser opts a number out: somebody asked for it aloud, by letter or by email (UK GDPR Art 21).
    ///
    /// # Errors
    /// It is no number, or the disk says no.
    pub fn opt_out(&self, e164: &str) -> Result<()> {
        let mobile = Mobile::from_e164(e164).map_err(|_| Error::NotFound)?;
        let now = self.clock.now();
        self.storage.write(|conn| {
            for id in inbound::undecided(conn, e164)? {
                inbound::decide(conn, id, Outcome::DecidedStop, now)?;
            }
            opt_out(conn, &mobile, Source::Organiser, None, now, &local_zone())
        })?;
        self.said_in_inbox();
        Ok(())
    }

    /// Answers by hand. It goes by the same rules as every text: what it lacks is added, and what comes back says whether
    /// it leaves now, or when it may.
    ///
    /// # Errors
    /// [`Error::Invalid`] where nothing may go to this number, there is nothing to say, or the law forbids it.
    pub fn reply(&self, e164: &str, body: &str) -> Result<&'static str> {
        let mobile = Mobile::from_e164(e164).map_err(|_| Error::NotFound)?;
        if body.trim().is_empty() {
            return Err(Error::invalid("reply", "Type what you want to say."));
        }
        let now = self.clock.now();
        let sentence = self.storage.write(|conn| {
            let answering = self.answering(conn, &mobile, body)?;
            if answering.whole.chars().count() > LONGEST_TEXT {
                return Err(Error::invalid(
                    "reply",
                    "That is too long for a text. Keep it to 1,600 characters.",
                ));
            }
            if let Some(why) = answering.refused {
                return Err(Error::invalid("reply", why));
            }
            let id = self.write_reply(conn, &mobile, &answering.whole, now)?;
            let verdict = self.ground(conn)?.verdict(&texts::claimable(conn, id)?, now);
            match verdict {
                Verdict::Never(Reason::OptedOut) => Err(Error::invalid(
                    "reply",
                    "This number is opted out: nothing can be sent to it.",
                )),
                Verdict::Never(_) => Err(Error::invalid(
                    "reply",
                    "Nobody on this number has agreed to texts and proved it, and they wrote nothing this week that you could answer.",
                )),
                Verdict::Waits { why: Reason::QuietHours, .. } => {
                    Ok("It waits for the morning where they are: Texts says until when.")
                }
                Verdict::Waits { .. } => Ok("It waits: Texts says why."),
                Verdict::Goes { .. } => Ok("It goes as soon as it can."),
            }
        })?;
        self.said_in_inbox();
        Ok(sentence)
    }

    fn write_reply(
        &self,
        conn: &Conn,
        mobile: &Mobile,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<Uuid> {
        let asked = inbound::newest(conn, mobile.e164())?
            .filter(|text| now - text.received_at < ASKED_FOR && text.meaning != Meaning::No);
        let counts = campaign::rules(conn)?.relies_on;
        let agreed = supporters::somebody_agrees(conn, mobile, counts)?;
        // Without a consent it is an answer for as long as somebody may wait for one.
        let not_after = asked
            .as_ref()
            .filter(|_| !agreed)
            .map(|text| text.received_at + ASKED_FOR);
        let supporter = supporters::people_on(conn, mobile)?.first().copied();
        let id = Uuid::now_v7();
        let new = New {
            id,
            kind: Kind::Reply,
            supporter,
            template: None,
            answers: asked.map(|text| text.id),
            not_after,
            mobile,
            body,
            segments: Measure::of(body).segments,
            state: State::Waiting,
            reason: Reason::Queued,
        };
        texts::insert(conn, &new, now)?;
        Ok(id)
    }

    /// A text typed on the drawn phone: it arrives as one from a real phone would.
    ///
    /// # Errors
    /// There is no drawn phone, or nothing was typed.
    pub fn phone_says(&self, e164: &str, body: &str) -> Result<PhoneSaid> {
        // In a real campaign the drawn phone is nobody's: what it says would be false evidence.
        if !self.info.practice || self.active().kind != GatewayKind::Practice {
            return Err(Error::NotFound);
        }
        self.arrives(e164, body)
    }

    /// A text from a phone, as the gateway in use would bring it at this moment.
    pub(crate) fn arrives(&self, e164: &str, body: &str) -> Result<PhoneSaid> {
        let (kind, abilities, account) = {
            let active = self.active();
            (
                active.kind,
                active.gateway.abilities(),
                active.account.clone(),
            )
        };
        if body.trim().is_empty() {
            return Err(Error::invalid("reply", "Type what the phone is to say."));
        }
        let now = self.clock.now();
        let text = Inbound {
            provider_id: Uuid::now_v7().to_string(),
            from: e164.to_owned(),
            to: String::new(),
            body: body.to_owned(),
            at: now,
        };
        let route = Route { kind, account };
        let outcome = self.storage.write(|conn| {
            let arrival = Arrival {
                route: &route,
                abilities,
                clock: TimeDelta::zero(),
                now,
                zone: &local_zone(),
            };
            receive(conn, &text, &arrival)?;
            let came = inbound::newest(conn, e164)?;
            Ok(came.map_or(Outcome::ToRead, |came| came.outcome))
        })?;
        self.said_in_inbox();
        Ok(PhoneSaid {
            sentence: self::outcome(outcome),
        })
    }

    fn said_in_inbox(&self) {
        for topic in [Topic::Inbox, Topic::Texts, Topic::People] {
            self.events.changed(topic);
        }
        self.sender.look();
    }
}

/// Who has a number, in few words.
fn name_of(names: &[String], from: &str) -> String {
    match names {
        [] if from.starts_with('+') => "Unknown number".to_owned(),
        [] => from.to_owned(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    }
}

fn line(line: Line) -> ThreadLine {
    match line {
        Line::In(text) => ThreadLine {
            id: text.id,
            from_them: true,
            sentence: outcome(text.outcome),
            body: text.body,
            at: text.received_at,
            what: "",
            state: None,
        },
        Line::Out {
            id,
            kind,
            body,
            state,
            at,
            ..
        } => ThreadLine {
            id,
            from_them: false,
            body,
            at,
            what: match kind {
                Kind::Confirmation => "Asks them to confirm",
                Kind::Reminder => "Asks once more",
                Kind::Goodbye => "Answers the opt-out",
                Kind::Help => "Answers the call for help",
                Kind::Reply | Kind::Test => "",
            },
            sentence: "",
            state: Some(state),
        },
    }
}

/// What came of a text from a phone, in a sentence.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::ToRead => "For a person to read.",
        Outcome::OptedOut => "Opted out: nothing more goes to this number.",
        Outcome::OptedOutBefore => "Was opted out already.",
        Outcome::Overtaken => "A later text from the same phone says otherwise.",
        Outcome::Held => "May be an opt-out: texts to this number wait until you decide.",
        Outcome::DecidedStop => "You decided that this is an opt-out.",
        Outcome::DecidedNone => "You decided that this is no opt-out.",
        Outcome::Reopened => "Opted in again: this number gets texts.",
        Outcome::Helped => "Asked for help, and was answered.",
        Outcome::Confirmed => "Confirmed: their consent is proved.",
        Outcome::ConfirmedBefore => "Had confirmed already.",
        Outcome::Declined => "Said no: nothing more is sent to them.",
        Outcome::Joined => "Opted in from their own phone.",
    }
}
