//! Placard: the desktop shell around its core.

// A console beside the window would only frighten people.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod app;
mod bindings;
mod changes;
mod cli;
mod commands;
mod data;
mod failure;
mod placard;
mod progress;
mod start;

fn main() -> std::process::ExitCode {
    start::prepare_graphics();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("PLACARD_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .init();
    // A panic's message can quote what it stumbled over: only its place is told.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("Placard stumbled at {}:{}", place.file(), place.line()),
        None => eprintln!("Placard stumbled"),
    }));
    // Whatever is said on the line is for the program without a window.
    if std::env::args_os().len() > 1 {
        return cli::run();
    }
    match app::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            start::again_after(&error);
            eprintln!("Placard could not start: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
