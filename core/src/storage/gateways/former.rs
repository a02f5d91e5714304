//! Gateways that were used before: people go on replying to the number that they know. Their settings are kept while
//! they are listened to, and no longer.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use uuid::Uuid;

use crate::error::Result;
use crate::gateways::Setup;
use crate::storage::Conn;
use crate::storage::values::At;

/// For how long a gateway is listened to after another was chosen.
pub const LISTENED_FOR: TimeDelta = TimeDelta::days(30);

/// A gateway that was used before.
#[derive(Debug)]
pub struct Former {
    /// Its id.
    pub id: Uuid,
    /// Its settings.
    pub setup: Setup,
    /// Until when it is listened to.
    pub until: DateTime<Utc>,
}

/// Those that are still listened to, the one that was left last first.
///
/// # Errors
/// The vault cannot be read. Settings of a Placard that this one does not understand are passed over.
pub fn former(conn: &Conn, now: DateTime<Utc>) -> Result<Vec<Former>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, settings, left_at FROM former_gateways WHERE left_at > ?1 ORDER BY left_at DESC, id DESC",
    )?;
    let rows = statement.query_map([At(now - LISTENED_FOR)], |row| {
        Ok((
            row.get::<_, Uuid>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, At>(2)?.0,
        ))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, settings, left_at) = row?;
        found.extend(Setup::from_json(&settings).map(|setup| Former {
            id,
            setup,
            until: left_at + LISTENED_FOR,
        }));
    }
    Ok(found)
}

/// Another gateway is chosen: the one before is listened to from now on, where it can be asked and people can reply to
/// it. What the new one hears as well is not listened to twice.
pub(super) fn leave(conn: &Conn, left: &Setup, chosen: &Setup, now: DateTime<Utc>) -> Result<()> {
    for known in former(conn, now)? {
        if chosen.hears(&known.setup) || left.hears(&known.setup) {
            stop_listening(conn, known.id)?;
        }
    }
    let can_be_heard = left.kind().abilities().polls_inbound && !left.is_in_letters();
    if can_be_heard && !chosen.hears(left) {
        conn.execute(
            "INSERT INTO former_gateways (id, settings, left_at) VALUES (?1, ?2, ?3)",
            params![Uuid::now_v7(), left.to_json().as_str(), At(now)],
        )?;
    }
    Ok(())
}

/// One is listened to no longer, and its settings go. Gives whether it was there.
///
/// # Errors
/// The disk says no.
pub fn stop_listening(conn: &Conn, id: Uuid) -> Result<bool> {
    Ok(conn.execute("DELETE FROM former_gateways WHERE id = ?1", [id])? > 0)
}

/// The settings of those that were left too long ago go. Gives whether there were any.
///
/// # Errors
/// The disk says no.
pub fn forget_former(conn: &Conn, now: DateTime<Utc>) -> Result<bool> {
    let sql = "DELETE FROM former_gateways WHERE left_at <= ?1";
    Ok(conn.execute(sql, [At(now - LISTENED_FOR)])? > 0)
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::gateways::{PocketSettings, TwilioSettings};
    use crate::storage::Storage;
    use crate::storage::gateways::{choose, chosen};
    use crate::storage::vault::DatabaseKey;

    fn twilio(account: &str, sender: &str, address: &str) -> Setup {
        let settings = TwilioSettings {
            account_sid: account.to_owned(),
            api_key: None,
            auth_token: SecretString::from("secret"),
            sender: sender.to_owned(),
            api_address: address.parse().unwrap(),
        };
        Setup::Twilio(settings, None)
    }

    fn pocket(address: &str, password: &str, number: Option<&str>) -> Setup {
        let settings = PocketSettings {
            phone_address: address.parse().unwrap(),
            user_name: "sms".to_owned(),
            password: SecretString::from(password),
            number: number.map(str::to_owned),
        };
        Setup::Pocket(settings, None)
    }

    #[test]
    fn what_people_may_still_reply_to_is_listened_to_and_nothing_else_is_kept() {
        const OURS: &str = "+447700900999";
        const API: &str = "https://api.twilio.com";
        let one = || twilio("AC1", OURS, API);
        let phone = || pocket("http://192.168.43.7:8080", "secret", None);
        let cases = [
            (
                "another sender",
                vec![one(), twilio("AC1", "+447700900998", API)],
                1,
            ),
            ("another account", vec![one(), twilio("AC2", OURS, API)], 1),
            ("another kind", vec![one(), phone()], 1),
            ("the drawn phone", vec![one(), Setup::Practice], 1),
            ("three in a row", vec![one(), phone(), Setup::Practice], 2),
            ("the same", vec![one(), one()], 0),
            (
                "the same at an edge",
                vec![
                    one(),
                    twilio("AC1", OURS, "https://api.dublin.ie1.twilio.com"),
                ],
                0,
            ),
            ("there and back", vec![one(), phone(), one()], 1),
            (
                "a name, which nobody replies to",
                vec![twilio("AC1", "CleanAir", API), one()],
                0,
            ),
            ("the drawn phone before", vec![Setup::Practice, one()], 0),
            (
                "a phone with another address",
                vec![phone(), pocket("http://192.168.43.9:8080", "secret", None)],
                0,
            ),
            (
                "a phone with another password",
                vec![phone(), pocket("http://192.168.43.7:8080", "other", None)],
                0,
            ),
            (
                "the same number in another phone",
                vec![
                    pocket("http://192.168.43.7:8080", "secret", Some(OURS)),
                    pocket("http://192.168.43.9:8080", "other", Some(OURS)),
                ],
                0,
            ),
            (
                "another phone",
                vec![phone(), pocket("http://192.168.43.9:8080", "other", None)],
                1,
            ),
        ];
        let now = Utc::now();
        for (scenario, setups, listened) in cases {
            let folder = tempfile::tempdir().unwrap();
            let key = DatabaseKey::random().unwrap();
            let storage = Storage::open(&folder.path().join("vault"), &key).unwrap();
            for setup in &setups {
                storage.write(|conn| choose(conn, setup, now)).unwrap();
            }
            let found = storage.read(|conn| former(conn, now)).unwrap();
            assert_eq!(found.len(), listened, "{scenario}");
            let in_use = storage.read(chosen).unwrap();
            assert!(
                found.iter().all(|one| !in_use.hears(&one.setup)),
                "{scenario}"
            );

            let later = now + LISTENED_FOR;
            let found = storage.read(|conn| former(conn, later)).unwrap();
            assert!(found.is_empty(), "{scenario}");
            let forgot = storage.write(|conn| forget_former(conn, later)).unwrap();
            assert_eq!(forgot, listened > 0, "{scenario}");
            let left: u32 = storage
                .read(|conn| {
                    let sql = "SELECT count(*) FROM former_gateways";
                    Ok(conn.query_row(sql, [], |row| row.get(0))?)
                })
                .unwrap();
            assert_eq!(left, 0, "{scenario}");
        }
    }
}
