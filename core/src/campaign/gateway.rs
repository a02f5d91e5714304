//! The gateway as an organiser sets it up and tries it.

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::gateways::{
    Active, Check, Form, FormProblem, Kind, Setup, advice_for_away, advice_for_refusal,
};
use crate::people::{Mobile, Reading};
use crate::sender::Former;
use crate::storage::{gateways, holds, texts};
use crate::texts::life::{Kind as TextKind, Reason, State};
use crate::texts::segments::Measure;
use crate::texts::words::{Facts, sentence};

/// What saving the gateway led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewaySaved {
    /// It is in use.
    Saved {
        /// What happens now.
        sentence: String,
        /// What would surprise later.
        warnings: Vec<String>,
    },
    /// Something typed cannot be used.
    Invalid(Vec<FormProblem>),
}

/// A gateway that was used before: people may still reply STOP to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerGateway {
    /// Its id.
    pub id: Uuid,
    /// What it is called, and its sender where that is known.
    pub name: String,
    /// Until when it is listened to.
    pub until: DateTime<Utc>,
}

/// How a try of the gateway went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// Whether it works, as far as was tried.
    pub ok: bool,
    /// What happened.
    pub sentence: String,
    /// The mend, where there is one.
    pub what_to_do: Option<String>,
    /// The text, where one was written.
    pub text: Option<Uuid>,
}

/// How long a test text is waited for: as long as the gateway's own patience, and a little.
const TEST_PATIENCE: Duration = Duration::from_secs(20);

/// Where practice tests go: a number kept free for drama.
const PRACTICE_NUMBER: &str = "+447700900000";

impl Campaign {
    pub(super) fn active(&self) -> MutexGuard<'_, Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is a real campaign whose texts reach nobody yet.
    pub(super) fn has_no_gateway(&self) -> bool {
        !self.info.practice && self.active().kind == Kind::Practice
    }

