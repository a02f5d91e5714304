//! The headers by which others know the columns.

use super::*;

fn headers(format: Format) -> Vec<String> {
    cells(&written(format, &about(Country::GB), &[])).remove(0)
}

#[test]
fn nation_builder_knows_every_column() {
    assert_eq!(
        headers(Format::NationBuilder).join(","),
        "first_name,last_name,email,email_opt_in,mobile_number,mobile_opt_in,support_level,tag_list,language,\
         external_id,note,is_volunteer"
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
        "VanID,FirstName,LastName,CellPhone,Zip5,SMSOptInStatus"
    );
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
