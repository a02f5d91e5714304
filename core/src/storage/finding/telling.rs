//! What tells whether a question is about somebody: a condition for each thing that is asked, and where those whom it
//! is true of are found by themselves.

use rusqlite::types::Value;
use uuid::Uuid;

use super::asked::Digits;
use super::order::way;
use super::{Asked, Consent, Direction, Filter, TextIs, near};
use crate::error::Result;
use crate::storage::Conn;

/// SQL and what stands for its question marks.
#[derive(Clone)]
pub(super) struct Sql {
    pub text: String,
    pub values: Vec<Value>,
}

impl Sql {
    pub fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            text: text.into(),
            values: values.into_iter().collect(),
        }
    }
}

/// The table that a condition reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    Standings,
    Supporters,
}

/// One thing that is asked.
#[derive(Clone)]
pub(super) struct Test {
    /// Whether it is true of somebody.
    pub condition: Sql,
    /// Where it looks for that.
    pub reads: Reads,
    /// Those of whom it may be true, as `who`; none where there is no index of them.
    pub source: Option<Sql>,
    /// The full-text indexes that have them in the order in which they came; whoever is in one of those is meant.
    pub streams: Vec<Stream>,
}

/// A full-text index, and what it is asked.
#[derive(Clone)]
pub(super) struct Stream {
    pub table: &'static str,
    pub asked: String,
}

/// Everything that is asked, and whether the words were found only with a fault in them.
pub(super) struct Tests {
    pub all: Vec<Test>,
    pub near: bool,
}

impl Tests {
    pub fn of(conn: &Conn, asked: &Asked) -> Result<Self> {
        let mut tests = Self {
            all: filters(asked),
            near: false,
        };
        if let Some(digits) = &asked.digits {
            tests.all.insert(0, self::digits(digits));
        }
        if !asked.words.is_empty() {
            let exact = words(&asked.words);
            let nearly = match is_found(conn, &exact)? {
                true => None,
                false => nearly(conn, &asked.words)?,
            };
            tests.near = nearly.is_some();
            tests.all.insert(0, nearly.unwrap_or(exact));
        }
        Ok(tests)
    }
}

fn is_found(conn: &Conn, test: &Test) -> Result<bool> {
    let asked = test.streams.first().map(|stream| &stream.asked);
    let found = conn
        .prepare_cached("SELECT 1 FROM finds WHERE finds MATCH ?1 LIMIT 1")?
        .exists([asked])?;
    Ok(found)
}

pub(super) fn words(words: &[String]) -> Test {
    searched(has_words(words), vec![beginning(words)])
}

/// Whether one of somebody's words begins with each of these.
fn has_words(words: &[String]) -> Sql {
    let each = vec![HAS_WORD; words.len()].join(" AND ");
    let values = words.iter().map(|word| Value::Text(format!(" {word}")));
    Sql::new(each, values)
}

/// The same, asked of the index of words.
fn beginning(words: &[String]) -> Stream {
    let begin = |word: &String| format!("\"{word}\"*");
    Stream {
        table: "finds",
        asked: words.iter().map(begin).collect::<Vec<_>>().join(" "),
    }
}

/// The same words with a fault in any of them; none where nobody has a word like that.
fn nearly(conn: &Conn, words: &[String]) -> Result<Option<Test>> {
    let mut each = Vec::new();
    let mut any = false;
    for word in words {
        let spellings = near::spellings(conn, word)?;
        any |= !spellings.is_empty();
        let others = spellings.iter().map(|word| format!(" OR \"{word}\""));
        each.push(format!("(\"{word}\"*{})", others.collect::<String>()));
    }
    Ok(any.then(|| misspelled(each.join(" AND "))))
}

pub(super) fn misspelled(asked: String) -> Test {
    let condition = Sql::new(
        "supporters.rowid IN (SELECT rowid FROM finds WHERE finds MATCH ?)",
        [Value::Text(asked.clone())],
    );
    let table = "finds";
    searched(condition, vec![Stream { table, asked }])
}

/// Digits are found in a number, or where a postcode or an email address begins with them.
pub(super) fn digits(digits: &Digits) -> Test {
    let Digits { parts, words } = digits;
    let quoted = parts.iter().map(|part| format!("\"{part}\""));
    let mut streams = vec![Stream {
        table: "numbers",
        asked: quoted.collect::<Vec<_>>().join(" OR "),
    }];
    let mut any = vec!["instr(supporters.mobile, ?) > 0".to_owned(); parts.len()];
    let mut values: Vec<_> = parts.iter().cloned().map(Value::Text).collect();
    if !words.is_empty() {
        streams.push(beginning(words));
        let begin = has_words(words);
        any.push(format!("({})", begin.text));
        values.extend(begin.values);
    }
    searched(Sql::new(format!("({})", any.join(" OR ")), values), streams)
}

