//! What the flip screen says beside the wordings.

use crate::people::one_line;
use crate::texts::template::LONGEST_CAMPAIGN;

use super::{Language, fill, isolated};

/// The words of the screen that a supporter is handed: they choose a language, type their details, check
/// them, read each wording, and press yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlipWords {
    /// Above the languages.
    pub choose_language: &'static str,
    /// Above a wording: who asks. It has the field `{campaign}`; [`FlipWords::asked_by`] fills it in.
    pub asked_by: &'static str,
    /// Label.
    pub first_name: &'static str,
    /// Label.
    pub last_name: &'static str,
    /// Label.
    pub mobile: &'static str,
    /// Label.
    pub email: &'static str,
    /// Label, but for the United States.
    pub postcode: &'static str,
    /// Label, in the United States.
    pub zip_code: &'static str,
    /// Beside what need not be given.
    pub optional: &'static str,
    /// The first name is empty.
    pub first_name_missing: &'static str,
    /// The mobile is none.
    pub mobile_wrong: &'static str,
    /// The email address is none.
    pub email_wrong: &'static str,
    /// The postcode or ZIP code is none.
    pub postcode_wrong: &'static str,
    /// Button: on to the next page.
    pub next: &'static str,
    /// Button: to the page before.
    pub back: &'static str,
    /// Above all that they typed.
    pub check_your_details: &'static str,
    /// Button and heading: who keeps the details and why (UK GDPR Art 13).
    pub privacy_notice: &'static str,
    /// Button: away from the privacy notice.
    pub close: &'static str,
    /// Below the buttons yes and no, so that neither is urged (UK GDPR Art 7(4)).
    pub your_choice: &'static str,
    /// Button. It answers the question that each wording ends with.
    pub yes: &'static str,
    /// Button, as large as yes.
    pub no: &'static str,
    /// The last page.
    pub thank_you: &'static str,
    /// Below the thanks, after a yes to texts: the confirmation comes.
    pub after_yes_to_texts: &'static str,
    /// Below the thanks, after a no to texts.
    pub after_no_to_texts: &'static str,
    /// Below that: the laptop goes back.
    pub hand_back: &'static str,
    /// Nobody has touched it for a while.
    pub still_there: &'static str,
    /// Button: they are.
    pub carry_on: &'static str,
    /// Button: empties the screen for someone else.
    pub start_again: &'static str,
}

impl FlipWords {
    /// Who asks, above a wording: consent is to a named sender (PECR r22). The name is filled in once.
    #[must_use]
    pub fn asked_by(&self, language: Language, campaign: &str) -> String {
        let name = isolated(one_line(campaign, LONGEST_CAMPAIGN), language);
        fill(self.asked_by, &[("campaign", name)])
    }

    /// Each of them with its name, for the screen.
    #[must_use]
    pub fn named(&self) -> [(&'static str, &'static str); 28] {
        [
            ("choose_language", self.choose_language),
            ("asked_by", self.asked_by),
            ("first_name", self.first_name),
            ("last_name", self.last_name),
            ("mobile", self.mobile),
            ("email", self.email),
            ("postcode", self.postcode),
            ("zip_code", self.zip_code),
            ("optional", self.optional),
            ("first_name_missing", self.first_name_missing),
            ("mobile_wrong", self.mobile_wrong),
            ("email_wrong", self.email_wrong),
            ("postcode_wrong", self.postcode_wrong),
            ("next", self.next),
            ("back", self.back),
            ("check_your_details", self.check_your_details),
            ("privacy_notice", self.privacy_notice),
            ("close", self.close),
            ("your_choice", self.your_choice),
            ("yes", self.yes),
            ("no", self.no),
            ("thank_you", self.thank_you),
            ("after_yes_to_texts", self.after_yes_to_texts),
            ("after_no_to_texts", self.after_no_to_texts),
            ("hand_back", self.hand_back),
            ("still_there", self.still_there),
            ("carry_on", self.carry_on),
            ("start_again", self.start_again),
        ]
    }

    /// Each of them, for whoever checks that none is missing.
    #[must_use]
    pub fn all(&self) -> [&'static str; 28] {
        self.named().map(|(_, word)| word)
    }
}
