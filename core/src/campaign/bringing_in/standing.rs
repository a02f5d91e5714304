//! What a line of a list would change in the vault. Reads, and writes nothing.

use uuid::Uuid;

use super::alike::{alike, folded};
use super::judging::{Judge, Person};
use super::refusing::Refusal;
use crate::error::Result;
use crate::exchange::reading::Line;
use crate::people::Mobile;
use crate::storage::supporters::Details;
use crate::storage::supporters::known::{self, Known};
use crate::storage::{Conn, ledger, opt_outs};

/// Somebody who is there, and as they would be.
pub(super) struct There {
    pub(super) id: Uuid,
    pub(super) before: Details,
    pub(super) after: Details,
}

/// What a line would do.
pub(super) struct Plan {
    /// Whom it is about, where they are there; somebody new otherwise.
    pub(super) there: Option<There>,
    /// Their number as it will be, in E.164 form: the list's, or else the one that is known here.
    pub(super) mobile: Option<String>,
    /// Whether their number is opted out already.
    pub(super) is_out: bool,
    /// Whether it opts their number out.
    pub(super) opts_out: bool,
    /// Whether their yes comes in. A no that they said stands, whatever a list says.
    pub(super) grants: bool,
}

impl Plan {
    /// Whether somebody who is there stays as they are.
    pub(super) fn changes_nothing(&self) -> bool {
        let as_before = |there: &There| there.before == there.after;
        self.there.as_ref().is_some_and(as_before) && !self.opts_out && !self.grants
    }
}

