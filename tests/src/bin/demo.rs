//! `demo <folder>`: walks through a day at the stall in the real window, and puts a picture of each
//! step into the folder.

use std::process::ExitCode;

use placard_tests::pictures::Album;
use placard_tests::walkthrough;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("Usage: demo <folder for the pictures>");
        return ExitCode::FAILURE;
    };
    walkthrough::walk(&mut Album::new(folder.into())).await;
    ExitCode::SUCCESS
}
