//! What a start needs before the program begins, and starting it once more where only that helps.

/// A Placard that has just died still stands in the way until the system has noticed. Each start takes about a
/// tenth of a second by itself, so these are enough.
const ATTEMPTS: u8 = 30;

/// Counts the starts, for the program that is started.
const ATTEMPT: &str = "PLACARD_ATTEMPT";

/// WebKitGTK shows nothing at all on many graphics stacks unless one way of drawing is switched off. Whoever
/// knows better sets the variable themselves.
///
/// Called before anything else: once there are threads, nobody may change the environment.
#[cfg(target_os = "linux")]
pub fn prepare_graphics() {
    if let Err(error) = glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false) {
        eprintln!("Placard could not prepare its window: {error}");
    }
}

/// Other systems' engines need nothing.
#[cfg(not(target_os = "linux"))]
pub fn prepare_graphics() {}

/// Starts anew where the start failed because another Placard was found that is gone by now. Gives back where
/// that was not the reason, or was so too often.
pub fn again_after(error: &tauri::Error) {
    let tauri::Error::PluginInitialization(plugin, _) = error else {
        return;
    };
    let attempt = std::env::var(ATTEMPT).ok();
    let attempt: u8 = attempt
        .and_then(|attempt| attempt.parse().ok())
        .unwrap_or(1);
    if plugin == "single-instance" && attempt < ATTEMPTS {
        once_more(ATTEMPT, &(attempt + 1).to_string());
    }
}

/// Starts this program again with a variable set. Only a failure comes back, and then it goes on as it is.
fn once_more(variable: &str, value: &str) {
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut command = std::process::Command::new(program);
    command
        .args(std::env::args_os().skip(1))
        .env(variable, value);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        eprintln!("Placard could not start itself with {variable}: {error}");
    }
    #[cfg(not(unix))]
    if command.spawn().is_ok() {
        std::process::exit(0);
    }
}
