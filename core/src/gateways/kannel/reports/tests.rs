//! The report address, and what a report means.

use super::*;

#[test]
fn reads_the_address_that_reports_come_to() {
    for typed in [
        "127.0.0.1:13099",
        " http://127.0.0.1:13099/ ",
        "localhost:13099",
        "[::1]:13099",
    ] {
        assert!(ReportAddress::read(typed, "s").is_ok(), "{typed}");
    }
    for typed in [
        "",
        "127.0.0.1",
        "127.0.0.1:0",
        "https://127.0.0.1:13099",
        "127.0.0.1:99999",
        "a:1/path",
    ] {
        assert_eq!(
            ReportAddress::read(typed, "s").err(),
            Some(CannotStart::ReportAddress),
            "{typed}"
        );
    }
    assert_eq!(
        ReportAddress::read("127.0.0.1:13099", "").err(),
        Some(CannotStart::ReportSecret)
    );
}

#[test]
fn the_report_address_carries_the_secret_and_our_id() {
    let address = ReportAddress::read("http://127.0.0.1:13099", "s3cret/x").unwrap();
    assert_eq!(
        address.template(Uuid::nil()),
        "http://127.0.0.1:13099/s3cret%2Fx/report/00000000-0000-0000-0000-000000000000?type=%d&answer=%A"
    );
}

#[test]
fn what_a_report_means() {
    let undelivered = |trouble, code: Option<&str>| {
        Some(Report::Undelivered {
            trouble,
            code: code.map(str::to_owned),
        })
    };
    let cases = [
        ("type=1&answer=", Some(Report::Delivered)),
        ("type=4", Some(Report::OnItsWay)),
        ("type=8&answer=ACK%2F", Some(Report::OnItsWay)),
        ("type=2", undelivered(Trouble::Unknown, None)),
        (
            "type=2&answer=id%3A1+stat%3AUNDELIV+err%3A011+text%3AHello",
            undelivered(Trouble::Unknown, Some("011")),
        ),
        (
            "type=34&answer=stat%3AEXPIRED+err%3A000",
            undelivered(Trouble::Expired, Some("000")),
        ),
        ("type=16&answer=NACK%2F", undelivered(Trouble::Other, None)),
        (
            "type=16&answer=NACK%2F0x0000000b%2FInvalid+Destination",
            undelivered(Trouble::Number, Some("0x0000000b")),
        ),
        (
            "type=16&answer=NACK%2F0x00000058%2FThrottled",
            undelivered(Trouble::QueueFull, Some("0x00000058")),
        ),
        (
            "type=16&answer=NACK%2Fsome+words%2F",
            undelivered(Trouble::Other, None),
        ),
        ("type=3", None),
        ("type=%25d", None),
        ("type=", None),
        ("", None),
    ];
    for (query, report) in cases {
        assert_eq!(read(query), report, "{query}");
    }
}

#[test]
fn proposes_an_address_that_is_free() {
    let proposed = propose_report_address();
    let taken = Probe::bind(&proposed).unwrap();
    let next = propose_report_address();
    assert_ne!(proposed, next);
    drop(taken);
    assert!(ReportAddress::read(&proposed, "s").is_ok());
}
