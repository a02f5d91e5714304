//! Carrier answers, and what is done.

use super::*;
use crate::texts::life::State;

/// How the provider says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// In its answer to the text.
    AtOnce,
    /// It takes the text, and says so when it is asked how the text is doing.
    Later,
}

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Does {
    /// Nothing goes to anybody until a person has mended it.
    StopsAll,
    /// Nothing goes to that country.
    StopsCountry,
    /// Nothing goes in the same words.
    StopsTemplate,
    /// The number is shown to be corrected.
    ShowsNumber,
    /// The number is opted out.
    OptsOut,
    /// It goes again, once.
    OnceMore,
    /// It goes again, later.
    Again,
    /// A person decides.
    Asks,
}

/// Every line of the table: the code, how it is told, what is done, and what a person is shown.
const TABLE: &[(u32, Told, Does, &str)] = &[
    (21_211, Told::AtOnce, Does::ShowsNumber, "correct it"),
    (21_614, Told::AtOnce, Does::ShowsNumber, "correct it"),
    (30_005, Told::Later, Does::ShowsNumber, "correct it"),
    (30_006, Told::Later, Does::ShowsNumber, "correct it"),
    (
        21_408,
        Told::AtOnce,
        Does::StopsCountry,
        "Allow the country",
    ),
    (
        21_608,
        Told::AtOnce,
        Does::StopsCountry,
        "Upgrade the account",
    ),
    (30_034, Told::Later, Does::StopsCountry, "registration"),
    (
        21_610,
        Told::AtOnce,
        Does::OptsOut,
        "opted out with the carrier",
    ),
    (30_001, Told::Later, Does::Again, ""),
    (21_617, Told::AtOnce, Does::StopsTemplate, "Shorten it"),
    (30_003, Told::Later, Does::OnceMore, ""),
    (30_004, Told::Later, Does::StopsAll, "Look at the wording"),
    (30_007, Told::Later, Does::StopsAll, "Look at the wording"),
    (30_008, Told::Later, Does::Asks, "You decide"),
];

struct Row<'a> {
    provider: &'a Provider,
    stall: &'a Stall,
    code: u32,
    to: String,
    /// Somebody else, whose text waits behind it.
    other: String,
}

impl Row<'_> {
    fn name(&self) -> String {
        self.code.to_string()
    }

    fn text(&self) -> TextRow {
        self.stall.text_of(&self.name())
    }

    /// Time passes, and what is due then has been tried.
    fn a_while(&self) {
        for _ in 0..3 {
            self.stall.pass(TimeDelta::minutes(8));
            self.stall.tries_the_gateway();
        }
    }

    fn other_waits(&self) -> bool {
        self.stall.text_of("Other").state == State::Waiting
    }

    /// What holds sending up, and the mend; released as a person would.
    fn is_mended(&self, shown: &str) {
        let holds = self
            .stall
            .campaign
            .texts(Group::Waiting, 0, 1)
            .unwrap()
            .holds;
        assert_eq!(holds.len(), 1, "{}", self.code);
        let told = format!("{} {}", holds[0].sentence, holds[0].what_to_do);
        assert!(told.contains(shown), "{}: {told}", self.code);
        self.stall.captured("Other", &self.other, true);
        self.a_while();
        assert!(self.other_waits(), "{}", self.code);
        self.stall.campaign.release_hold(holds[0].id).unwrap();
        self.others_go_on();
    }

    fn others_go_on(&self) {
        self.stall.until("others go on", |_| !self.other_waits());
    }

    fn nothing_is_held(&self) {
        let page = self.stall.campaign.texts(Group::Waiting, 0, 1).unwrap();
        assert_eq!(page.holds, [], "{}", self.code);
        self.stall.captured("Other", &self.other, true);
        self.others_go_on();
    }

    fn is_never_tried_again(&self) {
        self.a_while();
        assert_eq!(self.provider.posts_to(&self.to), 1, "{}", self.code);
    }
}

