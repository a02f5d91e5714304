//! The words a new campaign starts with, in six languages: what is read out, what is texted, and what the
//! flip screen says.
//!
//! A request for consent has to be in clear and plain language (UK GDPR Art 7(2)), and a privacy notice
//! too (Art 12(1)): for many supporters that is not English. The words that a phone replies with stay YES,
//! STOP, START and HELP in every language, since carriers and gateways know no others.

mod bn;
mod cy;
mod en;
mod es;
mod flip;
mod language;
mod pl;
mod ur;

use super::Channel;
use crate::people::{Country, one_line};
use crate::texts::life::Kind;
use crate::texts::template::{LONGEST_CAMPAIGN, StandIns};

pub use flip::FlipWords;
pub use language::Language;

/// The longest label of a purpose that goes into a wording, in characters.
pub const LONGEST_LABEL: usize = 80;

/// The longest contact that goes into a privacy notice, in characters.
pub const LONGEST_CONTACT: usize = 70;

/// The longest length of time that goes into a privacy notice, in characters.
pub const LONGEST_KEPT: usize = 30;

/// What a wording asks for or tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// Texts from the campaign (PECR r22; 47 CFR 64.1200).
    Texts,
    /// A note of support, issues and union membership: political opinions and union membership need
    /// explicit consent of their own (UK GDPR Art 9(2)(a)).
    Opinions,
    /// A purpose that the organiser made.
    Own {
        /// How they would hear from the campaign.
        channel: Channel,
        /// What about, as the organiser wrote it: not empty. It stands behind a colon, so that it fits
        /// whatever its grammar or language.
        label: &'a str,
    },
    /// The privacy notice (UK GDPR Art 13): it tells and asks nothing.
    Privacy {
        /// Who to write or speak to: an address of any kind.
        contact: &'a str,
        /// How long it is kept, as it stands behind a colon. [`months`] says it in each language.
        kept: &'a str,
    },
}

/// All words of a language. Wordings have the fields `{campaign}`, `{purpose}`, `{contact}` and `{kept}`;
/// `{cost}` and `{complain}` are sentences that only some countries need.
struct Words {
    texts: &'static str,
    /// Texts about one thing: no text to confirm comes of a yes to them alone.
    texts_about: &'static str,
    /// What the CTIA Messaging Principles add: how often, what it may cost, and HELP.
    cost: &'static str,
    opinions: &'static str,
    calls: &'static str,
    email: &'static str,
    post: &'static str,
    privacy: &'static str,
    complain_to_ico: &'static str,
    complain_elsewhere: &'static str,
    confirmation: &'static str,
    confirmation_north_america: &'static str,
    reminder: &'static str,
    goodbye: &'static str,
    help: &'static str,
    help_north_america: &'static str,
    stand_ins: StandIns,
    flip: FlipWords,
}

/// The wording a new campaign starts with: who asks, what for, that it is a choice, how to stop, and a
/// question to say yes to (UK GDPR Art 4(11) and 7; PECR r22); or the privacy notice (Art 13).
///
/// Values are filled in once, lose line breaks and control characters, and are cut to their longest. Every
/// wording stays within 600 characters. Where the language is written from right to left, each value
/// is set in Unicode isolates, so that a name or number in other letters does not tear the line apart.
#[must_use]
pub fn wording(
    purpose: Purpose<'_>,
    language: Language,
    campaign: &str,
    country: Country,
) -> String {
    let words = words(language);
    let value = |text: &str, longest| isolated(one_line(text, longest), language);
    let campaign = ("campaign", value(campaign, LONGEST_CAMPAIGN));
    let cost = if country.keeps_ctia_principles() {
        words.cost
    } else {
        ""
    };
    let cost = ("cost", cost.to_owned());
    match purpose {
        Purpose::Texts => fill(words.texts, &[campaign, cost]),
        Purpose::Opinions => fill(words.opinions, &[campaign]),
        Purpose::Own { channel, label } => {
            let asked = match channel {
                Channel::Texts => words.texts_about,
                Channel::Calls => words.calls,
                Channel::Email => words.email,
                Channel::Post => words.post,
                Channel::Opinions => words.opinions,
            };
            let label = ("purpose", value(label, LONGEST_LABEL));
            fill(asked, &[campaign, cost, label])
        }
        Purpose::Privacy { contact, kept } => fill(
            words.privacy,
            &[
                campaign,
                ("contact", value(contact, LONGEST_CONTACT)),
                ("kept", value(kept, LONGEST_KEPT)),
                ("complain", complaint(words, country).to_owned()),
            ],
        ),
    }
}

