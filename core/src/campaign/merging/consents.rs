//! What the one person agrees to, in entries of the ledger: what counts is said on the record that is kept, and taken
//! back there with Undo.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::campaign::person::withdrawn;
use crate::campaign::undoing::unsay;
use crate::consent::ledger::{Method, What};
use crate::consent::merging::{Contact, Counts, Says, Word, of_both};
use crate::consent::{Channel, TEXTS};
use crate::error::Result;
use crate::storage::ledger::{self, Said, Since};
use crate::storage::merges::{self, Merge};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, purposes};

/// What both records say, read before either changes.
pub(super) struct Consents {
    said: Vec<OnPurpose>,
    kept: Details,
    other: Details,
}

struct OnPurpose {
    purpose: String,
    channel: Channel,
    kept: Option<Said>,
    other: Option<Said>,
    /// The entry that proves what the other record says.
    proof: Option<Uuid>,
}

/// What was said on texts before.
pub(super) enum Before {
    /// One of the two said no last.
    SomebodyRefused,
    /// One of the two agreed, and neither said no.
    SomebodyAgreed,
    /// Nobody was asked.
    Nothing,
}

impl Consents {
    pub(super) fn of(conn: &Conn, kept: Uuid, other: Uuid) -> Result<Self> {
        let mut said = Vec::new();
        for purpose in purposes::all(conn)? {
            let theirs = ledger::said(conn, other, &purpose.key)?;
            said.push(OnPurpose {
                kept: ledger::said(conn, kept, &purpose.key)?,
                proof: match theirs {
                    Some(said) if said.confirmed => ledger::proof(conn, other, &purpose.key)?,
                    _ => None,
                },
                other: theirs,
                channel: purpose.channel,
                purpose: purpose.key,
            });
        }
        Ok(Self {
            said,
            kept: supporters::details(conn, kept)?,
            other: supporters::details(conn, other)?,
        })
    }

    /// Says on the kept record what counts of both.
    pub(super) fn write(
        &self,
        conn: &Conn,
        merge: &Merge,
        after: &Details,
        now: DateTime<Utc>,
    ) -> Result<()> {
        for on in &self.said {
            let word = |said: Option<Said>, of: &Details| {
                let same = contact(on.channel, of) == contact(on.channel, after);
                said.map(|said| as_word(said, same))
            };
            let counts = of_both(word(on.kept, &self.kept), word(on.other, &self.other));
            on.write(conn, merge, after, counts, now)?;
        }
        Ok(())
    }

    pub(super) fn on_texts(&self) -> Before {
        let on = self.said.iter().find(|on| on.purpose == TEXTS);
        let said: Vec<Said> = on
            .into_iter()
            .flat_map(|on| [on.kept, on.other])
            .flatten()
            .collect();
        match said.iter().any(|said| !said.agrees) {
            true => Before::SomebodyRefused,
            false if said.is_empty() => Before::Nothing,
            false => Before::SomebodyAgreed,
        }
    }
}

impl OnPurpose {
    fn write(
        &self,
        conn: &Conn,
        merge: &Merge,
        after: &Details,
        counts: Counts,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let wrote = |entry| merges::wrote(conn, merge.act, entry);
        let to = (merge.kept, after);
        match (counts, self.kept, self.other) {
            (Counts::AsOther, _, Some(theirs)) => {
                let yes = ledger::copy(conn, theirs.entry, What::Grant, to, theirs.entry)?;
                wrote(yes)?;
                if let Some(proof) = self.proof {
                    wrote(ledger::copy(conn, proof, What::Confirmation, to, yes)?)?;
                }
            }
            (Counts::No | Counts::Nothing, Some(ours), _) if ours.agrees => {
                let said = (self.purpose.as_str(), ours.entry, Method::Organiser);
                wrote(withdrawn(conn, merge.kept, after, said, now)?)?;
            }
            (Counts::No, None, Some(theirs)) => {
                let no = theirs.entry;
                wrote(ledger::copy(conn, no, What::Refusal, to, no)?)?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn as_word(said: Said, same: bool) -> Word {
    Word {
        says: match (said.agrees, said.confirmed) {
            (false, _) => Says::No,
            (true, true) => Says::Proved,
            (true, false) => Says::Yes,
        },
        contact: if same {
            Contact::Kept
        } else {
            Contact::Another
        },
        at: said.at,
        order: said.order,
    }
}

/// What a yes by that channel was given for.
fn contact(channel: Channel, of: &Details) -> Option<String> {
    match channel {
        Channel::Texts | Channel::Calls => of.mobile.clone(),
        Channel::Email => Some(of.email.to_lowercase()),
        Channel::Post => Some(of.postcode.to_lowercase()),
        Channel::Opinions => None,
    }
}

/// Takes back what a merge said on the kept record. What they said themselves since stays.
pub(super) fn take_back(
    conn: &Conn,
    merge: &Merge,
    kept: &Details,
    now: DateTime<Utc>,
) -> Result<()> {
    for (entry, purpose, wording) in merges::written(conn, merge.act)?.into_iter().rev() {
        let said = (entry, purpose.as_str(), wording);
        unsay(conn, (merge.kept, kept), said, None, now)?;
    }
    Ok(())
}

/// What somebody said while they were one person counts for the other record too: a no always, as nobody can tell which
/// of the two they meant, and the proof of a yes where it came from that number.
pub(super) fn said_too(conn: &Conn, said: &Since, gone: (Uuid, &Details)) -> Result<()> {
    let Some(word) = ledger::said(conn, gone.0, &said.purpose)?.filter(|word| word.agrees) else {
        return Ok(());
    };
    match said.what {
        What::Refusal | What::Withdrawal => {
            ledger::copy(conn, said.entry, What::Withdrawal, gone, word.entry)?;
        }
        What::Confirmation if said.mobile == gone.1.mobile && !word.confirmed => {
            ledger::copy(conn, said.entry, What::Confirmation, gone, word.entry)?;
        }
        _ => {}
    }
    Ok(())
}
