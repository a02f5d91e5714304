//! Laptops of one campaign hand their people to each other, each in a file that is locked.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::erasing::erase_as_elsewhere;
use super::new_file::new_private_file;
use super::{Campaign, open};
use crate::consent::ledger::Moment;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::hand_over::{
    self, Handed, Line, Lock, Opener, Sealed, VERSION, campaign_code, new_identity, recipient_of,
};
use crate::progress::Watch;
use crate::storage::finding;
use crate::storage::handing::records::{Header, Laptop, Mark, Record};
use crate::storage::handing::{self, Recipient, Taken, Taking, Whom};

/// What was handed over, and what could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverState {
    /// This laptop's public key, to be given to others: what they lock for it, it alone opens.
    pub key: String,
    /// When something was handed over last.
    pub last_handed: Option<DateTime<Utc>>,
    /// The laptops that files can be locked for.
    pub known_recipients: Vec<Recipient>,
    /// How many people changed since the last time.
    pub since_count: u64,
    /// How many there are.
    pub all_count: u64,
}

/// Whom to hand over.
#[derive(Clone, PartialEq, Eq)]
pub enum Handing {
    /// Everybody.
    All,
    /// What changed since whoever gets it was handed something last: everybody the first time.
    SinceLast,
    /// These people.
    Chosen(HashSet<Uuid>),
}

/// What opens the file that is handed over.
pub enum LockedWith {
    /// A passphrase.
    Passphrase(SecretString),
    /// The key of the laptop whose public key this is.
    Recipient(String),
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// Where it is.
    pub path: PathBuf,
    /// How many people are in it.
    pub count: u64,
    /// What happened.
    pub sentence: String,
}

/// What a file would do, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// Who handed it over.
    pub from: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it does to the people who are here.
    pub taken: Taken,
    /// The same, in a sentence.
    pub sentence: String,
}

/// What was written inside of the lock.
pub(super) struct Written {
    /// How many people.
    people: u64,
    /// Whoever takes it in has everything up to there; none where people were chosen.
    pub(super) up_to: Option<Mark>,
}

/// Progress is told once in so many records.
const OFTEN: u64 = 500;

impl Campaign {
    /// What was handed over, and what could be. Makes this laptop's key where it has none yet.
    ///
    /// # Errors
    /// [`Error::PracticeOnly`], or the vault cannot be read.
    pub fn hand_over_state(&self) -> Result<HandOverState> {
        let key = recipient_of(&self.own_key()?)?;
        self.storage.read(|conn| {
            let all_count = u64::from(finding::everyone(conn)?);
            let last = handing::last_handed(conn)?;
            let since_count = match &last {
                None => all_count,
                Some((recipient, _)) => match handing::marked(conn, recipient)? {
                    Some(mark) => handing::touched(conn, &mark)?.len() as u64,
                    None => all_count,
                },
            };
            Ok(HandOverState {
                key,
                last_handed: last.map(|(_, at)| at),
                known_recipients: handing::known_recipients(conn)?,
                since_count,
                all_count,
            })
        })
    }

    /// The secret key that opens what others lock for this laptop.
    fn own_key(&self) -> Result<SecretString> {
        if self.info.practice {
            return Err(Error::PracticeOnly);
        }
        if let Some(key) = self.storage.read(handing::identity)? {
            return Ok(key.into());
        }
        self.storage.write(|conn| {
            // Somebody else may have made it meanwhile.
            if let Some(key) = handing::identity(conn)? {
                return Ok(key.into());
            }
            let key = new_identity();
            handing::set_identity(conn, key.expose_secret())?;
            Ok(key)
        })
    }

    /// Writes people into a locked file of its own in `folder`, for another laptop of the campaign. Gives the file: there is
    /// none where it could not be finished.
    ///
    /// # Errors
    /// [`Error::WeakPassphrase`], [`Error::Invalid`] for a key that is none, [`Error::PracticeOnly`], [`Error::DiskFull`],
    /// [`Error::Stopped`].
    pub fn hand_over(
        &self,
        what: &Handing,
        lock: &LockedWith,
        folder: &Path,
        watch: &Watch<'_>,
    ) -> Result<HandedOver> {
        let key = recipient_of(&self.own_key()?)?;
        let (lock, recipient) = match lock {
            LockedWith::Passphrase(passphrase) => {
                open::enough(passphrase, &[&self.info.name, &self.info.organiser])?;
                (Lock::Passphrase(passphrase.clone()), String::new())
            }
            LockedWith::Recipient(to) => (Lock::for_recipient(to)?, to.trim().to_owned()),
        };
        if recipient == key {
            return Err(Error::invalid(
                "recipient",
                "This is this laptop's own key. Type the key that the other laptop shows.",
            ));
        }
        let now = self.clock.now();
        fs::create_dir_all(folder)?;
        let path = folder.join(format!(
            "placard-hand-over-{}.age",
            now.format("%Y-%m-%d-%H%M%S")
        ));
        let opened = new_private_file(&path).map_err(|error| match error {
            Error::Files(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Error::TooLate("Something was handed over there a moment ago.".to_owned())
            }
            error => error,
        })?;
        let written = self.write_handed(what, (&lock, &recipient, key), opened, watch);
        let written = match written {
            Ok(written) => written,
            Err(error) => {
                // Half a file is of use to nobody.
                let _ = fs::remove_file(&path);
                return Err(error);
            }
        };
        if let Some(up_to) = written.up_to {
            self.storage
                .write(|conn| handing::mark_handed(conn, &recipient, &up_to, now))?;
        }
        let opens = match recipient.is_empty() {
            true => "Whoever knows the passphrase can take it in.",
            false => "Only the laptop with that key can take it in.",
        };
        Ok(HandedOver {
            path,
            count: written.people,
            sentence: format!("{} in the file. {opens}", people(written.people)),
        })
    }

