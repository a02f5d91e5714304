//! From a folder to an open vault: set up, practice, passphrase, recovery code.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::words::complete;
use crate::backups;
use crate::clock::local_zone;
use crate::error::{Error, Result};
use crate::people::{Country, LONGEST_NAME, one_line};
use crate::storage::vault::{
    DatabaseKey, Folder, Header, Held, RecoveryCode, Standing, Strength, judge as judge_words,
};
use crate::storage::{Storage, campaign};
use crate::texts::template::LONGEST_CAMPAIGN;

/// A vault that is open, and held.
#[derive(Debug)]
pub struct Opened {
    // Closed before it is let go of.
    pub(super) storage: Storage,
    pub(super) held: Held,
}

/// What an organiser says to set up a campaign.
#[derive(Debug)]
pub struct NewCampaign<'a> {
    /// Its name, as supporters hear it.
    pub name: &'a str,
    /// Who sets it up.
    pub organiser: &'a str,
    /// A two-letter code.
    pub country: &'a str,
    /// What opens the vault.
    pub passphrase: &'a SecretString,
}

/// A campaign that is set up but for the recovery code, which is to be written down first.
#[derive(Debug)]
pub struct Created {
    unfinished: Folder,
    place: Folder,
    key: DatabaseKey,
    /// The code to write down.
    pub recovery_code: RecoveryCode,
}

/// Puts a campaign together, apart from where campaigns are kept: a set-up cut short leaves nothing behind.
///
/// # Errors
/// [`Error::Invalid`] or [`Error::WeakPassphrase`] for what was typed; [`Error::TooLate`] where there is a
/// campaign already; [`Error::DiskFull`].
pub fn create(data: &Path, new: &NewCampaign<'_>, now: DateTime<Utc>) -> Result<Created> {
    backups::settle(data)?;
    let place = Folder::campaign(data);
    if let Standing::Vault = place.standing()? {
        return Err(Error::TooLate(
            "A campaign is on this laptop already. Placard has left it untouched.".to_owned(),
        ));
    }
    let info = checked(new)?;
    enough(new.passphrase, &[&info.name, &info.organiser])?;
    let key = DatabaseKey::random()?;
    let recovery_code = RecoveryCode::random()?;
    let header = Header::new(&key, new.passphrase, &recovery_code)?;
    let unfinished = Folder::unfinished(data);
    unfinished.discard()?;
    let held = unfinished.hold()?;
    fill(&unfinished, &key, &info, now)?;
    header.write(&unfinished.header())?;
    drop(held);
    Ok(Created {
        unfinished,
        place,
        key,
        recovery_code,
    })
}

impl Created {
    /// The code is written down: the campaign moves to where campaigns are kept, and opens.
    ///
    /// # Errors
    /// Something stands there by now, or the disk says no.
    pub fn finish(&self) -> Result<Opened> {
        self.unfinished.become_folder(&self.place)?;
        let held = self.place.hold()?;
        let storage = Storage::open(&self.place.database(), &self.key)?;
        Ok(Opened { held, storage })
    }
}

fn checked(new: &NewCampaign<'_>) -> Result<campaign::Campaign> {
    let name = one_line(new.name, LONGEST_CAMPAIGN);
    if name.is_empty() {
        return Err(Error::invalid(
            "name",
            "Type the campaign's name, as supporters know it.",
        ));
    }
    let organiser = one_line(new.organiser, LONGEST_NAME);
    if organiser.is_empty() {
        return Err(Error::invalid("organiser", "Type your name."));
    }
    let country = Country::parse(new.country)
        .map_err(|_| Error::invalid("country", "Choose the country you campaign in."))?;
    Ok(campaign::Campaign {
        name,
        organiser,
        country,
        practice: false,
    })
}

/// A new vault with its campaign and the words it starts with.
pub(super) fn fill(
    folder: &Folder,
    key: &DatabaseKey,
    info: &campaign::Campaign,
    now: DateTime<Utc>,
) -> Result<Storage> {
    let storage = Storage::open(&folder.database(), key)?;
    storage.write(|conn| {
        campaign::insert(conn, info, now)?;
        complete(conn, info, now)
    })?;
    Ok(storage)
}

/// A practice campaign, in place of the one before it. Its key is kept nowhere: what is tried in it is gone
/// when it is closed.
///
/// # Errors
/// [`Error::DiskFull`], or another Placard practises on this laptop.
pub fn practice(data: &Path, now: DateTime<Utc>) -> Result<Opened> {
    let folder = Folder::practice(data);
    // Held first: another Placard that practises here keeps its folder.
    let held = folder.hold()?;
    folder.discard_vault()?;
    let country = match local_zone() {
        zone if zone.starts_with("America/") => Country::US,
        _ => Country::GB,
    };
    let info = campaign::Campaign {
        name: "Practice Campaign".to_owned(),
        organiser: "You".to_owned(),
        country,
        practice: true,
    };
    let storage = fill(&folder, &DatabaseKey::random()?, &info, now)?;
    Ok(Opened { held, storage })
}

