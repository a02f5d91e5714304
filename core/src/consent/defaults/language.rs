//! The languages that the default words are in.

/// A language with default words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Welsh.
    Cy,
    /// Spanish.
    Es,
    /// Polish.
    Pl,
    /// Urdu, in Arabic script.
    Ur,
    /// Bengali, in Bengali script.
    Bn,
}

impl Language {
    /// Every language, in the order in which a supporter chooses.
    pub const ALL: [Self; 6] = [Self::En, Self::Cy, Self::Es, Self::Pl, Self::Ur, Self::Bn];

    /// Its BCP 47 tag: "cy".
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Es => "es",
            Self::Pl => "pl",
            Self::Ur => "ur",
            Self::Bn => "bn",
        }
    }

    /// The language of a BCP 47 tag, in either case; "es-MX" is Spanish. `None` for a language without
    /// default words.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language of a tag; English where it has no default words.
    #[must_use]
    pub fn or_english(tag: &str) -> Self {
        Self::of_tag(tag).unwrap_or(Self::En)
    }

    /// Its name as its own speakers write it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cy => "Cymraeg",
            Self::Es => "Español",
            Self::Pl => "Polski",
            Self::Ur => "اردو",
            Self::Bn => "বাংলা",
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Ur
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_tags() {
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), Some(language));
            assert!(!language.own_name().is_empty());
        }
        for (tag, found) in [
            ("CY", Some(Language::Cy)),
            (" en-GB ", Some(Language::En)),
            ("es_MX", Some(Language::Es)),
            ("bn-Beng-BD", Some(Language::Bn)),
            ("eng", None),
            ("fr", None),
            ("-en", None),
            ("", None),
        ] {
            assert_eq!(Language::of_tag(tag), found, "{tag:?}");
        }
    }
}
