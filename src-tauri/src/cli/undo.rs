//! `placard undo` and `placard redo`.

use placard_core::Result;
use placard_core::campaign::Campaign;

use crate::commands::undoing::Undone;

/// Undoes what was done last.
pub fn undo(campaign: &Campaign) -> Result<Undone> {
    Ok(campaign.undo()?.into())
}

/// Redoes what was undone last.
pub fn redo(campaign: &Campaign) -> Result<Undone> {
    Ok(campaign.redo()?.into())
}
