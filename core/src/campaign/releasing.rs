//! Letting go at once of everything that is held, beside one hold and one text at a time: what stops sending, and the
//! texts of a restored vault that may have gone since the backup.

use chrono::{DateTime, Utc};

use super::Campaign;
use super::texts::opening;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::sender::Ground;
use crate::storage::holds::Standing;
use crate::storage::texts::{self, Claimable, Route};
use crate::storage::{Conn, holds, restored, settings};
use crate::texts::allowed::Verdict;
use crate::texts::hours::Window;
use crate::texts::life::{Move, Reason, State};
use crate::texts::words::{NOBODY_CAN_REPLY, why_not};

/// What becomes of everything that is held once it is released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// How many texts it is about.
    pub texts: u32,
    /// What happens to them, a sentence for each thing.
    pub sentences: Vec<String>,
    /// What to ask beforehand, where some of them may have gone already.
    pub warning: Option<String>,
}

/// What becomes of a text.
#[derive(PartialEq, Eq)]
enum Fate {
    /// It goes as soon as the gateway takes it.
    Goes,
    /// It waits: why, and when it opens where they are, as people there say it, where it waits for that.
    Waits(Reason, Option<(String, String)>),
    /// It stands as it stood, since it may not go at all.
    Never(Reason),
    /// It stands as it stood, since the provider has yet to say whether it has it.
    Asked,
}

impl Fate {
    /// Whether a release lets it go, now or later.
    fn is_released(&self) -> bool {
        matches!(self, Self::Goes | Self::Waits(..))
    }
}

/// Where nothing but so many texts of a restored vault is held, each is looked at: those that may never go are no reason to
/// release anything. Of more, some will be.
const LOOKED_AT: u32 = 200;

impl Campaign {
    /// How many texts a release of everything is about; none where there is no more than one hold or text to release,
    /// which is done by itself.
    pub(super) fn held(&self, conn: &Conn, standing: &[Standing]) -> Result<u32> {
        let mut uncertain = restored::count_uncertain(conn)?;
        if standing.is_empty() && (2..=LOOKED_AT).contains(&uncertain) {
            let ground = self.ground(conn)?;
            let fates = fates(conn, &ground, &self.route(), self.clock.now())?;
            let released = fates.iter().filter(|(_, fate)| fate.is_released());
            uncertain = u32::try_from(released.count()).unwrap_or(u32::MAX);
        }
        let things = standing
            .len()
            .saturating_add(usize::try_from(uncertain).unwrap_or(usize::MAX));
        if things < 2 {
            return Ok(0);
        }
        let stopped = match standing {
            [] => 0,
            _ => holds::texts_held(conn)?,
        };
        Ok(uncertain + stopped)
    }

    /// What [`Campaign::release_all`] would do now: the sender's own verdict on each text, and nothing written.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn foresee_release(&self) -> Result<Release> {
        let (route, now) = (self.route(), self.clock.now());
        let fates = self.storage.read(|conn| {
            let ground = self.ground(conn)?;
            fates(conn, &ground, &route, now)
        })?;
        Ok(self.told(&fates))
    }

    /// A person says that whatever stops sending is mended, and that what may have gone since a backup goes again. What
    /// may not go at all, and what the provider is still asked about, stays as it is. Who asks was told that a text may
    /// double, and how many: what was `shown` to them. Gives what happens.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is nothing to release any more; [`Error::TooLate`] where others might double than was
    /// shown; or the disk says no. Everything is held as before then.
    pub fn release_all(&self, shown: &Release) -> Result<Release> {
        let (route, now) = (self.route(), self.clock.now());
        let told = self.storage.write(|conn| {
            let ground = self.ground(conn)?;
            let fates = fates(conn, &ground, &route, now)?;
            let released = holds::release_everything(conn)?;
            settings::settle_holds(conn)?;
            if released == 0 && !fates.iter().any(|(_, fate)| fate.is_released()) {
                return Err(Error::NotFound);
            }
            let told = self.told(&fates);
            // What was saved meanwhile may go too: it cannot double.
            if told.warning != shown.warning {
                return Err(Error::TooLate(
                    "Something changed meanwhile. Look again at what would happen.".to_owned(),
                ));
            }
            for (one, fate) in &fates {
                if fate.is_released() && one.text.state == State::Uncertain {
                    let mut goes = Move::to(State::Waiting, Reason::AskedAgain);
                    goes.not_before = Some(now);
                    texts::apply(conn, one.text.id, &goes, now)?;
                }
            }
            Ok(told)
        })?;
        self.events.changed(Topic::Texts);
        self.sender.hurry();
        Ok(told)
    }

    /// Which account is asked about a text.
    fn route(&self) -> Route {
        let active = self.active();
        Route {
            kind: active.kind,
            account: active.account.clone(),
        }
    }

    fn told(&self, fates: &[(Claimable, Fate)]) -> Release {
        let online = self.sender.connection().online;
        // Several fates are told in the same words.
        let mut counted: Vec<(String, &Fate, u32)> = Vec::new();
        let mut may_double = 0;
        for (one, fate) in fates {
            if fate.is_released() && one.text.state == State::Uncertain {
                may_double += 1;
            }
            let words = sentence(fate, 1, online);
            match counted.iter_mut().find(|(known, ..)| *known == words) {
                Some((.., count)) => *count += 1,
                None => counted.push((words, fate, 1)),
            }
        }
        Release {
            texts: u32::try_from(fates.len()).unwrap_or(u32::MAX),
            sentences: counted
                .into_iter()
                .map(|(_, fate, count)| sentence(fate, count, online))
                .collect(),
            warning: match may_double {
                0 => None,
                1 => Some(
                    "One of them may have gone since the backup: that person may get it twice."
                        .to_owned(),
                ),
                many => Some(format!(
                    "{many} of them may have gone since the backup: those people may get it twice."
                )),
            },
        }
    }
}

