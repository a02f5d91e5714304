//! A page on which somebody is put right, while what is known of them changes underneath.

use super::*;

/// Their own phone proves another number than the one that was typed.
fn phone_proves(stall: &Stall, id: Uuid, mobile: &str) {
    let done = stall.campaign.storage.write(|conn| {
        let mut details = supporters::details(conn, id)?;
        details.mobile = Some(mobile.to_owned());
        supporters::update(conn, id, &details, Utc::now())
    });
    done.unwrap();
}

#[test]
fn what_was_not_typed_over_stays_as_their_own_phone_has_made_it() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    let before = shown(&stall, amina);
    phone_proves(&stall, amina, "+447700900102");
    let typed = Typed {
        // As the page writes it.
        mobile: "07700 900101".to_owned(),
        postcode: "sw98jx".to_owned(),
        ..before.clone()
    };
    let saved = stall.campaign.correct(amina, &before, &typed, None, None);
    assert_eq!(saved.unwrap(), Corrected::Saved(None));
    let now = details(&stall, amina);
    assert_eq!(now.mobile.as_deref(), Some("+447700900102"));
    assert_eq!(now.postcode, "SW9 8JX");
    stall.campaign.undo().unwrap();
    let now = details(&stall, amina);
    assert_eq!(now.mobile.as_deref(), Some("+447700900102"));
    assert_eq!(now.postcode, "");
}

#[test]
fn what_was_typed_over_what_changed_meanwhile_is_refused_and_named() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    let before = shown(&stall, amina);
    phone_proves(&stall, amina, "+447700900102");
    let typed = Typed {
        mobile: "07700 900103".to_owned(),
        last_name: "Khan".to_owned(),
        ..before.clone()
    };
    let refused = stall
        .campaign
        .correct(amina, &before, &typed, None, None)
        .unwrap_err();
    assert_eq!(refused.code(), Code::TooLate);
    let sentence = refused.to_string();
    assert!(
        sentence.starts_with("Changed meanwhile: Mobile. "),
        "{sentence}"
    );
    let now = details(&stall, amina);
    assert_eq!(now.mobile.as_deref(), Some("+447700900102"));
    assert_eq!(now.last_name, "", "nothing was saved");
    // Whoever types what stands there by now loses nothing.
    let typed = Typed {
        mobile: "07700 900102".to_owned(),
        ..typed
    };
    let saved = stall.campaign.correct(amina, &before, &typed, None, None);
    assert_eq!(saved.unwrap(), Corrected::Saved(None));
    assert_eq!(details(&stall, amina).last_name, "Khan");
}

#[test]
fn a_field_that_is_emptied_is_emptied_and_a_language_that_nobody_chose_stays() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", false);
    corrected(&stall, amina, |typed| {
        typed.email = "amina@example.org".to_owned();
        typed.language = "cy".to_owned();
    });
    corrected(&stall, amina, |typed| {
        typed.email.clear();
        typed.language.clear();
    });
    let now = details(&stall, amina);
    assert_eq!((now.email.as_str(), now.language.as_str()), ("", "cy"));
}
