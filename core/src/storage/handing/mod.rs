//! What laptops of one campaign hand to each other: rows that go out, and rows that come in.
//!
//! Every row has an id of its own and one laptop that writes it, so that rows can be put together in any order. Where
//! two laptops changed the same, the newest change counts, and both are kept (`taking`).

mod giving;
mod known;
mod ledger;
mod lists;
mod merges;
mod opt_outs;
mod people;
pub mod records;
mod taking;
mod texts;

#[cfg(test)]
pub(super) use giving::TOUCHED;
pub use giving::{Given, Whom, end, give, suppression_key, touched};
pub use known::{
    Recipient, came_in, fits, identity, known_recipients, laptop, last_handed, mark_handed, marked,
    set_identity,
};
#[cfg(test)]
pub(super) use people::{BRING_BACK, TAKE_AWAY};
pub use taking::{Taken, Taking};

use crate::error::Error;

/// It goes on from an earlier file that is not here.
#[must_use]
pub fn gap() -> Error {
    Error::invalid(
        "file",
        "This file goes on from an earlier one that was not taken in here. Take that in first, or ask for a file with everybody. Nothing has changed.",
    )
}

/// Its ledger is another than the one that is here.
#[must_use]
pub fn forked() -> Error {
    Error::invalid(
        "file",
        "The ledger in this file is not the one that is here: one of the two was changed. Nothing has been taken in. Check the ledger on both laptops in Settings.",
    )
}

/// Its records contradict each other.
#[must_use]
pub fn contradicts() -> Error {
    Error::invalid(
        "file",
        "What this file says does not fit together, so nothing of it was taken in. Ask for a new one.",
    )
}
