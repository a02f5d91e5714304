//! The languages that the organiser adds.

use super::*;

pub(super) const TEXTS_IN_FRENCH: &str = "Clean Air Now peut-il vous envoyer des SMS sur la campagne ? Vous pouvez arrêter à tout \
     moment en répondant STOP. Êtes-vous d’accord, oui ou non ?";

pub(super) const CONFIRMATION_IN_FRENCH: &str = "{campaign}: bonjour {first_name}. Répondez YES pour recevoir nos SMS, STOP pour n'en recevoir aucun.";

impl Stall {
    fn speaking_french() -> Self {
        let stall = Self::new();
        let added = stall.campaign.add_language("fr", "Français", false);
        added.unwrap();
        stall
    }

    fn flip_tags(&self) -> Vec<String> {
        let languages = self.campaign.flip_languages().unwrap().into_iter();
        languages.map(|spoken| spoken.tag).collect()
    }

    fn in_french(&self, first: &str, mobile: &str) -> Uuid {
        let form = Typed {
            language: "fr".to_owned(),
            ..person(first, mobile, true)
        };
        row(self.save(&form, None));
        self.campaign
            .people(&Question::default(), 0, 1)
            .unwrap()
            .rows[0]
            .id
    }

    fn receipt_of(&self, person: Uuid) -> Receipt {
        let entry = self
            .campaign
            .person(person)
            .unwrap()
            .timeline
            .into_iter()
            .find_map(|happened| happened.receipt)
            .unwrap();
        self.campaign.receipt(entry).unwrap()
    }
}

#[test]
fn six_come_ready_and_more_can_be_added() {
    let stall = Stall::new();
    assert_eq!(stall.campaign.languages().unwrap().len(), 6);
    for (tag, name, rtl, kept) in [
        ("fr", "Français", false, "fr"),
        ("ZH-hant", " 繁體中文 ", false, "zh-Hant"),
        ("so", "Soomaali", false, "so"),
        ("fa", "فارسی", true, "fa"),
        ("es-mx", "Español de México", false, "es-MX"),
    ] {
        let added = stall.campaign.add_language(tag, name, rtl).unwrap();
        let spoken = Spoken {
            tag: kept.to_owned(),
            name: name.trim().to_owned(),
            rtl,
            added: true,
        };
        assert_eq!(added, spoken);
        assert_eq!(stall.campaign.languages().unwrap().last(), Some(&spoken));
    }
}

#[test]
fn what_is_no_language_says_why() {
    let stall = Stall::speaking_french();
    let long = "a".repeat(41);
    for (scenario, tag, name, field, sentence) in [
        ("no name", "so", " ", "name", "Type the language’s name"),
        ("a long name", "so", &long, "name", "40 characters"),
        ("no code", "", "Soomaali", "tag", "two or three letters"),
        ("no code at all", "Somali", "Soomaali", "tag", "“zh-Hant”"),
        (
            "there already",
            "FR",
            "Le français",
            "tag",
            "“fr” is there already: Français.",
        ),
        ("comes ready", "cy", "Welsh", "tag", "Cymraeg"),
        ("a name that is there", "so", "français", "name", "already"),
    ] {
        let error = stall.campaign.add_language(tag, name, false).unwrap_err();
        assert_eq!(error.field(), Some(field), "{scenario}");
        assert!(error.to_string().contains(sentence), "{scenario}: {error}");
    }
    assert_eq!(stall.campaign.languages().unwrap().len(), 7);
}