/// Throws a practice campaign away that is closed.
///
/// # Errors
/// The folder is not writable, or another Placard practises on this laptop.
pub fn discard_practice(data: &Path) -> Result<()> {
    let folder = Folder::practice(data);
    let _held = folder.hold()?;
    folder.discard_vault()
}

/// Opens the campaign with its passphrase.
///
/// # Errors
/// [`Error::WrongPassphrase`], [`Error::VaultInUse`], or what [`Folder::standing`] and [`Storage::open`] say.
pub fn unlock(data: &Path, passphrase: &SecretString) -> Result<Opened> {
    backups::settle(data)?;
    let folder = Folder::campaign(data);
    let header = header_of(&folder)?;
    let held = folder.hold()?;
    let key = header.open(passphrase)?;
    let storage = Storage::open(&folder.database(), &key)?;
    Ok(Opened { held, storage })
}

/// Opens the campaign with its recovery code, and gives it a new passphrase.
///
/// # Errors
/// [`Error::WrongRecoveryCode`], [`Error::WeakPassphrase`], and as [`unlock`].
pub fn recover(data: &Path, code: &RecoveryCode, passphrase: &SecretString) -> Result<Opened> {
    backups::settle(data)?;
    let folder = Folder::campaign(data);
    let header = header_of(&folder)?;
    let held = folder.hold()?;
    let key = header.recover(code)?;
    enough(passphrase, &[])?;
    let storage = Storage::open(&folder.database(), &key)?;
    header
        .with_passphrase(&key, passphrase)?
        .write(&folder.header())?;
    Ok(Opened { held, storage })
}

pub(super) fn header_of(folder: &Folder) -> Result<Header> {
    match folder.standing()? {
        Standing::Vault => Header::read(&folder.header()),
        Standing::Nothing => Err(Error::NotFound),
    }
}

impl super::Campaign {
    /// Changes the passphrase. The recovery code stays good.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::WeakPassphrase`], [`Error::PracticeOnly`].
    pub fn change_passphrase(
        &self,
        data: &Path,
        passphrase: &SecretString,
        new: &SecretString,
    ) -> Result<()> {
        let folder = self.lasting(data)?;
        let header = Header::read(&folder.header())?;
        let key = header.open(passphrase)?;
        enough(new, &[&self.info.name, &self.info.organiser])?;
        header.with_passphrase(&key, new)?.write(&folder.header())
    }

    /// Makes a new recovery code. The one before it opens nothing any more.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::PracticeOnly`].
    pub fn new_recovery_code(
        &self,
        data: &Path,
        passphrase: &SecretString,
    ) -> Result<RecoveryCode> {
        let folder = self.lasting(data)?;
        let header = Header::read(&folder.header())?;
        let key = header.open(passphrase)?;
        let code = RecoveryCode::random()?;
        header.with_recovery(&key, &code)?.write(&folder.header())?;
        Ok(code)
    }

    fn lasting(&self, data: &Path) -> Result<Folder> {
        if self.info.practice {
            return Err(Error::PracticeOnly);
        }
        Ok(Folder::campaign(data))
    }
}

pub(super) fn enough(passphrase: &SecretString, hints: &[&str]) -> Result<()> {
    let strength = judge(passphrase.expose_secret(), hints);
    if strength.enough {
        Ok(())
    } else {
        Err(Error::WeakPassphrase(strength.sentence))
    }
}

/// Judges a passphrase as it is typed. `hints` are what a thief would try first: the campaign's and the
/// organiser's names, whole and word by word.
#[must_use]
pub fn judge(passphrase: &str, hints: &[&str]) -> Strength {
    let hints: Vec<String> = hints
        .iter()
        .flat_map(|hint| {
            let joined = hint.split_whitespace().collect::<String>();
            let words = hint.split_whitespace().map(str::to_owned);
            words.chain([joined]).collect::<Vec<_>>()
        })
        .map(|hint| hint.to_lowercase())
        .filter(|hint| !hint.is_empty())
        .collect();
    let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
    judge_words(passphrase, &hints)
}

/// The pause after wrong passphrases: longer with each, so that guessing at the keyboard leads nowhere.
/// (Who has the file guesses elsewhere; against that stands the passphrase's strength.)
#[derive(Debug, Default)]
pub struct Wait {
    wrong: u32,
    until: Option<Instant>,
}

