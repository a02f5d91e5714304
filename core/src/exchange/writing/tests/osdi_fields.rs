//! The collection of people held against OSDI's own fields (OSDI 1.2: people, addresses, common fields).

use serde_json::{Map, Value};

use super::*;

/// What a field holds.
#[derive(Debug, Clone, Copy)]
enum Is {
    Text,
    Flag,
    Texts,
    OneOf(&'static [&'static str]),
    /// Objects with these fields.
    Many(&'static [(&'static str, Is)]),
    /// Any keys, and text for each.
    Pairs,
    /// An object of another kind, which Placard does not write.
    Other,
}

const PERSON: &[(&str, Is)] = &[
    ("identifiers", Is::Texts),
    ("created_date", Is::Text),
    ("modified_date", Is::Text),
    ("family_name", Is::Text),
    ("given_name", Is::Text),
    ("additional_name", Is::Text),
    ("honorific_prefix", Is::Text),
    ("honorific_suffix", Is::Text),
    ("gender", Is::OneOf(&["Female", "Male", "Other"])),
    ("gender_identity", Is::Text),
    ("additional_gender_identities", Is::Texts),
    ("gender_pronouns", Is::Other),
    ("party_identification", Is::Text),
    ("parties", Is::Other),
    ("source", Is::Text),
    ("ethnicities", Is::Texts),
    ("languages_spoken", Is::Texts),
    ("preferred_language", Is::Text),
    ("browser_url", Is::Text),
    ("administrative_url", Is::Text),
    ("birthdate", Is::Other),
    ("employer", Is::Text),
    ("work_title", Is::Text),
    ("work_department", Is::Text),
    ("employer_address", Is::Other),
    ("postal_addresses", Is::Many(POSTAL_ADDRESS)),
    ("email_addresses", Is::Many(EMAIL_ADDRESS)),
    ("phone_numbers", Is::Many(PHONE_NUMBER)),
    ("profiles", Is::Other),
    ("custom_fields", Is::Pairs),
    ("divisions", Is::Other),
    ("_links", Is::Other),
    ("_embedded", Is::Other),
];

const POSTAL_ADDRESS: &[(&str, Is)] = &[
    ("primary", Is::Flag),
    ("address_type", Is::OneOf(&["Home", "Work", "Mailing"])),
    ("venue", Is::Text),
    ("address_lines", Is::Texts),
    ("locality", Is::Text),
    ("region", Is::Text),
    ("postal_code", Is::Text),
    ("country", Is::Text),
    ("language", Is::Text),
    ("location", Is::Other),
    (
        "status",
        Is::OneOf(&["Potential", "Verified", "Bad", "Past"]),
    ),
    ("last_verified_date", Is::Text),
    ("occupation", Is::Text),
];

const EMAIL_ADDRESS: &[(&str, Is)] = &[
    ("primary", Is::Flag),
    ("address", Is::Text),
    ("address_type", Is::Text),
    (
        "status",
        Is::OneOf(&["subscribed", "unsubscribed", "bouncing", "spam complaints"]),
    ),
];

const PHONE_NUMBER: &[(&str, Is)] = &[
    // The table says text; what it says of it, and its examples, are a flag.
    ("primary", Is::Flag),
    ("number", Is::Text),
    ("extension", Is::Text),
    ("description", Is::Text),
    ("number_type", Is::Text),
    ("operator", Is::Text),
    ("country", Is::Text),
    ("sms_capable", Is::Flag),
    ("do_not_call", Is::Flag),
];

fn object<'a>(value: &'a Value, what: &str) -> &'a Map<String, Value> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("{what} is an object"))
}

