//! People pushed to a server, one by one.

use std::sync::atomic::{AtomicBool, Ordering};

use secrecy::SecretString;

use super::exporting::{a_list, confirms, opts_out};
use super::*;
use crate::gateways::OsdiForm;
use crate::gateways::scripted::{Say, Scripted, says};
use crate::people::Mobile;
use crate::progress::Watch;
use crate::storage::{do_not_call, imports};

const DOOR: &str =
    r#"{"_links": {"osdi:person_signup_helper": {"href": "/api/v2/people/signup"}}}"#;

fn ok(body: &str) -> Say {
    says("200 OK", "", body)
}

fn taken() -> Say {
    ok("{}")
}

/// A stall at work that pushes to a server with this script.
struct Pushed {
    stall: Stall,
    server: Scripted,
}

impl Pushed {
    fn new(script: Vec<Say>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let new = NewCampaign {
            name: "Clean Air Now",
            organiser: "Sam",
            country: "GB",
            passphrase: &passphrase,
        };
        let created = create(folder.path(), &new, Utc::now()).unwrap();
        let stall = Stall::at_work(folder, created.finish().unwrap());
        let server = stall.runtime.block_on(Scripted::start(script));
        let pushed = Self { stall, server };
        pushed.keep("the-token").unwrap();
        for (name, digits) in [("Amina", "101"), ("Bo", "102"), ("Cy", "103")] {
            let form = person(name, &format!("07700 900{digits}"), true);
            pushed.stall.save(&form, None);
        }
        pushed
    }

    fn keep(&self, token: &str) -> Result<OsdiForm> {
        self.stall.campaign.save_osdi_server(&OsdiForm {
            address: format!("{}api/v2", self.server.url),
            token: token.to_owned().into(),
            has_token: false,
        })
    }

    fn push(&self) -> PushReport {
        self.push_until(&AtomicBool::new(false))
    }

    fn push_until(&self, stop: &AtomicBool) -> PushReport {
        let watch = Watch::new(&|_, _| {}, stop);
        let campaign = &self.stall.campaign;
        let pushed = campaign.push_people(&Who::Everyone, &watch);
        self.stall.runtime.block_on(pushed).unwrap()
    }

    /// Whom the server was told of, in order, and with which word on their number.
    fn told(&self) -> Vec<(String, Option<String>)> {
        let posts = self.server.journal();
        let posts = posts.iter().filter(|asked| asked.head.starts_with("POST"));
        let told = posts.map(|asked| {
            let body: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
            let word = |path: &str| body.pointer(path)?.as_str().map(str::to_owned);
            (
                word("/person/given_name").unwrap(),
                word("/person/phone_numbers/0/status"),
            )
        });
        told.collect()
    }

    fn names(&self) -> Vec<String> {
        self.told().into_iter().map(|(name, _)| name).collect()
    }
}

fn counts(report: &PushReport) -> (u64, u64, usize, u64, bool) {
    (
        report.sent,
        report.same,
        report.refused.len(),
        report.left,
        report.finished,
    )
}

#[test]
fn everybody_is_sent_once_and_only_what_changed_is_sent_again() {
    let pushed = Pushed::new(vec![
        ok(DOOR),
        taken(),
        taken(),
        taken(),
        ok(DOOR),
        ok(DOOR),
        taken(),
    ]);
    confirms(&pushed.stall, "Amina");
    let report = pushed.push();
    assert_eq!(counts(&report), (3, 0, 0, 0, true));
    assert_eq!(report.sentence, "3 people were sent.");
    let told = pushed.told();
    assert_eq!(told[0], ("Amina".to_owned(), Some("subscribed".to_owned())));
    assert_eq!(told[1], ("Bo".to_owned(), None), "who has not confirmed");
    let again = pushed.push();
    assert_eq!(counts(&again), (0, 3, 0, 0, true));
    opts_out(&pushed.stall, "+447700900101");
    let again = pushed.push();
    assert_eq!(counts(&again), (1, 2, 0, 0, true));
    assert_eq!(
        pushed.told().last().unwrap(),
        &("Amina".to_owned(), Some("unsubscribed".to_owned()))
    );
    let state = pushed.stall.campaign.push_state().unwrap().unwrap();
    assert_eq!(counts(&state), (1, 2, 0, 0, true));
}

