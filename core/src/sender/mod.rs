//! The sender: the only way out for a text. It claims what may go, sends it, settles what came back, and
//! asks the provider about what did not.
//!
//! ```text
//! claim (committed) ──▶ send ──▶ settle (committed) ──▶ look, until it is delivered or given up
//! ```
//!
//! It learns whether the gateway can be reached by asking it, and never by asking the system.

mod decision;
mod goodbye;
mod ground;
mod own_words;
mod pace;
mod reach;
mod rehearsal;
mod reminders;
mod replies;
mod settle;
#[cfg(test)]
mod tests;
mod worker;

pub use ground::Ground;
pub use rehearsal::{Foreseen, rehearse};
pub use replies::{Arrival, opt_out, receive};

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::clock::Clock;
use crate::events::{Events, Topic};
use crate::gateways::{Active, Advice};
use crate::storage::Storage;

/// How the gateway stands, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Connection {
    /// It answers.
    pub online: bool,
    /// It was asked at least once since Placard started.
    pub known: bool,
    /// What is in the way, and the mend.
    pub problem: Option<Advice>,
    /// It is offline because there is no way to it, as at any stall: nothing that a person has to mend.
    pub ordinary: bool,
    /// It asked to be left alone until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// How far this laptop's clock is from the gateway's, in minutes, where that is far: positive where the
    /// laptop is slow.
    pub clock_minutes: Option<i64>,
}

/// A gateway that was used before, and to whose number people may still reply.
#[derive(Clone)]
pub struct Former {
    /// Its id in the vault.
    pub id: Uuid,
    /// The gateway. Nothing is sent through it.
    pub active: Active,
    /// Until when it is listened to.
    pub until: DateTime<Utc>,
}

/// What the worker is told.
enum Order {
    /// Something may be due that was not.
    Look,
    /// Ask the gateway at once: the system found a network, or a person insists.
    Hurry,
    /// Send through this gateway from now on.
    Use(Active),
    /// Listen to these beside it, and to no others.
    ListenTo(Vec<Former>),
    /// Start nothing more, settle what is on the wire, and end.
    Stop(oneshot::Sender<()>),
}

/// What the handle and the worker share.
struct Shared {
    storage: Arc<Storage>,
    clock: Arc<dyn Clock>,
    events: Events,
    connection: Mutex<Connection>,
}

impl Shared {
    fn connection(&self) -> Connection {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Says how the gateway stands, if that is news.
    fn stands(&self, now: Connection) {
        let mut known = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *known != now {
            *known = now;
            drop(known);
            self.events.changed(Topic::Connection);
        }
    }
}

/// How long a stop waits for answers that are on their way. What is still open then is uncertain at the next
/// start, and settled there.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// The running sender of an open campaign.
pub struct Sender {
    shared: Arc<Shared>,
    orders: mpsc::UnboundedSender<Order>,
    /// None where nothing is sent: its orders go nowhere.
    worker: Option<tokio::task::AbortHandle>,
}

impl Sender {
    /// Starts to send what waits in the vault through this gateway.
    #[must_use]
    pub fn start(
        runtime: &Handle,
        storage: Arc<Storage>,
        clock: Arc<dyn Clock>,
        events: Events,
        active: Active,
    ) -> Self {
        let shared = Arc::new(Shared {
            storage,
            clock,
            events,
            connection: Mutex::default(),
        });
        let (orders, taken) = mpsc::unbounded_channel();
        let worker = worker::Worker::new(Arc::clone(&shared), active, taken);
        Self {
            shared,
            orders,
            worker: Some(runtime.spawn(worker.run()).abort_handle()),
        }
    }

    /// One that sends nothing and asks nobody, for whoever only works on the records.
    #[must_use]
    pub fn idle(storage: Arc<Storage>, clock: Arc<dyn Clock>, events: Events) -> Self {
        Self {
            shared: Arc::new(Shared {
                storage,
                clock,
                events,
                connection: Mutex::default(),
            }),
            orders: mpsc::unbounded_channel().0,
            worker: None,
        }
    }

    /// Something was queued.
    pub fn look(&self) {
        self.order(Order::Look);
    }

    /// Ask the gateway at once.
    pub fn hurry(&self) {
        self.order(Order::Hurry);
    }

    /// Sends through another gateway, or the same with other settings.
    pub fn use_gateway(&self, active: Active) {
        self.order(Order::Use(active));
    }

    /// Listens to these beside the gateway in use, and to no others.
    pub fn listen_to(&self, formers: Vec<Former>) {
        self.order(Order::ListenTo(formers));
    }

    /// How the gateway stands.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.shared.connection()
    }

    /// Ends it: nothing more leaves, and what is on the wire has a few seconds to be settled.
    pub async fn stop(&self) {
        let Some(worker) = &self.worker else {
            return;
        };
        let (done, ended) = oneshot::channel();
        self.order(Order::Stop(done));
        // Both errors mean that it has ended by itself.
        let _ = tokio::time::timeout(LAST_ANSWERS + Duration::from_secs(2), ended).await;
        worker.abort();
    }

    /// A worker that has ended takes no orders, and needs none.
    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        if let Some(worker) = &self.worker {
            worker.abort();
        }
    }
}
