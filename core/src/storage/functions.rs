//! What SQL calls of ours: how people's words are compared. Triggers call it, so every connection knows it.

use rusqlite::functions::{Context, FunctionFlags};

use super::Conn;
use crate::error::Result;
use crate::people::folding;

/// Teaches a connection our functions.
///
/// # Errors
/// SQLite does not take them.
pub(super) fn register(conn: &Conn) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    let text = |context: &Context<'_>, at| context.get_raw(at).as_str().map(str::to_owned);
    conn.create_scalar_function("find_words", 4, flags, move |context| {
        let [first, last, email, postcode] = [0, 1, 2, 3].map(|at| text(context, at));
        Ok(folding::find_words(&first?, &last?, &email?, &postcode?))
    })?;
    conn.create_scalar_function("name_words", 2, flags, move |context| {
        let words = folding::name_words(&text(context, 0)?, &text(context, 1)?);
        serde_json::to_string(&words)
            .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))
    })?;
    conn.create_scalar_function("sort_key", 2, flags, move |context| {
        Ok(folding::sort_key(&text(context, 0)?, &text(context, 1)?))
    })?;
    Ok(())
}
