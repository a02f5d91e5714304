//! The vault on disk: a folder with an encrypted database and the small header that holds its key,
//! wrapped. Nothing here reads what is inside.
//!
//! ```text
//! <data folder>/campaign/vault.placard   the SQLCipher database, keyed with 32 random bytes
//! <data folder>/campaign/vault.key       that key, wrapped by passphrase and by recovery code (JSON)
//! ```

mod folder;
mod header;
mod key;
mod recovery;
mod strength;

pub use folder::{Folder, Held, Standing};
pub use header::Header;
pub use key::DatabaseKey;
pub use recovery::RecoveryCode;
pub use strength::{Strength, judge};
