//! Settings, Gateway: what carries the texts, and trying it.

use placard_core::campaign::{self as core, Campaign};
use placard_core::gateways as kinds;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use super::capture::FieldProblem;
use super::{id, time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// Which gateway.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum GatewayKind {
    /// A phone drawn on the screen.
    Practice,
    /// Twilio.
    Twilio,
    /// Kannel.
    Kannel,
    /// A phone of the campaign's own.
    Pocket,
}

/// The gateway's form. Secrets go in and never come back: `has_…` says whether one is kept, and an empty one
/// keeps it.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct GatewayForm {
    kind: GatewayKind,
    twilio: TwilioForm,
    kannel: KannelForm,
    pocket: PocketForm,
}

/// Twilio's fields.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct TwilioForm {
    account_sid: String,
    api_key: String,
    auth_token: String,
    has_auth_token: bool,
    sender: String,
    api_address: String,
    texts_per_second: String,
}

/// Kannel's fields.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct KannelForm {
    gateway_address: String,
    user_name: String,
    password: String,
    has_password: bool,
    sender: String,
    report_address: String,
    texts_per_second: String,
}

/// The pocket phone's fields.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct PocketForm {
    phone_address: String,
    user_name: String,
    password: String,
    has_password: bool,
    number: String,
    texts_per_second: String,
}

impl From<kinds::Form> for GatewayForm {
    fn from(form: kinds::Form) -> Self {
        Self {
            kind: match form.kind {
                kinds::Kind::Practice => GatewayKind::Practice,
                kinds::Kind::Twilio => GatewayKind::Twilio,
                kinds::Kind::Kannel => GatewayKind::Kannel,
                kinds::Kind::Pocket => GatewayKind::Pocket,
            },
            twilio: TwilioForm {
                account_sid: form.twilio.account_sid,
                api_key: form.twilio.api_key,
                auth_token: String::new(),
                has_auth_token: form.twilio.has_auth_token,
                sender: form.twilio.sender,
                api_address: form.twilio.api_address,
                texts_per_second: form.twilio.texts_per_second,
            },
            kannel: KannelForm {
                gateway_address: form.kannel.gateway_address,
                user_name: form.kannel.user_name,
                password: String::new(),
                has_password: form.kannel.has_password,
                sender: form.kannel.sender,
                report_address: form.kannel.report_address,
                texts_per_second: form.kannel.texts_per_second,
            },
            pocket: PocketForm {
                phone_address: form.pocket.phone_address,
                user_name: form.pocket.user_name,
                password: String::new(),
                has_password: form.pocket.has_password,
                number: form.pocket.number,
                texts_per_second: form.pocket.texts_per_second,
            },
        }
    }
}

impl From<GatewayForm> for kinds::Form {
    fn from(form: GatewayForm) -> Self {
        Self {
            kind: match form.kind {
                GatewayKind::Practice => kinds::Kind::Practice,
                GatewayKind::Twilio => kinds::Kind::Twilio,
                GatewayKind::Kannel => kinds::Kind::Kannel,
                GatewayKind::Pocket => kinds::Kind::Pocket,
            },
            twilio: kinds::TwilioForm {
                account_sid: form.twilio.account_sid,
                api_key: form.twilio.api_key,
                auth_token: form.twilio.auth_token.into(),
                has_auth_token: form.twilio.has_auth_token,
                sender: form.twilio.sender,
                api_address: form.twilio.api_address,
                texts_per_second: form.twilio.texts_per_second,
            },
            kannel: kinds::KannelForm {
                gateway_address: form.kannel.gateway_address,
                user_name: form.kannel.user_name,
                password: form.kannel.password.into(),
                has_password: form.kannel.has_password,
                sender: form.kannel.sender,
                report_address: form.kannel.report_address,
                texts_per_second: form.kannel.texts_per_second,
            },
            pocket: kinds::PocketForm {
                phone_address: form.pocket.phone_address,
                user_name: form.pocket.user_name,
                password: form.pocket.password.into(),
                has_password: form.pocket.has_password,
                number: form.pocket.number,
                texts_per_second: form.pocket.texts_per_second,
            },
        }
    }
}