    /// The gateway's form, less the secrets.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn gateway_form(&self) -> Result<Form> {
        self.storage.read(|conn| {
            let chosen = gateways::chosen(conn)?.kind();
            let mut kept = Vec::new();
            for kind in [Kind::Twilio, Kind::Kannel, Kind::Pocket] {
                kept.extend(gateways::kept(conn, kind)?);
            }
            Ok(Form::of(chosen, &kept))
        })
    }

    /// What has to stand in Kannel's configuration for what phones text to come to Placard; nothing until Kannel's
    /// settings are saved. It holds a secret, as that configuration does.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn kannel_service(&self) -> Result<Option<String>> {
        let kept = self
            .storage
            .read(|conn| gateways::kept(conn, Kind::Kannel))?;
        Ok(match kept {
            Some(Setup::Kannel(settings, _)) => settings.inbound_service().ok(),
            _ => None,
        })
    }

    /// Sends through this gateway from now on. What an earlier one held up is tried again.
    ///
    /// # Errors
    /// [`Error::PracticeOnly`] for a practice campaign, and the disk's no.
    pub fn save_gateway(&self, form: &Form) -> Result<GatewaySaved> {
        if self.info.practice && form.kind != Kind::Practice {
            return Err(Error::PracticeOnly);
        }
        let kept = self.storage.read(|conn| gateways::kept(conn, form.kind))?;
        let (setup, mut warnings) = match form.read(kept.as_ref()) {
            Ok(read) => read,
            Err(problems) => return Ok(GatewaySaved::Invalid(problems)),
        };
        if setup.is_in_letters() && self.storage.read(|conn| self.needs_replies(conn))? {
            warnings.push(
                "Nobody can reply to a name in letters, and the confirmation text asks for a reply: such texts wait. \
                 Change it in Settings, under Confirmation text, and they go."
                    .to_owned(),
            );
        }
        let active = setup
            .start(std::sync::Arc::clone(&self.clock))
            .map_err(|problem| Error::invalid("gateway", problem.to_string()))?;
        let now = self.clock.now();
        let practised = self.storage.write(|conn| {
            gateways::choose(conn, &setup, now)?;
            holds::release_all(conn)?;
            texts::decide_anew(conn, None, now)?;
            match form.kind {
                Kind::Practice => Ok(0),
                _ => texts::take_back_from_practice(conn, now),
            }
        })?;
        *self.active() = active.clone();
        self.sender.use_gateway(active);
        self.listen_to_former()?;
        self.events.changed(Topic::Texts);
        self.events.changed(Topic::Connection);
        let sentence = match form.kind {
            Kind::Practice => {
                "The gateway is saved. Texts arrive on the drawn phone in Texts.".to_owned()
            }
            kind => {
                let now = match practised {
                    0 => String::new(),
                    1 => " One text that only the drawn phone had goes now.".to_owned(),
                    many => format!(" {many} texts that only the drawn phone had go now."),
                };
                format!(
                    "The gateway is saved. Texts go through {} from now on.{now}",
                    kind.name()
                )
            }
        };
        Ok(GatewaySaved::Saved { sentence, warnings })
    }

    /// Listens to the gateways that people may still reply to, and to no others.
    pub(super) fn listen_to_former(&self) -> Result<()> {
        let now = self.clock.now();
        let mut formers = Vec::new();
        for former in self.storage.read(|conn| gateways::former(conn, now))? {
            // One that cannot be started any more is no reason to send nothing.
            if let Ok(active) = former.setup.start(std::sync::Arc::clone(&self.clock)) {
                formers.push(Former {
                    id: former.id,
                    active,
                    until: former.until,
                });
            }
        }
        self.sender.listen_to(formers);
        Ok(())
    }

    /// The gateways that were used before and are still listened to, the one that was left last first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn former_gateways(&self) -> Result<Vec<FormerGateway>> {
        let now = self.clock.now();
        let formers = self.storage.read(|conn| gateways::former(conn, now))?;
        Ok(formers
            .into_iter()
            .map(|former| FormerGateway {
                id: former.id,
                name: match former.setup.called() {
                    Some(called) => format!("{}, {called}", former.setup.kind().name()),
                    None => former.setup.kind().name().to_owned(),
                },
                until: former.until,
            })
            .collect())
    }

    /// One that was used before is listened to no longer, and its settings go.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was stopped meanwhile.
    pub fn stop_listening(&self, id: Uuid) -> Result<()> {
        if !self
            .storage
            .write(|conn| gateways::stop_listening(conn, id))?
        {
            return Err(Error::NotFound);
        }
        self.listen_to_former()?;
        self.events.changed(Topic::Connection);
        Ok(())
    }

    /// Asks the gateway whether it would take a text. Sends none.
    pub async fn check_gateway(&self) -> TestOutcome {
        let gateway = std::sync::Arc::clone(&self.active().gateway);
        let checked = tokio::select! {
            checked = gateway.check() => checked,
            () = self.closed() => return closed(),
        };
        match checked {
            Check::Ready => TestOutcome {
                ok: true,
                sentence: "The gateway answers and knows us. No text was sent.".to_owned(),
                what_to_do: None,
                text: None,
            },
            Check::Refuses(refusal) => {
                let advice = advice_for_refusal(&refusal);
                not_ok(advice.sentence, advice.what_to_do)
            }
            Check::Away(away) => {
                let advice = advice_for_away(&away);
                not_ok(advice.sentence, advice.what_to_do)
            }
        }
    }

    /// Sends a test text, and waits for the gateway's answer: about 20 seconds at the most.
    ///
    /// # Errors
    /// The number cannot get texts, or the disk says no.
    pub async fn send_test_text(&self, to: &str) -> Result<TestOutcome> {
        let to = if self.info.practice || self.active().kind == Kind::Practice {
            Mobile::from_e164(PRACTICE_NUMBER).map_err(|_| Error::NotFound)?
        } else {
            let reading = Reading::of(to, self.info.country);
            let mobile = reading.usable().cloned();
            mobile.ok_or_else(|| Error::invalid("to", reading.sentence()))?
        };
        let body = format!(
            "{}: this is a test text from Placard. If you can read it, texts work.",
            self.info.name
        );
        let id = Uuid::now_v7();
        let mut changes = self.events.listen();
        let now = self.clock.now();
        self.storage.write(|conn| {
            texts::insert(
                conn,
                &texts::New {
                    id,
                    kind: TextKind::Test,
                    supporter: None,
                    template: None,
                    answers: None,
                    not_after: None,
                    mobile: &to,
                    body: &body,
                    segments: Measure::of(&body).segments,
                    state: State::Waiting,
                    reason: Reason::Queued,
                },
                now,
            )
        })?;
        self.sender.look();
        let settled = tokio::time::timeout(TEST_PATIENCE, async {
            loop {
                let row = self.storage.read(|conn| texts::row(conn, id))?;
                if !matches!(row.state, State::Waiting | State::Sending) {
                    return Ok::<_, Error>(row);
                }
                // A listener that lags, or an end of all events, costs only another look.
                let _ = changes.recv().await;
            }
        });
        let settled = tokio::select! {
            settled = settled => settled,
            () = self.closed() => return Ok(closed()),
        };
        let Ok(row) = settled else {
            return Ok(TestOutcome {
                text: Some(id),
                ..not_ok(
                    "The gateway has not answered yet.".to_owned(),
                    "See what becomes of the test under Texts.".to_owned(),
                )
            });
        };
        self.outcome(id, &row?)
    }

    /// Waits until the campaign is being closed.
    pub(super) async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // The only failure is that it is gone, which is the same.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    fn outcome(&self, id: Uuid, row: &texts::Row) -> Result<TestOutcome> {
        if matches!(row.state, State::Accepted | State::Delivered) {
            return Ok(TestOutcome {
                ok: true,
                sentence: "The gateway took the test text. It should arrive in a moment."
                    .to_owned(),
                what_to_do: None,
                text: Some(id),
            });
        }
        let last = self.storage.read(|conn| texts::events(conn, id))?.pop();
        if let (Reason::Trouble(trouble), Some(event)) = (row.reason, last) {
            let advice = advice_for_refusal(&crate::gateways::Refusal {
                trouble,
                code: event.code,
                said: event.said.unwrap_or_default(),
            });
            return Ok(TestOutcome {
                text: Some(id),
                ..not_ok(advice.sentence, advice.what_to_do)
            });
        }
        let what_to_do = match self.sender.connection().problem {
            Some(problem) if row.state != State::Uncertain => {
                format!("{} {}", problem.sentence, problem.what_to_do)
            }
            Some(problem) => problem.sentence,
            None => "Check that this laptop is online, and try again.".to_owned(),
        };
        let sentence = sentence(&Facts {
            kind: row.kind,
            state: row.state,
            reason: row.reason,
            not_before: row.not_before,
            paused_until: None,
            changed_at: row.changed_at,
            attempts: row.attempts,
            looks_up: self.active().gateway.abilities().looks_up,
            online: self.sender.connection().online,
            hold: None,
            opens: None,
            now: self.clock.now(),
        });
        Ok(TestOutcome {
            text: Some(id),
            ..not_ok(sentence, what_to_do)
        })
    }
}

fn not_ok(sentence: String, what_to_do: String) -> TestOutcome {
    TestOutcome {
        ok: false,
        sentence,
        what_to_do: Some(what_to_do).filter(|mend| !mend.is_empty()),
        text: None,
    }
}

fn closed() -> TestOutcome {
    not_ok("Placard was locked meanwhile.".to_owned(), String::new())
}
