//! A gateway's settings as an organiser types them, read with a sentence for whatever cannot be used.

use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::http::CannotStart;
use super::kannel::{KannelSettings, propose_report_address};
use super::parse_address;
use super::setup::{Kind, Rate, Setup};
use super::twilio::TwilioSettings;

/// What Settings shows and takes. Secrets go in and never come out: an empty one keeps what is kept.
#[derive(Clone)]
pub struct Form {
    /// The gateway to use.
    pub kind: Kind,
    /// Twilio's fields.
    pub twilio: TwilioForm,
    /// Kannel's fields.
    pub kannel: KannelForm,
}

/// Twilio's fields, as typed.
#[derive(Clone, Default)]
pub struct TwilioForm {
    /// "AC…".
    pub account_sid: String,
    /// "SK…", or empty where the token is the account's own.
    pub api_key: String,
    /// The key's secret or the account's token; empty keeps the one that is kept.
    pub auth_token: SecretString,
    /// Whether one is kept.
    pub has_auth_token: bool,
    /// A number, a name or "MG…".
    pub sender: String,
    /// Where the API is.
    pub api_address: String,
    /// A number; empty for no limit.
    pub texts_per_second: String,
}

/// Kannel's fields, as typed.
#[derive(Clone, Default)]
pub struct KannelForm {
    /// Where its smsbox answers.
    pub gateway_address: String,
    /// A `sendsms-user`.
    pub user_name: String,
    /// Its password; empty keeps the one that is kept.
    pub password: SecretString,
    /// Whether one is kept.
    pub has_password: bool,
    /// A number or a name.
    pub sender: String,
    /// Where reports come back to.
    pub report_address: String,
    /// A number; empty for no limit.
    pub texts_per_second: String,
}

/// Something typed that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormProblem {
    /// The field's name in the form.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl FormProblem {
    fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            field,
            sentence: sentence.into(),
        }
    }
}

impl Form {
    /// The form as it is shown: what is kept, less the secrets.
    #[must_use]
    pub fn of(chosen: Kind, kept: &[Setup]) -> Self {
        let mut form = Self {
            kind: chosen,
            twilio: TwilioForm {
                api_address: TwilioSettings::ADDRESS.to_owned(),
                texts_per_second: "1".to_owned(),
                ..TwilioForm::default()
            },
            kannel: KannelForm {
                gateway_address: "http://127.0.0.1:13013".to_owned(),
                report_address: propose_report_address(),
                texts_per_second: "20".to_owned(),
                ..KannelForm::default()
            },
        };
        for setup in kept {
            match setup {
                Setup::Practice => {}
                Setup::Twilio(settings, rate) => {
                    form.twilio = TwilioForm {
                        account_sid: settings.account_sid.clone(),
                        api_key: settings.api_key.clone().unwrap_or_default(),
                        auth_token: SecretString::default(),
                        has_auth_token: true,
                        sender: settings.sender.clone(),
                        api_address: without_slash(&settings.api_address),
                        texts_per_second: rate_as_typed(*rate),
                    };
                }
                Setup::Kannel(settings, rate) => {
                    form.kannel = KannelForm {
                        gateway_address: without_slash(&settings.gateway_address),
                        user_name: settings.user_name.clone(),
                        password: SecretString::default(),
                        has_password: true,
                        sender: settings.sender.clone(),
                        report_address: settings.report_address.clone(),
                        texts_per_second: rate_as_typed(*rate),
                    };
                }
            }
        }
        form
    }

    /// Reads what was typed; `kept` is what the vault holds for the same gateway.
    ///
    /// # Errors
    /// Everything that cannot be used, in the order of the form.
    pub fn read(&self, kept: Option<&Setup>) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        match self.kind {
            Kind::Practice => Ok((Setup::Practice, Vec::new())),
            Kind::Twilio => self.twilio.read(kept),
            Kind::Kannel => self.kannel.read(kept),
        }
    }
}