fn check(value: &Value, fields: &[(&str, Is)], what: &str) {
    for (name, value) in object(value, what) {
        let known = fields.iter().find(|(known, _)| known == name);
        let (_, is) = known.unwrap_or_else(|| panic!("{what}.{name} is no field of OSDI's"));
        let fits = match is {
            Is::Text => value.is_string(),
            Is::Flag => value.is_boolean(),
            Is::Texts => value
                .as_array()
                .is_some_and(|texts| texts.iter().all(Value::is_string)),
            Is::OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Is::Pairs => object(value, name).values().all(Value::is_string),
            Is::Many(fields) => {
                for value in value.as_array().unwrap() {
                    check(value, fields, name);
                }
                true
            }
            Is::Other => false,
        };
        assert!(fits, "{what}.{name} is {value}, not {is:?}");
    }
}

fn collection(people: &[Exported]) -> Value {
    serde_json::from_slice(&written(Format::Osdi, &about(Country::GB), people)).unwrap()
}

#[test]
fn every_field_is_one_of_osdis_and_holds_what_it_says() {
    let mut other = amina();
    other.mobile = None;
    other.email = String::new();
    other.postcode = String::new();
    other.language = String::new();
    other.words = Vec::new();
    let mut out = amina();
    out.mobile = Some(Number {
        e164: "+12025550143".to_owned(),
        takes: Takes::OptedOut,
        do_not_call: true,
    });
    let json = collection(&[amina(), other, out]);
    let mut names: Vec<&String> = object(&json, "the collection").keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "_embedded",
            "_links",
            "page",
            "per_page",
            "total_pages",
            "total_records"
        ]
    );
    assert_eq!(json["total_records"], 3);
    assert_eq!(json["_links"]["curies"][0]["name"], "osdi");
    assert_eq!(json["_links"]["curies"][0]["templated"], true);
    let people = json["_embedded"]["osdi:people"].as_array().unwrap();
    assert_eq!(people.len(), 3);
    for person in people {
        check(person, PERSON, "person");
        for number in person["phone_numbers"].as_array().unwrap() {
            let digits = number["number"].as_str().unwrap();
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
    assert_eq!(people[2]["phone_numbers"][0]["country"], "US");
    let calls = |person: &Value| person["phone_numbers"][0]["do_not_call"].clone();
    assert_eq!(
        (calls(&people[0]), calls(&people[2])),
        (false.into(), true.into())
    );
}

#[test]
fn a_person_is_written_as_osdi_has_them() {
    let json = collection(&[amina()]);
    let person = &json["_embedded"]["osdi:people"][0];
    let entry = Hash::of_text("texts").to_string();
    for (path, is) in [
        (
            "/identifiers/0",
            "placard:01900000-0000-7000-8000-000000000001",
        ),
        ("/given_name", "Amina"),
        ("/family_name", "Khan"),
        ("/source", "Clean Air, Now"),
        ("/preferred_language", "en"),
        ("/postal_addresses/0/postal_code", "SW9 8JX"),
        ("/postal_addresses/0/country", "GB"),
        ("/email_addresses/0/address", "amina@example.org"),
        ("/phone_numbers/0/number", "447700900101"),
        ("/phone_numbers/0/number_type", "Mobile"),
        ("/phone_numbers/0/country", "GB"),
        ("/custom_fields/placard_texts", "confirmed"),
        ("/custom_fields/placard_texts_wording", "en 3"),
        ("/custom_fields/placard_texts_at", "2026-06-01T09:30:00Z"),
        ("/custom_fields/placard_texts_how", "spoken"),
        ("/custom_fields/placard_texts_entry", &entry),
    ] {
        assert_eq!(person.pointer(path).unwrap(), is, "{path}");
    }
}

#[test]
fn nobody_at_all_is_a_collection_too() {
    let json = collection(&[]);
    assert_eq!(json["total_records"], 0);
    assert_eq!(json["_embedded"]["osdi:people"], serde_json::json!([]));
}

#[test]
fn what_is_pushed_asks_the_server_to_write_to_nobody() {
    let body = osdi::signup(&amina(), &about(Country::GB)).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["triggers"]["autoresponse"]["enabled"], false);
    assert_eq!(body["triggers"]["sms_response"]["enabled"], false);
    assert_eq!(body["add_tags"][0], "Placard");
    assert_eq!(body["person"]["phone_numbers"][0]["status"], "subscribed");
}