    fn write_handed(
        &self,
        what: &Handing,
        (lock, recipient, key): (&Lock, &str, String),
        to: File,
        watch: &Watch<'_>,
    ) -> Result<Written> {
        let mut to = BufWriter::new(Sealed::begin(lock, BufWriter::new(to))?);
        let written = self.write_lines(what, (recipient, key), &mut to, watch)?;
        let sealed = to.into_inner().map_err(|error| error.into_error())?;
        let file = sealed
            .end()?
            .into_inner()
            .map_err(|error| error.into_error())?;
        file.sync_all()?;
        Ok(written)
    }

    /// Writes what goes inside of the lock.
    pub(super) fn write_lines(
        &self,
        what: &Handing,
        (recipient, key): (&str, String),
        to: &mut impl Write,
        watch: &Watch<'_>,
    ) -> Result<Written> {
        let now = self.clock.now();
        let from = match self.who() {
            nobody if nobody.is_empty() => self.info.organiser.clone(),
            who => who,
        };
        self.storage.read(|conn| {
            let after = match what {
                Handing::SinceLast => handing::marked(conn, recipient)?,
                Handing::All | Handing::Chosen(_) => None,
            };
            let up_to = match what {
                Handing::All | Handing::SinceLast => Some(handing::end(conn)?),
                Handing::Chosen(_) => None,
            };
            let whom = match what {
                Handing::Chosen(people) => Whom::Chosen(people.clone()),
                Handing::All | Handing::SinceLast => after.map_or(Whom::All, Whom::Since),
            };
            let laptop = handing::laptop(conn)?;
            let own = Laptop {
                id: laptop,
                name: from.clone(),
                recipient: key,
                suppression_key: handing::suppression_key(conn)?,
                heard_at: now.into(),
            };
            let header = Header {
                placard_hand_over: VERSION,
                campaign: campaign_code(&self.info.name, self.info.country),
                from,
                laptop,
                at: Moment::from(now),
                after,
                up_to,
            };
            line(to, &header)?;
            let of = u64::from(finding::everyone(conn)?);
            let mut records = 0;
            let given = handing::give(conn, &whom, own, &mut |record| {
                records += 1;
                if records % OFTEN == 0 {
                    // A person has some ten records.
                    watch.at((records / 10).min(of), of)?;
                }
                line(to, record)
            })?;
            line(to, &Record::End(given.records))?;
            watch.at(of, of)?;
            Ok(Written {
                people: given.people,
                up_to,
            })
        })
    }

    /// Says what taking a file in would do. Writes nothing.
    ///
    /// # Errors
    /// [`Error::FilePassphrase`] where it is wrong or missing; [`Error::Invalid`] for the file where it is damaged, of another
    /// campaign, or does not fit to what is here.
    pub fn read_handed(
        &self,
        path: &Path,
        passphrase: Option<&SecretString>,
        watch: &Watch<'_>,
    ) -> Result<TakenIn> {
        let mut looked = None;
        let kept: Result<()> = self.take(path, passphrase, watch, |taken| {
            looked = Some(taken);
            // Nothing of it is kept.
            Err(Error::Stopped)
        });
        match (looked, kept) {
            (Some(taken), _) => Ok(taken),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(Error::Broke),
        }
    }

