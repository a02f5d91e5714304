//! The one reminder.

use super::*;
use crate::consent::Rules;
use crate::sender::reminders::write_due;

impl Stall {
    fn reminds_after(&self, days: u16) {
        let rules = Rules {
            reminder_after: Some(days),
            ..Rules::default()
        };
        let kept = self.storage.write(|conn| campaign::set_rules(conn, &rules));
        kept.unwrap();
    }

    fn writes_reminders(&self, later: TimeDelta) -> usize {
        let at = self.clock.now() + later;
        self.storage.write(|conn| write_due(conn, at)).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn who_has_not_answered_is_reminded_once_where_the_campaign_wants_that() {
    let stall = Stall::new(Scripted::new()).open();
    let text = stall.agrees(101);
    stall.until(text, State::Delivered).await;
    assert_eq!(
        stall.writes_reminders(TimeDelta::days(30)),
        0,
        "nobody asked for it"
    );
    stall.reminds_after(2);
    assert_eq!(stall.writes_reminders(TimeDelta::days(1)), 0, "too soon");
    assert_eq!(stall.writes_reminders(TimeDelta::days(3)), 1);
    assert_eq!(
        stall.writes_reminders(TimeDelta::days(9)),
        0,
        "and then silence"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_is_reminded_who_confirmed_or_opted_out_or_has_no_text_yet() {
    let stall = Stall::new(Scripted::new()).open();
    stall.reminds_after(2);
    let confirmed = stall.agrees(101);
    let out = stall.agrees(102);
    stall.until(confirmed, State::Delivered).await;
    stall.until(out, State::Delivered).await;
    stall.gateway.away(true);
    stall.agrees(103);
    let now = stall.clock.now();
    let written = stall.storage.write(|conn| {
        let supporter = texts::get(conn, confirmed)?.supporter.unwrap();
        let word = ledger::last_word(conn, supporter, TEXTS)?.unwrap();
        let proof = ledger::New {
            what: What::Confirmation,
            purpose: Some(TEXTS),
            method: Method::Reply,
            supporter: Some(supporter),
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about: Some(word.entry),
            at: now,
            zone: "UTC",
            personal: Personal {
                mobile: Some("+447700900101".to_owned()),
                ..Personal::default()
            },
        };
        ledger::add(conn, &proof)?;
        let mobile = Mobile::from_e164("+447700900102").unwrap();
        opt_out(conn, &mobile, Source::Organiser, None, now, "UTC")
    });
    assert!(written.unwrap());
    assert_eq!(stall.writes_reminders(TimeDelta::days(9)), 0);
}

#[tokio::test(start_paused = true)]
async fn whoever_has_texted_since_they_were_asked_is_not_reminded() {
    let stall = Stall::new(Scripted::new()).open();
    stall.reminds_after(2);
    let [before, reminded] = [stall.agrees(101), stall.agrees(102)];
    for text in [before, reminded] {
        stall.until(text, State::Delivered).await;
    }
    stall.said(101, "Who is this?", TimeDelta::zero());
    assert_eq!(stall.writes_reminders(TimeDelta::days(3)), 1);
    assert_eq!(stall.texts_of(Kind::Reminder, 101), []);
    let waits = [(State::Waiting, Reason::Queued)];
    assert_eq!(stall.texts_of(Kind::Reminder, 102), waits);

    stall.said(102, "Who is this?", TimeDelta::zero());
    let taken_back = [(State::NotSent, Reason::NotNeeded)];
    assert_eq!(stall.texts_of(Kind::Reminder, 102), taken_back);
    assert_eq!(stall.writes_reminders(TimeDelta::days(9)), 0);
}
