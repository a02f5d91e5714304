//! A gateway's settings: as the vault keeps them, and as a gateway starts with them.

use std::fmt;
use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::http::CannotStart;
use super::kannel::{Kannel, KannelSettings};
use super::twilio::{Twilio, TwilioSettings};
use super::{Abilities, Gateway, Practice};

/// Which gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A phone drawn on the screen.
    Practice,
    /// Twilio, or a provider that speaks as it does.
    Twilio,
    /// Kannel, or a gateway that speaks as it does.
    Kannel,
}

impl Kind {
    /// What it can do.
    #[must_use]
    pub fn abilities(self) -> Abilities {
        match self {
            Self::Practice => Abilities {
                takes_our_id: true,
                looks_up: false,
                polls_status: true,
                answers_stop: false,
            },
            Self::Twilio => Abilities {
                takes_our_id: false,
                looks_up: true,
                polls_status: true,
                answers_stop: true,
            },
            Self::Kannel => Abilities {
                takes_our_id: false,
                looks_up: false,
                polls_status: false,
                answers_stop: false,
            },
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Practice => "Practice",
            Self::Twilio => "Twilio",
            Self::Kannel => "Kannel",
        }
    }
}

/// A gateway that can be started.
#[derive(Debug, Clone)]
pub enum Setup {
    /// A phone drawn on the screen.
    Practice,
    /// Twilio.
    Twilio(TwilioSettings, Rate),
    /// Kannel.
    Kannel(KannelSettings, Rate),
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
}

impl Setup {
    /// Which gateway it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Practice => Kind::Practice,
            Self::Twilio(..) => Kind::Twilio,
            Self::Kannel(..) => Kind::Kannel,
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
        })
    }

    /// Starts it. Connects to nothing yet.
    ///
    /// # Errors
    /// An address that cannot be used, or a computer without certificates.
    pub fn start(&self) -> Result<Active, CannotStart> {
        // With delivery reports coming back Kannel takes 20 to 40 ms for each text: only more at a time
        // make it faster. A provider far away takes a tenth of a second and queues by itself.
        let (gateway, account, rate, lanes): (Arc<dyn Gateway>, _, _, _) = match self {
            Self::Practice => (Arc::new(Practice::new()), String::new(), None, 4),
            Self::Twilio(settings, rate) => (
                Arc::new(Twilio::new(settings.clone())?),
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
                Arc::new(Kannel::new(settings.clone())?),
                [
                    settings.gateway_address.as_str(),
                    &settings.user_name,
                    &settings.sender,
                ]
                .join(" "),
                *rate,
                32,
            ),
        };
        Ok(Active {
            kind: self.kind(),
            account,
            gateway,
            rate,
            lanes,
        })
    }
}
