//! Everything that is done to Placard from the command line: `cargo xtask --help`.

mod bench;
mod bless;
mod desktop;
mod error;
mod package;
mod packages;
mod pictures;
mod place;
mod progress;
mod run;
mod rust;
mod step;
mod systems;
mod test;
mod ui;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Result;

/// Builds, runs and checks Placard.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version, about)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what is missing, build Placard and open it
    Run,
    /// Run every check and test, and end with one summary
    Test(test::Options),
    /// Walk through a day at the stall in the real window, with a picture of each step
    Demo {
        /// Where the pictures go [default: target/pictures/demo]
        folder: Option<PathBuf>,
    },
    /// Take a picture of every screen in every state it was designed for
    Shots {
        /// Where the pictures go [default: target/pictures]
        folder: Option<PathBuf>,
    },
    /// Build a .deb and see that it installs and starts
    Package,
    /// Measure speed and size, and print the table that the README keeps
    Bench(bench::Options),
    /// Write the generated bindings and the schema anew
    Bless,
}

fn main() -> ExitCode {
    let done = match Line::parse().command {
        Command::Run => run::run(),
        Command::Test(options) => return test::test(&options),
        Command::Demo { folder } => pictures::demo(folder),
        Command::Shots { folder } => pictures::shots(folder),
        Command::Package => package::package(),
        Command::Bench(options) => bench::bench(&options),
        Command::Bless => bless::bless(),
    };
    ended(done)
}

fn ended(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}
