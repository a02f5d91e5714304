//! Whatever the order in which laptops hand round, a number is texted by one of them.

use proptest::prelude::*;

use super::*;
use crate::storage::restored;
use crate::texts::allowed::Verdict;

/// Sends whatever this laptop may send now. Gives to whom.
pub(super) fn send(laptop: &Laptop) -> Vec<String> {
    let now = laptop.clock.now();
    let route = stored::Route {
        kind: GatewayKind::Kannel,
        account: "stall".to_owned(),
    };
    let sent = laptop.storage().write(|conn| {
        let ground = laptop.campaign.ground(conn)?;
        let mut sent = Vec::new();
        for due in stored::due(conn, now, false, 100)? {
            match ground.verdict(&due, now) {
                Verdict::Goes { .. } => {
                    stored::claim(conn, due.text.id, &route, now)?;
                    let taken = Move::to(State::Accepted, Reason::Taken);
                    stored::apply(conn, due.text.id, &taken, now)?;
                    sent.push(due.text.mobile.e164().to_owned());
                }
                Verdict::Waits { why, until } => {
                    let until = until.unwrap_or(now + TimeDelta::days(1));
                    stored::put_off(conn, &due.text, why, until, now)?;
                }
                Verdict::Never(why) => {
                    stored::does_not_go(conn, &due.text, why, now)?;
                }
            }
        }
        Ok(sent)
    });
    sent.unwrap()
}

#[test]
fn who_was_captured_on_one_laptop_is_texted_from_there_alone() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    other.takes_from(one);
    third.takes_from(other);
    assert!(send(other).is_empty() && send(third).is_empty());
    let why = third.campaign.person(amina).unwrap().why_no_text;
    assert_eq!(
        why.as_deref(),
        Some("Another laptop of the campaign sends it, so this one does not.")
    );
    // Neither asking again there nor a person's decision sends a second one.
    let again = person("Amina", "07700 900101", true);
    let id = third.campaign.start_capture().unwrap().capture_id;
    let saved = third
        .campaign
        .save_capture(id, &again, Some(Choice::SamePerson(amina)));
    row(saved.unwrap());
    let theirs = third.campaign.texts(Group::Done, 0, 10).unwrap().rows;
    for text in &theirs {
        assert!(third.campaign.try_again(text.id).is_err());
    }
    assert!(send(third).is_empty());
    assert_eq!(send(one), ["+447700900101"]);
    third.takes_from(one);
    assert!(send(third).is_empty());
    assert!(
        third
            .campaign
            .person(amina)
            .unwrap()
            .timeline
            .iter()
            .any(|told| told.sentence == "Confirmation text: The gateway took it.")
    );
}

#[test]
fn what_another_laptop_has_sent_stops_the_same_number_here() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    other.capture("Aminah", "07700 900101", true);
    assert_eq!(send(&one).len(), 1);
    other.takes_from(&one);
    assert!(send(&other).is_empty());
}

#[test]
fn what_was_written_after_the_backup_is_this_laptops_to_send_again() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [lost, other, put_back] = &laptops;
    other.capture("Aminah", "07700 900101", true);
    lost.capture("Amina", "07700 900101", true);
    other.takes_from(lost);
    let waiting = || {
        other
            .campaign
            .texts(Group::Waiting, 0, 10)
            .unwrap()
            .rows
            .len()
    };
    assert!(send(other).is_empty());
    assert_eq!(waiting(), 1, "until the other laptop says what it does");
    // The same laptop, as it was before that.
    let name = lost.storage().read(handing::laptop).unwrap();
    let now = put_back.clock.now();
    let settled = put_back.storage().write(|conn| {
        conn.execute("UPDATE campaign SET laptop = ?1", [name])?;
        restored::begin(conn, now, now)?;
        restored::settle(conn, now, now)
    });
    settled.unwrap();
    put_back.takes_from(other);
    let open = put_back
        .campaign
        .texts(Group::NeedsYou, 0, 10)
        .unwrap()
        .rows;
    assert_eq!(open.len(), 1, "a person decides");
    let text = open[0].id;
    assert!(send(other).is_empty(), "it may have gone");
    let taken = Move::to(State::Accepted, Reason::Taken);
    let taken = put_back
        .storage()
        .write(|conn| stored::apply(conn, text, &taken, now));
    taken.unwrap();
    other.takes_from(put_back);
    assert!(send(other).is_empty());
    assert_eq!(waiting(), 0, "nobody waits for it any more");
}

