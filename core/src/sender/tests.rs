//! The sender against a gateway that does as it is told, and keeps a journal of what it took. Time is the
//! runtime's own and stands still while there is work, so minutes pass at once.

mod former;
mod rates;
mod rehearsal;
mod reminders;
mod replies;
mod scripted;
mod switching;
mod uncertain;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::time::Instant;
use uuid::Uuid;

use super::*;
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::gateways::{self, Abilities};
use crate::people::{Country, Mobile};
use crate::storage::captures::{self, Capture};
use crate::storage::opt_outs::Source;
use crate::storage::shifts::{self, Shift};
use crate::storage::supporters::{self, Details};
use crate::storage::texts::{self, Row};
use crate::storage::vault::DatabaseKey;
use crate::storage::{campaign, holds, ledger};
use crate::texts::life::{Kind, Move, Reason, Report, State, Trouble};
use scripted::{Does, Scripted};

/// A clock that goes with the runtime's time.
struct RuntimeClock {
    start: Instant,
    begins: DateTime<Utc>,
}

impl Clock for RuntimeClock {
    fn now(&self) -> DateTime<Utc> {
        self.begins + TimeDelta::from_std(self.start.elapsed()).unwrap()
    }
}

/// A Saturday at one o'clock in London.
fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 2, 12, 0, 0).unwrap()
}

/// An account at a gateway.
fn through(gateway: &Arc<Scripted>, kind: gateways::Kind, account: &str) -> Active {
    Active {
        kind,
        account: account.to_owned(),
        gateway: Arc::clone(gateway) as Arc<dyn gateways::Gateway>,
        rate: None,
        lanes: 8,
        number: None,
        in_letters: false,
    }
}

/// A laptop with a vault, and a gateway that it can reach.
struct Stall {
    folder: TempDir,
    key: DatabaseKey,
    storage: Arc<Storage>,
    clock: Arc<RuntimeClock>,
    gateway: Arc<Scripted>,
    sender: Option<Sender>,
}

impl Stall {
    fn new(gateway: Scripted) -> Self {
        Self::at(gateway, noon())
    }

    fn at(gateway: Scripted, begins: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = DatabaseKey::random().unwrap();
        let storage = Arc::new(Storage::open(&folder.path().join("vault"), &key).unwrap());
        let clock = Arc::new(RuntimeClock {
            start: Instant::now(),
            begins,
        });
        let stall = Self {
            folder,
            key,
            storage,
            clock,
            gateway: Arc::new(gateway),
            sender: None,
        };
        let now = stall.clock.now();
        let info = campaign::Campaign {
            name: "Clean Air Now".to_owned(),
            organiser: "Sam".to_owned(),
            country: Country::GB,
            practice: false,
        };
        let written = stall.storage.write(|conn| {
            campaign::insert(conn, &info, now)?;
            campaign::add_wording(conn, TEXTS, "en", "May Clean Air Now text you?", now)?;
            campaign::add_template(
                conn,
                Kind::Confirmation,
                "en",
                "{campaign}: reply YES or STOP",
                now,
            )
        });
        written.unwrap();
        stall
    }

    fn open(mut self) -> Self {
        self.start(None);
        self
    }

    fn start(&mut self, rate: Option<f64>) {
        let active = Active {
            rate,
            ..through(&self.gateway, gateways::Kind::Twilio, "AC1")
        };
        self.start_through(active);
    }

    fn start_through(&mut self, active: Active) {
        self.sender = Some(Sender::start(
            &Handle::current(),
            Arc::clone(&self.storage),
            Arc::clone(&self.clock) as Arc<dyn Clock>,
            Events::default(),
            active,
        ));
    }

    /// The power goes, and comes back: what was not committed is gone.
    async fn power_cut(&mut self) {
        self.sender = None;
        tokio::task::yield_now().await;
        let file = self.folder.path().join("vault");
        self.storage = Arc::new(Storage::open(&file, &self.key).unwrap());
    }

    /// Somebody who agreed, with a text that waits.
    fn agrees(&self, last_digits: u32) -> Uuid {
        self.captured(last_digits, State::Waiting, Reason::Queued).1
    }

