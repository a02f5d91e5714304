//! The orders that people can be put in, each with the index that has it.

use super::telling::Reads;
use super::{Direction, Order, Sort};

/// An order in SQL.
pub(super) struct Ordered {
    /// The table that has it.
    pub table: Reads,
    /// The index of that table.
    pub index: &'static str,
    /// What it goes by; the last makes it definite.
    pub keys: &'static [&'static str],
    /// Which end comes first.
    pub direction: Direction,
}

impl From<Order> for Ordered {
    fn from(order: Order) -> Self {
        let (table, index, keys): (_, _, &[&str]) = match order.by {
            Sort::Name => (
                Reads::Standings,
                "standings_by_name",
                &["standings.by_name", "standings.person"],
            ),
            Sort::FirstName => (
                Reads::Standings,
                "standings_by_first_name",
                &["standings.by_first_name", "standings.person"],
            ),
            Sort::CapturedAt => (
                Reads::Standings,
                "standings_by_capture",
                &["standings.captured_at", "standings.person"],
            ),
            Sort::Canvasser => (
                Reads::Standings,
                "standings_by_canvasser",
                &["standings.canvasser", "standings.person"],
            ),
            Sort::Consent => (
                Reads::Standings,
                "standings_by_consent",
                &["standings.consent", "standings.person"],
            ),
            Sort::Text => (
                Reads::Standings,
                "standings_in_order_of_text",
                &[
                    "(standings.text IS NULL)",
                    "standings.text",
                    "standings.person",
                ],
            ),
            Sort::Mobile => (
                Reads::Supporters,
                "supporters_in_order_of_mobile",
                &[
                    "(supporters.mobile IS NULL)",
                    "supporters.mobile",
                    "supporters.rowid",
                ],
            ),
            Sort::Email => (
                Reads::Supporters,
                "supporters_in_order_of_email",
                &[
                    "(supporters.email = '')",
                    "supporters.email COLLATE NOCASE",
                    "supporters.rowid",
                ],
            ),
            Sort::Postcode => (
                Reads::Supporters,
                "supporters_in_order_of_postcode",
                &[
                    "(supporters.postcode = '')",
                    "supporters.postcode",
                    "supporters.rowid",
                ],
            ),
            Sort::Language => (
                Reads::Supporters,
                "supporters_by_language",
                &["supporters.language", "supporters.rowid"],
            ),
            Sort::UpdatedAt => (
                Reads::Supporters,
                "supporters_by_update",
                &["supporters.updated_at", "supporters.id"],
            ),
            // The index is of those who are to be put right, and of nobody else: they are asked for beside it.
            Sort::ToPutRight => (
                Reads::Standings,
                "standings_in_trouble",
                &["standings.trouble", "standings.person"],
            ),
        };
        Self {
            table,
            index,
            keys,
            direction: order.direction,
        }
    }
}

impl Ordered {
    /// For ORDER BY.
    pub fn by(&self) -> String {
        let way = way(self.direction);
        let keys = self.keys.iter().map(|key| format!("{key}{way}"));
        keys.collect::<Vec<_>>().join(", ")
    }

    /// The same order from the other end.
    pub fn turned(self) -> Self {
        Self {
            direction: match self.direction {
                Direction::Ascending => Direction::Descending,
                Direction::Descending => Direction::Ascending,
            },
            ..self
        }
    }
}

/// What SQL adds to a key.
pub(super) fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "",
        Direction::Descending => " DESC",
    }
}