impl Wait {
    /// How long it still lasts.
    #[must_use]
    pub fn left(&self, now: Instant) -> Duration {
        self.until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    /// Another wrong one. The first is a slip of the finger and costs a second; the pause doubles up to a
    /// minute.
    pub fn wrong(&mut self, now: Instant) {
        let seconds = 1_u64 << self.wrong.min(6);
        self.wrong += 1;
        self.until = Some(now + Duration::from_secs(seconds.min(60)));
    }

    /// The right one.
    pub fn right(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "kettle marble orbit thursday";

    fn new<'a>(passphrase: &'a SecretString) -> NewCampaign<'a> {
        NewCampaign {
            name: " Clean  Air Now ",
            organiser: "Sam",
            country: "GB",
            passphrase,
        }
    }

    #[test]
    fn a_campaign_is_there_only_once_its_code_is_written_down() {
        let data = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let created = create(data.path(), &new(&passphrase), Utc::now()).unwrap();
        assert!(matches!(
            Folder::campaign(data.path()).standing(),
            Ok(Standing::Nothing)
        ));
        let opened = created.finish().unwrap();
        let info = opened.storage.read(campaign::get).unwrap();
        assert_eq!(info.name, "Clean Air Now");
        assert!(matches!(
            unlock(data.path(), &passphrase),
            Err(Error::VaultInUse)
        ));
        drop(opened);
        assert!(unlock(data.path(), &passphrase).is_ok());
        assert!(matches!(
            create(data.path(), &new(&passphrase), Utc::now()),
            Err(Error::TooLate(_))
        ));
    }

    #[test]
    fn the_recovery_code_opens_it_and_sets_a_new_passphrase() {
        let data = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let created = create(data.path(), &new(&passphrase), Utc::now()).unwrap();
        let code = created.recovery_code.clone();
        drop(created.finish().unwrap());
        let wrong = RecoveryCode::random().unwrap();
        let other = SecretString::from("lantern pigeon velvet monday");
        assert!(matches!(
            recover(data.path(), &wrong, &other),
            Err(Error::WrongRecoveryCode)
        ));
        let weak = SecretString::from("password");
        assert!(matches!(
            recover(data.path(), &code, &weak),
            Err(Error::WeakPassphrase(_))
        ));
        assert!(recover(data.path(), &code, &other).is_ok());
        assert!(matches!(
            unlock(data.path(), &passphrase),
            Err(Error::WrongPassphrase)
        ));
        assert!(unlock(data.path(), &other).is_ok());
    }

    #[test]
    fn what_is_typed_is_checked_before_anything_is_written() {
        let data = tempfile::tempdir().unwrap();
        let good = SecretString::from(PASSPHRASE);
        let weak = SecretString::from("cleanairnow");
        let field = |new: NewCampaign<'_>| {
            let error = create(data.path(), &new, Utc::now()).unwrap_err();
            (error.code(), error.field())
        };
        use crate::Code::{Invalid, WeakPassphrase};
        let nameless = NewCampaign {
            name: " \u{200B}",
            ..new(&good)
        };
        assert_eq!(field(nameless), (Invalid, Some("name")));
        let nobody = NewCampaign {
            organiser: "",
            ..new(&good)
        };
        assert_eq!(field(nobody), (Invalid, Some("organiser")));
        let nowhere = NewCampaign {
            country: "XX",
            ..new(&good)
        };
        assert_eq!(field(nowhere), (Invalid, Some("country")));
        assert_eq!(field(new(&weak)), (WeakPassphrase, None));
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_somebody_kept_where_a_campaign_goes_is_kept_beside_it() {
        let data = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let folder = data.path().join("campaign");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("vault.placard.old"), "a copy").unwrap();
        let created = create(data.path(), &new(&passphrase), Utc::now()).unwrap();
        created.finish().unwrap();
        let kept = data.path().join("campaign.kept-1/vault.placard.old");
        assert_eq!(std::fs::read_to_string(kept).unwrap(), "a copy");
    }

    #[test]
    fn practice_begins_anew_each_time() {
        let data = tempfile::tempdir().unwrap();
        let first = practice(data.path(), Utc::now()).unwrap();
        assert!(matches!(
            practice(data.path(), Utc::now()),
            Err(Error::VaultInUse)
        ));
        drop(first);
        assert!(practice(data.path(), Utc::now()).is_ok());
    }

    #[test]
    fn the_pause_grows_with_each_wrong_passphrase() {
        let now = Instant::now();
        let mut wait = Wait::default();
        let mut pauses = Vec::new();
        for _ in 0..8 {
            wait.wrong(now);
            pauses.push(wait.left(now).as_secs());
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        wait.right();
        assert_eq!(wait.left(now), Duration::ZERO);
    }
}
