//! What a laptop hands over after a day on which everything happened once.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Laptop;
use crate::campaign::{NumberOf, Outcome, Typed};
use crate::consent::TEXTS;
use crate::fuzzing::noon;
use crate::storage::handing::{self, Whom, records};

impl Laptop {
    fn capture(&self, name: &str, mobile: &str) -> Typed {
        let typed = Typed {
            first_name: name.to_owned(),
            mobile: mobile.to_owned(),
            language: "en".to_owned(),
            answers: BTreeMap::from([(TEXTS.to_owned(), true)]),
            ..Typed::default()
        };
        let saved = self.campaign.save_capture(Uuid::now_v7(), &typed, None);
        assert!(matches!(saved, Ok(Outcome::Saved { .. })));
        typed
    }

    /// The records, line by line, without the wordings that nobody was asked by.
    pub(crate) fn day(&self) -> Vec<String> {
        let amina = self.capture("Amina", "07700 900111");
        let people = self.campaign.people(&Default::default(), 0, 10).unwrap();
        let changed = Typed {
            last_name: "Khan".to_owned(),
            ..amina.clone()
        };
        let id = people.rows[0].id;
        self.campaign
            .correct(id, &amina, &changed, Some(NumberOf::Anyway), None)
            .unwrap();
        self.capture("Rhys", "07700 900112");
        self.campaign.opt_out("+447700900112").unwrap();
        self.capture("Zofia", "07700 900113");
        self.campaign.undo().unwrap();
        let mut lines = Vec::new();
        let given = self.campaign.storage.read(|conn| {
            let own = records::Laptop {
                id: handing::laptop(conn)?,
                name: "Sam".to_owned(),
                recipient: String::new(),
                suppression_key: handing::suppression_key(conn)?,
                heard_at: noon().into(),
            };
            handing::give(conn, &Whom::All, own, &mut |record| {
                lines.push(serde_json::to_string(record).unwrap());
                Ok(())
            })
        });
        given.unwrap();
        let all = lines.concat();
        lines.retain(|line| {
            let id = line.strip_prefix(r#"{"wording":{"id":""#);
            id.is_none_or(|id| all.matches(&id[..36]).count() > 1)
        });
        lines
    }
}
