//! How alike two people are: by number, by email address, by name with postcode.

use std::hash::{DefaultHasher, Hash, Hasher};

use strsim::jaro_winkler;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// What makes two records alike, the strongest where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// One number.
    Number,
    /// One email address.
    Email,
    /// Names alike, at one postcode or near it.
    Likeness,
}

impl Because {
    /// As it is said beside the pair.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Number => "Same number",
            Self::Email => "Same email",
            Self::Likeness => "Alike: name and postcode",
        }
    }
}

/// How alike two records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// What makes them so.
    pub because: Because,
    /// Of a thousand.
    pub score: u32,
}

/// A person as records are compared: names folded, the rest as a number each. Nought where it is not known.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    /// First name, folded.
    pub first: &'a str,
    /// Last name, folded.
    pub last: &'a str,
    /// The digits of the mobile.
    pub mobile: u64,
    /// The email address, whatever its capitals.
    pub email: u64,
    /// The whole postcode.
    pub postcode: u64,
    /// Its first half: the town or the part of it.
    pub outward: u64,
    /// With whom they live.
    pub household: u64,
}

/// From here on two names may be one person's.
const ALIKE: f64 = 0.8;
/// From here on they are, at one postcode.
const NEARLY: f64 = 0.9;
/// From here on they are in one town.
const THE_SAME: f64 = 0.97;

impl<'a> Who<'a> {
    /// Somebody whose names are folded already.
    #[must_use]
    pub fn new(
        (first, last): (&'a str, &'a str),
        mobile: Option<&str>,
        email: &str,
        postcode: &str,
        household: Option<Uuid>,
    ) -> Self {
        let (whole, outward) = halves(postcode);
        Self {
            first,
            last,
            mobile: mobile.map_or(0, digits),
            email: key(&email.trim().to_lowercase()),
            postcode: key(&whole),
            outward: key(&outward),
            household: household.map_or(0, |id| key(&id)),
        }
    }

    /// How alike two people are; nothing where they are two as far as anybody can see. Whoever shares a phone or an
    /// address knowingly and is called otherwise is somebody else.
    #[must_use]
    pub fn likeness(&self, other: &Who<'_>) -> Option<Likeness> {
        let same = |one: u64, other: u64| one != 0 && one == other;
        let differ = |one: u64, other: u64| one != 0 && other != 0 && one != other;
        let number = same(self.mobile, other.mobile);
        let email = same(self.email, other.email);
        let postcode = same(self.postcode, other.postcode);
        if !number && !email {
            // In one town names alone say little: nothing else may speak against it.
            let against = differ(self.mobile, other.mobile) || differ(self.email, other.email);
            if !postcode && (against || !same(self.outward, other.outward)) {
                return None;
            }
            let alike = self.names(other);
            if alike < if postcode { NEARLY } else { THE_SAME } {
                return None;
            }
            let score = match (postcode, against) {
                (true, false) => 450.0 + 1_500.0 * (alike - NEARLY),
                (true, true) => 350.0 + 1_500.0 * (alike - NEARLY),
                (false, _) => 350.0 + 1_500.0 * (alike - THE_SAME),
            };
            return Some(Likeness::new(Because::Likeness, score));
        }
        let alike = self.names(other);
        if alike < ALIKE && same(self.household, other.household) {
            return None;
        }
        let because = if number {
            Because::Number
        } else {
            Because::Email
        };
        let least = if number { 700.0 } else { 650.0 };
        let both = if number && (email || postcode) {
            20.0
        } else {
            0.0
        };
        let score = if alike < ALIKE {
            least - 450.0 + 200.0 * alike
        } else {
            least + 280.0 * alike + both
        };
        Some(Likeness::new(because, score))
    }