    /// Somebody who agreed, and their text: it waits, or does not go.
    fn captured(&self, last_digits: u32, state: State, reason: Reason) -> (Uuid, Uuid) {
        let (supporter, text) = (Uuid::now_v7(), Uuid::now_v7());
        let (capture, shift) = (Uuid::now_v7(), Uuid::now_v7());
        let now = self.clock.now();
        let mobile = Mobile::from_e164(&format!("+447700900{last_digits:03}")).unwrap();
        let details = Details {
            first_name: "Amina".to_owned(),
            last_name: String::new(),
            mobile: Some(mobile.e164().to_owned()),
            email: String::new(),
            postcode: String::new(),
            language: "en".to_owned(),
        };
        let written = self.storage.write(|conn| {
            shifts::insert(
                conn,
                &Shift {
                    id: shift,
                    canvasser: String::new(),
                    place: String::new(),
                },
                now,
            )?;
            supporters::insert(conn, supporter, &details, None, None, now)?;
            captures::insert(
                conn,
                &Capture {
                    id: capture,
                    supporter,
                    shift,
                    kind: captures::Kind::New,
                    at: now,
                    zone: "UTC",
                    queued: true,
                },
            )?;
            let wording = campaign::wording(conn, TEXTS, "en")?.unwrap().id;
            let yes = ledger::New {
                what: What::Grant,
                purpose: Some(TEXTS),
                method: Method::Spoken,
                supporter: Some(supporter),
                capture: Some(capture),
                shift: Some(shift),
                wording: Some(wording),
                evidence: None,
                about: None,
                at: now,
                zone: "UTC",
                personal: Personal::default(),
            };
            ledger::add(conn, &yes)?;
            texts::insert(
                conn,
                &texts::New {
                    id: text,
                    kind: Kind::Confirmation,
                    supporter: Some(supporter),
                    template: None,
                    answers: None,
                    not_after: None,
                    mobile: &mobile,
                    body: "Clean Air Now: reply YES or STOP",
                    segments: 1,
                    state,
                    reason,
                },
                now,
            )
        });
        written.unwrap();
        if let Some(sender) = &self.sender {
            sender.look();
        }
        (supporter, text)
    }

    fn row(&self, text: Uuid) -> Row {
        self.storage.read(|conn| texts::row(conn, text)).unwrap()
    }

