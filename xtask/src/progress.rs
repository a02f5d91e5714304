//! How a step tells that it is still at work, and how long it took.

use std::io::{IsTerminal, Write, stdout};
use std::time::{Duration, Instant};

/// How often the elapsed time is redrawn on a terminal.
pub const TICK: Duration = Duration::from_secs(1);
/// When the first line is written where nobody watches a terminal, and how often after it.
const FIRST: Duration = Duration::from_secs(5);
const LINE: Duration = Duration::from_secs(30);
/// A narrow terminal: a longer line would be broken, and could not be wiped.
const WIDTH: usize = 78;

/// How a step ended, as its last line tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It did what it was for.
    Well,
    /// It failed.
    Badly,
    /// It was worth a try, and what came of it is told elsewhere.
    Somehow,
}

/// The elapsed time, ticking on a terminal, a line now and then elsewhere.
pub struct Progress {
    /// The step, as the person knows it.
    pub what: String,
    started: Instant,
    /// When to speak next.
    next: Duration,
    /// What the program wrote last.
    heard: String,
    terminal: bool,
}

impl Progress {
    /// Starts the clock.
    pub fn new(what: String) -> Progress {
        let mut progress = Progress {
            what,
            started: Instant::now(),
            next: FIRST,
            heard: String::new(),
            terminal: stdout().is_terminal(),
        };
        progress.draw();
        progress
    }

    /// How long it has been.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// To be called often: says that time passes, where it is time to.
    pub fn tick(&mut self) {
        let elapsed = self.elapsed();
        if elapsed < self.next {
            return;
        }
        if self.terminal {
            self.draw();
        } else {
            self.next = elapsed + LINE;
            println!("{}", self.line(elapsed, usize::MAX));
        }
    }

    /// Remembers what the program is at, to be shown beside the time.
    pub fn hear(&mut self, line: &str) {
        if !line.trim().is_empty() {
            line.trim().clone_into(&mut self.heard);
        }
    }

    fn draw(&mut self) {
        if self.terminal {
            let elapsed = self.elapsed();
            self.next = elapsed + TICK;
            print!("\r\x1b[2K{}", self.line(elapsed, WIDTH));
            flush();
        }
    }

    /// "  Building the app … 12 s  Compiling tauri v2.0.0", no longer than `width`.
    fn line(&self, elapsed: Duration, width: usize) -> String {
        let mut line = format!("  {} …", self.what);
        if elapsed >= TICK {
            line += &format!(" {}", spoken(Duration::from_secs(elapsed.as_secs())));
        }
        if !self.heard.is_empty() {
            line += &format!("  {}", self.heard);
        }
        line.chars().take(width).collect()
    }

    /// Shows a line that the step has written.
    pub fn say(&mut self, line: &str) {
        self.wipe();
        println!("    {line}");
        self.draw();
    }

    /// The last line, with the time it took.
    pub fn done(&mut self, ended: Ended) {
        self.wipe();
        let (mark, word) = match ended {
            Ended::Well => ("✓", ""),
            Ended::Badly => ("✗", "failed after "),
            Ended::Somehow => ("·", ""),
        };
        println!("{mark} {}: {word}{}", self.what, spoken(self.elapsed()));
    }

    fn wipe(&self) {
        if self.terminal {
            print!("\r\x1b[2K");
        }
    }
}

fn flush() {
    // A terminal that has gone away is no reason to stop a build.
    let _ = stdout().flush();
}

/// A time for people: "0.4 s", "12 s", "3 min 07 s".
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 if time.subsec_nanos() > 0 => format!("{:.1} s", time.as_secs_f64()),
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_the_program_is_at_and_keeps_its_width() {
        let mut progress = Progress::new("Building the app".to_owned());
        assert_eq!(
            progress.line(Duration::from_millis(900), WIDTH),
            "  Building the app …"
        );
        progress.hear("   Compiling tauri v2.0.0\n");
        progress.hear("\n");
        let line = progress.line(Duration::from_millis(61_500), WIDTH);
        assert_eq!(
            line,
            "  Building the app … 1 min 01 s  Compiling tauri v2.0.0"
        );
        progress.hear(&"long ".repeat(40));
        let line = progress.line(Duration::from_secs(2), WIDTH);
        assert_eq!(line.chars().count(), WIDTH);
    }

    #[test]
    fn times_are_spoken_as_people_say_them() {
        let cases = [
            (400, "0.4 s"),
            (3_000, "3 s"),
            (12_900, "12 s"),
            (59_999, "59 s"),
            (187_000, "3 min 07 s"),
        ];
        for (milliseconds, said) in cases {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), said);
        }
    }
}
