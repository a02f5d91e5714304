//! The headers by which others know the columns.

use super::*;

fn headers(format: Format) -> Vec<String> {
    cells(&written(format, &about(Country::GB), &[])).remove(0)
}

#[test]
fn nation_builder_knows_every_column() {
    assert_eq!(
        headers(Format::NationBuilder).join(","),
        "first_name,last_name,email,email_opt_in,mobile_number,mobile_opt_in,do_not_call,support_level,\
         tag_list,language,external_id,note,is_volunteer"
    );
}

#[test]
fn action_network_knows_the_first_columns_and_keeps_the_others_as_fields() {
    assert_eq!(
        headers(Format::ActionNetwork)[..6].join(","),
        "first_name,last_name,email,mobile_number,zip_code,language"
    );
    let own = &headers(Format::ActionNetwork)[6..];
    assert!(
        own.iter()
            .all(|header| header.starts_with("placard_") || header.starts_with("consent_"))
    );
}

#[test]
fn van_knows_every_column() {
    assert_eq!(
        headers(Format::Van).join(","),
        "VanID,FirstName,LastName,CellPhone,Zip5,SMSOptInStatus,DoNotCall"
    );
}

#[test]
fn whom_nobody_may_call_is_marked_in_every_list_and_keeps_their_number_for_texts() {
    let about = about(Country::GB);
    let mut not_called = amina();
    if let Some(mobile) = &mut not_called.mobile {
        mobile.do_not_call = true;
    }
    for (format, header, mark, number) in [
        (Format::Csv, "do_not_call", ["yes", ""], "mobile"),
        (
            Format::NationBuilder,
            "do_not_call",
            ["true", "false"],
            "mobile_number",
        ),
        (
            Format::ActionNetwork,
            "placard_do_not_call",
            ["yes", ""],
            "mobile_number",
        ),
        (Format::Van, "DoNotCall", ["Y", ""], "CellPhone"),
    ] {
        let rows = cells(&written(format, &about, &[not_called.clone(), amina()]));
        let marks = [0, 1].map(|person| cell(&rows, person, header));
        assert_eq!(marks, mark, "{format:?}");
        assert_eq!(cell(&rows, 0, number), "44 7700900101", "{format:?}");
    }
    let body = osdi::signup(&not_called, &about).unwrap();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let mobile = &body["person"]["phone_numbers"][0];
    assert_eq!(mobile["do_not_call"], true);
    assert_eq!(mobile["status"], "subscribed", "texts go on");
}

#[test]
fn another_program_finds_the_headers_at_the_very_beginning_and_excel_a_mark_of_the_encoding() {
    let about = about(Country::GB);
    for (format, begins) in [
        (Format::NationBuilder, "first_name,"),
        (Format::ActionNetwork, "first_name,"),
        (Format::Van, "VanID,"),
        (Format::Csv, "\u{feff}external_id,"),
    ] {
        let bytes = written(format, &about, &[]);
        assert!(bytes.starts_with(begins.as_bytes()), "{format:?}");
    }
}

#[test]
fn the_proof_of_a_yes_goes_along() {
    let about = about(Country::GB);
    let rows = cells(&written(Format::Csv, &about, &[amina()]));
    let entry = Hash::of_text("texts").to_string();
    for (header, is) in [
        ("texts_status", "subscribed"),
        ("tags", "Placard,Clean Air, Now"),
        ("consent_texts", "confirmed"),
        ("consent_texts_at", "2026-06-01T09:30:00Z"),
        ("consent_texts_how", "spoken"),
        ("consent_texts_wording", "en 3"),
        ("consent_texts_entry", &entry),
        ("consent_opinions", ""),
        ("consent_news", "yes"),
    ] {
        assert_eq!(cell(&rows, 0, header), is, "{header}");
    }
    let rows = cells(&written(Format::NationBuilder, &about, &[amina()]));
    let note = cell(&rows, 0, "note");
    assert!(note.contains("texts: confirmed (2026-06-01T09:30:00Z, spoken, wording en 3"));
    assert!(note.contains(&entry));
    assert_eq!(cell(&rows, 0, "tag_list"), "Placard,Clean Air  Now");
}