#[test]
fn carrier_answers_stop_slow_or_show_what_the_table_says() {
    for (code, told, does, shown) in TABLE.iter().copied() {
        let provider = Provider::new();
        let stall = Stall::through(&provider, "GB");
        let row = Row {
            provider: &provider,
            stall: &stall,
            code,
            to: "+447700900101".to_owned(),
            other: "07700 900102".to_owned(),
        };
        match told {
            Told::AtOnce => provider.refuses(&row.to, 400, code),
            Told::Later => provider.reports(&row.to, Some(code)),
        }
        stall.captured(&row.name(), "07700 900101", true);
        if told == Told::Later {
            stall.until("it is taken", |_| provider.posts_to(&row.to) == 1);
            stall.until("it is taken", |_| row.text().state != State::Sending);
            stall.pass(TimeDelta::seconds(5));
        }
        let settled = match (does, told) {
            (Does::Again | Does::OnceMore, _) => State::Waiting,
            (_, Told::AtOnce) => State::Failed,
            (_, Told::Later) => State::Undelivered,
        };
        stall.until(&format!("{code} is settled"), |_| {
            row.text().state == settled
        });
        if does != Does::Again && does != Does::OnceMore {
            let sentence = row.text().sentence.to_lowercase();
            assert!(
                sentence.contains(&shown.to_lowercase()),
                "{code}: {sentence}"
            );
        }
        match does {
            Does::StopsAll => row.is_mended(shown),
            Does::StopsCountry => {
                stall.captured("Abroad", "+1 212 555 0101", true);
                stall.pass(TimeDelta::hours(2));
                stall.until("another country goes on", |_| {
                    stall.text_of("Abroad").state != State::Waiting
                });
                row.is_mended(shown);
            }
            Does::StopsTemplate => {
                let welsh = Typed {
                    language: "cy".to_owned(),
                    ..person("Cymraeg", "07700 900103", Some(true))
                };
                stall.saves(&welsh, None);
                stall.until("other words go on", |_| {
                    stall.text_of("Cymraeg").state != State::Waiting
                });
                row.is_mended(shown);
                // Words that were shortened are no longer those that were too long.
                provider.refuses("+447700900104", 400, code);
                stall.captured("Again", "07700 900104", true);
                stall.until("it is held once more", |campaign| {
                    !campaign
                        .texts(Group::Waiting, 0, 1)
                        .unwrap()
                        .holds
                        .is_empty()
                });
                let shorter = "{campaign}: reply YES to confirm, STOP to stop.";
                let kind = crate::texts::life::Kind::Confirmation;
                stall.campaign.save_template(kind, "en", shorter).unwrap();
                let page = stall.campaign.texts(Group::Waiting, 0, 1).unwrap();
                assert_eq!(page.holds, [], "{code}");
                stall.captured("After", "07700 900105", true);
                stall.until("the new words go", |_| {
                    stall.text_of("After").state != State::Waiting
                });
            }
            Does::ShowsNumber | Does::Asks => {
                row.nothing_is_held();
                let page = stall.campaign.texts(Group::NeedsYou, 0, 10).unwrap();
                assert_eq!(page.rows.len(), 1, "{code}: a person has to look");
                assert!(page.rows[0].can_try_again, "{code}");
                row.is_never_tried_again();
            }
            Does::OptsOut => {
                row.nothing_is_held();
                let people = stall
                    .campaign
                    .people(&Question::default(), 0, 10)
                    .unwrap()
                    .rows;
                let out: Vec<&str> = people
                    .iter()
                    .filter(|person| person.opted_out)
                    .map(|person| person.name.as_str())
                    .collect();
                assert_eq!(out, [row.name()], "{code}");
                assert!(!row.text().can_try_again, "{code}");
                let last = stall.ledger();
                let out = last
                    .iter()
                    .find(|line| line["entry"]["what"] == "opt_out")
                    .unwrap();
                assert_eq!(out["entry"]["method"], "carrier", "{code}");
                row.is_never_tried_again();
            }
            Does::OnceMore => {
                row.nothing_is_held();
                row.a_while();
                stall.until("it went once more", |_| {
                    provider.posts_to(&row.to) == 2 && row.text().state != State::Sending
                });
                stall.pass(TimeDelta::seconds(5));
                stall.until("and no more", |_| row.text().state == State::Undelivered);
                row.a_while();
                assert_eq!(provider.posts_to(&row.to), 2, "{code}");
            }
            Does::Again => {
                row.nothing_is_held();
                provider.reports(&row.to, None);
                row.a_while();
                stall.until("it went again", |_| {
                    provider.posts_to(&row.to) == 2 && row.text().state != State::Sending
                });
                stall.pass(TimeDelta::seconds(5));
                stall.until("and arrived", |_| row.text().state == State::Delivered);
            }
        }
    }
}