    /// Takes in what another laptop handed over: all of it or nothing. Opt-outs come first and always; of each field the
    /// newest change counts, and the others are kept in the history; what other laptops text this one does not.
    ///
    /// # Errors
    /// As [`Campaign::read_handed`].
    pub fn take_in(
        &self,
        path: &Path,
        passphrase: Option<&SecretString>,
        watch: &Watch<'_>,
    ) -> Result<TakenIn> {
        let taken = self.take(path, passphrase, watch, Ok)?;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox, Topic::Campaign] {
            self.events.changed(topic);
        }
        self.sender.look();
        Ok(taken)
    }

    fn take<T>(
        &self,
        path: &Path,
        passphrase: Option<&SecretString>,
        watch: &Watch<'_>,
        keep: impl FnOnce(TakenIn) -> Result<T>,
    ) -> Result<T> {
        let opener = Opener {
            passphrase: passphrase.cloned(),
            identity: Some(self.own_key()?),
        };
        self.take_from(|| opener.read(opened(path)?), watch, keep)
    }

    /// Takes in what `begin` begins to read, each time from its beginning.
    pub(super) fn take_from<R: BufRead, T>(
        &self,
        begin: impl Fn() -> Result<Handed<R>>,
        watch: &Watch<'_>,
        keep: impl FnOnce(TakenIn) -> Result<T>,
    ) -> Result<T> {
        // The whole file is read before anything is held up for it: its last seal is at its end.
        let (header, of) = self.whole(begin()?, watch)?;
        let (now, who) = (self.clock.now(), self.who());
        let done = self.storage.write(|conn| {
            handing::fits(conn, &header)?;
            let mut handed = begin()?;
            // What lies there now is another file than the one that was looked at.
            if *handed.header() != header {
                return Err(hand_over::changed());
            }
            let mut taking = Taking::begin(conn, now)?;
            while let Line::Record(record) = handed.next_line()? {
                if handed.records().is_multiple_of(OFTEN) {
                    watch.at((of + handed.records()).min(of * 2), of * 2)?;
                }
                taking.take(record)?;
            }
            if handed.records() != of {
                return Err(hand_over::changed());
            }
            for person in taking.to_erase() {
                erase_as_elsewhere(conn, person, now)?;
            }
            watch.at(of * 2, of * 2)?;
            let taken = taking.finish(&who, header.up_to.is_some())?;
            handing::came_in(conn, &header)?;
            keep(TakenIn {
                from: header.from,
                at: header.at.time(),
                sentence: sentence(&taken),
                taken,
            })
        });
        done.map_err(|error| match error {
            Error::Storage(fault) if fault.is_broken_rule() => handing::contradicts(),
            error => error,
        })
    }

    /// Reads a file to its end, and gives its header and how many records it has.
    fn whole(&self, mut handed: Handed<impl BufRead>, watch: &Watch<'_>) -> Result<(Header, u64)> {
        let own = campaign_code(&self.info.name, self.info.country);
        if handed.header().campaign != own {
            return Err(hand_over::other_campaign());
        }
        while let Line::Record(_) = handed.next_line()? {
            if handed.records().is_multiple_of(OFTEN) {
                watch.at(0, 0)?;
            }
        }
        Ok((handed.header().clone(), handed.records()))
    }
}

fn opened(path: &Path) -> Result<BufReader<File>> {
    use std::io::ErrorKind;
    let problem = |sentence| Error::invalid("path", sentence);
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => problem("There is no file there. Check where it is."),
        ErrorKind::PermissionDenied => {
            problem("This file may not be read. Copy it to where it may.")
        }
        _ => error.into(),
    })?;
    match file.metadata()?.is_file() {
        true => Ok(BufReader::new(file)),
        false => Err(problem("That is a folder. Choose the file in it.")),
    }
}

fn line(to: &mut impl Write, what: &impl serde::Serialize) -> Result<()> {
    let json = serde_json::to_string(what).map_err(|_| Error::Broke)?;
    to.write_all(json.as_bytes())?;
    to.write_all(b"\n")?;
    Ok(())
}

fn people(count: u64) -> String {
    match count {
        0 => "Nobody is".to_owned(),
        1 => "One person is".to_owned(),
        _ => format!("{count} people are"),
    }
}

fn sentence(taken: &Taken) -> String {
    if taken.act.is_none() {
        return "Everything in this file is here already: nothing changes.".to_owned();
    }
    let mut parts = vec![match (taken.new, taken.changed) {
        (0, 0) => "Nobody is new or changed".to_owned(),
        (new, changed) => format!("{new} new and {changed} changed"),
    }];
    match taken.opt_outs {
        0 => {}
        1 => parts.push("one number opted out".to_owned()),
        out => parts.push(format!("{out} numbers opted out")),
    }
    match taken.erased {
        0 => {}
        1 => parts.push("one person erased".to_owned()),
        erased => parts.push(format!("{erased} people erased")),
    }
    match taken.lists {
        0 => {}
        1 => parts.push("one do-not-call list brought up to date".to_owned()),
        lists => parts.push(format!("{lists} do-not-call lists brought up to date")),
    }
    format!("{}.", parts.join(", "))
}