/// What saving the gateway led to.
#[derive(Clone, Serialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum GatewaySaved {
    /// It is in use.
    Saved {
        /// What happens now.
        sentence: String,
        /// What would surprise later.
        warnings: Vec<String>,
    },
    /// Something typed cannot be used.
    Invalid {
        /// What, and why.
        problems: Vec<FieldProblem>,
    },
}

/// How a try of the gateway went.
#[derive(Clone, Serialize, Type)]
pub struct TestOutcome {
    ok: bool,
    sentence: String,
    what_to_do: Option<String>,
    text_id: Option<String>,
}

impl From<core::TestOutcome> for TestOutcome {
    fn from(outcome: core::TestOutcome) -> Self {
        Self {
            ok: outcome.ok,
            sentence: outcome.sentence,
            what_to_do: outcome.what_to_do,
            text_id: outcome.text.map(|id| id.to_string()),
        }
    }
}

/// A gateway that was used before, and to which people may still reply.
#[derive(Clone, Serialize, Type)]
pub struct FormerGateway {
    id: String,
    name: String,
    until: String,
}

/// Those that are listened to beside the one in use.
#[tauri::command]
#[specta::specta]
pub async fn former_gateways(placard: State<'_, Placard>) -> Answer<Vec<FormerGateway>> {
    let formers = with(&placard, Campaign::former_gateways).await?;
    Ok(formers
        .into_iter()
        .map(|former| FormerGateway {
            id: former.id.to_string(),
            name: former.name,
            until: time(former.until),
        })
        .collect())
}

/// Listens to one of them no longer.
#[tauri::command]
#[specta::specta]
pub async fn stop_listening(placard: State<'_, Placard>, former: String) -> Answer<()> {
    let former = id(&former)?;
    with(&placard, move |campaign| campaign.stop_listening(former)).await
}

/// The gateway's form, less the secrets.
#[tauri::command]
#[specta::specta]
pub async fn gateway_form(placard: State<'_, Placard>) -> Answer<GatewayForm> {
    Ok(with(&placard, Campaign::gateway_form).await?.into())
}

/// What has to stand in Kannel's configuration for replies to come to Placard.
#[tauri::command]
#[specta::specta]
pub async fn kannel_service(placard: State<'_, Placard>) -> Answer<Option<String>> {
    with(&placard, Campaign::kannel_service).await
}

/// Sends through this gateway from now on.
#[tauri::command]
#[specta::specta]
pub async fn save_gateway(placard: State<'_, Placard>, form: GatewayForm) -> Answer<GatewaySaved> {
    let form = form.into();
    let saved = with(&placard, move |campaign| campaign.save_gateway(&form)).await?;
    Ok(match saved {
        core::GatewaySaved::Saved { sentence, warnings } => {
            GatewaySaved::Saved { sentence, warnings }
        }
        core::GatewaySaved::Invalid(problems) => GatewaySaved::Invalid {
            problems: problems
                .into_iter()
                .map(|problem| FieldProblem {
                    field: problem.field.to_owned(),
                    sentence: problem.sentence,
                })
                .collect(),
        },
    })
}

/// Asks the gateway whether it would take a text.
#[tauri::command]
#[specta::specta]
pub async fn check_gateway(placard: State<'_, Placard>) -> Answer<TestOutcome> {
    let campaign = placard.campaign()?;
    Ok(campaign.check_gateway().await.into())
}

/// Sends a test text, and waits for the gateway's answer.
#[tauri::command]
#[specta::specta]
pub async fn send_test_text(placard: State<'_, Placard>, to: String) -> Answer<TestOutcome> {
    let campaign = placard.campaign()?;
    Ok(campaign.send_test_text(&to).await?.into())
}
