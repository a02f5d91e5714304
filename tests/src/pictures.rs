//! Pictures of the window, and the album that they are put into.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use thirtyfour::WebDriver;

use crate::journey::Journey;
use crate::look;
use crate::waiting::OrStop;
use crate::window::Window;

/// How large a window can be, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl Size {
    /// As Placard starts.
    pub const USUAL: Self = Self {
        width: 1280,
        height: 800,
    };
    /// The smallest laptop that it is drawn for.
    pub const SMALL: Self = Self {
        width: 1024,
        height: 640,
    };
}

/// For daylight or for the evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Ink on paper.
    Light,
    /// For indoors.
    Dark,
}

impl Theme {
    /// Its name in the name of a picture.
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Window<'_> {
    /// Makes the window this large.
    pub async fn resize(&self, size: Size) {
        let done = self.page().set_window_rect(0, 0, size.width, size.height);
        self.must("resizing the window", done).await;
        let wanted = [size.width, size.height];
        let probe = async |page: &WebDriver| Ok(look::size(page).await? == wanted);
        self.until(&format!("a window of {wanted:?}"), probe).await;
    }

    /// Shows the page in a theme until it is drawn anew, without choosing it in Settings.
    pub async fn wear(&self, theme: Theme) {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        let worn = self.page().execute(script, vec![json!(theme.word())]);
        self.must("changing the theme", worn).await;
    }

    /// Takes a picture of the window as soon as nothing moves in it.
    pub async fn picture(&self, file: &Path) {
        self.until("the page to be at rest", async |page| {
            look::at_rest(page).await
        })
        .await;
        self.must("taking a picture", self.page().screenshot(file))
            .await;
    }
}

/// A folder of pictures.
#[derive(Debug)]
pub struct Album {
    folder: PathBuf,
    pages: usize,
}

impl Album {
    /// One with no picture of ours in it yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).or_stop("making the folder for pictures");
        Self { folder, pages: 0 }
    }

    /// The next step of a story, with its picture: "03-the-recovery-code.png".
    pub async fn page(&mut self, day: &Journey, window: &Window<'_>, title: &str) {
        day.step(title);
        self.pages += 1;
        let name = format!("{:02}-{}", self.pages, slug(title));
        window
            .picture(&self.folder.join(name).with_extension("png"))
            .await;
    }

    /// A screen in every size and theme: "capture-saved-1024x640-dark.png".
    pub async fn screen(&mut self, window: &Window<'_>, screen: &str) {
        for size in [Size::SMALL, Size::USUAL] {
            window.resize(size).await;
            for theme in [Theme::Dark, Theme::Light] {
                window.wear(theme).await;
                let Size { width, height } = size;
                let name = format!("{screen}-{width}x{height}-{}.png", theme.word());
                window.picture(&self.folder.join(name)).await;
            }
        }
        self.pages += 1;
    }
}

/// A title as the name of a file.
fn slug(title: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    };
    let words: String = title.replace(['’', '\''], "").chars().map(plain).collect();
    words.split_whitespace().collect::<Vec<_>>().join("-")
}
