//! A gateway's settings as an organiser types them, read with a sentence for whatever cannot be used.

mod kannel;
mod osdi;
mod pocket;
mod reading;
#[cfg(test)]
mod tests;
mod twilio;

pub use kannel::KannelForm;
pub use osdi::OsdiForm;
pub use pocket::PocketForm;
pub use twilio::TwilioForm;

use super::Kind;
use super::setup::Setup;

/// What Settings shows and takes. Secrets go in and never come out: an empty one keeps what is kept.
#[derive(Clone)]
pub struct Form {
    /// The gateway to use.
    pub kind: Kind,
    /// Twilio's fields.
    pub twilio: TwilioForm,
    /// Kannel's fields.
    pub kannel: KannelForm,
    /// The pocket phone's fields.
    pub pocket: PocketForm,
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
            twilio: TwilioForm::proposed(),
            kannel: KannelForm::proposed(),
            pocket: PocketForm::proposed(),
        };
        for setup in kept {
            match setup {
                Setup::Practice => {}
                Setup::Twilio(settings, rate) => form.twilio = TwilioForm::of(settings, *rate),
                Setup::Kannel(settings, rate) => form.kannel = KannelForm::of(settings, *rate),
                Setup::Pocket(settings, rate) => form.pocket = PocketForm::of(settings, *rate),
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
            Kind::Pocket => self.pocket.read(kept),
        }
    }
}
