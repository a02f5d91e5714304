//! Texts as rules: what they say, what they cost, and how they live. No database, no network.
pub mod allowed;
pub mod hours;
pub mod keywords;
pub mod life;
pub mod segments;
pub mod template;
pub mod words;
