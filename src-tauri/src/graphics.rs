//! What the system's page engine has to be told before it starts.

/// WebKitGTK shows nothing at all on many graphics stacks unless one way of drawing is switched off. Whoever
/// knows better sets the variable themselves.
#[cfg(target_os = "linux")]
pub fn prepare() {
    use std::os::unix::process::CommandExt;

    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    // The variable has to be there before any thread is: the program starts itself once more with it, in the
    // same process. Only a failure comes back, and then the window is drawn as the system has it.
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(SWITCH, "1")
        .exec();
    eprintln!("Placard could not start itself with {SWITCH}: {error}");
}

/// Other systems' engines need nothing.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}
