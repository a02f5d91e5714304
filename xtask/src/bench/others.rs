//! Other tools that load the same list, for the table: installed into target/tools, apart from the person's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::step::Step;
use crate::{place, ui};

const SQLITE_UTILS: &str = "4.2.1";
const POUCHDB: &str = "9.0.0";

/// Where they are.
pub struct Others {
    sqlite_utils: PathBuf,
    pouchdb: PathBuf,
}

impl Others {
    /// Installs what is missing: `sqlite-utils` from PyPI, PouchDB from npm.
    pub fn install() -> Result<Self> {
        Ok(Self {
            sqlite_utils: sqlite_utils(&place::tools().join("sqlite-utils"))?,
            pouchdb: pouchdb(&place::tools().join("pouchdb"))?,
        })
    }

    /// Tells the measuring program where they are.
    pub fn show(&self, measure: &mut Command) {
        measure.env("PLACARD_BENCH_SQLITE_UTILS", &self.sqlite_utils);
        measure.env("PLACARD_BENCH_POUCHDB", &self.pouchdb);
    }
}

fn sqlite_utils(folder: &Path) -> Result<PathBuf> {
    let program = folder.join("bin/sqlite-utils");
    if is_there(folder, SQLITE_UTILS) {
        return Ok(program);
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(folder);
    Step::new("Making room for sqlite-utils", make).run()?;
    let mut install = Command::new(folder.join("bin/pip"));
    install
        .args(["install", "--quiet"])
        .arg(format!("sqlite-utils=={SQLITE_UTILS}"));
    Step::new("Installing sqlite-utils into target/tools", install).run()?;
    installed(folder, SQLITE_UTILS)?;
    Ok(program)
}

fn pouchdb(folder: &Path) -> Result<PathBuf> {
    if !is_there(folder, POUCHDB) {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let mut install = ui::npm(&["install", "--no-audit", "--no-fund", "--prefix", "."]);
        install
            .arg(format!("pouchdb@{POUCHDB}"))
            .current_dir(folder);
        Step::new("Installing PouchDB into target/tools", install).run()?;
        installed(folder, POUCHDB)?;
    }
    Ok(folder.to_owned())
}

/// Whether this version is installed in a folder, to its end.
fn is_there(folder: &Path, version: &str) -> bool {
    fs::read_to_string(folder.join("installed")).is_ok_and(|installed| installed == version)
}

fn installed(folder: &Path, version: &str) -> Result<()> {
    let stamp = folder.join("installed");
    fs::write(&stamp, version).map_err(Error::file(&stamp))
}
