//! Who may have been captured twice: judged as one person is written, looked for in the background over everybody, and
//! listed with the likeliest first.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::person::mobile_of;
use super::purposes::name as name_of;
use super::{Campaign, LONGEST_PAGE};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::duplicates::{Crowd, Who, fold};
use crate::progress::Watch;
use crate::storage::supporters::Details;
use crate::storage::{Conn, duplicates, finding, ledger, purposes};

/// Pairs to look at.
pub struct Duplicates {
    /// How many there are.
    pub total: u32,
    /// The pairs asked for, the likeliest first.
    pub pairs: Vec<Pair>,
    /// When everybody was looked at last.
    pub looked_at: Option<DateTime<Utc>>,
    /// Whether a list or another laptop's file brought people in since then.
    pub listed_since: bool,
    /// Whether everybody is looked at just now.
    pub looking: bool,
}

/// Two records that may be one person's.
pub struct Pair {
    /// Whoever was captured first.
    pub one: PersonCard,
    /// The other.
    pub other: PersonCard,
    /// What makes them alike.
    pub because: &'static str,
}

/// A person as one side of a pair.
pub struct PersonCard {
    /// Their id.
    pub id: Uuid,
    /// What is known of them.
    pub details: Details,
    /// Their mobile as it is written here; empty where there is none.
    pub mobile: String,
    /// When they were captured first.
    pub captured_at: DateTime<Utc>,
    /// By whom; empty where nobody is named.
    pub by: String,
    /// What they agree to, by name.
    pub agrees_to: Vec<String>,
    /// Whether their number is opted out.
    pub opted_out: bool,
    /// How many texts may have gone to them.
    pub texts: u32,
}

/// People read between two looks at whether a person has had enough.
const STEP: usize = 4_096;
/// Pairs written in one transaction: a capture waits no longer than for these.
const AT_ONCE: usize = 200;

impl Campaign {
    /// Pairs that may be one person, the likeliest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn duplicates(&self, offset: u32, limit: u32) -> Result<Duplicates> {
        let looking = self.looking.load(Ordering::Relaxed);
        self.storage.read(|conn| {
            let found = duplicates::page(conn, offset, limit.min(LONGEST_PAGE))?;
            let pairs = found.into_iter().map(|pair| {
                let (one, other) = (self.card(conn, pair.one)?, self.card(conn, pair.other)?);
                let first = one.captured_at <= other.captured_at;
                let (one, other) = if first { (one, other) } else { (other, one) };
                Ok(Pair {
                    one,
                    other,
                    because: pair.likeness.because.sentence(),
                })
            });
            let looked_at = duplicates::looked_at(conn)?;
            let listed_since = looked_at.map(|then| duplicates::listed_since(conn, then));
            Ok(Duplicates {
                total: duplicates::count(conn)?,
                pairs: pairs.collect::<Result<_>>()?,
                looked_at,
                listed_since: listed_since.transpose()?.unwrap_or(false),
                looking,
            })
        })
    }

    fn card(&self, conn: &Conn, id: Uuid) -> Result<PersonCard> {
        let card = duplicates::card(conn, id)?;
        let mut agrees_to = Vec::new();
        for purpose in purposes::all(conn)? {
            if ledger::agrees(conn, id, &purpose.key)? {
                agrees_to.push(name_of(&purpose));
            }
        }
        Ok(PersonCard {
            id,
            mobile: mobile_of(&card.details)
                .map_or_else(String::new, |mobile| mobile.national(self.info.country)),
            details: card.details,
            captured_at: card.captured_at,
            by: card.canvasser,
            agrees_to,
            opted_out: card.opted_out,
            texts: card.texts,
        })
    }

    /// Looks at everybody anew, beside the work: whoever captures waits for a few pairs at most. Each pair is judged
    /// again as it is written, since people change meanwhile.
    ///
    /// # Errors
    /// [`Error::Stopped`] where a person has had enough; [`Error::TooLate`] where it goes on already.
    pub fn look_for_duplicates(&self, watch: &Watch<'_>) -> Result<()> {
        let looks = Looks::begin(&self.looking)?;
        self.events.changed(Topic::People);
        let found = self.find(watch);
        drop(looks);
        self.events.changed(Topic::People);
        found
    }

    fn find(&self, watch: &Watch<'_>) -> Result<()> {
        let now = self.clock.now();
        let crowd = self.storage.read(|conn| crowd(conn, watch))?;
        let people = crowd.len();
        let of = steps(people);
        let pairs = crowd.pairs(|done| watch.at((people + done) as u64, of))?;
        drop(crowd);
        let per_pair = people.div_ceil(pairs.len().max(1));
        for (place, some) in pairs.chunks(AT_ONCE).enumerate() {
            let written = (place * AT_ONCE * per_pair).min(people);
            watch.at((5 * people + written) as u64, of)?;
            self.storage.write(|conn| {
                for alike in some {
                    duplicates::keep_if_alike(conn, alike.one, alike.other, now)?;
                }
                Ok(())
            })?;
        }
        let limit = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
        while self
            .storage
            .write(|conn| duplicates::forget(conn, now, limit))?
            > 0
        {}
        self.storage.write(|conn| duplicates::looked(conn, now))?;
        watch.at(of, of)
    }
}

/// Reading each, comparing each four times, and writing what was found.
fn steps(people: usize) -> u64 {
    6 * people as u64
}

/// Everybody who is there, in one look.
fn crowd(conn: &Conn, watch: &Watch<'_>) -> Result<Crowd> {
    let people = finding::everyone(conn)? as usize;
    let mut crowd = Crowd::with_room(people);
    duplicates::each(conn, |one| {
        let names = (fold(one.first_name), fold(one.last_name));
        let who = Who::new(
            (&names.0, &names.1),
            one.mobile,
            one.email,
            one.postcode,
            one.household,
        );
        crowd.add(one.id, &who);
        if crowd.len().is_multiple_of(STEP) {
            watch.at(crowd.len() as u64, steps(people))?;
        }
        Ok(())
    })?;
    Ok(crowd)
}

/// Says that somebody looks, until it is dropped.
struct Looks<'a>(&'a AtomicBool);

impl<'a> Looks<'a> {
    fn begin(looking: &'a AtomicBool) -> Result<Self> {
        if looking.swap(true, Ordering::Relaxed) {
            return Err(Error::TooLate(
                "Placard looks for duplicates already.".to_owned(),
            ));
        }
        Ok(Self(looking))
    }
}

impl Drop for Looks<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
