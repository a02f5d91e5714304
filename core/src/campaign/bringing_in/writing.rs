//! Bringing a list in: all of it in one transaction, or nothing.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::checking::APART;
use super::judging::{Number, Person};
use super::standing::{Plan, There, out_all_the_same, plan, plan_for_new};
use super::{Attested, BroughtIn, Checked, Verdict, counted, has_changed, numbers};
use crate::campaign::Campaign;
use crate::clock::local_zone;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::exchange::reading::Line;
use crate::people::Mobile;
use crate::progress::Watch;
use crate::storage::history::{self, Kind};
use crate::storage::imports::{self, Counts, Import, ListKind};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, at_once, campaign, ledger, opt_outs};

impl Campaign {
    /// Brings in a list that was checked: all of it, or nothing. Nobody is texted by it; opt-outs act at once.
    ///
    /// # Errors
    /// [`Error::TooLate`] where the file or the people have changed since the report; [`Error::Stopped`]; the disk says
    /// no. Nothing has changed then.
    pub fn bring_in(&self, report: Uuid, watch: &Watch<'_>) -> Result<BroughtIn> {
        let checked = self.checked_list(report)?;
        if !checked.list.looks_the_same(&checked.was)? {
            return Err(has_changed());
        }
        let (now, who) = (self.clock.now(), self.who());
        let sentence = self.storage.write_much(|conn| match checked.kind {
            ListKind::People => self.bring_people(conn, &checked, &who, now, watch),
            ListKind::OptOuts | ListKind::DoNotCall => {
                numbers::bring(conn, &checked, &who, now, watch)
            }
        })?;
        *self
            .checked_list
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
            self.events.changed(topic);
        }
        self.sender.look();
        Ok(BroughtIn {
            sentence,
            id: checked.id,
        })
    }

    fn bring_people(
        &self,
        conn: &Conn,
        checked: &Checked,
        who: &str,
        now: DateTime<Utc>,
        watch: &Watch<'_>,
    ) -> Result<String> {
        history::begin(conn, checked.id, Kind::Import, who, None, now)?;
        let before = ledger::end(conn)?;
        let attested = checked.attested.as_ref();
        let wording = attested
            .map(|attested| campaign::attested(conn, &attested.purpose, &attested.wording, now))
            .transpose()?;
        let zone = local_zone();
        let mut bringing = Bringing {
            conn,
            checked,
            attested: attested.zip(wording),
            zone: &zone,
            anybody_is_out: opt_outs::are_there(conn)?,
            // Nobody else writes while this does.
            untouched: self.storage.written() == checked.written,
            who,
            now,
            counts: Counts {
                same: checked.counts.same,
                refused: checked.counts.refused,
                ..Counts::default()
            },
        };
        at_once::add(conn, watch, |watch| {
            each(checked, watch, &mut |line, place, verdict| {
                bringing.line(line, place, verdict)
            })
        })?;
        let counts = bringing.counts;
        let import = Import {
            id: checked.id,
            kind: checked.kind,
            name: checked.list.name(),
            who: who.to_owned(),
            at: now,
            counts,
        };
        imports::insert(conn, &import)?;
        imports::wrote(conn, checked.id, before, ledger::end(conn)?)?;
        Ok(sentence(counts))
    }
}