/// What a line about this person would do. Whom the same list brought in a moment ago is not looked at.
pub(super) fn plan(
    conn: &Conn,
    person: &Person,
    (purpose, anybody_is_out): (Option<&str>, bool),
    brought: &dyn Fn(Uuid) -> Result<bool>,
) -> Result<std::result::Result<Plan, Refusal>> {
    let known = match find(conn, person, brought)? {
        Ok(known) => known,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let there = known.map(|known| There {
        id: known.id,
        after: brought_up_to_date(&known.details, &person.details),
        before: known.details,
    });
    let mobile = match &there {
        Some(there) => there.after.mobile.clone(),
        None => person.details.mobile.clone(),
    };
    let is_out = is_out(conn, mobile.as_deref(), anybody_is_out)?;
    let grants = match (purpose, person.agreed_at, is_out, &there) {
        (Some(_), Some(_), false, None) => true,
        (Some(purpose), Some(_), false, Some(there)) => {
            ledger::last_word(conn, there.id, purpose)?.is_none()
        }
        _ => false,
    };
    Ok(Ok(Plan {
        opts_out: person.opted_out && mobile.is_some() && !is_out,
        there,
        mobile,
        is_out,
        grants,
    }))
}

/// What a line would do that is known to be about somebody new.
pub(super) fn plan_for_new(
    conn: &Conn,
    person: &Person,
    (purpose, anybody_is_out): (Option<&str>, bool),
) -> Result<Plan> {
    let mobile = person.details.mobile.clone();
    let is_out = is_out(conn, mobile.as_deref(), anybody_is_out)?;
    Ok(Plan {
        there: None,
        is_out,
        opts_out: person.opted_out && mobile.is_some() && !is_out,
        mobile,
        grants: purpose.is_some() && person.agreed_at.is_some() && !is_out,
    })
}

/// The number that a refused line opts out, where it says so: its own, or else that of whom it is about.
pub(super) fn out_all_the_same(
    conn: &Conn,
    judge: &Judge,
    line: &Line,
    brought: &dyn Fn(Uuid) -> Result<bool>,
) -> Result<Option<Mobile>> {
    if !judge.opts_out(line) {
        return Ok(None);
    }
    match judge.number(line) {
        Ok(Some(mobile)) => return Ok(Some(mobile)),
        Ok(None) => {}
        // Somebody's, but nobody can say whose.
        Err(_) => return Ok(None),
    }
    let Ok(person) = judge.person(line) else {
        return Ok(None);
    };
    let known = find(conn, &person, brought)?.ok().flatten();
    let mobile = known.and_then(|known| known.details.mobile);
    Ok(mobile.and_then(|e164| Mobile::from_e164(&e164).ok()))
}

fn is_out(conn: &Conn, mobile: Option<&str>, anybody_is_out: bool) -> Result<bool> {
    match mobile {
        Some(mobile) if anybody_is_out => opt_outs::holds(conn, mobile),
        _ => Ok(false),
    }
}

/// Who of those who are there a line is about.
fn find(
    conn: &Conn,
    person: &Person,
    brought: &dyn Fn(Uuid) -> Result<bool>,
) -> Result<std::result::Result<Option<Known>, Refusal>> {
    let earlier = |mut known: Vec<Known>| -> Result<Vec<Known>> {
        let mut kept = Vec::with_capacity(known.len());
        for one in known.drain(..) {
            if !brought(one.id)? {
                kept.push(one);
            }
        }
        Ok(kept)
    };
    let details = &person.details;
    let on_number = match &details.mobile {
        Some(mobile) => earlier(known::on_mobile(conn, mobile)?)?,
        None => Vec::new(),
    };
    if let Some(id) = person.id
        && let Some(known) = known::by_id(conn, id)?
    {
        let others = on_number.iter().any(|other| other.id != id);
        return Ok(match others && known.details.mobile != details.mobile {
            true => Err(SHARED),
            false => Ok(Some(known)),
        });
    }
    if !on_number.is_empty() {
        return Ok(match likest(on_number, details) {
            Some(known) => Ok(Some(known)),
            None => Err(SHARED),
        });
    }
    let mut candidates = match details.email.as_str() {
        "" => Vec::new(),
        email => earlier(known::on_email(conn, email)?)?,
    };
    // Two numbers are two people until somebody says otherwise.
    candidates.retain(|known| known.details.mobile.is_none() || details.mobile.is_none());
    if details.mobile.is_none() && details.email.is_empty() {
        candidates = earlier(known::by_name_alone(
            conn,
            &details.first_name,
            &details.last_name,
        )?)?;
        candidates.retain(|known| known.details.postcode == details.postcode);
    }
    Ok(Ok(likest(candidates, details)))
}

const SHARED: Refusal = Refusal::because(
    "Somebody with another name has this number already. If they share the phone, say so on their page; else leave the number out of this line.",
);

/// Whose name is the same, or else whose is alike.
fn likest(known: Vec<Known>, details: &Details) -> Option<Known> {
    let name = folded(&details.name());
    let mut alike_ones: Vec<Known> = known
        .into_iter()
        .filter(|known| alike(&known.details, details))
        .collect();
    let same = alike_ones
        .iter()
        .position(|known| folded(&known.details.name()) == name);
    match (same, alike_ones.is_empty()) {
        (_, true) => None,
        (place, false) => Some(alike_ones.swap_remove(place.unwrap_or_default())),
    }
}

/// What the list says over what was known: an empty cell says nothing new, and neither does a name that is the same
/// but for accents and capitals, or shorter.
fn brought_up_to_date(before: &Details, list: &Details) -> Details {
    let newer =
        |list: &String, before: &String| if list.is_empty() { before } else { list }.clone();
    let name = |list: &String, before: &String| {
        let (new, old) = (folded(list), folded(before));
        if !old.is_empty() && old.starts_with(&new) {
            before.clone()
        } else {
            newer(list, before)
        }
    };
    // "Khan Amina" for "Amina Khan" says nothing new.
    let turned = folded(&list.first_name) == folded(&before.last_name)
        && folded(&list.last_name) == folded(&before.first_name);
    let whole_name = folded(&list.name()) == folded(&before.name());
    let (first_name, last_name) = if turned || whole_name {
        (before.first_name.clone(), before.last_name.clone())
    } else {
        (
            name(&list.first_name, &before.first_name),
            name(&list.last_name, &before.last_name),
        )
    };
    Details {
        first_name,
        last_name,
        mobile: list.mobile.clone().or_else(|| before.mobile.clone()),
        email: if list.email.to_lowercase() == before.email.to_lowercase() {
            before.email.clone()
        } else {
            newer(&list.email, &before.email)
        },
        postcode: newer(&list.postcode, &before.postcode),
        language: newer(&list.language, &before.language),
    }
}
