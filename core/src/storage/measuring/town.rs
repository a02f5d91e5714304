//! People as a big town has them: names of several languages, some common and most rare, and not everybody with
//! everything.

use crate::people::Mobile;
use crate::storage::supporters::Details;

const FIRST: [&str; 48] = [
    "Olivia",
    "Mohammed",
    "Amina",
    "James",
    "Siân",
    "Zofia",
    "Priya",
    "Wei",
    "Fatima",
    "Rhys",
    "Łukasz",
    "José",
    "Chloé",
    "Søren",
    "Nguyễn",
    "Anna",
    "Michael",
    "Sarah",
    "David",
    "Emma",
    "Ibrahim",
    "Ayşe",
    "Björn",
    "Gwenllian",
    "Małgorzata",
    "Ngozi",
    "Oluwaseun",
    "Rahima",
    "Sofía",
    "Dmytro",
    "Aoife",
    "Noël",
    "Inés",
    "Yusuf",
    "Hannah",
    "Grace",
    "Tomasz",
    "Zainab",
    "Kwame",
    "Ffion",
    "Elżbieta",
    "Thuy",
    "Arjun",
    "Leïla",
    "Marek",
    "Beatriz",
    "Owain",
    "Ute",
];
const LAST: [&str; 24] = [
    "Smith",
    "Khan",
    "Jones",
    "Patel",
    "Williams",
    "Singh",
    "Begum",
    "Wójcik",
    "O’Brien",
    "García",
    "Nguyễn",
    "Okafor",
    "Ahmed",
    "Kowalska",
    "Evans",
    "Li",
    "Hussain",
    "Müller",
    "Pugh",
    "Fernández",
    "Tŷ-Mawr",
    "Sørensen",
    "Adeyemi",
    "Chowdhury",
];
const BEGINNINGS: [&str; 40] = [
    "Ash", "Brad", "Cor", "Dun", "East", "Fair", "Glen", "Hart", "Ing", "Jar", "Kirk", "Lang",
    "Mar", "North", "Oak", "Pem", "Quin", "Rad", "Stan", "Thorn", "Up", "Vern", "West", "Yar",
    "Zel", "Alder", "Birk", "Clay", "Drew", "Elm", "Farn", "Grim", "Hol", "Ivel", "Kes", "Lath",
    "Mill", "Nor", "Or", "Pres",
];
const ENDINGS: [&str; 30] = [
    "ford", "ton", "ley", "worth", "field", "ham", "wood", "well", "croft", "stead", "bury",
    "thorpe", "by", "combe", "dale", "den", "gate", "hurst", "land", "low", "man", "more", "over",
    "ridge", "shaw", "son", "stone", "tree", "wick", "yard",
];
const LANGUAGES: [&str; 12] = [
    "en", "en", "en", "en", "en", "en", "en", "en", "cy", "pl", "es", "ur",
];

/// The same numbers in the same order each time.
pub(super) struct Chance(u64);

impl Chance {
    pub fn of(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }

    /// Once in so many.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these, the first of them more often than the last.
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let end = self.below(of.len()) + 1;
        of.get(self.below(end)).copied().unwrap_or_default()
    }
}

/// Somebody.
pub(super) fn somebody(chance: &mut Chance, mobile: Option<&Mobile>) -> Details {
    let first = chance.one(&FIRST).to_owned();
    let last = match chance.below(10) {
        0..=5 => {
            let ending = ENDINGS.get(chance.below(ENDINGS.len())).copied();
            let begin = BEGINNINGS.get(chance.below(BEGINNINGS.len())).copied();
            format!(
                "{}{}",
                begin.unwrap_or_default(),
                ending.unwrap_or_default()
            )
        }
        6..=8 => chance.one(&LAST).to_owned(),
        _ => format!("{}-{}", chance.one(&LAST), chance.one(&LAST)),
    };
    let email = match chance.below(10) {
        0..=5 => {
            let plain = |name: &str| crate::people::folding::words(name).concat();
            let number = chance.below(2_000);
            format!("{}.{}{number}@example.org", plain(&first), plain(&last))
        }
        _ => String::new(),
    };
    let letter =
        |chance: &mut Chance| char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or_default());
    let area = ["SW", "SE", "N", "E", "CF", "M", "LS", "B", "G", "BS"];
    let postcode = format!(
        "{}{} {}{}{}",
        area.get(chance.below(area.len()))
            .copied()
            .unwrap_or_default(),
        chance.below(28) + 1,
        chance.below(10),
        letter(chance),
        letter(chance)
    );
    Details {
        first_name: first,
        last_name: last,
        mobile: mobile.map(|mobile| mobile.e164().to_owned()),
        email,
        postcode,
        language: LANGUAGES
            .get(chance.below(LANGUAGES.len()))
            .copied()
            .unwrap_or("en")
            .to_owned(),
    }
}
