//! `shots <folder>`: puts a picture of every screen in every designed state into the folder, in both
//! sizes and both themes.

use std::process::ExitCode;

use placard_tests::pictures::Album;
use placard_tests::screens::{self, Visitor};
use placard_tests::window::Window;

struct Photographer(Album);

impl Visitor for Photographer {
    async fn look(&mut self, screen: &str, window: &Window<'_>) {
        self.0.screen(window, screen).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("Usage: shots <folder for the pictures>");
        return ExitCode::FAILURE;
    };
    let mut photographer = Photographer(Album::new(folder.into()));
    screens::visit(&mut photographer).await;
    ExitCode::SUCCESS
}
