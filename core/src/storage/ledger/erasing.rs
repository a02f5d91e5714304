//! Taking a person out of the ledger.

use uuid::Uuid;

use crate::error::Result;
use crate::people::Mobile;
use crate::storage::Conn;

pub(in crate::storage) const OF_NUMBER: &str = "UPDATE ledger SET personal = NULL, salt = NULL
    WHERE supporter_id IS NULL AND personal IS NOT NULL AND json_extract(personal, '$.mobile') = ?1";

/// Takes a person out of their entries: what is left names nobody, and the chain still verifies (UK GDPR Art
/// 17). Entries about their numbers as a whole go with them where nobody else has them.
///
/// # Errors
/// The disk says no.
pub fn erase(conn: &Conn, supporter: Uuid, mobiles_of_nobody: &[Mobile]) -> Result<()> {
    conn.prepare_cached(
        "UPDATE ledger SET personal = NULL, salt = NULL, supporter_id = NULL WHERE supporter_id = ?1",
    )?
    .execute([supporter])?;
    let mut of_number = conn.prepare_cached(OF_NUMBER)?;
    for mobile in mobiles_of_nobody {
        of_number.execute([mobile.e164()])?;
    }
    Ok(())
}
