//! Consent: what a supporter hears before agreeing to texts.
pub mod wording;
