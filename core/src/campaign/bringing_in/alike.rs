//! Whether two names may be one person's, where a number or an email says so already.

use strsim::osa_distance;
use unicode_normalization::UnicodeNormalization;

use crate::storage::supporters::Details;

/// A name without accents, capitals and marks.
pub(super) fn folded(name: &str) -> String {
    name.nfkd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether both can be one person: the same words, an initial or a short form for a name, one slip in a long one. Two
/// of a family who share a phone are not: Anna and Anne, Edith and Edward.
pub(super) fn alike(one: &Details, other: &Details) -> bool {
    let names = |of: &Details| (folded(&of.first_name), folded(&of.last_name));
    let ((first, last), (other_first, other_last)) = (names(one), names(other));
    if format!("{first}{last}") == format!("{other_first}{other_last}")
        || (first == other_last && last == other_first)
    {
        return true;
    }
    let compared = (!first.is_empty() && !other_first.is_empty())
        || (!last.is_empty() && !other_last.is_empty());
    compared && part(&first, &other_first, 3) && part(&last, &other_last, usize::MAX)
}

/// Whether two parts of a name agree. `short` is from how many letters on one stands for a longer one.
fn part(one: &str, other: &str, short: usize) -> bool {
    let (shorter, longer) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let letters = shorter.chars().count();
    let begins = longer.starts_with(shorter);
    letters == 0
        || one == other
        || (begins && (letters == 1 || letters >= short))
        || (letters >= 6 && osa_distance(one, other) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_persons_names_are_alike_and_a_familys_are_not() {
        let details = |name: &str| {
            let (first, last) = name.split_once('|').unwrap();
            Details {
                first_name: first.to_owned(),
                last_name: last.to_owned(),
                ..Details::default()
            }
        };
        for (one, other, same) in [
            ("Siân|Pugh", "SIAN|pugh", true),
            ("Rob|Hill", "Robert|Hill", true),
            ("A|Khan", "Amina|Khan", true),
            ("Amina|", "Amina|Khan", true),
            ("Khan|Amina", "Amina|Khan", true),
            ("Amina Khan|", "Amina|Khan", true),
            ("Jessica|Okafor", "Jesssica|Okafor", true),
            ("Anna|Jones", "Anne|Jones", false),
            ("Maria|Jones", "Marie|Jones", false),
            ("Edith|Jones", "Edward|Jones", false),
            ("Amina|", "|Khan", false),
            ("Amina|Khan", "Rhys|Pugh", false),
        ] {
            assert_eq!(alike(&details(one), &details(other)), same, "{one} {other}");
            assert_eq!(alike(&details(other), &details(one)), same, "{other} {one}");
        }
    }
}
