//! A gateway's settings: as the vault keeps them, and as a gateway starts with them.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::http::CannotStart;
use super::kannel::{Kannel, KannelSettings};
use super::pocket::{Pocket, PocketSettings};
use super::twilio::{self, Twilio, TwilioSettings};
use super::{Gateway, Kind, Practice};
use crate::clock::Clock;

/// The drawn phone's campaign number: one kept free for drama.
const PRACTICE_NUMBER: &str = "+447700900000";

/// A gateway that can be started.
#[derive(Debug, Clone)]
pub enum Setup {
    /// A phone drawn on the screen.
    Practice,
    /// Twilio.
    Twilio(TwilioSettings, Rate),
    /// Kannel.
    Kannel(KannelSettings, Rate),
    /// A phone.
    Pocket(PocketSettings, Rate),
}

/// How many texts a second a gateway takes; `None`: as many as it can.
pub type Rate = Option<f64>;

/// A gateway that is in use.
#[derive(Clone)]
pub struct Active {
    /// Which one.
    pub kind: Kind,
    /// Whose account, which sender and where: what a lost text can be asked about. Holds no secret.
    pub account: String,
    /// The gateway itself.
    pub gateway: Arc<dyn Gateway>,
    /// How many texts a second it takes.
    pub rate: Rate,
    /// How many texts may be on the wire at a time.
    pub lanes: usize,
    /// The campaign's own number, where phones can text it: as it was typed, less spaces, so perhaps as people at
    /// home write it.
    pub number: Option<String>,
    /// Whether texts come from a name in letters, which nobody can reply to (PECR r23).
    pub in_letters: bool,
}

impl fmt::Debug for Active {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Active")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// As the vault keeps it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Stored {
    Practice,
    Twilio {
        account_sid: String,
        api_key: Option<String>,
        auth_token: String,
        sender: String,
        api_address: Url,
        texts_per_second: Rate,
    },
    Kannel {
        gateway_address: Url,
        user_name: String,
        password: String,
        sender: String,
        report_address: String,
        report_secret: String,
        texts_per_second: Rate,
    },
    Pocket {
        phone_address: Url,
        user_name: String,
        password: String,
        number: Option<String>,
        texts_per_second: Rate,
    },
}

