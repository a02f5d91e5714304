//! Laptops of one campaign that hand their people round.

mod apart;
mod faults;
mod files;
mod forgetting;
mod going_on;
mod lists;
mod once;
mod rounds;
mod set_back;
mod speaking;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, TimeDelta, TimeZone};

use super::*;
use crate::clock::ManualClock;
use crate::gateways::{Abilities, Inbound};
use crate::hand_over::Handed;
use crate::people::{Country, Mobile};
use crate::progress::Watch;
use crate::sender::{Arrival, receive};
use crate::storage::handing::records::Record;
use crate::storage::handing::{self, Taken, Taking, Whom};
use crate::storage::vault::{DatabaseKey, Folder};
use crate::storage::{Storage, opt_outs};

/// When it is, whatever the laptops' clocks say.
fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 2, 12, 0, 0).unwrap()
}

/// A laptop whose vault has no passphrase, since deriving a key for each would take long.
pub(super) struct Laptop {
    folder: TempDir,
    clock: Arc<ManualClock>,
    campaign: Campaign,
}

/// A file as it is inside the lock.
type Lines = Vec<String>;

impl Laptop {
    fn new(runtime: &Runtime, fast_by: i64) -> Self {
        Self::of(runtime, "Clean Air Now", fast_by)
    }

