//! The package itself, made with Debian's own tools: they find out from the program what it depends
//! on, and are there wherever it is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::place;
use crate::step::Step;

/// Where the program is, in the package.
pub const PROGRAM: &str = "usr/bin/placard";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The window is told from others by the program's name, and so is the entry: desktops go by that.
const ENTRY: &str = "\
[Desktop Entry]
Type=Application
Name=Placard
Comment=Capture supporters with no network, and text each of them once
Exec=placard
Icon=placard
Terminal=false
Categories=Office;ContactManagement;
StartupWMClass=placard
";

/// Each icon, and the size that desktops look for it under.
const ICONS: [(&str, &str); 5] = [
    ("32x32.png", "32x32"),
    ("128x128.png", "128x128"),
    ("128x128@2x.png", "256x256"),
    ("icon.png", "512x512"),
    ("icon.svg", "scalable"),
];

/// Puts every file where it is installed, under `tree`.
pub fn lay_out(program: &Path, tree: &Path) -> Result<()> {
    copy(program, &tree.join(PROGRAM))?;
    write(&tree.join("usr/share/applications/placard.desktop"), ENTRY)?;
    for (icon, size) in ICONS {
        let ending = icon.rsplit('.').next().unwrap_or_default();
        copy(
            &place::root().join("src-tauri/icons").join(icon),
            &tree.join(format!(
                "usr/share/icons/hicolor/{size}/apps/placard.{ending}"
            )),
        )?;
    }
    let licence = place::root().join("LICENSE-MIT");
    let licence = fs::read_to_string(&licence).map_err(Error::file(&licence))?;
    write(
        &tree.join("usr/share/doc/placard/copyright"),
        &copyright(&licence),
    )
}

/// Packs the tree, whose files have `size` bytes together; gives the package's path.
pub fn pack(tree: &Path, size: u64) -> Result<PathBuf> {
    let folder = super::folder();
    let architecture = architecture()?;
    let depends = depends(&folder, &tree.join(PROGRAM))?;
    let control = control(&architecture, &depends, size);
    write(&tree.join("DEBIAN/control"), &control)?;
    // Whoever builds may keep new files to themselves; what is installed is for everyone.
    let mut open = Command::new("chmod");
    open.args(["-R", "u=rwX,go=rX"]).arg(tree);
    Step::new("Opening the package's files to everyone", open).run()?;
    let deb = folder.join(format!("placard_{VERSION}_{architecture}.deb"));
    let mut pack = Command::new("dpkg-deb");
    pack.args(["--root-owner-group", "--build"])
        .arg(tree)
        .arg(&deb);
    Step::new("Packing it", pack).run()?;
    Ok(deb)
}

fn architecture() -> Result<String> {
    let mut ask = Command::new("dpkg");
    ask.arg("--print-architecture");
    let answer = Step::new("Asking dpkg for this machine's architecture", ask).run()?;
    Ok(answer.trim().to_owned())
}

/// The packages that hold the libraries which the program is linked with.
fn depends(folder: &Path, program: &Path) -> Result<String> {
    // It wants a source package around it, of which the name is enough.
    write(&folder.join("debian/control"), "Source: placard\n")?;
    let mut ask = Command::new("dpkg-shlibdeps");
    ask.arg("-O").arg("-e").arg(program).current_dir(folder);
    let answer = Step::new("Looking up the packages it depends on", ask).run()?;
    let depends = answer.lines().find_map(of_libraries);
    depends.map(str::to_owned).ok_or_else(|| {
        Error::Unsound("dpkg-shlibdeps named no package that the program depends on.".to_owned())
    })
}

fn of_libraries(line: &str) -> Option<&str> {
    line.strip_prefix("shlibs:Depends=")
        .filter(|depends| !depends.is_empty())
}

fn control(architecture: &str, depends: &str, size: u64) -> String {
    format!(
        "Package: placard\n\
         Version: {VERSION}\n\
         Architecture: {architecture}\n\
         Maintainer: The Placard authors\n\
         Installed-Size: {}\n\
         Depends: {depends}\n\
         Section: misc\n\
         Priority: optional\n\
         Description: capture supporters offline, and text each of them once\n \
         For street teams: a stall, a picket or a doorstep, a laptop and no network.\n \
         Each person who agreed gets one confirmation text when it is back online.\n",
        size.div_ceil(1024)
    )
}

/// What Debian keeps for every package. The other licence is on every Debian already.
fn copyright(mit: &str) -> String {
    format!(
        "Placard is licensed under the MIT licence or the Apache licence 2.0, as you prefer.\n\n\
         The Apache licence is in /usr/share/common-licenses/Apache-2.0.\n\n{mit}"
    )
}

fn write(file: &Path, text: &str) -> Result<()> {
    make_room(file)?;
    fs::write(file, text).map_err(Error::file(file))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    make_room(to)?;
    fs::copy(from, to).map(drop).map_err(Error::file(from))
}

fn make_room(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(Error::file(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_file_says_what_apt_needs() {
        let text = control("amd64", "libc6 (>= 2.34), libwebkit2gtk-4.1-0", 2_049);
        for line in [
            "Package: placard",
            "Architecture: amd64",
            "Installed-Size: 3",
            "Depends: libc6 (>= 2.34), libwebkit2gtk-4.1-0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        let (_, told) = text.split_once("Description: ").unwrap();
        let mut more = told.lines().skip(1);
        assert!(more.all(|line| line.starts_with(' ')), "{text}");
        assert!(text.ends_with('\n'));
    }

    #[test]
    fn dependencies_are_read_from_their_line() {
        let line = "shlibs:Depends=libc6 (>= 2.34), libgtk-3-0 (>= 3.24)";
        assert_eq!(
            of_libraries(line),
            Some("libc6 (>= 2.34), libgtk-3-0 (>= 3.24)")
        );
        assert_eq!(of_libraries("shlibs:Depends="), None);
        assert_eq!(of_libraries("dpkg-shlibdeps: warning: nothing"), None);
    }

    #[test]
    fn everything_is_laid_out_where_desktops_look() {
        let tree = std::env::temp_dir().join(format!("placard-tree-{}", std::process::id()));
        let program = std::env::current_exe().unwrap();
        lay_out(&program, &tree).unwrap();
        for file in [
            PROGRAM,
            "usr/share/applications/placard.desktop",
            "usr/share/icons/hicolor/256x256/apps/placard.png",
            "usr/share/icons/hicolor/scalable/apps/placard.svg",
            "usr/share/doc/placard/copyright",
        ] {
            assert!(tree.join(file).is_file(), "{file}");
        }
        fs::remove_dir_all(&tree).unwrap();
    }
}