    /// How alike the names are, from 0 to 1, whichever was typed first.
    fn names(&self, other: &Who<'_>) -> f64 {
        let whole = |who: &Who<'_>| !who.first.is_empty() && !who.last.is_empty();
        let only = |one: &str, other: &str| {
            if one.is_empty() {
                other.len()
            } else {
                one.len()
            }
        };
        if whole(self) && whole(other) {
            let straight = both(part(self.first, other.first), part(self.last, other.last));
            if straight > THE_SAME {
                return straight;
            }
            let swapped = both(part(self.first, other.last), part(self.last, other.first));
            return straight.max(0.98 * swapped);
        }
        if only(self.first, self.last) == 0 || only(other.first, other.last) == 0 {
            return 0.0;
        }
        // One of them gave one name only.
        let names = |who: &Who<'_>| [who.first.to_owned(), who.last.to_owned()];
        let (ours, theirs) = (names(self), names(other));
        let alike = |one: &String| {
            let others = theirs.iter().filter(|name| !name.is_empty());
            others.map(|name| part(one, name)).fold(0.0, f64::max)
        };
        let nearest = ours.iter().filter(|name| !name.is_empty()).map(alike);
        let most = if whole(self) || whole(other) {
            0.85
        } else {
            0.95
        };
        most * nearest.fold(0.0, f64::max)
    }
}

impl Likeness {
    fn new(because: Because, score: f64) -> Self {
        Self {
            because,
            // Between nought and a thousand by the rules above.
            score: score.clamp(0.0, 1_000.0).round() as u32,
        }
    }
}

/// One part that differs says more than another that is the same.
fn both(one: f64, other: f64) -> f64 {
    let (mean, least) = (f64::midpoint(one, other), one.min(other));
    f64::midpoint(mean, least)
}

/// How alike two parts of a name are. An initial may stand for any name that begins with it.
fn part(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let is_initial = |name: &str| name.chars().nth(1).is_none();
    if (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next() {
        return 0.95;
    }
    // In one order, so that the likeness is mutual whatever the method does.
    jaro_winkler(one.min(other), one.max(other))
}

/// A name as names are compared: small letters without accents, and nothing between them.
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|letter| char::from(letter.to_ascii_lowercase()))
            .collect();
    }
    let mut folded = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        for letter in letter.to_lowercase() {
            match letter {
                'ł' => folded.push('l'),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'þ' => folded.push_str("th"),
                'ı' => folded.push('i'),
                letter if letter.is_alphanumeric() => folded.push(letter),
                _ => {}
            }
        }
    }
    folded
}

/// A postcode and its first half: "sw98jx" and "sw9", "205000003" and "20500".
fn halves(postcode: &str) -> (String, String) {
    let whole: String = postcode
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let line = postcode.trim();
    let outward = match line.rfind([' ', '-']) {
        Some(at) => fold(line.get(..at).unwrap_or_default()),
        None => whole.clone(),
    };
    (whole, outward)
}

fn digits(e164: &str) -> u64 {
    e164.trim_start_matches('+').parse().unwrap_or(0)
}