fn searched(condition: Sql, streams: Vec<Stream>) -> Test {
    Test {
        condition,
        reads: Reads::Supporters,
        source: Some(merged(&streams, Direction::Ascending)),
        streams,
    }
}

/// Whom one of these indexes has, each once, as `who`, in the order in which they came or the other way round. All have
/// that order, so that SQLite goes through them side by side and no further than it is asked.
pub(super) fn merged(streams: &[Stream], direction: Direction) -> Sql {
    let of = |stream: &Stream| {
        let table = stream.table;
        format!("SELECT rowid AS who FROM {table} WHERE {table} MATCH ?")
    };
    let each = streams.iter().map(of).collect::<Vec<_>>().join(" UNION ");
    let values = streams
        .iter()
        .map(|stream| Value::Text(stream.asked.clone()));
    Sql::new(format!("{each} ORDER BY who{}", way(direction)), values)
}

/// What is asked of a column of `standings`, which has an index of it.
fn standing(condition: &str, values: Vec<Value>) -> Test {
    Test {
        source: Some(Sql::new(
            format!("SELECT person AS who FROM standings WHERE {condition}"),
            values.clone(),
        )),
        condition: Sql::new(condition, values),
        reads: Reads::Standings,
        streams: Vec::new(),
    }
}

/// What is asked of a record itself.
fn record(condition: impl Into<String>, value: Option<Value>, source: Option<&str>) -> Test {
    Test {
        source: source.map(|source| Sql::new(source, value.clone())),
        condition: Sql::new(condition, value),
        reads: Reads::Supporters,
        streams: Vec::new(),
    }
}

/// Whether they, or somebody who was merged into them, were captured at this shift.
fn captured_at(shift: Uuid) -> Test {
    let either = || [id(shift), id(shift)].into_iter().flatten();
    Test {
        condition: Sql::new(AT_SHIFT, either()),
        reads: Reads::Supporters,
        source: Some(Sql::new(OF_SHIFT, either())),
        streams: Vec::new(),
    }
}

fn id(id: Uuid) -> Option<Value> {
    Some(Value::Blob(id.as_bytes().to_vec()))
}

pub(super) fn filters(asked: &Asked) -> Vec<Test> {
    let Filter {
        consent,
        text,
        canvasser,
        shift,
        from: _,
        to: _,
        language,
        household,
        opted_out,
        needs_correcting,
        act,
    } = &asked.filter;
    let mut all = Vec::new();
    if let Some(consent) = consent {
        all.push(standing(agreed(*consent), Vec::new()));
    }
    if let Some(text) = text {
        all.push(standing(&text_is(*text), Vec::new()));
    }
    if let Some(canvasser) = canvasser {
        let who = Value::Text(canvasser.clone());
        all.push(standing("standings.canvasser = ?", vec![who]));
    }
    if let Some(shift) = shift {
        all.push(captured_at(*shift));
    }
    all.extend(days(asked.from, asked.before));
    if let Some(language) = language {
        all.push(record(
            "supporters.language = ?",
            Some(Value::Text(language.clone())),
            Some("SELECT rowid AS who FROM supporters WHERE language = ? AND removed_at IS NULL"),
        ));
    }
    if let Some(shares) = household {
        let source = shares.then_some(
            "SELECT rowid AS who FROM supporters WHERE household_id IS NOT NULL AND removed_at IS NULL",
        );
        all.push(record(is(*shares, LIVES_WITH_SOMEBODY), None, source));
    }
    if let Some(out) = opted_out {
        let source = out.then_some(OPTED_OUT);
        all.push(record(is(*out, IS_OPTED_OUT), None, source));
    }
    if let Some(needs) = needs_correcting {
        match needs {
            true => all.push(standing("standings.trouble > 0", Vec::new())),
            false => all.push(Test {
                source: None,
                ..standing("standings.trouble = 0", Vec::new())
            }),
        }
    }
    if let Some(act) = act {
        all.push(record(
            "supporters.brought_by = ?",
            id(*act),
            Some("SELECT rowid AS who FROM supporters WHERE brought_by = ? AND removed_at IS NULL"),
        ));
    }
    all
}