#[test]
fn carrier_answers_refused_credentials_or_a_suspended_account_stop_the_queue_until_they_are_mended()
{
    for (scenario, reported) in [("20003", None), ("30002", Some(30_002))] {
        let provider = Provider::new();
        let stall = Stall::through(&provider, "GB");
        let first = "+447700900100";
        if let Some(code) = reported {
            provider.reports(first, Some(code));
            stall.captured("First", "07700 900100", true);
            stall.until(scenario, |_| {
                stall.text_of("First").state == State::Accepted
            });
            stall.pass(TimeDelta::seconds(5));
            stall.until(scenario, |_| {
                stall.text_of("First").state == State::Undelivered
            });
            let holds = stall.campaign.texts(Group::Waiting, 0, 1).unwrap().holds;
            assert_eq!(holds.len(), 1, "{scenario}");
            assert!(holds[0].what_to_do.contains("Settings"), "{scenario}");
        }
        provider.refuses_us(true);
        for (name, number) in [("Amina", 101), ("Bo", 102)] {
            stall.captured(name, &format!("07700 900{number}"), true);
        }
        stall.campaign.hurry();
        stall.until(scenario, |campaign| {
            let problem = campaign.connection().unwrap().problem.unwrap_or_default();
            problem.contains("user name, key or password") && problem.contains("Settings")
        });
        assert!(!stall.tries_the_gateway(), "{scenario}");
        let tried = provider.posts_to("+447700900101") + provider.posts_to("+447700900102");
        assert!(tried <= 1, "{scenario}: one text was enough to know");
        for name in ["Amina", "Bo"] {
            assert_eq!(
                stall.text_of(name).state,
                State::Waiting,
                "{scenario}: {name}"
            );
        }
        provider.refuses_us(false);
        stall.campaign.hurry();
        stall.until(scenario, |_| {
            ["Amina", "Bo"].iter().all(|name| has_left(&stall, name))
        });
    }
}

fn has_left(stall: &Stall, name: &str) -> bool {
    matches!(
        stall.text_of(name).state,
        State::Accepted | State::Delivered
    )
}

#[test]
fn carrier_answers_too_many_requests_and_a_full_queue_slow_everything_down_and_lose_nothing() {
    let too_many = r#"{"code":20429,"message":"Too Many Requests","status":429}"#;
    let full = r#"{"code":21611,"message":"Queue full","status":400}"#;
    for (scenario, status, header, body) in [
        ("20429", 429, "retry-after: 60\r\n", too_many),
        ("429 alone", 429, "retry-after: 60\r\n", ""),
        ("21611", 400, "", full),
    ] {
        let provider = Provider::new();
        let stall = Stall::through(&provider, "GB");
        let to = "+447700900101";
        provider.answers(to, status, header, body);
        stall.captured("Amina", "07700 900101", true);
        stall.until(scenario, |_| {
            let text = stall.text_of("Amina");
            text.state == State::Waiting && provider.posts_to(to) == 1
        });
        stall.captured("Bo", "07700 900102", true);
        if !header.is_empty() {
            let shown = stall.campaign.connection().unwrap().sentence;
            assert!(shown.contains("asked for a pause"), "{scenario}: {shown}");
            assert!(stall.tries_the_gateway());
            assert_eq!(provider.posts_to(to), 1, "{scenario}: not at once");
            let other = provider.posts_to("+447700900102");
            assert_eq!(other, 0, "{scenario}: all slow down");
        }
        // A minute later: on the laptop's clock, and for the worker, which begins anew.
        stall.pass(TimeDelta::seconds(60));
        stall.sends_through(&provider.address(), OURS);
        stall.until(scenario, |_| {
            ["Amina", "Bo"].iter().all(|name| has_left(&stall, name))
        });
        assert_eq!(provider.posts_to(to), 2, "{scenario}");
        assert_eq!(provider.posts_to("+447700900102"), 1, "{scenario}");
    }
}