impl Setup {
    /// Which gateway it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Practice => Kind::Practice,
            Self::Twilio(..) => Kind::Twilio,
            Self::Kannel(..) => Kind::Kannel,
            Self::Pocket(..) => Kind::Pocket,
        }
    }

    /// For the vault alone: the secrets are in it.
    #[must_use]
    pub fn to_json(&self) -> Zeroizing<String> {
        let stored = match self {
            Self::Practice => Stored::Practice,
            Self::Twilio(settings, rate) => Stored::Twilio {
                account_sid: settings.account_sid.clone(),
                api_key: settings.api_key.clone(),
                auth_token: settings.auth_token.expose_secret().to_owned(),
                sender: settings.sender.clone(),
                api_address: settings.api_address.clone(),
                texts_per_second: *rate,
            },
            Self::Kannel(settings, rate) => Stored::Kannel {
                gateway_address: settings.gateway_address.clone(),
                user_name: settings.user_name.clone(),
                password: settings.password.expose_secret().to_owned(),
                sender: settings.sender.clone(),
                report_address: settings.report_address.clone(),
                report_secret: settings.report_secret.clone(),
                texts_per_second: *rate,
            },
            Self::Pocket(settings, rate) => Stored::Pocket {
                phone_address: settings.phone_address.clone(),
                user_name: settings.user_name.clone(),
                password: settings.password.expose_secret().to_owned(),
                number: settings.number.clone(),
                texts_per_second: *rate,
            },
        };
        Zeroizing::new(serde_json::to_string(&stored).unwrap_or_default())
    }

    /// What [`Setup::to_json`] wrote; `None` where this Placard does not understand it.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        Some(match serde_json::from_str(json).ok()? {
            Stored::Practice => Self::Practice,
            Stored::Twilio {
                account_sid,
                api_key,
                auth_token,
                sender,
                api_address,
                texts_per_second,
            } => Self::Twilio(
                TwilioSettings {
                    account_sid,
                    api_key,
                    auth_token: auth_token.into(),
                    sender,
                    api_address,
                },
                texts_per_second,
            ),
            Stored::Kannel {
                gateway_address,
                user_name,
                password,
                sender,
                report_address,
                report_secret,
                texts_per_second,
            } => Self::Kannel(
                KannelSettings {
                    gateway_address,
                    user_name,
                    password: password.into(),
                    sender,
                    report_address,
                    report_secret,
                },
                texts_per_second,
            ),
            Stored::Pocket {
                phone_address,
                user_name,
                password,
                number,
                texts_per_second,
            } => Self::Pocket(
                PocketSettings {
                    phone_address,
                    user_name,
                    password: password.into(),
                    number,
                },
                texts_per_second,
            ),
        })
    }

    /// The campaign's own number, where phones can text it: see [`Active::number`].
    #[must_use]
    pub fn number(&self) -> Option<String> {
        match self {
            Self::Practice => Some(PRACTICE_NUMBER.to_owned()),
            Self::Twilio(settings, _) => {
                let sender = twilio::Sender::read(&settings.sender);
                sender.number().map(str::to_owned)
            }
            Self::Kannel(settings, _) => settings.number(),
            Self::Pocket(settings, _) => settings.number.clone(),
        }
    }

    /// What people know it by: its sender, or its own number, where it has one.
    #[must_use]
    pub fn called(&self) -> Option<String> {
        match self {
            Self::Practice => None,
            Self::Twilio(settings, _) => Some(settings.sender.clone()),
            Self::Kannel(settings, _) => Some(settings.sender.clone()),
            Self::Pocket(settings, _) => settings.number.clone(),
        }
    }

    /// Whether texts come from a name in letters, which nobody can reply to (PECR r23).
    #[must_use]
    pub fn is_in_letters(&self) -> bool {
        match self {
            Self::Practice | Self::Pocket(..) => false,
            Self::Twilio(settings, _) => {
                let sender = twilio::Sender::read(&settings.sender);
                matches!(sender, twilio::Sender::From(_)) && sender.number().is_none()
            }
            Self::Kannel(settings, _) => settings.sender.chars().any(char::is_alphabetic),
        }
    }

    /// Whether what people text to the other one comes to this one as well: the same sender of the same account, or the
    /// same phone. A phone gets another address from each network, and is known by its number or its credentials.
    #[must_use]
    pub fn hears(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Twilio(one, _), Self::Twilio(other, _)) => {
                one.account_sid.trim() == other.account_sid.trim()
                    && twilio::Sender::read(&one.sender) == twilio::Sender::read(&other.sender)
            }
            (Self::Pocket(one, _), Self::Pocket(other, _)) => {
                let same_credentials = one.user_name == other.user_name
                    && one.password.expose_secret() == other.password.expose_secret();
                same_credentials
                    || one.phone_address == other.phone_address
                    || (one.number.is_some() && one.number == other.number)
            }
            _ => false,
        }
    }

    /// Starts it, with the laptop's `clock` to compare the gateway's with. Connects to nothing yet.
    ///
    /// # Errors
    /// An address that cannot be used, or a computer without certificates.
    pub fn start(&self, clock: Arc<dyn Clock>) -> Result<Active, CannotStart> {
        // With delivery reports coming back Kannel takes 20 to 40 ms for each text: only more at a time
        // make it faster. A provider far away takes a tenth of a second and queues by itself.
        let (gateway, account, rate, lanes): (Arc<dyn Gateway>, _, _, _) = match self {
            Self::Practice => (Arc::new(Practice::new()), String::new(), None, 4),
            Self::Twilio(settings, rate) => (
                Arc::new(Twilio::new(settings.clone(), clock)?),
                [
                    settings.account_sid.as_str(),
                    &settings.sender,
                    settings.api_address.as_str(),
                ]
                .join(" "),
                *rate,
                16,
            ),
            Self::Kannel(settings, rate) => (
                Arc::new(Kannel::new(settings.clone(), clock)?),
                [
                    settings.gateway_address.as_str(),
                    &settings.user_name,
                    &settings.sender,
                ]
                .join(" "),
                *rate,
                32,
            ),
            // A phone gets a new address from each network, and is the same phone.
            Self::Pocket(settings, rate) => (
                Arc::new(Pocket::new(settings.clone(), clock)?),
                [
                    settings.user_name.as_str(),
                    settings
                        .number
                        .as_deref()
                        .unwrap_or(settings.phone_address.as_str()),
                ]
                .join(" "),
                *rate,
                2,
            ),
        };
        Ok(Active {
            kind: self.kind(),
            account,
            gateway,
            rate,
            lanes,
            number: self.number(),
            in_letters: self.is_in_letters(),
        })
    }
}
