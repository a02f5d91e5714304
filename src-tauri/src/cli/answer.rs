//! What a command answers: words for a person, or one line of JSON for a script.

use std::io::{self, Write};

use placard_core::{Code, Result};
use serde::Serialize;
use serde_json::json;

use super::ending::Ending;
use crate::failure::Failure;

/// In which form answers are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a person to read.
    Words,
    /// For a script to read.
    Json,
}

/// Something that a command answers.
pub trait Answer: Serialize {
    /// Says it in words, a line each.
    fn say(&self, to: &mut dyn Write) -> io::Result<()>;

    /// How the command ends with it.
    fn ending(&self) -> Ending {
        Ending::Done
    }
}

/// Gives an answer on standard output.
pub fn give(answer: &impl Answer, form: Form) -> Result<Ending> {
    let mut to = io::stdout().lock();
    let given = match form {
        Form::Words => answer.say(&mut to),
        Form::Json => serde_json::to_writer(&mut to, answer)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(to)),
    };
    match given.and_then(|()| to.flush()) {
        // Whoever reads has had enough, as `head` has.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(answer.ending()),
        given => {
            given?;
            Ok(answer.ending())
        }
    }
}

/// Says that the line cannot be understood, or gives the help that was asked for.
pub fn not_understood(error: &clap::Error) {
    let is_help = !error.use_stderr();
    // Nobody is left to be told where this fails.
    let _ = error.print();
    // There is no form to go by where the line was not read.
    let wanted = std::env::args_os().any(|word| word == "--json");
    if wanted && !is_help {
        let failure = json!({ "code": "line", "sentence": error.to_string(), "field": null });
        let _ = writeln!(io::stdout().lock(), "{}", json!({ "error": failure }));
    }
}

/// Says why a command could not be done: on standard error, and as JSON where that is asked for.
pub fn refuse(error: &placard_core::Error, form: Form) {
    eprintln!("{error}");
    if error.code() == Code::VaultInUse {
        eprintln!("With --wait and a number of seconds, this command waits for it.");
    }
    if form == Form::Json {
        let failure = Failure::from_core(error);
        let mut to = io::stdout().lock();
        // Nobody is left to be told where this fails too.
        let _ = writeln!(to, "{}", json!({ "error": failure }));
    }
}
