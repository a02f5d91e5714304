//! `cargo xtask package`: a .deb, and the proof that it can be installed and starts.

mod deb;
mod proof;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::packages::{self, Need};
use crate::{place, rust, ui};

/// The installed size that must not be passed.
pub const LIMIT: u64 = 20_000_000;

/// Builds the package and looks at it as a person's machine would.
pub fn package() -> Result<()> {
    let built = build()?;
    proof::is_wanted_by_apt(&built.deb)?;
    let program = proof::install(&built.deb)?;
    proof::starts(&program)?;
    println!(
        "\n{}\nInstalled size: {:.1} MB (at most {} MB)",
        built.deb.display(),
        megabytes(built.size),
        LIMIT / 1_000_000
    );
    if built.size > LIMIT {
        return Err(Error::Unsound("The package is too large.".to_owned()));
    }
    Ok(())
}

/// A built package.
pub struct Built {
    deb: PathBuf,
    /// The program that is in it.
    pub program: PathBuf,
    /// All its files together, in bytes.
    pub size: u64,
}

/// Builds the app as it is released, and packs it.
pub fn build() -> Result<Built> {
    if !cfg!(target_os = "linux") {
        return Err(Error::Needed("A .deb is built on Linux.".to_owned()));
    }
    // Said first: a person has to see to it, and the rest takes minutes.
    ui::node_is_there()?;
    packages::install(&[Need::Building, Need::Window, Need::Packing])?;
    ui::install()?;
    ui::build()?;
    // The very program that `cargo xtask run` opens.
    let program = rust::build_release()?;
    let folder = folder();
    clear(&folder)?;
    let tree = folder.join("tree");
    deb::lay_out(&program, &tree)?;
    let size = size(&tree)?;
    let deb = deb::pack(&tree, size)?;
    Ok(Built {
        deb,
        program: tree.join(deb::PROGRAM),
        size,
    })
}

/// Millions of bytes, as size limits are given.
pub fn megabytes(bytes: u64) -> f64 {
    // Sizes of programs are far below what a double holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let bytes = bytes as f64;
    bytes / 1e6
}

/// Where the package and all that belongs to making it are.
fn folder() -> PathBuf {
    place::target().join("package")
}

/// Makes the folder anew, with nothing in it.
fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Error::file(folder))
}

/// All files in a folder together, in bytes.
fn size(path: &Path) -> Result<u64> {
    let about = fs::symlink_metadata(path).map_err(Error::file(path))?;
    if !about.is_dir() {
        return Ok(about.len());
    }
    let mut sum = 0;
    for entry in fs::read_dir(path).map_err(Error::file(path))? {
        sum += size(&entry.map_err(Error::file(path))?.path())?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_as_large_as_its_files() {
        let folder = std::env::temp_dir().join(format!("placard-size-{}", std::process::id()));
        clear(&folder).unwrap();
        fs::create_dir(folder.join("deep")).unwrap();
        fs::write(folder.join("one"), [0; 100]).unwrap();
        fs::write(folder.join("deep/two"), [0; 23]).unwrap();
        assert_eq!(size(&folder).unwrap(), 123);
        clear(&folder).unwrap();
        assert_eq!(size(&folder).unwrap(), 0);
        fs::remove_dir(&folder).unwrap();
    }
}
