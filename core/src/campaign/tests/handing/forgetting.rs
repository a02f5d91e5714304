//! What Undo took back a week ago goes a few people at a time, as it would go one by one: and as little of it is left.

use std::ops::Range;

use super::*;
use crate::storage::Conn;
use crate::storage::history;

/// More than Undo reaches back.
const A_WEEK: TimeDelta = TimeDelta::days(8);

/// People called so, as another program writes them: each has a number of their own.
fn listed(name: &str, numbers: Range<u32>) -> String {
    let lines = numbers.map(|number| format!("{name},Person,07700 900{number}\n"));
    format!("first_name,last_name,mobile\n{}", lines.collect::<String>())
}

/// Everything in a vault, as lines. That somebody was erased is noted once for all who go together, and is left out; so is
/// in which order people came to be touched.
fn everything(conn: &Conn) -> Result<BTreeSet<String>> {
    let names = |sql: &str| -> Result<Vec<String>> {
        let mut statement = conn.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let mut lines = BTreeSet::new();
    for table in names(
        "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
    )? {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
        let values: Vec<String> = columns
            .iter()
            .filter(|column| *column != "serial")
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let but = match table.as_str() {
            "ledger" => " WHERE what <> 'erasure'",
            _ => "",
        };
        let sql = format!(
            "SELECT '{table} ' || {} FROM \"{table}\"{but}",
            values.join(" || '|' || ")
        );
        lines.extend(names(&sql)?);
    }
    Ok(lines)
}

fn count(laptop: &Laptop, sql: &str) -> u32 {
    let counted = laptop
        .storage()
        .read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?));
    counted.unwrap()
}

/// How many of those who were taken back can still be read.
fn left(laptop: &Laptop) -> u32 {
    let sql = "SELECT count(*) FROM supporters WHERE removed_at IS NOT NULL AND first_name <> ''";
    count(laptop, sql)
}

fn notes(laptop: &Laptop) -> u32 {
    count(laptop, "SELECT count(*) FROM ledger WHERE what = 'erasure'")
}

/// Their text has left.
fn texted(laptop: &Laptop) {
    let text = laptop.campaign.texts(Group::Waiting, 0, 1).unwrap().rows[0].id;
    let route = stored::Route {
        kind: GatewayKind::Practice,
        account: String::new(),
    };
    let now = laptop.clock.now();
    let left = laptop.storage().write(|conn| {
        stored::claim(conn, text, &route, now)?;
        let on_the_phone = Move::to(State::Delivered, Reason::OnThePhone);
        stored::apply(conn, text, &on_the_phone, now)
    });
    left.unwrap();
}

/// A campaign in which people were taken back in every way.
fn a_campaign(runtime: &Runtime) -> Laptop {
    let (one, other) = (Laptop::new(runtime, 0), Laptop::new(runtime, 0));
    let undo = |laptop: &Laptop| {
        laptop.campaign.undo().unwrap();
        laptop.later(1);
    };
    // On a list of another laptop, which undid it there.
    other.brings_in(&listed("Handed", 300..310));
    one.takes_from(&other);
    undo(&other);
    one.takes_from(&other);
    // On a list of this one, of whom one is opted out and three came again with another.
    one.brings_in(&listed("Listed", 200..260));
    one.campaign.opt_out("+447700900201").unwrap();
    one.campaign.opt_out("+447700900204").unwrap();
    undo(&one);
    one.brings_in(&listed("Again", 204..207));
    // A mistake whose text did not go, and one whose text did.
    one.capture("Mistake", "07700 900101", true);
    undo(&one);
    one.capture("Texted", "07700 900105", true);
    texted(&one);
    undo(&one);
    // A mistyped number is somebody's, who asks.
    one.capture("Mistyped", "07700 900102", false);
    undo(&one);
    one.hears("SM1", "+447700900102", "who is this?", one.clock.now());
    // A correction that was one too many.
    let bo = one.capture("Bo", "07700 900106", true);
    one.correct(bo, |typed| typed.postcode = "SW9 8JX".to_owned());
    undo(&one);
    // Of two who are one person the one that went is no mistake.
    let amina = one.capture("Amina", "07700 900103", true);
    let again = one.capture("Aminah", "07700 900104", false);
    one.campaign.merge(amina, again, &[]).unwrap();
    one.clock.advance(A_WEEK);
    one
}

