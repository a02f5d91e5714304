//! A gateway that does as it is told.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use crate::gateways::{
    Abilities, Answer, Away, CannotListen, Check, Fetched, Gateway, Inbound, Listening, LookUp,
    LostTry, News, NoAnswer, Outgoing, Pushed, Refusal, Unreachable,
};
use crate::texts::life::{Report, Trouble};

/// What it does with a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Does {
    Takes,
    TakesSlowly(Duration),
    TakesAndDrops,
    TakesAndHangs,
    Drops,
    Refuses(Trouble),
    SaysLater(Duration),
}

pub(super) struct Scripted {
    abilities: Abilities,
    state: Mutex<State>,
}

struct State {
    next: VecDeque<Does>,
    usually: Does,
    away: bool,
    refuses_us: bool,
    lags: bool,
    name: Option<&'static str>,
    taken: Vec<(String, String)>,
    times: Vec<Instant>,
    asked: usize,
    reports: Option<mpsc::Sender<Pushed>>,
    left: Vec<Outgoing>,
    inbox: Vec<Inbound>,
    breaks_off: bool,
    fetches: Vec<Instant>,
    lists_after: Duration,
    clock_offset: Option<TimeDelta>,
}

impl Scripted {
    pub(super) fn new() -> Self {
        Self {
            abilities: Abilities {
                takes_our_id: false,
                looks_up: true,
                polls_status: true,
                polls_inbound: false,
                answers_stop: true,
                answers_help: true,
            },
            state: Mutex::new(State {
                next: VecDeque::new(),
                usually: Does::Takes,
                away: false,
                refuses_us: false,
                lags: false,
                name: None,
                taken: Vec::new(),
                times: Vec::new(),
                asked: 0,
                reports: None,
                left: Vec::new(),
                inbox: Vec::new(),
                breaks_off: false,
                fetches: Vec::new(),
                lists_after: Duration::ZERO,
                clock_offset: None,
            }),
        }
    }

    pub(super) fn with(self, abilities: Abilities) -> Self {
        Self { abilities, ..self }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(super) fn next(&self, does: impl IntoIterator<Item = Does>) {
        self.state().next.extend(does);
    }

    pub(super) fn usually(&self, does: Does) {
        self.state().usually = does;
    }

    pub(super) fn away(&self, away: bool) {
        self.state().away = away;
    }

    pub(super) fn refuse_us(&self, refuses: bool) {
        self.state().refuses_us = refuses;
    }

    pub(super) fn list_lags(&self, lags: bool) {
        self.state().lags = lags;
    }

    pub(super) fn names_all(&self, name: &'static str) {
        self.state().name = Some(name);
    }

    /// A phone texts the campaign: it is in the list from now on.
    pub(super) fn phone_texts(&self, text: Inbound) {
        self.state().inbox.push(text);
    }

    /// The list of texts from phones breaks off in the middle.
    pub(super) fn list_breaks_off(&self, breaks_off: bool) {
        self.state().breaks_off = breaks_off;
    }

    /// So long does it take to list the texts from phones.
    pub(super) fn lists_after(&self, pause: Duration) {
        self.state().lists_after = pause;
    }

    /// Its clock minus the laptop's.
    pub(super) fn clock_is_apart(&self, offset: TimeDelta) {
        self.state().clock_offset = Some(offset);
    }

    /// When it was asked for texts from phones.
    pub(super) fn fetches(&self) -> Vec<Instant> {
        self.state().fetches.clone()
    }

    /// What it took, as it was handed over.
    pub(super) fn left(&self) -> Vec<Outgoing> {
        self.state().left.clone()
    }

    pub(super) async fn report(&self, text: Uuid, report: Report) {
        let reports = self.state().reports.clone().unwrap();
        let (written, in_the_vault) = oneshot::channel();
        let news = News::Report { text, report };
        reports.send(Pushed { news, written }).await.unwrap();
        in_the_vault.await.unwrap();
    }

    pub(super) fn taken(&self) -> Vec<String> {
        let taken = self.state();
        taken.taken.iter().map(|(to, _)| to.clone()).collect()
    }

    pub(super) fn doubles(&self) -> Vec<String> {
        let mut taken = self.taken();
        taken.sort();
        let mut doubles: Vec<String> = Vec::new();
        for pair in taken.windows(2) {
            if pair[0] == pair[1] {
                doubles.push(pair[0].clone());
            }
        }
        doubles
    }

    pub(super) fn times(&self) -> Vec<Instant> {
        self.state().times.clone()
    }

    pub(super) fn asked_to_send(&self) -> usize {
        self.state().asked
    }

    fn take(&self, text: &Outgoing) -> String {
        let mut state = self.state();
        let id = match state.name {
            Some(name) => name.to_owned(),
            None => format!("SM{}", state.taken.len()),
        };
        state.taken.push((text.to.e164().to_owned(), id.clone()));
        state.times.push(Instant::now());
        state.left.push(text.clone());
        id
    }
}

fn refusal(trouble: Trouble) -> Refusal {
    Refusal {
        trouble,
        code: None,
        said: String::new(),
    }
}

#[async_trait]
impl Gateway for Scripted {
    fn abilities(&self) -> Abilities {
        self.abilities
    }