    fn of(runtime: &Runtime, name: &str, fast_by: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(noon() + TimeDelta::seconds(fast_by)));
        let info = campaign::Campaign {
            name: name.to_owned(),
            organiser: "Sam".to_owned(),
            country: Country::GB,
            practice: false,
        };
        let place = Folder::campaign(folder.path());
        let held = place.hold().unwrap();
        let key = DatabaseKey::random().unwrap();
        let storage = open::fill(&place, &key, &info, clock.now()).unwrap();
        let opened = Opened { storage, held };
        let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
        let campaign =
            Campaign::start(opened, runtime.handle(), clock_of, Events::default()).unwrap();
        // The practice gateway would take every text at once.
        runtime.block_on(campaign.close());
        Self {
            folder,
            clock,
            campaign,
        }
    }

    fn storage(&self) -> &Storage {
        &self.campaign.storage
    }

    fn later(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    fn capture(&self, name: &str, mobile: &str, agrees: bool) -> Uuid {
        let form = person(name, mobile, agrees);
        let id = self.campaign.start_capture().unwrap().capture_id;
        row(self.campaign.save_capture(id, &form, None).unwrap());
        self.people()
            .iter()
            .find(|(_, called)| called == name)
            .map(|(id, _)| *id)
            .unwrap()
    }

    fn people(&self) -> Vec<(Uuid, String)> {
        let people = self
            .campaign
            .people(&Default::default(), 0, 100)
            .unwrap()
            .rows;
        let mut people: Vec<_> = people
            .into_iter()
            .map(|person| (person.id, person.name))
            .collect();
        people.sort();
        people
    }

    fn names(&self) -> BTreeSet<String> {
        self.people().into_iter().map(|(_, name)| name).collect()
    }

    fn correct(&self, id: Uuid, change: impl FnOnce(&mut Typed)) {
        let details = self.campaign.person(id).unwrap().details;
        let shown = Typed {
            first_name: details.first_name,
            last_name: details.last_name,
            mobile: details.mobile.unwrap_or_default(),
            email: details.email,
            postcode: details.postcode,
            language: details.language,
            ..Typed::default()
        };
        let mut typed = shown.clone();
        change(&mut typed);
        let number_of = Some(NumberOf::Anyway);
        let corrected = self.campaign.correct(id, &shown, &typed, number_of, None);
        assert!(matches!(corrected, Ok(Corrected::Saved(_))));
    }

    /// What this laptop would hand over, without the lock.
    fn lines(&self, whom: &Whom) -> Lines {
        let mut lines = Vec::new();
        let given = self.storage().read(|conn| {
            let own = handing::records::Laptop {
                id: handing::laptop(conn)?,
                name: "Sam".to_owned(),
                recipient: String::new(),
                suppression_key: handing::suppression_key(conn)?,
                heard_at: self.clock.now().into(),
            };
            handing::give(conn, whom, own, &mut |record| {
                lines.push(serde_json::to_string(record).unwrap());
                Ok(())
            })
        });
        given.unwrap();
        lines
    }

    /// A file as the campaign writes it for whoever knows the passphrase, without the lock.
    fn file(&self, what: &Handing) -> Vec<u8> {
        let mut file = Vec::new();
        let whom = ("", String::new());
        let written = watched(|watch| self.campaign.write_lines(what, whom, &mut file, watch));
        if let Some(up_to) = written.unwrap().up_to {
            let now = self.clock.now();
            let storage = self.storage();
            let marked = storage.write(|conn| handing::mark_handed(conn, "", &up_to, now));
            marked.unwrap();
        }
        file
    }

    fn takes(&self, file: &[u8]) -> Result<Taken> {
        let taken = watched(|watch| {
            let begin = || Handed::begin(file);
            self.campaign.take_from(begin, watch, Ok)
        });
        Ok(taken?.taken)
    }

    /// Hears a text from a phone, which the provider calls so.
    fn hears(&self, provider_id: &str, from: &str, body: &str, at: DateTime<Utc>) {
        let route = stored::Route {
            kind: GatewayKind::Twilio,
            account: "AC1".to_owned(),
        };
        let text = Inbound {
            provider_id: provider_id.to_owned(),
            from: from.to_owned(),
            to: String::new(),
            body: body.to_owned(),
            at,
        };
        let now = self.clock.now();
        let heard = self.storage().write(|conn| {
            let arrival = Arrival {
                route: &route,
                abilities: Abilities {
                    takes_our_id: false,
                    looks_up: true,
                    polls_status: true,
                    polls_inbound: true,
                    answers_stop: true,
                    answers_help: true,
                },
                // It was sent just now.
                clock: at - now,
                now,
                zone: "UTC",
            };
            receive(conn, &text, &arrival)
        });
        heard.unwrap();
    }

    fn take(&self, lines: &Lines) -> Result<Taken> {
        let now = self.clock.now();
        self.storage().write(|conn| {
            let mut taking = Taking::begin(conn, now)?;
            for line in lines {
                let record: Record = serde_json::from_str(line).unwrap();
                taking.take(record)?;
            }
            for person in taking.to_erase() {
                erasing::erase_as_elsewhere(conn, person, now)?;
            }
            taking.finish("Sam", true)
        })
    }

    fn takes_from(&self, other: &Self) -> Taken {
        self.take(&other.lines(&Whom::All)).unwrap()
    }

    fn is_out(&self, e164: &str) -> bool {
        let mobile = Mobile::from_e164(e164).unwrap();
        let out = self.storage().read(|conn| opt_outs::of(conn, &mobile));
        out.unwrap().is_some()
    }

    /// Everything that laptops are to agree on, as lines.
    fn state(&self) -> BTreeSet<String> {
        let lines = self.storage().read(|conn| {
            let mut lines = BTreeSet::new();
            for sql in [
                "SELECT 'person ' || hex(id) || '|' || first_name || '|' || last_name || '|' || coalesce(mobile, '')
                     || '|' || email || '|' || postcode || '|' || language || '|' || coalesce(hex(household_id), '')
                     || '|' || (removed_at IS NOT NULL) || '|' || turns
                 FROM supporters WHERE id NOT IN (SELECT supporter_id FROM erased)",
                "SELECT 'erased ' || hex(supporter_id) FROM erased",
                "SELECT 'word ' || hex(supporter_id) || '|' || purpose || '|' || what || '|' || confirmed FROM last_words",
                "SELECT 'out ' || mobile FROM supporters WHERE removed_at IS NULL AND mobile IN (SELECT mobile FROM opt_outs)",
                "SELECT 'entry ' || hex(laptop) || '|' || number || '|' || hex(hash) || '|' || coalesce(personal, '')
                     || '|' || coalesce(hex(supporter_id), '') FROM ledger",
                "SELECT 'change ' || hex(act_id) || '|' || turn || '|' || hex(supporter_id) || '|' || field || '|'
                     || coalesce(after, '') FROM changes",
                "SELECT 'capture ' || hex(id) || '|' || (undone_at IS NOT NULL) FROM captures",
                "SELECT 'text ' || hex(id) || '|' || coalesce(stands, state) || '|' || (
                     SELECT count(*) FROM text_events WHERE text_id = texts.id
                 ) FROM texts",
                "SELECT 'list ' || hex(id) || '|' || (undone_at IS NOT NULL) || '|' || turns FROM imports
                 WHERE kind = 'do_not_call'",
                "SELECT 'two people ' || hex(one_id) || hex(other_id) || '|' || stands || '|' || turns
                 FROM not_the_same",
            ] {
                let mut statement = conn.prepare(sql)?;
                let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
                for row in rows {
                    lines.insert(row?);
                }
            }
            Ok(lines)
        });
        let mut lines = lines.unwrap();
        let nobody_calls = |number: &String| self.nobody_calls(number);
        let numbers = (101..=104).map(|number| format!("+447700900{number}"));
        lines.extend(
            numbers
                .filter(nobody_calls)
                .map(|number| format!("nobody calls {number}")),
        );
        lines
    }

    /// Who is gone though a capture of theirs or a list's yes stands, and nobody erased them or made them one with somebody.
    fn lost(&self) -> u32 {
        let lost = self.storage().read(|conn| {
            Ok(conn.query_row(
                "SELECT count(*) FROM supporters
                 WHERE supporters.removed_at IS NOT NULL
                 AND (
                     supporters.id IN (SELECT supporter_id FROM captures WHERE undone_at IS NULL)
                     OR supporters.id IN (
                         SELECT supporter_id FROM ledger WHERE what = 'grant' AND method = 'import' AND id NOT IN (
                             SELECT about_id FROM ledger WHERE what = 'taken_back'
                         )
                     )
                 )
                 AND supporters.id NOT IN (SELECT supporter_id FROM erased)
                 AND supporters.id NOT IN (SELECT gone_id FROM merges WHERE stands = 1)",
                [],
                |row| row.get(0),
            )?)
        });
        lost.unwrap()
    }

    fn ledger_is_whole(&self) -> bool {
        matches!(
            self.campaign.check_ledger().unwrap(),
            LedgerState::Whole { .. }
        )
    }
}