    /// Lets time pass until the text is in this state, an hour at most.
    async fn until(&self, text: Uuid, state: State) -> Row {
        let end = Instant::now() + Duration::from_secs(3_600);
        loop {
            let row = self.row(text);
            if row.state == state {
                return row;
            }
            assert!(
                Instant::now() < end,
                "an hour for {state:?}, and it is {:?}: {:?}",
                row.state,
                row.reason
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn pass(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_text_is_taken_once_and_followed_to_the_phone() {
    let stall = Stall::new(Scripted::new()).open();
    let text = stall.agrees(101);
    stall.until(text, State::Delivered).await;
    stall.pass(Duration::from_secs(3_600)).await;
    assert_eq!(stall.gateway.taken(), ["+447700900101"]);
    assert!(stall.sender.as_ref().unwrap().connection().online);
}

#[tokio::test(start_paused = true)]
async fn what_waits_goes_when_the_gateway_comes_back_and_not_before() {
    let gateway = Scripted::new();
    gateway.away(true);
    let stall = Stall::new(gateway).open();
    let texts = [101, 102, 103].map(|digits| stall.agrees(digits));
    stall.pass(Duration::from_secs(600)).await;
    assert!(
        stall.gateway.asked_to_send() == 0,
        "nothing is tried while it is away"
    );
    assert!(!stall.sender.as_ref().unwrap().connection().online);
    for text in texts {
        assert_eq!(stall.row(text).state, State::Waiting);
    }
    stall.gateway.away(false);
    stall.sender.as_ref().unwrap().hurry();
    for text in texts {
        stall.until(text, State::Delivered).await;
    }
    assert_eq!(stall.gateway.doubles(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_stop_everything_until_they_are_mended_and_then_it_goes_by_itself() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.refuse_us(true);
    let texts = [stall.agrees(101), stall.agrees(102)];
    stall.pass(Duration::from_secs(300)).await;
    for text in texts {
        assert_eq!(stall.row(text).state, State::Waiting);
    }
    assert!(
        stall.gateway.asked_to_send() <= 2,
        "it does not knock again and again"
    );
    let connection = stall.sender.as_ref().unwrap().connection();
    assert!(connection.online && connection.problem.is_some());
    stall.gateway.refuse_us(false);
    for text in texts {
        stall.until(text, State::Delivered).await;
    }
    assert_eq!(stall.storage.read(holds::all).unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_number_that_is_none_fails_alone_and_an_unregistered_sender_holds_its_country() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::Refuses(Trouble::Number)]);
    let wrong = stall.agrees(101);
    stall.until(wrong, State::Failed).await;
    let right = stall.agrees(102);
    stall.until(right, State::Delivered).await;
    stall.gateway.next([Does::Refuses(Trouble::Sender)]);
    let refused = stall.agrees(103);
    stall.until(refused, State::Failed).await;
    let held_up = stall.agrees(104);
    stall.pass(Duration::from_secs(300)).await;
    assert_eq!(stall.row(held_up).state, State::Waiting);
    let held = stall.storage.read(holds::all).unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].what, holds::Held::Country(Country::GB));
    stall
        .storage
        .write(|conn| holds::release(conn, held[0].id))
        .unwrap();
    stall.sender.as_ref().unwrap().hurry();
    stall.until(held_up, State::Delivered).await;
}

#[tokio::test(start_paused = true)]
async fn an_opt_out_at_the_carrier_is_written_down_and_outranks_what_waits() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::Refuses(Trouble::OptedOut)]);
    let text = stall.agrees(101);
    let row = stall.until(text, State::Failed).await;
    assert_eq!(row.reason, Reason::Trouble(Trouble::OptedOut));
    let again = Move::to(State::Waiting, Reason::AskedAgain);
    let now = stall.clock.now();
    stall
        .storage
        .write(|conn| texts::apply(conn, text, &again, now))
        .unwrap();
    stall.sender.as_ref().unwrap().look();
    let row = stall.until(text, State::NotSent).await;
    assert_eq!(row.reason, Reason::OptedOut);
    assert_eq!(stall.gateway.asked_to_send(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_opt_out_while_it_waits_is_seen_at_the_last_moment() {
    let mut stall = Stall::new(Scripted::new());
    let text = stall.agrees(101);
    let mobile = Mobile::from_e164("+447700900101").unwrap();
    let now = stall.clock.now();
    let written = stall
        .storage
        .write(|conn| opt_out(conn, &mobile, Source::Carrier, None, now, "UTC"));
    written.unwrap();
    stall.start(None);
    stall.until(text, State::NotSent).await;
    assert_eq!(stall.gateway.asked_to_send(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_may_have_gone_is_not_forgotten_when_its_second_try_is_cancelled() {
    let stall = Stall::new(Scripted::new().with(Abilities {
        takes_our_id: false,
        looks_up: false,
        polls_status: false,
        polls_inbound: false,
        answers_stop: false,
        answers_help: false,
    }))
    .open();
    stall.gateway.next([Does::TakesAndDrops]);
    let text = stall.agrees(101);
    stall.until(text, State::Uncertain).await;
    stall.gateway.away(true);
    let again = Move::to(State::Waiting, Reason::AskedAgain);
    let now = stall.clock.now();
    let cancelled = stall.storage.write(|conn| {
        texts::apply(conn, text, &again, now)?;
        let text = texts::get(conn, text)?;
        texts::does_not_go(conn, &text, Reason::Cancelled, now)
    });
    cancelled.unwrap();
    assert_eq!(stall.row(text).state, State::Uncertain);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_the_provider_gives_twice_stops_nothing() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.names_all("SM0");
    let first = stall.agrees(101);
    stall.until(first, State::Delivered).await;
    let second = stall.agrees(102);
    stall.until(second, State::Accepted).await;
    let third = stall.agrees(103);
    stall.until(third, State::Accepted).await;
    assert_eq!(stall.gateway.doubles(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_was_queued_while_the_clock_was_fast_goes_all_the_same() {
    let mut stall = Stall::new(Scripted::new());
    let text = stall.agrees(101);
    let fast = stall.clock.now() + TimeDelta::days(365);
    let mut later = Move::to(State::Waiting, Reason::SaidLater);
    later.not_before = Some(fast + TimeDelta::seconds(5));
    stall
        .storage
        .write(|conn| texts::apply(conn, text, &later, fast))
        .unwrap();
    stall.start(None);
    stall.pass(Duration::from_secs(30)).await;
    assert_eq!(stall.row(text).state, State::Delivered);
}

#[tokio::test(start_paused = true)]
async fn a_stop_lets_the_last_answer_in() {
    let stall = Stall::new(Scripted::new()).open();
    stall
        .gateway
        .next([Does::TakesSlowly(Duration::from_secs(2))]);
    let text = stall.agrees(101);
    stall.until(text, State::Sending).await;
    stall.sender.as_ref().unwrap().stop().await;
    assert_eq!(stall.row(text).state, State::Accepted);
}

#[tokio::test(start_paused = true)]
async fn a_report_is_believed_before_the_answer_and_instead_of_it() {
    let stall = Stall::new(Scripted::new().with(Abilities {
        takes_our_id: false,
        looks_up: false,
        polls_status: false,
        polls_inbound: false,
        answers_stop: false,
        answers_help: false,
    }))
    .open();
    stall.gateway.next([Does::TakesAndDrops]);
    let text = stall.agrees(101);
    stall.until(text, State::Uncertain).await;
    stall.gateway.report(text, Report::OnItsWay).await;
    let row = stall.row(text);
    assert_eq!(row.state, State::Accepted, "heard of once it is kept");
    assert_eq!(row.reason, Reason::Found);
    stall.gateway.report(text, Report::Delivered).await;
    stall.gateway.report(text, Report::OnItsWay).await;
    stall.until(text, State::Delivered).await;
    stall.pass(Duration::from_secs(60)).await;
    assert_eq!(stall.row(text).state, State::Delivered);
    assert_eq!(stall.gateway.taken().len(), 1);
}