#[test]
fn a_number_that_nobody_calls_any_more_is_news_to_the_server() {
    let pushed = Pushed::new(vec![ok(DOOR), taken(), taken(), taken(), ok(DOOR), taken()]);
    pushed.push();
    let storage = &pushed.stall.campaign.storage;
    let listed = storage.write(|conn| {
        let mobile = Mobile::from_e164("+447700900102").unwrap();
        imports::insert(conn, &a_list())?;
        do_not_call::add(conn, &mobile, a_list().id)
    });
    assert!(listed.unwrap());
    assert_eq!(counts(&pushed.push()), (1, 2, 0, 0, true));
    let told = pushed.server.journal();
    let told: serde_json::Value = serde_json::from_str(&told.last().unwrap().body).unwrap();
    assert_eq!(told["person"]["given_name"], "Bo");
    assert_eq!(told["person"]["phone_numbers"][0]["do_not_call"], true);
}

#[test]
fn a_push_that_broke_off_is_gone_on_with() {
    let pushed = Pushed::new(vec![
        ok(DOOR),
        taken(),
        says("302 Found", "location: /sign-in\r\n", ""),
        ok(DOOR),
        taken(),
        taken(),
    ]);
    let report = pushed.push();
    assert_eq!(counts(&report), (1, 0, 0, 2, false));
    assert!(report.sentence.contains("web page"), "{}", report.sentence);
    assert!(
        report
            .sentence
            .ends_with("2 are left. Push again to go on with them.")
    );
    let kept = pushed.stall.campaign.push_state().unwrap().unwrap();
    assert_eq!(counts(&kept), (1, 0, 0, 2, false));
    let report = pushed.push();
    assert_eq!(counts(&report), (2, 1, 0, 0, true));
    assert_eq!(pushed.names(), ["Amina", "Bo", "Bo", "Cy"]);
}