#[test]
fn what_left_before_the_laptop_was_lost_is_not_sent_again_by_the_one_that_takes_its_place() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [lost, other, put_back] = &laptops;
    lost.capture("Amina", "07700 900101", true);
    assert_eq!(send(lost).len(), 1);
    other.takes_from(lost);
    // The same laptop as it was before that, with nothing of the lost one to be read.
    let name = lost.storage().read(handing::laptop).unwrap();
    let now = put_back.clock.now();
    let settled = put_back.storage().write(|conn| {
        conn.execute("UPDATE campaign SET laptop = ?1", [name])?;
        restored::begin(conn, now, now)
    });
    settled.unwrap();
    // She is captured again, from paper.
    put_back.capture("Amina", "07700 900101", true);
    put_back.takes_from(other);
    assert!(send(put_back).is_empty(), "she has had her text");
}

#[derive(Debug, Clone)]
enum Step {
    /// This laptop writes a file of everybody, or of one of its people alone, to be taken in whenever.
    Writes(usize, Option<prop::sample::Index>),
    /// This laptop takes one of the files in that there are.
    Takes(usize, prop::sample::Index),
    /// This laptop sends what it may.
    Sends(usize),
}

fn steps(sends: bool) -> impl Strategy<Value = Vec<Step>> {
    let whom = prop::option::weighted(0.3, any::<prop::sample::Index>());
    let writes = (0..3_usize, whom).prop_map(|(who, whom)| Step::Writes(who, whom));
    let takes =
        (0..3_usize, any::<prop::sample::Index>()).prop_map(|(who, file)| Step::Takes(who, file));
    let going = (0..3_usize).prop_map(Step::Sends);
    let step = match sends {
        true => prop_oneof![2 => writes, 4 => takes, 2 => going].boxed(),
        false => prop_oneof![2 => writes, 3 => takes].boxed(),
    };
    prop::collection::vec(step, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_that_every_laptop_has_heard_of_is_texted_once(
        captures in prop::collection::vec((0..3_usize, 101..104_u32), 1..7),
        before in steps(false),
        after in steps(true),
    ) {
        let runtime = Runtime::new().unwrap();
        let laptops: [Laptop; 3] = [0, 86_400, -172_800].map(|fast_by| Laptop::new(&runtime, fast_by));
        let mut agreed = BTreeSet::new();
        for (who, number) in captures {
            let mobile = format!("07700 900{number}");
            let form = person(&format!("P{number}"), &mobile, true);
            let id = laptops[who].campaign.start_capture().unwrap().capture_id;
            laptops[who].campaign.save_capture(id, &form, Some(Choice::Anyway)).unwrap();
            agreed.insert(format!("+447700900{number}"));
        }
        let mut files = Vec::new();
        let mut sent: BTreeMap<String, u32> = BTreeMap::new();
        let mut go = |files: &mut Vec<Lines>, step: &Step| {
            match step {
                Step::Writes(who, whom) => {
                    let people = laptops[*who].people();
                    let chosen = whom.filter(|_| !people.is_empty()).map(|whom| whom.get(&people).0);
                    let whom = chosen.map_or(Whom::All, |one| Whom::Chosen(HashSet::from([one])));
                    files.push(laptops[*who].lines(&whom));
                }
                Step::Takes(who, which) if !files.is_empty() => {
                    laptops[*who].take(which.get(files)).unwrap();
                }
                Step::Takes(..) => {}
                Step::Sends(who) => {
                    for mobile in send(&laptops[*who]) {
                        *sent.entry(mobile).or_default() += 1;
                    }
                }
            }
            for laptop in &laptops {
                laptop.later(1);
            }
        };
        for step in &before {
            go(&mut files, step);
        }
        // Every laptop hears of every other's captures, though perhaps not of what came of them.
        files.extend(laptops.iter().map(|laptop| laptop.lines(&Whom::All)));
        for laptop in &laptops {
            for file in &files[files.len() - 3..] {
                laptop.take(file).unwrap();
            }
        }
        for step in &after {
            go(&mut files, step);
        }
        for _ in 0..3 {
            for from in &laptops {
                let file = from.lines(&Whom::All);
                for laptop in &laptops {
                    laptop.take(&file).unwrap();
                }
            }
            for who in 0..3 {
                go(&mut files, &Step::Sends(who));
            }
        }
        let once: BTreeMap<String, u32> = agreed.into_iter().map(|mobile| (mobile, 1)).collect();
        prop_assert_eq!(sent, once);
    }
}
