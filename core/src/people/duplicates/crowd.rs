//! Which of many people are worth comparing: whoever shares a number, an email address or a postcode, and within a town
//! whoever stands near in the order of names.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use uuid::Uuid;

use super::likeness::{Because, Who};
use crate::error::Result;

/// The most pairs that are kept: more than anybody looks through, the likeliest first.
pub const MOST_PAIRS: usize = 20_000;

/// Up to this many people who share something are each compared with each.
const SMALL: usize = 50;
/// In a larger group, and within a town, each is compared with so many who come after them in the order of names.
const NEIGHBOURS: usize = 10;

/// The longest folded name that is kept, in bytes.
const LONGEST: usize = 120;

/// Comparisons between two looks at whether a person has had enough.
const STEP: usize = 4_096;

/// A pair that may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// Of a thousand.
    pub score: u32,
    /// What makes them so.
    pub because: Because,
    /// One of them.
    pub one: Uuid,
    /// The other.
    pub other: Uuid,
}

/// Everybody, small enough for a million to be at hand: about 90 bytes each.
pub struct Crowd {
    people: Vec<Row>,
    names: String,
}

struct Row {
    id: Uuid,
    mobile: u64,
    email: u64,
    postcode: u64,
    outward: u64,
    household: u64,
    at: u32,
    first: u8,
    last: u8,
}

/// What a group of people has in common.
#[derive(Clone, Copy)]
enum Shared {
    Number,
    Email,
    Postcode,
    Town,
}

impl Shared {
    const ALL: [Self; 4] = [Self::Number, Self::Email, Self::Postcode, Self::Town];

    fn key(self, row: &Row) -> u64 {
        match self {
            Self::Number => row.mobile,
            Self::Email => row.email,
            Self::Postcode => row.postcode,
            Self::Town => row.outward,
        }
    }

    /// Whether two were compared for something that they share as well.
    fn was_compared(self, one: &Row, other: &Row) -> bool {
        let before = Self::ALL.into_iter().take(self as usize);
        before
            .map(|shared| (shared.key(one), shared.key(other)))
            .any(|(one, other)| one != 0 && one == other)
    }
}

