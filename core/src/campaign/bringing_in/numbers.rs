//! Lists of numbers alone: who wants no texts, and whom nobody calls. They act at once.

use chrono::{DateTime, Utc};

use super::writing::each;
use super::{Checked, counted, has_changed};
use crate::clock::local_zone;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::Result;
use crate::people::Mobile;
use crate::progress::Watch;
use crate::storage::history::{self, Kind};
use crate::storage::imports::{self, Import, ListKind};
use crate::storage::inbound::{self, Outcome};
use crate::storage::opt_outs::{self, Source};
use crate::storage::{Conn, do_not_call, ledger, texts};
use crate::texts::life::Reason;

/// Brings the numbers in. An opt-out is not undone: that takes new evidence of consent. Whom nobody calls is the campaign's own
/// to say, and to take back.
pub(super) fn bring(
    conn: &Conn,
    checked: &Checked,
    who: &str,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<String> {
    if checked.kind == ListKind::DoNotCall {
        history::begin(conn, checked.id, Kind::Import, who, None, now)?;
    }
    imports::insert(
        conn,
        &Import {
            id: checked.id,
            kind: checked.kind,
            name: checked.list.name(),
            who: who.to_owned(),
            at: now,
            counts: checked.counts,
        },
    )?;
    let (before, zone) = (ledger::end(conn)?, local_zone());
    let mut news = 0;
    each(checked, watch, &mut |line, _, _| {
        let number = checked.judge.number(line).ok().flatten();
        let mobile = number.ok_or_else(has_changed)?;
        news += u32::from(match checked.kind {
            ListKind::DoNotCall => do_not_call::add(conn, &mobile, checked.id)?,
            ListKind::OptOuts | ListKind::People => opt_out(conn, &mobile, &zone, now)?,
        });
        Ok(())
    })?;
    imports::wrote(conn, checked.id, before, ledger::end(conn)?)?;
    let numbers = counted(news, "number is", "numbers are");
    Ok(match checked.kind {
        ListKind::DoNotCall => {
            format!("{numbers} on the do-not-call list from now on: nobody calls them.")
        }
        ListKind::OptOuts | ListKind::People => {
            format!("{numbers} opted out from now on: no text goes to them.")
        }
    })
}

/// Opts a number out as a list says: what waits for it does not go. Gives whether it is news.
pub(super) fn opt_out(
    conn: &Conn,
    mobile: &Mobile,
    zone: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    opt_outs::recall(conn, mobile)?;
    if opt_outs::of(conn, mobile)?.is_some() {
        return Ok(false);
    }
    for id in inbound::undecided(conn, mobile.e164())? {
        inbound::decide(conn, id, Outcome::DecidedStop, now)?;
    }
    let entry = ledger::New {
        what: What::OptOut,
        purpose: None,
        method: Method::Import,
        supporter: None,
        capture: None,
        shift: None,
        wording: None,
        evidence: None,
        about: None,
        at: now,
        zone,
        personal: Personal {
            mobile: Some(mobile.e164().to_owned()),
            ..Personal::default()
        },
    };
    let entry = ledger::add(conn, &entry)?;
    opt_outs::add(conn, mobile, Source::Organiser, Some(entry), now)?;
    for text in texts::waiting_for(conn, mobile)? {
        texts::does_not_go(conn, &text, Reason::OptedOut, now)?;
    }
    Ok(true)
}
