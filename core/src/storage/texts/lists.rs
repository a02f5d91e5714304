//! Texts as the screens list them.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row as SqlRow, ToSql, params};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::supporters::full_name;
use crate::storage::texts::Route;
use crate::storage::values::{As, At};
use crate::texts::life::{Kind, Reason, State};

/// Whether Placard asks the provider about an uncertain text by itself, and it is not yet a person's to decide.
macro_rules! asked {
    () => {
        "(texts.next_look_at IS NOT NULL AND texts.reason NOT IN ('looked_long_enough', 'restored')
         AND texts.gateway IS ?4 AND texts.account IS ?5)"
    };
}

/// What will happen to a text: how Texts groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A person has to decide or mend something.
    NeedsYou,
    /// On its way.
    Going,
    /// Will go when it may.
    Waiting,
    /// Nothing more happens by itself.
    Done,
}

impl Group {
    /// Which texts are in it, as SQL: words of ours, never text from outside. The states come first, for their
    /// index; accepted texts that have not moved since `?3` are over; `?4` and `?5` are whom Placard asks.
    fn sql(self) -> &'static str {
        match self {
            Self::NeedsYou => concat!(
                "texts.state IN ('uncertain', 'failed', 'undelivered')
                 AND (texts.state <> 'uncertain' OR NOT ",
                asked!(),
                ")"
            ),
            Self::Going => concat!(
                "texts.state IN ('sending', 'accepted', 'uncertain')
                 AND (texts.state <> 'accepted' OR texts.changed_at >= ?3)
                 AND (texts.state <> 'uncertain' OR ",
                asked!(),
                ")"
            ),
            Self::Waiting => "texts.state = 'waiting'",
            Self::Done => {
                "texts.state IN ('delivered', 'not_sent', 'accepted')
                 AND (texts.state <> 'accepted' OR texts.changed_at < ?3)"
            }
        }
    }

    /// The group of a state, before [`counts`] moves those that are asked about and those that are over.
    fn of(state: State) -> Self {
        match state {
            State::Uncertain | State::Failed | State::Undelivered => Self::NeedsYou,
            State::Sending | State::Accepted => Self::Going,
            State::Waiting => Self::Waiting,
            State::Delivered | State::NotSent => Self::Done,
        }
    }
}

/// What the groups depend on beside the texts themselves.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Whom Placard asks about uncertain texts: a text that went elsewhere is a person's to decide.
    pub route: Route,
    /// An accepted text that has not moved since then is over, as far as anybody will say.
    pub silent_since: DateTime<Utc>,
}

/// How many texts are in each group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// A person has to decide or mend something.
    pub needs_you: u32,
    /// On their way.
    pub going: u32,
    /// Will go when they may.
    pub waiting: u32,
    /// Nothing more happens by itself.
    pub done: u32,
}

/// A row of Texts.
#[derive(Debug, Clone)]
pub struct Row {
    /// The text.
    pub id: Uuid,
    /// What it is for.
    pub kind: Kind,
    /// Whom it is for; empty for a test.
    pub name: String,
    /// Where it goes.
    pub mobile: Mobile,
    /// What it says.
    pub body: String,
    /// What it costs.
    pub segments: u32,
    /// Where it stands.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Not before this time.
    pub not_before: DateTime<Utc>,
    /// Tries so far.
    pub attempts: u32,
    /// Which account at which gateway the last try went to.
    pub account: Option<String>,
    /// When it moved last.
    pub changed_at: DateTime<Utc>,
    /// The postcode of whom it is for, where it is known.
    pub postcode: String,
    /// The template that it is of, where it is of one.
    pub template: Option<Uuid>,
    /// Whether it is another laptop's to send.
    pub is_anothers: bool,
}

/// A line of a text's evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// Where it stood from then on.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// The provider's own code.
    pub code: Option<String>,
    /// The provider's own words.
    pub said: Option<String>,
    /// The provider's id of it.
    pub provider_id: Option<String>,
}

/// A text on the drawn phone, in or out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnThePhone {
    /// The text.
    pub id: Uuid,
    /// Whose phone.
    pub mobile: Mobile,
    /// What it says.
    pub body: String,
    /// What it costs.
    pub segments: u32,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// Whether the phone sent it.
    pub from_the_phone: bool,
}

/// How many texts are in each group.
///
/// # Errors
/// The vault cannot be read.
pub fn counts(conn: &Conn, outlook: &Outlook) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut statement = conn.prepare_cached("SELECT state, count(*) FROM texts GROUP BY state")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, As<State>>(0)?.0, row.get::<_, u32>(1)?))
    })?;
    for row in rows {
        let (state, count) = row?;
        match Group::of(state) {
            Group::NeedsYou => counts.needs_you += count,
            Group::Going => counts.going += count,
            Group::Waiting => counts.waiting += count,
            Group::Done => counts.done += count,
        }
    }
    let count = |sql, given: &[&dyn ToSql]| -> Result<u32> {
        Ok(conn
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0))?)
    };
    let Outlook {
        route,
        silent_since,
    } = outlook;
    let asked = count(ASKED, &[&As(route.kind), &route.account])?;
    counts.needs_you -= asked;
    counts.going += asked;
    let silent = count(SILENT, &[&At(*silent_since)])?;
    counts.going -= silent;
    counts.done += silent;
    Ok(counts)
}