impl TwilioForm {
    fn read(&self, kept: Option<&Setup>) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        let mut problems = Vec::new();
        let account_sid = needed(
            &self.account_sid,
            "account_sid",
            "Type the Account SID. It stands on the first page of Twilio's console.",
            &mut problems,
        );
        let kept = match kept {
            Some(Setup::Twilio(settings, _)) => {
                Some((settings.api_address.clone(), settings.auth_token.clone()))
            }
            _ => None,
        };
        let address = address(&self.api_address, "api_address", &mut problems);
        let auth_token = secret(
            &self.auth_token,
            kept,
            address.as_ref(),
            (
                "auth_token",
                "Type the API key's secret or, without an API key, the account's Auth token.",
            ),
            &mut problems,
        );
        let sender = needed(
            &self.sender,
            "sender",
            "Type the number that the texts come from, with its +, or a messaging service.",
            &mut problems,
        );
        let rate = rate(&self.texts_per_second, &mut problems);
        let api_key = Some(self.api_key.trim().to_owned()).filter(|key| !key.is_empty());
        let (Some(api_address), Some(auth_token), true) =
            (address, auth_token, problems.is_empty())
        else {
            return Err(in_order(
                problems,
                &[
                    "account_sid",
                    "auth_token",
                    "sender",
                    "api_address",
                    "texts_per_second",
                ],
            ));
        };
        let mut warnings = Vec::new();
        if !account_sid.starts_with("AC") {
            warnings.push(
                "Twilio's own Account SIDs begin with AC. Check it if the account is with Twilio.",
            );
        }
        match &api_key {
            None => warnings.push(
                "The account's own token is kept on this laptop. A restricted API key is safer: if the laptop is lost, you revoke the key alone.",
            ),
            Some(key) if !key.starts_with("SK") => {
                warnings.push("Twilio's API keys begin with SK. Check it if the account is with Twilio.");
            }
            Some(_) => {}
        }
        if sender.chars().any(char::is_alphabetic) && !sender.starts_with("MG") {
            warnings.push(
                "Nobody can reply to a name. A text that asks for YES or STOP needs a number as its sender.",
            );
        }
        let settings = TwilioSettings {
            account_sid,
            api_key,
            auth_token,
            sender,
            api_address,
        };
        let warnings = warnings.into_iter().map(str::to_owned).collect();
        Ok((Setup::Twilio(settings, rate), warnings))
    }
}

impl KannelForm {
    fn read(&self, kept: Option<&Setup>) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        let mut problems = Vec::new();
        let (kept, report_secret) = match kept {
            Some(Setup::Kannel(settings, _)) => (
                Some((settings.gateway_address.clone(), settings.password.clone())),
                settings.report_secret.clone(),
            ),
            _ => (None, random_secret()),
        };
        let address = address(&self.gateway_address, "gateway_address", &mut problems);
        let user_name = needed(
            &self.user_name,
            "user_name",
            "Type the user name that Kannel knows you by.",
            &mut problems,
        );
        let password = secret(
            &self.password,
            kept,
            address.as_ref(),
            (
                "password",
                "Type the password that goes with the user name.",
            ),
            &mut problems,
        );
        let sender = needed(
            &self.sender,
            "sender",
            "Type the number or name that the texts come from.",
            &mut problems,
        );
        let rate = rate(&self.texts_per_second, &mut problems);
        let (Some(gateway_address), Some(password)) = (address, password) else {
            return Err(in_order(problems, KANNEL_FIELDS));
        };
        let warnings = match gateway_address.host() {
            Some(Host::Ipv4(ip)) if ip.is_loopback() => Vec::new(),
            Some(Host::Ipv6(ip)) if ip.is_loopback() => Vec::new(),
            Some(Host::Domain("localhost")) => Vec::new(),
            _ if gateway_address.scheme() == "https" => Vec::new(),
            _ => vec![
                "Texts and the password cross this network unencrypted. Use it only on a network that you trust."
                    .to_owned(),
            ],
        };
        let settings = KannelSettings {
            gateway_address,
            user_name,
            password,
            sender,
            report_address: self.report_address.trim().to_owned(),
            report_secret,
        };
        let setup = Setup::Kannel(settings, rate);
        match setup.start() {
            Ok(_) => {}
            Err(error @ (CannotStart::ReportAddress | CannotStart::ReportSecret)) => {
                problems.push(FormProblem::new("report_address", error.to_string()));
            }
            Err(error) => problems.push(FormProblem::new("gateway_address", error.to_string())),
        }
        if problems.is_empty() {
            Ok((setup, warnings))
        } else {
            Err(in_order(problems, KANNEL_FIELDS))
        }
    }
}

const KANNEL_FIELDS: &[&str] = &[
    "gateway_address",
    "user_name",
    "password",
    "sender",
    "report_address",
    "texts_per_second",
];

/// 128 random bits; empty, which no gateway starts with, where the system has none to give.
fn random_secret() -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_or_else(|_| String::new(), |()| HEXLOWER.encode(&bytes))
}

fn in_order(mut problems: Vec<FormProblem>, fields: &[&str]) -> Vec<FormProblem> {
    problems.sort_by_key(|problem| fields.iter().position(|field| *field == problem.field));
    problems
}

fn needed(
    typed: &str,
    field: &'static str,
    otherwise: &str,
    problems: &mut Vec<FormProblem>,
) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        problems.push(FormProblem::new(field, otherwise));
    }
    typed.to_owned()
}

fn address(typed: &str, field: &'static str, problems: &mut Vec<FormProblem>) -> Option<Url> {
    parse_address(typed)
        .map_err(|problem| problems.push(FormProblem::new(field, problem.to_string())))
        .ok()
}

