//! Programs that never outlive the test that started them.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Ends everything in its process group as soon as its standard input closes: dropped, or because
/// the test process has ended in whatever way.
const WATCH: &str = r#""$@" </dev/null & cat; kill -KILL 0"#;

/// A program, and all that it starts, until this is dropped.
#[derive(Debug)]
pub(crate) struct Watched(Child);

impl Watched {
    /// Starts a program. What it says goes to a file, or nowhere.
    pub(crate) fn start(
        program: &Path,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
        says: Option<&Path>,
    ) -> io::Result<Self> {
        let (out, err) = match says {
            Some(file) => {
                let file = File::create(file)?;
                (Stdio::from(file.try_clone()?), Stdio::from(file))
            }
            None => (Stdio::null(), Stdio::null()),
        };
        let mut watch = Command::new("sh");
        watch
            .args(["-c", WATCH, "watch"])
            .arg(program)
            .args(arguments);
        watch
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err);
        watch.spawn().map(Self)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