pub(in crate::storage) const ASKED: &str = "SELECT count(*) FROM texts
    WHERE state = 'uncertain' AND next_look_at IS NOT NULL AND reason NOT IN ('looked_long_enough', 'restored')
    AND gateway = ?1 AND account = ?2";

pub(in crate::storage) const SILENT: &str =
    "SELECT count(*) FROM texts WHERE state = 'accepted' AND changed_at < ?1";

/// The texts of a group, the one that moved last first; those that wait in the order in which they go.
///
/// # Errors
/// The vault cannot be read.
pub fn page(
    conn: &Conn,
    group: Group,
    outlook: &Outlook,
    offset: u32,
    limit: u32,
) -> Result<Vec<Row>> {
    let mut statement = conn.prepare_cached(&page_sql(group))?;
    let given: [&dyn ToSql; 5] = [
        &limit,
        &offset,
        &At(outlook.silent_since),
        &As(outlook.route.kind),
        &outlook.route.account,
    ];
    // A group that depends on less takes less.
    let given = &given[..statement.parameter_count()];
    let rows = statement.query_map(given, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) fn page_sql(group: Group) -> String {
    let order = match group {
        Group::Waiting => "texts.turn, texts.id",
        _ => "texts.changed_at DESC, texts.id DESC",
    };
    format!(
        "{} WHERE {} ORDER BY {order} LIMIT ?1 OFFSET ?2",
        include_str!("row.sql"),
        group.sql()
    )
}

/// The row of one text.
///
/// # Errors
/// [`Error::NotFound`].
pub fn row(conn: &Conn, id: Uuid) -> Result<Row> {
    let sql = concat!(include_str!("row.sql"), " WHERE texts.id = ?1");
    conn.prepare_cached(sql)?
        .query_row([id], read)
        .optional()?
        .ok_or(Error::NotFound)
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let first: Option<String> = row.get(2)?;
    let last: Option<String> = row.get(3)?;
    Ok(Row {
        id: row.get(0)?,
        kind: row.get::<_, As<Kind>>(1)?.0,
        name: full_name(&first.unwrap_or_default(), &last.unwrap_or_default()),
        mobile: row.get::<_, As<Mobile>>(4)?.0,
        body: row.get(5)?,
        segments: row.get(6)?,
        state: row.get::<_, As<State>>(7)?.0,
        reason: row.get::<_, As<Reason>>(8)?.0,
        not_before: row.get::<_, At>(9)?.0,
        attempts: row.get(10)?,
        account: row.get(11)?,
        changed_at: row.get::<_, At>(12)?.0,
        postcode: row.get(13)?,
        template: row.get(14)?,
        is_anothers: row.get(15)?,
    })
}

/// Everything that is known of a text, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn events(conn: &Conn, id: Uuid) -> Result<Vec<Event>> {
    let mut statement = conn.prepare_cached(
        "SELECT at, state, reason, code, said, provider_id FROM text_events WHERE text_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(Event {
            at: row.get::<_, At>(0)?.0,
            state: row.get::<_, As<State>>(1)?.0,
            reason: row.get::<_, As<Reason>>(2)?.0,
            code: row.get(3)?,
            said: row.get(4)?,
            provider_id: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the drawn phone shows: the last texts that the practice gateway took, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn on_the_phone(conn: &Conn, limit: u32) -> Result<Vec<OnThePhone>> {
    let mut statement = conn.prepare_cached(ON_THE_PHONE)?;
    let rows = statement.query_map(params![limit], |row| {
        Ok(OnThePhone {
            id: row.get(0)?,
            mobile: row.get::<_, As<Mobile>>(1)?.0,
            body: row.get(2)?,
            segments: row.get(3)?,
            at: row.get::<_, At>(4)?.0,
            from_the_phone: row.get(5)?,
        })
    })?;
    let mut texts: Vec<OnThePhone> = rows.collect::<Result<_, _>>()?;
    texts.reverse();
    Ok(texts)
}

pub(in crate::storage) const ON_THE_PHONE: &str = "SELECT * FROM (
        SELECT id, mobile, body, segments, accepted_at AS at, 0 FROM texts
        WHERE gateway = 'practice' AND accepted_at IS NOT NULL ORDER BY accepted_at DESC LIMIT ?1
    )
    UNION ALL SELECT * FROM (
        SELECT id, mobile, body, 1, received_at AS at, 1 FROM inbound
        WHERE gateway = 'practice' ORDER BY received_at DESC, id DESC LIMIT ?1
    )
    ORDER BY at DESC, id DESC LIMIT ?1";
