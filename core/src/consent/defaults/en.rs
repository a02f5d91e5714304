//! English.

use super::{FlipWords, StandIns, Words};

pub(super) const WORDS: Words = Words {
    texts: "May {campaign} send you texts about the campaign: news, events and ways to help? It is your \
        choice. First you get one text to confirm.{cost} You can stop at any time by replying STOP. \
        Do you agree, yes or no?",
    texts_about: "May {campaign} send you texts about this: {purpose}? It is your choice.{cost} You can \
        stop all our texts at any time by replying STOP. Do you agree, yes or no?",
    cost: " How often varies, and message and data rates may apply. Reply HELP for help.",
    opinions: "May {campaign} keep a note of what you think: whether you support us, and what matters to \
        you? That can show your political opinions or union membership. It is your choice, and texts do \
        not depend on it. You can change your mind and have it deleted at any time. Do you agree, yes or no?",
    calls: "May {campaign} call you about this: {purpose}? It is your choice. You can stop the calls at \
        any time: tell whoever calls. Do you agree, yes or no?",
    email: "May {campaign} send you emails about this: {purpose}? It is your choice. You can stop them \
        at any time by replying to one. Do you agree, yes or no?",
    post: "May {campaign} send you letters by post about this: {purpose}? It is your choice. You can \
        stop them at any time: tell us. Do you agree, yes or no?",
    privacy: "{campaign} holds what you tell us and is responsible for it. Contact: {contact}. With your \
        consent we use it to keep in touch with you about the campaign. How long we keep it: {kept}. You \
        can ask to see it, correct it or have it deleted, object, or withdraw your consent at any time. \
        We do not sell it or pass it on: the service that sends our texts gets only what it \
        needs.{complain}",
    complain_to_ico: " You can complain to the ICO (ico.org.uk).",
    complain_elsewhere: " You can complain to your country's data protection authority.",
    confirmation: "Hi {first_name}, this is {campaign}. Thanks for talking to {canvasser}. \
        Reply YES to get our texts, or STOP at any time to get none.",
    confirmation_north_america: "{campaign}: Hi {first_name}, thanks for talking to {canvasser}. \
        Reply YES to get our campaign texts. Msg frequency varies. Msg & data rates may apply. \
        Reply HELP for help, STOP to cancel.",
    reminder: "{campaign}: Hi {first_name}, we have not heard from you. Reply YES to get our texts. \
        This is the only reminder. Reply STOP to get none.",
    goodbye: "{campaign}: you are opted out and get no more texts from us. \
        Reply START to get them again.",
    help: "{campaign}: volunteers' campaign texts. Reply STOP to get none.",
    help_north_america: "{campaign}: volunteers' campaign texts. Msg frequency varies. \
        Msg & data rates may apply. Reply STOP to get none.",
    stand_ins: StandIns {
        first_name: "there",
        campaign: "our campaign",
        canvasser: "a volunteer",
    },
    flip: FlipWords {
        choose_language: "Choose your language",
        asked_by: "{campaign} asks you",
        first_name: "First name",
        last_name: "Last name",
        mobile: "Mobile number",
        email: "Email",
        postcode: "Postcode",
        zip_code: "ZIP code",
        optional: "You can leave this empty.",
        first_name_missing: "Please type your first name.",
        mobile_wrong: "This is not a mobile number. Please check it.",
        email_wrong: "This is not an email address. Please check it.",
        postcode_wrong: "This does not look right. Please check it.",
        next: "Next",
        back: "Back",
        check_your_details: "Please check your details",
        privacy_notice: "What happens to your details",
        close: "Close",
        your_choice: "It is your choice. Either answer is fine.",
        yes: "Yes",
        no: "No",
        thank_you: "Thank you",
        after_yes_to_texts: "You will get one text. Please reply YES to it.",
        after_no_to_texts: "We will not send you texts.",
        hand_back: "Please hand the laptop back.",
        still_there: "Are you still there?",
        carry_on: "Carry on",
        start_again: "Start again",
    },
};
