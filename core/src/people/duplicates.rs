//! Who may have been captured twice: how alike two records are, and which of a million are worth comparing.

mod crowd;
mod likeness;

pub use crowd::{Alike, Crowd, MOST_PAIRS};
pub use likeness::{Because, Likeness, Who, fold};