/// Nobody watches, and nobody has had enough.
fn watched<T>(work: impl FnOnce(&Watch<'_>) -> T) -> T {
    let stop = AtomicBool::new(false);
    work(&Watch::new(&|_, _| {}, &stop))
}

fn passphrase() -> SecretString {
    SecretString::from(PASSPHRASE)
}

fn handed(from: &Laptop, what: &Handing) -> PathBuf {
    let lock = LockedWith::Passphrase(passphrase());
    let folder = from.folder.path().join("stick");
    from.later(1);
    watched(|watch| from.campaign.hand_over(what, &lock, &folder, watch))
        .unwrap()
        .path
}

fn taken_in(to: &Laptop, path: &std::path::Path) -> Result<TakenIn> {
    watched(|watch| to.campaign.take_in(path, Some(&passphrase()), watch))
}

#[test]
fn people_consents_and_the_ledger_come_along_and_twice_changes_nothing() {
    let runtime = Runtime::new().unwrap();
    let (market, church) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 2));
    market.campaign.start_shift("Sam", "Market").unwrap();
    let amina = market.capture("Amina", "07700 900101", true);
    church.capture("Rhys", "07700 900102", true);
    let file = handed(&market, &Handing::All);
    let looked = watched(|watch| {
        church
            .campaign
            .read_handed(&file, Some(&passphrase()), watch)
            .unwrap()
    });
    assert_eq!((looked.from.as_str(), looked.taken.new), ("Sam", 1));
    assert_eq!(church.names(), BTreeSet::from(["Rhys".to_owned()]));
    let taken = taken_in(&church, &file).unwrap();
    assert_eq!(taken.sentence, "1 new and 0 changed.");
    let names = BTreeSet::from(["Amina".to_owned(), "Rhys".to_owned()]);
    assert_eq!(church.names(), names);
    let page = church.campaign.person(amina).unwrap();
    assert_eq!(page.agrees_to.len(), 1);
    assert!(
        page.timeline
            .iter()
            .any(|told| told.sentence == "Captured at Market.")
    );
    assert!(church.ledger_is_whole());
    let before = church.state();
    let again = taken_in(&church, &file).unwrap();
    assert_eq!(
        again.sentence,
        "Everything in this file is here already: nothing changes."
    );
    assert_eq!(again.taken.act, None);
    assert_eq!(church.state(), before);
    // What was done here before can still be undone, and what came along not.
    assert_eq!(church.campaign.undo().unwrap().name, "Rhys");
    assert_eq!(church.campaign.undo().unwrap_err().code(), Code::TooLate);
    assert_eq!(church.campaign.suggested_shift().unwrap(), None);
}

