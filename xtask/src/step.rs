//! One step: a program that runs quietly, with its time on one line, and is shown in full where it fails.

use std::io::{BufRead, BufReader, PipeReader, pipe};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::progress::{Ended, Progress, TICK};

/// How long output may still arrive after the program has ended, from what it left running.
const GRACE: Duration = Duration::from_secs(2);

/// A program to run, and what a person is told about it.
#[must_use = "a step does nothing until it is run"]
pub struct Step {
    what: String,
    command: Command,
    limit: Option<Duration>,
    aloud: fn(&str) -> bool,
    hopeful: bool,
}

/// How a program ended.
pub struct Finished {
    /// What it wrote, both streams in the order of writing.
    pub output: String,
    /// Its exit status.
    pub status: ExitStatus,
}

impl Step {
    /// A step known to the person as `what` ("Building the app").
    pub fn new(what: impl Into<String>, command: Command) -> Step {
        Step {
            what: what.into(),
            command,
            limit: None,
            aloud: |_| false,
            hopeful: false,
        }
    }

    /// Stop the program, and what it started, after this time.
    pub fn within(mut self, limit: Duration) -> Step {
        self.limit = Some(limit);
        self
    }

    /// A bad end is no failure, and is not shown as one.
    pub fn hopeful(mut self) -> Step {
        self.hopeful = true;
        self
    }

    /// Show the lines for which this holds as they come.
    pub fn aloud(mut self, aloud: fn(&str) -> bool) -> Step {
        self.aloud = aloud;
        self
    }

    /// Runs it; gives what it wrote. Where it fails, its whole output is shown first.
    pub fn run(self) -> Result<String> {
        let what = self.what.clone();
        let finished = self.attempt()?;
        if finished.status.success() {
            return Ok(finished.output);
        }
        println!("{}", finished.output.trim_end());
        Err(Error::Failed {
            what,
            status: finished.status,
        })
    }

    /// Runs it, and leaves it to the caller what a bad end means. A program that could not be
    /// started or took too long is an error all the same.
    pub fn attempt(mut self) -> Result<Finished> {
        let (reader, writer) = pipe().map_err(|source| self.not_started(source))?;
        let other = writer
            .try_clone()
            .map_err(|source| self.not_started(source))?;
        self.command
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("FORCE_COLOR")
            .stdin(Stdio::null())
            .stdout(other)
            .stderr(writer);
        if self.limit.is_some() {
            lead_a_group(&mut self.command);
        }
        let mut child = self
            .command
            .spawn()
            .map_err(|source| self.not_started(source))?;
        let not_waited = self.not_started_by();
        // The command holds the pipe's writing end: with it gone, the reader sees the end.
        drop(self.command);

        let bad = if self.hopeful {
            Ended::Somehow
        } else {
            Ended::Badly
        };
        let mut progress = Progress::new(self.what);
        let heard = listen(
            &mut child,
            lines(reader),
            self.limit,
            self.aloud,
            &mut progress,
        );
        match heard {
            Heard::All(output) => {
                let status = child.wait().map_err(not_waited)?;
                progress.done(if status.success() { Ended::Well } else { bad });
                Ok(Finished { output, status })
            }
            Heard::UntilTheLimit(output, limit) => {
                stop(&mut child);
                progress.done(bad);
                if bad == Ended::Badly {
                    println!("{}", output.trim_end());
                }
                Err(Error::TooSlow {
                    what: progress.what,
                    limit,
                })
            }
        }
    }

    fn not_started(&self, source: std::io::Error) -> Error {
        self.not_started_by()(source)
    }

    fn not_started_by(&self) -> impl FnOnce(std::io::Error) -> Error + use<> {
        let program = self.command.get_program().to_string_lossy().into_owned();
        move |source| Error::NotStarted { program, source }
    }
}

enum Heard {
    All(String),
    UntilTheLimit(String, Duration),
}

fn listen(
    child: &mut Child,
    lines: Receiver<String>,
    limit: Option<Duration>,
    aloud: fn(&str) -> bool,
    progress: &mut Progress,
) -> Heard {
    let mut output = String::new();
    let mut ended = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => {
                if aloud(&line) {
                    progress.say(line.trim_end());
                } else {
                    progress.hear(&line);
                }
                output.push_str(&line);
            }
            Err(RecvTimeoutError::Disconnected) => return Heard::All(output),
            Err(RecvTimeoutError::Timeout) => {
                if ended.is_none() && matches!(child.try_wait(), Ok(Some(_))) {
                    ended = Some(Instant::now());
                }
            }
        }
        if ended.is_some_and(|at| at.elapsed() >= GRACE) {
            return Heard::All(output);
        }
        if let Some(limit) = limit
            && progress.elapsed() >= limit
        {
            return Heard::UntilTheLimit(output, limit);
        }
        progress.tick();
    }
}

fn lines(reader: PipeReader) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            if sender.send(plain(&String::from_utf8_lossy(&line))).is_err() {
                return;
            }
            line.clear();
        }
    });
    receiver
}

/// The line without the colours that some programs write wherever they write: what is kept is read
/// by programs and shown in logs.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character != '\x1b' {
            text.push(character);
            continue;
        }
        match characters.next() {
            // "ESC [ 31 m": up to the first letter.
            Some('[') => drop(characters.find(char::is_ascii_alphabetic)),
            // "ESC ( B": a set of characters is chosen.
            Some('(' | ')') => drop(characters.next()),
            _ => {}
        }
    }
    text
}

#[cfg(unix)]
fn lead_a_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn lead_a_group(_command: &mut Command) {}

/// Ends the program and, where the system has process groups, whatever it started.
fn stop(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn shell(line: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", line]);
        command
    }

    #[cfg(unix)]
    #[test]
    fn both_streams_are_kept_in_order() {
        let said = Step::new(
            "Speaking",
            shell("echo one; echo two >&2; printf '\\377three'"),
        )
        .run()
        .unwrap();
        assert_eq!(said, "one\ntwo\n\u{fffd}three");
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_keeps_its_status() {
        let finished = Step::new("Failing", shell("echo why; exit 3"))
            .attempt()
            .unwrap();
        assert_eq!(
            (finished.output.as_str(), finished.status.code()),
            ("why\n", Some(3))
        );
        let error = Step::new("Failing", shell("exit 3")).run().unwrap_err();
        assert!(matches!(error, Error::Failed { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn what_takes_too_long_is_stopped_with_its_children() {
        let error = Step::new("Waiting", shell("sleep 60 & sleep 60"))
            .within(Duration::from_millis(100))
            .run()
            .unwrap_err();
        assert!(matches!(error, Error::TooSlow { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn colours_are_left_out() {
        let said = Step::new(
            "Painting",
            shell("printf '\\033(B\\033[m\\033[1;32mgood\\033[0m\\n'"),
        )
        .run()
        .unwrap();
        assert_eq!(said, "good\n");
        assert_eq!(plain("cut \x1b[3"), "cut ");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = Step::new("Starting", Command::new("no-such-program-here"))
            .run()
            .unwrap_err();
        assert!(error.to_string().contains("no-such-program-here"));
    }
}
