//! What two records of one person come to: never more than either gave.

use chrono::{DateTime, Utc};

/// A last word on one purpose, as it counts for the one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What was said.
    pub says: Says,
    /// For which contact it was said: the number for texts and calls, the address for email.
    pub contact: Contact,
    /// When, by the clock.
    pub at: DateTime<Utc>,
    /// When, in the order of writing: a clock may have been set back in between.
    pub order: i64,
}

/// What a last word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Yes, proved by their own text.
    Proved,
    /// Yes.
    Yes,
    /// No: refused or withdrawn.
    No,
}

/// Whether something was said for the contact that the one person keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// For that one.
    Kept,
    /// For another.
    Another,
}

/// What counts for the one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// What the record that is kept says.
    AsKept,
    /// What the other record says.
    AsOther,
    /// A no.
    No,
    /// Nobody said anything that holds for the contact that is kept.
    Nothing,
}

impl Word {
    fn is_yes_here(&self) -> bool {
        self.says != Says::No && self.contact == Contact::Kept
    }

    /// Whether this yes was given after that no, for the same contact and by clock and order alike: in doubt the no is
    /// the later.
    fn outranks(&self, no: &Self) -> bool {
        no.contact == Contact::Kept && self.at > no.at && self.order > no.order
    }
}

/// What counts of two last words on one purpose. A yes counts for the contact it was given for and no other; a no of
/// either counts, unless a yes for the same contact came after it.
#[must_use]
pub fn of_both(kept: Option<Word>, other: Option<Word>) -> Counts {
    let yes = |word: Option<Word>| word.filter(Word::is_yes_here);
    let no = |word: Option<Word>| word.filter(|word| word.says == Says::No);
    match (yes(kept), yes(other)) {
        (Some(ours), Some(theirs)) => {
            let only_theirs_is_proved = ours.says == Says::Yes && theirs.says == Says::Proved;
            if only_theirs_is_proved {
                Counts::AsOther
            } else {
                Counts::AsKept
            }
        }
        (Some(yes), None) => match no(other) {
            Some(no) if !yes.outranks(&no) => Counts::No,
            _ => Counts::AsKept,
        },
        (None, Some(yes)) => match no(kept) {
            Some(no) if !yes.outranks(&no) => Counts::No,
            _ => Counts::AsOther,
        },
        (None, None) if no(kept).or(no(other)).is_some() => Counts::No,
        (None, None) => Counts::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    fn word(says: Says, contact: Contact, at: i64) -> Option<Word> {
        Some(Word {
            says,
            contact,
            at: DateTime::from_timestamp_millis(at)?,
            order: at,
        })
    }

    #[test]
    fn what_counts_case_by_case() {
        use Contact::{Another, Kept};
        use Says::{No, Proved, Yes};
        for (scenario, kept, other, counts) in [
            ("nobody was asked", None, None, Counts::Nothing),
            ("only who is kept", word(Yes, Kept, 1), None, Counts::AsKept),
            (
                "only the other, same number",
                None,
                word(Yes, Kept, 1),
                Counts::AsOther,
            ),
            (
                "only the other, another number",
                None,
                word(Yes, Another, 1),
                Counts::Nothing,
            ),
            (
                "kept's yes was for a number that goes",
                word(Yes, Another, 1),
                None,
                Counts::Nothing,
            ),
            (
                "both",
                word(Yes, Kept, 1),
                word(Yes, Kept, 2),
                Counts::AsKept,
            ),
            (
                "the other proved it",
                word(Yes, Kept, 2),
                word(Proved, Kept, 1),
                Counts::AsOther,
            ),
            (
                "both proved it",
                word(Proved, Kept, 2),
                word(Proved, Kept, 1),
                Counts::AsKept,
            ),
            (
                "proved elsewhere",
                word(Yes, Kept, 2),
                word(Proved, Another, 1),
                Counts::AsKept,
            ),
            (
                "the other said no later",
                word(Yes, Kept, 1),
                word(No, Kept, 2),
                Counts::No,
            ),
            (
                "the other said no before",
                word(Yes, Kept, 2),
                word(No, Kept, 1),
                Counts::AsKept,
            ),
            (
                "no for another number",
                word(Proved, Kept, 2),
                word(No, Another, 1),
                Counts::No,
            ),
            (
                "kept said no, then yes elsewhere",
                word(No, Kept, 1),
                word(Yes, Another, 2),
                Counts::No,
            ),
            (
                "kept said no, then yes here",
                word(No, Kept, 1),
                word(Yes, Kept, 2),
                Counts::AsOther,
            ),
            (
                "kept said no after",
                word(No, Kept, 3),
                word(Proved, Kept, 2),
                Counts::No,
            ),
            (
                "of one moment",
                word(No, Kept, 2),
                word(Yes, Kept, 2),
                Counts::No,
            ),
            ("a no alone", None, word(No, Another, 1), Counts::No),
            ("two noes", word(No, Kept, 1), word(No, Kept, 2), Counts::No),
        ] {
            assert_eq!(of_both(kept, other), counts, "{scenario}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_yes_the_later() {
        let no = word(Says::No, Contact::Kept, 2);
        let yes = word(Says::Yes, Contact::Kept, 3).map(|yes| Word { order: 1, ..yes });
        assert_eq!(of_both(yes, no), Counts::No);
        let yes = word(Says::Yes, Contact::Kept, 1).map(|yes| Word { order: 3, ..yes });
        assert_eq!(of_both(no, yes), Counts::No);
    }

    fn any_word() -> impl Strategy<Value = Option<Word>> {
        let says = prop_oneof![Just(Says::Proved), Just(Says::Yes), Just(Says::No)];
        let contact = prop_oneof![Just(Contact::Kept), Just(Contact::Another)];
        option::of(
            (says, contact, 0i64..4, 0i64..4).prop_map(|(says, contact, at, order)| Word {
                says,
                contact,
                at: DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(at),
                order,
            }),
        )
    }

    proptest! {
        #[test]
        fn who_agrees_afterwards_agreed_before_and_refused_it_later_in_neither(
            kept in any_word(),
            other in any_word(),
        ) {
            let (yes, against) = match of_both(kept, other) {
                Counts::AsKept => (kept, other),
                Counts::AsOther => (other, kept),
                Counts::No | Counts::Nothing => return Ok(()),
            };
            let yes = yes.unwrap();
            prop_assert!(yes.says != Says::No && yes.contact == Contact::Kept);
            if let Some(no) = against.filter(|word| word.says == Says::No) {
                prop_assert!(yes.at > no.at && yes.order > no.order && no.contact == Contact::Kept);
            }
        }

        #[test]
        fn it_does_not_matter_which_record_is_kept(kept in any_word(), other in any_word()) {
            let agrees = |counts| matches!(counts, Counts::AsKept | Counts::AsOther);
            prop_assert_eq!(agrees(of_both(kept, other)), agrees(of_both(other, kept)));
        }
    }
}
