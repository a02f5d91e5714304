//! Placard's rules and its vault: everything that decides, stores or sends, and nothing that draws.
//!
//! The shell opens a [`campaign::Campaign`] and calls it. Time comes in through [`clock::Clock`], so
//! every rule can be asked about any moment.

pub mod backups;
pub mod campaign;
pub mod clock;
pub mod consent;
pub mod error;
pub mod events;
pub mod exchange;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod gateways;
pub mod hand_over;
#[cfg(test)]
mod law;
pub mod people;
pub mod progress;
pub mod sender;
pub mod storage;
pub mod texts;

pub use error::{Code, Error, Result};
