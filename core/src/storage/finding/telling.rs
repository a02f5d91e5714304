//! What tells whether a question is about somebody: a condition for each thing that is asked, and where those whom it
//! is true of are found by themselves.

use rusqlite::types::Value;
use uuid::Uuid;

use super::{Asked, Consent, Filter, TextIs, near};
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
    /// The full-text index that has them in the order in which they came, and what it is asked.
    pub stream: Option<(&'static str, String)>,
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
        if !asked.parts.is_empty() {
            tests.all.insert(0, number(&asked.parts));
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
    let asked = test.stream.as_ref().map(|(_, asked)| asked);
    let found = conn
        .prepare_cached("SELECT 1 FROM finds WHERE finds MATCH ?1 LIMIT 1")?
        .exists([asked])?;
    Ok(found)
}

pub(super) fn words(words: &[String]) -> Test {
    let begin = |word: &String| format!("\"{word}\"*");
    let asked = words.iter().map(begin).collect::<Vec<_>>().join(" ");
    let each = vec![HAS_WORD; words.len()].join(" AND ");
    let values = words.iter().map(|word| Value::Text(format!(" {word}")));
    Test {
        condition: Sql::new(each, values),
        reads: Reads::Supporters,
        source: Some(searched("finds", &asked)),
        stream: Some(("finds", asked)),
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
    Test {
        condition: Sql::new(
            "supporters.rowid IN (SELECT rowid FROM finds WHERE finds MATCH ?)",
            [Value::Text(asked.clone())],
        ),
        reads: Reads::Supporters,
        source: Some(searched("finds", &asked)),
        stream: Some(("finds", asked)),
    }
}

pub(super) fn number(parts: &[String]) -> Test {
    let quoted = parts.iter().map(|part| format!("\"{part}\""));
    let asked = quoted.collect::<Vec<_>>().join(" OR ");
    let any = vec!["instr(supporters.mobile, ?) > 0"; parts.len()].join(" OR ");
    Test {
        condition: Sql::new(format!("({any})"), parts.iter().cloned().map(Value::Text)),
        reads: Reads::Supporters,
        source: Some(searched("numbers", &asked)),
        stream: Some(("numbers", asked)),
    }
}

fn searched(table: &str, asked: &str) -> Sql {
    Sql::new(
        format!("SELECT rowid AS who FROM {table} WHERE {table} MATCH ?"),
        [Value::Text(asked.to_owned())],
    )
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
        stream: None,
    }
}

/// What is asked of a record itself.
fn record(condition: impl Into<String>, value: Option<Value>, source: Option<&str>) -> Test {
    Test {
        source: source.map(|source| Sql::new(source, value.clone())),
        condition: Sql::new(condition, value),
        reads: Reads::Supporters,
        stream: None,
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
        all.push(standing(text_is(*text), Vec::new()));
    }
    if let Some(canvasser) = canvasser {
        let who = Value::Text(canvasser.clone());
        all.push(standing("standings.canvasser = ?", vec![who]));
    }
    if let Some(shift) = shift {
        all.push(record(AT_SHIFT, id(*shift), Some(OF_SHIFT)));
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

fn text_is(text: TextIs) -> &'static str {
    match text {
        TextIs::None => "standings.text IS NULL",
        TextIs::Waiting => "standings.text = 'waiting'",
        TextIs::Going => "standings.text = 'sending'",
        TextIs::Accepted => "standings.text = 'accepted'",
        TextIs::Delivered => "standings.text = 'delivered'",
        TextIs::Failed => "standings.text IN ('failed', 'undelivered')",
        TextIs::Uncertain => "standings.text = 'uncertain'",
        TextIs::NotSent => "standings.text = 'not_sent'",
    }
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

const AT_SHIFT: &str = "EXISTS (
    SELECT 1 FROM captures
    WHERE captures.supporter_id = supporters.id AND captures.shift_id = ? AND captures.undone_at IS NULL
)";

const OF_SHIFT: &str = "SELECT DISTINCT supporters.rowid AS who
    FROM captures CROSS JOIN supporters ON supporters.id = captures.supporter_id
    WHERE captures.shift_id = ? AND captures.undone_at IS NULL AND supporters.removed_at IS NULL";

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