#[test]
fn whom_the_server_refuses_is_named_with_its_reason_and_tried_again_the_next_time() {
    let no = || says("400 Bad Request", "", r#"{"error": "No email address."}"#);
    let pushed = Pushed::new(vec![ok(DOOR), taken(), no(), taken(), ok(DOOR), taken()]);
    let report = pushed.push();
    assert_eq!(counts(&report), (2, 0, 1, 0, true));
    assert_eq!(report.refused[0].name, "Bo");
    assert_eq!(
        report.refused[0].reason,
        "The server says: No email address."
    );
    let report = pushed.push();
    assert_eq!(counts(&report), (1, 2, 0, 0, true));
}

/// A fault of the server's own, after which it wants no pause.
fn fault() -> Say {
    says("500 Internal Server Error", "retry-after: 0\r\n", "")
}

#[test]
fn whom_the_server_has_a_fault_with_is_in_nobodys_way() {
    let pushed = Pushed::new(vec![
        ok(DOOR),
        taken(),
        fault(),
        fault(),
        fault(),
        taken(),
        // The next time Bo comes last, and whoever is new before them.
        ok(DOOR),
        taken(),
        fault(),
        taken(),
    ]);
    let report = pushed.push();
    assert_eq!(counts(&report), (2, 0, 1, 0, true));
    assert_eq!(report.refused[0].name, "Bo");
    assert!(report.refused[0].reason.contains("HTTP 500"));
    assert_eq!(pushed.names(), ["Amina", "Bo", "Bo", "Bo", "Cy"]);
    pushed
        .stall
        .save(&person("Dee", "07700 900104", true), None);
    let report = pushed.push();
    assert_eq!(counts(&report), (2, 2, 0, 0, true));
    assert_eq!(pushed.names()[5..], ["Dee", "Bo", "Bo"]);
}

#[test]
fn a_server_that_has_a_fault_with_everybody_is_left_alone_and_gone_on_with() {
    let mut script = vec![ok(DOOR), taken()];
    script.extend((0..7).map(|_| fault()));
    script.extend([
        ok(DOOR),
        taken(),
        taken(),
        taken(),
        taken(),
        taken(),
        taken(),
    ]);
    let pushed = Pushed::new(script);
    for (name, digits) in [
        ("Dee", "104"),
        ("Eve", "105"),
        ("Fay", "106"),
        ("Guy", "107"),
    ] {
        let form = person(name, &format!("07700 900{digits}"), true);
        pushed.stall.save(&form, None);
    }
    let report = pushed.push();
    assert_eq!(counts(&report), (1, 0, 5, 1, false));
    assert!(
        report
            .sentence
            .ends_with("(HTTP 500). Try again later. 1 is left. Push again to go on."),
        "{}",
        report.sentence
    );
    assert_eq!(
        pushed.names(),
        ["Amina", "Bo", "Bo", "Bo", "Cy", "Dee", "Eve", "Fay"]
    );
    let report = pushed.push();
    assert_eq!(counts(&report), (6, 1, 0, 0, true));
    assert_eq!(
        pushed.names()[8..],
        ["Guy", "Bo", "Cy", "Dee", "Eve", "Fay"],
        "nobody is held up for good"
    );
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_waited_for_and_not_for_ever() {
    let soon = || says("429 Too Many Requests", "retry-after: 0\r\n", "");
    let late = || says("429 Too Many Requests", "retry-after: 3600\r\n", "");
    let pushed = Pushed::new(vec![ok(DOOR), soon(), soon(), taken(), late()]);
    let report = pushed.push();
    assert_eq!(counts(&report), (1, 0, 0, 2, false));
    assert!(
        report.sentence.contains("left alone"),
        "{}",
        report.sentence
    );
    assert_eq!(pushed.names(), ["Amina", "Amina", "Amina", "Bo"]);
}

#[test]
fn a_token_that_is_not_taken_stops_everything_and_is_shown_nowhere() {
    let pushed = Pushed::new(vec![ok(DOOR), says("401 Unauthorized", "", "")]);
    let report = pushed.push();
    assert_eq!(counts(&report), (0, 0, 0, 3, false));
    assert!(report.sentence.contains("API key"), "{}", report.sentence);
    let shown = pushed.stall.campaign.osdi_server().unwrap();
    assert!(shown.has_token);
    assert_eq!(secrecy::ExposeSecret::expose_secret(&shown.token), "");
    pushed.keep("").unwrap();
    let elsewhere = OsdiForm {
        address: "https://elsewhere.example/api".to_owned(),
        ..shown
    };
    let refused = pushed.stall.campaign.save_osdi_server(&elsewhere);
    let Err(refused) = refused else {
        panic!("a kept token went to another address");
    };
    assert_eq!(refused.field(), Some("token"));
}

#[test]
fn only_what_nobody_can_read_along_is_an_address() {
    let pushed = Pushed::new(Vec::new());
    for address in [
        "",
        "http://osdi.example/api",
        "http://192.168.1.20/api",
        "osdi.example two",
    ] {
        let form = OsdiForm {
            address: address.to_owned(),
            token: "t".to_owned().into(),
            has_token: false,
        };
        let refused = pushed.stall.campaign.save_osdi_server(&form);
        assert_eq!(refused.err().unwrap().field(), Some("address"), "{address}");
    }
}

#[test]
fn a_person_stops_it_and_what_was_sent_is_known() {
    let pushed = Pushed::new(vec![ok(DOOR), taken(), ok(DOOR), taken(), taken()]);
    let stop = AtomicBool::new(false);
    let campaign = &pushed.stall.campaign;
    let tell = |done: u64, _: u64| stop.store(done == 1, Ordering::Relaxed);
    let watch = Watch::new(&tell, &stop);
    let report = pushed
        .stall
        .runtime
        .block_on(campaign.push_people(&Who::Everyone, &watch));
    let report = report.unwrap();
    assert!(!report.finished);
    assert!(report.sent >= 1 && report.left > 0);
    assert!(report.sentence.contains("Stopped."));
}

#[test]
fn what_a_server_was_told_goes_with_whoever_is_erased() {
    let pushed = Pushed::new(vec![ok(DOOR), taken(), taken(), taken()]);
    pushed.push();
    let campaign = &pushed.stall.campaign;
    // Nobody who has a text on the wire is erased.
    pushed.stall.runtime.block_on(campaign.close());
    let people = campaign.people(&Default::default(), 0, 1).unwrap().rows;
    campaign.erase(people[0].id).unwrap();
    let known = campaign.storage.read(|conn| {
        Ok(conn.query_row("SELECT count(*) FROM pushed", [], |row| {
            row.get::<_, u32>(0)
        })?)
    });
    assert_eq!(known.unwrap(), 2);
}

#[test]
fn practice_pushes_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let opened = practice(folder.path(), Utc::now()).unwrap();
    let stall = Stall::at_work(folder, opened);
    let never = AtomicBool::new(false);
    let watch = Watch::new(&|_, _| {}, &never);
    let pushed = stall.campaign.push_people(&Who::Everyone, &watch);
    let Err(refused) = stall.runtime.block_on(pushed) else {
        panic!("practice pushed somebody");
    };
    assert_eq!(refused.code(), Code::PracticeOnly);
}
