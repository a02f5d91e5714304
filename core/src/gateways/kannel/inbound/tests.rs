//! What Kannel hands over, as it hands it over.

use super::*;

fn now() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

#[test]
fn the_service_is_filled_in_by_kannel_and_answers_nobody() {
    let address = Url::parse("http://127.0.0.1:13099/s3cret%2Fx/inbound").unwrap();
    let service = service(&address);
    assert!(service.contains(
        "get-url = \"http://127.0.0.1:13099/s3cret%%2Fx/inbound?id=%I&from=%p&to=%P&at=%T&coding=%c&charset=%C&text=%b\"\n"
    ));
    for line in [
        "group = sms-service\n",
        "keyword = default\n",
        "max-messages = 0\n",
        "omit-empty = true\n",
    ] {
        assert!(service.contains(line), "{line}");
    }
    assert!(
        !service.contains("\n\n"),
        "an empty line would end the group"
    );
}

#[test]
fn a_text_is_read_as_kannel_1_4_5_hands_it_over() {
    let text = read(
        "id=997557f3-63e2-4386-8c41-3a9638ca5765&from=%2B447700900123&to=447700900999&at=1795592618&coding=0&charset=UTF-8&text=STOP++now",
        now(),
    );
    assert_eq!(
        text,
        Some(Inbound {
            provider_id: "997557f3-63e2-4386-8c41-3a9638ca5765".to_owned(),
            from: "+447700900123".to_owned(),
            to: "447700900999".to_owned(),
            body: "STOP  now".to_owned(),
            at: DateTime::from_timestamp(1_795_592_618, 0).unwrap(),
        })
    );
}

#[test]
fn words_are_read_by_their_charset() {
    let cases = [
        (
            "as Kannel keeps them",
            "coding=0&charset=UTF-8&text=Caf%C3%A9+%E2%82%AC%0A",
            "Café €\n",
        ),
        (
            "beyond GSM 7",
            "coding=2&charset=UTF-16BE&text=%00C%00a%00f%00%E9%00+%D8%3D%DE%00%00+%00n%00o",
            "Café 😀 no",
        ),
        (
            "without a charset",
            "coding=2&text=%00S%00T%00O%00P",
            "STOP",
        ),
        (
            "half a character",
            "charset=UTF-16BE&text=%D8%3D%00a",
            "\u{fffd}a",
        ),
        ("half a unit", "charset=utf-16be&text=%00a%00", "a\u{fffd}"),
        ("Latin 1", "charset=ISO-8859-1&text=Caf%E9", "Café"),
        (
            "called UTF-8 and Latin 1",
            "charset=UTF-8&text=Caf%E9",
            "Café",
        ),
        ("bytes", "coding=1&charset=8-BIT&text=%00%FF", "\u{0}ÿ"),
        (
            "a charset that nobody knows",
            "charset=KLINGON&text=STOP",
            "STOP",
        ),
        ("no words", "text=", ""),
        (
            "a percent sign of its own",
            "text=100%+%zz+%2",
            "100% %zz %2",
        ),
        ("a sign that is no digit", "text=%+1", "% 1"),
        (
            "control characters",
            "text=a%00%1B%5B31m",
            "a\u{0}\u{1b}[31m",
        ),
        ("beyond ASCII, not escaped", "text=é", "é"),
    ];
    for (scenario, query, body) in cases {
        let text = read(&format!("id=1&from=447700900123&{query}"), now());
        assert_eq!(text.unwrap().body, body, "{scenario}");
    }
    let long = "x".repeat(10_000);
    let text = read(&format!("from=1&text={long}"), now());
    assert_eq!(text.unwrap().body, long);
}

#[test]
fn what_is_missing_is_made_up_for() {
    let noon = now();
    let cases = [
        ("no time", "id=1&from=2&text=a", Some(("2", noon))),
        (
            "a time that is none",
            "id=1&from=2&at=soon&text=a",
            Some(("2", noon)),
        ),
        (
            "a time beyond all times",
            "id=1&from=2&at=99999999999999999&text=a",
            Some(("2", noon)),
        ),
        ("no sender", "id=1&text=a", Some(("", noon))),
        ("no words", "id=1&from=2", Some(("2", noon))),
        (
            "a sender with spaces",
            "id=1&from=+2+&text=a",
            Some(("2", noon)),
        ),
        (
            "fields that we do not know",
            "x=1&from=2&y&text=a&=",
            Some(("2", noon)),
        ),
        ("neither sender nor words", "id=1&to=3", None),
        ("nothing", "", None),
    ];
    for (scenario, query, told) in cases {
        let text = read(query, noon);
        let text = text.as_ref().map(|text| (text.from.as_str(), text.at));
        assert_eq!(text, told, "{scenario}");
    }
}

#[test]
fn without_an_id_the_same_text_gets_the_same_one() {
    let id = |query: &str| read(query, now()).unwrap().provider_id;
    let first = id("from=2&to=3&at=4&text=STOP");
    assert_eq!(first.len(), 32);
    let same = [
        "from=2&to=3&at=4&text=STOP",
        "id=&from=2&to=3&at=4&text=STOP",
        "id=%25I&text=STOP&at=4&to=3&from=2",
    ];
    for query in same {
        assert_eq!(id(query), first, "{query}");
    }
    let others = [
        "from=1&to=3&at=4&text=STOP",
        "from=2&to=3&at=5&text=STOP",
        "from=2&to=3&at=4&text=STOPP",
        "from=23&to=&at=4&text=STOP",
    ];
    for query in others {
        assert_ne!(id(query), first, "{query}");
    }
    // Kept in vaults: it must stay what it is.
    assert_eq!(first, "e8b9e9f64be9f05d365fe78366c53181");
}
