//! People pushed to a server that speaks OSDI, one by one. What it has been told is written down with each answer, so
//! that a push that broke off is gone on with, and what has not changed is not sent again.

use std::time::Duration;

use uuid::Uuid;

use super::Campaign;
use crate::consent::ledger::Hash;
use crate::error::{Error, Result};
use crate::exchange::writing::{About, Exported, osdi};
use crate::gateways::OsdiForm;
use crate::gateways::osdi::{Door, Osdi, OsdiSettings, SignedUp, Stopped};
use crate::progress::Watch;
use crate::storage::exporting::{self, Exporting, Who};
use crate::storage::pushing::{self, Push};

pub use crate::storage::pushing::Refused as PushRefused;

/// How a push went.
#[derive(Clone, PartialEq, Eq)]
pub struct PushReport {
    /// How many the server took.
    pub sent: u64,
    /// How many it had as they are.
    pub same: u64,
    /// Whom it did not take: the first of them.
    pub refused: Vec<PushRefused>,
    /// How many are left.
    pub left: u64,
    /// Whether it came to its end.
    pub finished: bool,
    /// All of it in words.
    pub sentence: String,
}

/// As many of those that were refused are named.
const NAMED: u32 = 500;

/// How long is waited where a server wants to be left alone and does not say for how long.
const BREATH: Duration = Duration::from_secs(5);
/// Longer is not waited: who pushes has other things to do.
const LONGEST_BREATH: Duration = Duration::from_secs(90);
/// As often in a row as one person is sent to a server that wants to be left alone.
const TRIES: u32 = 10;
/// As often as one person is sent to a server that has a fault of its own. Then the others have their turn.
const TRIES_AT_FAULT: u32 = 3;
/// With so many people in a row it has a fault whoever is sent.
const FAULTS: u32 = 5;
/// While it waits it looks this often whether a person has had enough.
const GLANCE: Duration = Duration::from_millis(200);