    async fn check(&self) -> Check {
        let state = self.state();
        if state.away {
            Check::Away(Away::Unreachable(Unreachable::NoConnection))
        } else if state.refuses_us {
            Check::Refuses(refusal(Trouble::Credentials))
        } else {
            Check::Ready
        }
    }

    async fn send(&self, text: &Outgoing) -> Answer {
        let does = {
            let mut state = self.state();
            state.asked += 1;
            if state.away {
                return Answer::NeverLeft(Unreachable::NoConnection);
            }
            if state.refuses_us {
                return Answer::Refused(refusal(Trouble::Credentials));
            }
            state.next.pop_front().unwrap_or(state.usually)
        };
        let taken = |id| Answer::Taken {
            provider_id: Some(id),
        };
        match does {
            Does::Takes => taken(self.take(text)),
            Does::TakesSlowly(pause) => {
                let id = self.take(text);
                tokio::time::sleep(pause).await;
                taken(id)
            }
            Does::TakesAndDrops => {
                self.take(text);
                Answer::NoAnswer(NoAnswer::Dropped)
            }
            Does::TakesAndHangs => {
                self.take(text);
                tokio::time::sleep(Duration::from_secs(15)).await;
                Answer::NoAnswer(NoAnswer::TimedOut)
            }
            Does::Drops => Answer::NoAnswer(NoAnswer::Dropped),
            Does::Refuses(trouble) => Answer::Refused(refusal(trouble)),
            Does::SaysLater(after) => Answer::Later {
                after: Some(after),
                said: String::new(),
            },
        }
    }

    async fn look_up(&self, lost: &LostTry) -> LookUp {
        let state = self.state();
        let found: Vec<String> = state
            .taken
            .iter()
            .filter(|(to, _)| !state.lags && to == lost.text.to.e164())
            .map(|(_, id)| id.clone())
            .collect();
        if !found.is_empty() {
            return LookUp::Candidates(found);
        }
        let caught_up = lost
            .witness
            .as_ref()
            .is_some_and(|witness| state.taken.iter().any(|(_, id)| *id == witness.provider_id));
        LookUp::Absent { caught_up }
    }

    async fn status(&self, _provider_id: &str) -> Option<Report> {
        Some(Report::Delivered)
    }

    async fn inbound(&self, since: DateTime<Utc>) -> Fetched {
        let pause = {
            let mut state = self.state();
            state.fetches.push(Instant::now());
            state.lists_after
        };
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let state = self.state();
        if state.away || state.breaks_off {
            return Fetched::Away(Away::NoAnswer(NoAnswer::Dropped));
        }
        let listed = state.inbox.iter().filter(|text| text.at >= since);
        Fetched::All(listed.cloned().collect())
    }

    fn clock_offset(&self) -> Option<TimeDelta> {
        self.state().clock_offset
    }

    async fn listen(&self, to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen> {
        self.state().reports = Some(to);
        Ok(Listening::nothing())
    }
}
