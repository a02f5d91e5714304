//! The campaign's own words: what is read out, and the text that is sent.

use uuid::Uuid;

use super::Campaign;
use crate::consent::wording::check_wording;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::{Conn, campaign, texts};
use crate::texts::segments::Measure;
use crate::texts::template::{Merge, Preview, Template, default_confirmation};

/// A version of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub body: String,
    /// 1, 2, 3, ….
    pub version: u32,
}

/// A version of the confirmation text, and how it looks.
#[derive(Clone)]
pub struct Checked {
    /// The words.
    pub written: Written,
    /// How one person would get it.
    pub preview: Preview,
}

/// Who stands in for a supporter in a preview.
const SOMEBODY: &str = "Amina";

impl Campaign {
    /// What is read out.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn wording(&self) -> Result<Written> {
        let version = self
            .storage
            .read(campaign::wording)?
            .ok_or(Error::NotFound)?;
        Ok(Written {
            body: version.body,
            version: version.number,
        })
    }

    /// Adds a version of what is read out. Consents that were given keep the version they heard.
    ///
    /// # Errors
    /// It does not say what it must, or the disk says no.
    pub fn save_wording(&self, body: &str) -> Result<Written> {
        let body = body.trim();
        let problems = check_wording(body, &self.info.name);
        if !problems.is_empty() {
            let sentences: Vec<&str> = problems.iter().map(|problem| problem.sentence()).collect();
            return Err(Error::invalid("wording", sentences.join(" ")));
        }
        let now = self.clock.now();
        let version = self
            .storage
            .write(|conn| campaign::add_wording(conn, body, now))?;
        self.events.changed(Topic::Campaign);
        Ok(Written {
            body: version.body,
            version: version.number,
        })
    }

    /// The confirmation text, and how it looks.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn confirmation(&self) -> Result<Checked> {
        let version = self
            .storage
            .read(campaign::template)?
            .ok_or(Error::NotFound)?;
        Ok(Checked {
            preview: self.preview(&version.body),
            written: Written {
                body: version.body,
                version: version.number,
            },
        })
    }

    /// How a confirmation text would look.
    #[must_use]
    pub fn preview(&self, body: &str) -> Preview {
        let shift = self.shift();
        let canvasser = shift.as_ref().map(|shift| shift.canvasser.as_str());
        let merge = Merge {
            first_name: SOMEBODY,
            campaign: &self.info.name,
            canvasser: canvasser.unwrap_or_default(),
        };
        Preview::of(body, &merge)
    }

    /// Adds a version of the confirmation text. What waits for its first try goes out in the new words: who
    /// mends a slip before going online means those texts too.
    ///
    /// # Errors
    /// It does not say what it must, or the disk says no.
    pub fn save_confirmation(&self, body: &str) -> Result<Checked> {
        let template = Template::parse(body).map_err(|problems| {
            let sentences: Vec<String> =
                problems.iter().map(|problem| problem.sentence()).collect();
            Error::invalid("confirmation", sentences.join(" "))
        })?;
        let now = self.clock.now();
        let version = self.storage.write(|conn| {
            let version = campaign::add_template(conn, body, now)?;
            texts::rewrite_waiting(conn, version.id, |first_name, canvasser| {
                self.words_of(&template, first_name, canvasser)
            })?;
            Ok(version)
        })?;
        self.events.changed(Topic::Texts);
        Ok(Checked {
            preview: self.preview(&version.body),
            written: Written {
                body: version.body,
                version: version.number,
            },
        })
    }

    /// The newest confirmation text for one person: its template, its words and its segments.
    pub(super) fn confirmation_for(
        &self,
        conn: &Conn,
        first_name: &str,
        canvasser: &str,
    ) -> Result<(Uuid, String, usize)> {
        let version = campaign::template(conn)?.ok_or(Error::NotFound)?;
        // What was saved was checked then; should a later rule refuse it, the words that every campaign
        // starts with are lawful.
        let template = Template::parse(&version.body)
            .or_else(|_| Template::parse(default_confirmation(self.info.country)))
            .map_err(|_| Error::NotFound)?;
        let (body, segments) = self.words_of(&template, first_name, canvasser);
        Ok((version.id, body, segments))
    }

    fn words_of(&self, template: &Template, first_name: &str, canvasser: &str) -> (String, usize) {
        let body = template.render(&Merge {
            first_name,
            campaign: &self.info.name,
            canvasser,
        });
        let segments = Measure::of(&body).segments;
        (body, segments)
    }
}