impl Campaign {
    /// The server's form, less the token.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn osdi_server(&self) -> Result<OsdiForm> {
        let kept = self.storage.read(pushing::server)?;
        Ok(OsdiForm::of(kept.as_ref()))
    }

    /// Pushes to this server from now on. Gives the form as it is kept.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the first thing that cannot be used, or the disk's no.
    pub fn save_osdi_server(&self, form: &OsdiForm) -> Result<OsdiForm> {
        let kept = self.storage.read(pushing::server)?;
        let settings = match form.read(kept.as_ref()) {
            Ok(settings) => settings,
            Err(problems) => {
                let first = problems.into_iter().next();
                return Err(first.map_or(Error::Broke, |problem| {
                    Error::invalid(problem.field, problem.sentence)
                }));
            }
        };
        let now = self.clock.now();
        self.storage
            .write(|conn| pushing::keep_server(conn, &settings, now))?;
        Ok(OsdiForm::of(Some(&settings)))
    }

    /// Asks the server whether it would take people. Sends none. Gives what it is called, in a sentence.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is to be mended.
    pub async fn test_osdi_server(&self) -> Result<String> {
        let (_, server) = self.server()?;
        let asked = async {
            let door = server.door().await?;
            server.knows_us(&door).await?;
            Ok::<_, Stopped>(door.called)
        };
        let called = tokio::select! {
            asked = asked => asked,
            () = self.closed() => return Err(Error::Stopped),
        };
        match called {
            Ok(called) if called.is_empty() => {
                Ok("The server answers, and takes people. Nobody was sent.".to_owned())
            }
            Ok(called) => Ok(format!(
                "The server answers (“{called}”), and takes people. Nobody was sent."
            )),
            Err(stopped) => Err(Error::invalid("address", stopped.to_string())),
        }
    }

    /// Pushes people, and goes on where the last push broke off: whom the server has as they are is not sent again.
    ///
    /// # Errors
    /// [`Error::PracticeOnly`] for a practice campaign, [`Error::Invalid`] where no server is set up, and the disk's no.
    /// What the server says is in the report, and so is that a person stopped it.
    pub async fn push_people(&self, who: &Who, watch: &Watch<'_>) -> Result<PushReport> {
        if self.info.practice {
            return Err(Error::PracticeOnly);
        }
        let (settings, server) = self.server()?;
        let (about, mut people, of) = self.storage.read(|conn| {
            Ok((
                self.about(conn)?,
                Exporting::begin(conn, who)?,
                exporting::count(conn, who)?,
            ))
        })?;
        let mut pushing = Pushing {
            campaign: self,
            server: &server,
            about: &about,
            watch,
            faults: 0,
            push: Push {
                server: settings.address.to_string(),
                begun_at: self.clock.now(),
                people: of,
                sent: 0,
                same: 0,
                refused: 0,
                stopped: Some(String::new()),
            },
        };
        pushing.keep()?;
        let ended = tokio::select! {
            ended = pushing.all(&mut people) => ended,
            () = self.closed() => Err(Ended::Stopped("Placard was locked meanwhile.".to_owned())),
        };
        pushing.push.stopped = match ended {
            Ok(()) => None,
            Err(Ended::Stopped(why)) => Some(why),
            Err(Ended::Broke(Error::Stopped)) => Some("Stopped.".to_owned()),
            Err(Ended::Broke(error)) => {
                pushing.push.stopped = Some("Placard could not go on.".to_owned());
                pushing.keep()?;
                return Err(error);
            }
        };
        pushing.keep()?;
        let push = pushing.push;
        self.report(push)
    }

    /// How the last push went; nothing where there was none.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn push_state(&self) -> Result<Option<PushReport>> {
        let push = self.storage.read(pushing::last)?;
        push.map(|push| self.report(push)).transpose()
    }

    fn server(&self) -> Result<(OsdiSettings, Osdi)> {
        let settings = self.storage.read(pushing::server)?.ok_or_else(|| {
            Error::invalid(
                "address",
                "Type the server's address and its API key first.",
            )
        })?;
        let server = Osdi::new(settings.clone(), std::sync::Arc::clone(&self.clock))
            .map_err(|problem| Error::invalid("address", problem.to_string()))?;
        Ok((settings, server))
    }

    fn report(&self, push: Push) -> Result<PushReport> {
        let refused = self
            .storage
            .read(|conn| pushing::refused(conn, &push.server, push.begun_at, NAMED))?;
        let left = match push.stopped {
            // Whoever went meanwhile is not left.
            None => 0,
            Some(_) => push
                .people
                .saturating_sub(push.sent + push.same + push.refused),
        };
        Ok(PushReport {
            sent: push.sent,
            same: push.same,
            refused,
            left,
            finished: push.stopped.is_none(),
            sentence: sentence(&push, left),
        })
    }
}

/// Why a push ends before its end.
enum Ended {
    /// For a reason that a person reads.
    Stopped(String),
    /// Something else.
    Broke(Error),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Broke(error)
    }
}

impl From<Stopped> for Ended {
    fn from(Stopped(why): Stopped) -> Self {
        Self::Stopped(why)
    }
}

/// A push under way.
struct Pushing<'a> {
    campaign: &'a Campaign,
    server: &'a Osdi,
    about: &'a About,
    watch: &'a Watch<'a>,
    /// How many people in a row the server had a fault of its own with.
    faults: u32,
    push: Push,
}

