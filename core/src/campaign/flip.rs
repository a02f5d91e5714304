//! The supporter's own side of the screen: their own hand gives or refuses consent, and only the canvasser's PIN leads
//! back.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::capture::Person;
use super::person::withdrawn;
use super::{Campaign, Choice, Outcome, Typed};
use crate::consent::ledger::Method;
use crate::error::{Error, Result};
use crate::storage::supporters;
use crate::storage::{campaign, captures, ledger, texts};
use crate::texts::allowed::Verdict;
use crate::texts::life::State;

/// The fewest and the most digits of a PIN.
const PIN_LENGTH: std::ops::RangeInclusive<usize> = 4..=8;

/// A PIN as it is kept: it opens a turned screen while Placard runs, and never the vault.
#[derive(Serialize, Deserialize)]
struct Kept {
    salt: String,
    hash: String,
}

/// What a supporter's own Yes or No led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnHand {
    /// It is durable.
    Saved {
        /// Whether one text is on its way to them.
        texted: bool,
    },
    /// These fields cannot be used as they are; the screen says why in their language.
    Invalid(Vec<&'static str>),
}

impl Campaign {
    /// Whether a PIN was chosen.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn has_pin(&self) -> Result<bool> {
        Ok(self.storage.read(campaign::pin)?.is_some())
    }

    /// Chooses the PIN that turns the screen back.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is not four to eight digits.
    pub fn set_pin(&self, pin: &SecretString) -> Result<()> {
        let typed = pin.expose_secret();
        if !PIN_LENGTH.contains(&typed.len()) || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::invalid(
                "pin",
                "Choose a PIN of four to eight digits.",
            ));
        }
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(|_| Error::Crypto)?;
        let kept = Kept {
            hash: BASE64.encode(&hashed(typed, &salt)?),
            salt: BASE64.encode(&salt),
        };
        let json = serde_json::to_string(&kept).map_err(|_| Error::Broke)?;
        self.storage.write(|conn| campaign::set_pin(conn, &json))
    }

    /// Whether this is the PIN.
    ///
    /// # Errors
    /// The vault cannot be read, or the hash not made.
    pub fn is_pin(&self, pin: &SecretString) -> Result<bool> {
        let Some(json) = self.storage.read(campaign::pin)? else {
            return Ok(false);
        };
        let kept: Kept = serde_json::from_str(&json).map_err(|_| Error::Broke)?;
        let salt = BASE64
            .decode(kept.salt.as_bytes())
            .map_err(|_| Error::Broke)?;
        let hash = BASE64
            .decode(kept.hash.as_bytes())
            .map_err(|_| Error::Broke)?;
        let tried = hashed(pin.expose_secret(), &salt)?;
        // Compared without stopping at the first difference.
        let differs = tried
            .iter()
            .zip(&hash)
            .fold(0, |differs, (a, b)| differs | (a ^ b));
        Ok(differs == 0 && tried.len() == hash.len())
    }

    /// Which fields of a form cannot be used as they are.
    #[must_use]
    pub fn unusable(&self, form: &Typed) -> Vec<&'static str> {
        match self.checked(form) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|problem| problem.field).collect(),
        }
    }

    /// Saves what a supporter typed and answered with their own hand. Whoever has the same mobile already is not
    /// told to them. Somebody of the same name there is they themselves, so that their No outranks an earlier Yes
    /// (UK GDPR Art 7(3)); anybody else on it is somebody of their own.
    ///
    /// # Errors
    /// As [`Campaign::save_capture`].
    pub fn save_own_hand(&self, capture_id: Uuid, form: &Typed) -> Result<OwnHand> {
        let Ok(person) = self.checked(form) else {
            return Ok(OwnHand::Invalid(self.unusable(form)));
        };
        let choice = self
            .themselves(&person, form)?
            .map_or(Choice::Anyway, Choice::SamePerson);
        let saved = self.save_as(capture_id, form, Some(choice), Method::OwnHand)?;
        Ok(match saved {
            Outcome::Saved { .. } => OwnHand::Saved {
                texted: self.is_texted(capture_id)?,
            },
            Outcome::Invalid(problems) => {
                OwnHand::Invalid(problems.into_iter().map(|problem| problem.field).collect())
            }
            // It is not asked where the choice is made.
            Outcome::SameMobile(_) => OwnHand::Invalid(vec!["mobile"]),
        })
    }
}

impl Campaign {
    /// Who has this mobile and this name already; of several, whoever was there first, as the text went to them. What
    /// they refuse now is withdrawn from the others too: they were captured twice, and are one.
    fn themselves(&self, person: &Person, form: &Typed) -> Result<Option<Uuid>> {
        let Some(mobile) = &person.mobile else {
            return Ok(None);
        };
        let name = person.details.name().to_lowercase();
        let now = self.clock.now();
        self.storage.write(|conn| {
            let mut found = None;
            for id in supporters::people_on(conn, mobile)? {
                let details = supporters::details(conn, id)?;
                if details.name().to_lowercase() != name {
                    continue;
                }
                if found.is_none() {
                    // Theirs is written with the capture.
                    found = Some(id);
                    continue;
                }
                for (purpose, yes) in &form.answers {
                    let word = ledger::last_word(conn, id, purpose)?;
                    let Some(word) = word.filter(|word| word.agrees && !yes) else {
                        continue;
                    };
                    let said = (purpose.as_str(), word.entry, Method::OwnHand);
                    withdrawn(conn, id, &details, said, now)?;
                }
            }
            Ok(found)
        })
    }

    /// Whether this capture brings its person a text.
    fn is_texted(&self, capture: Uuid) -> Result<bool> {
        let now = self.clock.now();
        self.storage.read(|conn| {
            let Some(saved) = captures::saved(conn, capture)? else {
                return Ok(false);
            };
            let text = texts::newest_for(conn, saved.supporter)?;
            let Some(text) = text.filter(|_| saved.queued) else {
                return Ok(false);
            };
            Ok(match text.state {
                State::Waiting => {
                    let claimable = texts::claimable(conn, text.id)?;
                    let verdict = self.ground(conn)?.verdict(&claimable, now);
                    !matches!(verdict, Verdict::Never(_))
                }
                State::Sending | State::Accepted | State::Delivered => true,
                _ => false,
            })
        })
    }
}

/// A tenth of a second of work: the vault around it is what keeps a PIN safe on a lost laptop.
fn hashed(pin: &str, salt: &[u8]) -> Result<[u8; 32]> {
    let cost = Params::new(19 * 1024, 2, 1, Some(32)).map_err(|_| Error::Crypto)?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(pin.as_bytes(), salt, &mut hash)
        .map_err(|_| Error::Crypto)?;
    Ok(hash)
}