#[test]
fn a_portion_at_a_time_leaves_what_all_at_once_leaves() {
    let runtime = Runtime::new().unwrap();
    let one = a_campaign(&runtime);
    let now = one.clock.now();
    let mut at_once = None;
    let undone: Result<()> = one.storage().write(|conn| {
        let before = now - TimeDelta::days(7);
        history::forget_undone(conn, before, u32::MAX)?;
        let erased = erasing::portion(conn, (before, None), u32::MAX, now, &mut {
            erasing::BEGINNING
        })?;
        assert_eq!(erased, 10 + 60 + 2);
        at_once = Some(everything(conn)?);
        Err(Error::Stopped)
    });
    assert!(undone.is_err());
    assert_eq!(left(&one), 10 + 60 + 2 + 2, "nobody has gone yet");
    let mut portions = 0;
    let done = erasing::round(one.storage(), now, &mut |_| {
        portions += 1;
        Ok(())
    });
    assert!(done.unwrap());
    assert!(portions > 3, "{portions}");
    let left_over = one.storage().read(everything).unwrap();
    assert_eq!(Some(&left_over), at_once.as_ref());
    assert_eq!(notes(&one), 1, "they went together");

    // Who they were is nowhere.
    for secret in [
        "Listed",
        "Handed",
        "Mistake",
        "Mistyped",
        "+447700900101",
        "+447700900201",
        "+447700900259",
        "SW9 8JX",
    ] {
        let kept = left_over.iter().find(|line| line.contains(secret));
        assert_eq!(kept, None, "{secret}");
    }
    // A text that left is proved, whoever was merged is one of two, and what others wrote is theirs.
    for told in ["Texted", "Aminah", "who is this?"] {
        assert!(left_over.iter().any(|line| line.contains(told)), "{told}");
    }
    let there = ["Again Person", "Amina", "Bo"].map(str::to_owned);
    assert_eq!(one.names(), BTreeSet::from(there));
    assert_eq!(one.people().len(), 3 + 2);
    // Nobody texts a number that was opted out: of one that nobody has any more the hash says it.
    for number in ["+447700900201", "+447700900204"] {
        let holds = one.storage().read(|conn| opt_outs::holds(conn, number));
        assert!(holds.unwrap(), "{number}");
    }
    assert!(!one.is_out("+447700900201") && one.is_out("+447700900204"));
    assert!(one.ledger_is_whole());
    // There is nothing left to do, and nothing is written for it.
    let written = one.storage().written();
    one.campaign.erase_taken_back().unwrap();
    assert_eq!(one.storage().written(), written);
}

#[test]
fn whoever_saves_comes_between_and_what_was_broken_off_the_next_opening_goes_on_with() {
    let runtime = Runtime::new().unwrap();
    let one = Laptop::new(&runtime, 0);
    one.brings_in(&listed("Listed", 200..260));
    one.campaign.undo().unwrap();
    one.clock.advance(A_WEEK);
    let mut saves = [("Amina", "07700 900101"), ("Bo", "07700 900102")].into_iter();
    let broken_off = erasing::round(one.storage(), one.clock.now(), &mut |_| {
        let Some((name, mobile)) = saves.next() else {
            return Err(Error::Stopped);
        };
        one.capture(name, mobile, false);
        Ok(())
    });
    assert_eq!(broken_off.unwrap_err().code(), Code::Stopped);
    let left_over = left(&one);
    assert!((1..60).contains(&left_over), "{left_over}");
    assert!(one.ledger_is_whole());

    let key = one.storage().key();
    let Laptop {
        folder,
        clock,
        campaign,
    } = one;
    drop(campaign);
    let place = Folder::campaign(folder.path());
    let held = place.hold().unwrap();
    let storage = Storage::open(&place.database(), &key).unwrap();
    let events = Events::default();
    let mut changes = events.listen();
    let clock_of = Arc::clone(&clock) as Arc<dyn Clock>;
    let campaign = Campaign::start(Opened { storage, held }, runtime.handle(), clock_of, events);
    let one = Laptop {
        folder,
        clock,
        campaign: campaign.unwrap(),
    };
    let gone = runtime.block_on(async {
        tokio::time::timeout(std::time::Duration::from_secs(30), async {
            while left(&one) > 0 {
                // A listener that lags costs only another look.
                let _ = changes.recv().await;
            }
        })
        .await
    });
    assert!(gone.is_ok(), "{} are left", left(&one));
    let saved = ["Amina", "Bo"].map(str::to_owned);
    assert_eq!(one.names(), BTreeSet::from(saved));
    assert_eq!(notes(&one), 2, "once a round");
    assert!(one.ledger_is_whole());
}