#[test]
fn the_newest_change_of_each_field_wins_and_the_other_is_in_the_history() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", false);
    other.takes_from(&one);
    one.later(10);
    one.correct(amina, |typed| typed.last_name = "Khan".to_owned());
    one.correct(amina, |typed| typed.email = "amina@example.org".to_owned());
    other.later(20);
    other.correct(amina, |typed| typed.last_name = "Kahn".to_owned());
    let taken = one.takes_from(&other);
    assert_eq!((taken.new, taken.changed), (0, 1));
    other.takes_from(&one);
    for laptop in [&one, &other] {
        let page = laptop.campaign.person(amina).unwrap();
        assert_eq!(page.details.last_name, "Kahn");
        assert_eq!(page.details.email, "amina@example.org");
        let told = |value: &str| {
            page.timeline
                .iter()
                .any(|happened| happened.sentence.contains(value))
        };
        assert!(told("“Khan”") && told("“Kahn”"));
    }
}

#[test]
fn an_opt_out_stops_what_waits_on_every_laptop() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    other.campaign.opt_out("+447700900101").unwrap();
    let taken = one.takes_from(&other);
    assert_eq!(taken.opt_outs, 1);
    assert!(one.is_out("+447700900101"));
    let waiting = one.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
    assert!(waiting.is_empty());
}

#[test]
fn an_opt_out_of_a_number_that_was_erased_holds_on_the_other_laptop_too() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    one.campaign.opt_out("+447700900101").unwrap();
    one.campaign.erase(amina).unwrap();
    other.takes_from(one);
    third.capture("Bo", "07700 900101", true);
    assert!(!third.is_out("+447700900101"));
    // By way of the other.
    third.takes_from(other);
    assert!(third.is_out("+447700900101"));
    other.capture("Cy", "07700 900101", true);
    assert!(other.is_out("+447700900101"));
}

#[test]
fn a_list_brings_in_no_yes_of_a_number_that_was_erased_as_out_on_the_other_laptop() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 2] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    one.campaign.opt_out("+447700900101").unwrap();
    one.campaign.erase(amina).unwrap();
    other.takes_from(one);
    let path = other.folder.path().join("members.csv");
    std::fs::write(&path, "name,mobile,agreed\nAmina,07700 900101,yes\n").unwrap();
    let said = Attestation {
        wording: "Texts from Clean Air Now".to_owned(),
        purpose: TEXTS.to_owned(),
        date: "2024-05-02".to_owned(),
        method: "Website".to_owned(),
        by: "Sam".to_owned(),
        agreed: true,
    };
    let kind = crate::storage::imports::ListKind::People;
    let never = AtomicBool::new(false);
    let watch = Watch::new(&|_, _| {}, &never);
    let report = other
        .campaign
        .check_list(&path, kind, None, Some(&said), &watch)
        .unwrap();
    assert_eq!(
        (report.counts.with_consent, report.counts.opted_out),
        (0, 1)
    );
    other.campaign.bring_in(report.id, &watch).unwrap();
    assert!(other.is_out("+447700900101"));
    let [(amina, _)] = &other.people()[..] else {
        panic!("she alone came in");
    };
    assert!(other.campaign.person(*amina).unwrap().agrees_to.is_empty());
}

#[test]
fn who_was_erased_does_not_come_back_from_an_older_file() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Quillfeather", "07700 900101", true);
    let old = one.lines(&Whom::All);
    other.take(&old).unwrap();
    other.correct(amina, |typed| typed.last_name = "Khan".to_owned());
    let corrected = other.lines(&Whom::All);
    one.later(5);
    one.campaign.erase(amina).unwrap();
    let erased = one.lines(&Whom::All);
    assert_eq!(other.take(&erased).unwrap().erased, 1);
    third.take(&erased).unwrap();
    for laptop in &laptops {
        laptop.take(&old).unwrap();
        laptop.take(&corrected).unwrap();
        assert!(laptop.people().is_empty());
        assert!(laptop.ledger_is_whole());
        for line in laptop.state() {
            assert!(!line.contains("Quillfeather") && !line.contains("900101"));
        }
    }
}