impl Pushing<'_> {
    async fn all(&mut self, people: &mut Exporting<'_>) -> Result<(), Ended> {
        self.at()?;
        let door = self.server.door().await?;
        let mut not_taken = Vec::new();
        loop {
            let some = self.campaign.storage.read(|conn| people.next(conn))?;
            if some.is_empty() {
                break;
            }
            for id in self.news(&some, &mut not_taken)? {
                self.send(&door, people, id).await?;
            }
        }
        for id in not_taken {
            self.send(&door, people, id).await?;
        }
        Ok(())
    }

    /// Those of whom the server does not know all. The others count as the same; whom it did not take the last time, as
    /// they are, goes to `not_taken`: they come last, where they are in nobody's way.
    fn news(&mut self, people: &[Exported], not_taken: &mut Vec<Uuid>) -> Result<Vec<Uuid>> {
        let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
        let storage = &self.campaign.storage;
        let told = storage.read(|conn| pushing::told(conn, &self.push.server, &ids))?;
        let mut news = Vec::new();
        for person in people {
            let digest = self.digest(person)?;
            match told.get(&person.id).filter(|told| told.digest == digest) {
                Some(told) if told.taken => self.push.same += 1,
                Some(_) => not_taken.push(person.id),
                None => news.push(person.id),
            }
        }
        self.at()?;
        Ok(news)
    }

    async fn send(&mut self, door: &Door, people: &Exporting<'_>, id: Uuid) -> Result<(), Ended> {
        // As they are now: whoever opted out since the last was sent does not go as subscribed.
        let now = self.campaign.storage.read(|conn| people.again(conn, id))?;
        if let Some(person) = now {
            self.one(door, &person).await?;
        }
        Ok(self.at()?)
    }

    async fn one(&mut self, door: &Door, person: &Exported) -> Result<(), Ended> {
        let body = osdi::signup(person, self.about)?;
        let digest = self.digest(person)?;
        let mut tried = 0;
        for _ in 0..TRIES {
            match self.server.sign_up(door, body.clone()).await {
                SignedUp::Taken => {
                    self.faults = 0;
                    self.push.sent += 1;
                    return Ok(self.tell(person.id, digest, None)?);
                }
                SignedUp::Refused(reason) => {
                    self.faults = 0;
                    self.push.refused += 1;
                    return Ok(self.tell(person.id, digest, Some(&reason))?);
                }
                SignedUp::Later(after) => self.breathe(after.unwrap_or(BREATH)).await?,
                SignedUp::Faulty(why, after) => {
                    tried += 1;
                    // Where it has just had one with somebody else, once is enough.
                    if tried < TRIES_AT_FAULT && self.faults == 0 {
                        self.breathe(after.unwrap_or(BREATH)).await?;
                        continue;
                    }
                    self.faults += 1;
                    self.push.refused += 1;
                    self.tell(person.id, digest, Some(&why.0))?;
                    return match self.faults {
                        FAULTS => Err(why.into()),
                        _ => Ok(()),
                    };
                }
                SignedUp::Stopped(stopped) => return Err(stopped.into()),
            }
        }
        Err(too_many())
    }

    /// What tells whether somebody is as the server was told last.
    fn digest(&self, person: &Exported) -> Result<Hash> {
        let compared = osdi::compared(person, self.about)?;
        Ok(Hash::of_text(&String::from_utf8_lossy(&compared)))
    }

    /// Leaves the server alone for a while.
    async fn breathe(&self, length: Duration) -> Result<(), Ended> {
        if length > LONGEST_BREATH {
            return Err(too_many());
        }
        let mut left = length;
        while !left.is_zero() {
            self.at()?;
            let glance = left.min(GLANCE);
            tokio::time::sleep(glance).await;
            left -= glance;
        }
        Ok(())
    }

    fn at(&self) -> Result<()> {
        let done = self.push.sent + self.push.same + self.push.refused;
        self.watch.at(done, self.push.people)
    }

    fn tell(&self, supporter: Uuid, digest: Hash, refused: Option<&str>) -> Result<()> {
        let now = self.campaign.clock.now();
        let push = &self.push;
        self.campaign.storage.write(|conn| {
            let to = (push.server.as_str(), supporter);
            pushing::tell(conn, to, digest, refused, now)?;
            pushing::keep(conn, push)
        })
    }

    fn keep(&self) -> Result<()> {
        let storage = &self.campaign.storage;
        storage.write(|conn| pushing::keep(conn, &self.push))
    }
}

fn too_many() -> Ended {
    Ended::Stopped(
        "The server wants to be left alone for a while. Try again in a few minutes.".to_owned(),
    )
}

fn sentence(push: &Push, left: u64) -> String {
    let mut sentence = match push.sent {
        1 => "1 person was sent.".to_owned(),
        many => format!("{many} people were sent."),
    };
    if push.same > 0 {
        sentence += &format!(" The server had {} as they are.", push.same);
    }
    if push.refused > 0 {
        sentence += &format!(" It did not take {}.", push.refused);
    }
    let go_on = match left {
        0 => String::new(),
        1 => " 1 is left. Push again to go on.".to_owned(),
        many => format!(" {many} are left. Push again to go on with them."),
    };
    match push.stopped.as_deref() {
        None => {}
        // It goes on, or Placard was closed in the middle.
        Some("") => sentence += &go_on,
        Some(why) => sentence += &format!(" {why}{go_on}"),
    }
    sentence
}