/// Goes through the lines that change something, each with what the report says of it. The file has to be what it was
/// to its last byte.
pub(super) fn each(
    checked: &Checked,
    watch: &Watch<'_>,
    bring: &mut dyn FnMut(&Line, usize, Verdict) -> Result<()>,
) -> Result<()> {
    let (mut header, mut place) = (checked.has_header, 0);
    let is = checked.list.each(&mut |line| {
        if std::mem::take(&mut header) {
            return Ok(ControlFlow::Continue(()));
        }
        if place % APART == 0 {
            watch.at(line.at, checked.list.length)?;
        }
        let verdict = checked.verdicts.get(place).ok_or_else(has_changed)?;
        // Every list that holds a number keeps it from being called, so that another may be undone.
        let holds = checked.kind == ListKind::DoNotCall && *verdict == Verdict::Same;
        if holds || matches!(verdict, Verdict::New | Verdict::Changed | Verdict::ButOut) {
            bring(line, place, *verdict)?;
        }
        place += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    if is.is_none_or(|is| is.hash != checked.was.hash) || place != checked.verdicts.len() {
        return Err(has_changed());
    }
    Ok(())
}

/// What is known of the people has changed since the report.
fn is_stale() -> Error {
    Error::TooLate(
        "Somebody on this list was captured or changed since the report. Nothing was brought in: look at the list again.".to_owned(),
    )
}

struct Bringing<'a> {
    conn: &'a Conn,
    checked: &'a Checked,
    attested: Option<(&'a Attested, Uuid)>,
    zone: &'a str,
    anybody_is_out: bool,
    /// Whether the vault is as it was when the report was made.
    untouched: bool,
    who: &'a str,
    now: DateTime<Utc>,
    counts: Counts,
}

impl Bringing<'_> {
    fn line(&mut self, line: &Line, place: usize, verdict: Verdict) -> Result<()> {
        let ours = |id| imports::brought(self.conn, id, self.checked.id);
        if verdict == Verdict::ButOut {
            let mobile = out_all_the_same(self.conn, &self.checked.judge, line, &ours)?;
            self.counts.opted_out += 1;
            let mobile = mobile.ok_or_else(is_stale)?;
            return self.opt_out(&mobile);
        }
        let number = self.checked.numbers.get(place).copied();
        let number = number.unwrap_or(Number::NONE);
        let judged = self.checked.judge.person_on(line, number);
        let person = judged.map_err(|_| has_changed())?;
        let purpose = self.attested.map(|(attested, _)| attested.purpose.as_str());
        let about = (purpose, self.anybody_is_out);
        let plan = if self.untouched && verdict == Verdict::New {
            plan_for_new(self.conn, &person, about)?
        } else {
            plan(self.conn, &person, about, &ours)?.map_err(|_| is_stale())?
        };
        let mobile = match &plan.mobile {
            Some(e164) if plan.is_out || plan.opts_out => Mobile::from_e164(e164).ok(),
            _ => None,
        };
        if let Some(mobile) = &mobile {
            // Whose opt-out outlived an erasure is opted out.
            opt_outs::recall(self.conn, mobile)?;
        }
        match (verdict, &plan.there) {
            (Verdict::New, None) | (Verdict::Changed, Some(_)) => {}
            _ => return Err(is_stale()),
        }
        self.counts.opted_out += u32::from(plan.is_out || plan.opts_out);
        let Plan {
            there,
            opts_out,
            grants,
            ..
        } = plan;
        let (id, details) = match there {
            None => self.add(&person)?,
            Some(there) => self.change(there)?,
        };
        if let (true, Some(mobile)) = (opts_out, &mobile) {
            self.opt_out(mobile)?;
        }
        if let (true, Some(at), Some(attested)) = (grants, person.agreed_at, self.attested) {
            self.grant(id, &details, at, attested)?;
        }
        Ok(())
    }

    /// Opts a number out. What later lines say of it is read with that in mind.
    fn opt_out(&mut self, mobile: &Mobile) -> Result<()> {
        self.anybody_is_out = true;
        numbers::opt_out(self.conn, mobile, self.zone, self.now)?;
        Ok(())
    }

    fn add(&mut self, person: &Person) -> Result<(Uuid, Details)> {
        let id = Uuid::now_v7();
        let mut details = person.details.clone();
        if details.language.is_empty() {
            campaign::FALLBACK.clone_into(&mut details.language);
        }
        let act = Some(self.checked.id);
        supporters::insert(self.conn, id, &details, None, act, self.now)?;
        self.counts.new += 1;
        Ok((id, details))
    }

    fn change(&mut self, there: There) -> Result<(Uuid, Details)> {
        let There { id, before, after } = there;
        let changes = history::differences(id, &before, &after);
        if !changes.is_empty() {
            supporters::update(self.conn, id, &after, self.now)?;
            history::record(self.conn, self.checked.id, 0, &changes, self.who, self.now)?;
        }
        self.counts.changed += 1;
        Ok((id, after))
    }

    /// Writes down a yes that the organiser attests. No text follows: that takes a person.
    fn grant(
        &mut self,
        id: Uuid,
        details: &Details,
        at: DateTime<Utc>,
        (attested, wording): (&Attested, Uuid),
    ) -> Result<()> {
        let list = self.checked.list.name();
        let grant = ledger::New {
            what: What::Grant,
            purpose: Some(&attested.purpose),
            method: Method::Import,
            supporter: Some(id),
            capture: None,
            shift: None,
            wording: Some(wording),
            evidence: None,
            about: None,
            at,
            zone: self.zone,
            personal: Personal {
                supporter: Some(id),
                name: Some(details.name()),
                mobile: details.mobile.clone(),
                canvasser: Some(attested.by.clone()),
                place: Some(format!("{}, from the list {list}", attested.method)),
                said: None,
            },
        };
        ledger::add(self.conn, &grant)?;
        self.counts.with_consent += 1;
        Ok(())
    }
}

/// What was brought in, in words.
fn sentence(counts: Counts) -> String {
    let mut sentence = format!("{} brought in", counted(counts.new, "person", "people"));
    if counts.changed > 0 {
        sentence.push_str(&format!(
            ", {} brought up to date",
            counted(counts.changed, "person", "people")
        ));
    }
    sentence.push_str(". No text goes: an import texts nobody.");
    if counts.with_consent > 0 {
        sentence.push_str(&format!(
            " {} with the yes that you attest.",
            counted(counts.with_consent, "comes", "come")
        ));
    }
    if counts.opted_out > 0 {
        sentence.push_str(&format!(
            " {}: no text goes there.",
            counted(
                counts.opted_out,
                "number on it is opted out",
                "numbers on it are opted out"
            )
        ));
    }
    sentence
}