fn is(so: bool, condition: &str) -> String {
    match so {
        true => condition.to_owned(),
        false => format!("NOT {condition}"),
    }
}

fn agreed(consent: Consent) -> &'static str {
    match consent {
        Consent::Agrees => "standings.consent >= 2",
        Consent::Confirmed => "standings.consent = 3",
        Consent::Refused => "standings.consent = 1",
        Consent::NotAsked => "standings.consent = 0",
    }
}

/// As the index has it: first whether there is one. Of an equals sign SQLite makes that question one about the word, and
/// finds no index for it; not of IS.
fn text_is(text: TextIs) -> String {
    let is = match text {
        TextIs::None => return "(standings.text IS NULL) = 1".to_owned(),
        TextIs::Waiting => "IS 'waiting'",
        TextIs::Going => "IS 'sending'",
        TextIs::Accepted => "IS 'accepted'",
        TextIs::Delivered => "IS 'delivered'",
        TextIs::Failed => "IN ('failed', 'undelivered')",
        TextIs::Uncertain => "IS 'uncertain'",
        TextIs::NotSent => "IS 'not_sent'",
    };
    format!("(standings.text IS NULL) = 0 AND standings.text {is}")
}

fn days(from: Option<i64>, before: Option<i64>) -> Option<Test> {
    let (condition, values) = match (from, before) {
        (Some(from), Some(before)) => (
            "standings.captured_at >= ? AND standings.captured_at < ?",
            vec![from, before],
        ),
        (Some(from), None) => ("standings.captured_at >= ?", vec![from]),
        (None, Some(before)) => ("standings.captured_at < ?", vec![before]),
        (None, None) => return None,
    };
    let values = values.into_iter().map(Value::Integer).collect();
    Some(standing(condition, values))
}

const HAS_WORD: &str = "instr(
    find_words(supporters.first_name, supporters.last_name, supporters.email, supporters.postcode), ?
) > 0";

/// The plus keeps SQLite from going through the whole shift for each of them. Hardly anybody has somebody merged into
/// them: who that is is looked for only then.
const AT_SHIFT: &str = "(
    EXISTS (
        SELECT 1 FROM captures
        WHERE captures.supporter_id = supporters.id AND +captures.shift_id = ? AND captures.undone_at IS NULL
    )
    OR (
        EXISTS (SELECT 1 FROM merges WHERE merges.kept_id = supporters.id AND merges.stands = 1)
        AND EXISTS (
            WITH RECURSIVE gone (id) AS (
                SELECT supporters.id
                UNION ALL
                SELECT merges.gone_id FROM gone CROSS JOIN merges ON merges.kept_id = gone.id
                WHERE merges.stands = 1
            )
            SELECT 1 FROM gone CROSS JOIN captures ON captures.supporter_id = gone.id
            WHERE +captures.shift_id = ? AND captures.undone_at IS NULL
        )
    )
)";

const OF_SHIFT: &str = "SELECT supporters.rowid AS who
    FROM captures CROSS JOIN supporters ON supporters.id = captures.supporter_id
    WHERE captures.shift_id = ? AND captures.undone_at IS NULL AND supporters.removed_at IS NULL
    UNION
    SELECT supporters.rowid AS who
    FROM captures
    CROSS JOIN merges ON merges.gone_id = captures.supporter_id
    CROSS JOIN supporters ON supporters.id IN (
        WITH RECURSIVE kept (id) AS (
            SELECT merges.kept_id
            UNION ALL
            SELECT later.kept_id FROM kept CROSS JOIN merges AS later ON later.gone_id = kept.id
            WHERE later.stands = 1
        )
        SELECT id FROM kept
    )
    WHERE captures.shift_id = ? AND captures.undone_at IS NULL AND merges.stands = 1
    AND supporters.removed_at IS NULL";

const LIVES_WITH_SOMEBODY: &str = "EXISTS (
    SELECT 1 FROM supporters AS other
    WHERE other.household_id = supporters.household_id AND other.rowid <> supporters.rowid
    AND other.removed_at IS NULL
)";

const IS_OPTED_OUT: &str =
    "EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile)";

const OPTED_OUT: &str = "SELECT supporters.rowid AS who
    FROM opt_outs CROSS JOIN supporters ON supporters.mobile = opt_outs.mobile
    WHERE supporters.removed_at IS NULL";