impl Crowd {
    /// Room for so many.
    #[must_use]
    pub fn with_room(people: usize) -> Self {
        Self {
            people: Vec::with_capacity(people),
            names: String::with_capacity(people.saturating_mul(14)),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Adds somebody.
    pub fn add(&mut self, id: Uuid, who: &Who<'_>) {
        let Ok(at) = u32::try_from(self.names.len()) else {
            // Four billion letters of names: no laptop holds as many people.
            return;
        };
        let mut keep = |name: &str| {
            let kept = cut(name);
            self.names.push_str(kept);
            u8::try_from(kept.len()).unwrap_or(u8::MAX)
        };
        let (first, last) = (keep(who.first), keep(who.last));
        self.people.push(Row {
            id,
            mobile: who.mobile,
            email: who.email,
            postcode: who.postcode,
            outward: who.outward,
            household: who.household,
            at,
            first,
            last,
        });
    }

    fn who(&self, row: &Row) -> Who<'_> {
        let from = row.at as usize;
        let (middle, to) = (
            from + usize::from(row.first),
            from + usize::from(row.first) + usize::from(row.last),
        );
        Who {
            first: self.names.get(from..middle).unwrap_or_default(),
            last: self.names.get(middle..to).unwrap_or_default(),
            mobile: row.mobile,
            email: row.email,
            postcode: row.postcode,
            outward: row.outward,
            household: row.household,
        }
    }

    /// The likeliest pairs, at most [`MOST_PAIRS`], likeliest first. `at` hears how many people were looked at, of
    /// four times as many as there are.
    ///
    /// # Errors
    /// What `at` returned.
    pub fn pairs(&self, mut at: impl FnMut(usize) -> Result<()>) -> Result<Vec<Alike>> {
        let mut found = BinaryHeap::new();
        for (pass, shared) in Shared::ALL.into_iter().enumerate() {
            let mut order: Vec<u32> = (0..self.people.len())
                .filter(|index| shared.key(&self.people[*index]) != 0)
                .filter_map(|index| u32::try_from(index).ok())
                .collect();
            order.sort_unstable_by(|one, other| {
                let (one, other) = (self.row(*one), self.row(*other));
                let key = |row| shared.key(row);
                let by_key = key(one).cmp(&key(other));
                by_key.then_with(|| self.sorted(one, shared).cmp(&self.sorted(other, shared)))
            });
            let base = pass * self.people.len();
            let mut done = 0;
            let mut told = 0;
            for group in order
                .chunk_by(|one, other| shared.key(self.row(*one)) == shared.key(self.row(*other)))
            {
                let is_small = group.len() <= SMALL && !matches!(shared, Shared::Town);
                let reach = if is_small { group.len() } else { NEIGHBOURS };
                for (place, one) in group.iter().enumerate() {
                    for other in group.iter().skip(place + 1).take(reach) {
                        self.compare((*one, *other), shared, &mut found);
                    }
                    done += 1;
                    if done - told >= STEP {
                        told = done;
                        at(base + done)?;
                    }
                }
            }
            at(base + self.people.len())?;
        }
        let likeliest = found.into_sorted_vec();
        Ok(likeliest.into_iter().map(|Reverse(alike)| alike).collect())
    }

    fn compare(
        &self,
        (one, other): (u32, u32),
        shared: Shared,
        found: &mut BinaryHeap<Reverse<Alike>>,
    ) {
        let (one, other) = (self.row(one), self.row(other));
        if shared.was_compared(one, other) {
            return;
        }
        let Some(likeness) = self.who(one).likeness(&self.who(other)) else {
            return;
        };
        if found.len() >= MOST_PAIRS {
            let least = found.peek().map_or(0, |Reverse(least)| least.score);
            if likeness.score <= least {
                return;
            }
            found.pop();
        }
        found.push(Reverse(Alike {
            score: likeness.score,
            because: likeness.because,
            one: one.id.min(other.id),
            other: one.id.max(other.id),
        }));
    }

    fn row(&self, index: u32) -> &Row {
        &self.people[index as usize]
    }

    /// By what a group is in order: last and first name, or in a town both in the order of the alphabet, so that
    /// swapped names stand beside each other.
    fn sorted(&self, row: &Row, shared: Shared) -> (&str, &str) {
        let who = self.who(row);
        match shared {
            Shared::Town => (who.first.min(who.last), who.first.max(who.last)),
            _ => (who.last, who.first),
        }
    }
}

/// As much of a name as is compared.
fn cut(name: &str) -> &str {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::super::likeness::fold;
    use super::*;
    use crate::error::Error;

    fn crowd(people: impl IntoIterator<Item = (String, String, u64, String)>) -> Crowd {
        let mut crowd = Crowd::with_room(0);
        for (first, last, mobile, postcode) in people {
            let (first, last) = (fold(&first), fold(&last));
            let who = Who {
                mobile,
                ..Who::new((&first, &last), None, "", &postcode, None)
            };
            crowd.add(Uuid::now_v7(), &who);
        }
        crowd
    }

    fn named(
        first: &str,
        last: &str,
        mobile: u64,
        postcode: &str,
    ) -> (String, String, u64, String) {
        (first.into(), last.into(), mobile, postcode.into())
    }

    #[test]
    fn each_pair_is_found_once_and_the_likeliest_comes_first() {
        let crowd = crowd([
            named("Amina", "Khan", 1, "SW9 8JX"),
            named("Rhys", "Pugh", 2, "CF10 1AA"),
            named("Aminah", "Khan", 1, "SW9 8JX"),
            named("Khan", "Amina", 0, "SW9 1AA"),
            named("", "", 0, ""),
        ]);
        let pairs = crowd.pairs(|_| Ok(())).unwrap();
        let id = |at: usize| crowd.people[at].id;
        let found: Vec<_> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(found, [(id(0), id(2)), (id(0), id(3))]);
        assert_eq!(pairs[0].because, Because::Number);
    }

    #[test]
    fn five_hundred_of_one_name_in_a_town_are_compared_with_their_neighbours_only() {
        let namesakes = (0..500).map(|_| named("Mohammed", "Khan", 0, "LS6 1AA"));
        let pairs = crowd(namesakes).pairs(|_| Ok(())).unwrap();
        assert!(pairs.len() <= 500 * NEIGHBOURS, "{}", pairs.len());
        assert!(pairs.len() > 500);
    }

    #[test]
    fn more_pairs_than_anybody_looks_at_are_not_kept() {
        let namesakes = (0..3_000).map(|_| named("Mohammed", "Khan", 0, "LS6 1AA"));
        let last = [named("Amina", "Khan", 7, ""), named("Amina", "Khan", 7, "")];
        let pairs = crowd(namesakes.chain(last)).pairs(|_| Ok(())).unwrap();
        assert_eq!(pairs.len(), MOST_PAIRS);
        assert_eq!(pairs[0].because, Because::Number, "the likeliest is kept");
    }

    #[test]
    fn whoever_has_had_enough_stops_it() {
        let people = (0..10).map(|at| named("Amina", "Khan", at, "SW9 8JX"));
        let stopped = crowd(people).pairs(|_| Err(Error::Stopped));
        assert!(matches!(stopped, Err(Error::Stopped)));
    }
}
