//! `cargo xtask bench`: what is promised about speed and size, measured in one run and printed as
//! the table that the README keeps. Promises are ratios wherever they can be, so that the table
//! means the same on every machine.

mod memory;
mod others;
mod own;
mod readme;
mod size;
mod table;
mod window;

use std::io::{IsTerminal, Write, stdin, stdout};

use crate::desktop::Desktop;
use crate::error::{Error, Result};
use crate::packages::{self, Need};
use others::Others;

/// What becomes of the table.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Put the table into the README without asking
    #[arg(long)]
    write: bool,
    /// Measure only this part, and print its rows (may be repeated)
    #[arg(long, value_name = "PART", value_parser = own::PARTS, conflicts_with = "write")]
    only: Vec<String>,
}

/// Measures everything, prints the table, and offers to put it into the README.
///
/// # Errors
/// Where a promise is not kept, after all that.
pub fn bench(options: &Options) -> Result<()> {
    packages::install(&[Need::Measuring])?;
    let package = crate::package::build()?;
    own::build()?;
    let others = Others::install()?;
    let desktop = Desktop::start()?;
    let mut rows = own::rows(&desktop, &others, &options.only)?;
    if options.only.is_empty() {
        let bare = window::build_bare()?;
        rows.extend(window::rows(&desktop, &package.program, &bare)?);
        rows.push(size::row(package.size));
    }
    let table = table::markdown(&rows);
    println!("\n{table}");
    if options.only.is_empty() && (options.write || wants_it_written()) {
        readme::keep(&table)?;
        println!("The README has this table now.");
    }
    let missed = rows.iter().filter(|row| !row.kept).count();
    if missed == 0 {
        return Ok(());
    }
    Err(Error::Unsound(format!(
        "{missed} of {} promises not kept.",
        rows.len()
    )))
}

/// Asks the person. Where there is nobody to ask, says how it is done.
fn wants_it_written() -> bool {
    if !(stdin().is_terminal() && stdout().is_terminal()) {
        println!("`cargo xtask bench --write` puts the table into the README too.");
        return false;
    }
    print!("Put this table into the README? [y/N] ");
    let _ = stdout().flush();
    let mut answer = String::new();
    let _ = stdin().read_line(&mut answer);
    matches!(answer.trim(), "y" | "Y" | "yes")
}
