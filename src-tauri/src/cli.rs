//! The same program without a window, for organisers' scripts: one command a call, its answer on standard output, how
//! far it is on standard error, and an exit code that a script can act on.
//!
//! Nothing here sends a text: what waits goes on waiting until the window is open.

mod answer;
mod backup;
mod ending;
mod export;
mod handing;
mod import;
mod ledger;
mod line;
mod passphrase;
mod people;
mod picture;
mod push;
mod texts;
mod undo;
mod vault;
mod watching;
mod whom;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use answer::{Form, give};
use ending::Ending;
use line::{Command, Line};

/// Does what the command line asks for.
pub fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            answer::not_understood(&error);
            return u8::try_from(error.exit_code()).map_or(Ending::Broke.into(), ExitCode::from);
        }
    };
    let form = if line.whole.json {
        Form::Json
    } else {
        Form::Words
    };
    match done(&line, form) {
        Ok(ending) => ending.into(),
        Err(error) => {
            answer::refuse(&error, form);
            Ending::of(&error).into()
        }
    }
}

fn done(line: &Line, form: Form) -> placard_core::Result<Ending> {
    let whole = &line.whole;
    match &line.command {
        Command::Picture => give(&picture::Picture::of(&vault::open(whole)?)?, form),
        Command::People(people) => give(&people.rows(&vault::open(whole)?)?, form),
        Command::Duplicates(doubled) => give(&doubled.found(whole, &vault::open(whole)?)?, form),
        Command::Merge(merge) => give(&merge.done(&vault::open(whole)?)?, form),
        Command::Undo => give(&undo::undo(&vault::open(whole)?)?, form),
        Command::Redo => give(&undo::redo(&vault::open(whole)?)?, form),
        Command::Import(import) => give(&import.done(whole, &vault::open(whole)?)?, form),
        Command::Export(export) => give(&export.done(whole, &vault::open(whole)?)?, form),
        Command::Push(push) => give(&push.done(whole, &vault::open(whole)?)?, form),
        Command::HandOver(hand) => hand.done(whole, &vault::open(whole)?, form),
        Command::TakeIn(take) => give(&take.done(whole, &vault::open(whole)?)?, form),
        Command::Backup(backing) => backing.done(whole, form),
        Command::Restore(restore) => restore.done(whole, form),
        Command::Texts(texts) => give(&texts.rows(&vault::open(whole)?)?, form),
        Command::Ledger(ledger) => ledger.done(&vault::open(whole)?, form),
        Command::Completions { shell } => {
            let mut command = Line::command();
            clap_complete::generate(*shell, &mut command, "placard", &mut std::io::stdout());
            Ok(Ending::Done)
        }
    }
}
