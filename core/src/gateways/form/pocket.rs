//! The pocket phone's fields.

use secrecy::SecretString;
use url::Url;

use super::FormProblem;
use super::reading::{in_order, needed, rate, rate_as_typed, read_along, secret, without_slash};
use crate::gateways::pocket::PocketSettings;
use crate::gateways::setup::{Rate, Setup};
use crate::gateways::{AddressProblem, parse_address};
use crate::people::Mobile;

/// Where the app listens unless it is told otherwise.
const PORT: u16 = 8080;

/// What is proposed. Android asks on the phone's screen before an app sends more than 30 segments in a minute,
/// and until somebody answers nothing goes: this leaves room for texts of two segments.
const TEXTS_PER_SECOND: &str = "0.2";
/// Above this, a text of one segment reaches Android's limit.
const ANDROID_ASKS: f64 = 0.5;

const FIELDS: &[&str] = &[
    "phone_address",
    "user_name",
    "password",
    "number",
    "texts_per_second",
];

/// The pocket phone's fields, as typed.
#[derive(Clone, Default)]
pub struct PocketForm {
    /// Where the app answers.
    pub phone_address: String,
    /// The user name that it shows.
    pub user_name: String,
    /// The password that it shows; empty keeps the one that is kept.
    pub password: SecretString,
    /// Whether one is kept.
    pub has_password: bool,
    /// The phone's own number with its plus, or empty.
    pub number: String,
    /// A number; empty for no limit.
    pub texts_per_second: String,
}

impl PocketForm {
    /// What is proposed to whoever has kept none.
    pub(super) fn proposed() -> Self {
        Self {
            texts_per_second: TEXTS_PER_SECOND.to_owned(),
            ..Self::default()
        }
    }

    /// What is kept, less the password.
    pub(super) fn of(settings: &PocketSettings, rate: Rate) -> Self {
        Self {
            phone_address: without_slash(&settings.phone_address),
            user_name: settings.user_name.clone(),
            password: SecretString::default(),
            has_password: true,
            number: settings.number.clone().unwrap_or_default(),
            texts_per_second: rate_as_typed(rate),
        }
    }

    pub(super) fn read(
        &self,
        kept: Option<&Setup>,
    ) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        let mut problems = Vec::new();
        let kept = match kept {
            Some(Setup::Pocket(settings, _)) => {
                Some((settings.phone_address.clone(), settings.password.clone()))
            }
            _ => None,
        };
        let address = phone_address(&self.phone_address, &mut problems);
        let user_name = needed(
            &self.user_name,
            "user_name",
            "Type the user name that the app on the phone shows.",
            &mut problems,
        );
        let password = secret(
            &self.password,
            kept,
            address.as_ref(),
            (
                "password",
                "Type the password that the app on the phone shows.",
            ),
            &mut problems,
        );
        let number = own_number(&self.number, &mut problems);
        let rate = rate(&self.texts_per_second, &mut problems);
        let (Some(phone_address), Some(password), true) = (address, password, problems.is_empty())
        else {
            return Err(in_order(problems, FIELDS));
        };
        let mut warnings: Vec<String> = read_along(&phone_address).into_iter().collect();
        if rate.is_none_or(|rate| rate > ANDROID_ASKS) {
            warnings.push(
                "Android asks on the phone's screen before an app sends more than 30 texts in a minute, and counts a long text as several. Until somebody answers there, nothing goes."
                    .to_owned(),
            );
        }
        let settings = PocketSettings {
            phone_address,
            user_name,
            password,
            number,
        };
        Ok((Setup::Pocket(settings, rate), warnings))
    }
}

/// The app shows its address with a port, and people leave that out.
fn phone_address(typed: &str, problems: &mut Vec<FormProblem>) -> Option<Url> {
    match parse_address(typed) {
        Ok(mut address) => {
            let is_bare = address.scheme() == "http" && address.path() == "/";
            let says_port = typed.trim().trim_end_matches('/').ends_with(":80");
            if is_bare && address.port().is_none() && !says_port {
                // Only an address without a host has no port to set.
                address.set_port(Some(PORT)).ok()?;
            }
            Some(address)
        }
        Err(AddressProblem::Empty) => {
            problems.push(FormProblem::new(
                "phone_address",
                "Type the address that the app on the phone shows, such as 192.168.1.20:8080.",
            ));
            None
        }
        Err(problem) => {
            problems.push(FormProblem::new("phone_address", problem.to_string()));
            None
        }
    }
}

/// The phone's own number, where one is typed.
fn own_number(typed: &str, problems: &mut Vec<FormProblem>) -> Option<String> {
    let mut number = typed.trim().to_owned();
    number.retain(|c| !c.is_whitespace() && !"-.()".contains(c));
    if number.is_empty() {
        return None;
    }
    match Mobile::from_e164(&number) {
        Ok(mobile) => Some(mobile.e164().to_owned()),
        Err(_) => {
            problems.push(FormProblem::new(
                "number",
                "Type the phone's own number with its + and country, such as +44 7700 900123, or leave it empty.",
            ));
            None
        }
    }
}
