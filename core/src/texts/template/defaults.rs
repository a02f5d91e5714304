//! The words a new campaign starts with.

use crate::people::Country;

/// The confirmation that a new campaign sends until it writes its own. It names the campaign, asks for a
/// YES and says how to stop (PECR r22 and r23); it fits one GSM 7-bit segment with names of common length.
const CONFIRMATION: &str = "Hi {first_name}, this is {campaign}. Thanks for talking to {canvasser}. \
    Reply YES to get our texts, or STOP at any time to get none.";

/// As above, with what the CTIA Messaging Principles ask of a first text: the program's name, how often,
/// what it may cost, HELP and STOP. It fits two segments.
const CONFIRMATION_NORTH_AMERICA: &str = "{campaign}: Hi {first_name}, thanks for talking to {canvasser}. \
    Reply YES to get our campaign texts. Msg frequency varies. Msg & data rates may apply. \
    Reply HELP for help, STOP to cancel.";

/// The template of the confirmation text for a new campaign in the country.
#[must_use]
pub fn default_confirmation(country: Country) -> &'static str {
    if country.keeps_ctia_principles() {
        CONFIRMATION_NORTH_AMERICA
    } else {
        CONFIRMATION
    }
}
