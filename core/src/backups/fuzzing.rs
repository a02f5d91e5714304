//! For fuzzing alone: a stick with files that say they are backups.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::file::{Label, MAGIC};
use super::{Inside, Opener, back_up, look_into};
use crate::campaign::{NewCampaign, create};
use crate::error::Result;
use crate::fuzzing::{Came, PASSPHRASE, came, is_said, noon, quietly};
use crate::storage::vault::{DatabaseKey, Folder, Header, RecoveryCode};

/// What stands for what only the true label of the true database says.
const TRUE: &str = "\"true\"";

/// A stick with a good backup on it, and whatever else.
pub struct Stick {
    folder: PathBuf,
    database: Vec<u8>,
    key: DatabaseKey,
    header: String,
    contents: String,
}

impl Stick {
    /// Sets a campaign up in an empty folder, and takes a backup of it.
    ///
    /// # Errors
    /// The disk says no.
    pub fn new(folder: &Path) -> Result<Self> {
        let passphrase = SecretString::from(PASSPHRASE);
        let new = NewCampaign {
            name: "Clean Air Now",
            organiser: "Sam",
            country: "GB",
            passphrase: &passphrase,
        };
        drop(create(folder, &new, noon())?.finish()?);
        let (backup, _) = quietly(|watch| back_up(folder, &passphrase, noon(), watch))?;
        let label = Label::read(&backup.path)?;
        let mut database = fs::read(&backup.path)?;
        database.truncate(usize::try_from(label.database).unwrap_or_default());
        let said = serde_json::to_value(&label).unwrap_or_default();
        Ok(Self {
            folder: folder.to_owned(),
            database,
            key: Header::read(&Folder::campaign(folder).header())?.open(&passphrase)?,
            header: said["key"].to_string(),
            contents: said["contents"].to_string(),
        })
    }

    /// A file that says it is a backup; or a label, which is put behind a good database; or the header of a vault.
    ///
    /// # Errors
    /// The disk says no.
    pub fn backup(&self, bytes: &[u8]) -> Result<Came> {
        if !bytes.starts_with(b"{") {
            return self.look(bytes, bytes);
        }
        let header = self.header(bytes)?;
        let label = String::from_utf8_lossy(bytes)
            .replace(
                "\"database\":0",
                &format!("\"database\":{}", self.database.len()),
            )
            .replace(
                &format!("\"contents\":{TRUE}"),
                &format!("\"contents\":{}", self.contents),
            )
            .replace(
                &format!("\"key\":{TRUE}"),
                &format!("\"key\":{}", self.header),
            );
        let label = self.look(&self.behind(label.as_bytes()), bytes)?;
        Ok(if label == Came::Read { label } else { header })
    }

    /// A file of the good database with this label, to the last byte as Placard would have written it.
    fn behind(&self, label: &[u8]) -> Vec<u8> {
        let mut file = [&self.database[..], label].concat();
        let digest = Sha256::digest(&file);
        file.extend_from_slice(&digest);
        let length = u32::try_from(label.len()).unwrap_or(u32::MAX);
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(&MAGIC);
        file
    }

    fn look(&self, file: &[u8], input: &[u8]) -> Result<Came> {
        let path = self.folder.join("stick.placard");
        fs::write(&path, file)?;
        let looked = quietly(|watch| look_into(&path, &Opener::Key(&self.key), watch));
        match &looked {
            Ok(inside) => Ok(found(inside)),
            Err(_) => Ok(came(looked, input)),
        }
    }

    /// A vault's header, as it stands in its folder.
    fn header(&self, bytes: &[u8]) -> Result<Came> {
        let path = self.folder.join("stick.key");
        fs::write(&path, bytes)?;
        let read = Header::read(&path);
        if let Ok(header) = &read {
            came(header.open(&SecretString::from(PASSPHRASE)), bytes);
            came(header.recover(&RecoveryCode::typed(PASSPHRASE)), bytes);
        }
        Ok(came(read, bytes))
    }
}

/// What is said of a backup that opens: everything, or that it is damaged.
fn found(inside: &Inside) -> Came {
    is_said(&inside.sentence(), &[]);
    if !inside.readable {
        return Came::Refused;
    }
    assert_eq!((inside.people, &*inside.campaign), (0, "Clean Air Now"));
    Came::Read
}
