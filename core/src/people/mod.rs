//! People: a supporter, their mobile number, and who shares it.
mod contact;
pub mod duplicates;
pub mod folding;
mod mobile;
mod one_line;
pub mod zones;

pub use contact::{Email, LONGEST_NAME, NotAnEmail, tidy_name, tidy_postcode};
pub use mobile::{
    Country, Mobile, Muddle, NotAMobile, OtherNumber, Reading, UnknownCountry, Wanted, typed_as,
};
pub(crate) use one_line::one_line;
pub use zones::{Whereabouts, whereabouts};
