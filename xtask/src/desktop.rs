//! A desktop of our own: a virtual display and a session bus, gone when it is dropped.
//!
//! Xvfb keeps its picture in a file, so what is on the screen can be read without another program
//! and without disturbing what is measured.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::place;

/// Fewer colours than this are a bare background; letters alone, smoothed at their edges, have more.
const DRAWN: usize = 12;
/// A screen with no window has no more: its ground, and the pointer with its edge.
const EMPTY: usize = 3;
/// How often the screen is looked at while something is awaited on it.
const LOOK: Duration = Duration::from_millis(8);
/// How long nothing may change on a screen that is at rest.
const REST: Duration = Duration::from_secs(1);

/// Whether the person has a display that a window can open on.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Makes a program keep everything it writes in one folder, as on a laptop of its own.
pub fn keep_apart(command: &mut Command, folder: &Path) -> Result<()> {
    for (name, part) in [
        ("PLACARD_DATA_DIR", "data"),
        ("XDG_DATA_HOME", "share"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        let part = folder.join(part);
        fs::create_dir_all(&part).map_err(Error::file(&part))?;
        command.env(name, part);
    }
    Ok(())
}

/// A virtual display of 1280×800 with a session bus of its own.
pub struct Desktop {
    screen: Child,
    bus: Child,
    display: String,
    address: String,
    folder: PathBuf,
}

impl Desktop {
    /// Starts one. One program can have one at a time.
    pub fn start() -> Result<Desktop> {
        let folder = place::target().join(format!("screen-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(&folder);
        let (screen, number) = first_line(&mut xvfb)?;
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--print-address=1"]);
        let (bus, address) = match first_line(&mut daemon) {
            Ok(started) => started,
            Err(error) => {
                end(screen);
                return Err(error);
            }
        };
        Ok(Desktop {
            screen,
            bus,
            display: format!(":{number}"),
            address,
            folder,
        })
    }

    /// Makes a program open its windows here.
    pub fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// Waits until the program has drawn something more than a background. Gives false where it ends,
    /// or the time is up, first.
    pub fn wait_until_drawn(&self, program: &mut Child, limit: Duration) -> Result<bool> {
        let drawn = |picture: &[u8]| (colours(picture) >= DRAWN).then_some(());
        Ok(self.wait(Some(program), limit, drawn)?.is_some())
    }

    /// Waits until the program has drawn something and the screen is at rest: gives the moment of the
    /// last change, or none where the program ends, or the time is up, first.
    pub fn wait_until_at_rest(
        &self,
        program: &mut Child,
        limit: Duration,
    ) -> Result<Option<Instant>> {
        let mut seen = Seen::default();
        self.wait(Some(program), limit, |picture| {
            let at_rest = seen.look(picture, Instant::now());
            at_rest.filter(|_| colours(picture) >= DRAWN)
        })
    }

    /// Waits until the screen is empty again, so that the next window is not taken for this one.
    pub fn wait_until_empty(&self, limit: Duration) -> Result<bool> {
        let empty = |picture: &[u8]| (colours(picture) <= EMPTY).then_some(());
        Ok(self.wait(None, limit, empty)?.is_some())
    }

    fn wait<T>(
        &self,
        mut program: Option<&mut Child>,
        limit: Duration,
        mut look: impl FnMut(&[u8]) -> Option<T>,
    ) -> Result<Option<T>> {
        let file = self.folder.join("Xvfb_screen0");
        let started = Instant::now();
        while started.elapsed() < limit {
            let picture = fs::read(&file).map_err(Error::file(&file))?;
            if let Some(found) = look(&picture) {
                return Ok(Some(found));
            }
            if let Some(program) = &mut program
                && matches!(program.try_wait(), Ok(Some(_)))
            {
                return Ok(None);
            }
            thread::sleep(LOOK);
        }
        Ok(None)
    }
}

/// The picture that was seen last, and since when it has been there.
#[derive(Default)]
struct Seen {
    picture: Vec<u8>,
    since: Option<Instant>,
}

impl Seen {
    /// Since when the screen has looked like this, where that is long enough to be at rest.
    fn look(&mut self, picture: &[u8], now: Instant) -> Option<Instant> {
        if self.picture != picture {
            picture.clone_into(&mut self.picture);
            self.since = None;
        }
        let since = *self.since.get_or_insert(now);
        (now.duration_since(since) >= REST).then_some(since)
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in [&mut self.bus, &mut self.screen] {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Starts a program that says on its first line where it can be reached.
fn first_line(command: &mut Command) -> Result<(Child, String)> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |source| Error::NotStarted {
        program: program.clone(),
        source,
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(&failed)?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout)
            .read_line(&mut line)
            .map_err(&failed)?;
    }
    if line.trim().is_empty() {
        end(child);
        return Err(Error::Unsound(format!(
            "{program} ended before it was ready."
        )));
    }
    Ok((child, line.trim().to_owned()))
}

/// How many colours an X window dump of 32 bits a pixel shows; every fourth line is looked at, and
/// counting ends where it is clear that something is drawn. Gives 0 for what is no such dump.
fn colours(dump: &[u8]) -> usize {
    let word = |index: usize| {
        let bytes = dump.get(index * 4..index * 4 + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?) as usize)
    };
    let (Some(header), Some(line), Some(palette)) = (word(0), word(12), word(19)) else {
        return 0;
    };
    const ENTRY: usize = 12;
    let Some(pixels) = dump.get(header + palette * ENTRY..) else {
        return 0;
    };
    if line == 0 {
        return 0;
    }
    let mut seen = HashSet::new();
    let mut last = None;
    for row in pixels.chunks_exact(line).step_by(4) {
        for pixel in row.chunks_exact(4) {
            if last == Some(pixel) {
                continue;
            }
            last = Some(pixel);
            seen.insert(pixel);
            if seen.len() >= DRAWN {
                return seen.len();
            }
        }
    }
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dump(pixels: &[u32], width: usize) -> Vec<u8> {
        let mut words = [0_u32; 25];
        words[0] = 100;
        words[12] = u32::try_from(width * 4).unwrap();
        words[19] = 2;
        let palette = [0_u32; 6];
        words
            .iter()
            .chain(&palette)
            .chain(pixels)
            .flat_map(|word| word.to_be_bytes())
            .collect()
    }

    #[test]
    fn colours_are_counted_in_every_fourth_line() {
        let pixels = [1, 2, 9, 9, 9, 9, 9, 9, 3, 1];
        assert_eq!(colours(&dump(&pixels, 2)), 3);
    }

    #[test]
    fn counting_ends_where_something_is_drawn() {
        let pixels: Vec<u32> = (0..1000).collect();
        assert_eq!(colours(&dump(&pixels, 1000)), DRAWN);
    }

    #[test]
    fn a_screen_is_at_rest_since_its_last_change() {
        let start = Instant::now();
        let after = |tenths: u64| start + Duration::from_millis(tenths * 100);
        let mut seen = Seen::default();
        for (tenths, picture, since) in [
            (0, b"bare", None),
            (2, b"half", None),
            (3, b"half", None),
            (5, b"full", None),
            (13, b"full", None),
            (15, b"full", Some(after(5))),
            (16, b"gone", None),
        ] {
            assert_eq!(seen.look(picture, after(tenths)), since, "{tenths}");
        }
    }

    #[test]
    fn what_is_no_dump_has_no_colours() {
        assert_eq!(colours(b"short"), 0);
        assert_eq!(colours(&[0; 200]), 0);
    }
}
