//! Lists of numbers that nobody calls: on one laptop, they are on all; and pairs that are two people.

use super::*;
use crate::exchange::writing::Format;
use crate::storage::do_not_call;
use crate::storage::imports::ListKind;

impl Laptop {
    /// Brings a list of people in, with the yeses of its column "agreed" where it has one.
    pub(super) fn brings_in(&self, list: &str) {
        let said = Attestation {
            wording: "I agree to texts from Clean Air Now.".to_owned(),
            purpose: TEXTS.to_owned(),
            date: "2024-05-02".to_owned(),
            method: "Paper form at the May fair".to_owned(),
            by: "Sam".to_owned(),
            agreed: true,
        };
        let has_yeses = list.starts_with("first_name,last_name,mobile,email,agreed\n");
        self.brings(list, ListKind::People, has_yeses.then_some(&said));
    }

    /// Brings a list in of numbers that nobody calls.
    pub(super) fn calls_no(&self, numbers: &str) {
        self.brings(numbers, ListKind::DoNotCall, None);
    }

    fn brings(&self, list: &str, kind: ListKind, said: Option<&Attestation>) {
        let path = self.folder.path().join("list.csv");
        std::fs::write(&path, list).unwrap();
        let report = watched(|watch| self.campaign.check_list(&path, kind, None, said, watch));
        let report = report.unwrap();
        if report.counts.new + report.counts.changed > 0 {
            watched(|watch| self.campaign.bring_in(report.id, watch)).unwrap();
        }
    }

    pub(super) fn nobody_calls(&self, e164: &str) -> bool {
        let holds = self.storage().read(|conn| do_not_call::holds(conn, e164));
        holds.unwrap()
    }
}

const AMINA: &str = "+447700900101";
const BO: &str = "+447700900102";

/// Whom each laptop's file for a phone bank marks.
fn marked(laptop: &Laptop) -> String {
    let folder = laptop.folder.path().join("Downloads");
    laptop.later(1);
    let file = watched(|watch| {
        laptop
            .campaign
            .export_people(&Who::Everyone, Format::Van, &folder, watch)
    });
    let list = std::fs::read_to_string(file.unwrap().path).unwrap();
    let marked = list.lines().filter(|line| line.ends_with(",\"Y\""));
    marked.collect::<Vec<_>>().join("\n")
}

#[test]
fn whom_one_laptops_list_names_nobody_calls_from_another() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = other.capture("Amina", "07700 900101", true);
    other.capture("Bo", "07700 900102", true);
    one.calls_no("07700 900101\n07700 900199\n");
    assert!(!marked(other).contains("Amina"));
    let file = handed(one, &Handing::All);
    let taken = taken_in(other, &file).unwrap();
    assert_eq!(
        taken.sentence,
        "Nobody is new or changed, one do-not-call list brought up to date."
    );
    assert!(marked(other).contains("Amina") && !marked(other).contains("Bo"));
    let page = other.campaign.person(amina).unwrap();
    assert!(page.why_no_call.is_some());
    let before = other.state();
    assert_eq!(taken_in(other, &file).unwrap().taken.act, None);
    assert_eq!(other.state(), before);
    // It goes on, with the key that its numbers are hashed with.
    third.takes_from(other);
    assert!(third.nobody_calls(AMINA) && !third.nobody_calls(BO));
    assert_eq!(third.campaign.undo().unwrap_err().code(), Code::TooLate);
    one.campaign.undo().unwrap();
    other.takes_from(one);
    assert!(!marked(other).contains("Amina"));
    third.take(&one.lines(&Whom::All)).unwrap();
    assert!(!third.nobody_calls(AMINA));
    one.campaign.redo().unwrap();
    third.takes_from(one);
    other.takes_from(third);
    for laptop in &laptops {
        assert!(laptop.nobody_calls(AMINA));
    }
}

