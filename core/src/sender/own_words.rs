//! The words of what Placard writes by itself: the campaign's own where it has some, and else the default ones of the
//! language.

use uuid::Uuid;

use crate::consent::defaults::{self, Language};
use crate::error::Result;
use crate::storage::{Conn, campaign};
use crate::texts::life::Kind;
use crate::texts::template::{Merge, Template};

/// A text, ready to be written.
pub(super) struct OwnWords {
    /// The campaign's template, where it is of one.
    pub template: Option<Uuid>,
    /// What it says.
    pub body: String,
}

/// The words of a kind of text in a language; `None` where none can be read, which a test of the defaults rules out.
pub(super) fn own_words(
    conn: &Conn,
    kind: Kind,
    language: &str,
    first_name: &str,
) -> Result<Option<OwnWords>> {
    let spoken = Language::or_english(language);
    let info = campaign::get(conn)?;
    let kept = campaign::template(conn, kind, language)?;
    let default = defaults::template(kind, spoken, info.country);
    // What was saved was judged then; should it not be readable any more, the words that every campaign starts with
    // do.
    let own = kept.and_then(|version| Some((version.id, Template::parse(&version.body).ok()?)));
    let (template, words) = match own {
        Some((id, words)) => (Some(id), Some(words)),
        None => (None, Template::parse(default).ok()),
    };
    Ok(words.map(|words| OwnWords {
        template,
        body: words.render(&Merge {
            first_name,
            campaign: &info.name,
            canvasser: "",
            stand_ins: defaults::stand_ins(spoken),
        }),
    }))
}
