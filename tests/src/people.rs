//! The people of the journeys. Their numbers are kept free for drama and ring nowhere.

/// Somebody at the stall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// The mobile as it is shown, in national format; empty where there is none.
    pub mobile: String,
    /// Whether they agree to texts.
    pub agrees: bool,
}

impl Person {
    fn new(first: &str, last: &str, mobile: &str) -> Self {
        Self {
            first: first.to_owned(),
            last: last.to_owned(),
            mobile: mobile.to_owned(),
            agrees: true,
        }
    }

    /// Somebody made up. The first thousand agree and have a mobile each; no more numbers than that are
    /// kept free for drama, so those after them have none.
    #[must_use]
    pub fn numbered(number: u16) -> Self {
        let agrees = number < 1000;
        let mobile = if agrees {
            format!("07700 900{number:03}")
        } else {
            String::new()
        };
        Self {
            agrees,
            ..Self::new("Passer", &format!("By {number:04}"), &mobile)
        }
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    /// The mobile as gateways know it: "+447700900101".
    #[must_use]
    pub fn e164(&self) -> String {
        let digits: String = self.mobile.chars().filter(char::is_ascii_digit).collect();
        format!("+44{}", digits.trim_start_matches('0'))
    }
}

/// Agrees, with a mobile of her own.
#[must_use]
pub fn amara() -> Person {
    Person::new("Amara", "Okafor", "07700 900101")
}

/// Agrees, with a mobile of her own too.
#[must_use]
pub fn bronwen() -> Person {
    Person::new("Bronwen", "Pugh", "07700 900102")
}

/// Has a mobile and does not agree to texts.
#[must_use]
pub fn cora() -> Person {
    Person {
        agrees: false,
        ..Person::new("Cora", "Whitfield", "07700 900103")
    }
}

/// Has no mobile.
#[must_use]
pub fn dev() -> Person {
    Person {
        agrees: false,
        ..Person::new("Dev", "Anand", "")
    }
}

/// Shares a phone with Frank.
#[must_use]
pub fn edith() -> Person {
    Person::new("Edith", "Holloway", "07700 900105")
}

/// Shares a phone with Edith.
#[must_use]
pub fn frank() -> Person {
    Person::new("Frank", "Holloway", "07700 900105")
}

/// Agrees. Her first name has a letter that the shortest encoding of texts does not know.
#[must_use]
pub fn sian() -> Person {
    Person::new("Siân", "Lloyd", "07700 900106")
}

/// Agrees, and writes the name as it is spoken at home.
#[must_use]
pub fn gwenllian() -> Person {
    Person::new("Gwenllian", "Tŷ-Mawr", "07700 900107")
}
