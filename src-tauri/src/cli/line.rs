//! The command line, and the help that teaches it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::backup::{Backing, Restore};
use super::export::Export;
use super::handing::{HandOver, TakeIn};
use super::import::Import;
use super::ledger::Ledger;
use super::people::{Doubled, Merge, People};
use super::push::Push;
use super::texts::Texts;

const AFTER: &str = "\
The passphrase comes from --passphrase-file, else from the variable PLACARD_PASSPHRASE, else it is asked for.

Exit codes:
  0  done
  1  something went wrong inside Placard
  2  the command line cannot be understood
  3  the passphrase does not open the vault, or there is none to try
  4  another Placard has the vault open (see --wait)
  5  there is no vault, it is damaged, or a newer Placard wrote it
  6  a file or a value that was given cannot be used
  7  the disk takes no more
  8  stopped
  9  done, and something is left for a person: refused lines, people whom a server did not take, a backup that is not
     in the second place, a broken ledger

Examples:
  placard picture
  placard people --search 0123
  placard import members.csv --report-only

Without a command, Placard opens its window. No command sends a text. `placard help COMMAND` has more.";

/// Capture supporters with no network, and text each of them once when it is back.
#[derive(Debug, Parser)]
#[command(name = "placard", version, about, after_help = AFTER, arg_required_else_help = true)]
pub struct Line {
    #[command(flatten)]
    pub whole: Whole,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Whole {
    /// The folder of Placard's data [default: where the window keeps it, or PLACARD_DATA_DIR]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub vault: Option<PathBuf>,
    /// A file with the passphrase in its first line
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Wait up to so many seconds where another Placard has the vault open
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
    /// Answer in JSON, one line
    #[arg(long, global = true)]
    pub json: bool,
    /// Say nothing of how far it is
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// How many people there are, and where they stand
    Picture,
    /// People, found as the window finds them
    People(People),
    /// Look for records that may be one person's, the likeliest first
    Duplicates(Doubled),
    /// Make one person of two records
    Merge(Merge),
    /// Undo what was done last
    Undo,
    /// Redo what was undone last
    Redo,
    /// Bring in a list: people, opt-outs, numbers that nobody calls
    Import(Import),
    /// Write people into a file for others
    Export(Export),
    /// Push people to the OSDI server that Settings knows
    Push(Push),
    /// Write an encrypted file for another laptop of the campaign
    HandOver(HandOver),
    /// Take in what another laptop handed over
    TakeIn(TakeIn),
    /// Take a backup, or list those that are there
    #[command(subcommand)]
    Backup(Backing),
    /// Look into a backup, or put it in the vault's place
    Restore(Restore),
    /// Texts, and why each one is where it is
    Texts(Texts),
    /// Check the ledger of consent, or save it for whoever checks it without Placard
    #[command(subcommand)]
    Ledger(Ledger),
    /// Write what makes a shell complete Placard's commands
    #[command(after_help = "\
Examples:
  placard completions bash > ~/.local/share/bash-completion/completions/placard
  placard completions zsh > ~/.zfunc/_placard
  placard completions fish > ~/.config/fish/completions/placard.fish")]
    Completions {
        /// For which shell
        shell: Shell,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_line_holds_together() {
        Line::command().debug_assert();
    }

    #[test]
    fn the_lines_of_the_handbook_and_of_the_help_are_understood() {
        let handbook = include_str!("../../../docs/COMMANDS.md");
        let mut texts = vec![handbook.to_owned()];
        for command in Line::command().get_subcommands() {
            texts.extend(command.get_after_help().map(ToString::to_string));
        }
        let mut understood = 0;
        for line in texts.iter().flat_map(|text| whole_lines(text)) {
            if let Err(error) = Line::try_parse_from(words(&line)) {
                panic!("{line}: {error}");
            }
            understood += 1;
        }
        assert!(understood > 30, "{understood}");
    }

    /// The lines that call Placard, each with what goes on after a backslash, without what they are told or where they
    /// write to.
    fn whole_lines(text: &str) -> Vec<String> {
        let id = "0196a2d0-0000-7000-8000-000000000001";
        text.replace("\\\n", " ")
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("placard "))
            .map(|line| line.split(['#', '>']).next().unwrap().trim().to_owned())
            .map(|line| line.replace("KEEP", id).replace("OTHER", id))
            .collect()
    }

    fn words(line: &str) -> Vec<String> {
        let quoted = line.split('"').enumerate();
        quoted
            .flat_map(|(place, part)| match place % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .collect()
    }

    #[test]
    fn what_every_command_takes_may_stand_before_or_after_it() {
        let before = Line::try_parse_from(["placard", "--json", "texts"]).unwrap();
        let after = Line::try_parse_from(["placard", "texts", "--json"]).unwrap();
        assert!(before.whole.json && after.whole.json);
    }
}
