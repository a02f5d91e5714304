//! What will happen to every text that waits, if sending starts now: the claim's own verdict on each, and
//! nothing written.

use chrono::{DateTime, Utc};

use super::ground::Ground;
use crate::error::Result;
use crate::storage::texts::{self, Claimable};
use crate::storage::{Conn, holds};
use crate::texts::allowed::Verdict;
use crate::texts::life::{Kind, Reason};

/// What will happen to one text.
#[derive(Clone)]
pub struct Foreseen {
    /// The text, and whom it is for.
    pub one: Claimable,
    /// Whether it goes.
    pub verdict: Verdict,
}

/// What will happen to every text that waits, in the order in which they go. Where one is blocked, whoever
/// shares the phone comes after it, as in a run.
///
/// # Errors
/// The vault cannot be read.
pub fn rehearse(conn: &Conn, ground: &Ground, now: DateTime<Utc>) -> Result<Vec<Foreseen>> {
    let held = holds::all(conn)?;
    let mut seen = Vec::new();
    for one in texts::all_waiting(conn)? {
        let country = one.text.mobile.country();
        let hold = held
            .iter()
            .find(|hold| hold.holds_up(one.text.kind, country, one.template));
        let verdict = if let Some(hold) = hold {
            Verdict::Waits {
                why: Reason::Trouble(hold.trouble),
                until: None,
            }
        } else if !one.is_due(now) {
            Verdict::Waits {
                why: one.text.reason,
                until: Some(one.not_before),
            }
        } else {
            ground.verdict(&one, now)
        };
        let blocked = matches!(verdict, Verdict::Never(why) if why != Reason::OptedOut);
        let gives_way = blocked
            && one.text.kind == Kind::Confirmation
            && !texts::may_have_gone(conn, one.text.id)?;
        let mobile = one.text.mobile.clone();
        seen.push(Foreseen { one, verdict });
        if gives_way {
            for id in texts::sharing(conn, &mobile)? {
                let one = texts::claimable(conn, id)?;
                let verdict = ground.verdict(&one, now);
                let goes_on = matches!(verdict, Verdict::Never(why) if why != Reason::OptedOut);
                seen.push(Foreseen { one, verdict });
                if !goes_on {
                    break;
                }
            }
        }
    }
    Ok(seen)
}