#[test]
fn english_stands_in_until_there_are_words() {
    let stall = Stall::speaking_french();
    let shown = stall.campaign.wording(TEXTS, "fr").unwrap();
    let english = stall.campaign.wording(TEXTS, "en").unwrap();
    assert_eq!(shown.written.version, 0, "there is none of its own");
    assert_eq!(shown.written.body, english.written.body);
    assert_eq!(shown.findings, english.findings);
    let text = stall
        .campaign
        .template(Kind::Confirmation, "fr")
        .unwrap()
        .judged
        .written;
    assert_eq!(text.version, 0);
    let english_text = stall
        .campaign
        .template(Kind::Confirmation, "en")
        .unwrap()
        .judged
        .written;
    assert_eq!(text.body, english_text.body);
    assert!(!stall.flip_tags().contains(&"fr".to_owned()));

    // What was read out was English, and so says the receipt.
    let amina = stall.in_french("Amina", "07700 900101");
    let receipt = stall.receipt_of(amina);
    assert_eq!(receipt.wording, english.written.body);
    assert_eq!(receipt.version, "Version 1 (English)");
    let held = stall.campaign.everything_held(amina).unwrap();
    assert!(held.text.contains("Language: Français"), "{}", held.text);
    assert!(stall.texts()[0].2.starts_with("Hi Amina"));
}

#[test]
fn words_in_an_added_language_are_read_out_sent_and_kept() {
    let stall = Stall::speaking_french();
    let amina = stall.in_french("Amina", "07700 900101");
    let saved = stall.campaign.save_wording(TEXTS, "fr", TEXTS_IN_FRENCH);
    let saved = saved.unwrap();
    assert_eq!((saved.written.version, saved.findings), (1, Vec::new()));
    let saved = stall
        .campaign
        .save_template(Kind::Confirmation, "fr", CONFIRMATION_IN_FRENCH);
    assert_eq!(saved.unwrap().judged.written.version, 1);
    assert_eq!(
        stall.texts()[0].2,
        "Clean Air Now: bonjour Amina. Répondez YES pour recevoir nos SMS, STOP pour n'en recevoir aucun.",
        "what waits goes in the new words"
    );
    assert!(stall.flip_tags().contains(&"fr".to_owned()));
    let asks = stall.form().asks;
    let french = asks[0].wordings.iter().find(|one| one.language == "fr");
    assert_eq!(french.unwrap().body, TEXTS_IN_FRENCH);

    let bo = stall.in_french("Bo", "07700 900102");
    assert_eq!(stall.receipt_of(amina).version, "Version 1 (English)");
    assert_eq!(stall.receipt_of(bo).version, "Version 1 (Français)");
}

#[test]
fn the_law_holds_in_every_language() {
    let stall = Stall::speaking_french();
    for (scenario, body) in [
        (
            "no campaign",
            TEXTS_IN_FRENCH.replace("Clean Air Now", "On"),
        ),
        ("no STOP", TEXTS_IN_FRENCH.replace("STOP", "à un SMS")),
        ("nothing", String::new()),
    ] {
        let error = stall.campaign.save_wording(TEXTS, "fr", &body).unwrap_err();
        assert_eq!(error.code(), Code::Invalid, "{scenario}");
    }
    let unknown = stall.campaign.save_wording(TEXTS, "de", TEXTS_IN_FRENCH);
    assert_eq!(
        unknown.unwrap_err().code(),
        Code::NotFound,
        "nobody added German"
    );
    let unknown = stall
        .campaign
        .save_template(Kind::Confirmation, "de", CONFIRMATION_IN_FRENCH);
    assert_eq!(unknown.err().unwrap().code(), Code::NotFound);
}

#[test]
fn what_runs_from_right_to_left_says_so() {
    let stall = Stall::new();
    let added = stall.campaign.add_language("fa", "فارسی", true);
    added.unwrap();
    let body = "Clean Air Now می‌خواهد به شما پیامک بفرستد. STOP بفرستید تا قطع شود. موافقید؟";
    stall.campaign.save_wording(TEXTS, "fa", body).unwrap();
    let asks = stall.form().asks;
    for (language, rtl) in [("fa", true), ("ur", true), ("en", false), ("bn", false)] {
        let wording = asks[0].wordings.iter().find(|one| one.language == language);
        assert_eq!(wording.unwrap().rtl, rtl, "{language}");
    }
    let form = Typed {
        language: "fa".to_owned(),
        ..person("Amina", "07700 900101", true)
    };
    row(stall.save(&form, None));
    let id = stall
        .campaign
        .people(&Question::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    assert!(stall.receipt_of(id).rtl);
}