/// A number for a text; nought for nothing.
fn key<T: Hash + Default + PartialEq>(value: &T) -> u64 {
    if *value == T::default() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Known<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

    fn judged(one: Known<'_>, other: Known<'_>, together: bool) -> Option<Likeness> {
        let home = together.then(Uuid::now_v7);
        let names = [one.0, one.1, other.0, other.1].map(fold);
        let mobile = |e164: &'static str| Some(e164).filter(|e164| !e164.is_empty());
        let of = |first, last, who: Known<'_>| {
            let e164 = match who.2 {
                "" => "",
                "1" => "+447700900101",
                _ => "+447700900102",
            };
            Who::new((first, last), mobile(e164), who.3, who.4, home)
        };
        let one = of(names[0].as_str(), names[1].as_str(), one);
        let other = of(names[2].as_str(), names[3].as_str(), other);
        one.likeness(&other)
    }

    #[test]
    fn records_of_one_person_are_found_alike_and_others_are_not() {
        use Because::{Email, Likeness as Alike, Number};
        let amina = ("Amina", "Khan", "1", "amina@example.org", "SW9 8JX");
        for (scenario, other, because) in [
            ("the same", amina, Some(Number)),
            ("a number alone", ("Amina", "", "1", "", ""), Some(Number)),
            (
                "another name on the number",
                ("Frank", "Moss", "1", "", ""),
                Some(Number),
            ),
            (
                "email in capitals",
                ("A.", "Khan", "2", "AMINA@example.org", ""),
                Some(Email),
            ),
            (
                "misspelt at the postcode",
                ("Aminah", "Kahn", "", "", "sw98jx"),
                Some(Alike),
            ),
            (
                "names swapped",
                ("Khan", "Amina", "", "", "SW9 8JX"),
                Some(Alike),
            ),
            (
                "an accent",
                ("Amína", "Khan", "", "", "SW9 8JX"),
                Some(Alike),
            ),
            (
                "another number at the postcode",
                ("Amina", "Khan", "2", "", "SW9 8JX"),
                Some(Alike),
            ),
            (
                "the same name in town, nothing against it",
                ("Amina", "Khan", "", "", "SW9 1AA"),
                Some(Alike),
            ),
            (
                "the same name in town with another number",
                ("Amina", "Khan", "2", "", "SW9 1AA"),
                None,
            ),
            (
                "a sister at the postcode",
                ("Fatima", "Khan", "", "", "SW9 8JX"),
                None,
            ),
            ("elsewhere", ("Amina", "Khan", "", "", "LS6 1AA"), None),
            ("no postcode", ("Amina", "Khan", "", "", ""), None),
        ] {
            let found = judged(amina, other, false);
            assert_eq!(found.map(|found| found.because), because, "{scenario}");
        }
    }

    #[test]
    fn who_shares_a_phone_knowingly_and_is_called_otherwise_is_somebody_else() {
        let edith = ("Edith", "Moss", "1", "", "SW9 8JX");
        let frank = ("Frank", "Moss", "1", "", "SW9 8JX");
        assert_eq!(judged(edith, frank, true), None);
        assert!(judged(edith, frank, false).is_some());
        let again = ("Edyth", "Moss", "1", "", "SW9 8JX");
        assert!(judged(edith, again, true).is_some());
    }

    #[test]
    fn what_is_surer_ranks_higher() {
        let amina = ("Amina", "Khan", "1", "amina@example.org", "SW9 8JX");
        let ranked = [
            ("Amina", "Khan", "1", "amina@example.org", "SW9 8JX"),
            ("Amina", "Khan", "2", "amina@example.org", ""),
            ("Amina", "Khan", "", "", "SW9 8JX"),
            ("Amina", "Khan", "", "", "SW9 1AA"),
            ("Frank", "Moss", "1", "", ""),
        ];
        let scores: Vec<u32> = ranked
            .map(|other| judged(amina, other, false).unwrap().score)
            .to_vec();
        assert!(scores.is_sorted_by(|one, other| one > other), "{scores:?}");
    }

    proptest! {
        #[test]
        fn likeness_is_mutual_and_never_past_a_thousand(
            names in proptest::array::uniform4("[a-cé ]{0,4}"),
            mobiles in proptest::array::uniform2(0u64..3),
            codes in proptest::array::uniform2("(SW9 8JX|SW9 1AA|)"),
            homes in proptest::array::uniform2(0u64..2),
        ) {
            let folded = names.map(|name| fold(&name));
            let who = |at: usize| Who {
                mobile: mobiles[at],
                household: homes[at],
                ..Who::new((&folded[2 * at], &folded[2 * at + 1]), None, "", &codes[at], None)
            };
            let (one, other) = (who(0), who(1));
            prop_assert_eq!(one.likeness(&other), other.likeness(&one));
            prop_assert!(one.likeness(&other).is_none_or(|found| found.score <= 1_000));
        }
    }
}