/// Every text that is held, with what becomes of it once nothing holds it any more.
fn fates(
    conn: &Conn,
    ground: &Ground,
    route: &Route,
    now: DateTime<Utc>,
) -> Result<Vec<(Claimable, Fate)>> {
    let mut all = Vec::new();
    for (id, is_asked) in restored::uncertain(conn, route)? {
        let one = texts::claimable(conn, id)?;
        let fate = match is_asked {
            true => Fate::Asked,
            // What answers by itself goes at once or not at all.
            false if one.text.kind.is_answer() => Fate::Never(Reason::TooLate),
            false => fate(ground, &one, now),
        };
        all.push((one, fate));
    }
    let standing = holds::all(conn)?;
    if standing.is_empty() {
        return Ok(all);
    }
    for one in texts::all_waiting(conn)? {
        let (kind, country) = (one.text.kind, one.text.mobile.country());
        let mut standing = standing.iter();
        if standing.any(|hold| hold.holds_up(kind, country, one.template)) {
            let fate = match one.is_due(now) {
                true => fate(ground, &one, now),
                false => Fate::Waits(one.text.reason, None),
            };
            all.push((one, fate));
        }
    }
    Ok(all)
}

fn fate(ground: &Ground, one: &Claimable, now: DateTime<Utc>) -> Fate {
    match ground.verdict(one, now) {
        Verdict::Goes { .. } => Fate::Goes,
        Verdict::Never(why) => Fate::Never(why),
        Verdict::Waits { why, .. } => {
            let opens = match ground.window(&one.text.mobile, &one.postcode, now) {
                Some(Window::Closed { until, zone, .. }) if why == Reason::QuietHours => {
                    Some(opening(ground.really(until), zone))
                }
                _ => None,
            };
            Fate::Waits(why, opens)
        }
    }
}

/// What becomes of so many texts, in a sentence.
fn sentence(fate: &Fate, count: u32, online: bool) -> String {
    let people = match count {
        1 => "1 person gets a text".to_owned(),
        _ => format!("{count} people get a text"),
    };
    let texts = |one: &str, many: &str| match count {
        1 => format!("1 text {one}"),
        _ => format!("{count} texts {many}"),
    };
    match fate {
        Fate::Goes if online => format!("{people} now."),
        Fate::Goes => format!("{people} as soon as the gateway can be reached."),
        Fate::Waits(Reason::QuietHours, Some((time, place))) => {
            format!("{people} from {time} in {place}.")
        }
        Fate::Waits(Reason::QuietHours, None) => {
            format!("{people} in the hours in which texts go.")
        }
        Fate::Waits(Reason::HeldForYou, _) => format!(
            "{} for you in Inbox: what was written may be an opt-out.",
            texts("waits", "wait")
        ),
        Fate::Waits(Reason::NobodyCanReply, _) => {
            format!("{}. {NOBODY_CAN_REPLY}", texts("waits", "wait"))
        }
        Fate::Waits(Reason::Elsewhere, _) => {
            format!("{} for word from another laptop.", texts("waits", "wait"))
        }
        Fate::Waits(..) => format!("{} a moment before the next try.", texts("waits", "wait")),
        Fate::Never(why) => format!("{}. {}", texts("does not go", "do not go"), why_not(*why)),
        Fate::Asked => format!(
            "{}: the provider is still asked about it.",
            texts("stays as it is", "stay as they are")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_says_when_people_get_a_text_and_why_others_get_none() {
        let out = format!("2 texts do not go. {}", why_not(Reason::OptedOut));
        let eight = || Some(("8am".to_owned(), "London".to_owned()));
        for (fate, count, online, said) in [
            (Fate::Goes, 1, true, "1 person gets a text now."),
            (
                Fate::Goes,
                36,
                false,
                "36 people get a text as soon as the gateway can be reached.",
            ),
            (
                Fate::Waits(Reason::QuietHours, eight()),
                3,
                true,
                "3 people get a text from 8am in London.",
            ),
            (
                Fate::Waits(Reason::SaidLater, None),
                2,
                true,
                "2 texts wait a moment before the next try.",
            ),
            (Fate::Never(Reason::OptedOut), 2, true, out.as_str()),
            (
                Fate::Asked,
                1,
                true,
                "1 text stays as it is: the provider is still asked about it.",
            ),
        ] {
            assert_eq!(sentence(&fate, count, online), said);
        }
    }
}