/// Whom to complain to (UK GDPR Art 13(2)(d)). North America has no such authority over campaigns.
fn complaint(words: &Words, country: Country) -> &'static str {
    if country == Country::GB {
        words.complain_to_ico
    } else if country.keeps_ctia_principles() {
        ""
    } else {
        words.complain_elsewhere
    }
}

/// The template a new campaign starts with, with the fields that [`crate::texts::template::Template`]
/// reads. It names the campaign and, but for the goodbye, says STOP (PECR r23). In North America the
/// confirmation and the help also say how often, what it may cost, and HELP (CTIA Messaging Principles).
///
/// English, Welsh and Spanish keep to the GSM 7-bit alphabet, and their confirmations to two segments with
/// names of common length. Polish, Urdu and Bengali cannot, and take three at home and four in North America.
#[must_use]
pub fn template(kind: Kind, language: Language, country: Country) -> &'static str {
    let words = words(language);
    match (kind, country.keeps_ctia_principles()) {
        (Kind::Confirmation | Kind::Reply | Kind::Test, false) => words.confirmation,
        (Kind::Confirmation | Kind::Reply | Kind::Test, true) => words.confirmation_north_america,
        (Kind::Reminder, _) => words.reminder,
        (Kind::Goodbye, _) => words.goodbye,
        (Kind::Help, false) => words.help,
        (Kind::Help, true) => words.help_north_america,
    }
}

/// What the flip screen says.
#[must_use]
pub fn flip_words(language: Language) -> &'static FlipWords {
    &words(language).flip
}

/// What a template in the language says in place of a missing name.
#[must_use]
pub fn stand_ins(language: Language) -> StandIns {
    words(language).stand_ins
}

/// How to stop, in few words: what an answer by hand gets that does not say so (PECR r23).
#[must_use]
pub fn way_to_stop(language: Language) -> &'static str {
    match language {
        Language::En => "Reply STOP to stop.",
        Language::Cy => "Atebwch STOP i stopio.",
        Language::Es => "Responda STOP para cancelar.",
        Language::Pl => "Rezygnacja: wystarczy STOP.",
        Language::Ur => "بند کروانے کے لیے جواب میں STOP لکھیں۔",
        Language::Bn => "না চাইলে STOP লিখে উত্তর দিন।",
    }
}

/// What a privacy notice says where people are kept for as long as they wish.
#[must_use]
pub fn until_asked(language: Language) -> &'static str {
    match language {
        Language::En => "until you ask us to stop",
        Language::Cy => "nes i chi ofyn i ni stopio",
        Language::Es => "hasta que nos pida parar",
        Language::Pl => "do odwołania zgody",
        Language::Ur => "جب تک آپ منع نہ کریں",
        Language::Bn => "আপনি না বলা পর্যন্ত",
    }
}

/// A length of time as a privacy notice says it: "24 months".
#[must_use]
pub fn months(count: u16, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 month".to_owned(),
        (Language::En, _) => format!("{count} months"),
        (Language::Cy, 2) => "2 fis".to_owned(),
        (Language::Cy, _) => format!("{count} mis"),
        (Language::Es, 1) => "1 mes".to_owned(),
        (Language::Es, _) => format!("{count} meses"),
        (Language::Pl, 1) => "1 miesiąc".to_owned(),
        (Language::Pl, _) if matches!(count % 10, 2..=4) && !matches!(count % 100, 12..=14) => {
            format!("{count} miesiące")
        }
        (Language::Pl, _) => format!("{count} miesięcy"),
        (Language::Ur, 1) => "1 مہینہ".to_owned(),
        (Language::Ur, _) => format!("{count} مہینے"),
        (Language::Bn, _) => format!("{} মাস", bn::number(count)),
    }
}

fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &en::WORDS,
        Language::Cy => &cy::WORDS,
        Language::Es => &es::WORDS,
        Language::Pl => &pl::WORDS,
        Language::Ur => &ur::WORDS,
        Language::Bn => &bn::WORDS,
    }
}

/// Between a first strong isolate and its end (Unicode Standard Annex 9), where the line runs from right to
/// left.
fn isolated(value: String, language: Language) -> String {
    if language.is_rtl() {
        format!("\u{2068}{value}\u{2069}")
    } else {
        value
    }
}

/// Fills fields in once from left to right: what stands in a value is never read as a field. A field
/// without a value stays as it is.
fn fill(words: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(words.len() * 2);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