#[test]
fn an_older_file_puts_no_number_back_that_was_taken_off() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.calls_no("07700 900101\n");
    let old = one.lines(&Whom::All);
    one.campaign.undo().unwrap();
    for laptop in [&one, &other] {
        laptop.takes_from(&one);
        laptop.take(&old).unwrap();
        assert!(!laptop.nobody_calls(AMINA));
    }
    // Seven days later nothing of it is kept, and nothing comes back.
    for laptop in [&one, &other] {
        laptop.later(8 * 86_400);
        laptop.campaign.erase_taken_back().unwrap();
        laptop.take(&old).unwrap();
        assert!(!laptop.nobody_calls(AMINA));
        let kept = laptop.storage().read(do_not_call::are_there);
        assert!(!kept.unwrap());
    }
}

#[test]
fn a_number_that_two_lists_hold_stays_when_one_of_them_is_undone() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.calls_no("07700 900101\n07700 900102\n");
    other.takes_from(&one);
    // It is on the other's list too, though it is no news there.
    other.calls_no("07700 900101\n07700 900103\n");
    one.campaign.undo().unwrap();
    for _ in 0..2 {
        other.takes_from(&one);
        one.takes_from(&other);
    }
    for laptop in [&one, &other] {
        assert!(laptop.nobody_calls(AMINA) && !laptop.nobody_calls(BO));
    }
    assert_eq!(one.state(), other.state());
}

#[test]
fn a_list_is_among_what_is_new_since_the_last_time() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", false);
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    one.calls_no("07700 900101\n");
    let with_the_list = one.file(&Handing::SinceLast);
    other.takes(&with_the_list).unwrap();
    assert!(other.nobody_calls(AMINA));
    let nothing = String::from_utf8(one.file(&Handing::SinceLast)).unwrap();
    assert!(!nothing.contains("do_not_call"), "it is there already");
    one.campaign.undo().unwrap();
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    assert!(!other.nobody_calls(AMINA));
}

#[test]
fn a_laptop_that_was_put_back_still_reads_its_own_list_from_others() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.calls_no("07700 900101\n");
    other.takes_from(&one);
    let now = one.clock.now();
    let put_back = one.storage().write(|conn| {
        crate::storage::restored::begin(conn, now, now)?;
        // The backup was taken before the list.
        conn.execute("DELETE FROM do_not_call", [])?;
        conn.execute("DELETE FROM imports", [])?;
        Ok(())
    });
    put_back.unwrap();
    assert!(!one.nobody_calls(AMINA));
    one.takes_from(&other);
    assert!(one.nobody_calls(AMINA));
}

#[test]
fn who_was_called_two_people_on_one_laptop_is_no_pair_on_another() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", false);
    let form = person("Aminah", "07700 900101", false);
    let id = one.campaign.start_capture().unwrap().capture_id;
    row(one
        .campaign
        .save_capture(id, &form, Some(Choice::Anyway))
        .unwrap());
    let everybody = one.people();
    let aminah = everybody.iter().find(|(id, _)| *id != amina).unwrap().0;
    let old = one.file(&Handing::SinceLast);
    other.takes(&old).unwrap();
    let pairs = |laptop: &Laptop| {
        watched(|watch| laptop.campaign.look_for_duplicates(watch)).unwrap();
        laptop.campaign.duplicates(0, 10).unwrap().total
    };
    assert_eq!((pairs(&one), pairs(&other)), (1, 1));
    one.campaign.not_the_same(amina, aminah).unwrap();
    let said = one.file(&Handing::SinceLast);
    other.takes(&said).unwrap();
    assert_eq!(other.campaign.duplicates(0, 10).unwrap().total, 0);
    assert_eq!(pairs(&other), 0);
    let before = other.state();
    assert_eq!(other.takes(&said).unwrap().act, None);
    assert_eq!(other.state(), before);
    one.campaign.undo().unwrap();
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    other.takes(&said).unwrap();
    assert_eq!(pairs(&other), 1);
    assert_eq!(one.state(), other.state());
}