/// The secret that was typed, or the kept one. A kept one is only ever sent to where it was kept for: who
/// has the open laptop for a minute cannot have it sent elsewhere and read it there.
fn secret(
    typed: &SecretString,
    kept: Option<(Url, SecretString)>,
    address: Option<&Url>,
    (field, otherwise): (&'static str, &str),
    problems: &mut Vec<FormProblem>,
) -> Option<SecretString> {
    let trimmed = typed.expose_secret().trim();
    if !trimmed.is_empty() {
        return Some(trimmed.to_owned().into());
    }
    let Some((place, secret)) = kept else {
        problems.push(FormProblem::new(field, otherwise));
        return None;
    };
    if address.is_some_and(|address| address.origin() != place.origin()) {
        problems.push(FormProblem::new(
            field,
            "The address is another one now: type this again, so that the kept one goes nowhere else.",
        ));
        return None;
    }
    Some(secret)
}

/// The fastest that can be asked for, in texts a second: no gateway for canvassers is faster.
const FASTEST: f64 = 1_000.0;

fn rate(typed: &str, problems: &mut Vec<FormProblem>) -> Rate {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate <= FASTEST => Some(rate),
        _ => {
            problems.push(FormProblem::new(
                "texts_per_second",
                "Type a number such as 1 or 0.5, or leave it empty for as many as the gateway takes.",
            ));
            None
        }
    }
}

fn rate_as_typed(rate: Rate) -> String {
    rate.map_or_else(String::new, |rate| rate.to_string())
}

fn without_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twilio() -> Form {
        let mut form = Form::of(Kind::Twilio, &[]);
        form.twilio.account_sid = "AC0123".to_owned();
        form.twilio.api_key = "SK0123".to_owned();
        form.twilio.auth_token = "the secret".to_owned().into();
        form.twilio.sender = "+447700900999".to_owned();
        form
    }

    fn fields(problems: &[FormProblem]) -> Vec<&'static str> {
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn an_empty_form_names_every_field_in_order() {
        let mut form = Form::of(Kind::Twilio, &[]);
        assert_eq!(
            fields(&form.read(None).unwrap_err()),
            ["account_sid", "auth_token", "sender"]
        );
        form.kind = Kind::Kannel;
        form.kannel.gateway_address = "http://gateway.example".to_owned();
        form.kannel.texts_per_second = "many".to_owned();
        assert_eq!(
            fields(&form.read(None).unwrap_err()),
            [
                "gateway_address",
                "user_name",
                "password",
                "sender",
                "texts_per_second"
            ]
        );
    }

    #[test]
    fn what_is_kept_comes_back_without_its_secret_and_an_empty_secret_keeps_it() {
        let (setup, warnings) = twilio().read(None).unwrap();
        assert_eq!(warnings, Vec::<String>::new());
        let kept = Setup::from_json(&setup.to_json()).unwrap();
        let shown = Form::of(Kind::Twilio, std::slice::from_ref(&kept));
        assert!(shown.twilio.has_auth_token);
        assert_eq!(shown.twilio.auth_token.expose_secret(), "");
        assert_eq!(shown.twilio.texts_per_second, "1");
        let (again, _) = shown.read(Some(&kept)).unwrap();
        assert!(again.to_json().contains("the secret"));
    }

    #[test]
    fn a_kept_secret_is_not_sent_to_another_address() {
        let (kept, _) = twilio().read(None).unwrap();
        let mut moved = Form::of(Kind::Twilio, std::slice::from_ref(&kept));
        moved.twilio.api_address = "https://elsewhere.example".to_owned();
        assert_eq!(
            fields(&moved.read(Some(&kept)).unwrap_err()),
            ["auth_token"]
        );
    }

    #[test]
    fn what_would_surprise_later_is_said_now() {
        let mut form = twilio();
        form.twilio.api_key = String::new();
        form.twilio.sender = "CleanAir".to_owned();
        let (_, warnings) = form.read(None).unwrap();
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].contains("restricted API key"));
        assert!(warnings[1].contains("Nobody can reply to a name"));
    }

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (typed, rate, problems) in [
            ("", None, 0),
            ("1", Some(1.0), 0),
            (" 0,5 ", Some(0.5), 0),
            ("0", None, 1),
            ("-1", None, 1),
            ("NaN", None, 1),
            ("1e9", None, 1),
        ] {
            let mut found = Vec::new();
            assert_eq!(super::rate(typed, &mut found), rate, "{typed}");
            assert_eq!(found.len(), problems, "{typed}");
        }
    }

    #[test]
    fn another_account_or_sender_is_another_route_and_no_route_holds_a_secret() {
        let account = |form: &Form| form.read(None).unwrap().0.start().unwrap().account;
        let first = account(&twilio());
        let mut other = twilio();
        other.twilio.sender = "+447700900998".to_owned();
        assert_ne!(account(&other), first);
        assert!(!first.contains("secret"));
    }
}
